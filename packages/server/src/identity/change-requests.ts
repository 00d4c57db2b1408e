/** Changes that the utility decides on: asked for by the customer, decided by the utility's people, once. */
import { instant, type ChangeRequest, type PostalAddress } from '@oya/contract';
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { CustomerContext } from '../operations/context.ts';
import { changeCustomer } from './accounts.ts';
import { storable } from './credentials.ts';

/** Those that were decided so long ago are not shown any more. */
const SHOWN_MS = 183 * 86_400_000;

type Place = Pick<CustomerContext, 'db' | 'utility' | 'customerId'>;

/** Those that wait and those of the last months, the newest first. */
export async function requestsOf({ db, utility, customerId, now }: CustomerContext): Promise<ChangeRequest[]> {
  const rows = await db
    .selectFrom('change_request')
    .selectAll()
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .where((is) => is.or([is('state', '=', 'pending'), is('decided_at', '>', new Date(now - SHOWN_MS))]))
    .orderBy('asked_at', 'desc')
    .orderBy('decided_at', (order) => order.desc().nullsFirst())
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    what: row.what,
    address: row.address,
    askedAt: instant(row.asked_at.getTime()),
    state: row.state,
    decidedAt: row.decided_at && instant(row.decided_at.getTime()),
    reason: row.reason,
  }));
}

/** @returns whether it was taken down: one waits at a time */
export async function askForAddress({ db, utility, customerId }: Place, address: PostalAddress, now: number): Promise<boolean> {
  const added = await db
    .insertInto('change_request')
    .values({ id: randomUUID(), utility_id: utility.id, customer_id: customerId, what: 'address', address: JSON.stringify(address), asked_at: new Date(now), state: 'pending' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** @returns what it is by now, and whether it has become so; `undefined` where the customer has no such request */
export async function withdraw({ db, utility, customerId }: Place, requestId: string, now: number): Promise<{ state: ChangeRequest['state']; isNew: boolean } | undefined> {
  const own = storable(requestId);
  const withdrawn = await db
    .updateTable('change_request')
    .set({ state: 'withdrawn', decided_at: new Date(now) })
    .where('utility_id', '=', utility.id)
    .where('customer_id', '=', customerId)
    .where('id', '=', own)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  if (withdrawn.numUpdatedRows === 1n) return { state: 'withdrawn', isNew: true };
  const row = await db.selectFrom('change_request').select('state').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).where('id', '=', own).executeTakeFirst();
  return row && { state: row.state, isNew: false };
}

export type Decision = { readonly state: 'approved' } | { readonly state: 'refused'; readonly reason: string };

export interface Decided {
  utilityId: string;
  customerId: string;
}

/**
 * Decides a request that waits, and lets the address hold where it is approved.
 * @returns whose it was; `undefined` where it does not wait (any more)
 */
export async function decide(db: Transaction<Schema>, requestId: string, decision: Decision, now: number): Promise<Decided | undefined> {
  const row = await db
    .updateTable('change_request')
    .set({ state: decision.state, decided_at: new Date(now), reason: decision.state === 'refused' ? decision.reason : null })
    .where('id', '=', storable(requestId))
    .where('state', '=', 'pending')
    .returning(['utility_id', 'customer_id', 'address'])
    .executeTakeFirst();
  if (!row) return undefined;
  if (decision.state === 'approved') await changeCustomer(db, row.utility_id, row.customer_id, { address: row.address });
  return { utilityId: row.utility_id, customerId: row.customer_id };
}

/** All that wait, the oldest first. */
export async function waitingRequests(db: Database) {
  return db
    .selectFrom('change_request as request')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'request.utility_id').onRef('customer.id', '=', 'request.customer_id'))
    .selectAll('request')
    .select(['customer.display_name', 'customer.address as address_before'])
    .where('request.state', '=', 'pending')
    .orderBy('request.asked_at')
    .orderBy('request.id')
    .execute();
}
