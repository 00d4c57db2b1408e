/** Which stretch of time is on view, and where one can go from there. Local calendar days throughout: no clock of the host. */
import { addDays, addSteps, periodOf, stepStart, type CalendarStep, type LocalDay, type Period, type Resolution } from '@oya/contract';

/** A month by its days, or a year by its months. */
export type View = 'month' | 'year';
export const VIEWS: readonly View[] = ['month', 'year'];

/** What one bar stands for. */
export type BarStep = Extract<CalendarStep, 'day' | 'month'>;

export function stepOf(view: View): BarStep {
  return view === 'month' ? 'day' : 'month';
}

/** The views that a meter can fill; none when it measures neither days nor months. */
export function viewsOf(resolutions: readonly Resolution[]): View[] {
  return VIEWS.filter((view) => resolutions.includes(stepOf(view)));
}

/** Where to begin: at the last day with data, or at `today` as long as it is not known whether there is any. */
export function firstPeriod(view: View, available: Period | undefined, today: LocalDay): Period {
  return periodOf(available ? addDays(available.to, -1) : today, view);
}

/** The period before (−1) or after (1); `undefined` where nothing was measured any more. */
export function neighbour(period: Period, view: View, direction: -1 | 1, available: Period): Period | undefined {
  const next = periodOf(addSteps(period.from, view, direction), view);
  return next.from < available.to && next.to > available.from ? next : undefined;
}

/** The day before (−1) or after (1); `undefined` where nothing was measured any more. */
export function neighbourDay(day: LocalDay, direction: -1 | 1, available: Period): LocalDay | undefined {
  const next = addDays(day, direction);
  return next >= available.from && next < available.to ? next : undefined;
}

/**
 * What to ask for so that a period can be compared: from the same period a year earlier to its own end, in one
 * request, so that the picture and what is said about it always come together.
 */
export function withYearBefore(period: Period): Period {
  return { from: yearBefore(period.from), to: period.to };
}

/** The period that was on view when `withYearBefore` was asked for. */
export function withoutYearBefore(asked: Period): Period {
  return { from: addSteps(asked.from, 'month', 12), to: asked.to };
}

/** The same view of another period: a month shows in its year, a year in its last month with data. */
export function switchView(period: Period, to: View, available: Period): Period {
  const lastDay = addDays(period.to < available.to ? period.to : available.to, -1);
  return periodOf(lastDay < stepStart(period.from, to) ? period.from : lastDay, to);
}

/** Periods begin on the first day of a month. */
function yearBefore(firstOfMonth: LocalDay): LocalDay {
  return addSteps(firstOfMonth, 'month', -12);
}
