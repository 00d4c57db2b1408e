/**
 * What becomes of card payments: the same for the server and the sandbox. A provider's notices may come late, twice or in any
 * order: what is known of a payment follows from which have come, never from their order. Money that came is always somewhere:
 * it pays what was open, and what is left of it is owed to the customer.
 */
import { PortalError } from './errors.ts';
import { canBePaid } from './invoice-list.ts';
import type { Invoice } from './invoices.ts';
import type { PaidInvoice, PartialPolicy, PayableInvoice, PaymentOffer, PaymentState } from './payments.ts';
import type { ActivityKind } from './profile.ts';
import { cents, sum, type Cents } from './units.ts';

/**
 * What a provider may say of a payment.
 * - `pending`: the bank has not decided; `undone`: what was `paid` never moved, as when the bank took its word back
 * - `credited`: some of it went back
 */
export type PaymentOutcome = 'paid' | 'refused' | 'abandoned' | 'pending' | 'undone' | 'credited';

type CardPaymentKind = Extract<ActivityKind, `card-payment-${string}`>;

/** What a provider said, checked and counted once. */
export interface CountedNotice {
  /** The same whenever the same is said again. */
  readonly eventId: string;
  /** What the provider calls the transaction: a payment may have several, as each card that is tried is one. */
  readonly reference: string;
  readonly outcome: PaymentOutcome;
  /** Of this event. */
  readonly amount: Cents;
  /** When it came, in epoch milliseconds. */
  readonly at: number;
}

/** All that is known of a payment. Times are epoch milliseconds. */
export interface PaymentFacts {
  readonly startedAt: number;
  /** The customer came back from the provider's page. */
  readonly returnedAt: number | null;
  /** The customer said that they will not pay this way. */
  readonly cancelledAt: number | null;
  readonly notices: readonly CountedNotice[];
}

export type PaymentEvent =
  | { readonly kind: 'returned'; readonly at: number }
  | { readonly kind: 'cancelled'; readonly at: number }
  | ({ readonly kind: 'notice' } & CountedNotice);

export interface PaymentStanding {
  readonly state: PaymentState;
  /** When it came to that, in epoch milliseconds. */
  readonly since: number;
  /** Until when its invoices wait for it, in epoch milliseconds; `null` where they do not. */
  readonly holdsUntil: number | null;
  /** What came and did not go back. */
  readonly received: Cents;
  /** What the provider calls the transaction that paid; `null` where none did. */
  readonly reference: string | null;
}

const MINUTE = 60_000;
/** So long a customer may take at the provider's page. */
export const AWAY_MS = 15 * MINUTE;
/** So long a notice may take once the customer is back: providers repeat for about an hour what did not get through. */
export const NOTICE_MS = 75 * MINUTE;
/** So long a bank may take to decide. */
export const PENDING_MS = 7 * 24 * 60 * MINUTE;

export function startedPayment(at: number): PaymentFacts {
  return { startedAt: at, returnedAt: null, cancelledAt: null, notices: [] };
}

/** What is known once something more happened. What is known already changes nothing. */
export function afterPaymentEvent(facts: PaymentFacts, event: PaymentEvent): PaymentFacts {
  switch (event.kind) {
    case 'returned':
      return facts.returnedAt === null ? { ...facts, returnedAt: event.at } : facts;
    case 'cancelled':
      return facts.cancelledAt === null ? { ...facts, cancelledAt: event.at } : facts;
    case 'notice': {
      const { kind: _kind, ...notice } = event;
      return facts.notices.some(({ eventId }) => eventId === notice.eventId) ? facts : { ...facts, notices: [...facts.notices, notice] };
    }
  }
}

/** How a payment stands. */
export function standingOf(facts: PaymentFacts, now: number): PaymentStanding {
  const { startedAt, returnedAt, cancelledAt, notices } = facts;
  const transactions = [...Map.groupBy(notices, ({ reference }) => reference).values()].map(readTransaction);
  const [came, gone] = [transactions.flatMap(({ paid }) => paid ?? []), notices.filter(({ outcome }) => outcome === 'credited')];
  const [first] = came.toSorted((one, other) => one.at - other.at || compare(one.reference, other.reference));
  const received = cents(Math.max(0, sum(came.map(({ amount }) => amount)) - sum(gone.map(({ amount }) => amount))));
  const standing = (state: PaymentState, since: number, holdsUntil: number | null = null): PaymentStanding => ({ state, since, received, reference: first?.reference ?? null, holdsUntil: holdsUntil !== null && holdsUntil > now ? holdsUntil : null });
  if (came.length > 0) return received > 0 ? standing('paid', earliest(came)) : standing('given-back', latest(gone));
  const of = (outcome: PaymentOutcome) => transactions.flatMap(({ last }) => (last?.outcome === outcome ? [last] : []));
  const pending = of('pending');
  if (pending.length > 0) {
    const until = earliest(pending) + PENDING_MS;
    return until > now ? standing('confirming', earliest(pending), until) : standing('lapsed', until);
  }
  // Another card may be tried on the provider's page until the customer leaves it.
  const refused = [...of('refused'), ...of('undone')];
  if (refused.length > 0) return standing('refused', latest(refused), returnedAt === null && cancelledAt === null ? startedAt + AWAY_MS : null);
  const abandoned = of('abandoned');
  if (abandoned.length > 0) return standing('abandoned', earliest(abandoned));
  if (cancelledAt !== null) return standing('abandoned', cancelledAt);
  const until = returnedAt === null ? startedAt + AWAY_MS : returnedAt + NOTICE_MS;
  if (until <= now) return standing('lapsed', until);
  return returnedAt === null ? standing('started', startedAt, until) : standing('confirming', returnedAt, until);
}

/**
 * What a notice made of a payment, for whoever reads what was done on their account; `undefined` where it made nothing of it.
 * What comes again stands as it stood, and a second card that is refused is the same refusal.
 */
export function paymentTrace(was: PaymentStanding, is: PaymentStanding): CardPaymentKind | undefined {
  if (is.state === 'paid' && was.state !== 'paid') return 'card-payment-paid';
  if (is.state === 'refused' && was.state !== 'refused') return 'card-payment-refused';
  const goesBack = is.state === 'given-back' ? was.state !== 'given-back' : is.state === 'paid' && is.received < was.received;
  return goesBack ? 'card-payment-refunded' : undefined;
}

/** What a payment is to pay of an invoice and has paid of it, and what is still open of the invoice. */
export interface LedgerLine {
  readonly asked: Cents;
  readonly paid: Cents;
  readonly open: Cents;
}

/** Where the money of a payment is. */
export interface LedgerShare {
  /** By invoice, in the order of the lines. */
  readonly paid: readonly Cents[];
  readonly owed: Cents;
}

/**
 * Where the money of a payment goes once it came to `received`: to what was asked of each invoice as far as that is open, then to
 * whatever else is open of the same invoices, and the rest is owed to the customer. What has been paid stays paid, and what goes
 * back is taken from what is owed first, then from the last invoice.
 */
export function shareOut(received: Cents, lines: readonly LedgerLine[]): LedgerShare {
  const paid: number[] = lines.map((line) => line.paid);
  let left = received - sum(lines.map((line) => line.paid));
  for (let index = lines.length - 1; index >= 0 && left < 0; index -= 1) {
    const back = Math.min(paid[index] as number, -left);
    paid[index] = (paid[index] as number) - back;
    left += back;
  }
  const give = (most: (line: LedgerLine, has: number) => number) => {
    for (const [index, line] of lines.entries()) {
      const has = paid[index] as number;
      const more = Math.max(0, Math.min(left, line.open - (has - line.paid), most(line, has)));
      paid[index] = has + more;
      left -= more;
    }
  };
  give((line, has) => line.asked - has);
  give(() => Number.POSITIVE_INFINITY);
  return { paid: paid.map(cents), owed: cents(left) };
}

/** A payment with all that is known of it, and where its money is. */
export interface BookedPayment {
  readonly facts: PaymentFacts;
  readonly lines: readonly PaidInvoice[];
  readonly owed: Cents;
}

/**
 * What a payment comes to once something more happened.
 * @param openOf what is open of an invoice now, whatever paid the rest
 */
export function bookPaymentEvent<B extends BookedPayment>(booked: B, event: PaymentEvent, openOf: (invoiceId: string) => Cents): B {
  const facts = afterPaymentEvent(booked.facts, event);
  const { received } = standingOf(facts, event.at);
  const lines = booked.lines.map((line) => ({ ...line, open: openOf(line.invoiceId) }));
  if (received === sum([booked.owed, ...lines.map(({ paid }) => paid)])) return { ...booked, facts };
  const { paid, owed } = shareOut(received, lines);
  return { ...booked, facts, lines: booked.lines.map((line, index) => ({ ...line, paid: paid[index] as Cents })), owed };
}

/** Whether its customer can say that they will not go on with it. */
export function canBeCancelled(state: PaymentState): boolean {
  return state !== 'paid' && state !== 'given-back' && state !== 'confirming';
}

/** What is open of a contract, the one that is due first before the others. */
export function payableInvoices(all: readonly Invoice[]): PayableInvoice[] {
  return all
    .filter(({ balance, payable }) => payable > 0 && balance > 0)
    .map((invoice) => ({ ...invoice, dueOn: invoice.planned?.nextOn ?? invoice.dueOn }))
    .sort((one, other) => compare(one.dueOn ?? one.issuedOn, other.dueOn ?? other.issuedOn) || compare(one.number, other.number))
    .map((invoice) => ({ invoiceId: invoice.id, number: invoice.number, dueOn: invoice.dueOn, state: invoice.state, open: invoice.balance, canBePaid: canBePaid(invoice) }));
}

/** What is open of these invoices, in the order in which money pays them. */
export function chosenInvoices({ invoices }: Pick<PaymentOffer, 'invoices'>, invoiceIds: readonly string[]): { invoices: PayableInvoice[]; open: Cents } {
  const chosen = invoices.filter(({ invoiceId }) => invoiceIds.includes(invoiceId));
  return { invoices: chosen, open: sum(chosen.map(({ open }) => open)) };
}

/** Whether so much of what is open may be paid: `too-little` or `too-much` where it may not. */
export function amountFault(amount: Cents, open: Cents, partial: PartialPolicy | null): 'too-little' | 'too-much' | undefined {
  if (amount > open) return 'too-much';
  const least = partial === null ? open : Math.min(open, Math.max(1, partial.least));
  return amount < least ? 'too-little' : undefined;
}

/**
 * What a payment would pay of which invoice.
 * @param confirmed what the customer saw open of these invoices, and how much of it they pay
 * @throws PortalError `invalid` for an invoice that is not of the contract and for an amount that is not allowed, and `conflict`
 *   with a code where it is not as the customer saw it: `under-way`, `not-payable`, `amount-changed`
 */
export function planPayment(confirmed: { readonly invoiceIds: readonly string[]; readonly open: Cents; readonly amount: Cents }, all: readonly Invoice[], partial: PartialPolicy | null): { invoiceId: string; number: string; asked: Cents }[] {
  const { invoiceIds, open: seen, amount } = confirmed;
  const named = new Set(invoiceIds);
  const known = all.filter(({ id }) => named.has(id));
  if (known.length < named.size) throw new PortalError('invalid', { detail: 'not an invoice of this contract', fields: [{ path: 'invoiceIds', code: 'unknown' }] });
  if (known.some(({ state }) => state === 'confirming')) throw new PortalError('conflict', { code: 'under-way', detail: 'a payment of it is under way' });
  if (!known.every(canBePaid)) throw new PortalError('conflict', { code: 'not-payable', detail: 'it is not to be paid now' });
  const { invoices, open } = chosenInvoices({ invoices: payableInvoices(known) }, invoiceIds);
  if (open !== seen) throw new PortalError('conflict', { code: 'amount-changed', detail: 'what is open is not what the customer saw' });
  const fault = amountFault(amount, open, partial);
  if (fault) throw new PortalError('invalid', { detail: 'this amount cannot be paid', fields: [{ path: 'amount', code: fault }] });
  let left: number = amount;
  return invoices.flatMap((invoice) => {
    const asked = cents(Math.min(left, invoice.open));
    left -= asked;
    return asked > 0 ? [{ invoiceId: invoice.invoiceId, number: invoice.number, asked }] : [];
  });
}

/** What one transaction came to, whatever the order in which it was told. */
function readTransaction(notices: readonly CountedNotice[]): { paid: CountedNotice | undefined; last: CountedNotice | undefined } {
  const said = (outcome: PaymentOutcome) => notices.find((notice) => notice.outcome === outcome);
  const undone = said('undone');
  const last = undone ?? said('paid') ?? said('refused') ?? said('abandoned') ?? said('pending');
  return { paid: undone ? undefined : said('paid'), last };
}

function earliest(notices: readonly CountedNotice[]): number {
  return Math.min(...notices.map(({ at }) => at));
}

function latest(notices: readonly CountedNotice[]): number {
  return Math.max(...notices.map(({ at }) => at));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
