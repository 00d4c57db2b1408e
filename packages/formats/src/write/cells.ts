/** Cells as texts and numbers, exact to the last digit. */
import { offsetMinutes, type Instant, type TimeZone } from '@oya/contract';
import type { Column } from './export.ts';

const MINUTE = 60_000;

export function headerOf(column: Column): string {
  return column.kind === 'number' && column.unit !== undefined && column.unit !== '' ? `${column.header} (${column.unit})` : column.header;
}

/** `decimalText(33495, 3, ',')` is `33,495`. */
export function decimalText(value: number, decimals: number, separator: string): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0 ? '-' : ''}${whole}${decimals > 0 ? separator + digits.slice(-decimals) : ''}`;
}

/** What clocks show at an instant, as milliseconds that read so in UTC. */
export function onTheClock(at: Instant, timeZone: TimeZone): { shown: number; offset: number } {
  const epoch = Date.parse(at);
  const offset = offsetMinutes(epoch, timeZone);
  return { shown: epoch + offset * MINUTE, offset };
}

/** Without the characters that no XML may hold, and with its own escaped. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
