import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, describeUtility, ERROR_KINDS, getConsumption, listContracts, listMeters, LONGEST_PERIOD_DAYS, operationNames, operations, PortalError, signIn, signOut, totalEnergy, whoAmI, type ErrorKind, type Operation, type Resolution } from '@oya/contract';
import { personas } from '@oya/personas';
import { sandboxAdapter, type SandboxOptions } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };

function sandbox(options: SandboxOptions = {}) {
  return sandboxAdapter({ now: NOW, ...options });
}

async function failure(promise: Promise<unknown>): Promise<PortalError> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError, `expected a PortalError, got ${String(thrown)}`);
    return thrown;
  }
  assert.fail('expected a failure');
}

function ask(adapter: ReturnType<typeof sandbox>, meterId: string, resolution: Resolution, period = NOVEMBER) {
  return adapter.perform(getConsumption, { meterId, resolution, ...period }, {});
}

describe('the sandbox portal', () => {
  it('does all that a portal can do', () => {
    const adapter = sandbox();
    assert.deepEqual(operationNames.filter((name) => !adapter.offers(operations[name])), []);
  });

  it('describes its utility to anybody', async () => {
    assert.equal((await sandbox().perform(describeUtility, {}, {})).id, 'eneo');
    assert.equal((await sandbox({ utility: 'sicae' }).perform(describeUtility, {}, {})).theme, 'sicae');
    assert.equal((await sandbox({ persona: 'marc' }).perform(describeUtility, {}, {})).id, 'sicae');
  });

  it('refuses to start for somebody it does not know, and says whom it knows', () => {
    assert.throws(() => sandbox({ persona: 'nobody' }), /camille/);
    assert.throws(() => sandbox({ utility: 'edf' }), /eneo, sicae/);
    assert.throws(() => sandbox({ utility: 'eneo', persona: 'marc' }), /customer of "sicae"/);
  });

  it('signs every persona in, by identifier or e-mail in any case, and out again', async () => {
    for (const { utility, login, email, password, customer } of personas) {
      for (const typed of [login, ` ${email.toUpperCase()} `]) {
        const adapter = sandbox({ utility });
        const session = await adapter.perform(signIn, { login: typed, password }, {});
        assert.deepEqual(session, { state: 'signed-in', customer, expiresAt: '2026-11-24T21:00:00Z', answeredAt: NOW });
        assert.deepEqual(await adapter.perform(whoAmI, {}, {}), session);
        assert.deepEqual(await adapter.perform(signOut, {}, {}), { state: 'signed-out' });
        assert.deepEqual(await adapter.perform(whoAmI, {}, {}), { state: 'signed-out' });
      }
    }
  });

  it('says the same of a wrong password, an unknown login and a customer of another utility', async () => {
    for (const [login, password] of [['camille.durand', 'Cascade-81401'], ['nobody', 'Cascade-81400'], ['marc.assie', 'Cascade-81400']] as const) {
      const error = await failure(sandbox().perform(signIn, { login, password }, {}));
      assert.deepEqual([error.kind, error.code], ['unauthenticated', 'wrong-credentials'], login);
    }
    const error = await failure(sandbox().perform(signIn, { login: ' ', password: '' }, {}));
    assert.deepEqual([error.kind, error.fields.map(({ path }) => path)], ['invalid', ['login', 'password']]);
  });

  it('keeps what is the customer\'s behind a session', async () => {
    const adapter = sandbox();
    const asked = [adapter.perform(listContracts, {}, {}), adapter.perform(listMeters, { contractId: 'camille-electricity' }, {}), ask(adapter, 'camille-linky', 'day')];
    for (const promise of asked) {
      assert.equal((await failure(promise)).kind, 'unauthenticated');
    }
  });

  it('lists a customer\'s contracts and the meters of each', async () => {
    const adapter = sandbox({ persona: 'nadia' });
    const contracts = await adapter.perform(listContracts, {}, {});
    assert.deepEqual(contracts.items.map(({ energy }) => energy), ['electricity', 'gas']);
    const meters = await adapter.perform(listMeters, { contractId: 'nadia-gas' }, {});
    assert.deepEqual(meters.items.map(({ id }) => id), ['nadia-gazpar']);
  });

  it('does not tell what is somebody else\'s from what does not exist', async () => {
    const adapter = sandbox({ persona: 'lucien' });
    for (const contractId of ['camille-electricity', 'none']) assert.equal((await failure(adapter.perform(listMeters, { contractId }, {}))).kind, 'not-found');
    for (const meterId of ['camille-linky', 'none']) assert.equal((await failure(ask(adapter, meterId, 'half-hour'))).kind, 'not-found');
  });
});

describe('consumption in the sandbox', () => {
  it('is the same at every resolution: half-hours, days, the month and their totals agree', async () => {
    const adapter = sandbox({ persona: 'camille' });
    const march = { from: '2026-03-01', to: '2026-04-01' };
    const [curve, days, month] = await Promise.all(
      (['half-hour', 'day', 'month'] as const).map((resolution) => ask(adapter, 'camille-linky', resolution, march)),
    );
    assert.ok(curve?.series.kind === 'curve' && days?.series.kind === 'energy' && month?.series.kind === 'energy');
    assert.equal(days.series.values.length, 31);
    assert.deepEqual(month.series.values, [days.total]);
    assert.equal(totalEnergy(days.series.values), days.total);
    // Each day is rounded to the Wh by itself.
    assert.ok(Math.abs((curve.total as number) - (days.total as number)) <= 31);
    // The month has a day of 23 hours and goes over to ten minutes for half a day.
    assert.deepEqual(curve.series.segments.map(({ stepMinutes }) => stepMinutes), [30, 10, 30]);
    assert.equal(curve.series.segments.reduce((minutes, { stepMinutes, values }) => minutes + stepMinutes * values.length, 0), 31 * 1440 - 60);
  });

  it('joins two years of half-hours into few columns, and averages hours', async () => {
    const adapter = sandbox({ persona: 'marc' });
    const years = { from: '2024-10-01', to: '2026-10-01' };
    const [halfHours, hours] = [await ask(adapter, 'marc-linky', 'half-hour', years), await ask(adapter, 'marc-linky', 'hour', years)];
    assert.ok(halfHours.series.kind === 'curve' && hours.series.kind === 'curve');
    assert.deepEqual(halfHours.series.segments.map(({ values }) => values.length), [730 * 48]);
    assert.deepEqual(hours.series.segments.map(({ stepMinutes, values }) => [stepMinutes, values.length]), [[60, 730 * 24]]);
  });

  it('ends yesterday, is provisional at the end, and says when more comes', async () => {
    const answer = await ask(sandbox({ persona: 'camille' }), 'camille-linky', 'day');
    assert.ok(answer.series.kind === 'energy');
    assert.equal(answer.series.values.length, 23);
    assert.match(answer.series.quality, /[pei]{2}$/);
    assert.deepEqual(answer.available, { from: '2024-10-01', to: '2026-11-24' });
    assert.deepEqual(answer.freshness, { measuredUntil: '2026-11-23T23:00:00Z', collectedAt: '2026-11-23T23:01:00Z', nextExpectedAt: '2026-11-24T23:01:00Z' });
  });

  it('answers whole months where a period begins in the middle, and marks what is before the first day', async () => {
    const answer = await ask(sandbox({ persona: 'camille' }), 'camille-linky', 'month', { from: '2024-09-10', to: '2024-11-05' });
    assert.ok(answer.series.kind === 'energy');
    assert.deepEqual([answer.series.from, answer.series.values.length, answer.series.quality[0]], ['2024-09-01', 3, 'm']);
    const whole = await ask(sandbox({ persona: 'camille' }), 'camille-linky', 'month', { from: '2024-11-01', to: '2024-12-01' });
    assert.ok(whole.series.kind === 'energy');
    assert.equal(answer.series.values[2], whole.series.values[0]);
  });

  it('is empty, not an error, for a customer without data yet and for days to come', async () => {
    const emma = await ask(sandbox({ persona: 'emma' }), 'emma-linky', 'day');
    assert.deepEqual([emma.total, emma.available, emma.freshness.measuredUntil], [null, null, null]);
    const future = await ask(sandbox({ persona: 'camille' }), 'camille-linky', 'half-hour', { from: '2027-01-01', to: '2027-02-01' });
    assert.deepEqual([future.total, future.series], [null, { kind: 'curve', unit: 'W', segments: [] }]);
  });

  it('asks for consent where the half-hour waits for it, and names the field where the meter has no such thing', async () => {
    for (const resolution of ['half-hour', 'hour'] as const) {
      const error = await failure(ask(sandbox({ persona: 'lucien' }), 'lucien-linky', resolution));
      assert.deepEqual([error.kind, error.code], ['forbidden', 'consent-required']);
    }
    for (const [persona, meterId, resolution] of [['odette', 'odette-meter', 'day'], ['nadia', 'nadia-gazpar', 'half-hour']] as const) {
      const error = await failure(ask(sandbox({ persona }), meterId, resolution));
      assert.deepEqual([error.kind, error.fields[0]?.path], ['invalid', 'resolution']);
    }
  });

  it('refuses periods that are too long, empty or no days', async () => {
    const adapter = sandbox({ persona: 'camille' });
    const from = '2024-01-01';
    const longest = { from, to: addDays(from, LONGEST_PERIOD_DAYS['half-hour']) };
    await ask(adapter, 'camille-linky', 'half-hour', longest);
    for (const period of [{ from, to: addDays(longest.to, 1) }, { from, to: from }, { from, to: '2024-13-01' }]) {
      const error = await failure(ask(adapter, 'camille-linky', 'half-hour', period));
      assert.deepEqual([error.kind, error.fields[0]?.path], ['invalid', 'to'], period.to);
    }
  });
});

describe('the sandbox\'s controls', () => {
  it('change who is there', async () => {
    const adapter = sandbox({ persona: 'camille' });
    adapter.controls.setPersona('odette');
    assert.deepEqual((await adapter.perform(listContracts, {}, {})).items.map(({ id }) => id), ['odette-electricity']);
    adapter.controls.setPersona(null);
    assert.deepEqual(await adapter.perform(whoAmI, {}, {}), { state: 'signed-out' });
    assert.throws(() => adapter.controls.setPersona('marc'), RangeError);
  });

  it('end the session, as the clock does', async () => {
    const adapter = sandbox({ persona: 'camille' });
    adapter.controls.expireSession();
    assert.equal((await failure(adapter.perform(listContracts, {}, {}))).kind, 'unauthenticated');
    adapter.controls.setPersona('camille');
    adapter.controls.setNow('2026-11-24T20:59:59Z');
    await adapter.perform(listContracts, {}, {});
    adapter.controls.setNow('2026-11-24T21:00:00Z');
    assert.equal((await failure(adapter.perform(listContracts, {}, {}))).kind, 'unauthenticated');
    assert.deepEqual(await adapter.perform(whoAmI, {}, {}), { state: 'signed-out' });
  });

  it('move the clock, and the data with it', async () => {
    const adapter = sandbox({ persona: 'camille' });
    adapter.controls.setNow('2026-11-25T09:00:00Z');
    adapter.controls.setPersona('camille');
    assert.equal((await ask(adapter, 'camille-linky', 'day')).available?.to, '2026-11-25');
    adapter.controls.setNow(null);
    adapter.controls.setPersona('camille');
    const session = await adapter.perform(whoAmI, {}, {});
    assert.ok(session.state === 'signed-in' && Date.parse(session.expiresAt) > Date.now());
  });

  it('let any operation fail with any kind, until mended', async () => {
    for (const operation of operationNames) {
      for (const kind of Object.keys(ERROR_KINDS) as ErrorKind[]) {
        const adapter = sandbox({ persona: 'camille', faults: { [operation]: kind } });
        const error = await failure(adapter.perform(operations[operation] as Operation, {}));
        assert.equal(error.kind, kind, operation);
        assert.equal(error.retryAfterSeconds !== undefined, kind === 'rate-limited');
      }
    }
    const adapter = sandbox({ faults: { '*': 'unavailable' } });
    assert.equal((await failure(adapter.perform(whoAmI, {}, {}))).requestId, 'sandbox-1');
    adapter.controls.setFault('whoAmI', 'offline');
    assert.equal((await failure(adapter.perform(whoAmI, {}, {}))).kind, 'offline');
    adapter.controls.setFault('whoAmI', null);
    assert.equal((await failure(adapter.perform(whoAmI, {}, {}))).kind, 'unavailable');
    adapter.controls.clearFaults();
    assert.deepEqual(await adapter.perform(whoAmI, {}, {}), { state: 'signed-out' });
  });

  it('do not sign in when signing in fails', async () => {
    for (const fault of ['timeout', 'malformed'] as const) {
      const adapter = sandbox({ faults: { signIn: fault } });
      await failure(adapter.perform(signIn, { login: 'camille.durand', password: 'Cascade-81400' }, {}));
      assert.deepEqual(await adapter.perform(whoAmI, {}, {}), { state: 'signed-out' });
    }
  });

  it('spoil one row, which leaves the others', async () => {
    const contracts = await sandbox({ persona: 'nadia', faults: { listContracts: 'one-bad-row' } }).perform(listContracts, {}, {});
    assert.deepEqual([contracts.items.length, contracts.unreadable], [1, 1]);
  });

  it('take their time, and stop when the caller has gone', async () => {
    const adapter = sandbox({ latencyMs: 30 });
    const start = performance.now();
    await adapter.perform(whoAmI, {}, {});
    assert.ok(performance.now() - start >= 29);

    const waits: SandboxOptions[] = [{ latencyMs: 60_000 }, { faults: { whoAmI: 'slow' } }, { faults: { '*': 'silent' } }];
    for (const options of waits) {
      const gone = new AbortController();
      const answer = sandbox(options).perform(whoAmI, {}, { signal: gone.signal });
      setTimeout(() => gone.abort(), 5);
      await assert.rejects(answer, { name: 'AbortError' });
    }
    await assert.rejects(sandbox().perform(whoAmI, {}, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});
