import type { Translate } from '@oya/core';
import type { fr } from './index-form.messages.ts';

export type IndexFormWords = Translate<typeof fr>;

const KNOWN = ['BASE', 'HP', 'HC', 'HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'] as const;

/** What a register is called by its customer; one that is not known, by its code. */
export function registerWords(code: string, t: IndexFormWords): string {
  const known = KNOWN.find((each) => each === code);
  return known ? t(`register.${known}`) : code;
}
