/** Where something changes, it is noted in the same transaction: pages that are open learn what became stale, or that nothing did. */
import type { Change } from '@oya/contract';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';

/** What instances are woken by; the payload is a `WakeUp`. */
export const CHANGES_CHANNEL = 'oya_changes';

/** Whose change it is: whoever sees the contract, one customer, or all who are on a page of the utility. */
export type ChangeSubject = { readonly utilityId: string; readonly contractId: string } | { readonly utilityId: string; readonly customerId: string } | { readonly utilityId: string };
export type WakeUp = ChangeSubject;

/** A page that was away for longer asks for everything anew. */
export const KEPT_DAYS = 7;
/** Whoever adds one takes a few old ones away, so that they never pile up. */
const REMOVED_AT_ONCE = 100;

/**
 * Notes what is no longer what the portal would answer, and wakes all instances once the transaction is through.
 * @param transaction the one that changes it: what is taken back was never told
 */
export async function noteChange(transaction: Kysely<Schema>, subject: ChangeSubject, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const { utilityId } = subject;
  const whose = 'contractId' in subject ? { contract_id: subject.contractId } : 'customerId' in subject ? { customer_id: subject.customerId } : {};
  await transaction
    .insertInto('change')
    .values(changes.map(({ operation, input }) => ({ utility_id: utilityId, ...whose, operation, input: JSON.stringify(input) })))
    .execute();
  // Two that tidy up at once must not wait for each other.
  await sql`
    delete from change where key in (
      select key from change where at < now() - make_interval(days => ${KEPT_DAYS}) order by at limit ${REMOVED_AT_ONCE} for update skip locked
    )`.execute(transaction);
  await sql`select pg_notify(${CHANGES_CHANNEL}, ${JSON.stringify(subject satisfies WakeUp)})`.execute(transaction);
}

/** The same for a meter: whoever sees its contract. */
export async function noteMeterChange(transaction: Kysely<Schema>, meterKey: number, changesOf: (meter: { id: string; contractId: string }) => readonly Change[]): Promise<void> {
  const { id, contractId, utilityId } = await transaction
    .selectFrom('meter')
    .select(['id', 'contract_id as contractId', 'utility_id as utilityId'])
    .where('key', '=', meterKey)
    .executeTakeFirstOrThrow();
  await noteChange(transaction, { utilityId, contractId }, changesOf({ id, contractId }));
}
