/** A customer on the way back from a payment provider, whose page no story has. */
import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { canBePlanned, cancelPayment, describePayment, getInvoice, getPayment, getPaymentMeans, instant, listContracts, listInvoices, PortalError, requestPaymentPlan, RETURN_PARAMETER, returnFromPayment, startPayment, sum, type AdapterHandlers, type Payment, type PaymentOutcome } from '@oya/contract';

/** What the address calls the payment. */
const NAMED = 'the-payment';
const MINUTE = 60_000;

export interface Paid {
  /** What the provider has told, in this order; nothing yet where it is empty. */
  readonly outcomes: readonly PaymentOutcome[];
  /** How long ago the customer came back from its page; default: just now. */
  readonly minutesAgo?: number;
  /** The page was closed on the way: nobody has come back. */
  readonly isAway?: boolean;
}

/** The address to which the provider sends the customer back, until the story is left. */
export function comeBack(): () => void {
  const { pathname, search } = location;
  const query = new URLSearchParams(search);
  query.set(RETURN_PARAMETER, NAMED);
  history.replaceState(null, '', `${pathname}?${query}`);
  return () => history.replaceState(null, '', pathname + search);
}

/** Pays, by the sandbox's own rules, all that is to be paid, and answers for the payment that the address names. */
export function payingWith(adapter: SandboxAdapter, { outcomes, minutesAgo = 0, isAway = false }: Paid, now: string): AdapterHandlers {
  let paid: Promise<Payment['id']> | undefined;
  const pay = async (): Promise<Payment['id']> => {
    const { controls } = adapter;
    const contractId = (await adapter.perform(listContracts, {}, {})).items[0]?.id ?? '';
    controls.setPaymentOutcome(null);
    controls.setNow(instant(Date.parse(now) - minutesAgo * MINUTE));
    const { invoices } = await adapter.perform(describePayment, { contractId }, {});
    const payable = invoices.filter(({ canBePaid }) => canBePaid);
    const open = sum(payable.map((invoice) => invoice.open));
    const { payment } = await adapter.perform(startPayment, { contractId, invoiceIds: payable.map(({ invoiceId }) => invoiceId), open, amount: open, returnUrl: location.href, lang: 'fr' }, {});
    if (!isAway) await adapter.perform(returnFromPayment, { contractId, paymentId: payment.id }, {});
    for (const outcome of outcomes) controls.notifyPayment(payment.id, outcome);
    controls.setNow(instant(Date.parse(now)));
    return payment.id;
  };
  const real = (): Promise<Payment['id']> => (paid ??= pay());
  /** The one payment of the story, by the name that its address has. */
  const named = (payment: Payment): Payment => ({ ...payment, id: NAMED });
  return {
    describePayment: async (input, context) => {
      await real();
      const offer = await adapter.perform(describePayment, input, context);
      return { ...offer, underWay: offer.underWay.map(named) };
    },
    getPayment: async (input, context) => named(await adapter.perform(getPayment, { ...input, paymentId: await real() }, context)),
    returnFromPayment: async (input, context) => named(await adapter.perform(returnFromPayment, { ...input, paymentId: await real() }, context)),
    cancelPayment: async (input, context) => named(await adapter.perform(cancelPayment, { ...input, paymentId: await real() }, context)),
  };
}

/** What is overdue of a contract is paid in so many parts, as its utility has accepted the day before. */
export function payingInParts(adapter: SandboxAdapter, parts: number, now: string): AdapterHandlers {
  let accepted: Promise<void> | undefined;
  const accept = async (contractId: string): Promise<void> => {
    adapter.controls.setNow(instant(Date.parse(now) - 24 * 60 * MINUTE));
    const { items } = await adapter.perform(listInvoices, { contractId }, {});
    const { plans } = await adapter.perform(requestPaymentPlan, { contractId, invoiceIds: items.flatMap((invoice) => (canBePlanned(invoice) ? [invoice.id] : [])), parts, words: '' }, {});
    adapter.controls.answerPaymentPlan(plans[0]?.id ?? '', 'accepted');
    adapter.controls.setNow(instant(Date.parse(now)));
  };
  const once = (contractId: string): Promise<void> => (accepted ??= accept(contractId));
  return {
    listInvoices: async (input, context) => (await once(input.contractId), adapter.perform(listInvoices, input, context)),
    getInvoice: async (input, context) => (await once(input.contractId), adapter.perform(getInvoice, input, context)),
    describePayment: async (input, context) => (await once(input.contractId), adapter.perform(describePayment, input, context)),
    getPaymentMeans: async (input, context) => (await once(input.contractId), adapter.perform(getPaymentMeans, input, context)),
  };
}

/** Why the sandbox does not begin a payment, as a server says it. */
export function refusingToPay(code: 'under-way' | 'amount-changed' | 'not-payable' | 'provider-busy'): AdapterHandlers {
  return {
    startPayment: async () => {
      throw new PortalError(code === 'provider-busy' ? 'unavailable' : 'conflict', { code });
    },
  };
}
