/** What a real index will correct of an estimate. */
import { isEstimated, reversed, totalsOf } from './invoice-lines.ts';
import type { Bill, IndexQuality, InvoiceLine } from './invoices.ts';
import { countedByIndexes } from './line-quantities.ts';
import { daysBetween, type LocalDay, type Period } from './time.ts';
import { cents, cost, wattHours, type Cents, type WattHours } from './units.ts';

/** What a register shows on a day, for whoever looks at it. */
export interface SeenIndex {
  readonly register: string;
  readonly day: LocalDay;
  /** Whole kWh, or whole m³ of gas. */
  readonly index: number;
}

export interface EstimateCheck {
  readonly register: string;
  /** The last index that was read, and its day. */
  readonly real: { readonly day: LocalDay; readonly index: number };
  /** What was supposed at the end of the invoice. */
  readonly estimated: { readonly day: LocalDay; readonly index: number; readonly quality: IndexQuality };
  /** What the meter showed on that day by the index that was seen: in proportion to the days. */
  readonly likely: number;
  /** In Wh: negative where too much was estimated. */
  readonly energy: WattHours;
  /** What the next invoice will add to, or give back of, those days: excise and VAT included. */
  readonly correction: Cents;
}

/**
 * Checks the estimated indexes of an invoice by what the meter shows: too much was charged where the index seen is below them.
 * Registers that were not estimated, or whose seen index is of no later day than the last real one, have nothing to check.
 * Corrections add up to what an invoice of these indexes alone would come to, rounded as it is: each register's is what it adds
 * to those before it.
 */
export function checkEstimates({ lines }: Pick<Bill, 'lines'>, seen: readonly SeenIndex[]): EstimateCheck[] {
  let anew = lines;
  let told = 0;
  return seen.flatMap(({ register, day, index }): EstimateCheck[] => {
    const own = linesOfMeter({ lines }, register);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last || !own.some(isEstimated) || day <= first.from) return [];
    const allDays = daysBetween(first.from, last.to);
    const counted = countedByIndexes({ start: first.index.start, end: index });
    const likely = Math.round((counted * allDays) / daysBetween(first.from, day));
    const charged = own.reduce((all, line) => all + countedByIndexes(line.index), 0);
    // Where a price or a tax changes between two indexes, each is of its days, as billing parts them.
    const until = (end: LocalDay, all: number) => (end <= first.from ? 0 : Math.floor((all * daysBetween(first.from, end)) / allDays));
    const within = ({ from, to }: Period, all: number) => until(to, all) - until(from, all);
    const perCount = last.index.wattHoursPerCubicMetre ?? 1000;
    anew = anew.map((line): InvoiceLine => {
      if (line.what !== 'excise' && (line.what !== 'energy' || line.register !== register)) return line;
      const energy = wattHours(line.wattHours + (within(line, likely) - within(line, charged)) * perCount);
      return { ...line, wattHours: energy, net: cost(energy, line.what === 'excise' ? line.rate : line.price) };
    });
    const { total } = totalsOf([...anew, ...lines.map(reversed)]);
    const correction = cents(total - told);
    told = total;
    return [{
      register,
      real: { day: first.from, index: first.index.start },
      estimated: { day: last.to, index: last.index.end, quality: last.index.endQuality },
      likely: (first.index.start + likely) % 10 ** Math.max(String(first.index.start).length, String(last.index.end).length),
      energy: wattHours((likely - charged) * perCount),
      correction,
    }];
  });
}

/** The energy of a register, by the meter that is in place at the end: what one before it showed cannot be checked on it. */
export function linesOfMeter({ lines }: Pick<Bill, 'lines'>, register: string): Extract<InvoiceLine, { what: 'energy' }>[] {
  const own = lines.flatMap((line) => (line.what === 'energy' && line.register === register ? [line] : []));
  const changed = own.findLastIndex(({ index }, at) => index.start !== (own[at - 1]?.index.end ?? index.start));
  return own.slice(Math.max(0, changed));
}

/** One register's lines that were charged by estimates. */
export function estimatedRegisters({ lines }: Pick<Bill, 'lines'>): string[] {
  return [...new Set(lines.filter(isEstimated).flatMap((line: InvoiceLine) => (line.what === 'energy' ? [line.register] : [])))];
}
