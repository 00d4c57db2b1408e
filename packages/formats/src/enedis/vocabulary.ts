/** What Enedis' words and letters mean, in every generation of its files. */
import { QUALITIES, TEMPO_REGISTERS, type Direction } from '@oya/contract';
import { simplified } from '../csv.ts';
import type { Subject } from '../measurements.ts';

/**
 * Nature of a value: `B` (brute) is what the meter measured. Every other letter (corrected, calculated, estimated,
 * rebuilt…) is a value that the operator made where the meter had none, which for a customer is an estimate.
 * A raw value whose plausibility index is not 0 is doubted by the operator and may be replaced: provisional.
 * The complementary state (power cut, clock set…) tells why a value is what it is, not how far to trust it.
 */
export function qualityOf(nature: string, plausibilityIndex = ''): string {
  if (nature !== '' && nature !== 'B') return QUALITIES.estimated;
  return plausibilityIndex === '' || plausibilityIndex === '0' ? QUALITIES.real : QUALITIES.provisional;
}

/** For values without their own letter: the stage of the whole file, `BRUT` or `Comptage Brut` being as measured. */
export function qualityOfStage(stage: string): string {
  return stage === '' || /brut/i.test(stage) ? QUALITIES.real : QUALITIES.estimated;
}

/** A PRM has 14 digits; anything else is masked. */
export function deliveryPointOf(text: string): string | null {
  return /^\d{14}$/.test(text) ? text : null;
}

/** Minutes of an ISO 8601 duration such as `PT30M` or `PT1H`; `undefined` for any other text. */
export function durationMinutes(text: string): number | undefined {
  const parts = /^PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?$/.exec(text);
  if (!parts) return undefined;
  const minutes = Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0);
  return minutes === 0 ? undefined : minutes;
}

/** Whether energy was consumed or fed in, from a word of `grandeur métier` or of the kind of data; `undefined` when it says neither. */
export function directionOf(words: string): Direction | undefined {
  if (/prod|inject/i.test(words)) return 'production';
  return /cons|soutir/i.test(words) ? 'consumption' : undefined;
}

/** What a physical quantity measures in a unit: PA, active power; EA, active energy; PMA, the greatest power of a day. */
export function measureOf(physical: string, unit: 'W' | 'VA' | 'Wh'): Subject['measure'] | undefined {
  if (/^(PMA|puissance max.*)$/i.test(physical)) return unit === 'Wh' ? undefined : unit;
  if (/^(PA|puissance active)$/i.test(physical)) return unit === 'W' ? 'curve' : undefined;
  return /^(EA|energie active)$/i.test(physical) && unit === 'Wh' ? 'days' : undefined;
}

/** Classes of Enedis' and EDF's calendars by the codes of the contract: `BUHC` is off-peak of a blue day. */
const REGISTERS: readonly (readonly [RegExp, string])[] = [
  [/^(base|toutes heures.*)$/, 'BASE'],
  [/^(hp|heures pleines)$/, 'HP'],
  [/^(hc|heures creuses)$/, 'HC'],
  [/^(buhp|hpjb|heures pleines (jours? )?bleus?)$/, TEMPO_REGISTERS.blue.peak],
  [/^(buhc|hcjb|heures creuses (jours? )?bleus?)$/, TEMPO_REGISTERS.blue.offPeak],
  [/^(bchp|hpjw|heures pleines (jours? )?blancs?)$/, TEMPO_REGISTERS.white.peak],
  [/^(bchc|hcjw|heures creuses (jours? )?blancs?)$/, TEMPO_REGISTERS.white.offPeak],
  [/^(rhp|hpjr|heures pleines (jours? )?rouges?)$/, TEMPO_REGISTERS.red.peak],
  [/^(rhc|hcjr|heures creuses (jours? )?rouges?)$/, TEMPO_REGISTERS.red.offPeak],
];

/** The code of a register from a calendar's class or an export's words; as they are, when they are none of those known. */
export function registerOf(words: string): string {
  const plain = simplified(words);
  return REGISTERS.find(([pattern]) => pattern.test(plain))?.[1] ?? words;
}

/** By how an index came about: `Arrêté quotidien`, `Index transmis par le distributeur`, `Index estimé`. */
export function qualityOfReading(words: string, otherwise: string = QUALITIES.real): string {
  return /estim/i.test(words) ? QUALITIES.estimated : otherwise;
}
