import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getConsumption, giveConsents, listActivity, listConsents, listMeters, PortalError } from '@oya/contract';
import { consentTexts } from '@oya/personas';
import { sandboxAdapter, type SandboxAdapter } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const [RECORDING, COLLECTION] = (['curve-recording', 'curve-collection'] as const).map((purpose) => ({ purpose, textVersion: consentTexts[purpose].version })) as [{ purpose: 'curve-recording'; textVersion: string }, { purpose: 'curve-collection'; textVersion: string }];

function sandbox(persona: string): SandboxAdapter {
  return sandboxAdapter({ now: NOW, persona });
}

async function failure(promise: Promise<unknown>): Promise<PortalError> {
  const thrown = await promise.then(() => assert.fail('expected a failure'), (error: unknown) => error);
  return thrown instanceof PortalError ? thrown : assert.fail(String(thrown));
}

async function meterOf(adapter: SandboxAdapter, contractId: string) {
  return (await adapter.perform(listMeters, { contractId })).items[0] ?? assert.fail('there is a meter');
}

function halfHours(adapter: SandboxAdapter, meterId: string, period = { from: '2026-11-16', to: '2026-11-23' }) {
  return adapter.perform(getConsumption, { meterId, resolution: 'half-hour', ...period });
}

describe('consents in the sandbox', () => {
  it('stand as the personas have given them', async () => {
    const statesOf = async (persona: string, meterId: string) => (await sandbox(persona).perform(listConsents, { meterId })).items.map(({ state, since }) => [state, since]);
    assert.deepEqual(await statesOf('lucien', 'lucien-linky'), [['off', null], ['off', null]]);
    assert.deepEqual(await statesOf('sofiane', 'sofiane-linky'), [['requested', '2026-11-20T09:00:00Z'], ['requested', '2026-11-20T09:00:00Z']]);
    assert.deepEqual((await statesOf('camille', 'camille-linky')).map(([state]) => state), ['active', 'active']);
    assert.deepEqual(await statesOf('odette', 'odette-meter'), []);
  });

  it('are given, worked on, and bring the half-hours once they are in effect', async () => {
    const adapter = sandbox('lucien');
    await adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [RECORDING, COLLECTION] });
    assert.equal((await meterOf(adapter, 'lucien-electricity')).loadCurve, 'requested');
    assert.equal((await failure(halfHours(adapter, 'lucien-linky'))).code, 'consent-required');

    adapter.controls.setNow('2026-11-24T15:00:00Z');
    adapter.controls.activateConsents('lucien-linky');
    const { loadCurve, resolutions } = await meterOf(adapter, 'lucien-electricity');
    assert.deepEqual([loadCurve, resolutions], ['collected', ['half-hour', 'hour', 'day', 'month', 'year']]);
    const { items } = await adapter.perform(listConsents, { meterId: 'lucien-linky' });
    assert.deepEqual(items.map(({ state, since }) => [state, since]), [['active', '2026-11-24T15:00:00Z'], ['active', '2026-11-24T15:00:00Z']]);
    const { series, total } = await halfHours(adapter, 'lucien-linky');
    assert.ok(series.kind === 'curve' && series.segments[0]?.values.length === 7 * 48 && total);
  });

  it('are in effect only where both were given', async () => {
    const adapter = sandbox('lucien');
    await adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [RECORDING] });
    adapter.controls.activateConsents('lucien-linky');
    assert.equal((await meterOf(adapter, 'lucien-electricity')).loadCurve, 'consent-needed');
    assert.equal((await failure(halfHours(adapter, 'lucien-linky'))).code, 'consent-required');
    await adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [COLLECTION] });
    assert.equal((await meterOf(adapter, 'lucien-electricity')).loadCurve, 'requested');
  });

  it('of whoever asked some days ago come into effect too', async () => {
    const adapter = sandbox('sofiane');
    adapter.controls.activateConsents('sofiane-linky');
    assert.ok((await halfHours(adapter, 'sofiane-linky')).total);
  });

  it('are the holder\'s to give, and left as they are by a reader', async () => {
    const adapter = sandbox('lea');
    const { items } = await adapter.perform(listConsents, { meterId: 'helene-second-linky' });
    assert.deepEqual(items.map(({ state }) => state), ['active', 'active']);
    assert.equal((await failure(adapter.perform(giveConsents, { meterId: 'helene-second-linky', choices: [RECORDING] }))).kind, 'forbidden');
  });

  it('are refused where there is nothing to consent to, and with words that are not in force', async () => {
    const give = (persona: string, meterId: string, textVersion: string) => failure(sandbox(persona).perform(giveConsents, { meterId, choices: [{ purpose: 'curve-recording', textVersion }] }));
    assert.equal((await give('odette', 'odette-meter', RECORDING.textVersion)).kind, 'conflict');
    assert.equal((await give('nadia', 'nadia-gazpar', RECORDING.textVersion)).kind, 'conflict');
    assert.deepEqual((await give('lucien', 'lucien-linky', 'of another day')).fields.map(({ path, code }) => [path, code]), [['choices.0.textVersion', 'outdated-text']]);
    assert.throws(() => sandbox('lucien').controls.activateConsents('no-such-meter'), /lucien-linky/);
  });

  it('are traced in the account, for the contract that they are about', async () => {
    const adapter = sandbox('lucien');
    await failure(adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [COLLECTION] }));
    assert.deepEqual((await adapter.perform(listActivity, { group: 'consents' })).items, []);
    await adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [RECORDING, COLLECTION] });
    const { items } = await adapter.perform(listActivity, { group: 'consents' });
    assert.deepEqual(items.map(({ kind, contractId }) => [kind, contractId]), [['consent-given', 'lucien-electricity']]);
  });
});
