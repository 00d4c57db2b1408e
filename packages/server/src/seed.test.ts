import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { migrate } from './database/migrate.ts';
import type { Database } from './database/open.ts';
import { seed } from './seed.ts';
import { SEEDED_AT, testEngines } from './testing.ts';

const DAY = 86_400_000;

async function contentOf(db: Database) {
  const { rows } = await sql`select
    (select md5(string_agg(t::text, '|' order by t::text)) from load_curve t) as curves,
    (select md5(string_agg(t::text, '|' order by t::text)) from day_energy t) as days,
    (select md5(string_agg(t::text, '|' order by t::text)) from meter t) as meters,
    (select md5(string_agg(t::text, '|' order by t::text)) from credential t) as credentials`.execute(db);
  return rows[0];
}

for (const engine of testEngines()) {
  describe(`the demo data, on ${engine.name}`, () => {
    it('is the same when it is seeded twice', async () => {
      const { db, drop } = await engine.seeded();
      const before = await contentOf(db);
      await migrate(db);
      await seed(db, { now: SEEDED_AT });
      assert.deepEqual(await contentOf(db), before);
      await drop();
    });

    it('gets the new days when it is seeded later, as if it had been seeded then', async () => {
      const { db, drop } = await engine.seeded();
      const { db: fresh, drop: dropFresh } = await engine.empty();
      await seed(db, { now: SEEDED_AT + 3 * DAY });
      await migrate(fresh);
      await seed(fresh, { now: SEEDED_AT + 3 * DAY });
      const [topped, seeded] = [await contentOf(db), await contentOf(fresh)] as Record<string, string>[];
      assert.equal(topped?.['curves'], seeded?.['curves']);
      assert.equal(topped?.['days'], seeded?.['days']);
      assert.equal(topped?.['meters'], seeded?.['meters']);
      await drop();
      await dropFresh();
    });
  });
}
