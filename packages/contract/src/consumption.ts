/** How measured days become what a customer sees: the rules that the server and the sandbox share. */
import type { Resolution } from './portal.ts';
import { energyOf, QUALITIES, qualityAt, totalEnergy, worstQuality, type CurveSegment, type EnergySeries, type Quality } from './series.ts';
import { addDays, addSteps, dayMinutes, daysBetween, stepStart, type CalendarStep, type LocalDay, type Period, type TimeZone } from './time.ts';
import { divideRounded } from './units.ts';

/** One local day's energy in Wh; `null` when nothing was measured. */
export interface DayEnergy {
  day: LocalDay;
  energy: number | null;
  quality: Quality;
}

/** The calendar step of a resolution that answers energy; `undefined` for those that answer a curve. */
export function calendarStep(resolution: Resolution): CalendarStep | undefined {
  return resolution === 'day' || resolution === 'month' || resolution === 'year' ? resolution : undefined;
}

/** A day's energy from its load curve: incomplete when intervals are missing, whatever the steps. */
export function dayEnergy(day: LocalDay, segments: readonly Pick<CurveSegment, 'stepMinutes' | 'values' | 'quality'>[], timeZone: TimeZone): DayEnergy {
  const energy = energyOf(segments);
  if (energy === null) return { day, energy, quality: 'missing' };
  let measuredMinutes = 0;
  const qualities = new Set<Quality>();
  for (const { stepMinutes, values, quality } of segments) {
    values.forEach((value, index) => {
      if (value === null) return;
      measuredMinutes += stepMinutes;
      qualities.add(qualityAt(quality, index));
    });
  }
  if (measuredMinutes < dayMinutes(day, timeZone)) qualities.add('incomplete');
  return { day, energy, quality: worstQuality(qualities) };
}

/**
 * Days as an energy series by day, month or year over a period, as `Consumption` defines it.
 * A month is the sum of its days, so that the parts always add up to the whole.
 * @param days in ascending order; days that are not there are missing
 * @param today the current local day, which is not over
 */
export function energySeries(days: Iterable<DayEnergy>, step: CalendarStep, period: Period, today: LocalDay): EnergySeries {
  const from = stepStart(period.from, step);
  const end = period.to < today ? period.to : today;
  const byDay = new Map<LocalDay, DayEnergy>();
  for (const day of days) byDay.set(day.day, day);

  const values: (number | null)[] = [];
  let quality = '';
  for (let start = from; start < end; start = addSteps(start, step, 1)) {
    const next = addSteps(start, step, 1);
    const parts: DayEnergy[] = [];
    for (let day = start; day < next && day < today; day = addDays(day, 1)) {
      parts.push(byDay.get(day) ?? { day, energy: null, quality: 'missing' });
    }
    const energy = totalEnergy(parts.map((part) => part.energy));
    values.push(energy);
    quality += QUALITIES[qualityOfSum(parts, energy, next > today)];
  }
  return { kind: 'energy', unit: 'Wh', step, from, values, quality };
}

function qualityOfSum(parts: readonly DayEnergy[], energy: number | null, unfinished: boolean): Quality {
  if (energy === null) return 'missing';
  const worst = worstQuality(parts.map((part) => part.quality));
  return unfinished || worst === 'missing' ? 'incomplete' : worst;
}

/** Joins segments that continue each other with the same step; the others stay apart. Ascending order. */
export function joinSegments(segments: Iterable<CurveSegment>): CurveSegment[] {
  const joined: CurveSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last && last.stepMinutes === segment.stepMinutes && endOf(last) === Date.parse(segment.start)) {
      for (const value of segment.values) last.values.push(value);
      last.quality += segment.quality;
    } else {
      joined.push({ ...segment, values: [...segment.values] });
    }
  }
  return joined;
}

/**
 * A load curve by the hour: the average of each hour's intervals, rounded half up; an hour with an interval
 * missing is incomplete and averages what is there. Steps of an hour or more stay as they are.
 */
export function hourlyCurve(segments: readonly CurveSegment[]): CurveSegment[] {
  return segments.map((segment) => {
    if (segment.stepMinutes >= 60) return segment;
    const perHour = 60 / segment.stepMinutes;
    const values: (number | null)[] = [];
    let quality = '';
    for (let index = 0; index < segment.values.length; index += perHour) {
      const hour = segment.values.slice(index, index + perHour);
      const measured = hour.filter((value) => value !== null);
      const qualities = hour.map((value, offset) => (value === null ? 'incomplete' : qualityAt(segment.quality, index + offset)));
      const total = measured.reduce((left, right) => left + right, 0);
      values.push(measured.length === 0 ? null : Number(divideRounded(BigInt(total), BigInt(measured.length))));
      quality += QUALITIES[measured.length === 0 ? 'missing' : worstQuality(hour.length < perHour ? [...qualities, 'incomplete'] : qualities)];
    }
    return { start: segment.start, stepMinutes: 60, values, quality };
  });
}

/** The longest period that one request may ask for, in days, so that no answer is unbounded. */
export const LONGEST_PERIOD_DAYS: Readonly<Record<Resolution, number>> = { 'half-hour': 1100, hour: 1100, day: 4000, month: 11_000, year: 37_000 };

export function isWithinLimit(resolution: Resolution, { from, to }: Period): boolean {
  return daysBetween(from, to) <= LONGEST_PERIOD_DAYS[resolution];
}

function endOf(segment: CurveSegment): number {
  return Date.parse(segment.start) + segment.values.length * segment.stepMinutes * 60_000;
}
