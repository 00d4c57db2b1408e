/** Days that were asked for and were not there: asked for again ever more rarely, and at last no more. Pure. */
import { addDays, daysBetween, type LocalDay, type Period } from '@oya/contract';

/** Days in a row with the same past. */
export interface Gap {
  readonly from: LocalDay;
  /** Excluded. */
  readonly to: LocalDay;
  readonly askedOn: LocalDay;
  readonly times: number;
}

/** Waits double from two days on, so that the last time is a month after the first. */
export const GIVEN_UP_AFTER = 5;

/** Whether a day of a gap is worth asking for today. */
export function isDue({ askedOn, times }: Pick<Gap, 'askedOn' | 'times'>, today: LocalDay): boolean {
  return times < GIVEN_UP_AFTER && daysBetween(askedOn, today) >= 2 ** times;
}

export function gapOf(gaps: readonly Gap[], day: LocalDay): Gap | undefined {
  return gaps.find(({ from, to }) => from <= day && day < to);
}

/**
 * What is known of gaps after a period was asked for: those of its days that are still absent were asked for once more.
 * On one day a gap is asked for once, however often it was.
 */
export function noteAsked(gaps: readonly Gap[], { from, to }: Period, absent: ReadonlySet<LocalDay>, today: LocalDay): Gap[] {
  const noted: Gap[] = gaps.flatMap((gap) => [
    { ...gap, to: gap.to < from ? gap.to : from },
    { ...gap, from: gap.from > to ? gap.from : to },
  ]);
  for (let day = from; day < to; day = addDays(day, 1)) {
    if (!absent.has(day)) continue;
    const before = gapOf(gaps, day);
    noted.push({ from: day, to: addDays(day, 1), askedOn: today, times: before?.askedOn === today ? before.times : (before?.times ?? 0) + 1 });
  }
  return joined(noted.filter((gap) => gap.from < gap.to));
}

function joined(gaps: readonly Gap[]): Gap[] {
  const runs: Gap[] = [];
  for (const gap of gaps.toSorted((left, right) => (left.from < right.from ? -1 : 1))) {
    const last = runs.at(-1);
    if (last && last.to === gap.from && last.askedOn === gap.askedOn && last.times === gap.times) runs[runs.length - 1] = { ...last, to: gap.to };
    else runs.push(gap);
  }
  return runs;
}
