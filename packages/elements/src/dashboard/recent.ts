/** The last days that were measured (or months, where the meter is read by hand), held against those before. */
import { addSteps, qualityAt, stepStart, totalEnergy, type Consumption, type EnergySeries, type Input, type LocalDay, type Meter, type Period, type Quality, type WattHours } from '@oya/contract';

export type RecentStep = 'day' | 'month';

/** How many steps are shown, and how many earlier the ones lie that they are held against: the same weekdays, the same months. */
const SPANS: Readonly<Record<RecentStep, { readonly shown: number; readonly earlier: number }>> = {
  day: { shown: 7, earlier: 7 },
  month: { shown: 6, earlier: 12 },
};

export interface Recent extends Period {
  readonly step: RecentStep;
  /** In Wh, one per step. */
  readonly values: readonly (number | null)[];
  /** The contract's quality letters. */
  readonly quality: string;
  readonly earlier: readonly (number | null)[];
  /** How the shown steps compare; `undefined` when too few can be compared. */
  readonly change: Change | undefined;
  readonly total: WattHours | null;
}

export interface Change {
  readonly ratio: number;
  /** Every step could be compared. */
  readonly whole: boolean;
}

/** The step that a meter is shown by; `undefined` when it measures neither days nor months. */
export function stepOf({ resolutions }: Pick<Meter, 'resolutions'>): RecentStep | undefined {
  if (resolutions.includes('day')) return 'day';
  return resolutions.includes('month') ? 'month' : undefined;
}

/**
 * What to ask for: the steps that end with the last whole one, and those to hold them against.
 * @param end first day without data; today, as long as it is not known
 */
export function recentQuestion(meterId: string, step: RecentStep, end: LocalDay): Input<'getConsumption'> {
  const { shown, earlier } = SPANS[step];
  const to = stepStart(end, step);
  return { meterId, resolution: step, from: addSteps(to, step, -shown - earlier), to };
}

/** Reads the answer to `recentQuestion`; `undefined` when it is not one, or nothing exists at all. */
export function recentOf({ series, period, available }: Consumption): Recent | undefined {
  if (series.kind !== 'energy' || series.step === 'year' || !available) return undefined;
  const { step } = series;
  const { shown, earlier } = SPANS[step];
  const own = Array.from({ length: shown }, (_, index) => addSteps(period.to, step, index - shown));
  const at = own.map((start) => placeOf(series, start));
  const before = own.map((start) => placeOf(series, addSteps(start, step, -earlier)));
  const values = at.map((index) => series.values[index] ?? null);
  return {
    step,
    from: own[0] ?? period.from,
    to: period.to,
    values,
    quality: at.map((index) => series.quality[index] ?? 'm').join(''),
    earlier: before.map((index) => series.values[index] ?? null),
    change: changeOf(series, at, before),
    total: totalEnergy(values),
  };
}

/** First day of a step that is shown. */
export function startOf({ from, step }: Recent, index: number): LocalDay {
  return addSteps(from, step, index);
}

const SHARE_COMPARED = 0.7;

/** Only what is complete on both sides counts, and only if that is most of it. */
function changeOf(series: EnergySeries, at: readonly number[], before: readonly number[]): Change | undefined {
  const pairs = at.map((index, place) => [index, before[place] ?? -1] as const).filter((pair) => pair.every((index) => isComplete(qualityAt(series.quality, index))));
  const total = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + (series.values[pair[side]] ?? 0), 0);
  if (pairs.length < at.length * SHARE_COMPARED || total(1) <= 0) return undefined;
  return { ratio: total(0) / total(1) - 1, whole: pairs.length === at.length };
}

function isComplete(quality: Quality): boolean {
  return quality === 'real' || quality === 'provisional' || quality === 'estimated';
}

/** The place of a step in a series; outside of it where there is none. */
function placeOf({ from, step }: EnergySeries, start: LocalDay): number {
  let index = 0;
  if (start < from) return -1;
  while (addSteps(from, step, index) < start) index += 1;
  return index;
}
