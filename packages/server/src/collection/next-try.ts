/** When a dataset is asked for again. Pure. */
import { addDays, dayStart, localDay, type TimeZone } from '@oya/contract';
import type { Outcome } from './connector.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** While yesterday is late. */
const LATE_MS = 2 * HOUR;
/** What nobody mends by asking is asked for each night for so long, and then each week. */
const NIGHTLY_TIMES = 7;
const LONGEST_MS = 12 * HOUR;

export interface Attempt {
  readonly outcome: Outcome['kind'];
  readonly retryAfterSeconds?: number | undefined;
  /** How often in a row it came to nothing, this time included. */
  readonly attempts: number;
  /** Whether yesterday is there. */
  readonly isFresh: boolean;
  /** In minutes since midnight. */
  readonly freshFrom: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: TimeZone;
}

/** Epoch milliseconds. */
export function nextTry({ outcome, retryAfterSeconds = 0, attempts, isFresh, freshFrom, now, timeZone }: Attempt): number {
  switch (outcome) {
    case 'data':
    case 'no-data':
      return isFresh ? midnightAfter(now, timeZone) : whenLate(now, timeZone, freshFrom);
    case 'quota':
    case 'busy':
      return now + Math.max(retryAfterSeconds * 1000, growing(MINUTE, attempts, HOUR));
    case 'refused':
      return now + HOUR;
    case 'broken':
      return now + growing(15 * MINUTE, attempts, LONGEST_MS);
    case 'before-history':
      return midnightAfter(now, timeZone);
    default:
      return midnightAfter(now, timeZone, attempts > NIGHTLY_TIMES ? 7 : 1);
  }
}

function whenLate(now: number, timeZone: TimeZone, freshFrom: number): number {
  const usual = dayStart(localDay(now, timeZone), timeZone) + freshFrom * MINUTE;
  return now < usual ? usual : Math.min(now + LATE_MS, midnightAfter(now, timeZone));
}

export function midnightAfter(now: number, timeZone: TimeZone, nights = 1): number {
  return dayStart(addDays(localDay(now, timeZone), nights), timeZone);
}

function growing(first: number, attempts: number, most: number): number {
  return Math.min(first * 2 ** Math.max(0, Math.min(attempts, 20) - 1), most);
}
