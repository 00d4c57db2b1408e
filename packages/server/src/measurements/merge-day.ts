/** What becomes of a day that is known already when more is told about it. Pure. */
import { rankOf } from './columns.ts';

/** Part of a local day with one step; minutes elapsed since local midnight. */
export interface CurveRun {
  startMinute: number;
  stepMinutes: number;
  watts: (number | null)[];
  quality: string;
}

/** What was told, value by value. */
export interface MergeCounts {
  /** Values where there was none. */
  added: number;
  /** Values that took the place of others: better ones, or corrections as good as what they correct. */
  replaced: number;
  /** Values that are known already. */
  unchanged: number;
  /** Values left out, because what is known is more trustworthy. */
  kept: number;
}

export function noCounts(): MergeCounts {
  return { added: 0, replaced: 0, unchanged: 0, kept: 0 };
}

/**
 * Whether something told takes the place of what is known: where it is another, and at least as trustworthy.
 * @param counts is added to
 */
export function takesPlace<T extends { quality: string }>(known: T | undefined, told: T, isSame: (known: T, told: T) => boolean, counts: MergeCounts): boolean {
  if (!known) counts.added++;
  else if (known.quality === told.quality && isSame(known, told)) counts.unchanged++;
  else if (rankOf(told.quality) > rankOf(known.quality)) counts.kept++;
  else counts.replaced++;
  return !known || (rankOf(told.quality) <= rankOf(known.quality) && !(known.quality === told.quality && isSame(known, told)));
}

interface Interval {
  minute: number;
  step: number;
  watts: number | null;
  letter: string;
}

/**
 * Merges runs into those of the same local day. A value gives way only to one that is at least as trustworthy:
 * the real replaces the estimated and the provisional, never the reverse; a missing value replaces none.
 * Where steps differ, a new interval displaces all that it overlaps or nothing.
 * @param counts is added to
 * @param onReplaced gets what gave way, in order; not what was provisional and has become real as it was
 */
export function mergeDay(known: readonly CurveRun[], told: readonly CurveRun[], counts: MergeCounts, onReplaced: (runs: CurveRun[]) => void = () => {}): CurveRun[] {
  // Most days are told once, and whole.
  if (known.length === 0 && areApart(told)) return asTold(told, counts);
  const intervals = new Map<number, Interval>();
  /** Which interval covers a minute, by the minute on which it begins. */
  const coveredBy = new Map<number, number>();
  const place = (interval: Interval): void => {
    intervals.set(interval.minute, interval);
    for (let minute = interval.minute; minute < interval.minute + interval.step; minute++) coveredBy.set(minute, interval.minute);
  };
  const remove = (interval: Interval): void => {
    intervals.delete(interval.minute);
    for (let minute = interval.minute; minute < interval.minute + interval.step; minute++) coveredBy.delete(minute);
  };
  for (const interval of intervalsOf(known)) place(interval);
  const replaced: Interval[] = [];

  for (const interval of intervalsOf(told)) {
    const overlapped = new Set<Interval>();
    for (let minute = interval.minute; minute < interval.minute + interval.step; minute++) {
      const start = coveredBy.get(minute);
      if (start !== undefined) overlapped.add(intervals.get(start) as Interval);
    }
    const measured = [...overlapped].filter(({ watts }) => watts !== null);
    if (interval.watts === null) {
      // That a value is missing is worth noting only where nothing is known.
      if (overlapped.size === 0) place(interval);
      continue;
    }
    if (measured.some((other) => rankOf(other.letter) < rankOf(interval.letter))) {
      counts.kept++;
      continue;
    }
    const [same] = measured;
    if (measured.length === 1 && same?.minute === interval.minute && same.step === interval.step && same.watts === interval.watts && same.letter === interval.letter) {
      counts.unchanged++;
      continue;
    }
    if (measured.length > 0) counts.replaced++;
    else counts.added++;
    const isConfirmed = measured.length === 1 && same?.minute === interval.minute && same.step === interval.step && same.watts === interval.watts && same.letter === 'p';
    if (!isConfirmed) replaced.push(...measured);
    for (const other of overlapped) remove(other);
    place(interval);
  }
  if (replaced.length > 0) onReplaced(runsOf(replaced.sort(byMinute)));
  return runsOf([...intervals.values()].sort(byMinute));
}

function areApart(runs: readonly CurveRun[]): boolean {
  return runs.every(({ startMinute }, index) => {
    const before = runs[index - 1];
    return !before || before.startMinute + before.watts.length * before.stepMinutes <= startMinute;
  });
}

function asTold(told: readonly CurveRun[], counts: MergeCounts): CurveRun[] {
  for (const { watts } of told) for (const value of watts) if (value !== null) counts.added++;
  return runsOf([...intervalsOf(told)]);
}

function byMinute(left: Interval, right: Interval): number {
  return left.minute - right.minute;
}

function* intervalsOf(runs: readonly CurveRun[]): Generator<Interval, void, undefined> {
  for (const { startMinute, stepMinutes, watts, quality } of runs) {
    for (let index = 0; index < watts.length; index++) {
      yield { minute: startMinute + index * stepMinutes, step: stepMinutes, watts: watts[index] ?? null, letter: quality[index] ?? 'm' };
    }
  }
}

function runsOf(intervals: readonly Interval[]): CurveRun[] {
  const runs: CurveRun[] = [];
  for (const { minute, step, watts, letter } of intervals) {
    const last = runs.at(-1);
    if (last && last.stepMinutes === step && last.startMinute + last.watts.length * step === minute) {
      last.watts.push(watts);
      last.quality += letter;
    } else {
      runs.push({ startMinute: minute, stepMinutes: step, watts: [watts], quality: letter });
    }
  }
  return runs;
}
