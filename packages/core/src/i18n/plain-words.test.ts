import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { translator, loadMessages } from './messages.ts';
import { plainTranslator } from './plain-words.ts';
import { defineMessages } from './words.ts';

const messages = defineMessages('plain-test', { hello: 'Bonjour {{name}} : {{name}}', 'cut_one': '{{count}} coupure', 'cut_many': '{{count}} de coupures', 'cut_other': '{{count}} coupures' }, {
  en: async () => ({ hello: 'Hello {{name}}: {{name}}', cut_one: '{{count}} cut', cut_other: '{{count}} cuts' }),
  de: async () => Promise.reject(new Error('offline')),
});

describe('words without the library', () => {
  it('are what the library says, in each language and number', async () => {
    for (const locale of ['fr', 'fr-CA', 'en-GB']) {
      await loadMessages(messages, locale);
      const [plain, full] = [await plainTranslator(messages, locale), translator(messages, locale)];
      for (const count of [0, 1, 2, 1_000_000]) assert.equal(plain('cut', { count }), full('cut', { count }));
      assert.equal(plain('hello', { name: 'Zoé {{count}}' }), full('hello', { name: 'Zoé {{count}}' }));
    }
  });

  it('are French where a language cannot be had', async () => {
    assert.equal((await plainTranslator(messages, 'de'))('cut', { count: 2 }), '2 coupures');
  });
});
