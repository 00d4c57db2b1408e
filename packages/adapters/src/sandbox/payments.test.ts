import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cancelPayment, contestInvoice, describePayment, getInvoice, getPayment, getPaymentMeans, listActivity, listInvoices, requestPaymentPlan, RETURN_PARAMETER, returnFromPayment, startPayment } from '@oya/contract';
import { sandboxAdapter } from './sandbox.ts';

const contractId = 'lucien-electricity';

describe('payments in the sandbox', () => {
  async function started() {
    const adapter = sandboxAdapter({ persona: 'lucien', now: '2026-11-24T09:00:00Z' });
    const { invoices: [invoice] } = await adapter.perform(describePayment, { contractId });
    assert.ok(invoice);
    const start = () => adapter.perform(startPayment, { contractId, invoiceIds: [invoice.invoiceId], open: invoice.open, amount: invoice.open, returnUrl: 'https://eneo.example/?a=1#b' });
    const { payment, departure } = await start();
    return { adapter, invoice, start, departure, id: payment.id, amount: invoice.open };
  }

  it('come back at once, and are paid unless whoever tries it decides otherwise', async () => {
    const { adapter, departure, id, invoice } = await started();
    assert.equal(departure.url, `https://eneo.example/?a=1&${RETURN_PARAMETER}=${id}#b`);
    assert.equal((await adapter.perform(returnFromPayment, { contractId, paymentId: id })).state, 'paid');
    assert.equal((await adapter.perform(getInvoice, { contractId, invoiceId: invoice.invoiceId })).state, 'paid');
    assert.match(adapter.controls.mails().at(-1)?.subject ?? '', /^Reçu de votre paiement/);
  });

  it('wait for a notice, and lapse without one', async () => {
    const { adapter, id } = await started();
    adapter.controls.setPaymentOutcome(null);
    assert.equal((await adapter.perform(returnFromPayment, { contractId, paymentId: id })).state, 'confirming');
    adapter.controls.setNow('2026-11-24T10:15:00Z');
    assert.equal((await adapter.perform(getPayment, { contractId, paymentId: id })).state, 'lapsed');
    adapter.controls.notifyPayment(id, 'paid');
    assert.equal((await adapter.perform(getPayment, { contractId, paymentId: id })).state, 'paid');
    assert.throws(() => adapter.controls.notifyPayment('nobody-knows-it', 'paid'), RangeError);
  });

  it('owe what came twice', async () => {
    const { adapter, start, id, amount } = await started();
    await adapter.perform(cancelPayment, { contractId, paymentId: id });
    const { payment } = await start();
    adapter.controls.notifyPayment(payment.id, 'paid');
    adapter.controls.notifyPayment(id, 'paid');
    assert.equal((await adapter.perform(getPayment, { contractId, paymentId: id })).owed, amount);
    assert.equal((await adapter.perform(listInvoices, { contractId })).credit, amount);
  });

  it('are traced for whoever paid, each once however often the provider tells', async () => {
    const { adapter, id } = await started();
    for (const outcome of ['refused', 'refused', 'paid', 'paid', 'credited', 'credited'] as const) adapter.controls.notifyPayment(id, outcome);
    const { items } = await adapter.perform(listActivity, { group: 'payments' });
    assert.deepEqual(items.slice(0, 3).map(({ kind, by, contractId: about }) => [kind, by.role, about]), ['refunded', 'paid', 'refused'].map((what) => [`card-payment-${what}`, 'system', contractId]));
    assert.ok(!items.slice(3).some(({ kind }) => kind.startsWith('card-payment')));
  });

  it('are answered for in the activity, where a plan or a contested bill waited for the utility', async () => {
    const { adapter, invoice: { invoiceId } } = await started();
    adapter.controls.setNow('2026-11-24T12:00:00Z');
    await adapter.perform(contestInvoice, { contractId, invoiceId, words: 'Ce n’est pas mon index.' });
    adapter.controls.answerDispute(contractId, invoiceId, 'L’index est juste.');
    assert.throws(() => adapter.controls.answerDispute(contractId, invoiceId, 'Encore.'), RangeError);
    const { dispute } = await adapter.perform(getInvoice, { contractId, invoiceId });
    assert.deepEqual([dispute?.answeredAt, dispute?.answer], ['2026-11-24T12:00:00Z', 'L’index est juste.']);
    const { plans: [plan] } = await adapter.perform(requestPaymentPlan, { contractId, invoiceIds: [invoiceId], parts: 2, words: '' });
    assert.ok(plan);
    adapter.controls.answerPaymentPlan(plan.id, 'accepted');
    assert.throws(() => adapter.controls.answerPaymentPlan(plan.id, 'refused'), RangeError);
    assert.equal((await adapter.perform(getPaymentMeans, { contractId })).plans[0]?.state, 'accepted');
    const [first, last] = plan.parts;
    assert.deepEqual((await adapter.perform(getInvoice, { contractId, invoiceId })).planned, { nextOn: first?.dueOn, amount: first?.amount, until: last?.dueOn });
    assert.equal((await adapter.perform(listInvoices, { contractId })).overdueSince, null);
    const { items } = await adapter.perform(listActivity, { group: 'payments' });
    assert.deepEqual(items.slice(0, 4).map(({ kind, by }) => `${kind} ${by.role}`), ['payment-plan-accepted utility', 'payment-plan-asked self', 'dispute-answered utility', 'invoice-contested self']);
  });
});
