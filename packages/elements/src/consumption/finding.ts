/** Something worth saying first of a picture, in energy or in money. */
import type { CalendarStep } from '@oya/contract';
import { amountsOf, isComplete, type Picture } from './picture.ts';
import type { Unit } from './question.ts';

export type Finding =
  /** Against the same steps of the baseline; `whole` when those are the whole period, both times. */
  | { readonly kind: 'change'; readonly ratio: number; readonly whole: boolean }
  /** In the amounts of the unit. */
  | { readonly kind: 'average'; readonly perStep: number };

const FEWEST_COMPARED: Record<CalendarStep, number> = { day: 7, month: 3, year: 1 };
/** Of the steps that are over, how many must be comparable. */
const SHARE_COMPARED = 0.8;

/**
 * Compares only what is complete on both sides, step by step, and enough of it; a period that is not over is held against
 * the same days or months of its baseline, never as if it were whole. Otherwise an average, or nothing.
 */
export function findingOf(picture: Picture, unit: Unit = 'measure'): Finding | undefined {
  const { states, before, step, slots } = picture;
  const amounts = amountsOf(picture, unit);
  const earlier = before ? amountsOf(before, unit) : [];
  let own = 0;
  let their = 0;
  let compared = 0;
  let over = 0;
  amounts.forEach((amount, index) => {
    if (states[index] === 'unfinished') return;
    over += 1;
    const other = earlier[index] ?? null;
    if (amount === null || other === null || !isComplete(states[index]) || !isComplete(before?.states[index])) return;
    own += amount;
    their += other;
    compared += 1;
  });
  if (their > 0 && compared >= FEWEST_COMPARED[step] && compared >= over * SHARE_COMPARED) {
    return { kind: 'change', ratio: own / their - 1, whole: compared === slots && compared === earlier.length };
  }
  const complete = amounts.filter((amount, index) => amount !== null && isComplete(states[index]));
  if (complete.length === 0) return undefined;
  return { kind: 'average', perStep: Math.round(complete.reduce<number>((sum, amount) => sum + (amount ?? 0), 0) / complete.length) };
}
