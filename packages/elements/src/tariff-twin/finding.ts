/** What a comparison comes to: which tariff costs least, and what keeps days from being reckoned. */
import { cents, toCents, type Cents, type LocalDay, type Period, type TwinCost, type TwinGap, type TwinResult } from '@oya/contract';

/** A tariff with what it costs. */
export interface Reckoned extends TwinResult {
  readonly cost: TwinCost;
}

export type Finding =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'one-alone'; readonly cheapest: Reckoned }
  | { readonly kind: 'own-is-cheapest'; readonly cheapest: Reckoned; readonly next: Reckoned; readonly saving: Cents }
  | { readonly kind: 'another-is-cheaper'; readonly cheapest: Reckoned; readonly saving: Cents }
  | { readonly kind: 'cheapest'; readonly cheapest: Reckoned; readonly saving: Cents };

/** @param own the customer's tariff, where it is known */
export function findingOf(results: readonly TwinResult[], own: TwinResult['tariff'] | undefined): Finding {
  const byCost = reckonedOf(results).sort((left, right) => left.cost.total - right.cost.total);
  const mine = byCost.find(({ tariff }) => tariff === own);
  // Of two that cost the same, the customer's own.
  const cheapest = mine && mine.cost.total === byCost[0]?.cost.total ? mine : byCost[0];
  if (!cheapest) return { kind: 'nothing' };
  const next = byCost.find((each) => each !== cheapest);
  if (!next) return { kind: 'one-alone', cheapest };
  if (cheapest === mine) return { kind: 'own-is-cheapest', cheapest, next, saving: between(cheapest, next) };
  if (mine) return { kind: 'another-is-cheaper', cheapest, saving: between(cheapest, mine) };
  return { kind: 'cheapest', cheapest, saving: between(cheapest, byCost.at(-1) ?? next) };
}

export function reckonedOf(results: readonly TwinResult[]): Reckoned[] {
  return results.filter((result): result is Reckoned => result.cost !== undefined);
}

/** What the dearer costs more, between the amounts as they are shown. */
export function between(cheaper: { readonly cost: TwinCost }, dearer: { readonly cost: TwinCost }): Cents {
  return cents(toCents(dearer.cost.total) - toCents(cheaper.cost.total));
}

/** Days that a reason keeps from being reckoned, and under which tariffs. */
export interface Gap {
  readonly reason: TwinGap;
  readonly periods: readonly Period[];
  readonly days: number;
  /** Empty: under all of them. */
  readonly tariffs: readonly TwinResult['tariff'][];
}

export function gapsOf(results: readonly TwinResult[], daysOf: (period: Period) => number): Gap[] {
  const asked = results.filter(({ refusal }) => refusal === undefined);
  const gaps = new Map<string, { reason: TwinGap; periods: Period[]; tariffs: TwinResult['tariff'][] }>();
  for (const { tariff, missing } of asked) {
    const byReason = new Map<TwinGap, Period[]>();
    for (const { reason, from, to } of missing) byReason.set(reason, [...(byReason.get(reason) ?? []), { from, to }]);
    for (const [reason, periods] of byReason) {
      const key = JSON.stringify([reason, periods]);
      const gap = gaps.get(key) ?? { reason, periods, tariffs: [] };
      gap.tariffs.push(tariff);
      gaps.set(key, gap);
    }
  }
  return [...gaps.values()].map(({ reason, periods, tariffs }) => ({
    reason,
    periods,
    days: periods.reduce((total, period) => total + daysOf(period), 0),
    tariffs: tariffs.length === asked.length ? [] : tariffs,
  }));
}

/** The days from which prices of a tariff hold that counted in a period, ascending. */
export function priceDates(prices: readonly { readonly from: LocalDay; readonly to: LocalDay | null }[], period: Period): LocalDay[] {
  return [...new Set(prices.filter(({ from, to }) => from < period.to && (to === null || to > period.from)).map(({ from }) => from))].sort();
}
