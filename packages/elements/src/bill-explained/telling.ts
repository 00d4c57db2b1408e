/** How the figures of an invoice are said: the same in its picture, its lines and its sentences. */
import { addDays, daysBetween, type Bill, type Cents, type InvoiceLine, type Period } from '@oya/contract';
import type { Format, Translate } from '@oya/core';
import type { fr } from './bill-explained.messages.ts';

export type Words = Translate<typeof fr>;

/** Registers that have a name; any other shows its code. */
const NAMED = ['BASE', 'HP', 'HC', 'HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'] as const;
const PLUS = '+';

export class Telling {
  readonly t: Words;
  readonly format: Format;

  constructor(t: Words, format: Format) {
    this.t = t;
    this.format = format;
  }

  /** From its first to its last day. */
  period(period: Period): string {
    const [from, to] = this.#ends(period);
    return this.t('period', { from, to });
  }

  days({ from, to }: Period): string {
    return this.t('days.count', { count: daysBetween(from, to) });
  }

  money(amount: number): string {
    return this.format.money(amount);
  }

  /** With its sign, as a change is told. */
  change(amount: Cents): string {
    return amount > 0 ? `${PLUS}${this.money(amount)}` : this.money(amount);
  }

  /** As invoices count: whole kWh of electricity, what is left of a m³ of gas. */
  counted(wattHours: number): string {
    return `${this.format.number(wattHours / 1000, wattHours % 1000 === 0 ? 0 : 2)}\u202fkWh`;
  }

  register(code: string): string {
    const known = NAMED.find((each) => each === code);
    return known ? this.t(`register.${known}`) : code;
  }

  /** In ten-thousandths. */
  rate(rate: number): string {
    return this.format.percent(rate / 10_000, 2);
  }

  /** A price a month, in 10⁻⁵ €. */
  monthly(price: number): string {
    return this.t('price.month', { price: price % 1000 === 0 ? this.money(price / 1000) : this.format.unitPrice(price) });
  }

  dates(period: Period): string {
    const [from, to] = this.#ends(period);
    return from === to ? from : `${from} – ${to}`;
  }

  /** The first and the last day. */
  #ends({ from, to }: Period): readonly [string, string] {
    return [this.format.day(from, 'long'), this.format.day(addDays(to, -1), 'long')];
  }

  /** What the lines of an energy count by. */
  unit({ lines }: Pick<Bill, 'lines'>): string {
    return lines.some((line: InvoiceLine) => line.what === 'energy' && line.index.wattHoursPerCubicMetre !== undefined) ? 'm³' : 'kWh';
  }
}
