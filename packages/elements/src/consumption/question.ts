/**
 * What is on view: which stretch of time and step, in energy or money, of what flows in or out, held against what. One value
 * that never changes: going somewhere makes another. Local calendar days throughout: no clock of the host.
 */
import { addDays, addSteps, periodOf, stepStart, type CalendarStep, type Direction, type LocalDay, type Period, type Resolution } from '@oya/contract';

/** A month by its days, a year by its months, or all years. */
export type View = 'month' | 'year' | 'years';
export const VIEWS: readonly View[] = ['month', 'year', 'years'];

/** In energy, or in money. */
export type Unit = 'measure' | 'cost';

/** What a month is held against: itself a year earlier, or the month before. A year has both in one. */
export type Baseline = 'year' | 'previous';
export const BASELINES: readonly Baseline[] = ['year', 'previous'];

export interface Question {
  readonly view: View;
  readonly period: Period;
  readonly unit: Unit;
  readonly direction: Direction;
  readonly baseline: Baseline;
  /** First day of the bar that is chosen: with a load curve, of the day that is open. */
  readonly chosen?: LocalDay | undefined;
  /** The views through which one came down into this one, and goes back up. */
  readonly above?: readonly View[];
}

/** What one bar stands for. */
export function stepOf(view: View): CalendarStep {
  return view === 'month' ? 'day' : view === 'year' ? 'month' : 'year';
}

export function viewOf(step: CalendarStep): View {
  return step === 'day' ? 'month' : step === 'month' ? 'year' : 'years';
}

/** The views that a meter can fill; none when it measures neither days nor months. Years side by side take more than one. */
export function viewsOf(resolutions: readonly Resolution[], available?: Period | null): View[] {
  const hasYears = available && stepStart(addDays(available.to, -1), 'year') > stepStart(available.from, 'year');
  return VIEWS.filter((view) => resolutions.includes(stepOf(view)) && (view !== 'years' || hasYears));
}

/** Where to begin: at the last day with data, or at `today` as long as it is not known whether there is any. */
export function firstQuestion(wanted: Pick<Question, 'view' | 'unit' | 'baseline'>, available: Period | undefined, today: LocalDay): Question {
  return { ...wanted, direction: 'consumption', period: periodIn(wanted.view, available ? addDays(available.to, -1) : today, available) };
}

/** The period before (−1) or after (1); `undefined` where nothing was measured any more. */
export function neighbour(question: Question, direction: -1 | 1, available: Period): Question | undefined {
  const { view, period } = question;
  if (view === 'years') return undefined;
  const next = periodOf(addSteps(period.from, view, direction), view);
  return next.from < available.to && next.to > available.from ? { ...question, period: next, chosen: undefined } : undefined;
}

/** The day before (−1) or after (1); `undefined` where nothing was measured any more. */
export function neighbourDay(day: LocalDay, direction: -1 | 1, available: Period): LocalDay | undefined {
  const next = addDays(day, direction);
  return isWithin(next, available) ? next : undefined;
}

/** The same around another view: a month shows in its year, a year in its last month with data. */
export function switchView(question: Question, view: View, available: Period): Question {
  const { period } = question;
  const lastDay = addDays(period.to < available.to ? period.to : available.to, -1);
  const day = view !== 'years' && lastDay < stepStart(period.from, view) ? period.from : lastDay;
  return { ...question, view, period: periodIn(view, day, available), chosen: undefined, above: [] };
}

/** A bar was chosen: what it stands for opens where the meter tells more of it; a day is chosen in its month. */
export function choose(question: Question, start: LocalDay, views: readonly View[]): Question {
  const below = question.view === 'years' ? 'year' : question.view === 'year' ? 'month' : undefined;
  if (!below || !views.includes(below)) return { ...question, chosen: start };
  return { ...question, view: below, period: periodOf(start, below), chosen: undefined, above: [...aboveOf(question), question.view] };
}

/** One day of a month, wherever it lies. */
export function toDay(question: Question, day: LocalDay): Question {
  const month = periodOf(day, 'month');
  const stays = question.view === 'month' && question.period.from === month.from;
  return { ...question, view: 'month', period: month, chosen: day, above: stays ? aboveOf(question) : [] };
}

/** A month of a year, for meters that tell no days. */
export function toMonth(question: Question, day: LocalDay): Question {
  return { ...question, view: 'year', period: periodOf(day, 'year'), chosen: stepStart(day, 'month'), above: [] };
}

/** Out of an open day, or up to the view from which one came down, with the place one was in chosen; `undefined` at the top. */
export function back(question: Question, available: Period): Question | undefined {
  const { view, chosen, period } = question;
  const above = aboveOf(question);
  const up = above.at(-1);
  if (up === undefined || (view === 'month' && chosen !== undefined)) return chosen === undefined ? undefined : { ...question, chosen: undefined };
  return { ...question, view: up, period: periodIn(up, period.from, available), chosen: period.from, above: above.slice(0, -1) };
}

/** The day nearest to a wanted one that was measured. */
export function nearestDay(day: LocalDay, available: Period): LocalDay {
  if (day < available.from) return available.from;
  return day < available.to ? day : addDays(available.to, -1);
}

/**
 * What to ask for so that a period can be compared: from its baseline to its own end, in one request, so that the picture
 * and what is said about it always come together.
 */
export function withBaseline({ view, period, baseline }: Pick<Question, 'view' | 'period' | 'baseline'>): Period {
  if (view === 'years') return period;
  return { from: addSteps(period.from, 'month', view === 'month' && baseline === 'previous' ? -1 : -12), to: period.to };
}

/** The period that was on view when `withBaseline` was asked for, and what it is held against. */
export function readAsked(asked: Period, view: View): { period: Period; baseline: Period | undefined } {
  if (view === 'years') return { period: asked, baseline: undefined };
  const period = periodOf(addDays(asked.to, -1), view);
  return { period, baseline: asked.from < period.from ? periodOf(asked.from, view) : undefined };
}

function aboveOf({ above = [] }: Question): readonly View[] {
  return above;
}

function periodIn(view: View, day: LocalDay, available: Period | undefined): Period {
  if (view !== 'years') return periodOf(day, view);
  if (!available) return periodOf(day, 'year');
  return { from: stepStart(available.from, 'year'), to: periodOf(addDays(available.to, -1), 'year').to };
}

function isWithin(day: LocalDay, { from, to }: Period): boolean {
  return day >= from && day < to;
}
