import { utcDay, utcMonday, utcMonth, utcSunday, utcTickInterval, utcYear } from 'd3-time';
import type { TimeWindow } from './columns.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const WEEK = 168 * HOUR;
/** Stretches in which no zone changes its clocks twice. */
const STEADY = [4 * WEEK, WEEK];
const MOST_OFFSETS = 5000;

/** The largest unit that begins at a tick: its label tells the year, the month, the day, or the time of day. */
export type TickUnit = 'year' | 'month' | 'day' | 'time';

export interface TimeTick {
  /** Epoch milliseconds. */
  readonly instant: number;
  readonly unit: TickUnit;
}

/** Local time minus UTC in minutes, at an instant in epoch milliseconds. */
export type OffsetMinutes = (instant: number) => number;

/**
 * Ticks at local midnights, hours, months and years of the installation's time zone, whatever that of the reader.
 * d3 counts in UTC on clock readings moved to UTC; each is then moved back by the offset that holds there.
 * @param count about how many there is room for
 */
export function timeTicks(window: TimeWindow, count: number, offsetMinutes: OffsetMinutes): TimeTick[] {
  const from = window.from + offsetMinutes(window.from) * MINUTE;
  const to = window.to + offsetMinutes(window.to) * MINUTE;
  const chosen = utcTickInterval(new Date(from), new Date(to), Math.max(1, count));
  if (!chosen) return [];
  // Weeks begin on Monday (ISO 8601).
  const interval = chosen === utcSunday ? utcMonday : chosen;
  const ticks: TimeTick[] = [];
  for (const clock of interval.range(new Date(from - HOUR), new Date(to + HOUR))) {
    const instant = instantOf(clock.getTime(), offsetMinutes);
    if (instant < window.from || instant > window.to) continue;
    // A clock reading that a clock change leaves out is the same instant as the next one.
    if (ticks.at(-1)?.instant === instant) ticks.pop();
    ticks.push({ instant, unit: unitOf(clock) });
  }
  return ticks;
}

/**
 * Remembers offsets, because `Intl` behind them is too slow for each frame. Four weeks that begin and end at the same offset
 * have it throughout, and so has a week: no zone changes its clocks twice in them. In the others it is remembered by the quarter
 * of an hour.
 */
export function rememberOffsets(offsetMinutes: OffsetMinutes): OffsetMinutes {
  const known = new Map<number, number>();
  const at = (instant: number): number => {
    let offset = known.get(instant);
    if (offset === undefined) {
      // Bounds the memory of a long session of zooming.
      if (known.size > MOST_OFFSETS) known.clear();
      known.set(instant, (offset = offsetMinutes(instant)));
    }
    return offset;
  };
  return (instant) => {
    for (const length of STEADY) {
      const start = Math.floor(instant / length) * length;
      const offset = at(start);
      if (offset === at(start + length)) return offset;
    }
    return at(Math.floor(instant / QUARTER) * QUARTER);
  };
}

function instantOf(clock: number, offsetMinutes: OffsetMinutes): number {
  const guess = clock - offsetMinutes(clock) * MINUTE;
  return clock - offsetMinutes(guess) * MINUTE;
}

function unitOf(clock: Date): TickUnit {
  if (utcDay(clock) < clock) return 'time';
  if (utcMonth(clock) < clock) return 'day';
  return utcYear(clock) < clock ? 'month' : 'year';
}
