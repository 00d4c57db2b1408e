/**
 * An invoice reckoned again from what stands on it: index → energy → price → cents, line by line, then VAT by rate. Where
 * that is not what was charged, the explanation says which line and by how much, and never smooths it over.
 */
import { isEstimated, negative, reversed, totalsOf } from './invoice-lines.ts';
import type { Bill, Invoice, InvoiceLine } from './invoices.ts';
import { countedByIndexes, shareOfMonths } from './line-quantities.ts';
import { atRate, cents, cost, sum, wattHours, type Cents, type WattHours } from './units.ts';

const WATT_HOURS_PER_KWH = 1000;

/** One line, as charged and as reckoned again. What is given back has its signs turned. */
export interface ExplainedLine {
  readonly line: InvoiceLine;
  /** The invoice that charged it, where this line gives it back. */
  readonly givenBackOf: Invoice['id'] | null;
  /** What the registers counted, in Wh, by the indexes; of an excise, by the energy lines of its days; `null` for what is due by days. */
  readonly counted: WattHours | null;
  /** Without VAT, from what was counted. */
  readonly reckoned: Cents;
  /** What was charged beyond that: zero where the line is right. */
  readonly difference: Cents;
  readonly isEstimated: boolean;
}

/** The VAT of one rate, as charged and as reckoned again. */
export interface ExplainedVat {
  /** In ten-thousandths. */
  readonly rate: number;
  readonly net: Cents;
  readonly reckoned: Cents;
  readonly charged: Cents;
}

/** What a total consists of, in the order in which it grows. */
export type BillStep =
  | { readonly what: 'standing-charge' | 'excise' | 'cta' | 'given-back' | 'unexplained'; readonly amount: Cents }
  | { readonly what: 'energy'; readonly register: string; readonly amount: Cents }
  | { readonly what: 'vat'; readonly rate: number; readonly amount: Cents };

export interface BillExplained {
  readonly lines: readonly ExplainedLine[];
  readonly vat: readonly ExplainedVat[];
  /** VAT included, reckoned again. */
  readonly reckoned: Cents;
  readonly charged: Cents;
  /** What was charged beyond what was reckoned: zero where the invoice is right, negative where it charges too little. */
  readonly difference: Cents;
  /** Whether every line and each rate of VAT is as reckoned, and not only their sum. */
  readonly isExact: boolean;
  /** They add up to what was charged. */
  readonly steps: readonly BillStep[];
}

export function explainBill({ lines, givenBack, totals }: Bill): BillExplained {
  const own = isCredit(lines) ? takenBack(lines) : lines.map((line) => explained(line, lines, null));
  const given = givenBack.map(({ invoiceId, line }) => turned(explained(line, givenBack.filter((other) => other.invoiceId === invoiceId).map((other) => other.line), invoiceId)));
  const all = [...own, ...given];
  const again = totalsOf(all.map(({ line, reckoned }) => ({ ...line, net: reckoned })));
  const rates = [...new Set([...again.vat, ...totals.vat].map(({ rate }) => rate))].sort((one, other) => one - other);
  const vat = rates.map((rate): ExplainedVat => {
    const [reckoned, charged] = [again.vat, totals.vat].map((shares) => shares.find((share) => share.rate === rate));
    return { rate, net: reckoned?.net ?? cents(0), reckoned: reckoned?.vat ?? cents(0), charged: charged?.vat ?? cents(0) };
  });
  const difference = cents(totals.total - again.total);
  return {
    lines: all,
    vat,
    reckoned: again.total,
    charged: totals.total,
    difference,
    isExact: difference === 0 && all.every((line) => line.difference === 0) && vat.every(({ reckoned, charged }) => reckoned === charged),
    steps: stepsOf(own, given, vat, difference),
  };
}

/** A credit note: what it says by its price and its days was charged before, and is given back. */
function isCredit(lines: readonly InvoiceLine[]): boolean {
  return lines.length > 0 && lines.every(({ net }) => net <= 0) && lines.some(({ net }) => net < 0);
}

function takenBack(lines: readonly InvoiceLine[]): ExplainedLine[] {
  const before = lines.map(reversed);
  return before.map((line) => turned(explained(line, before, null)));
}

function explained(line: InvoiceLine, beside: readonly InvoiceLine[], givenBackOf: Invoice['id'] | null): ExplainedLine {
  const counted = countedOf(line, beside);
  const reckoned = reckonedNet(line, counted);
  return { line, givenBackOf, counted, reckoned, difference: cents(line.net - reckoned), isEstimated: isEstimated(line) };
}

function countedOf(line: InvoiceLine, beside: readonly InvoiceLine[]): WattHours | null {
  switch (line.what) {
    case 'energy':
      return wattHours(countedByIndexes(line.index) * (line.index.wattHoursPerCubicMetre ?? WATT_HOURS_PER_KWH));
    case 'excise': {
      const energy = beside.filter((other) => other.what === 'energy' && line.from <= other.from && other.to <= line.to);
      // Where prices changed on other days than the tax did, energy lines do not tell what was counted on its days.
      const covers = [...Map.groupBy(energy, (other) => (other.what === 'energy' ? other.register : '')).values()].every((ofRegister) => isWhole(ofRegister, line));
      const registers = new Set(beside.flatMap((other) => (other.what === 'energy' ? [other.register] : [])));
      const known = new Set(energy.flatMap((other) => (other.what === 'energy' ? [other.register] : [])));
      return covers && known.size === registers.size && known.size > 0 ? sum(energy.flatMap((other) => countedOf(other, beside) ?? [])) : line.wattHours;
    }
    default:
      return null;
  }
}

/** Whether lines follow each other over all days of another one. */
function isWhole(parts: readonly InvoiceLine[], { from, to }: InvoiceLine): boolean {
  let day = from;
  for (const part of [...parts].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    if (part.from !== day) return false;
    day = part.to;
  }
  return day === to;
}

function reckonedNet(line: InvoiceLine, counted: WattHours | null): Cents {
  switch (line.what) {
    case 'standing-charge':
      return shareOfMonths(line.price, line);
    case 'cta':
      return cents(Number(atRate(BigInt(line.base), line.rate)));
    case 'energy':
      return cost(counted ?? line.wattHours, line.price);
    case 'excise':
      return cost(counted ?? line.wattHours, line.rate);
  }
}

function turned({ line, counted, reckoned, difference, ...rest }: ExplainedLine): ExplainedLine {
  return { ...rest, line: reversed(line), counted: counted === null ? null : wattHours(-counted), reckoned: negative(reckoned), difference: negative(difference) };
}

function stepsOf(own: readonly ExplainedLine[], given: readonly ExplainedLine[], vat: readonly ExplainedVat[], difference: Cents): BillStep[] {
  const of = (lines: readonly ExplainedLine[]) => sum(lines.map(({ reckoned }) => reckoned));
  const ofKind = (what: InvoiceLine['what']) => own.filter(({ line }) => line.what === what);
  const energy = Map.groupBy(ofKind('energy'), ({ line }) => (line.what === 'energy' ? line.register : ''));
  const steps: BillStep[] = [
    { what: 'standing-charge', amount: of(ofKind('standing-charge')) },
    ...[...energy].map(([register, lines]): BillStep => ({ what: 'energy', register, amount: of(lines) })),
    { what: 'excise', amount: of(ofKind('excise')) },
    { what: 'cta', amount: of(ofKind('cta')) },
    { what: 'given-back', amount: of(given) },
    ...vat.map(({ rate, reckoned }): BillStep => ({ what: 'vat', rate, amount: reckoned })),
    { what: 'unexplained', amount: difference },
  ];
  return steps.filter(({ what, amount }) => amount !== 0 || what === 'energy');
}
