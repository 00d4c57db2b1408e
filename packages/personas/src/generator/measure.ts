/** What a meter measured on a day, and what of it is known at an instant. */
import {
  addDays, addSteps, clockMinutes, dayEnergy, dayMinutes, daysBetween, dayStart, energyByRegister, energyOf, instant, localDay, offPeakOn, offsetMinutes, QUALITIES,
  registersOfDay, stepStart,
  type CurveSegment, type DayEnergy, type Freshness, type Instant, type LocalDay, type Meter, type Period, type Quality, type TimeZone,
} from '@oya/contract';
import { offPeakOf, registerPlanOf } from '../papers.ts';
import type { PersonaMeter } from '../personas.ts';
import { calendarDate, dayNumber, localDayOf, type DayNumber } from './calendar.ts';
import { gasWattHours, planDay, planSun, profileWatts, type DayPlan } from './household.ts';
import { randomAt, randomStream } from './random.ts';

/** What flowed through a meter in one direction on a local day. */
export interface MeasuredFlow {
  /**
   * With `registers` where the meter has several, also where no curve is shown: a Linky counts them anyway. Gas with its
   * `volume`. A Linky with its `maximumPower`, in the unit of `powerUnitOf`.
   */
  readonly energy: DayEnergy;
  /** The load curve of that local day in W; empty where it is not collected. */
  readonly curve: CurveSegment[];
}

/** One local day of a meter: what it consumed and, where it produces, what went into the network. */
export interface MeasuredDay extends MeasuredFlow {
  readonly day: LocalDay;
  readonly production?: MeasuredFlow;
}

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
const STEP_MINUTES = 30;
/** A day is collected at local midnight, and there a minute later. */
const COLLECTION_MINUTES = 1;
/** The network operator may still replace what is younger than this. */
const PROVISIONAL_DAYS = 2;
/** Gas is published in whole kWh, and in hundredths of a m³. */
const GAS_STEP_WATT_HOURS = 1000;
const GAS_STEP_LITRES = 10;
/** When a tank heats whose contract knows no off-peak hours. */
const TANK_MINUTE = 22 * 60 + 30;

/** Salts that keep these apart from the household's chances. */
const INCIDENTS = 21;
const GAS_QUALITY = 22;
const PEAKS = 23;

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
  if (source.meter.energy === 'gas') return { day, energy: gasEnergy(source, day, number, incident), curve: [] };

  const profile = profileWatts(source.household, number);
  const plan = asCounted(source, day, incident === 'estimated' ? () => profile : livedPlan(source, number));
  const used = drawCurve(source, day, plan, incident);
  const [drawn, fedIn] = source.meter.production ? shareSun(source, number, used, incident) : [used];
  const maximumPower = source.meter.kind === 'linky' ? peakOf(source, number, drawn, incident) : undefined;
  if (source.meter.loadCurve === 'collected' && incident === 'gap') {
    const gap = gapIn(drawn[0] as CurveSegment, chance);
    for (const curve of [drawn, fedIn]) if (curve) cut(curve[0] as CurveSegment, gap);
  }
  const { energy, curve } = flow(source, day, drawn, incident);
  return {
    day,
    energy: { ...energy, ...registersIn(source, day, drawn), ...(maximumPower !== undefined && { maximumPower }) },
    curve,
    ...(fedIn && { production: flow(source, day, fedIn, incident) }),
  };
}

/** What the meter of that day made of it. */
function asCounted({ meter: { replaced }, countedBefore = 1 }: PersonaMeter, day: LocalDay, plan: DayPlan): DayPlan {
  return replaced && day < replaced.on ? (minute, step) => Math.round(plan(minute, step) * countedBefore) : plan;
}

/** The unit of `maximumPower`: a Linky registers apparent power, at any moment; from a curve only its highest average is known. */
export function powerUnitOf({ kind }: Pick<Meter, 'kind'>): 'VA' | 'W' {
  return kind === 'linky' ? 'VA' : 'W';
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

/** A gap in a curve that is not shown does not touch the day, because the index is read at midnight. */
function flow({ meter, timeZone }: PersonaMeter, day: LocalDay, curve: CurveSegment[], incident: Incident): MeasuredFlow {
  return meter.loadCurve === 'collected' ? { energy: dayEnergy(day, curve, timeZone), curve } : { energy: energyAfter(incident, day, energyOf(curve)), curve: [] };
}

function energyAfter(incident: Incident, day: LocalDay, energy: number | null): DayEnergy {
  if (incident === 'lost') return { day, energy: null, quality: 'missing' };
  return { day, energy, quality: incident === 'estimated' ? 'estimated' : 'real' };
}

/** Energy and volume are published side by side, each rounded by itself: one is not the other times a coefficient. */
function gasEnergy({ household, seed }: PersonaMeter, day: LocalDay, number: DayNumber, incident: Incident): DayEnergy {
  const burnt = gasWattHours(household, seed, number);
  const wattHoursPerLitre = 11.1 + 0.2 * randomAt(GAS_QUALITY, number);
  const rounded = (amount: number, step: number) => Math.round(amount / step) * step;
  const energy = energyAfter(incident, day, rounded(burnt, GAS_STEP_WATT_HOURS));
  return { ...energy, volume: incident === 'lost' ? null : rounded(burnt / wattHoursPerLitre, GAS_STEP_LITRES) };
}

/** What each register counted; nothing to tell where there is one, which counts all. */
function registersIn({ meter, timeZone }: PersonaMeter, day: LocalDay, curve: readonly CurveSegment[]): Pick<DayEnergy, 'registers'> {
  const stretches = meter.registers.length > 1 && registersOfDay(day, registerPlanOf({ id: meter.contractId }, meter), timeZone);
  return stretches ? { registers: energyByRegister(day, curve, stretches, timeZone) } : {};
}

/** The day's peak in VA: above each average of half an hour, and for a moment above the subscribed power, before the meter cuts. */
function peakOf({ household, seed }: PersonaMeter, number: DayNumber, curve: readonly CurveSegment[], incident: Incident): number | null {
  if (incident === 'lost' || incident === 'estimated') return null;
  const highest = curve.reduce((most, { values }) => values.reduce<number>((best, value) => Math.max(best, value ?? 0), most), 0);
  const chance = randomStream(seed, PEAKS, number);
  const peak = Math.min(highest * (1.1 + 0.6 * chance()), household.limitWatts * (0.85 + 0.2 * chance()));
  return Math.round(Math.max(peak, highest * 1.02) / 10) * 10;
}

/** What of a day's use came out of the network once the roof has given its part, and what the house left over for the network. */
function shareSun({ household, seed }: PersonaMeter, number: DayNumber, used: CurveSegment[], incident: Incident): [drawn: CurveSegment[], fedIn: CurveSegment[]] {
  const sun = planSun(household, seed, number, incident === 'estimated' ? 'usual' : 'lived');
  const drawn: CurveSegment[] = [];
  const fedIn: CurveSegment[] = [];
  for (const segment of used) {
    const { start, stepMinutes, values } = segment;
    const fromRoof = values.map((watts, index) => (watts === null ? null : sun(Date.parse(start) + (index + 0.5) * stepMinutes * MINUTE)));
    const less = (many: readonly (number | null)[], few: readonly (number | null)[]) => many.map((value, index) => (value === null ? null : Math.max(0, value - (few[index] ?? 0))));
    drawn.push({ ...segment, values: less(values, fromRoof) });
    fedIn.push({ ...segment, values: less(fromRoof, values) });
  }
  return [drawn, fedIn];
}

/** The day as it was lived; a tank that follows the meter heats from the beginning of the longest off-peak hours on. */
function livedPlan({ meter, household, seed }: PersonaMeter, number: DayNumber): DayPlan {
  const offPeak = offPeakOf({ id: meter.contractId });
  return planDay(household, seed, number, (day) => {
    const ranges = (offPeakOn(offPeak, localDayOf(day))?.ranges ?? []).map(({ from, to }) => [clockMinutes(from), clockMinutes(to)] as const);
    const length = ([from, to]: readonly [number, number]) => (to - from + DAY_MINUTES) % DAY_MINUTES;
    return household.tankMinute ?? ranges.toSorted((a, b) => length(b) - length(a))[0]?.[0] ?? TANK_MINUTE;
  });
}

/** A month between two readings is measured; the others are the network operator's profile. */
function handReadEnergy(source: PersonaMeter, day: LocalDay, number: DayNumber): DayEnergy {
  const { readingMonths = [] } = source;
  const { month } = calendarDate(number);
  if (!readingMonths.includes(month) || !readingMonths.includes((month % 12) + 1)) return profileEnergy(source, day);
  if (source.meter.energy === 'gas') return gasEnergy(source, day, number, 'none');
  const curve = drawCurve(source, day, livedPlan(source, number), 'none');
  return { day, energy: energyOf(curve), quality: 'real', ...registersIn(source, day, curve) };
}

function profileEnergy(source: PersonaMeter, day: LocalDay): DayEnergy {
  const { household, meter } = source;
  const number = dayNumber(day);
  if (meter.energy === 'gas') return gasEnergy(source, day, number, 'estimated');
  const usual = profileWatts(household, number);
  const curve = drawCurve(source, day, () => usual, 'estimated');
  return { day, energy: energyOf(curve), quality: 'estimated', ...registersIn(source, day, curve) };
}

/** What is known of a day while its successors are few: an open reading is estimated, a young value provisional. */
function asKnown(source: PersonaMeter, measured: MeasuredDay, today: LocalDay): MeasuredDay {
  const { day, production } = measured;
  if (source.readingMonths) return addSteps(day, 'month', 1) > today ? { ...measured, energy: profileEnergy(source, day) } : measured;
  if (daysBetween(day, today) > PROVISIONAL_DAYS) return measured;
  return { day, ...provisional(measured), ...(production && { production: provisional(production) }) };
}

function provisional({ energy, curve }: MeasuredFlow): MeasuredFlow {
  return {
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
function gapIn({ values }: CurveSegment, chance: () => number): { from: number; length: number } {
  const length = 1 + Math.floor(chance() * 6);
  return { from: Math.floor(chance() * (values.length - length)), length };
}

function cut(segment: CurveSegment, { from, length }: { from: number; length: number }): void {
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
