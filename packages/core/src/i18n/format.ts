import type { LocalDay } from '@oya/contract';

/** Narrow no-break space: between a figure and its unit, as French typography wants and English tolerates. */
const NARROW = '\u202f';
const MINUS = '\u2212';

export type DayStyle = 'full' | 'long' | 'medium' | 'day-of-month' | 'month' | 'month-name' | 'year' | 'weekday' | 'weekday-letter';

const DAY_STYLES: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  medium: { day: 'numeric', month: 'long' },
  'day-of-month': { day: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  'month-name': { month: 'short' },
  year: { year: 'numeric' },
  weekday: { weekday: 'short' },
  'weekday-letter': { weekday: 'narrow' },
};

/** A figure and its unit apart, for when the unit is set smaller. */
export interface Quantity {
  figure: string;
  unit: string;
}

/** Numbers, energy, money and dates in one locale and the installation's time zone, not the visitor's. */
export class Format {
  readonly locale: string;
  readonly timeZone: string;
  // The first Intl formatter costs some 55 ms, so each is made when first needed and kept.
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  readonly #dates = new Map<string, Intl.DateTimeFormat>();

  constructor(locale: string, timeZone: string) {
    this.locale = locale;
    this.timeZone = timeZone;
  }

  number(value: number, digits = 0): string {
    return tidy(this.#number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value));
  }

  /**
   * `0.12` → `12 %`; `0.055` → `5,5 %` where `digits` allows.
   * @param digits decimals at most: a rate that has none shows none
   */
  percent(ratio: number, digits = 0): string {
    return tidy(this.#number({ style: 'percent', maximumFractionDigits: digits }).format(ratio));
  }

  /** Energy as a household reads it: kWh with one decimal, none from 1 000 kWh. */
  energy(wattHours: number): string {
    return joined(this.energyParts(wattHours));
  }

  energyParts(wattHours: number): Quantity {
    return { figure: this.number(wattHours / 1000, Math.abs(wattHours) >= 1_000_000 ? 0 : 1), unit: 'kWh' };
  }

  /** Power in W below 1 kW, in kW with two decimals from there. */
  power(watts: number): string {
    return joined(this.powerParts(watts));
  }

  powerParts(watts: number): Quantity {
    return Math.abs(watts) < 1000 ? { figure: this.number(watts), unit: 'W' } : { figure: this.number(watts / 1000, 2), unit: 'kW' };
  }

  /** @param digits default: the cents; 0 for what is no more exact than to the euro */
  money(cents: number, digits = 2): string {
    return tidy(this.#number({ style: 'currency', currency: 'EUR', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(cents / 100));
  }

  /** A price per kWh, in 10⁻⁵ €: with the four decimals that price lists have, and a fifth where it is needed. */
  unitPrice(hundredThousandths: number): string {
    return tidy(this.#number({ style: 'currency', currency: 'EUR', minimumFractionDigits: 4, maximumFractionDigits: 5 }).format(hundredThousandths / 100_000));
  }

  /** A calendar day, which has no time zone of its own. */
  day(day: LocalDay, style: DayStyle = 'full'): string {
    const text = this.#date({ ...DAY_STYLES[style], timeZone: 'UTC' }).format(Date.parse(`${day}T12:00:00Z`));
    // French says the first of a month as an ordinal, which Intl does not.
    return this.locale.startsWith('fr') ? text.replace(/(?<!\d)1(?= \p{L})/u, '1er') : text;
  }

  /** `18 h 30` or `6:30 pm`. */
  time(epochMilliseconds: number): string {
    return this.#clock(this.#date({ hour: 'numeric', minute: '2-digit', timeZone: this.timeZone }), epochMilliseconds);
  }

  /** `mardi 24 novembre à 18 h 30`. */
  dateTime(epochMilliseconds: number): string {
    const day = this.#date({ weekday: 'long', day: 'numeric', month: 'long', timeZone: this.timeZone }).format(epochMilliseconds);
    return `${day}${this.locale.startsWith('fr') ? ' à ' : ', '}${this.time(epochMilliseconds)}`;
  }

  #clock(format: Intl.DateTimeFormat, epochMilliseconds: number): string {
    if (!this.locale.startsWith('fr')) return format.format(epochMilliseconds);
    const parts = Object.fromEntries(format.formatToParts(epochMilliseconds).map(({ type, value }) => [type, value]));
    return `${Number(parts['hour'])}${NARROW}h${NARROW}${parts['minute']}`;
  }

  #number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return kept(this.#numbers, options, () => new Intl.NumberFormat(this.locale, options));
  }

  #date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return kept(this.#dates, options, () => new Intl.DateTimeFormat(this.locale, options));
  }
}

/** Words that stand alone begin with a capital. */
export function capitalized(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

function kept<T>(cache: Map<string, T>, options: object, make: () => T): T {
  const key = JSON.stringify(options);
  let made = cache.get(key);
  if (!made) cache.set(key, (made = make()));
  return made;
}

function joined({ figure, unit }: Quantity): string {
  return `${figure}${NARROW}${unit}`;
}

function tidy(text: string): string {
  return text.replaceAll('-', MINUS).replaceAll('\u00a0', NARROW);
}
