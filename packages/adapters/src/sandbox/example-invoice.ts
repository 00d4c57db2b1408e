/** Invoices as files, as a sandbox gives them: every line and sum of theirs, and marked as examples. */
import type { Contract, InvoiceDetails, PortalFile, Utility } from '@oya/contract';
import { base64, examplePaper } from './example-paper.ts';

export interface InvoiceSubject {
  readonly details: InvoiceDetails;
  readonly contract: Contract;
  readonly utility: Utility;
}

export function exampleInvoice({ details, contract, utility }: InvoiceSubject, format: 'pdf' | 'xml', lang: string): PortalFile {
  const { number, issuedOn, dueOn, bill, total, balance } = details;
  const english = lang.startsWith('en');
  const name = `${english ? 'bill' : 'facture'}-${number}.${format}`;
  const euros = (amount: number) => new Intl.NumberFormat(english ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' }).format(amount / 100);
  if (format === 'xml') {
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- ${english ? 'Example of a sandbox: not an invoice' : 'Exemple d’un bac à sable : pas une facture'} -->\n<Invoice xmlns="urn:oya:sandbox"><ID>${number}</ID><IssueDate>${issuedOn}</IssueDate><PayableAmount currencyID="EUR">${(details.payable / 100).toFixed(2)}</PayableAmount></Invoice>\n`;
    return { name, mediaType: 'application/xml', content: base64(new TextEncoder().encode(text)) };
  }
  const lines = [
    english ? 'EXAMPLE: bill of a sandbox, which nobody has to pay' : 'EXEMPLE : facture d’un bac à sable, que personne ne doit payer',
    '',
    `${utility.legalName} · ${contract.holder} · ${english ? 'contract' : 'contrat'} ${contract.number}`,
    `${english ? 'Bill' : 'Facture'} ${number}, ${issuedOn}${dueOn === null ? '' : `, ${english ? 'to pay by' : 'à régler avant le'} ${dueOn}`}`,
    '',
    ...bill.lines.map((line) => `${line.from} - ${line.to}  ${line.what}${line.what === 'energy' ? ` ${line.register}, ${line.index.start} - ${line.index.end}, ${line.wattHours / 1000} kWh` : ''} : ${euros(line.net)}`),
    ...bill.givenBack.map(({ invoiceId, line }) => `${invoiceId}  ${line.what} : ${euros(-line.net)}`),
    '',
    ...bill.totals.vat.map(({ rate, net, vat }) => `${english ? 'VAT' : 'TVA'} ${rate / 100} % ${english ? 'on' : 'sur'} ${euros(net)} : ${euros(vat)}`),
    `${english ? 'Total including tax' : 'Total TTC'} : ${euros(total)}`,
    `${english ? 'Still to pay' : 'Reste à payer'} : ${euros(balance)}`,
  ];
  return { name, mediaType: 'application/pdf', content: base64(examplePaper(lines)) };
}
