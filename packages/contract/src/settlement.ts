/** What the settlement of a year that is paid by instalments will be, and what may be done about it. */
import { fittingInstalment, instalmentRange, settlementWith, type InstalmentRange } from './instalments.ts';
import type { InstalmentPlan } from './invoices.ts';
import type { PaymentTerms } from './payment-means.ts';
import { addDays, type LocalDay, type Period } from './time.ts';
import { cents, sum, toCents, type Cents, type ExactCost } from './units.ts';

/** Fewer say little about how a year compares with the one before. */
const FEWEST_DAYS = 14;
/** A day without measures is no reason to forget the year before. */
const MOST_OF = 0.9;

/** Without a year before, days of one season alone tell nothing of the others. */
const FEWEST_DAYS_ALONE = 90;
/** Of what a year costs: less is settled without hurting. */
const LEAST_SHARE = 0.1;
const LEAST_SETTLEMENT = 3000;

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

export interface SettlementOutlook {
  readonly forecast: SettlementForecast;
  /** It would take a customer by surprise. */
  readonly isWarning: boolean;
  /** Absent where the customer cannot change instalments by themselves. */
  readonly range?: InstalmentRange;
  /** Another instalment that fits, and what the settlement would be then; absent where little is to be settled, or none fits better. */
  readonly better?: { readonly amount: Cents; readonly settlement: Cents };
}

/** What the settlement of a year looks like, and what may be done about it; `undefined` where too little is known. */
export function settlementOutlook(plan: InstalmentPlan, forecast: SettlementForecast, terms: Pick<PaymentTerms, 'instalments'>, today: LocalDay): SettlementOutlook | undefined {
  const { settlement, known, toCome, restsOn, days } = forecast;
  if (restsOn === 'days-so-far' && days.known < FEWEST_DAYS_ALONE) return undefined;
  const range = instalmentRange(plan, terms, today);
  const amount = range && fittingInstalment(settlement, range);
  return {
    forecast,
    isWarning: settlement >= Math.max(LEAST_SETTLEMENT, (known + toCome) * LEAST_SHARE),
    ...(range && { range }),
    ...(range && amount !== undefined && amount !== range.current && Math.abs(settlement) >= LEAST_SETTLEMENT && { better: { amount, settlement: settlementWith(settlement, range, amount) } }),
  };
}
