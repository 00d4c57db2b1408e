/** What lines of invoices come to, and what takes them back. */
import type { InvoiceLine, InvoiceTotals, VatShare } from './invoices.ts';
import { atRate, cents, sum, wattHours, type Cents } from './units.ts';

/** Sums of lines: VAT is rounded once for each rate. */
export function totalsOf(lines: readonly InvoiceLine[]): InvoiceTotals {
  const vat = [...Map.groupBy(lines, ({ vatRate }) => vatRate)]
    .sort(([one], [other]) => one - other)
    .map(([rate, ofRate]): VatShare => {
      const net = sum(ofRate.map((line) => line.net));
      return { rate, net, vat: cents(Number(atRate(BigInt(net), rate))) };
    });
  const net = sum(vat.map((share) => share.net));
  return { net, vat, total: sum([net, ...vat.map((share) => share.vat)]) };
}

/** The line that takes another one back. */
export function reversed(line: InvoiceLine): InvoiceLine {
  const net = negative(line.net);
  switch (line.what) {
    case 'standing-charge':
      return { ...line, net };
    case 'cta':
      return { ...line, net, base: negative(line.base) };
    case 'energy':
    case 'excise':
      return { ...line, net, wattHours: wattHours(-line.wattHours) };
  }
}

/** Whether a line was reckoned by an index that was not known: what it charges will be reckoned anew. */
export function isEstimated(line: InvoiceLine): boolean {
  return line.what === 'energy' && (line.index.startQuality === 'estimated' || line.index.endQuality === 'estimated');
}

export function negative(amount: Cents): Cents {
  return cents(-amount);
}
