/** Answers of a portal, made up for what is said of them, and what their tests share. */
import { addDays, addSteps, daysBetween, type Consumption, type EnergySeries, type LocalDay, type Period } from '@oya/contract';
import { expect } from 'chai';
import { pictureOf, type Picture } from '../picture.ts';

const FRESHNESS = { measuredUntil: null, collectedAt: null, nextExpectedAt: null };
const EVERYTHING = { from: '2020-01-01', to: '2030-01-01' };

export const NOVEMBER = { from: '2026-11-01', to: '2026-12-01' };

/** What one step of an answer holds: its energy, and the letter of its quality where that is not told by it. */
export type Measured = readonly [energy: number | null, letter?: string];

/** What an answer holds besides energy, by the first day of each step. */
export interface Beside {
  readonly available?: Period;
  readonly series?: (starts: readonly LocalDay[]) => Partial<EnergySeries>;
  readonly more?: (starts: readonly LocalDay[]) => Pick<Consumption, 'cost' | 'weather'>;
}

/** Days of a month and of all before it since a year earlier. */
export function days(month: Period, energy: (day: LocalDay) => Measured, beside: Beside = {}): Picture {
  const asked = { from: addSteps(month.from, 'month', -12), to: month.to };
  return picture('day', asked, Array.from({ length: daysBetween(asked.from, asked.to) }, (_, index) => addDays(asked.from, index)), energy, beside);
}

export function months(year: number, energy: (month: LocalDay) => Measured, beside: Beside = {}): Picture {
  const asked = { from: `${year - 1}-01-01`, to: `${year + 1}-01-01` };
  return picture('month', asked, Array.from({ length: 24 }, (_, index) => addSteps(asked.from, 'month', index)), energy, beside);
}

export function years(from: number, count: number, energy: (year: LocalDay) => Measured, beside: Beside = {}): Picture {
  const asked = { from: `${from}-01-01`, to: `${from + count}-01-01` };
  return picture('year', asked, Array.from({ length: count }, (_, index) => addSteps(asked.from, 'year', index)), energy, beside);
}

function picture(step: EnergySeries['step'], asked: Period, starts: readonly LocalDay[], energy: (start: LocalDay) => Measured, { available = EVERYTHING, series, more }: Beside): Picture {
  const measured = starts.map(energy);
  const values = measured.map(([value]) => value);
  const quality = measured.map(([value, letter]) => letter ?? (value === null ? 'm' : 'r')).join('');
  const made = pictureOf({
    meterId: 'm',
    resolution: step,
    period: asked,
    series: { kind: 'energy', unit: 'Wh', step, from: asked.from, values, quality, ...series?.(starts) },
    total: null,
    available,
    freshness: FRESHNESS,
    ...more?.(starts),
  });
  expect(made, 'a picture').not.to.equal(undefined);
  return made as Picture;
}
