import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PortalError } from './errors.ts';
import { canBeContested, canBePaid, type InvoiceFilter } from './invoice-list.ts';
import type { Invoice } from './invoices.ts';
import { answerInvoices, comparableWith, invoiceOf, INVOICES_ON_A_PAGE, listedInvoices, planStanding, type InvoiceQuestion, type InvoiceRecord } from './listed-invoices.ts';
import { planParts, type PaymentPlan } from './payment-means.ts';
import { addDays } from './time.ts';
import { cents, sum } from './units.ts';

const TODAY = '2026-11-24';
const coming = { nextOn: '2026-12-12', plan: null };

const record = (more: Partial<InvoiceRecord> = {}): InvoiceRecord => ({
  id: 'EN2611000001', number: 'EN2611000001', contractId: 'c', kind: 'invoice', issuedOn: '2026-11-12', dueOn: '2026-11-27', period: { from: '2026-10-01', to: '2026-11-01' },
  total: cents(12_345), isEstimated: false, instalments: cents(0), paid: cents(0), means: 'card', isConfirming: false, isDisputed: false, ...more,
});
const stateOf = (more: Partial<InvoiceRecord>) => invoiceOf(record(more), TODAY).state;

const records = fc
  .array(
    fc.record({
      serial: fc.integer({ min: 0, max: 999_999 }), issued: fc.integer({ min: 0, max: 1500 }), total: fc.integer({ min: -9000, max: 90_000 }), share: fc.integer({ min: 0, max: 4 }), means: fc.constantFrom('card' as const, 'sepa-debit' as const),
      isConfirming: fc.boolean(), isDisputed: fc.boolean(),
    }),
    { maxLength: 160 },
  )
  .map((given) => {
    const seen = new Set<string>();
    return given.flatMap(({ serial, issued, total, share, ...more }): InvoiceRecord[] => {
      const issuedOn = addDays('2022-11-01', issued);
      const number = `EN${issuedOn.slice(2, 4)}${issuedOn.slice(5, 7)}${String(serial).padStart(6, '0')}`;
      if (seen.has(number)) return [];
      seen.add(number);
      return [record({ id: number, number, issuedOn, dueOn: total > 0 ? addDays(issuedOn, 15) : null, total: cents(total), paid: cents(Math.trunc((total * share) / 4)), ...more })];
    });
  });
const questions: fc.Arbitrary<InvoiceQuestion> = fc.record(
  { year: fc.constantFrom('2024', '2026'), show: fc.constantFrom<InvoiceFilter>('to-pay', 'paid', 'credit', 'disputed'), search: fc.constantFrom('EN24', '12,34', '  '), order: fc.constantFrom('newest' as const, 'oldest' as const, 'highest' as const, 'lowest' as const) },
  { requiredKeys: [] },
);

describe('where an invoice stands', () => {
  it('is told by what is open of it, its day and how it is paid', () => {
    assert.equal(stateOf({}), 'open');
    assert.equal(stateOf({ dueOn: TODAY }), 'open', 'its last day is a whole day');
    assert.equal(stateOf({ dueOn: '2026-11-23' }), 'overdue');
    assert.equal(stateOf({ means: 'sepa-debit' }), 'debit-planned');
    assert.equal(stateOf({ means: 'sepa-debit', dueOn: '2026-11-23' }), 'overdue', 'a debit that did not come');
    assert.equal(stateOf({ isConfirming: true, dueOn: '2026-11-23' }), 'confirming');
    assert.equal(stateOf({ isDisputed: true, isConfirming: true }), 'disputed');
    assert.equal(stateOf({ isDisputed: true, paid: cents(12_345) }), 'paid');
    assert.equal(stateOf({ total: cents(-500), dueOn: null }), 'credit');
    assert.equal(stateOf({ total: cents(-500), paid: cents(-500), dueOn: null }), 'given-back');
    assert.equal(stateOf({ kind: 'settlement', instalments: cents(13_000) }), 'credit', 'more was paid than was used');
    assert.equal(stateOf({ total: cents(0) }), 'paid');
  });

  it('is by the parts of a plan that was accepted, not by its own day, as long as no part is missed', () => {
    const [one, other] = [record({ dueOn: '2026-10-27', total: cents(9000) }), record({ id: 'b', number: 'b', dueOn: '2026-10-28', total: cents(3000) })];
    const plan: Pick<PaymentPlan, 'state' | 'invoices' | 'amount' | 'parts'> = { state: 'accepted', invoices: [one.number, 'b'], amount: cents(12_000), parts: planParts(cents(12_000), 3, TODAY) };
    const [first = '', second = '', last = ''] = plan.parts.map(({ dueOn }) => dueOn);
    const states = (records: readonly InvoiceRecord[], today = TODAY, plans: readonly (typeof plan)[] = [plan]) => listedInvoices(records, plans, today).map(({ state, planned }) => [state, planned]);
    const planned = { nextOn: first, amount: 4000, until: last };
    assert.deepEqual(states([one, other]), [['planned', planned], ['planned', planned]]);
    assert.deepEqual(states([one, other], TODAY, [{ ...plan, state: 'asked' }]), [['overdue', undefined], ['overdue', undefined]], 'nobody has answered yet');
    assert.deepEqual(states([one, { ...other, isDisputed: true }]), [['planned', planned], ['disputed', undefined]]);
    assert.deepEqual(states([{ ...one, paid: cents(1000) }, other], first)[0], ['planned', { ...planned, amount: 3000 }], 'its day is a whole day');
    assert.deepEqual(states([{ ...one, paid: cents(1000) }, other], addDays(first, 1))[0], ['overdue', undefined], 'a part is missed');
    assert.deepEqual(states([{ ...one, paid: cents(1000) }, { ...other, paid: cents(3000) }], addDays(first, 1)), [['planned', { ...planned, nextOn: second }], ['paid', undefined]]);
    assert.deepEqual(states([record({ dueOn: '2026-10-01' })], TODAY, [{ ...plan, invoices: ['c'] }]), [['overdue', undefined]], 'another invoice');
    const [{ invoices: newer, ...rest }] = [plan];
    assert.deepEqual(states([one], addDays(first, 1), [{ ...rest, invoices: newer, amount: cents(9000), parts: planParts(cents(9000), 2, first) }, plan])[0]?.[0], 'planned', 'the latest one counts');
    const { toPay, overdueSince, items } = answerInvoices({ show: 'to-pay' }, listedInvoices([one, other], [plan], TODAY), coming);
    assert.deepEqual([toPay, overdueSince, items.length], [12_000, null, 2]);
    assert.ok(items.every(canBePaid), 'a part, or all of it at once');
  });

  it('follows a plan to its end, whatever is paid when', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 500_000 }), fc.integer({ min: 2, max: 36 }), fc.integer({ min: 0, max: 600_000 }), fc.integer({ min: 0, max: 1200 }), (total, count, paid, days) => {
        const parts = planParts(cents(total), count, TODAY);
        const today = addDays(TODAY, days);
        const open = cents(Math.max(0, total - paid));
        const missed = parts.some(({ dueOn }, index) => dueOn < today && sum(parts.slice(0, index + 1).map(({ amount }) => amount)) > paid);
        const standing = planStanding({ amount: cents(total), parts }, open, today);
        assert.equal(standing === undefined, missed || open === 0);
        if (!standing) return;
        const { nextOn, amount, until } = standing;
        assert.ok(today <= nextOn && nextOn <= until && amount > 0 && amount <= open);
        const later = sum(parts.flatMap((part) => (part.dueOn > nextOn ? [part.amount] : [])));
        assert.equal(amount + later, open, 'what is left of this part and the later ones is what is open');
      }),
      { numRuns: 1000 },
    );
  });

  it('lets it be paid and contested where that makes sense', () => {
    const all = fc.sample(records, 20).flat().map((each) => invoiceOf(each, TODAY));
    for (const invoice of all) {
      assert.equal(canBePaid(invoice), ['open', 'overdue', 'debit-planned'].includes(invoice.state));
      assert.equal(canBeContested({ ...invoice, kind: 'credit-note' }), false);
      assert.equal(canBeContested(invoice), !['disputed', 'confirming'].includes(invoice.state));
    }
  });
});

describe('a list of invoices', () => {
  it('gives each that fits once, in order, however it is paged', () => {
    fc.assert(
      fc.property(records, questions, (given, question) => {
        const all = given.map((each) => invoiceOf(each, TODAY));
        const seen: Invoice[] = [];
        let after: string | undefined;
        do {
          const page = answerInvoices({ ...question, after }, all, coming);
          assert.ok(page.items.length <= INVOICES_ON_A_PAGE);
          assert.equal(page.count, answerInvoices(question, all, coming).count);
          seen.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
        assert.equal(seen.length, answerInvoices(question, all.toReversed(), coming).count);
        const keys = seen.map(({ issuedOn, total }) => (question.order === 'highest' || question.order === 'lowest' ? total : Date.parse(issuedOn)));
        const ascending = question.order === 'oldest' || question.order === 'lowest';
        assert.deepEqual(keys, keys.toSorted((a, b) => (ascending ? a - b : b - a)));
        assert.ok(seen.every(({ issuedOn }) => question.year === undefined || issuedOn.startsWith(question.year)));
      }),
    );
  });

  it('says of all, whatever is asked for, what is to be paid, what is owed and since when it is late', () => {
    fc.assert(
      fc.property(records, questions, (given, question) => {
        const all = given.map((each) => invoiceOf(each, TODAY));
        const { toPay, credit, overdueSince, years } = answerInvoices(question, all, coming);
        const late = all.filter(({ state }) => state === 'overdue').map(({ dueOn }) => dueOn ?? '').sort();
        assert.equal(overdueSince, late[0] ?? null);
        const open = all.filter(({ state }) => ['open', 'overdue', 'debit-planned', 'confirming'].includes(state));
        assert.equal(toPay, sum(open.map(({ balance }) => balance)));
        assert.equal(credit + sum(all.filter(({ state }) => state === 'credit').map(({ balance }) => balance)), 0);
        assert.equal(years.reduce((total, { count }) => total + count, 0), all.length);
      }),
    );
  });

  it('is searched by a part of a number, or by an amount, as people type them', () => {
    const all = [record(), record({ id: 'b', number: 'EN2610000002', total: cents(-1420), dueOn: null })].map((each) => invoiceOf(each, TODAY));
    const found = (search: string) => answerInvoices({ search }, all, coming).items.map(({ number }) => number.slice(-1));
    assert.deepEqual([found('en 2610'), found('123,45 €'), found('14.20'), found('2611-0000'), found('…'), found('')], [['2'], ['1'], ['2'], ['1'], [], ['1', '2']]);
  });

  it('has no page after one that there is not', () => {
    assert.throws(() => answerInvoices({ after: 'x' }, [invoiceOf(record(), TODAY)], coming), (error: unknown) => PortalError.from(error).kind === 'invalid');
  });

  it('names the invoice before, and the one a year before, to compare with', () => {
    const of = (id: string, from: string, to: string, kind: Invoice['kind'] = 'invoice') => ({ id, kind, period: { from, to } });
    const all = [of('a', '2025-10-01', '2025-11-01'), of('b', '2026-09-01', '2026-10-01'), of('n', '2026-09-01', '2026-10-01', 'credit-note'), of('c', '2026-10-01', '2026-11-01')];
    assert.deepEqual(comparableWith(all[3] as (typeof all)[number], all), { previousId: 'b', yearBeforeId: 'a' });
    assert.deepEqual(comparableWith(all[0] as (typeof all)[number], all), { previousId: null, yearBeforeId: null });
  });
});
