/** From a consent to what it opens, with everything that runs by itself: the operator activates, and the collection begins. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, localDay, type Consent, type ConsentPurpose, type LocalDay, type Page } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { sql } from 'kysely';
import { simulateOperator, type SimulatedOperator } from '../../test/simulated.ts';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const DAY_MS = 86_400_000;
const METER = 'lucien-linky';
const TODAY = localDay(SEEDED_AT, 'Europe/Paris');
const CURVE = ['curve-recording', 'curve-collection'] as const;
const PATIENCE_MS = 30_000;

for (const engine of testEngines()) {
  describe(`what a consent opens, on ${engine.name}`, () => {
    let operator: SimulatedOperator;
    let server: TestServer;
    let lucien: Visitor;
    let now = SEEDED_AT;

    before(async () => {
      operator = await simulateOperator(() => now);
      server = await startTestServer({ engine, now: () => now, config: { networkOperator: operator.settings }, connectors: { utilities: { eneo: { electricity: operator.enedis } }, signals: undefined } });
      // Each minute a round begins anyway: here only where something asks for it.
      await sql`delete from jobs.schedule where name = 'collection'`.execute(server.db);
      await signIn();
    });
    after(async () => {
      await server?.stop();
      await operator.stop();
    });

    const signIn = async () => {
      lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
    };
    const post = async (what: string, body: object) => {
      const { status, text } = await lucien.send('POST', `/meters/${METER}/consents${what}`, { body });
      assert.equal(status, 200, text);
    };
    const rowsIn = async (table: 'day_power' | 'load_curve') => {
      const { rows } = await sql<{ day: LocalDay }>`
        select distinct day from ${sql.table(table)} join channel on channel.key = channel_key join meter on meter.key = meter_key
        where meter.id = ${METER} ${table === 'day_power' ? sql`and unit = 'VA'` : sql``} order by day`.execute(server.db);
      return rows.map(({ day }) => day);
    };
    async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
      for (const end = performance.now() + PATIENCE_MS; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) assert.ok(performance.now() < end, what);
    }
    async function giveAndActivate(...purposes: ConsentPurpose[]): Promise<void> {
      await post('', { choices: purposes.map((purpose) => ({ purpose, textVersion: '2026-11' })) });
      await operator.decide(findPersona('lucien').contracts[0]?.deliveryPoint ?? '', purposes, 'active');
      await until(`${purposes.join()} in effect`, async () => {
        const { items } = (await lucien.get<Page<Consent>>(`/meters/${METER}/consents`)).body;
        return purposes.every((wanted) => items.some(({ purpose, state }) => purpose === wanted && state === 'active'));
      });
    }

    it('is there at once of days, as far back as the operator has them', async () => {
      await post('/withdrawals', { purpose: 'maximum-power', erase: true });
      await giveAndActivate('maximum-power');
      const week = Array.from({ length: 7 }, (_, index) => addDays(TODAY, index - 7));
      await until('the powers of the last week are there again', async () => (await rowsIn('day_power')).length === week.length);
      assert.deepEqual(await rowsIn('day_power'), week);
    });

    it('is there of half-hours from the first whole day on, and of none before', async () => {
      await giveAndActivate(...CURVE);
      now += 2 * DAY_MS;
      await signIn();
      // Whatever is asked for at once has all of the meter looked at.
      await post('/withdrawals', { purpose: 'maximum-power', erase: false });
      await giveAndActivate('maximum-power');
      await until('the half-hours are there', async () => (await rowsIn('load_curve')).length > 0);
      assert.deepEqual(await rowsIn('load_curve'), [addDays(TODAY, 1)]);
    });
  });
}
