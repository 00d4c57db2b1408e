/**
 * Whose turn it is. A turn is claimed for some minutes and renewed while it is at work, so that no two instances ever
 * collect the same meter, and what an instance left undone when it was stopped is taken up by another.
 */
import type { Energy } from '@oya/contract';
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';

export const CLAIM_MS = 3 * 60_000;

/** `null`: the signals, which concern all meters. */
export type Subject = number | null;

/** Meters of one utility and energy. */
export interface Source {
  readonly utilityId: string;
  readonly energy: Energy;
}

/** Gives a turn to whoever has none yet. What is read by hand tells nothing by itself. */
export async function addTurns(db: Database, sources: readonly Source[], withSignals: boolean, now: number): Promise<void> {
  const at = new Date(now);
  if (withSignals) await sql`insert into collection_turn (meter_key, due_at) values (null, ${at}) on conflict do nothing`.execute(db);
  await sql`
    insert into collection_turn (meter_key, due_at)
    select meter.key, ${at}::timestamptz from meter join ${tableOf(sources)} on source.utility_id = meter.utility_id and source.energy = meter.energy
    where meter.kind <> 'hand-read' and meter.removed_on is null and not exists (select from collection_turn where meter_key = meter.key)
    on conflict do nothing`.execute(db);
}

export interface ClaimOptions {
  /** Names whoever claims. */
  readonly claim: string;
  readonly sources: readonly Source[];
  readonly withSignals: boolean;
  readonly limit: number;
  readonly now: number;
  /** This one alone. */
  readonly only?: Subject | undefined;
}

/** Those that are due, the longest first; those whose claim was left to end, too. */
export async function claimTurns(db: Database, { claim, sources, withSignals, limit, now, only }: ClaimOptions): Promise<Subject[]> {
  const [at, until] = [new Date(now), new Date(now + CLAIM_MS)];
  const { rows } = await sql<{ meter_key: Subject }>`
    update collection_turn set claim = ${claim}, claimed_until = ${until}, due_at = null
    where key in (
      select turn.key from collection_turn turn left join meter on meter.key = turn.meter_key
      where (turn.claimed_until <= ${at} or (turn.claim is null and turn.due_at <= ${at}))
        and ((turn.meter_key is null and ${withSignals}) or exists (select from ${tableOf(sources)} where source.utility_id = meter.utility_id and source.energy = meter.energy))
        ${only === undefined ? sql`` : sql`and turn.meter_key is not distinct from ${only}::integer`}
      order by turn.due_at nulls first, turn.key
      limit ${limit}
      for update of turn skip locked
    )
    returning meter_key`.execute(db);
  return rows.map(({ meter_key }) => meter_key);
}

/** @returns whether it is still ours */
export async function renewClaim(db: Database, subject: Subject, claim: string, now: number): Promise<boolean> {
  const { rows } = await sql`
    update collection_turn set claimed_until = ${new Date(now + CLAIM_MS)} where meter_key is not distinct from ${subject}::integer and claim = ${claim} returning key`.execute(db);
  return rows.length > 0;
}

/** @param dueAt epoch milliseconds; whoever asked for an earlier turn meanwhile gets it */
export async function releaseTurn(db: Database, subject: Subject, claim: string, dueAt: number): Promise<void> {
  await sql`
    update collection_turn set claim = null, claimed_until = null, due_at = least(due_at, ${new Date(dueAt)}::timestamptz)
    where meter_key is not distinct from ${subject}::integer and claim = ${claim}`.execute(db);
}

/**
 * Has a meter collected within a minute, whatever it waits for: a consent has just come into effect, or somebody asks.
 * The running server takes it up; without one that collects, nothing comes of it.
 */
export async function collectSoon(db: Database, meterKey: Subject, now: number): Promise<void> {
  const at = new Date(now);
  // What was too early for the consent of before may not be for this one.
  await sql`update collection_state set next_try = least(next_try, ${at}::timestamptz), floor = null where meter_key is not distinct from ${meterKey}::integer`.execute(db);
  await sql`
    insert into collection_turn (meter_key, due_at) values (${meterKey}, ${at})
    on conflict (meter_key) do update set due_at = least(collection_turn.due_at, excluded.due_at)`.execute(db);
}

function tableOf(sources: readonly Source[]) {
  return sql`unnest(${sources.map(({ utilityId }) => utilityId)}::text[], ${sources.map(({ energy }) => energy)}::text[]) as source (utility_id, energy)`;
}
