/**
 * EcoWatt of RTE, `signals` v4 and v5: how tense the network will be, for today and three days. The days come in any
 * order; today may begin with the hour that is now.
 */
import { localDay, type Instant, type LocalDay, type TimeZone } from '@oya/contract';
import { elementLines, listOf, objectOf, parseJson, textOf, type JsonObject } from '../json.ts';
import type { EcoWattDays, Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { parseDay, parseInstant } from '../timestamps.ts';

type Day = EcoWattDays['days'][number];

const HOURS = 24;

export const ecowatt = {
  name: 'ecowatt',
  title: 'RTE EcoWatt JSON (signals)',

  matches({ head }: Source): boolean {
    return /^\s*\{/.test(head) && head.includes('"signals"') && /"(dvalue|GenerationFichier|jour)"/.test(head);
  },

  read({ text }: Source, { timeZone }: ReadOptions): Reading {
    const signals = listOf(objectOf(parseJson(text))['signals']).map(objectOf);
    let lines: number[] | undefined;
    const report = new RowReport((place) => (lines ??= elementLines(text, ['signals']))[place] ?? 1);
    const days = new Map<LocalDay, { day: Day; place: number }>();
    signals.forEach((signal, place) => {
      const day = dayOf(signal, timeZone, (reason) => report.skip(place, reason));
      if (typeof day === 'string') {
        report.skip(place, day);
        return;
      }
      const known = days.get(day.day);
      const [later, earlier] = known && known.day.generatedAt >= day.generatedAt ? [known, place] : [{ day, place }, known?.place];
      days.set(day.day, later);
      if (earlier === undefined) report.read++;
      else report.skip(earlier, `the signal for ${day.day} on line ${report.lineOf(later.place)} is newer, and counts`);
    });
    const ascending = [...days.values()].map(({ day }) => day).sort((left, right) => left.day.localeCompare(right.day));
    return report.reading([{ kind: 'ecowatt', days: ascending }], { reason: 'the file holds no signal', advice: 'Ask RTE again: the answer is empty.' });
  },
} as const satisfies Reader;

/** @returns the reason in words when the signal as a whole cannot be read; an hour that cannot is reported and left out */
function dayOf(signal: JsonObject, timeZone: TimeZone, leaveOut: (reason: string) => void): Day | string {
  const given = textOf(signal['jour']);
  const begin = parseInstant(given);
  const day = begin ? localDay(Date.parse(begin), timeZone) : given;
  const known = parseDay(day);
  if (typeof known === 'string') return known;
  const level = Number(textOf(signal['dvalue']) || NaN);
  if (level !== 1 && level !== 2 && level !== 3) return `“${textOf(signal['dvalue']).slice(0, 20)}” is not a level of a day: 1 normal, 2 tense, 3 very tense`;
  const generatedAt: Instant | undefined = parseInstant(textOf(signal['GenerationFichier']));
  if (!generatedAt) return `“${textOf(signal['GenerationFichier']).slice(0, 40)}” does not tell when the signal was made`;

  const hours: Day['hours'] = Array<null>(HOURS).fill(null);
  for (const step of listOf(signal['values']).map(objectOf)) {
    const [hour, value] = [Number(textOf(step['pas']) || NaN), Number(textOf(step['hvalue']) || NaN)];
    const isHour = Number.isInteger(hour) && hour >= 0 && hour < HOURS;
    if (!isHour || !(value === 0 || value === 1 || value === 2 || value === 3)) leaveOut(`hour “${textOf(step['pas']).slice(0, 20)}” with level “${textOf(step['hvalue']).slice(0, 20)}” is left out`);
    else hours[hour] = value;
  }
  return { day: day.slice(0, 10), level, message: textOf(signal['message']), generatedAt, hours };
}
