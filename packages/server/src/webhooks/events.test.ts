import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bodyOf, isAskedFor, subjectOf, WEBHOOK_EVENTS, WEBHOOK_TYPES, type WebhookEvent } from './events.ts';
import { webhooksPage } from './page.ts';

const PAGE = new URL('../../WEBHOOKS.md', import.meta.url);

describe('what webhooks tell', () => {
  it('is written down for utilities, as it is declared', async () => {
    if (process.env['OYA_WRITE_PAGES']) await writeFile(PAGE, webhooksPage());
    assert.equal(await readFile(PAGE, 'utf8'), webhooksPage(), 'packages/server/WEBHOOKS.md is not what the events say: OYA_WRITE_PAGES=1 npm test -- server');
  });

  for (const type of WEBHOOK_TYPES) {
    it(`has the shape that it is declared with, and an example of it: ${type}`, () => {
      const { data, example } = WEBHOOK_EVENTS[type];
      assert.deepEqual(data.parse(example), example);
      // As the specification names types.
      assert.match(type, /^[a-z0-9_]+(\.[a-z0-9_]+)*$/);
      const event = { type, data: example } as unknown as WebhookEvent;
      assert.deepEqual(JSON.parse(bodyOf(event, Date.parse('2026-11-24T08:00:00Z'))), { type, timestamp: '2026-11-24T08:00:00.000Z', data: example });
      assert.notEqual(subjectOf(event), '');
    });
  }

  it('never holds what was not declared', () => {
    const { example } = WEBHOOK_EVENTS['payment.succeeded'];
    const event = { type: 'payment.succeeded', data: { ...example, name: 'Camille Durand' } } as unknown as WebhookEvent;
    assert.ok(!bodyOf(event, 0).includes('Camille'));
  });

  it('is asked for by type, by group, or all of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WEBHOOK_TYPES), fc.constantFrom(...WEBHOOK_TYPES), (type, other) => {
        assert.ok(isAskedFor(type, ['*']) && isAskedFor(type, [type]));
        const group = (name: string) => name.split('.')[0] ?? '';
        assert.equal(isAskedFor(type, [`${group(other)}.*`]), group(type) === group(other));
        assert.equal(isAskedFor(type, [other]), type === other);
        assert.equal(isAskedFor(type, [group(type), '']), false);
      }),
    );
  });
});
