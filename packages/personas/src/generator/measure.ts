/** What a meter measured on a day, and what of it is known at an instant. */
import {
  addDays, addSteps, dayEnergy, dayMinutes, daysBetween, dayStart, energyOf, instant, localDay, offsetMinutes, QUALITIES, stepStart,
  type CurveSegment, type DayEnergy, type Freshness, type Instant, type LocalDay, type Period, type Quality, type TimeZone,
} from '@oya/contract';
import type { PersonaMeter } from '../personas.ts';
import { calendarDate, dayNumber, type DayNumber } from './calendar.ts';
import { gasWattHours, planDay, profileWatts, type DayPlan } from './household.ts';
import { randomStream } from './random.ts';

/** One local day of a meter. */
export interface MeasuredDay {
  readonly day: LocalDay;
  readonly energy: DayEnergy;
  /** The load curve of that local day in W; empty where it is not collected. */
  readonly curve: CurveSegment[];
}

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
const STEP_MINUTES = 30;
/** A day is collected at local midnight, and there a minute later. */
const COLLECTION_MINUTES = 1;
/** The network operator may still replace what is younger than this. */
const PROVISIONAL_DAYS = 2;
/** Gas is published in whole kWh. */
const GAS_STEP_WATT_HOURS = 1000;

/** Salt that keeps incidents apart from the household's chances. */
const INCIDENTS = 21;

/** What can happen to the data of a day between meter and portal. */
type Incident = 'none' | 'estimated' | 'gap' | 'lost';

/**
 * What is finally known of a day: the same for the same meter and day, in whatever order days are asked for.
 * Whole W and Wh. Where a load curve is collected, the energy is that of the curve.
 */
export function measureDay(source: PersonaMeter, day: LocalDay): MeasuredDay {
  const number = dayNumber(day);
  if (source.readingMonths) return { day, energy: handReadEnergy(source, day, number), curve: [] };

  const chance = randomStream(source.seed, INCIDENTS, number);
  const incident = incidentOf(source, day, chance);
  if (source.meter.energy === 'gas') {
    const burnt = Math.round(gasWattHours(source.household, source.seed, number) / GAS_STEP_WATT_HOURS) * GAS_STEP_WATT_HOURS;
    return { day, energy: energyAfter(incident, day, burnt), curve: [] };
  }
  const profile = profileWatts(source.household, number);
  const plan: DayPlan = incident === 'estimated' ? () => profile : planDay(source.household, source.seed, number);
  const curve = drawCurve(source, day, plan, incident);
  if (source.meter.loadCurve !== 'collected') return { day, energy: energyAfter(incident, day, energyOf(curve)), curve: [] };
  if (incident === 'gap') cutGap(curve[0] as CurveSegment, chance);
  return { day, energy: dayEnergy(day, curve, source.timeZone), curve };
}

/** The days that exist at an instant: from the meter's first to today, which is not over; `null` before the first. */
export function availability({ dataFrom, timeZone }: PersonaMeter, now: Instant): Period | null {
  const to = dayOfLastCollection(now, timeZone);
  return dataFrom !== null && dataFrom < to ? { from: dataFrom, to } : null;
}

/** The days of a period that exist at an instant, ascending, as they are known then: the last ones are provisional. */
export function* measuredDays(source: PersonaMeter, period: Period, now: Instant): Generator<MeasuredDay, void, undefined> {
  const available = availability(source, now);
  if (!available) return;
  const end = period.to < available.to ? period.to : available.to;
  for (let day = period.from > available.from ? period.from : available.from; day < end; day = addDays(day, 1)) {
    yield asKnown(source, measureDay(source, day), available.to);
  }
}

/** How recent a meter's data is at an instant, and when more will come. */
export function freshness(source: PersonaMeter, now: Instant): Freshness {
  const { timeZone, readingMonths } = source;
  const today = dayOfLastCollection(now, timeZone);
  const collection = (day: LocalDay): Instant => instant(dayStart(day, timeZone) + COLLECTION_MINUTES * MINUTE);
  const until = measuredUntil(source, now);
  return {
    measuredUntil: until && instant(dayStart(until, timeZone)),
    collectedAt: until && collection(readingMonths ? until : today),
    nextExpectedAt: collection(readingMonths ? nextReading(readingMonths, today) : addDays(today, 1)),
  };
}

/** The first local day of which nothing is measured any more. */
function measuredUntil(source: PersonaMeter, now: Instant): LocalDay | null {
  const available = availability(source, now);
  if (!available) return null;
  if (source.readingMonths) {
    const reading = lastReading(source.readingMonths, available.to);
    return reading > available.from ? reading : null;
  }
  let until = available.to;
  while (until > available.from && isIn(source.outages, addDays(until, -1))) until = addDays(until, -1);
  return until > available.from ? until : null;
}

function dayOfLastCollection(now: Instant, timeZone: TimeZone): LocalDay {
  return localDay(Date.parse(now) - COLLECTION_MINUTES * MINUTE, timeZone);
}

function incidentOf({ outages }: PersonaMeter, day: LocalDay, chance: () => number): Incident {
  if (isIn(outages, day)) return 'lost';
  const luck = chance();
  if (luck < 0.008) return 'estimated';
  return luck < 0.014 ? 'gap' : 'none';
}

/** A day without a curve: a gap in the curve does not touch it, because the index is read at midnight. */
function energyAfter(incident: Incident, day: LocalDay, energy: number | null): DayEnergy {
  if (incident === 'lost') return { day, energy: null, quality: 'missing' };
  return { day, energy, quality: incident === 'estimated' ? 'estimated' : 'real' };
}

/** A month between two readings is measured; the others are the network operator's profile. */
function handReadEnergy(source: PersonaMeter, day: LocalDay, number: DayNumber): DayEnergy {
  const { readingMonths = [] } = source;
  const { month } = calendarDate(number);
  if (!readingMonths.includes(month) || !readingMonths.includes((month % 12) + 1)) return profileEnergy(source, day);
  return { day, energy: energyOf(drawCurve(source, day, planDay(source.household, source.seed, number), 'none')), quality: 'real' };
}

function profileEnergy({ household }: PersonaMeter, day: LocalDay): DayEnergy {
  return { day, energy: profileWatts(household, dayNumber(day)) * 24, quality: 'estimated' };
}

/** What is known of a day while its successors are few: an open reading is estimated, a young value provisional. */
function asKnown(source: PersonaMeter, measured: MeasuredDay, today: LocalDay): MeasuredDay {
  const { day, energy, curve } = measured;
  if (source.readingMonths) return addSteps(day, 'month', 1) > today ? { day, energy: profileEnergy(source, day), curve } : measured;
  if (daysBetween(day, today) > PROVISIONAL_DAYS) return measured;
  return {
    day,
    energy: energy.quality === 'real' ? { ...energy, quality: 'provisional' } : energy,
    curve: curve.map((segment) => ({ ...segment, quality: segment.quality.replaceAll(QUALITIES.real, QUALITIES.provisional) })),
  };
}

function drawCurve({ timeZone, stepChange }: PersonaMeter, day: LocalDay, plan: DayPlan, incident: Incident): CurveSegment[] {
  const start = dayStart(day, timeZone);
  const length = dayMinutes(day, timeZone);
  const quality: Quality = incident === 'lost' ? 'missing' : incident === 'estimated' ? 'estimated' : 'real';
  // Only on the two days of a clock change the minutes since midnight are not the time on the clock.
  const clock = (elapsed: number): number =>
    length === DAY_MINUTES ? elapsed : elapsed + offsetMinutes(start + elapsed * MINUTE, timeZone) - offsetMinutes(start, timeZone);
  const draw = (from: number, to: number, stepMinutes: number): CurveSegment => {
    const values: (number | null)[] = [];
    for (let elapsed = from; elapsed < to; elapsed += stepMinutes) {
      values.push(incident === 'lost' ? null : plan(clock(elapsed) + stepMinutes / 2, stepMinutes));
    }
    return { start: instant(start + from * MINUTE), stepMinutes, values, quality: QUALITIES[quality].repeat(values.length) };
  };
  if (stepChange?.day !== day) return [draw(0, length, STEP_MINUTES)];
  return [draw(0, stepChange.fromMinute, STEP_MINUTES), draw(stepChange.fromMinute, length, stepChange.stepMinutes)];
}

/** The meter did not answer for half an hour to three hours. */
function cutGap(segment: CurveSegment, chance: () => number): void {
  const length = 1 + Math.floor(chance() * 6);
  const from = Math.floor(chance() * (segment.values.length - length));
  segment.values.fill(null, from, from + length);
  segment.quality = segment.quality.slice(0, from) + QUALITIES.missing.repeat(length) + segment.quality.slice(from + length);
}

/** The last first-of-month with a reading, up to and including `day`. */
function lastReading(months: readonly number[], day: LocalDay): LocalDay {
  let month = stepStart(day, 'month');
  while (!months.includes(monthOf(month))) month = addSteps(month, 'month', -1);
  return month;
}

function nextReading(months: readonly number[], day: LocalDay): LocalDay {
  let month = addSteps(day, 'month', 1);
  while (!months.includes(monthOf(month))) month = addSteps(month, 'month', 1);
  return month;
}

function monthOf(day: LocalDay): number {
  return Number(day.slice(5, 7));
}

function isIn(periods: readonly Period[], day: LocalDay): boolean {
  return periods.some(({ from, to }) => from <= day && day < to);
}
