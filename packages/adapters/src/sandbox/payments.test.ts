import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cancelPayment, describePayment, getInvoice, getPayment, listInvoices, RETURN_PARAMETER, returnFromPayment, startPayment } from '@oya/contract';
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
});
