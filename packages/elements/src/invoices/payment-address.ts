/**
 * Which payment the customer comes back from stands in the query of the page's address: the portal adds the payment, the page
 * that sends the customer away the contract. Pure: the browser's history is the element's business.
 */
import { RETURN_PARAMETER } from '@oya/contract';
import { withInvoice } from '../invoice-address.ts';

const CONTRACT_PARAMETER = 'oya-payment-contract';

export interface PaymentName {
  readonly paymentId: string;
  /** `undefined` where the address does not say: then it is of the contract on show. */
  readonly contractId: string | undefined;
}

export function paymentIn(href: string): PaymentName | undefined {
  const { searchParams } = new URL(href);
  const paymentId = searchParams.get(RETURN_PARAMETER);
  return paymentId ? { paymentId, contractId: searchParams.get(CONTRACT_PARAMETER) ?? undefined } : undefined;
}

/** The page that the customer comes back to: this one, with no invoice open. */
export function returnAddress(href: string, contractId: string): string {
  const url = new URL(withoutPayment(href));
  url.searchParams.set(CONTRACT_PARAMETER, contractId);
  url.hash = withInvoice(url.hash, undefined);
  return url.href;
}

/** The address once nothing more is to be said of the payment. */
export function withoutPayment(href: string): string {
  const url = new URL(href);
  url.searchParams.delete(RETURN_PARAMETER);
  url.searchParams.delete(CONTRACT_PARAMETER);
  return url.href;
}
