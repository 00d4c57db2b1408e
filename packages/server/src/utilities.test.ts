import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { DatabaseError } from './database/errors.ts';
import { seed } from './seed.ts';
import { SEEDED_AT, testEngines } from './testing.ts';
import { UtilityDirectory } from './utilities.ts';

for (const engine of testEngines()) {
  describe(`the utilities of an installation, on ${engine.name}`, () => {
    it('have procedures that fit the contract, or whoever wrote them is told', async () => {
      const { db, drop } = await engine.seeded();
      try {
        await sql`update utility set description = jsonb_set(description, '{procedures,0,kind}', '"of-tomorrow"') where id = 'eneo'`.execute(db);
        await assert.rejects(new UtilityDirectory(db).load(), /description of the utility “eneo”[^]*procedures\.0\.kind/);
      } finally {
        await drop();
      }
    });

    it('have one account that transfers go to: a description that names another is refused, with both', async () => {
      const { db, drop } = await engine.seeded();
      const load = () => new UtilityDirectory(db).load();
      const describe = (iban: string) => sql`update utility set description = jsonb_set(description, '{legal,account}', ${JSON.stringify({ iban })}::jsonb) where id = 'eneo'`.execute(db);
      try {
        const { iban } = (await db.selectFrom('utility').select(sql<{ iban: string }>`payment_terms -> 'transfer'`.as('transfer')).where('id', '=', 'eneo').executeTakeFirstOrThrow()).transfer;
        await load();
        await describe(iban.replaceAll(/(.{4})/g, '$1 ').toLowerCase());
        await load();
        await describe('FR7630006000011234567890189');
        await assert.rejects(load, (error) => error instanceof DatabaseError && error.message.includes('“eneo”') && error.message.includes('FR7630006000011234567890189') && error.message.includes(iban));
        await sql`update utility set payment_terms = payment_terms - 'transfer' where id = 'eneo'`.execute(db);
        await assert.rejects(load, /name no account for them/);
        await seed(db, { now: SEEDED_AT });
        await load();
        await sql`update utility set payment_terms = jsonb_set(payment_terms, '{transfer}', '{"holder":"ENEO","iban":"FR7630006000011234567890188"}') where id = 'eneo'`.execute(db);
        await assert.rejects(load, /no account number/);
      } finally {
        await drop();
      }
    });
  });
}
