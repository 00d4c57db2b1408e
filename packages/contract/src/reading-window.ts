/** When an index counts for the next invoice, and which days one may have been read on. */
import type { ReadingWindow } from './portal.ts';
import { addDays, type LocalDay } from './time.ts';

/**
 * - `open`: what is sent until that day, inclusive, counts for the next invoice
 * - `early`: it opens on that day
 * - `late`: it has closed, and an invoice is on its way
 * - `always`: the utility takes indexes at any time, or no invoice is foreseen
 */
export type WindowState = { readonly state: 'open'; readonly until: LocalDay } | { readonly state: 'early'; readonly opensOn: LocalDay; readonly until: LocalDay } | { readonly state: 'late' | 'always' };

/** @param nextInvoiceOn around when the next invoice is issued; `null` where none is foreseen */
export function windowOn(today: LocalDay, nextInvoiceOn: LocalDay | null, window: ReadingWindow | undefined): WindowState {
  if (!window || nextInvoiceOn === null) return { state: 'always' };
  const opensOn = addDays(nextInvoiceOn, -window.opensDaysBefore);
  const until = addDays(nextInvoiceOn, -window.closesDaysBefore);
  if (today < opensOn) return { state: 'early', opensOn, until };
  return today <= until ? { state: 'open', until } : { state: 'late' };
}

/**
 * Why an index cannot be of a day: it is still to come, before the last real one, or one of that day is known already.
 * Anything else is a day on which somebody may have stood before the meter.
 */
export type ReadingDayFault = 'future' | 'before-last' | 'already-read';

/** @param known days of which a real index is known, in order */
export function readingDayFault(day: LocalDay, today: LocalDay, known: readonly LocalDay[]): ReadingDayFault | undefined {
  if (day > today) return 'future';
  if (known.includes(day)) return 'already-read';
  return day < (known.at(-1) ?? day) ? 'before-last' : undefined;
}
