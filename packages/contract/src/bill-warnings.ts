/** What a customer should know before a bill surprises them, each with what it rests on and what can be done. */
import type { SettlementForecast } from './bill-watch.ts';
import { fittingInstalment, instalmentRange, settlementWith, type InstalmentRange } from './instalments.ts';
import type { InstalmentPlan } from './invoices.ts';
import type { PaymentTerms } from './payment-means.ts';
import type { LocalDay } from './time.ts';
import { exactCost, sum, toCents, wattHours, type Cents, type ExactCost, type WattHours } from './units.ts';
import type { UnusualNight } from './unusual-night.ts';

/** Without a year before, days of one season alone tell nothing of the others. */
const FEWEST_DAYS_ALONE = 90;
/** Of what a year costs: less is settled without hurting. */
const LEAST_SHARE = 0.1;
const LEAST_SETTLEMENT = 3000;
const DAYS_OF_MONTH = 30;

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

export interface NightCost {
  /** Of thirty days and nights. */
  readonly energy: WattHours;
  /** Tax included; absent where no day's cost is known. */
  readonly amount?: Cents;
}

/** What a load that began in the night comes to in a month, if it runs day and night, at what a kWh has cost on days that are known. */
export function costOfNight({ rise }: Pick<UnusualNight, 'rise'>, known: readonly { readonly energy: WattHours; readonly cost: ExactCost }[]): NightCost {
  const energy = wattHours(rise * 24 * DAYS_OF_MONTH);
  const [used, spent] = [sum(known.map((day) => day.energy)), sum(known.map((day) => day.cost))];
  return { energy, ...(used > 0 && { amount: toCents(exactCost(Math.round((spent / used) * energy))) }) };
}
