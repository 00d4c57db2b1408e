/** Times of day in words: apart from the rules of contracts, which elements without a contract do not need. */
import { Format } from '@oya/core';

const MINUTE = 60_000;
const MINUTES_OF_A_DAY = 24 * 60;

/** Words of the element that tells of hours. */
export type ClockTexts<K extends string> = (key: K, values?: Readonly<Record<string, string | number>>) => string;

/** `1 h 34`, `7 h`, `minuit`: a time of day in minutes since midnight, which has no date and no time zone of its own. */
export function minutesWords(minutes: number, { locale }: Format, t: ClockTexts<'midnight'>): string {
  const ofDay = minutes % MINUTES_OF_A_DAY;
  if (ofDay === 0) return t('midnight');
  const words = new Format(locale, 'UTC').time(ofDay * MINUTE);
  return locale.startsWith('fr') ? words.replace(/\s00$/u, '') : words;
}

/** `de 1 h 34 à 7 h 34 et de 12 h 04 à 14 h 04`; in minutes since midnight. */
export function stretchesWords(stretches: readonly { readonly from: number; readonly to: number }[], format: Format, t: ClockTexts<'midnight' | 'range'>): string {
  const each = stretches.map(({ from, to }) => t('range', { from: minutesWords(from, format, t), to: minutesWords(to, format, t) }));
  return new Intl.ListFormat(format.locale, { type: 'conjunction' }).format(each);
}
