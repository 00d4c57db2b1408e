import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getConsentReceipt, getConsumption, giveConsents, isOfCurve, listActivity, listConsentEvents, listConsents, listMeters, PortalError, undoWithdrawal, withdrawConsent, type ConsentPurpose } from '@oya/contract';
import { offeredConsents } from '@oya/personas';
import { sandboxAdapter, type SandboxAdapter } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const RECORDING = choice('curve-recording');
const COLLECTION = choice('curve-collection');
const SHARING = { ...choice('third-party'), recipientId: 'maison-energie' };

function choice(purpose: ConsentPurpose) {
  return { purpose, textVersion: offeredConsents.find((offered) => offered.purpose === purpose)?.text.version ?? '' };
}

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

async function stateOf(adapter: SandboxAdapter, meterId: string, purpose: ConsentPurpose) {
  return (await adapter.perform(listConsents, { meterId })).items.find((consent) => consent.purpose === purpose) ?? assert.fail(`no consent to ${purpose}`);
}

/** Another day: the session of before has ended. */
function later(adapter: SandboxAdapter, persona: string, now: string): void {
  adapter.controls.setNow(now);
  adapter.controls.setPersona(persona);
}

/** The latest first, as purpose and kind. */
async function happened(adapter: SandboxAdapter, meterId: string) {
  return (await adapter.perform(listConsentEvents, { meterId })).items.map(({ purpose, kind }) => `${purpose} ${kind}`);
}

function halfHours(adapter: SandboxAdapter, meterId: string, period = { from: '2026-11-16', to: '2026-11-23' }) {
  return adapter.perform(getConsumption, { meterId, resolution: 'half-hour', ...period });
}

describe('consents in the sandbox', () => {
  it('stand as the personas have given them', async () => {
    const statesOf = async (persona: string, meterId: string) => (await sandbox(persona).perform(listConsents, { meterId })).items.map(({ purpose, state, since }) => [purpose, state, isOfCurve(purpose) ? since : undefined]);
    const others = [['daily-collection', 'active', undefined], ['maximum-power', 'active', undefined], ['third-party', 'off', undefined]];
    assert.deepEqual(await statesOf('lucien', 'lucien-linky'), [['curve-recording', 'off', null], ['curve-collection', 'off', null], ...others]);
    assert.deepEqual(await statesOf('sofiane', 'sofiane-linky'), [['curve-recording', 'requested', '2026-11-20T09:00:00Z'], ['curve-collection', 'requested', '2026-11-20T09:00:00Z'], ...others]);
    assert.deepEqual((await statesOf('camille', 'camille-linky')).map(([, state]) => state), ['active', 'active', 'active', 'active', 'off']);
    assert.deepEqual((await statesOf('nadia', 'nadia-gazpar')).map(([purpose]) => purpose), ['daily-collection', 'third-party']);
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
    assert.deepEqual(items.slice(0, 2).map(({ state, since }) => [state, since]), [['active', '2026-11-24T15:00:00Z'], ['active', '2026-11-24T15:00:00Z']]);
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
    assert.deepEqual(items.slice(0, 2).map(({ state }) => state), ['active', 'active']);
    assert.equal((await failure(adapter.perform(giveConsents, { meterId: 'helene-second-linky', choices: [RECORDING] }))).kind, 'forbidden');
  });

  it('are refused where there is nothing to consent to, and with words that are not in force', async () => {
    const give = (persona: string, meterId: string, textVersion: string) => failure(sandbox(persona).perform(giveConsents, { meterId, choices: [{ purpose: 'curve-recording', textVersion }] }));
    assert.equal((await give('odette', 'odette-meter', RECORDING.textVersion)).kind, 'conflict');
    assert.deepEqual((await give('nadia', 'nadia-gazpar', RECORDING.textVersion)).fields.map(({ code }) => code), ['unknown']);
    assert.deepEqual((await give('lucien', 'lucien-linky', 'of another day')).fields.map(({ path, code }) => [path, code]), [['choices.0.textVersion', 'outdated-text']]);
    assert.throws(() => sandbox('lucien').controls.activateConsents('no-such-meter'), /lucien-linky/);
  });

  it('fail with the reason of the network operator, and are there to be given again', async () => {
    const adapter = sandbox('sofiane');
    adapter.controls.failConsents('sofiane-linky', 'meter-silent');
    const failed = await stateOf(adapter, 'sofiane-linky', 'curve-collection');
    assert.deepEqual([failed.state, failed.failure, failed.since], ['failed', 'meter-silent', NOW]);
    assert.equal((await meterOf(adapter, 'sofiane-electricity')).loadCurve, 'consent-needed');
    await adapter.perform(giveConsents, { meterId: 'sofiane-linky', choices: [RECORDING, COLLECTION] });
    const again = await stateOf(adapter, 'sofiane-linky', 'curve-collection');
    assert.deepEqual([again.state, again.failure], ['requested', undefined]);
    assert.throws(() => adapter.controls.failConsents('no-such-meter', 'refused'), /sofiane-linky/);
  });

  it('to the recording take the collection with them when they are withdrawn, and come back together', async () => {
    const adapter = sandbox('camille');
    const before = await adapter.perform(listConsents, { meterId: 'camille-linky' });
    const { items } = await adapter.perform(withdrawConsent, { meterId: 'camille-linky', purpose: 'curve-recording', erase: false });
    assert.deepEqual(items.map(({ state }) => state), ['off', 'off', 'active', 'active', 'off']);
    assert.deepEqual(items.slice(0, 2).map(({ undo }) => undo), [{ until: '2026-11-25T09:00:00Z', erases: false }, { until: '2026-11-25T09:00:00Z', erases: false }]);
    assert.equal((await meterOf(adapter, 'camille-electricity')).loadCurve, 'consent-needed');

    const restored = await adapter.perform(undoWithdrawal, { meterId: 'camille-linky', purpose: 'curve-collection' });
    assert.deepEqual(restored.items.map(({ state, undo }) => [state, undo]), before.items.map(({ state }) => [state, undefined]));
    assert.deepEqual((await happened(adapter, 'camille-linky')).slice(0, 4).toSorted(), ['curve-collection restored', 'curve-collection withdrawn', 'curve-recording restored', 'curve-recording withdrawn']);
    assert.equal((await failure(adapter.perform(undoWithdrawal, { meterId: 'camille-linky', purpose: 'curve-recording' }))).kind, 'conflict');
  });

  it('that are withdrawn end the collection at once, and leave what came before it', async () => {
    const adapter = sandbox('camille');
    await adapter.perform(withdrawConsent, { meterId: 'camille-linky', purpose: 'curve-collection', erase: false });
    later(adapter, 'camille', '2026-11-27T09:00:00Z');
    assert.equal((await stateOf(adapter, 'camille-linky', 'curve-collection')).undo, undefined, 'its time is over');
    assert.equal((await failure(adapter.perform(undoWithdrawal, { meterId: 'camille-linky', purpose: 'curve-collection' }))).kind, 'conflict');
    const { series } = await halfHours(adapter, 'camille-linky', { from: '2026-11-20', to: '2026-11-27' });
    assert.ok(series.kind === 'curve');
    const last = series.segments.at(-1);
    assert.equal(last && Date.parse(last.start) + last.values.length * 1_800_000, Date.parse('2026-11-23T23:00:00Z'), 'nothing after the day of the withdrawal');
    assert.ok((await adapter.perform(getConsumption, { meterId: 'camille-linky', resolution: 'day', from: '2026-11-25', to: '2026-11-26' })).total, 'days still come');
  });

  it('erase what was collected where it was wished, once the withdrawal cannot be taken back', async () => {
    const adapter = sandbox('camille');
    const { items } = await adapter.perform(withdrawConsent, { meterId: 'camille-linky', purpose: 'curve-collection', erase: true });
    assert.equal(items.find(({ purpose }) => purpose === 'curve-collection')?.undo?.erases, true);
    assert.ok((await halfHours(adapter, 'camille-linky')).total, 'still there while it can be taken back');
    later(adapter, 'camille', '2026-11-25T10:00:00Z');
    assert.equal((await happened(adapter, 'camille-linky'))[0], 'curve-collection erased');
    assert.equal((await failure(halfHours(adapter, 'camille-linky'))).code, 'consent-required');
    assert.equal((await adapter.perform(listConsentEvents, { meterId: 'camille-linky' })).items[0]?.at, '2026-11-25T09:00:00Z');
  });

  it('to days end the days, and erase them', async () => {
    const adapter = sandbox('lucien');
    const days = () => adapter.perform(getConsumption, { meterId: 'lucien-linky', resolution: 'day', from: '2026-11-20', to: '2026-11-30' });
    await adapter.perform(withdrawConsent, { meterId: 'lucien-linky', purpose: 'daily-collection', erase: true });
    adapter.controls.setNow('2026-11-24T20:00:00Z');
    assert.equal((await days()).available?.to, '2026-11-24');
    later(adapter, 'lucien', '2026-11-30T09:00:00Z');
    assert.equal((await days()).available, null);
  });

  it('that are off, or of another meter, are not withdrawn', async () => {
    const adapter = sandbox('lucien');
    const before = await adapter.perform(listConsents, { meterId: 'lucien-linky' });
    assert.deepEqual(await adapter.perform(withdrawConsent, { meterId: 'lucien-linky', purpose: 'curve-recording', erase: true }), before);
    assert.equal((await failure(adapter.perform(withdrawConsent, { meterId: 'lucien-linky', purpose: 'third-party', recipientId: 'nobody', erase: false }))).kind, 'invalid');
  });

  it('to share with somebody are in effect at once, for a year, with a reminder', async () => {
    const adapter = sandbox('lucien');
    await adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [SHARING] });
    const given = await stateOf(adapter, 'lucien-linky', 'third-party');
    assert.deepEqual([given.state, given.expiresOn], ['active', '2027-11-24']);

    later(adapter, 'lucien', '2027-11-01T09:00:00Z');
    assert.equal((await happened(adapter, 'lucien-linky'))[0], 'third-party reminded');
    assert.match(adapter.controls.mails().at(-1)?.subject ?? '', /Maison de l’énergie.*24\/11\/2027/);
    assert.equal(adapter.controls.mails().length, 1, 'once');

    later(adapter, 'lucien', '2027-11-24T09:00:00Z');
    const ended = await stateOf(adapter, 'lucien-linky', 'third-party');
    assert.deepEqual([ended.state, ended.since, ended.expiresOn], ['off', '2027-11-23T23:00:00Z', undefined]);
    assert.deepEqual((await happened(adapter, 'lucien-linky')).slice(0, 4), ['third-party expired', 'third-party reminded', 'third-party active', 'third-party requested']);
  });

  it('have a history with who, how and in which words, page by page', async () => {
    const adapter = sandbox('lucien');
    for (let round = 0; round < 12; round++) {
      await adapter.perform(giveConsents, { meterId: 'lucien-linky', choices: [RECORDING] });
      await adapter.perform(withdrawConsent, { meterId: 'lucien-linky', purpose: 'curve-recording', erase: false });
    }
    const first = await adapter.perform(listConsentEvents, { meterId: 'lucien-linky' });
    const [latest] = first.items;
    assert.deepEqual(latest && [latest.kind, latest.state, latest.actor, latest.name, latest.channel, latest.text?.version, latest.erases], ['withdrawn', 'off', 'customer', 'Lucien Fabre', 'web', RECORDING.textVersion, false]);
    assert.ok(first.next);
    const second = await adapter.perform(listConsentEvents, { meterId: 'lucien-linky', after: first.next });
    assert.equal(second.next, undefined);
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 24 + 4, 'with the two that were given before');
  });

  it('have receipts for people and for programs, marked as examples', async () => {
    const adapter = sandbox('camille');
    const [event] = (await adapter.perform(listConsentEvents, { meterId: 'camille-linky' })).items;
    assert.ok(event);
    const receipt = (format: 'pdf' | 'json', eventId = event.id) => adapter.perform(getConsentReceipt, { meterId: 'camille-linky', eventId, format });
    const { mediaType, content, name } = await receipt('json');
    assert.equal(mediaType, 'application/json');
    assert.match(name, /^recu-accord-.*\.json$/);
    const read = JSON.parse(Buffer.from(content, 'base64').toString('utf8')) as { example: boolean; event: unknown };
    assert.deepEqual([read.example, read.event], [true, event]);
    const file = Buffer.from((await receipt('pdf')).content, 'base64').toString('latin1');
    assert.match(file, /^%PDF-1\.4/);
    assert.ok(file.includes(Buffer.from('EXEMPLE', 'latin1').toString('hex')));
    const table = Number(/startxref\n(\d+)/.exec(file)?.[1]);
    assert.equal(file.slice(table, table + 4), 'xref');
    assert.equal((await failure(receipt('json', 'no-such-event'))).kind, 'not-found');
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
