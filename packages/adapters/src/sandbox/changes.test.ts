import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listChanges, listConsents, giveConsents, type Changes } from '@oya/contract';
import { sandboxAdapter } from './sandbox.ts';

const NOW = '2026-11-24T08:00:00Z';
const next = async (events: AsyncIterator<Changes>) => (await events.next()).value as Changes;

describe('changes in the sandbox', () => {
  it('are told as they happen: consents that are given, and what the network operator does about them', async () => {
    const portal = sandboxAdapter({ persona: 'lucien', now: NOW });
    const gone = new AbortController();
    const events = (portal.follow?.(listChanges, {}, { signal: gone.signal }) ?? assert.fail())[Symbol.asyncIterator]();
    const { cursor, changes } = await next(events);
    assert.deepEqual(changes, []);
    const { items } = await portal.perform(listConsents, { meterId: 'lucien-linky' });
    await portal.perform(giveConsents, { meterId: 'lucien-linky', choices: items.filter(({ purpose }) => purpose.startsWith('curve-')).map(({ purpose, text }) => ({ purpose, textVersion: text.version })) });
    const names = ({ changes }: Changes) => changes.map(({ operation, input }) => `${operation} ${Object.values(input).join()}`);
    const consents = ['listConsents lucien-linky', 'listConsentEvents lucien-linky', 'listMeters lucien-electricity', 'getConsumption lucien-linky', 'listReadings lucien-linky'];
    assert.deepEqual(names(await next(events)), consents);
    portal.controls.activateConsents('lucien-linky');
    assert.deepEqual(names(await next(events)), consents);
    assert.deepEqual(names(await portal.perform(listChanges, { after: cursor })), consents, 'each once');
    gone.abort();
    await assert.rejects(events.next(), { name: 'AbortError' });
  });

  it('are nobody else’s', async () => {
    const portal = sandboxAdapter({ persona: 'camille', now: NOW });
    const { cursor } = await portal.perform(listChanges, {});
    portal.controls.activateConsents('lucien-linky');
    assert.deepEqual((await portal.perform(listChanges, { after: cursor })).changes, []);
  });
});
