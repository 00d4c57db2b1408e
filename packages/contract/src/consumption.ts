/** How measured days become what a customer sees: the rules that the server and the sandbox share. */
import { energyCosts, standingChargeOf, type Tariff } from './cost.ts';
import { PortalError } from './errors.ts';
import type { Consumption, CostColumns, Direction, Freshness, Meter, Resolution, WeatherColumns } from './portal.ts';
import { energyOf, joinSegments, QUALITIES, qualityAt, totalEnergy, worstQuality, type CurveSegment, type EnergySeries, type Quality } from './series.ts';
import { addDays, addSteps, dayMinutes, daysBetween, stepStart, wholeSteps, type CalendarStep, type LocalDay, type Period, type TimeZone } from './time.ts';
import { divideRounded, exactCost, sum, type ExactCost } from './units.ts';

/** One local day's energy in Wh; `null` when nothing was measured. */
export interface DayEnergy {
  day: LocalDay;
  energy: number | null;
  quality: Quality;
  /** The same energy by register, where that is known. */
  registers?: Readonly<Record<string, number>> | undefined;
  /** Gas: dm³, as published. */
  volume?: number | null | undefined;
  /** The greatest power of the day, in the unit of `MeterState.powerUnit`. */
  maximumPower?: number | null | undefined;
}

/** The weather of a day, in the units of `WeatherColumns`. */
export interface DayWeather {
  readonly temperature: number;
  readonly degreeDays: number;
}

/** The calendar step of a resolution that answers energy; `undefined` for those that answer a curve. */
export function calendarStep(resolution: Resolution): CalendarStep | undefined {
  return resolution === 'day' || resolution === 'month' || resolution === 'year' ? resolution : undefined;
}

/**
 * What can be asked of a meter, whose resolutions by the calendar stay: its curve while it is collected, and after that what is kept of it.
 * @param keepsCurve whether half-hours are there that were not erased when their consent was withdrawn
 */
export function resolutionsWith(loadCurve: Meter['loadCurve'], resolutions: readonly Resolution[], keepsCurve = false): Resolution[] {
  const calendar = resolutions.filter((resolution) => calendarStep(resolution) !== undefined);
  return loadCurve === 'collected' || keepsCurve ? ['half-hour', 'hour', ...calendar] : calendar;
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
export function energySeries(days: Iterable<DayEnergy>, step: CalendarStep, period: Period, today: LocalDay, powerUnit: 'VA' | 'W' = 'W'): EnergySeries {
  const steps = stepsOf(days, step, period, today);
  return seriesOf(steps, step, stepStart(period.from, step), codesOf(steps, []), powerUnit);
}

/** One step of an energy series, and the days of it that have begun: each is there, measured or not. */
interface Step {
  readonly days: readonly DayEnergy[];
  readonly isUnfinished: boolean;
}

function stepsOf(days: Iterable<DayEnergy>, step: CalendarStep, period: Period, today: LocalDay): Step[] {
  const end = period.to < today ? period.to : today;
  const byDay = new Map<LocalDay, DayEnergy>();
  for (const day of days) byDay.set(day.day, day);
  const steps: Step[] = [];
  for (let start = stepStart(period.from, step); start < end; start = addSteps(start, step, 1)) {
    const next = addSteps(start, step, 1);
    const parts: DayEnergy[] = [];
    for (let day = start; day < next && day < today; day = addDays(day, 1)) {
      parts.push(byDay.get(day) ?? { day, energy: null, quality: 'missing' });
    }
    steps.push({ days: parts, isUnfinished: next > today });
  }
  return steps;
}

function seriesOf(steps: readonly Step[], step: CalendarStep, from: LocalDay, codes: readonly string[], powerUnit: 'VA' | 'W'): EnergySeries {
  const values: (number | null)[] = [];
  let quality = '';
  for (const { days, isUnfinished } of steps) {
    const energy = totalEnergy(days.map((day) => day.energy));
    values.push(energy);
    quality += QUALITIES[qualityOfSum(days, energy, isUnfinished)];
  }
  const series: EnergySeries = { kind: 'energy', unit: 'Wh', step, from, values, quality };
  // One register alone is the value again.
  if (codes.length > 1) series.registers = codes.map((code) => ({ code, values: column(steps, totalEnergy, (day) => day.registers?.[code]) }));
  const volumes = column(steps, totalEnergy, (day) => day.volume);
  if (volumes.some(isKnown)) series.volumes = volumes;
  const powers = column(steps, highest, (day) => day.maximumPower);
  if (powers.some(isKnown)) series.maximumPower = { unit: powerUnit, values: powers };
  return series;
}

/** With one register all energy is its own; with several only the portal can tell. */
function* withOnlyRegister(days: Iterable<DayEnergy>, registers: Meter['registers']): Generator<DayEnergy, void, undefined> {
  const [only] = registers;
  for (const day of days) yield registers.length !== 1 || !only || day.energy === null ? day : { ...day, registers: { [only.code]: day.energy } };
}

/** The registers that counted anything, in the order of the meter's. */
function codesOf(steps: readonly Step[], registers: Meter['registers']): string[] {
  const counted = new Set(steps.flatMap(({ days }) => days.flatMap((day) => Object.keys(day.registers ?? {}))));
  return [...new Set([...registers.map(({ code }) => code).filter((code) => counted.has(code)), ...counted])];
}

/** What the steps cost. A day that was measured but has no price, or no register that has one, leaves its step without a cost: half a cost looks like a whole one. */
function costOf(steps: readonly Step[], codes: readonly string[], tariff: Tariff): CostColumns {
  const columns: CostColumns = { energy: [], standingCharge: [], registers: codes.map((code) => ({ code, values: [] })) };
  for (const { days } of steps) {
    const measured = days.filter(({ energy }) => energy !== null);
    const costs = measured.map(({ day, registers, energy }) => addsUp(registers, energy) && energyCosts(day, registers, tariff));
    const isKnown = costs.length > 0 && costs.every((cost) => cost !== undefined && cost !== false);
    const known = isKnown ? (costs as Record<string, ExactCost>[]) : [];
    columns.energy.push(isKnown ? sum(known.flatMap((cost) => Object.values(cost))) : null);
    for (const register of columns.registers) register.values.push(isKnown ? sum(known.map((cost) => cost[register.code] ?? exactCost(0))) : null);
    const charges = days.map(({ day }) => standingChargeOf(day, tariff)).filter((charge) => charge !== undefined);
    columns.standingCharge.push(charges.length > 0 ? sum(charges) : null);
  }
  return columns;
}

function addsUp(registers: DayEnergy['registers'], energy: number | null): registers is Readonly<Record<string, number>> {
  return registers !== undefined && Object.values(registers).reduce((total, part) => total + part, 0) === energy;
}

function weatherOf(steps: readonly Step[], weather: (day: LocalDay) => DayWeather | undefined): WeatherColumns {
  const known = steps.map(({ days }) => days.map(({ day }) => weather(day)).filter((each) => each !== undefined));
  return {
    temperature: known.map((days) => (days.length === 0 ? null : mean(days.map(({ temperature }) => temperature)))),
    degreeDays: known.map((days) => (days.length === 0 ? null : days.reduce((total, { degreeDays }) => total + degreeDays, 0))),
  };
}

/** Rounded half away from zero. */
function mean(values: readonly number[]): number {
  return Number(divideRounded(BigInt(values.reduce((total, value) => total + value, 0)), BigInt(values.length)));
}

function column(steps: readonly Step[], combine: (values: (number | null)[]) => number | null, value: (day: DayEnergy) => number | null | undefined): (number | null)[] {
  return steps.map(({ days }) => combine(days.map((day) => value(day) ?? null)));
}

function highest(values: readonly (number | null)[]): number | null {
  return values.reduce((best, value) => (value !== null && (best === null || value > best) ? value : best), null);
}

function isKnown(value: number | null): value is number {
  return value !== null;
}

function qualityOfSum(parts: readonly DayEnergy[], energy: number | null, unfinished: boolean): Quality {
  if (energy === null) return 'missing';
  const worst = worstQuality(parts.map((part) => part.quality));
  return unfinished || worst === 'missing' ? 'incomplete' : worst;
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
      values.push(measured.length === 0 ? null : mean(measured));
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

/** What is asked of a meter: `getConsumption` without the meter. */
export interface ConsumptionQuestion extends Period {
  resolution: Resolution;
  direction?: Direction | undefined;
}

/** What has to be known of a meter, beside its measured days, to answer. */
export interface MeterState {
  meter: Pick<Meter, 'id' | 'resolutions' | 'loadCurve' | 'registers'>;
  /** The current local day, which is not over. */
  today: LocalDay;
  /** The days that exist; `null` before the first. */
  available: Period | null;
  freshness: Freshness;
  /** What consumption costs; absent where no price is known. */
  tariff?: Tariff | undefined;
  /** Absent where the portal does not know it. */
  weather?: ((day: LocalDay) => DayWeather | undefined) | undefined;
  /** Of the days' `maximumPower`. */
  powerUnit?: 'VA' | 'W' | undefined;
}

/** The measured days that `daysToRead` names, ascending: those that exist, in the form that the resolution asks for. */
export type MeasuredDays = { curve: Iterable<CurveSegment> } | { days: Iterable<DayEnergy> };

/**
 * Refuses what a meter cannot answer.
 * @throws PortalError `forbidden` (`consent-required`) for a curve without consent in effect; `invalid`, naming the field,
 *   for a resolution or direction that the meter does not have and for a period that is too long
 */
export function checkQuestion({ resolutions, loadCurve, production = false }: Pick<Meter, 'resolutions' | 'loadCurve' | 'production'>, question: ConsumptionQuestion): void {
  const { resolution, direction } = question;
  if (direction === 'production' && !production) throw refused('direction', 'not-available', 'this meter measures no production');
  if (!resolutions.includes(resolution)) {
    if (calendarStep(resolution) === undefined && (loadCurve === 'consent-needed' || loadCurve === 'requested')) {
      throw new PortalError('forbidden', { code: 'consent-required', detail: `"${resolution}" needs the customer's consent to the half-hourly load curve` });
    }
    throw refused('resolution', 'not-available', `this meter has no "${resolution}"; it has: ${resolutions.join(', ') || 'nothing yet'}`);
  }
  if (!isWithinLimit(resolution, question)) {
    throw refused('to', 'too-long', `by "${resolution}" a period may have up to ${LONGEST_PERIOD_DAYS[resolution]} days`);
  }
}

/** The days to read for an answer: whole months and years where those are asked, and only what exists; `null` when that is none. */
export function daysToRead(question: ConsumptionQuestion, available: Period | null): Period | null {
  if (!available) return null;
  const { from, to } = wholeSteps(question, calendarStep(question.resolution) ?? 'day');
  const period = { from: from > available.from ? from : available.from, to: to < available.to ? to : available.to };
  return period.from < period.to ? period : null;
}

/** The answer to a question that `checkQuestion` let through, from the days that `daysToRead` named. */
export function answerConsumption(question: ConsumptionQuestion, state: MeterState, measured: MeasuredDays): Consumption {
  const { meter, today, available, freshness, weather } = state;
  const { resolution, from, to, direction } = question;
  // Who feeds in is paid by another contract.
  const tariff = direction === 'production' ? undefined : state.tariff;
  const answer = { meterId: meter.id, resolution, ...(direction && { direction }), period: { from, to }, available, freshness };
  if ('curve' in measured) {
    // The total is that of what was measured: an hour is rounded, and averages over its gaps.
    const native = [...measured.curve];
    const segments = joinSegments(resolution === 'hour' ? hourlyCurve(native) : native);
    return { ...answer, series: { kind: 'curve', unit: 'W', segments }, total: energyOf(native) };
  }
  const step = calendarStep(resolution);
  if (!step) throw new TypeError(`"${resolution}" is answered from load curves, not from days`);
  const steps = stepsOf(withOnlyRegister(measured.days, meter.registers), step, question, today);
  const codes = codesOf(steps, meter.registers);
  const series = seriesOf(steps, step, stepStart(from, step), codes, state.powerUnit ?? 'W');
  return {
    ...answer,
    series,
    total: totalEnergy(series.values),
    ...(tariff && { cost: costOf(steps, codes, tariff) }),
    ...(weather && { weather: weatherOf(steps, weather) }),
  };
}

function refused(path: string, code: string, detail: string): PortalError {
  return new PortalError('invalid', { detail, fields: [{ path, code, detail }] });
}
