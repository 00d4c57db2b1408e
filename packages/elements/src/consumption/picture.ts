/** The answer to a question, ready to be drawn and told: its own bars, and the same places in what it is held against. */
import {
  addDays,
  addSteps,
  qualityAt,
  stepsBetween,
  totalEnergy,
  type CalendarStep,
  type Consumption,
  type CostColumns,
  type EnergySeries,
  type LocalDay,
  type Period,
  type Quality,
  type WattHours,
  type WeatherColumns,
} from '@oya/contract';
import { readAsked, viewOf, type Unit, type View } from './question.ts';

/**
 * What a bar is: the contract's quality, told apart where the customer's question differs. `unfinished` is incomplete because
 * it is not over; `begun` because measuring began in it; `before` lies before anything was measured.
 */
export type BarState = Quality | 'unfinished' | 'begun' | 'before';

type Values = readonly (number | null)[];

/** Columns over the same steps. Those of an answer that lacks them are absent. */
export interface Stretch {
  readonly period: Period;
  /** Energy in Wh. */
  readonly values: Values;
  /** The contract's quality letters, one per value. */
  readonly quality: string;
  readonly states: readonly BarState[];
  /** In the order in which the portal names them. */
  readonly registers?: readonly { readonly code: string; readonly values: Values }[] | undefined;
  /** Gas, in dm³. */
  readonly volumes?: Values | undefined;
  readonly maximumPower?: { readonly unit: 'VA' | 'W'; readonly values: Values } | undefined;
  /** In 10⁻⁸ €. */
  readonly cost?: Readonly<CostColumns> | undefined;
  /** In tenths of a degree, and of degree-days. */
  readonly weather?: Readonly<WeatherColumns> | undefined;
}

export interface Picture extends Stretch {
  readonly view: View;
  readonly step: CalendarStep;
  /** First day that is not measured yet; the period's end when all of it is. */
  readonly until: LocalDay;
  /** How many steps the whole period has; values reach up to `until`. */
  readonly slots: number;
  /** The same steps of what it is held against, as far as that reaches; absent for years side by side. */
  readonly before: Stretch | undefined;
  readonly total: WattHours | null;
}

/** Reads the answer to a question asked by `withBaseline`; `undefined` when it is not one, or nothing exists at all. */
export function pictureOf(answer: Consumption): Picture | undefined {
  const { series, available } = answer;
  if (series.kind !== 'energy' || !available) return undefined;
  const { step } = series;
  const view = viewOf(step);
  const { period, baseline } = readAsked(answer.period, view);
  const until = available.to < period.to ? available.to : period.to;
  const own = stretch(answer, series, { from: period.from, to: until }, available);
  return {
    ...own,
    period,
    view,
    step,
    until,
    slots: stepsBetween(period.from, period.to, step),
    before: baseline && stretch(answer, series, baseline, available),
    total: totalEnergy(own.values),
  };
}

/** What the bars of a stretch are as high as. */
export function amountsOf({ values, cost }: Stretch, unit: Unit): Values {
  return unit === 'measure' ? values : (cost?.energy ?? values.map(() => null));
}

/** The first day of a bar. */
export function startOfBar({ period, step }: Picture, index: number): LocalDay {
  return addSteps(period.from, step, index);
}

/** The bar of a day, month or year; -1 when it is not on view. */
export function barOf({ period, step, values }: Picture, start: LocalDay): number {
  if (start < period.from) return -1;
  const index = stepsBetween(period.from, addSteps(start, step, 1), step) - 1;
  return index < values.length ? index : -1;
}

/** Whether all of a bar was measured or estimated, so that it can stand beside another. */
export function isComplete(state: BarState | undefined): boolean {
  return state === 'real' || state === 'provisional' || state === 'estimated';
}

function stretch({ cost, weather }: Consumption, series: EnergySeries, wanted: Period, available: Period): Stretch {
  const isEmpty = wanted.from >= wanted.to;
  const first = isEmpty ? 0 : stepsBetween(series.from, addDays(wanted.from, 1), series.step) - 1;
  const end = first + (isEmpty ? 0 : stepsBetween(wanted.from, wanted.to, series.step));
  const cut = <T extends Values | string>(column: T): T => column.slice(first, end) as T;
  const byRegister = (columns: NonNullable<EnergySeries['registers']>) => columns.map(({ code, values }) => ({ code, values: cut(values) }));
  const values = cut(series.values);
  const quality = cut(series.quality);
  const states = values.map((_, index): BarState => {
    const start = addSteps(wanted.from, series.step, index);
    const next = addSteps(start, series.step, 1);
    if (next <= available.from) return 'before';
    const letter = qualityAt(quality, index);
    if (letter !== 'incomplete') return letter;
    return next > available.to ? 'unfinished' : start < available.from ? 'begun' : letter;
  });
  const { registers, volumes, maximumPower } = series;
  return {
    period: wanted,
    values,
    quality,
    states,
    registers: registers && byRegister(registers),
    volumes: volumes && cut(volumes),
    maximumPower: maximumPower && { unit: maximumPower.unit, values: cut(maximumPower.values) },
    cost: cost && { energy: cut(cost.energy), standingCharge: cut(cost.standingCharge), registers: byRegister(cost.registers) },
    weather: weather && { temperature: cut(weather.temperature), degreeDays: cut(weather.degreeDays) },
  };
}
