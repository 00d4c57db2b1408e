import { clockMinutes, stretchesOf, type ClockRange, type ClockTime } from '@oya/contract';
import { Format } from '@oya/core';

const MINUTE = 60_000;
const MINUTES_OF_A_DAY = 24 * 60;

/** Words of the element that tells of hours. */
type Words<K extends string> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

/** `1 h 34`, `7 h`, `minuit`: a time of day, which has no date and no time zone of its own. */
export function clockWords(time: ClockTime, { locale }: Format, t: Words<'midnight'>): string {
  const minutes = clockMinutes(time) % MINUTES_OF_A_DAY;
  if (minutes === 0) return t('midnight');
  const words = new Format(locale, 'UTC').time(minutes * MINUTE);
  return locale.startsWith('fr') ? words.replace(/\s00$/u, '') : words;
}

/** `de 1 h 34 à 7 h 34 et de 12 h 04 à 14 h 04`. */
export function rangesWords(ranges: readonly ClockRange[], format: Format, t: Words<'midnight' | 'range'>): string {
  const each = ranges.map(({ from, to }) => t('range', { from: clockWords(from, format, t), to: clockWords(to, format, t) }));
  return new Intl.ListFormat(format.locale, { type: 'conjunction' }).format(each);
}

/** How long daily ranges last together: `8 heures`, `7 h 30`. */
export function durationWords(ranges: readonly ClockRange[], t: Words<'hours' | 'hours-minutes'>): string {
  const minutes = stretchesOf(ranges).reduce((total, { from, to }) => total + to - from, 0);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? t('hours', { count: hours }) : t('hours-minutes', { hours, minutes: String(rest).padStart(2, '0') });
}
