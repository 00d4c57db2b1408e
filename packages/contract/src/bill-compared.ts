/**
 * Why an invoice is higher or lower than another one: causes in whole cents that add up exactly to the difference. They are
 * told apart by changing one thing after the other, from the earlier invoice to this one: its days, what was used a day (the
 * part that the cold explains first), prices, taxes. What estimates had charged too much or too little is set apart before,
 * as it is about other days.
 */
import { negative, reversed } from './invoice-lines.ts';
import type { Bill, InvoiceLine } from './invoices.ts';
import { daysInCommon, monthsIn } from './line-quantities.ts';
import { daysBetween, type Period } from './time.ts';
import { cents, sum, type Cents } from './units.ts';

/**
 * - `days`: more or fewer of them; `weather`: colder or milder; `consumption`: used more or less a day, at other hours
 * - `price`: without tax; `tax`: excise, CTA and VAT
 * - `estimate-corrected`: this invoice reckons earlier days anew and gives their estimate back; `earlier-correction`: the other one did
 * - `rounding`: a cent or two that the rounding of lines and of the steps between leaves
 */
export type BillCause = 'days' | 'weather' | 'consumption' | 'price' | 'tax' | 'estimate-corrected' | 'earlier-correction' | 'rounding';

export interface BillCompared {
  readonly before: Cents;
  readonly now: Cents;
  /** Positive: this invoice is higher. */
  readonly difference: Cents;
  /** Those that changed anything, in the order in which they are told apart; they add up to the difference. */
  readonly causes: readonly { readonly what: BillCause; readonly amount: Cents }[];
  readonly days: { readonly before: number; readonly now: number };
  /** Of the days of each period, in whole Wh. */
  readonly energy: { readonly before: number; readonly now: number };
}

/** What the cold made a home use: see `heatingOf`. */
export interface BillWeather {
  /** Wh for each tenth of a degree day. */
  readonly wattHoursPerDegree: number;
  /** Tenths of degree days of each period. */
  readonly before: number;
  readonly now: number;
}

type BilledFor = Pick<Bill, 'period' | 'lines' | 'givenBack' | 'totals'>;

const TEN_THOUSAND = 10_000;
/** One cent a Wh is that many 10⁻⁵ € a kWh. */
const CENTS_PER_WATT_HOUR = 1_000_000;
/** Fewer say more of chance than of the cold. */
const FEWEST_DAYS = 20;

/** What the days and months of an invoice cost, taken apart: amounts in cents, energy in Wh. */
interface Rates {
  readonly days: number;
  /** The same days, each as its share of its month, which is what is due by. */
  readonly months: number;
  /** Register → Wh a day, and cents a Wh without tax. */
  readonly usage: ReadonlyMap<string, number>;
  readonly prices: ReadonlyMap<string, number>;
  readonly excise: number;
  /** A month, as the CTA. */
  readonly standingCharge: number;
  readonly cta: number;
  readonly vatEnergy: number;
  readonly vatFixed: number;
}

/** @param weather where the degree days of both periods are known */
export function compareBills(now: BilledFor, before: BilledFor, weather?: BillWeather): BillCompared {
  const [ours, theirs] = [ratesOf(now), ratesOf(before)];
  const [corrected, correctedBefore] = [correctionOf(now, ours), correctionOf(before, theirs)];
  const difference = cents(now.totals.total - before.totals.total);

  const known: Rates = { ...ours, usage: withAll(ours.usage, theirs.usage, () => 0), prices: withAll(ours.prices, theirs.prices) };
  const first: Rates = { ...theirs, usage: withAll(theirs.usage, ours.usage, () => 0), prices: withAll(theirs.prices, ours.prices) };
  const days: Rates = { ...first, days: known.days, months: known.months };
  const cold = weather && first.days > 0 && known.days > 0 ? { ...days, usage: usageInWeather(first, known, weather) } : days;
  const used: Rates = { ...cold, usage: known.usage };
  const priced: Rates = { ...used, prices: known.prices, standingCharge: known.standingCharge };
  const stages: [BillCause, Rates][] = [['days', days], ['weather', cold], ['consumption', used], ['price', priced], ['tax', known]];

  const causes: { what: BillCause; amount: Cents }[] = [];
  let last = Math.round(total(first));
  for (const [what, rates] of stages) {
    const next = Math.round(total(rates));
    causes.push({ what, amount: cents(next - last) });
    last = next;
  }
  causes.push({ what: 'estimate-corrected', amount: corrected }, { what: 'earlier-correction', amount: negative(correctedBefore) });
  causes.push({ what: 'rounding', amount: cents(difference - sum(causes.map(({ amount }) => amount))) });
  return {
    before: before.totals.total,
    now: now.totals.total,
    difference,
    causes: causes.filter(({ amount }) => amount !== 0),
    days: { before: theirs.days, now: ours.days },
    energy: { before: energyOf(theirs), now: energyOf(ours) },
  };
}

/**
 * How much a home uses for each tenth of a degree day, in Wh, by its own days: the slope of the line through them. Zero where
 * they do not tell: too few days, or no more on cold ones.
 */
export function heatingOf(days: readonly { readonly energy: number | null; readonly degreeDays: number | null }[]): number {
  const known = days.flatMap(({ energy, degreeDays }) => (energy === null || degreeDays === null ? [] : [[degreeDays, energy] as const]));
  if (known.length < FEWEST_DAYS) return 0;
  const mean = (at: 0 | 1) => known.reduce((all, each) => all + each[at], 0) / known.length;
  const [cold, used] = [mean(0), mean(1)];
  const spread = known.reduce((all, [x]) => all + (x - cold) ** 2, 0);
  const together = known.reduce((all, [x, y]) => all + (x - cold) * (y - used), 0);
  return spread === 0 ? 0 : Math.max(0, together / spread);
}

/** What both invoices use of each register, if the home was heated as before in the weather of now. */
function usageInWeather(first: Rates, known: Rates, { wattHoursPerDegree, before, now }: BillWeather): Map<string, number> {
  const used = usedADay(first);
  const more = wattHoursPerDegree * (now / known.days - before / first.days);
  // Milder days cannot save more than was used.
  const factor = used > 0 ? Math.max(0, (used + more) / used) : 1;
  return new Map([...first.usage].map(([code, each]) => [code, each * factor]));
}

function ratesOf({ period, lines }: BilledFor): Rates {
  const days = daysBetween(period.from, period.to);
  const months = monthsIn(period).reduce((all, { days: some, of }) => all + some / of, 0);
  const usage = new Map<string, number>();
  const prices = new Map<string, number>();
  const energy = lines.flatMap((line) => (line.what === 'energy' ? [line] : []));
  for (const [register, ofRegister] of Map.groupBy(energy, (line) => line.register)) {
    const counted = ofRegister.reduce((all, line) => all + line.wattHours * shareWithin(line, period), 0);
    const net = ofRegister.reduce((all, line) => all + line.net * shareWithin(line, period), 0);
    usage.set(register, counted / days);
    // What counted nothing has its price all the same.
    prices.set(register, counted > 0 ? net / counted : (ofRegister.at(-1)?.price ?? 0) / CENTS_PER_WATT_HOUR);
  }
  const within = (what: InvoiceLine['what']) => lines.filter((line) => line.what === what).map((line) => ({ ...line, net: line.net * shareWithin(line, period) }));
  const [fixed, contributions, excise] = [within('standing-charge'), within('cta'), within('excise')];
  const counted = [...usage.values()].reduce((all, each) => all + each, 0) * days;
  const net = (of: readonly { net: number }[]) => of.reduce((all, each) => all + each.net, 0);
  return {
    days,
    months,
    usage,
    prices,
    excise: counted > 0 ? net(excise) / counted : 0,
    standingCharge: net(fixed) / months,
    cta: net(contributions) / months,
    vatEnergy: meanVat([...energy.map((line) => ({ ...line, net: line.net * shareWithin(line, period) })), ...excise]),
    vatFixed: meanVat([...fixed, ...contributions]),
  };
}

/** How much of a line is of the days of the invoice, and not of earlier ones that it reckons anew. */
function shareWithin(line: InvoiceLine, period: Period): number {
  const days = daysInCommon(line, period);
  return days > 0 ? days / daysBetween(line.from, line.to) : 0;
}

function meanVat(lines: readonly { readonly net: number; readonly vatRate: number }[]): number {
  const net = lines.reduce((all, line) => all + line.net, 0);
  return net === 0 ? (lines.at(-1)?.vatRate ?? 0) / TEN_THOUSAND : lines.reduce((all, line) => all + line.net * line.vatRate, 0) / net / TEN_THOUSAND;
}

/** What an invoice charges for earlier days beyond what it gives back of them, with VAT. */
function correctionOf({ period, lines, givenBack, totals }: BilledFor, rates: Rates): Cents {
  const isOfOtherDays = givenBack.length > 0 || lines.some((line) => line.from < period.from);
  if (!isOfOtherDays) return cents(0);
  const other = [...lines.map((line) => line.net * (1 - shareWithin(line, period)) * (1 + line.vatRate / TEN_THOUSAND)), ...givenBack.map(({ line }) => reversed(line)).map((line) => line.net * (1 + line.vatRate / TEN_THOUSAND))];
  const amount = Math.round(other.reduce((all, each) => all + each, 0));
  // What is neither of other days nor of these by their rates is rounding.
  const left = totals.total - Math.round(total(rates));
  return cents(Math.abs(left - amount) <= 1 ? left : amount);
}

function total({ days, months, usage, prices, excise, standingCharge, cta, vatEnergy, vatFixed }: Rates): number {
  const energy = [...usage].reduce((all, [code, each]) => all + each * ((prices.get(code) ?? 0) + excise), 0);
  return days * energy * (1 + vatEnergy) + months * (standingCharge + cta) * (1 + vatFixed);
}

function usedADay({ usage }: Rates): number {
  return [...usage.values()].reduce((all, each) => all + each, 0);
}

function energyOf(rates: Rates): number {
  return Math.round(usedADay(rates) * rates.days);
}

/** A register that only the other invoice has counts nothing here, at the price that it has there. */
function withAll(own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>, value: (of: number) => number = (of) => of): Map<string, number> {
  return new Map([...[...other].map(([code, each]) => [code, value(each)] as const), ...own]);
}
