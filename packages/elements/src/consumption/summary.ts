/** What can be said of a period: a finding, a total, and how far it can be trusted. */
import {
  addDays,
  addSteps,
  qualityAt,
  stepsBetween,
  totalEnergy,
  type Consumption,
  type EnergySeries,
  type LocalDay,
  type Period,
  type Quality,
  type WattHours,
} from '@oya/contract';
import { withoutYearBefore, type BarStep, type View } from './period.ts';

/**
 * What a bar is: the contract's quality, told apart where the customer's question differs. `unfinished` is
 * incomplete because it is not over; `before` lies before anything was measured.
 */
export type BarState = Quality | 'unfinished' | 'before';

/** A period ready to be drawn and told: its own bars, and the same places a year earlier. */
export interface Picture {
  readonly view: View;
  readonly step: BarStep;
  readonly period: Period;
  /** First day that is not measured yet; the period's end when all of it is. */
  readonly until: LocalDay;
  /** One value in Wh per step up to `until`. */
  readonly values: readonly (number | null)[];
  /** The contract's quality letters, one per value. */
  readonly quality: string;
  readonly states: readonly BarState[];
  readonly yearBeforePeriod: Period;
  /** The same steps a year earlier, as far as the period reaches; those of a day that did not exist are `null`. */
  readonly yearBefore: readonly (number | null)[];
  readonly statesYearBefore: readonly BarState[];
  /** How many steps the whole period has. */
  readonly slots: number;
  readonly total: WattHours | null;
}

/** Reads the answer to a question asked by `withYearBefore`; `undefined` when it is not one, or nothing exists at all. */
export function pictureOf({ series, period: asked, available }: Consumption): Picture | undefined {
  if (series.kind !== 'energy' || series.step === 'year' || !available) return undefined;
  const { step } = series;
  const view: View = step === 'day' ? 'month' : 'year';
  const period = withoutYearBefore(asked);
  const until = available.to < period.to ? available.to : period.to;
  const own = columns(series, { from: period.from, to: until }, available);
  const yearBeforePeriod = { from: asked.from, to: addSteps(asked.from, view, 1) };
  const before = columns(series, yearBeforePeriod, available);
  return {
    view,
    step,
    period,
    until,
    ...own,
    yearBeforePeriod,
    yearBefore: before.values,
    statesYearBefore: before.states,
    slots: stepsBetween(period.from, period.to, step),
    total: totalEnergy(own.values),
  };
}

/** The first day of a bar. */
export function startOfBar({ period, step }: Picture, index: number): LocalDay {
  return addSteps(period.from, step, index);
}

/** The bar of a day or month; -1 when it is not on view. */
export function barOf({ period, step, values }: Picture, start: LocalDay): number {
  if (start < period.from) return -1;
  const index = stepsBetween(period.from, addSteps(start, step, 1), step) - 1;
  return index < values.length ? index : -1;
}

/** Something worth saying first. */
export type Finding =
  /** Against the same steps a year earlier; `whole` when those are the whole period, both times. */
  | { readonly kind: 'change'; readonly ratio: number; readonly whole: boolean }
  | { readonly kind: 'average'; readonly perStep: WattHours };

const FEWEST_COMPARED: Record<BarStep, number> = { day: 7, month: 3 };
/** Of the steps that are over, how many must be comparable. */
const SHARE_COMPARED = 0.8;

/**
 * Compares only what is complete on both sides, step by step, and enough of it; a period that is not over is held against
 * the same days or months of a year earlier, never as if it were whole. Otherwise an average, or nothing.
 */
export function findingOf(picture: Picture): Finding | undefined {
  const { values, states, yearBefore, statesYearBefore, step, slots } = picture;
  let own = 0;
  let before = 0;
  let compared = 0;
  let over = 0;
  values.forEach((value, index) => {
    if (states[index] === 'unfinished') return;
    over += 1;
    if (!isComplete(states[index]) || !isComplete(statesYearBefore[index])) return;
    own += value ?? 0;
    before += yearBefore[index] ?? 0;
    compared += 1;
  });
  if (before > 0 && compared >= FEWEST_COMPARED[step] && compared >= over * SHARE_COMPARED) {
    return { kind: 'change', ratio: own / before - 1, whole: compared === slots && compared === yearBefore.length };
  }
  const complete = values.filter((_, index) => isComplete(states[index]));
  const total = totalEnergy(complete);
  return total === null ? undefined : { kind: 'average', perStep: Math.round(total / complete.length) as WattHours };
}

/** How many bars are in each state that needs a word. */
export function countStates(states: readonly BarState[]): Map<BarState, number> {
  const counts = new Map<BarState, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

function isComplete(state: BarState | undefined): boolean {
  return state === 'real' || state === 'provisional' || state === 'estimated';
}

function columns(series: EnergySeries, wanted: Period, available: Period) {
  const first = wanted.from < wanted.to ? stepsBetween(series.from, addDays(wanted.from, 1), series.step) - 1 : 0;
  const count = wanted.from < wanted.to ? stepsBetween(wanted.from, wanted.to, series.step) : 0;
  const values = series.values.slice(first, first + count);
  const quality = series.quality.slice(first, first + count);
  const states = values.map((_, index): BarState => {
    const start = addSteps(wanted.from, series.step, index);
    const end = addSteps(start, series.step, 1);
    if (end <= available.from) return 'before';
    const letter = qualityAt(quality, index);
    return letter === 'incomplete' && end > available.to ? 'unfinished' : letter;
  });
  return { values, quality, states };
}
