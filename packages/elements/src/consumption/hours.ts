/** What the hours of a day cost, by the contract's own rules, so that they add up to the day. */
import { dayMinutes, dayStart, energyByRegister, energyCosts, exactCost, registersOfDay, sum, type CurveSegment, type ExactCost, type LocalDay, type RegisterPlan, type Tariff, type TimeZone } from '@oya/contract';

const HOUR_MINUTES = 60;
const MINUTE = 60_000;

export interface PricedHour {
  /** Epoch milliseconds, `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** In Wh; `null` when nothing of it was measured. */
  readonly energy: number | null;
  readonly cost: ExactCost | null;
}

/**
 * Each hour is what the day cost up to its end less what it cost up to its beginning: rounding never adds up to something else.
 * @returns why not, where that is not known: which register counts when, or what it costs
 */
export function pricedHours(day: LocalDay, segments: readonly CurveSegment[], plan: RegisterPlan, tariff: Tariff, timeZone: TimeZone): PricedHour[] | 'registers' | 'price' {
  const stretches = registersOfDay(day, plan, timeZone);
  if (!stretches) return 'registers';
  const midnight = dayStart(day, timeZone);
  const hours: PricedHour[] = [];
  let [energyBefore, costBefore] = [0, 0];
  for (let end = HOUR_MINUTES; end <= dayMinutes(day, timeZone); end += HOUR_MINUTES) {
    const [from, to] = [midnight + (end - HOUR_MINUTES) * MINUTE, midnight + end * MINUTE];
    const registers = energyByRegister(day, segments.map((segment) => upTo(segment, to)), stretches, timeZone);
    const costs = energyCosts(day, registers, tariff);
    if (!costs) return 'price';
    const energy = Object.values(registers).reduce((total, part) => total + part, 0);
    const cost = sum(Object.values(costs));
    const isMeasured = segments.some((segment) => hasValue(segment, from, to));
    hours.push({ from, to, energy: isMeasured ? energy - energyBefore : null, cost: isMeasured ? exactCost(cost - costBefore) : null });
    [energyBefore, costBefore] = [energy, cost];
  }
  return hours;
}

/** An interval over the border counts with its share, as its power is an average. */
function upTo(segment: CurveSegment, end: number): Pick<CurveSegment, 'start' | 'stepMinutes' | 'values'> {
  const count = (end - Date.parse(segment.start)) / (segment.stepMinutes * MINUTE);
  if (Number.isInteger(count) || count >= segment.values.length || count <= 0) return { ...segment, values: segment.values.slice(0, Math.max(0, count)) };
  // To the minute: what remains of the interval stands in minutes of its own.
  const values = segment.values.flatMap((watts) => Array<number | null>(segment.stepMinutes).fill(watts));
  return { start: segment.start, stepMinutes: 1, values: values.slice(0, Math.round((end - Date.parse(segment.start)) / MINUTE)) };
}

function hasValue({ start, stepMinutes, values }: CurveSegment, from: number, to: number): boolean {
  const first = Date.parse(start);
  const step = stepMinutes * MINUTE;
  return values.some((watts, index) => watts !== null && first + index * step < to && first + (index + 1) * step > from);
}
