/** How the collection of each dataset stands, as an operator sees it and as the next night begins with it. */
import type { LocalDay } from '@oya/contract';
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Dataset, Outcome, Signal } from './connector.ts';
import type { Gap } from './gaps.ts';
import type { Subject } from './turns.ts';

export interface DatasetState {
  readonly dataset: Dataset | Signal;
  outcome: Outcome['kind'];
  detail: string;
  /** How often in a row it came to nothing. */
  attempts: number;
  attemptedAt: number;
  succeededAt: number | null;
  collectedUntil: LocalDay | null;
  /** Epoch milliseconds, as all times here. */
  nextTry: number;
  callsOn: LocalDay;
  calls: number;
  floor: LocalDay | null;
  gaps: readonly Gap[];
}

export async function readStates(db: Database, subject: Subject): Promise<Map<Dataset | Signal, DatasetState>> {
  const rows = await db.selectFrom('collection_state').selectAll().where('meter_key', 'is not distinct from', subject).execute();
  return new Map(
    rows.map((row) => [
      row.dataset,
      {
        dataset: row.dataset,
        outcome: row.outcome,
        detail: row.detail,
        attempts: row.attempts,
        attemptedAt: row.attempted_at.getTime(),
        succeededAt: row.succeeded_at?.getTime() ?? null,
        collectedUntil: row.collected_until,
        nextTry: row.next_try.getTime(),
        callsOn: row.calls_on,
        calls: row.calls,
        floor: row.floor,
        gaps: row.gaps,
      },
    ]),
  );
}

export async function writeState(db: Database, subject: Subject, { dataset, ...state }: DatasetState): Promise<void> {
  const values = {
    outcome: state.outcome,
    detail: state.detail,
    attempts: state.attempts,
    attempted_at: new Date(state.attemptedAt),
    succeeded_at: state.succeededAt === null ? null : new Date(state.succeededAt),
    collected_until: state.collectedUntil,
    next_try: new Date(state.nextTry),
    calls_on: state.callsOn,
    calls: state.calls,
    floor: state.floor,
    gaps: JSON.stringify(state.gaps),
  };
  await db
    .insertInto('collection_state')
    .values({ meter_key: subject, dataset, ...values })
    .onConflict((conflict) => conflict.columns(['meter_key', 'dataset']).doUpdateSet(values))
    .execute();
}

/** Forgets what was waited for, and how often: whatever kept it from coming is mended. */
export async function startAnew(db: Database, subject: Subject, now: number): Promise<void> {
  await sql`
    update collection_state set next_try = ${new Date(now)}, attempts = 0, floor = null, gaps = '[]', calls = 0
    where meter_key is not distinct from ${subject}::integer`.execute(db);
}
