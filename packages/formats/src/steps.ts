/** How long the interval of a row is, when the file only tells when it ends. */

/** The interval lengths of French meters, in minutes. */
export const INTERVAL_STEPS: readonly number[] = [5, 10, 15, 30, 60];
export const UNKNOWN_STEP = 0;

/**
 * Two rows 60 minutes apart may be an hourly step or two half-hours with one missing between. A longer distance
 * than the step before is believed to be a new step when it comes this many times in a row; else it is a gap,
 * so that a doubt gives missing values and not invented energy.
 */
const RUN_OF_A_LONGER_STEP = 4;

/**
 * Fills the unknown steps from the distances between rows.
 * @param ends epoch minutes, strictly ascending
 * @param steps minutes, `UNKNOWN_STEP` where to be told; stays unknown where nothing tells
 * @param usualStep what the file says of all its rows, if it does: believed until the rows show another step
 */
export function inferSteps(ends: Int32Array, steps: Uint8Array, length: number, usualStep: number): void {
  const distance = (index: number): number => (index > 0 && index < length ? (ends[index] as number) - (ends[index - 1] as number) : Infinity);
  const isRun = (index: number): boolean => {
    for (let next = index; next < index + RUN_OF_A_LONGER_STEP; next++) if (distance(next) !== distance(index)) return false;
    return true;
  };

  for (let index = 0; index < length; index++) {
    if (steps[index] !== UNKNOWN_STEP) continue;
    const before = index === 0 ? usualStep : (steps[index - 1] as number);
    steps[index] = before === UNKNOWN_STEP ? firstStep(index) : nextStep(index, before);
  }

  /** Without a step before: that of the row that follows, unless the one after is nearer, which makes the first a gap. */
  function firstStep(index: number): number {
    const near = [distance(index), distance(index + 1), distance(index + 2)].filter((minutes) => INTERVAL_STEPS.includes(minutes));
    return near.length === 0 ? UNKNOWN_STEP : Math.min(...near);
  }

  function nextStep(index: number, before: number): number {
    const here = distance(index);
    const following = distance(index + 1);
    if (here === before) return before;
    if (here < before) {
      const fitting = [following, here].filter((minutes) => minutes <= here && INTERVAL_STEPS.includes(minutes));
      return fitting[0] ?? UNKNOWN_STEP;
    }
    if (INTERVAL_STEPS.includes(here) && isRun(index)) return here;
    // After a gap: a new step when one can be seen to begin, otherwise the old one goes on.
    const begins = INTERVAL_STEPS.includes(following) && following <= here && (following < before || isRun(index + 1));
    return begins ? following : before;
  }
}
