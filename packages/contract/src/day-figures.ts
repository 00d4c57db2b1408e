/** The days of an answer one by one, as rules that look at many of them take them. */
import type { Consumption } from './portal.ts';
import { addDays, type LocalDay } from './time.ts';
import { exactCost, wattHours, type ExactCost, type WattHours } from './units.ts';

export interface DayFigures {
  readonly day: LocalDay;
  /** `null` where it is not known, as all that follows. */
  readonly energy: WattHours | null;
  /** Of the energy alone, tax included. */
  readonly energyCost: ExactCost | null;
  /** With the day's part of the standing charge. */
  readonly cost: ExactCost | null;
  /** In tenths. */
  readonly degreeDays: number | null;
}

/** @returns none of an answer that is not of days */
export function figuresOfDays({ series, cost, weather }: Pick<Consumption, 'series' | 'cost' | 'weather'>): DayFigures[] {
  if (series.kind !== 'energy' || series.step !== 'day') return [];
  return series.values.map((energy, index) => {
    const [energyCost, charge] = [cost?.energy[index] ?? null, cost?.standingCharge[index] ?? null];
    return {
      day: addDays(series.from, index),
      energy: energy === null ? null : wattHours(energy),
      energyCost: energyCost === null ? null : exactCost(energyCost),
      cost: energyCost === null || charge === null ? null : exactCost(energyCost + charge),
      degreeDays: weather?.degreeDays[index] ?? null,
    };
  });
}
