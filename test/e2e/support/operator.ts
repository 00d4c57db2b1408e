/** A house whose server asks a network operator, on the house's clock, which decides when a test says so. */
import { sql } from 'kysely';
import type { BrowserContext } from 'playwright-core';
import { Collection } from '../../../packages/server/src/collection/collection.ts';
import { SEEDED_AT } from '../../../packages/server/src/testing.ts';
import { simulateOperator, type SimulatedOperator } from '../../../packages/server/test/simulated.ts';
import { openHouse, type House } from './house.ts';

export interface OperatedHouse extends House {
  readonly operator: SimulatedOperator;
  /** Lets time pass for the server, for what waits in its queue, and for a visitor. */
  pass(minutes: number, visitor: BrowserContext): Promise<void>;
  /**
   * What an instance does at night about a meter of ENEO.
   * @returns how many calls that took
   */
  collect(meterId: string): Promise<number>;
}

export async function openOperatedHouse(): Promise<OperatedHouse> {
  let now = (): number => SEEDED_AT;
  const operator = await simulateOperator(() => now());
  const house = await openHouse({ config: { networkOperator: operator.settings } }).catch(async (error: unknown) => {
    await operator.stop();
    throw error;
  });
  now = house.now;
  const { db } = house.server;

  return {
    ...house,
    operator,
    async pass(minutes, visitor) {
      house.wait(minutes);
      await visitor.clock.setSystemTime(house.now());
      // The queue is on the clock of the machine.
      await sql`update jobs.job set start_after = start_after - make_interval(mins => ${minutes}::integer) where state in ('created', 'retry')`.execute(db);
    },
    async collect(meterId) {
      const { key: only } = await db.selectFrom('meter').select('key').where('id', '=', meterId).executeTakeFirstOrThrow();
      const failures: unknown[] = [];
      let calls = 0;
      const electricity: typeof operator.enedis = { ...operator.enedis, fetch: (question, signal) => (calls++, operator.enedis.fetch(question, signal)) };
      await new Collection({ db, connectors: { utilities: { eneo: { electricity } }, signals: undefined }, now: house.now, onError: (error) => failures.push(error) }).round({ only });
      if (failures.length > 0) throw new AggregateError(failures, `the collection of ${meterId} failed`);
      return calls;
    },
    async stop() {
      await house.stop();
      await operator.stop();
    },
  };
}
