import { pricesOn, type ContractPrice, type LocalDay } from '@oya/contract';

/** Prices that hold together, from a day on until the next change. */
export interface PriceStep {
  readonly from: LocalDay;
  readonly to: LocalDay | null;
  readonly prices: ReadonlyMap<ContractPrice['what'], ContractPrice>;
}

/** How the prices of a contract followed each other, the newest first: one step for each day on which any of them changed. */
export function priceSteps(prices: readonly ContractPrice[]): PriceStep[] {
  const changes = [...new Set(prices.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))].sort();
  return changes
    .map((from, index): PriceStep => ({
      from,
      to: changes[index + 1] ?? null,
      prices: new Map(pricesOn(prices, from).map((price) => [price.what, price])),
    }))
    .filter((step) => step.prices.size > 0)
    .reverse();
}

/** What is priced, in the order in which it is given. */
export function pricedThings(prices: readonly ContractPrice[]): ContractPrice['what'][] {
  return [...new Set(prices.map(({ what }) => what))];
}

/** The day since which all of them hold, if it is the same for all. */
export function commonStart(prices: readonly ContractPrice[]): LocalDay | undefined {
  const starts = new Set(prices.map(({ from }) => from));
  return starts.size === 1 ? prices[0]?.from : undefined;
}
