/** How much a line is of: days, months of them, what a meter counted. What lists invoices does without. */
import type { Bill } from './invoices.ts';
import { addSteps, daysBetween, stepStart, type Period } from './time.ts';
import { cents, divideRounded, wattHours, type Cents, type UnitPrice, type WattHours } from './units.ts';

/** One cent is 10³ of 10⁻⁵ €. */
const PRICES_PER_CENT = 1000n;

/** A price a month over days: each month is parted by its own days. Rounded to the cent once. */
export function shareOfMonths(price: UnitPrice, period: Period): Cents {
  // Months have 28 to 31 days: over this many, shares of each are whole.
  const parts = 28n * 29n * 30n * 31n;
  let share = 0n;
  for (const { days, of } of monthsIn(period)) share += BigInt(price) * BigInt(days) * (parts / BigInt(of));
  return cents(Number(divideRounded(share, parts * PRICES_PER_CENT)));
}

/** How many days two stretches have in common; none where they do not touch. */
export function daysInCommon(one: Period, other: Period): number {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from < to ? daysBetween(from, to) : 0;
}

/** The months that days are of: how many days of each, of how many it has. */
export function monthsIn(period: Period): { readonly days: number; readonly of: number }[] {
  const months: { days: number; of: number }[] = [];
  for (let from = stepStart(period.from, 'month'); from < period.to; from = addSteps(from, 'month', 1)) {
    const month = { from, to: addSteps(from, 'month', 1) };
    months.push({ days: daysInCommon(period, month), of: daysBetween(month.from, month.to) });
  }
  return months;
}

/** What a meter counted from one index to another: one that is lower has rolled over after its digits. */
export function countedByIndexes({ start, end }: { readonly start: number; readonly end: number }): number {
  return end >= start ? end - start : 10 ** String(start).length - start + end;
}

/** The energy that an invoice charges of its own days, without what it gives back of those before. */
export function energyCharged({ lines }: Pick<Bill, 'lines'>, { from }: Pick<Period, 'from'>): WattHours {
  return wattHours(lines.reduce((all, line) => all + (line.what === 'energy' && line.from >= from ? line.wattHours : 0), 0));
}
