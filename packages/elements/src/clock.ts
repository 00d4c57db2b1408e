import { clockMinutes, stretchesOf, type ClockRange, type ClockTime } from '@oya/contract';
import type { Format } from '@oya/core';
import { minutesWords, stretchesWords, type ClockTexts } from './clock-words.ts';

/** `1 h 34`, `7 h`, `minuit`: a time of day, which has no date and no time zone of its own. */
export function clockWords(time: ClockTime, format: Format, t: ClockTexts<'midnight'>): string {
  return minutesWords(clockMinutes(time), format, t);
}

/** `de 1 h 34 à 7 h 34 et de 12 h 04 à 14 h 04`. */
export function rangesWords(ranges: readonly ClockRange[], format: Format, t: ClockTexts<'midnight' | 'range'>): string {
  return stretchesWords(ranges.map(({ from, to }) => ({ from: clockMinutes(from), to: clockMinutes(to) })), format, t);
}

/** How long daily ranges last together: `8 heures`, `7 h 30`. */
export function durationWords(ranges: readonly ClockRange[], t: ClockTexts<'hours' | 'hours-minutes'>): string {
  const minutes = stretchesOf(ranges).reduce((total, { from, to }) => total + to - from, 0);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? t('hours', { count: hours }) : t('hours-minutes', { hours, minutes: String(rest).padStart(2, '0') });
}
