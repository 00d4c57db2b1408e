import { dayStart, QUALITIES, type LocalDay, type Quality, type TimeZone } from '@oya/contract';

const qualities = Object.entries(QUALITIES) as [Quality, string][];

/** How trustworthy a quality letter is: 0 is the best. */
export function rankOf(letter: string): number {
  return qualities.findIndex(([, known]) => known === letter);
}

export function qualityOfLetter(letter: string): Quality {
  return qualities.find(([, known]) => known === letter)?.[0] ?? 'missing';
}

const midnights = new Map<string, number>();
/** A century of days in one time zone. */
const MOST_MIDNIGHTS = 40_000;

/** `dayStart`, remembered: asking the time zone's rules for each day of a year costs more than the query. */
export function midnight(day: LocalDay, timeZone: TimeZone): number {
  const key = timeZone + day;
  let start = midnights.get(key);
  if (start === undefined) {
    start = dayStart(day, timeZone);
    if (midnights.size >= MOST_MIDNIGHTS) midnights.clear();
    midnights.set(key, start);
  }
  return start;
}
