/** What the chart stories draw: answers of the sandbox, put into words as an element would. */
import type { BarFormat, BarLine, BarPart, CurveBand, CurveFormat, Tone } from '@oya/charts';
import { getConsumption, listContracts, listMeters, localDay, offsetMinutes, qualityAt, type Consumption, type EnergySeries, type LoadCurve, type LocalDay, type Quality, type Resolution } from '@oya/contract';
import { Format } from '@oya/core';
import { sandboxOf } from './portal.ts';

const TIME_ZONE = 'Europe/Paris';

/** What the values of a quality are called, where they are not simply measured. */
const QUALITY_WORDS: Readonly<Record<'fr' | 'en', Readonly<Record<Quality, string>>>> = {
  fr: { real: '', provisional: 'provisoire', estimated: 'estimé', incomplete: 'incomplet', missing: 'pas de mesure' },
  en: { real: '', provisional: 'provisional', estimated: 'estimated', incomplete: 'incomplete', missing: 'no measurement' },
};

type Language = keyof typeof QUALITY_WORDS;

/** What a meter of a persona consumed, by the first of their contracts. */
export async function consumption(persona: string, resolution: Resolution, from: LocalDay, to: LocalDay): Promise<Consumption> {
  const portal = sandboxOf({ globals: { persona }, parameters: {} });
  const contract = (await portal.perform(listContracts, {})).items[0];
  const meter = contract && (await portal.perform(listMeters, { contractId: contract.id })).items[0];
  if (!meter) throw new Error(`${persona} has no meter`);
  return portal.perform(getConsumption, { meterId: meter.id, resolution, from, to });
}

/** Nothing was measured: what the owner of a chart says in its picture. */
export function emptyWords(language: string): HTMLElement {
  const words = document.createElement('span');
  words.slot = 'empty';
  words.textContent = language === 'fr' ? 'Aucune mesure sur cette période.' : 'No measurement in this period.';
  return words;
}

/** @param placeOf the day, or the first day of the month, at a place on the axis */
export function barFormat(
  language: string,
  step: 'day' | 'month',
  placeOf: (index: number) => LocalDay,
  { values, quality }: Pick<EnergySeries, 'values' | 'quality'>,
): BarFormat {
  const format = new Format(language, TIME_ZONE);
  const energy = (value: number) => format.energy(value);
  return {
    value: energy,
    axis: (value, withUnit) => format.number(value / 1000) + (withUnit ? '\u202fkWh' : ''),
    position: (index) => format.day(placeOf(index), step === 'day' ? 'day-of-month' : 'month-name'),
    spoken: (index) =>
      spoken(language, format.day(placeOf(index), step === 'day' ? 'full' : 'month'), values[index] ?? null, qualityAt(quality, index), energy),
  };
}

export function curveFormat(language: string): CurveFormat {
  const format = new Format(language, TIME_ZONE);
  const power = (watts: number) => format.power(watts);
  return {
    value: power,
    axis: (watts, withUnit) => format.number(watts / 1000, 1) + (withUnit ? '\u202fkW' : ''),
    tick: (instant, unit) => (unit === 'time' ? format.time(instant) : format.day(localDay(instant, TIME_ZONE), TICK_STYLES[unit])),
    spoken: ({ from, to, watts, quality }) =>
      spoken(language, `${format.day(localDay(from, TIME_ZONE))}, ${format.time(from)} – ${format.time(to)}`, watts, qualityAt(quality, 0), power),
    offsetMinutes: (instant) => offsetMinutes(instant, TIME_ZONE),
  };
}

const TONE_WORDS: Readonly<Record<'fr' | 'en', Readonly<Record<Tone, string>>>> = {
  fr: {
    peak: 'Heures pleines',
    'off-peak': 'Heures creuses',
    blue: 'Bleu, heures pleines',
    'blue-off-peak': 'Bleu, heures creuses',
    white: 'Blanc, heures pleines',
    'white-off-peak': 'Blanc, heures creuses',
    red: 'Rouge, heures pleines',
    'red-off-peak': 'Rouge, heures creuses',
  },
  en: {
    peak: 'Peak hours',
    'off-peak': 'Off-peak hours',
    blue: 'Blue, peak hours',
    'blue-off-peak': 'Blue, off-peak hours',
    white: 'White, peak hours',
    'white-off-peak': 'White, off-peak hours',
    red: 'Red, peak hours',
    'red-off-peak': 'Red, off-peak hours',
  },
};

export function toneWords(tone: Tone, language: string): string {
  return TONE_WORDS[language as Language][tone];
}

/** Values divided among the tones at each place: two fifths of every pair are off-peak. */
export function divided(values: readonly (number | null)[], tonesAt: (index: number) => readonly Tone[], language: string): BarPart[] {
  const tones = [...new Set(values.flatMap((_, index) => tonesAt(index)))];
  const share = (index: number, tone: Tone) => {
    const place = tonesAt(index).indexOf(tone);
    return place < 0 ? 0 : ((place % 2 === 0 ? 0.4 : 0.6) * 2) / tonesAt(index).length;
  };
  return tones.map((tone) => ({ code: tone, label: toneWords(tone, language), tone, values: values.map((value, index) => (value === null ? null : Math.floor(value * share(index, tone)))) }));
}

/** A temperature that falls as November does, with two days without one. */
export function temperatures(count: number, language: string): BarLine {
  const format = new Format(language, TIME_ZONE);
  return {
    label: language === 'fr' ? 'Température' : 'Temperature',
    values: Array.from({ length: count }, (_, index) => (index === 6 || index === 7 ? null : 12 - index * 0.3 + 2.5 * Math.sin(index))),
    format: (value) => `${format.number(value, 1)}\u202f°C`,
  };
}

/** A day's curve place by place, with what the clock shows there in hours. */
export function dayOf({ segments }: LoadCurve): { values: (number | null)[]; quality: string; instants: number[]; clock: number[] } {
  const instants = segments.flatMap(({ start, stepMinutes, values }) => values.map((_, index) => Date.parse(start) + index * stepMinutes * 60_000));
  const clock = instants.map((instant) => (((instant / 60_000 + offsetMinutes(instant, TIME_ZONE)) % 1440) + 1440) % 1440 / 60);
  return { values: segments.flatMap(({ values }) => values), quality: segments.map(({ quality }) => quality).join(''), instants, clock };
}

/** A night from 21:30 to 05:30, each day from an instant at midnight on; or whole days of Tempo, from six to six. */
export function bandsFrom(midnight: number, days: number, language: string, tones?: readonly Tone[]): CurveBand[] {
  const HOUR = 3_600_000;
  return Array.from({ length: days }, (_, day) => midnight + day * 24 * HOUR).flatMap((start, day): CurveBand[] => {
    const tone = tones?.[day % tones.length];
    if (!tone) return [{ from: start - 2.5 * HOUR, to: start + 5.5 * HOUR, tone: 'off-peak', label: toneWords('off-peak', language) }];
    return [{ from: start + 6 * HOUR, to: start + 30 * HOUR, tone, label: toneWords(tone, language).split(',')[0] ?? '' }];
  });
}

const TICK_STYLES = { year: 'year', month: 'month-name', day: 'medium' } as const;

function spoken(language: string, when: string, value: number | null, quality: Quality, inUnit: (value: number) => string): string {
  const words = QUALITY_WORDS[language as Language][quality];
  return `${when}${language === 'fr' ? ' :' : ':'} ${[value === null ? '' : inUnit(value), words].filter(Boolean).join(', ')}`;
}
