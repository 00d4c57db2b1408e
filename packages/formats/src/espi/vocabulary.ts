/** Codes of ESPI (NAESB REQ.21), as the reader and the writer of Green Button use them. */
import { QUALITIES, type Quality } from '@oya/contract';

export const ATOM = 'http://www.w3.org/2005/Atom';
export const ESPI = 'http://naesb.org/espi';

export const UOM = { wattHours: '72', watts: '38', therms: '169' } as const;
export const FLOW = { forward: '1', reverse: '19' } as const;
export const COMMODITY = { electricity: '1', gas: '7' } as const;
/** Of a `ServiceCategory`. */
export const SERVICE = { electricity: '0', gas: '1' } as const;
/** `accumulationBehaviour`: what flowed in each interval. */
export const DELTA_DATA = '4';

/** ISO 4217 by number, of the currencies that files were seen with; `XXX` is its code for none. */
const CURRENCIES: Readonly<Record<string, string>> = { 36: 'AUD', 124: 'CAD', 554: 'NZD', 756: 'CHF', 826: 'GBP', 840: 'USD', 978: 'EUR' };

export function currencyOf(code: string): string {
  return CURRENCIES[String(Number(code))] ?? 'XXX';
}

export function currencyCode(currency: string): string {
  return Object.entries(CURRENCIES).find(([, name]) => name === currency)?.[0] ?? '999';
}

/**
 * Valid, validated, verified and of revenue quality are measured; raw and questionable values may be replaced; edited,
 * estimated, derived, projected, mixed and normalized ones are not what the meter showed.
 */
const QUALITY_CODES: Readonly<Record<string, string>> = {
  0: QUALITIES.real, 17: QUALITIES.real, 18: QUALITIES.real, 19: QUALITIES.real,
  10: QUALITIES.provisional, 14: QUALITIES.provisional,
};

/** The letter of a quality column; no code is as good as valid. */
export function qualityOfCode(code: string): string {
  return code === '' ? QUALITIES.real : (QUALITY_CODES[code] ?? QUALITIES.estimated);
}

/** Nothing in ESPI says that a part of an interval is missing: an incomplete value is written as questionable. */
export const CODE_OF_QUALITY: Readonly<Record<Exclude<Quality, 'missing'>, string>> = { real: '0', provisional: '14', estimated: '8', incomplete: '10' };
