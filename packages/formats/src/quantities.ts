/** Power, energy and gas volumes as files write them, to whole W, VA, Wh or dm³: exact, or refused. */

/** What a unit measures, and one of it as a power of ten of the base unit. */
const UNITS: Readonly<Record<string, Pick<Quantity, 'kind' | 'exponent'>>> = {
  W: { kind: 'power', exponent: 0 },
  kW: { kind: 'power', exponent: 3 },
  VA: { kind: 'apparent-power', exponent: 0 },
  kVA: { kind: 'apparent-power', exponent: 3 },
  Wh: { kind: 'energy', exponent: 0 },
  kWh: { kind: 'energy', exponent: 3 },
};
const BASE_UNITS: Readonly<Record<Quantity['kind'], 'W' | 'VA' | 'Wh'>> = { power: 'W', 'apparent-power': 'VA', energy: 'Wh' };

/** No delivery point of a distribution network comes near a gigawatt; sums of years stay exact below it. */
const MOST_WATTS = 1e9;
const MOST_WATT_HOURS_A_DAY = 25 * MOST_WATTS;
/** What a meter shows has up to nine digits, of Wh, of kWh or of m³. */
export const MOST_OF_AN_INDEX = 1e12 - 1;

/** How the values of a file are to be read. */
export interface Quantity {
  readonly kind: 'power' | 'apparent-power' | 'energy';
  /** As the file names it. */
  readonly unit: string;
  /** One of the file's unit is 10^exponent W, VA or Wh. */
  readonly exponent: number;
}

/** `undefined` for a unit that is neither power nor energy. */
export function quantityOf(unit: string): Quantity | undefined {
  return Object.hasOwn(UNITS, unit) ? { unit, ...(UNITS[unit] as Pick<Quantity, 'kind' | 'exponent'>) } : undefined;
}

/** The unit in which contents hold a quantity. */
export function baseUnit({ kind }: Quantity): 'W' | 'VA' | 'Wh' {
  return BASE_UNITS[kind];
}

/**
 * Whole W, VA or Wh from digits with a point or comma. Works on the digits, so that 0.29 kW is 290 W.
 * @param most what is more than this is a mistake; default: what no delivery point has, of energy in a day
 * @returns the reason in words when the text is no such number
 */
export function parseQuantity(text: string, quantity: Quantity, most = quantity.kind === 'energy' ? MOST_WATT_HOURS_A_DAY : MOST_WATTS): number | string {
  return wholeNumber(text, quantity, baseUnit(quantity), most);
}

/** Whole dm³ of gas from m³, in the same way. */
export function parseCubicMetres(text: string): number | string {
  return wholeNumber(text, { unit: 'm³', exponent: 3 }, 'dm³', MOST_OF_AN_INDEX);
}

function wholeNumber(text: string, { unit, exponent }: Pick<Quantity, 'unit' | 'exponent'>, base: string, most: number): number | string {
  const parts = /^([+-]?)(\d{1,12})(?:[.,](\d{1,12}))?$/.exec(text);
  if (!parts) return `“${text.slice(0, 40)}” is not a number`;
  const [, sign, whole = '', fraction = ''] = parts;
  const finer = fraction.slice(exponent);
  if (/[1-9]/.test(finer)) return `${text} ${unit} is not a whole number of ${base}`;
  const value = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  if (sign === '-' && value !== 0) return `${text} ${unit} is negative, which no meter shows`;
  if (value > most) return `${text} ${unit} is more than any delivery point has`;
  return value;
}
