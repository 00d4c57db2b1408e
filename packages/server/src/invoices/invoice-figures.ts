/** Amounts, energies and days as an invoice writes them. */
import { addDays, type Cents, type LocalDay, type Period } from '@oya/contract';
import type { Language } from '../mail/messages.ts';

const MINUS = '\u2212';

export interface InvoiceFigures {
  euros(amount: Cents): string;
  /** A price in 10⁻⁵ €, with all its digits. */
  price(hundredThousandths: number): string;
  /** Of a rate in ten-thousandths. */
  percent(tenThousandths: number): string;
  /** In kWh. */
  energy(wattHours: number): string;
  wholeEnergy(wattHours: number): string;
  decimal(number: number): string;
  day(day: LocalDay): string;
  /** From its first to its last day. */
  span(period: Period): string;
  /** The same in the room of a table: a whole month by its name. */
  shortSpan(period: Period): string;
}

export function invoiceFigures(language: Language): InvoiceFigures {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR';
  const signed = (format: Intl.NumberFormat) => (number: number) => format.format(number).replace('-', MINUS);
  const money = (minimumFractionDigits: number, maximumFractionDigits: number) => signed(new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', minimumFractionDigits, maximumFractionDigits }));
  const [euros, price] = [money(2, 2), money(2, 5)];
  const rate = signed(new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }));
  const decimal = signed(new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }));
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'fr', { timeZone: 'UTC', ...options });
    const first = language === 'en' ? '1 ' : '1er ';
    return (day: LocalDay) => format.format(Date.parse(`${day}T00:00:00Z`)).replace(/^1 /, first);
  };
  const [day, short, month] = [dates({ dateStyle: 'long' }), dates({ day: 'numeric', month: 'short', year: 'numeric' }), dates({ month: 'long', year: 'numeric' })];
  const last = (to: LocalDay) => addDays(to, -1);
  return {
    euros: (amount) => euros(amount / 100),
    price: (amount) => price(amount / 100_000),
    percent: (tenThousandths) => rate(tenThousandths / 10_000),
    energy: (wattHours) => `${decimal(wattHours / 1000)}\u202fkWh`,
    wholeEnergy: (wattHours) => `${decimal(Math.round(wattHours / 1000))}\u202fkWh`,
    decimal,
    day,
    span: ({ from, to }) => (language === 'en' ? `${day(from)} to ${day(last(to))}` : `du ${day(from)} au ${day(last(to))}`),
    shortSpan: ({ from, to }) => (isMonth({ from, to }) ? month(from) : `${short(from)} – ${short(last(to))}`),
  };
}

function isMonth({ from, to }: Period): boolean {
  return from.endsWith('-01') && to.endsWith('-01') && addDays(to, -1).slice(0, 7) === from.slice(0, 7);
}
