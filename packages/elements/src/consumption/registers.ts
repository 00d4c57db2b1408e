/** How the registers of a meter stand in a picture: in which order, in which tone, by which name. */
import type { Tone } from '@oya/charts';
import { TEMPO_REGISTERS, TempoColour } from '@oya/contract';
import type { Translate } from '@oya/core';
import type { fr } from './consumption.messages.ts';

/** Cheapest first, which stands at the foot of a bar. A register that is not listed comes last, under its code. */
const KNOWN = ['HC', 'HP', 'HCJB', 'HPJB', 'HCJW', 'HPJW', 'HCJR', 'HPJR'] as const;
const TONES: Readonly<Record<(typeof KNOWN)[number], Tone>> = {
  HC: 'off-peak',
  HP: 'peak',
  HCJB: 'blue-off-peak',
  HPJB: 'blue',
  HCJW: 'white-off-peak',
  HPJW: 'white',
  HCJR: 'red-off-peak',
  HPJR: 'red',
};

export function inOrder<R extends { readonly code: string }>(registers: readonly R[]): R[] {
  const place = ({ code }: R) => (KNOWN as readonly string[]).indexOf(code) >>> 0;
  return [...registers].sort((a, b) => place(a) - place(b));
}

export function toneOf(code: string): Tone {
  return isKnown(code) ? TONES[code] : code.startsWith('HC') ? 'off-peak' : 'peak';
}

export function registerName(code: string, t: Translate<typeof fr>): string {
  return isKnown(code) ? t(`register.${code}`) : code;
}

/** The codes of the registers that counted something in a bar. */
export function countedIn(registers: readonly { readonly code: string; readonly values: readonly (number | null)[] }[] | undefined, index: number): string[] {
  return (registers ?? []).filter(({ values }) => values[index]).map(({ code }) => code);
}

/**
 * The colours of a Tempo day and of its eve, told from the registers that counted: off-peak hours before six are still those
 * of the eve.
 */
export function tempoColours(codes: readonly string[]): { own: TempoColour; eve: TempoColour } | undefined {
  const counted = (which: 'peak' | 'offPeak') => TempoColour.options.filter((colour) => codes.includes(TEMPO_REGISTERS[colour][which]));
  const [own] = counted('peak');
  return own && { own, eve: counted('offPeak').find((colour) => colour !== own) ?? own };
}

function isKnown(code: string): code is (typeof KNOWN)[number] {
  return code in TONES;
}
