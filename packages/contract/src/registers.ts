/** Which register counts when: peak and off-peak hours, Tempo colours. Clock times are those of the installation. */
import { offPeakOn, stretchesOf, type MinuteStretch, type OffPeak } from './contracts.ts';
import type { CurveSegment } from './series.ts';
import { countsByTempo, TEMPO_DAY_STARTS, TEMPO_REGISTERS, type TempoColour } from './tempo.ts';
import { addDays, dayMinutes, dayStart, offsetMinutes, type LocalDay, type TimeZone } from './time.ts';
import { divideRounded } from './units.ts';

const MINUTE = 60_000;
const TEMPO_OFF_PEAK = stretchesOf([{ from: '22:00', to: '06:00' }]);

/** How a contract counts. */
export interface RegisterPlan {
  /** The codes of the meter's registers. */
  readonly registers: readonly string[];
  /** For `HP` and `HC`. */
  readonly offPeak: readonly OffPeak[];
  /** For Tempo: the colour of a day, where it is known. */
  readonly tempoColour?: (day: LocalDay) => TempoColour | undefined;
}

/** A stretch of a local day in which one register counts; minutes elapsed since local midnight, 0 to 1380, 1440 or 1500. */
export interface RegisterStretch extends MinuteStretch {
  readonly code: string;
}

/**
 * Which register counts in each minute of a local day, in order and without gaps; `undefined` where the plan does not
 * tell: hours, a colour or a way of counting that is not known. Clocks that are set back run through an off-peak hour twice.
 */
export function registersOfDay(day: LocalDay, plan: RegisterPlan, timeZone: TimeZone): RegisterStretch[] | undefined {
  const { registers, offPeak } = plan;
  const [only] = registers;
  const minutes = dayMinutes(day, timeZone);
  if (registers.length === 1 && only !== undefined) return [{ from: 0, to: minutes, code: only }];
  const isTempo = countsByTempo(registers);
  if (!isTempo && !(registers.includes('HP') && registers.includes('HC'))) return undefined;
  const low = isTempo ? TEMPO_OFF_PEAK : offPeakStretches(offPeak, day);
  if (!low) return undefined;
  const codeAt = isTempo ? tempoCodes(day, plan, low) : (clock: number) => (covers(low, clock) ? 'HC' : 'HP');
  const borders = isTempo ? [0, TEMPO_DAY_STARTS, 24 * 60] : [0, 24 * 60];
  const clockBorders = [...new Set([...borders, ...low.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);

  const stretches: RegisterStretch[] = [];
  for (const { from, to, ahead } of clockRuns(day, minutes, timeZone)) {
    const cuts = [from + ahead, ...clockBorders.filter((border) => border > from + ahead && border < to + ahead), to + ahead];
    for (let index = 0; index + 1 < cuts.length; index++) {
      const [start, end] = [cuts[index] as number, cuts[index + 1] as number];
      const code = codeAt(start);
      if (code === undefined) return undefined;
      const last = stretches.at(-1);
      if (last?.code === code) stretches[stretches.length - 1] = { ...last, to: end - ahead };
      else stretches.push({ from: start - ahead, to: end - ahead, code });
    }
  }
  return stretches;
}

/**
 * The energy of a day's load curve by register, in Wh. An interval over a change of register is shared out by its minutes,
 * as its power is an average. Rounded so that the registers add up to the day (`energyOf`); without registers that counted nothing.
 */
export function energyByRegister(day: LocalDay, segments: readonly Pick<CurveSegment, 'start' | 'stepMinutes' | 'values'>[], stretches: readonly RegisterStretch[], timeZone: TimeZone): Record<string, number> {
  const midnight = dayStart(day, timeZone);
  const wattMinutes = new Map<string, number>();
  for (const { start, stepMinutes, values } of segments) {
    let from = Math.round((Date.parse(start) - midnight) / MINUTE);
    let place = 0;
    for (const watts of values) {
      const to = from + stepMinutes;
      while (place < stretches.length && (stretches[place] as RegisterStretch).to <= from) place++;
      if (watts !== null) {
        for (let next = place; next < stretches.length && (stretches[next] as RegisterStretch).from < to; next++) {
          const stretch = stretches[next] as RegisterStretch;
          const shared = Math.min(to, stretch.to) - Math.max(from, stretch.from);
          if (shared > 0) wattMinutes.set(stretch.code, (wattMinutes.get(stretch.code) ?? 0) + watts * shared);
        }
      }
      from = to;
    }
  }
  // Rounding the running sum, not each part, keeps the sum of the parts.
  const parts: Record<string, number> = {};
  let exact = 0;
  let rounded = 0;
  for (const [code, amount] of [...wattMinutes].sort(([left], [right]) => (left < right ? -1 : 1))) {
    exact += amount;
    const upTo = Number(divideRounded(BigInt(exact), 60n));
    parts[code] = upTo - rounded;
    rounded = upTo;
  }
  return parts;
}

/** A local day in stretches over which its clock runs evenly: one, or two on the days on which clocks are set. */
function clockRuns(day: LocalDay, minutes: number, timeZone: TimeZone): { from: number; to: number; ahead: number }[] {
  if (minutes === 24 * 60) return [{ from: 0, to: minutes, ahead: 0 }];
  const midnight = dayStart(day, timeZone);
  const offsetAt = (minute: number) => offsetMinutes(midnight + minute * MINUTE, timeZone);
  const before = offsetAt(0);
  let [low, high] = [0, minutes - 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === before) low = middle;
    else high = middle;
  }
  return [
    { from: 0, to: high, ahead: 0 },
    { from: high, to: minutes, ahead: offsetAt(minutes - 1) - before },
  ];
}

/** Hours that begin on the eve of a change still end as they began. */
function offPeakStretches(offPeak: readonly OffPeak[], day: LocalDay): MinuteStretch[] | undefined {
  const own = offPeakOn(offPeak, day);
  return own && stretchesOf(own.ranges, (offPeakOn(offPeak, addDays(day, -1)) ?? own).ranges);
}

function tempoCodes(day: LocalDay, { tempoColour }: RegisterPlan, low: readonly MinuteStretch[]): (clock: number) => string | undefined {
  const [eve, own] = [tempoColour?.(addDays(day, -1)), tempoColour?.(day)];
  return (clock) => {
    const colour = clock < TEMPO_DAY_STARTS ? eve : own;
    return colour && TEMPO_REGISTERS[colour][covers(low, clock) ? 'offPeak' : 'peak'];
  };
}

function covers(stretches: readonly MinuteStretch[], clock: number): boolean {
  return stretches.some(({ from, to }) => from <= clock && clock < to);
}
