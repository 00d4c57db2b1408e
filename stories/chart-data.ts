/** What the chart stories draw: answers of the sandbox, put into words as an element would. */
import type { BarFormat, CurveFormat } from '@oya/charts';
import { getConsumption, listContracts, listMeters, localDay, offsetMinutes, qualityAt, type Consumption, type EnergySeries, type LocalDay, type Quality, type Resolution } from '@oya/contract';
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
      spoken(language, `${format.dateTime(from)} – ${format.time(to)}`, watts, qualityAt(quality, 0), power),
    offsetMinutes: (instant) => offsetMinutes(instant, TIME_ZONE),
  };
}

const TICK_STYLES = { year: 'year', month: 'month-name', day: 'medium' } as const;

function spoken(language: string, when: string, value: number | null, quality: Quality, inUnit: (value: number) => string): string {
  const words = QUALITY_WORDS[language as Language][quality];
  return `${when}${language === 'fr' ? ' :' : ':'} ${[value === null ? '' : inUnit(value), words].filter(Boolean).join(', ')}`;
}
