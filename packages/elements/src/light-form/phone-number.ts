import { PhoneNumber } from '@oya/contract';

/** Numbers without an international prefix are French: nine digits after the first nought. */
const HOME = '+33';
const AT_HOME = /^\+33[1-9]\d{8}$/;

/**
 * A phone number as people type it: `06 12 34 56 78`, `+33 (0)6 12 34 56 78`, `0034 612 34 56 78`. Whether a number exists
 * anywhere is judged by the portal: the numbering plans of the world weigh more than the whole form.
 * @returns E.164 for the portal, and the number as people write it; `undefined` when it cannot be one
 */
export function readPhoneNumber(typed: string): { e164: string; shown: string } | undefined {
  const signs = typed.normalize('NFKC').replaceAll(/[\s.()/‐-―-]/gu, '');
  const e164 = signs.replace(/^00/, '+').replace(/^0/, HOME).replace(/^\+330/, HOME);
  if (!PhoneNumber.safeParse(e164).success) return undefined;
  if (!e164.startsWith(HOME)) return { e164, shown: e164 };
  return AT_HOME.test(e164) ? { e164, shown: phoneWords(e164) } : undefined;
}

/** A number of the portal's as people write it: `06 12 34 56 78`, or with its prefix where it is from abroad; nothing for none. */
export function phoneWords(e164: string | null): string {
  return e164?.startsWith(HOME) ? `0${e164.slice(HOME.length)}`.replaceAll(/(\d\d)(?=\d)/g, '$1 ') : (e164 ?? '');
}
