/** Its own chunk: the numbering plans of the world weigh more than the form, and come when somebody gives a number. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Numbers without an international prefix are French. */
const HOME = 'FR';

/** @returns E.164 for the portal, and the number as people write it; `undefined` when it is none */
export function readPhoneNumber(typed: string): { e164: string; shown: string } | undefined {
  const number = parsePhoneNumberFromString(typed, HOME);
  if (!number?.isValid()) return undefined;
  return { e164: number.number, shown: number.country === HOME ? number.formatNational() : number.formatInternational() };
}
