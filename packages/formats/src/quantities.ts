/** Power, energy and gas volumes as files write them, to whole W, Wh or dm³: exact, or refused. */

/** Units a file may use for what a series holds in W or Wh, as powers of ten. */
const POWER_UNITS: Readonly<Record<string, number>> = { W: 0, kW: 3 };
const ENERGY_UNITS: Readonly<Record<string, number>> = { Wh: 0, kWh: 3 };
const BASE_UNITS = { power: 'W', energy: 'Wh', volume: 'dm³' } as const;
/** Gas. */
export const CUBIC_METRES: Quantity = { kind: 'volume', unit: 'm³', exponent: 3 };

/** No delivery point of a distribution network comes near a gigawatt; sums of years stay exact below it. */
const MOST_WATTS = 1e9;
const MOST_WATT_HOURS_A_DAY = 25 * MOST_WATTS;
const MOST = { power: MOST_WATTS, energy: MOST_WATT_HOURS_A_DAY, volume: MOST_WATT_HOURS_A_DAY } as const;

/** How the values of a file are to be read. */
export interface Quantity {
  readonly kind: 'power' | 'energy' | 'volume';
  /** As the file names it. */
  readonly unit: string;
  /** One of the file's unit is 10^exponent W, Wh or dm³. */
  readonly exponent: number;
}

/** `undefined` for a unit that is neither power nor energy. */
export function quantityOf(unit: string): Quantity | undefined {
  if (Object.hasOwn(POWER_UNITS, unit)) return { kind: 'power', unit, exponent: POWER_UNITS[unit] as number };
  if (Object.hasOwn(ENERGY_UNITS, unit)) return { kind: 'energy', unit, exponent: ENERGY_UNITS[unit] as number };
  return undefined;
}

/**
 * Whole W, Wh or dm³ from digits with a point or comma. Works on the digits, so that 0.29 kW is 290 W.
 * @returns the reason in words when the text is no such number
 */
export function parseQuantity(text: string, { kind, unit, exponent }: Quantity): number | string {
  const parts = /^([+-]?)(\d{1,12})(?:[.,](\d{1,12}))?$/.exec(text);
  if (!parts) return `“${text.slice(0, 40)}” is not a number`;
  const [, sign, whole = '', fraction = ''] = parts;
  const finer = fraction.slice(exponent);
  if (/[1-9]/.test(finer)) return `${text} ${unit} is not a whole number of ${BASE_UNITS[kind]}`;
  const value = Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  if (sign === '-' && value !== 0) return `${text} ${unit} is negative, which a consumption cannot be`;
  if (value > MOST[kind]) return `${text} ${unit} is more than any delivery point consumes`;
  return value;
}
