import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findUtility } from '@oya/personas';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { seed } from '../seed.ts';
import { SEEDED_AT, testEngines, type TestDatabase } from '../testing.ts';
import { migrate, MIGRATIONS } from './migrate.ts';
import { ensureMonths } from './partitions.ts';

/** The last migration before consents and channels. */
const BEFORE = '007-federation';

for (const engine of testEngines()) {
  describe(`a database that is older than channels and consents, on ${engine.name}`, () => {
    let old: TestDatabase;

    before(async () => {
      old = await engine.empty();
      const { error } = await new Migrator({ db: old.db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } }).migrateTo(BEFORE);
      assert.equal(error, undefined);
      const { id, texts: { measure: _, cost: __, ...texts }, ...rest } = findUtility('eneo');
      await sql`insert into utility (id, description) values (${id}, ${JSON.stringify({ id, texts, ...rest })})`.execute(old.db);
      await sql`insert into site values ('eneo', 'camille-home', 'Maison', '12 rue des Acacias', '81400', 'Carmaux')`.execute(old.db);
      await ensureMonths(old.db, ['2024-10-01']);
      for (const [meter, loadCurve] of [['lucien-linky', 'consent-needed'], ['camille-linky', 'collected']] as const) {
        const contract = meter.replace('linky', 'electricity');
        await sql`insert into contract (utility_id, id, site_id, energy, delivery_point, offer, subscribed_power_kva, valid_from, number, holder)
          values ('eneo', ${contract}, 'camille-home', 'electricity', ${meter === 'camille-linky' ? '00810000000101' : '00810000000202'}, 'Heures creuses', 9, '2019-09-01', ${contract}, '')`.execute(old.db);
        await sql`insert into meter (utility_id, id, contract_id, energy, kind, serial_number, registers, resolutions, load_curve, curve_from, curve_to, days_from, days_to, measured_until)
          values ('eneo', ${meter}, ${contract}, 'electricity', 'linky', 'L', '[{"code":"HP","digits":6},{"code":"HC","digits":6}]',
            ${loadCurve === 'collected' ? ['half-hour', 'hour', 'day', 'month', 'year'] : ['day', 'month', 'year']}::text[], ${loadCurve},
            '2024-10-01', '2024-10-02', '2024-10-01', '2024-10-02', '2024-10-01T22:00:00Z')`.execute(old.db);
      }
      const ofCamille = sql`(select key from meter where id = 'camille-linky')`;
      await sql`insert into load_curve (meter_key, day, start_minute, step_minutes, watts, quality) values (${ofCamille}, '2024-10-01', 0, 30, ${`{${Array(48).fill(700).join(',')}}`}::integer[], ${'r'.repeat(48)})`.execute(old.db);
      await sql`insert into day_energy (meter_key, day, wh, quality, source) values (${ofCamille}, '2024-10-01', 16800, 'r', 'curve')`.execute(old.db);
      await sql`insert into import_run (meter_key, file_hash, file_name, format, counts, imported_at) values (${ofCamille}, 'hash', 'old.csv', 'enedis-v5', '{}', now())`.execute(old.db);
      await migrate(old.db);
    });
    after(() => old.drop());

    it('keeps every curve and day under the key that it had', async () => {
      const { rows } = await sql<Record<string, unknown>>`
        select meter.id, channel.key = meter.key as same, direction, curve_from, days_to, measured_until is not null as measured,
          (select count(*)::integer from load_curve where channel_key = channel.key) as curves, (select wh from day_energy where channel_key = channel.key) as wh
        from channel join meter on meter.key = meter_key order by meter.id`.execute(old.db);
      const common = { same: true, direction: 'consumption', curve_from: '2024-10-01', days_to: '2024-10-02', measured: true };
      assert.deepEqual(rows, [
        { id: 'camille-linky', ...common, curves: 1, wh: 16_800 },
        { id: 'lucien-linky', ...common, curves: 0, wh: null },
      ]);
    });

    it('gives what comes new a key of its own', async () => {
      const { key } = await old.db.selectFrom('meter').select('key').where('id', '=', 'camille-linky').executeTakeFirstOrThrow();
      const production = await old.db.insertInto('channel').values({ meter_key: key, direction: 'production' }).returning('key').executeTakeFirstOrThrow();
      assert.equal(production.key, 3);
      await old.db.deleteFrom('channel').where('key', '=', production.key).execute();
    });

    it('knows that what was collected had been consented to, and by no words of the portal', async () => {
      const events = await old.db.selectFrom('consent_event').innerJoin('meter', 'meter.key', 'meter_key').select(['meter.id', 'purpose', 'state', 'actor', 'text_version']).orderBy('consent_event.key').execute();
      const curve = { id: 'camille-linky', state: 'active', actor: 'network-operator', text_version: null };
      const ofDays = (id: string) => ['daily-collection', 'maximum-power'].map((purpose) => ({ id, state: 'active', actor: 'system', text_version: null, purpose }));
      assert.deepEqual(events, [{ ...curve, purpose: 'curve-recording' }, { ...curve, purpose: 'curve-collection' }, ...ofDays('lucien-linky'), ...ofDays('camille-linky')]);
    });

    it('still knows which files were taken in', async () => {
      const runs = await old.db.selectFrom('import_run').select(['key', 'file_hash', 'file_name']).execute();
      assert.deepEqual(runs, [{ key: 1, file_hash: 'hash', file_name: 'old.csv' }]);
    });

    it('of the demo is filled with what is new, for the days that it knew too', async () => {
      await seed(old.db, { now: SEEDED_AT });
      const { db: fresh, drop } = await engine.seeded();
      try {
        const contentOf = async (db: typeof fresh) => {
          const { rows } = await sql`select
            (select count(*)::integer from day_register) as registers, (select sum(wh) from day_register) as wh, (select count(*)::integer from day_power) as powers,
            (select sum(dm3) from day_energy) as dm3, (select count(*)::integer from consent_event where text_version is not null) as consents,
            (select count(*)::integer from contract_tax) as taxes, (select count(*)::integer from weather_day) as weather, (select count(*)::integer from tempo_day) as tempo,
            (select description -> 'texts' ->> 'measure' from utility where id = 'eneo') as words`.execute(db);
          return rows[0];
        };
        assert.deepEqual(await contentOf(old.db), await contentOf(fresh));
        const states = await old.db.selectFrom('consent_state').select('state').distinct().orderBy('state').execute();
        assert.deepEqual(states.map(({ state }) => state), ['active', 'requested']);
      } finally {
        await drop();
      }
    });
  });
}

/** The last migration before outages were chosen among alerts. */
const BEFORE_ALERTS = '023-messages';

for (const engine of testEngines()) {
  describe(`a database in which outages were chosen in the account, on ${engine.name}`, () => {
    it('keeps what was chosen, by the ways that alerts have, and in one place', async () => {
      const { db, drop } = await engine.empty();
      const { error } = await new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } }).migrateTo(BEFORE_ALERTS);
      assert.equal(error, undefined);
      const { id, ...rest } = findUtility('eneo');
      await sql`insert into utility (id, description) values (${id}, ${JSON.stringify({ id, ...rest })})`.execute(db);
      const choices = { sms: [{ topic: 'outages', channels: ['sms', 'letter'] }, { topic: 'news', channels: ['email'] }], none: [{ topic: 'outages', channels: [] }], other: [{ topic: 'news', channels: ['email'] }] };
      for (const [customer, notifications] of Object.entries(choices)) await sql`insert into customer (utility_id, id, display_name, notifications) values ('eneo', ${customer}, '', ${JSON.stringify(notifications)})`.execute(db);
      await sql`insert into agent (id, utility_id, name, token_hash, created_at) values (gen_random_uuid(), 'eneo', 'Sonia', 'x', now())`.execute(db);
      await migrate(db);
      const settings = await db.selectFrom('alert_setting').select(['customer_id', 'choices']).orderBy('customer_id').execute();
      const both = (channels: string[]) => ['outages', 'works'].map((topic) => ({ topic, channels }));
      assert.deepEqual(settings, [{ customer_id: 'none', choices: both([]) }, { customer_id: 'sms', choices: both(['sms']) }]);
      const { rows } = await sql<{ id: string; notifications: unknown }>`select id, notifications from customer order by id`.execute(db);
      assert.deepEqual(rows, [{ id: 'none', notifications: [] }, { id: 'other', notifications: choices.other }, { id: 'sms', notifications: choices.sms.slice(1) }]);
      assert.deepEqual(await db.selectFrom('agent').select('duties').execute(), [{ duties: ['messages'] }], 'who answers messages does not announce outages');
      await drop();
    });
  });
}
