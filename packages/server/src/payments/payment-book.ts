/** Payments as the database keeps them: what is known of each, and where its money is. */
import {
  bookPaymentEvent, cents, instant, localDay, maskEmail, staleByPayments, standingOf,
  type BookedPayment, type Cents, type LocalDay, type Payment, type PaymentEvent, type PaymentStanding,
} from '@oya/contract';
import { sql, type Selectable } from 'kysely';
import { noteChange } from '../changes/note-change.ts';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { readInvoices, type ContractKey } from '../invoices/read-invoices.ts';

/** A payment of the database. */
export interface KeptPayment extends BookedPayment {
  readonly row: Selectable<Schema['payment']>;
}

/** The payments of a contract that are asked for, the latest first. */
export async function readPaymentBook(db: Database, { utilityId, contractId }: ContractKey, only: { readonly id?: string; readonly holdingAt?: number } = {}): Promise<KeptPayment[]> {
  const rows = await db
    .selectFrom('payment')
    .selectAll()
    .where('utility_id', '=', utilityId)
    .where('contract_id', '=', contractId)
    .$if(only.id !== undefined, (query) => query.where('id', '=', only.id as string))
    .$if(only.holdingAt !== undefined, (query) => query.where('holds_until', '>', new Date(only.holdingAt as number)))
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const lines = Map.groupBy(await db.selectFrom('payment_line').selectAll().where('payment_id', 'in', ids).orderBy('position').execute(), ({ payment_id }) => payment_id);
  const notices = Map.groupBy(await db.selectFrom('payment_notice').selectAll().where('payment_id', 'in', ids).where('counts', '=', true).orderBy('at').orderBy('event_id').execute(), ({ payment_id }) => payment_id);
  return rows.map((row) => ({
    row,
    facts: {
      startedAt: row.started_at.getTime(),
      returnedAt: row.returned_at?.getTime() ?? null,
      cancelledAt: row.cancelled_at?.getTime() ?? null,
      notices: (notices.get(row.id) ?? []).map(({ event_id: eventId, reference, outcome, amount_cents, at }) => ({ eventId, reference, outcome, amount: cents(amount_cents), at: at.getTime() })),
    },
    lines: (lines.get(row.id) ?? []).map(({ number, asked_cents, paid_cents }) => ({ invoiceId: number, number, asked: cents(asked_cents), paid: cents(paid_cents) })),
    owed: cents(row.owed_cents),
  }));
}

/** As its customer sees it. */
export function paymentOf({ row, facts, lines, owed }: KeptPayment, now: number, email: string | undefined): Payment {
  const { state, since, holdsUntil, reference } = standingOf(facts, now);
  return {
    id: row.id, contractId: row.contract_id, state, amount: cents(row.amount_cents), invoices: [...lines], startedAt: instant(facts.startedAt), changedAt: instant(since),
    holdsUntil: holdsUntil === null ? null : instant(holdsUntil), owed, isTrial: !row.is_live,
    receipt: reference === null ? null : { reference, paidAt: instant(paidAt(facts.notices)), sentTo: email === undefined ? null : maskEmail(email) },
  };
}

/** What the utility owes because it came though nothing was open any more. */
export async function readOwed(db: Database, { utilityId, contractId }: ContractKey): Promise<Cents> {
  const { owed } = await db.selectFrom('payment').select(sql<number>`coalesce(sum(owed_cents), 0)::bigint`.as('owed')).where('utility_id', '=', utilityId).where('contract_id', '=', contractId).executeTakeFirstOrThrow();
  return cents(owed);
}

/** Whoever decides by what is open of a contract does so alone, in every tab and on every instance. */
export async function lockContract(transaction: Database, { utilityId, contractId }: ContractKey): Promise<void> {
  await transaction.selectFrom('contract').select('id').where('utility_id', '=', utilityId).where('id', '=', contractId).forUpdate().execute();
}

/**
 * Writes down what happened to a payment, in a transaction that has locked its contract.
 * @param event a notice stands in `payment_notice` already
 * @returns how it stood, and how it stands
 */
export async function bookEvent(transaction: Database, { id, event, timeZone, ...key }: ContractKey & { readonly id: string; readonly event: PaymentEvent; readonly timeZone: string }): Promise<{ was: PaymentStanding; is: PaymentStanding; kept: KeptPayment }> {
  const { utilityId, contractId } = key;
  const [found] = await readPaymentBook(transaction, key, { id });
  if (!found) throw new RangeError(`there is no payment ${id}`);
  // What the database has already is what happened now.
  const before = event.kind === 'notice' ? { ...found, facts: { ...found.facts, notices: found.facts.notices.filter(({ eventId }) => eventId !== event.eventId) } } : found;
  const today = localDay(event.at, timeZone);
  const invoices = await readInvoices(transaction, key, today, event.at);
  const kept = bookPaymentEvent(before, event, (invoiceId) => cents(Math.max(0, invoices.find((invoice) => invoice.id === invoiceId)?.balance ?? 0)));
  const { facts, lines, owed } = kept;
  const [was, is] = [standingOf(before.facts, event.at), standingOf(facts, event.at)];
  await transaction
    .updateTable('payment')
    .set({ returned_at: dateOf(facts.returnedAt), cancelled_at: dateOf(facts.cancelledAt), holds_until: dateOf(is.holdsUntil), owed_cents: owed })
    .where('id', '=', id)
    .execute();
  for (const [position, line] of lines.entries()) {
    const change = line.paid - (before.lines[position]?.paid ?? 0);
    if (change === 0) continue;
    await transaction.updateTable('payment_line').set({ paid_cents: line.paid }).where('payment_id', '=', id).where('position', '=', position).execute();
    await transaction.insertInto('invoice_payment').values({ utility_id: utilityId, number: line.number, reference: referenceOf(id, event), paid_on: today satisfies LocalDay, amount_cents: change, means: 'card' }).execute();
  }
  await noteChange(transaction, key, staleByPayments(contractId));
  return { was, is, kept };
}

/** Nothing is entered twice by what was said once. */
function referenceOf(id: string, event: PaymentEvent): string {
  return `card:${id}:${event.kind === 'notice' ? event.eventId : event.kind}`;
}

function paidAt(notices: BookedPayment['facts']['notices']): number {
  return Math.min(...notices.flatMap(({ outcome, at }) => (outcome === 'paid' ? [at] : [])));
}

function dateOf(epochMilliseconds: number | null): Date | null {
  return epochMilliseconds === null ? null : new Date(epochMilliseconds);
}
