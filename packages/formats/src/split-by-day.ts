import { addDays, dayStart, instant, localDay, type CurveSegment, type LoadCurve, type LocalDay, type TimeZone } from '@oya/contract';

const MINUTE = 60_000;

/** The part of a load curve that lies in one local day. */
export interface CurveDay {
  day: LocalDay;
  segments: CurveSegment[];
}

/**
 * Cuts a load curve at local midnights, in ascending order; days without an interval are left out.
 * An interval belongs to the day in which it begins.
 */
export function* splitByDay(curve: LoadCurve, timeZone: TimeZone): Generator<CurveDay, void, undefined> {
  let current: CurveDay | undefined;
  for (const { start, stepMinutes, values, quality } of curve.segments) {
    const step = stepMinutes * MINUTE;
    const from = Date.parse(start);
    for (let index = 0; index < values.length; ) {
      const at = from + index * step;
      const day = localDay(at, timeZone);
      const midnight = dayStart(addDays(day, 1), timeZone);
      const next = Math.min(values.length, index + Math.ceil((midnight - at) / step));
      const part: CurveSegment = { start: instant(at), stepMinutes, values: values.slice(index, next), quality: quality.slice(index, next) };
      if (current?.day === day) {
        current.segments.push(part);
      } else {
        if (current) yield current;
        current = { day, segments: [part] };
      }
      index = next;
    }
  }
  if (current) yield current;
}
