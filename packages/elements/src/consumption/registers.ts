/** How the registers of a meter stand in a picture: in which order, in which tone, by which name. */
import type { Tone } from '@oya/charts';
import { TEMPO_REGISTERS, type TempoColour } from '@oya/contract';
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

/** The colour of a Tempo day, told from the peak hours that counted on it. */
export function tempoColourOf(registers: readonly { readonly code: string; readonly values: readonly (number | null)[] }[] | undefined, index: number): TempoColour | undefined {
  const counted = registers?.filter(({ values }) => values[index]).map(({ code }) => code);
  return (Object.keys(TEMPO_REGISTERS) as TempoColour[]).find((colour) => counted?.includes(TEMPO_REGISTERS[colour].peak));
}

function isKnown(code: string): code is (typeof KNOWN)[number] {
  return code in TONES;
}
