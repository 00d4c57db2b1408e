import { expect } from 'chai';
import { localized } from './localized.ts';
import { isLoaded, loadMessages, translator } from './messages.ts';
import { defineMessages } from './words.ts';

const fr = { greeting: 'Bonjour {{name}}', days_one: '{{count}} jour', days_many: '{{count}} de jours', days_other: '{{count}} jours' } as const;

function messages(namespace: string, english: () => Promise<never> = () => Promise.resolve({ greeting: 'Hello {{name}}', days_one: '{{count}} day', days_other: '{{count}} days' } as never)) {
  return defineMessages(namespace, fr, { en: english });
}

describe('words', () => {
  it('are there in French at once', () => {
    expect(translator(messages('a'), 'fr')('greeting', { name: 'Camille' })).to.equal('Bonjour Camille');
  });

  it('come in another language once it is loaded', async () => {
    const own = messages('b');
    expect(isLoaded(own, 'en-GB')).to.equal(false);
    await loadMessages(own, 'en-GB');
    expect(isLoaded(own, 'en-GB')).to.equal(true);
    expect(translator(own, 'en-GB')('greeting', { name: 'Camille' })).to.equal('Hello Camille');
  });

  it('count as each language does: French has a form for millions', () => {
    const t = translator(messages('c'), 'fr');
    expect([t('days', { count: 0 }), t('days', { count: 1 }), t('days', { count: 2 }), t('days', { count: 1_000_000 })]).to.deep.equal(['0 jour', '1 jour', '2 jours', '1000000 de jours']);
  });

  it('fall back to French with a warning when a language cannot be had, never to an error', async () => {
    const own = messages('d', () => Promise.reject(new Error('network')));
    const warn = console.warn;
    const warnings: unknown[] = [];
    console.warn = (message: unknown) => warnings.push(message);
    try {
      await loadMessages(own, 'en');
    } finally {
      console.warn = warn;
    }
    expect(warnings.join()).to.contain('"en"');
    expect(translator(own, 'en')('greeting', { name: 'x' })).to.equal('Bonjour x');
  });

  it('show a value as it is: the template escapes, not the words', () => {
    expect(translator(messages('e'), 'fr')('greeting', { name: '<b>&' })).to.equal('Bonjour <b>&');
  });

  it('keep a mark with its word, where French sets a space between the two; English sets none', async () => {
    const own = defineMessages('g', { asked: 'Lequel : « {{name}} » ? Oui ; non !' }, { en: () => Promise.resolve({ asked: 'Which one : “{{name}}”?' }) });
    expect(translator(own, 'fr')('asked', { name: 'A : B' })).to.equal('Lequel\u202f: «\u202fA : B\u202f»\u202f? Oui\u202f; non\u202f!');
    await loadMessages(own, 'en');
    expect(translator(own, 'en')('asked', { name: 'A' })).to.equal('Which one : “A”?');
  });

  it('stay French in a language nobody wrote', () => {
    const own = messages('f');
    expect(isLoaded(own, 'oc')).to.equal(true);
    expect(translator(own, 'oc')('greeting', { name: 'x' })).to.equal('Bonjour x');
  });
});

describe('a sentence of the installation', () => {
  it('is in the language of the element, or in French where that is all there is', () => {
    expect(localized({ fr: 'Bonjour', en: 'Hello' }, 'en-GB')).to.equal('Hello');
    expect(localized({ fr: 'Bonjour', en: 'Hello' }, 'fr')).to.equal('Bonjour');
    expect(localized({ fr: 'Bonjour' }, 'en')).to.equal('Bonjour');
  });
});
