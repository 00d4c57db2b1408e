/** What bills are to come: what a real index will correct of an estimate, and what a year paid by instalments will settle. */
import { isEstimated, reversed, totalsOf } from './invoice-lines.ts';
import type { Bill, IndexQuality, InstalmentPlan, InvoiceLine } from './invoices.ts';
import { countedByIndexes } from './line-quantities.ts';
import { addDays, daysBetween, type LocalDay, type Period } from './time.ts';
import { cents, cost, sum, toCents, wattHours, type Cents, type ExactCost, type WattHours } from './units.ts';

/** Fewer say little about how a year compares with the one before. */
const FEWEST_DAYS = 14;
/** A day without measures is no reason to forget the year before. */
const MOST_OF = 0.9;

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

/** What a stretch of days has cost, tax included: of real days, or of the same days a year before. */
export interface KnownCost {
  readonly day: LocalDay;
  readonly amount: ExactCost;
}

export interface SettlementForecast {
  readonly period: Period;
  /** Days of the year of which the cost is known, and of those still to come. */
  readonly days: { readonly known: number; readonly toCome: number };
  /** What the known days cost, and what the others will by what they rest on. */
  readonly known: Cents;
  readonly toCome: Cents;
  /** Whether the days to come are reckoned by those of a year before, and not by the days so far alone. */
  readonly restsOn: 'year-before' | 'days-so-far';
  readonly instalments: Cents;
  /** Positive: to be paid at the settlement. Negative: given back. */
  readonly settlement: Cents;
}

/**
 * What the settlement of a year will be, from what its days have cost so far. Days to come cost what those of a year before
 * did, times how this year compares on the days that both have; without such days, what a day has cost so far.
 * @param costs of any days, those of a year before among them
 * @returns `undefined` where no day of the year is known yet
 */
export function forecastSettlement({ period, instalments }: Pick<InstalmentPlan, 'period' | 'instalments'>, costs: readonly KnownCost[]): SettlementForecast | undefined {
  const byDay = new Map(costs.map(({ day, amount }) => [day, amount]));
  const days: LocalDay[] = [];
  for (let day = period.from; day < period.to; day = addDays(day, 1)) days.push(day);
  const isKnown = (day: LocalDay) => byDay.has(day);
  const knownDays = days.filter(isKnown);
  if (knownDays.length === 0) return undefined;
  const of = (some: readonly LocalDay[]) => some.reduce((all, day) => all + (byDay.get(day) ?? 0), 0);
  const known = of(knownDays);
  const toCome = days.filter((day) => !isKnown(day));
  // The same weekday, 52 weeks before: one more where that would be of this year.
  const before = (day: LocalDay) => addDays(day, addDays(day, -364) < period.from ? -364 : -371);
  const both = knownDays.filter((day) => byDay.has(before(day)));
  const likeThem = toCome.filter((day) => byDay.has(before(day)));
  const hasYearBefore = both.length >= FEWEST_DAYS && likeThem.length >= toCome.length * MOST_OF;
  const ofBoth = of(both.map(before));
  const ratio = hasYearBefore && ofBoth > 0 ? of(both) / ofBoth : 1;
  const expected = hasYearBefore ? (of(likeThem.map(before)) * ratio * toCome.length) / Math.max(1, likeThem.length) : (known / knownDays.length) * toCome.length;
  const [knownCents, comingCents] = [toCents(Math.round(known) as ExactCost), toCents(Math.round(expected) as ExactCost)];
  const paid = sum(instalments.map(({ amount }) => amount));
  return {
    period,
    days: { known: knownDays.length, toCome: toCome.length },
    known: knownCents,
    toCome: comingCents,
    restsOn: hasYearBefore ? 'year-before' : 'days-so-far',
    instalments: paid,
    settlement: cents(knownCents + comingCents - paid),
  };
}
