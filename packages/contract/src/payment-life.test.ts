import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PortalError } from './errors.ts';
import { invoiceOf, type InvoiceRecord } from './listed-invoices.ts';
import {
  afterPaymentEvent, amountFault, AWAY_MS, bookPaymentEvent, NOTICE_MS, payableInvoices, paymentTrace, PENDING_MS, planPayment, shareOut, standingOf, startedPayment,
  type BookedPayment, type CountedNotice, type PaymentEvent, type PaymentFacts, type PaymentOutcome,
} from './payment-life.ts';
import { cents, sum, type Cents } from './units.ts';

const NOON = Date.parse('2026-11-24T12:00:00Z');
const MINUTE = 60_000;
const notice = (outcome: PaymentOutcome, { reference = 't1', amount = 5000, at = NOON + MINUTE, eventId }: { reference?: string; amount?: number; at?: number; eventId?: string } = {}): PaymentEvent => ({ kind: 'notice', eventId: eventId ?? `${reference}:${outcome}`, reference, outcome, amount: cents(amount), at });
const after = (...events: PaymentEvent[]): PaymentFacts => events.reduce(afterPaymentEvent, startedPayment(NOON));
const stateOf = (facts: PaymentFacts, now = NOON + 2 * MINUTE) => standingOf(facts, now).state;

const record = (number: string, more: Partial<InvoiceRecord> = {}): InvoiceRecord => ({
  id: number, number, contractId: 'c', kind: 'invoice', issuedOn: '2026-11-12', dueOn: '2026-11-27', period: { from: '2026-10-01', to: '2026-11-01' },
  total: cents(5000), isEstimated: false, instalments: cents(0), paid: cents(0), means: 'card', isConfirming: false, isDisputed: false, ...more,
});
const listed = (...records: InvoiceRecord[]) => records.map((each) => invoiceOf(each, '2026-11-24'));

describe('what is known of a payment', () => {
  it('is that nobody knows, until the provider says it', () => {
    assert.equal(stateOf(after()), 'started');
    assert.equal(stateOf(after({ kind: 'returned', at: NOON + MINUTE })), 'confirming');
    assert.equal(stateOf(after(notice('pending'))), 'confirming');
    assert.equal(stateOf(after(notice('paid'))), 'paid');
    assert.equal(stateOf(after(notice('refused'))), 'refused');
    assert.equal(stateOf(after(notice('abandoned'))), 'abandoned');
    assert.equal(stateOf(after({ kind: 'cancelled', at: NOON + MINUTE })), 'abandoned');
    assert.equal(stateOf(after(notice('paid'), notice('credited', { reference: 't2' }))), 'given-back');
    assert.equal(stateOf(after(notice('paid'), notice('credited', { reference: 't2', amount: 2000 }))), 'paid');
    assert.equal(stateOf(after(notice('paid'), notice('undone'))), 'refused', 'the bank took its word back');
  });

  it('lapses, and its invoices are free again', () => {
    const away = after();
    assert.equal(standingOf(away, NOON).holdsUntil, NOON + AWAY_MS);
    assert.deepEqual([stateOf(away, NOON + AWAY_MS - 1), stateOf(away, NOON + AWAY_MS)], ['started', 'lapsed']);
    assert.equal(standingOf(away, NOON + AWAY_MS).holdsUntil, null);
    const back = after({ kind: 'returned', at: NOON + MINUTE });
    assert.deepEqual([stateOf(back, NOON + MINUTE + NOTICE_MS - 1), stateOf(back, NOON + MINUTE + NOTICE_MS)], ['confirming', 'lapsed']);
    const pending = after(notice('pending'));
    assert.deepEqual([stateOf(pending, NOON + MINUTE + PENDING_MS - 1), stateOf(pending, NOON + MINUTE + PENDING_MS)], ['confirming', 'lapsed']);
    assert.equal(stateOf(afterPaymentEvent(away, notice('paid', { at: NOON + 2 * PENDING_MS })), NOON + 2 * PENDING_MS), 'paid', 'late is not never');
  });

  it('makes invoices wait while another card may be tried after a refusal, until the customer is back', () => {
    assert.equal(standingOf(after(notice('refused')), NOON + 2 * MINUTE).holdsUntil, NOON + AWAY_MS);
    assert.equal(standingOf(after(notice('refused'), { kind: 'returned', at: NOON + MINUTE }), NOON + 2 * MINUTE).holdsUntil, null);
    assert.equal(stateOf(after(notice('refused'), notice('paid', { reference: 't2' }))), 'paid');
  });

  it('follows from which notices came, however often and in whatever order', () => {
    const notices = fc.array(fc.record({ outcome: fc.constantFrom<PaymentOutcome>('paid', 'refused', 'abandoned', 'pending', 'undone', 'credited'), reference: fc.constantFrom('t1', 't2') }), { maxLength: 8 });
    const shuffled = notices.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray([...given, ...given], { minLength: given.length * 2, maxLength: given.length * 2 })));
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        const now = NOON + 5 * MINUTE;
        const read = (all: typeof given) => standingOf(after(...all.map(({ outcome, reference }) => notice(outcome, { reference }))), now);
        assert.deepEqual(read(other), read(given));
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves a trace of what a notice made of it, once however often the notice comes', () => {
    const notices = fc.array(fc.record({ outcome: fc.constantFrom<PaymentOutcome>('paid', 'refused', 'abandoned', 'pending', 'undone', 'credited'), reference: fc.constantFrom('t1', 't2'), amount: fc.constantFrom(2000, 5000) }), { maxLength: 8 });
    const now = NOON + 5 * MINUTE;
    const replay = (events: readonly PaymentEvent[]) => {
      let facts = after();
      const traces = events.flatMap((event) => {
        const was = standingOf(facts, now);
        facts = afterPaymentEvent(facts, event);
        return paymentTrace(was, standingOf(facts, now)) ?? [];
      });
      return { traces, state: stateOf(facts, now) };
    };
    const ends = new Map([['paid', ['card-payment-paid', 'card-payment-refunded']], ['given-back', ['card-payment-refunded']], ['refused', ['card-payment-refused']]]);
    fc.assert(
      fc.property(notices, (given) => {
        const events = given.map(({ outcome, ...more }) => notice(outcome, more));
        const { traces, state } = replay(events);
        assert.deepEqual(replay(events.flatMap((event, index) => [event, ...events.slice(0, index)])).traces, traces, 'what came before comes again');
        if (ends.has(state)) assert.ok(ends.get(state)?.includes(traces.at(-1) ?? ''), `${state} after ${traces.join(', ')}`);
      }),
      { numRuns: 1000 },
    );
    assert.deepEqual(replay([notice('refused'), notice('refused', { reference: 't2' }), notice('paid', { reference: 't3' }), notice('credited', { reference: 't4', amount: 1000 }), notice('credited', { reference: 't5', amount: 4000 })]).traces, [
      'card-payment-refused', 'card-payment-paid', 'card-payment-refunded', 'card-payment-refunded',
    ]);
  });
});

describe('what a payment may be of', () => {
  const invoices = listed(record('B', { dueOn: '2026-12-01' }), record('A'), record('C', { isConfirming: true }), record('D', { paid: cents(5000) }), record('E', { isDisputed: true }), record('F', { total: cents(-900), dueOn: null }));

  it('is what is open, the first due first', () => {
    assert.deepEqual(payableInvoices(invoices).map(({ number, open, canBePaid }) => [number, open, canBePaid]), [['A', 5000, true], ['C', 5000, false], ['E', 5000, false], ['B', 5000, true]]);
  });

  it('is what is open of an invoice that is paid by a plan, due with the next part of it', () => {
    const planned = { nextOn: '2026-12-09', amount: cents(2500), until: '2027-01-09' };
    const [late = assert.fail()] = listed(record('a', { dueOn: '2026-10-27' }));
    assert.deepEqual(payableInvoices([{ ...late, state: 'planned', planned }, ...listed(record('b'))]).map(({ number, dueOn, canBePaid }) => [number, dueOn, canBePaid]), [['b', '2026-11-27', true], ['a', '2026-12-09', true]]);
  });

  it('is what the customer saw, or nothing', () => {
    const plan = (invoiceIds: string[], open: number, amount: number, partial: { least: Cents } | null = null) => planPayment({ invoiceIds, open: cents(open), amount: cents(amount) }, invoices, partial);
    const refusal = (...given: Parameters<typeof plan>) => {
      try {
        plan(...given);
      } catch (error) {
        assert.ok(error instanceof PortalError);
        return [error.kind, error.code ?? error.fields[0]?.code];
      }
      return assert.fail('it was taken');
    };
    assert.deepEqual(plan(['B', 'A'], 10_000, 10_000), [{ invoiceId: 'A', number: 'A', asked: 5000 }, { invoiceId: 'B', number: 'B', asked: 5000 }]);
    assert.deepEqual(plan(['B', 'A'], 10_000, 6000, { least: cents(1000) }), [{ invoiceId: 'A', number: 'A', asked: 5000 }, { invoiceId: 'B', number: 'B', asked: 1000 }]);
    assert.deepEqual(plan(['B', 'A'], 10_000, 4000, { least: cents(1000) }), [{ invoiceId: 'A', number: 'A', asked: 4000 }]);
    assert.deepEqual(refusal(['A'], 4999, 4999), ['conflict', 'amount-changed']);
    assert.deepEqual(refusal(['A', 'C'], 10_000, 10_000), ['conflict', 'under-way']);
    assert.deepEqual(refusal(['D'], 0, 1), ['conflict', 'not-payable']);
    assert.deepEqual(refusal(['E'], 5000, 5000), ['conflict', 'not-payable']);
    assert.deepEqual(refusal(['F'], -900, 1), ['conflict', 'not-payable']);
    assert.deepEqual(refusal(['Z'], 5000, 5000), ['invalid', 'unknown']);
    assert.deepEqual(refusal(['A'], 5000, 4000), ['invalid', 'too-little']);
    assert.deepEqual(refusal(['A'], 5000, 999, { least: cents(1000) }), ['invalid', 'too-little']);
    assert.deepEqual(refusal(['A'], 5000, 5001), ['invalid', 'too-much']);
    assert.equal(amountFault(cents(300), cents(300), { least: cents(1000) }), undefined, 'less than the least is open');
  });
});

describe('the money of payments', () => {
  it('is always somewhere: on what is open, or owed', () => {
    const line = fc.record({ asked: fc.integer({ min: 1, max: 9000 }), paid: fc.integer({ min: 0, max: 9000 }), open: fc.integer({ min: 0, max: 9000 }) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 40_000 }), (given, received) => {
        const lines = given.map(({ asked, paid, open }) => ({ asked: cents(asked), paid: cents(paid), open: cents(open) }));
        const { paid, owed } = shareOut(cents(received), lines);
        assert.equal(sum([...paid, owed]), received);
        assert.ok(owed >= 0);
        paid.forEach((amount, index) => assert.ok(amount >= 0 && amount - (lines[index]?.paid ?? 0) <= (lines[index]?.open ?? 0)));
        if (owed > 0) paid.forEach((amount, index) => assert.equal(amount - (lines[index]?.paid ?? 0), lines[index]?.open));
      }),
      { numRuns: 1000 },
    );
  });

  it('pays no invoice twice and is never lost, however a thousand customers, tabs and providers run into each other', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), runWorld), { numRuns: 1000 });
  });
});

/** One thing that happens: somebody starts, comes back or gives up, the provider says something, or time goes by. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('start' as const), invoices: fc.subarray(['A', 'B', 'C'], { minLength: 1 }), share: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('return' as const, 'cancel' as const), which: fc.nat(9) }) },
  { weight: 6, arbitrary: fc.record({ what: fc.constant('notice' as const), which: fc.nat(9), outcome: fc.constantFrom<PaymentOutcome>('paid', 'paid', 'refused', 'abandoned', 'pending', 'undone', 'credited'), reference: fc.constantFrom('t1', 't2') }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('transfer' as const), invoice: fc.constantFrom('A', 'B', 'C'), amount: fc.integer({ min: 1, max: 3000 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.constantFrom(1, 10, 20, 100, 20_000) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const TOTALS: Readonly<Record<string, number>> = { A: 5000, B: 7321, C: 1 };

/** A portal in a few lines, and beside it what a bank's statement says: they must agree after each step. */
function runWorld(steps: readonly Step[]): void {
  let now = NOON;
  const payments = new Map<string, BookedPayment & { readonly amount: Cents }>();
  const transfers = new Map<string, number>();
  /** By payment and transaction. */
  const said = new Map<string, Map<string, Set<PaymentOutcome>>>();

  const paidOf = (number: string) => (transfers.get(number) ?? 0) + sum([...payments.values()].flatMap(({ lines }) => lines.filter((line) => line.number === number).map(({ paid }) => paid)));
  const isHeld = (number: string) => [...payments.values()].some(({ facts, lines }) => lines.some((line) => line.number === number) && standingOf(facts, now).holdsUntil !== null);
  const invoices = () => listed(...Object.entries(TOTALS).map(([number, total]) => record(number, { total: cents(total), paid: cents(paidOf(number)), isConfirming: isHeld(number) })));
  const openOf = (number: string) => cents(Math.max(0, (TOTALS[number] ?? 0) - paidOf(number)));
  const book = (id: string, event: PaymentEvent) => payments.set(id, bookPaymentEvent(payments.get(id) ?? assert.fail(), event, openOf));

  for (const each of steps) {
    const ids = [...payments.keys()];
    switch (each.what) {
      case 'start': {
        const before = invoices();
        const open = sum(before.filter(({ id }) => each.invoices.includes(id)).map(({ balance }) => balance));
        const amount = cents(Math.ceil(open / each.share));
        let lines: ReturnType<typeof planPayment>;
        try {
          lines = planPayment({ invoiceIds: each.invoices, open, amount }, before, { least: cents(1) });
        } catch (error) {
          assert.ok(error instanceof PortalError);
          break;
        }
        assert.ok(lines.every(({ number }) => !isHeld(number)), 'two payments of an invoice are under way at once');
        assert.equal(sum(lines.map(({ asked }) => asked)), amount);
        payments.set(`p${payments.size}`, { amount, facts: startedPayment(now), owed: cents(0), lines: lines.map((line) => ({ ...line, paid: cents(0) })) });
        break;
      }
      case 'return':
      case 'cancel': {
        const id = ids[each.which % ids.length];
        if (id !== undefined) book(id, { kind: each.what === 'return' ? 'returned' : 'cancelled', at: now });
        break;
      }
      case 'notice': {
        const id = ids[each.which % ids.length];
        const payment = id === undefined ? undefined : payments.get(id);
        if (id === undefined || !payment) break;
        const reference = each.outcome === 'credited' ? 'credit' : each.reference;
        book(id, { kind: 'notice', eventId: `${reference}:${each.outcome}`, reference, outcome: each.outcome, amount: payment.amount, at: now } satisfies { kind: 'notice' } & CountedNotice);
        const ofPayment = said.get(id) ?? said.set(id, new Map()).get(id) ?? assert.fail();
        (ofPayment.get(reference) ?? ofPayment.set(reference, new Set()).get(reference))?.add(each.outcome);
        break;
      }
      case 'transfer':
        transfers.set(each.invoice, (transfers.get(each.invoice) ?? 0) + Math.min(each.amount, openOf(each.invoice)));
        break;
      case 'wait':
        now += each.minutes * MINUTE;
    }
    for (const [number, total] of Object.entries(TOTALS)) assert.ok(paidOf(number) <= total, `${number} is paid twice`);
    for (const [id, { amount, facts, lines, owed }] of payments) {
      const transactions = [...(said.get(id) ?? [])];
      const moved = transactions.filter(([, outcomes]) => outcomes.has('paid') && !outcomes.has('undone')).length * amount;
      const gone = transactions.some(([, outcomes]) => outcomes.has('credited')) ? amount : 0;
      const { state, received } = standingOf(facts, now);
      assert.equal(received, Math.max(0, moved - gone));
      assert.equal(sum([owed, ...lines.map(({ paid }) => paid)]), received, 'money is lost, or made');
      assert.equal(state === 'paid', received > 0, 'paid is shown where the provider has not said so');
    }
  }
}
