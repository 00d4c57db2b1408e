/**
 * The invoice on view in a page's fragment: `#oya-invoice=<contract>/<invoice>`. Beside the section that a portal keeps there:
 * `#/invoices?oya-invoice=…`. Pure: the browser's history is the elements' business.
 */
import { splitFragment } from './fragment.ts';

const NAME = 'oya-invoice';

export interface InvoiceName {
  readonly contractId: string;
  readonly invoiceId: string;
}

export function invoiceIn(hash: string): InvoiceName | undefined {
  const [, contractId, invoiceId] = /^([^/]+)\/([^/]+)$/.exec(splitFragment(hash).parameters.get(NAME) ?? '') ?? [];
  return contractId !== undefined && invoiceId !== undefined ? { contractId, invoiceId } : undefined;
}

/** The fragment, with its `#`, for another invoice or for none. What else stands in it stays, but for a mere place on the page, which cannot stand beside it. */
export function withInvoice(hash: string, invoice: InvoiceName | undefined): string {
  const { path, parameters } = splitFragment(hash);
  if (invoice) parameters.set(NAME, `${invoice.contractId}/${invoice.invoiceId}`);
  else parameters.delete(NAME);
  const query = parameters.toString().replaceAll('%2F', '/');
  return path === '' ? `#${query}` : `#${path}${query === '' ? '' : `?${query}`}`;
}

/** What `link` takes as the fragment of a route that leads to an invoice. */
export function fragmentFor(route: string, invoice: InvoiceName): string {
  return withInvoice(/#.*$/.exec(route)?.[0] ?? '', invoice).slice(1);
}
