import {
  bookPaymentEvent, canBeCancelled, cancelPayment, describePayment, getPayment, instant, listPayments, localDay, maskEmail, parseInput, payableInvoices, paymentTrace, planPayment, PortalError, RETURN_PARAMETER, returnFromPayment, staleByPayments,
  standingOf, startedPayment, startPayment, sum,
  type BookedPayment, type Cents, type Contract, type Input, type Instant, type Invoice, type InvoicePayment, type Output, type Page, type PartialPolicy, type Payment, type PaymentEvent, type PaymentOffer,
  type PaymentOutcome,
} from '@oya/contract';
import type { Persona } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Mailbox } from './mailbox.ts';
import type { TraceBeside } from './traces.ts';

/** What the sandbox's utilities let their customers do. */
const PARTIAL: PartialPolicy = { least: 1000 as Cents };

export interface PaymentsParts {
  readonly clock: () => Instant;
  readonly mailbox: Mailbox;
  readonly changes: ChangeLog;
  readonly trace: TraceBeside;
  /** The id of a contract that the customer holds; throws for any other. */
  owned(customer: Persona, contractId: string): Contract['id'];
  emailOf(customer: Persona): string | undefined;
  invoicesOf(contractId: Contract['id']): readonly Invoice[];
}

interface Kept extends BookedPayment {
  readonly id: string;
  readonly contractId: Contract['id'];
  readonly amount: Cents;
  readonly customer: Persona;
  readonly email: string | undefined;
}

/** Card payments of a sandbox, by the contract's rules; what the provider says is decided by whoever tries it. */
export class Payments {
  readonly #parts: PaymentsParts;
  readonly #kept = new Map<Payment['id'], Kept>();
  #outcome: PaymentOutcome | null = 'paid';

  constructor(parts: PaymentsParts) {
    this.#parts = parts;
  }

  describePayment(customer: Persona, input: Input<'describePayment'>): PaymentOffer {
    const contractId = this.#parts.owned(customer, parseInput(describePayment, input).contractId);
    const underWay = this.allOf(contractId).filter(({ holdsUntil }) => holdsUntil !== null);
    return { invoices: payableInvoices(this.#parts.invoicesOf(contractId)), partial: PARTIAL, underWay, provider: 'payzen', isTrial: true };
  }

  startPayment(customer: Persona, input: Input<'startPayment'>): Output<'startPayment'> {
    const { returnUrl, ...confirmed } = parseInput(startPayment, input);
    const contractId = this.#parts.owned(customer, confirmed.contractId);
    const planned = planPayment(confirmed, this.#parts.invoicesOf(contractId), PARTIAL);
    if (!URL.canParse(returnUrl)) throw new PortalError('invalid', { detail: 'that is no address', fields: [{ path: 'returnUrl', code: 'not-allowed' }] });
    const kept: Kept = {
      id: crypto.randomUUID(), contractId, amount: confirmed.amount, customer, email: this.#parts.emailOf(customer), facts: startedPayment(this.#now), owed: 0 as Cents,
      lines: planned.map((invoice) => ({ ...invoice, paid: 0 as Cents })),
    };
    this.#keep(kept);
    const back = new URL(returnUrl);
    back.searchParams.set(RETURN_PARAMETER, kept.id);
    return { payment: this.#shown(kept), departure: { method: 'GET', url: back.href } };
  }

  listPayments(customer: Persona, input: Input<'listPayments'>): Page<Payment> {
    return { items: this.allOf(this.#parts.owned(customer, parseInput(listPayments, input).contractId)) };
  }

  getPayment(customer: Persona, input: Input<'getPayment'>): Payment {
    return this.#shown(this.#find(customer, parseInput(getPayment, input)));
  }

  returnFromPayment(customer: Persona, input: Input<'returnFromPayment'>): Payment {
    const { id, facts } = this.#find(customer, parseInput(returnFromPayment, input));
    const { state } = standingOf(facts, this.#now);
    this.#book(id, { kind: 'returned', at: this.#now });
    // Whoever had given up, or is back already, decides nothing by coming back.
    if (this.#outcome && state === 'started') this.notify(id, this.#outcome);
    return this.#shown(this.#kept.get(id) as Kept);
  }

  cancelPayment(customer: Persona, input: Input<'cancelPayment'>): Payment {
    const { id, facts } = this.#find(customer, parseInput(cancelPayment, input));
    const { state } = standingOf(facts, this.#now);
    if (!canBeCancelled(state)) throw new PortalError('conflict', { detail: 'it is paid, or nobody knows yet' });
    this.#book(id, { kind: 'cancelled', at: this.#now });
    return this.#shown(this.#kept.get(id) as Kept);
  }

  /** What the provider tells once a customer is back. */
  setOutcome(outcome: PaymentOutcome | null): void {
    this.#outcome = outcome;
  }

  /** @throws RangeError when there is no such payment */
  notify(id: string, outcome: PaymentOutcome): void {
    const before = this.#kept.get(id);
    if (!before) throw new RangeError(`there is no payment "${id}"`);
    this.#book(id, { kind: 'notice', eventId: outcome, reference: outcome === 'credited' ? `${id}-credit` : id, outcome, amount: before.amount, at: this.#now });
    const trace = paymentTrace(standingOf(before.facts, this.#now), standingOf((this.#kept.get(id) as Kept).facts, this.#now));
    if (trace) this.#parts.trace(before.customer, trace, 'system', before.contractId);
    if (trace === 'card-payment-paid' && before.email !== undefined) this.#parts.mailbox.send({ to: before.email, subject: `Reçu de votre paiement de ${(before.amount / 100).toFixed(2).replace('.', ',')} €` });
  }

  /** Whether an invoice waits for a payment. */
  isConfirming(number: string): boolean {
    return [...this.#kept.values()].some(({ facts, lines }) => lines.some((line) => line.number === number) && standingOf(facts, this.#now).holdsUntil !== null);
  }

  /** What came for an invoice. */
  of(number: string, timeZone: string): InvoicePayment[] {
    return [...this.#kept.values()].flatMap(({ facts, lines }) =>
      lines.flatMap((line): InvoicePayment[] => (line.number === number && line.paid > 0 ? [{ paidOn: localDay(standingOf(facts, this.#now).since, timeZone), amount: line.paid, means: 'card' }] : [])),
    );
  }

  /** The latest first. */
  allOf(contractId: Contract['id']): Payment[] {
    return [...this.#kept.values()].filter((kept) => kept.contractId === contractId).map((kept) => this.#shown(kept)).reverse();
  }

  /** What came though nothing was open any more. */
  owedOf(contractId: Contract['id']): Cents {
    return sum([...this.#kept.values()].flatMap((kept) => (kept.contractId === contractId ? [kept.owed] : [])));
  }

  #find(customer: Persona, { contractId, paymentId }: { contractId: string; paymentId: string }): Kept {
    const owned = this.#parts.owned(customer, contractId);
    const kept = this.#kept.get(paymentId);
    if (kept?.contractId !== owned) throw new PortalError('not-found', { detail: `there is no payment "${paymentId}" of this contract` });
    return kept;
  }

  #book(id: string, event: PaymentEvent): void {
    const kept = this.#kept.get(id) as Kept;
    const invoices = this.#parts.invoicesOf(kept.contractId);
    this.#keep(bookPaymentEvent(kept, event, (invoiceId) => Math.max(0, invoices.find((invoice) => invoice.id === invoiceId)?.balance ?? 0) as Cents));
  }

  #keep(kept: Kept): void {
    this.#kept.set(kept.id, kept);
    this.#parts.changes.note(staleByPayments(kept.contractId));
  }

  #shown({ id, contractId, amount, email, facts, lines, owed }: Kept): Payment {
    const { state, since, holdsUntil } = standingOf(facts, this.#now);
    const isPaid = state === 'paid' || state === 'given-back';
    return {
      id, contractId, state, amount, invoices: [...lines], startedAt: instant(facts.startedAt), changedAt: instant(since), holdsUntil: holdsUntil === null ? null : instant(holdsUntil), owed, isTrial: true,
      receipt: isPaid ? { reference: id, paidAt: instant(since), sentTo: email === undefined ? null : maskEmail(email) } : null,
    };
  }

  get #now(): number {
    return Date.parse(this.#parts.clock());
  }
}
