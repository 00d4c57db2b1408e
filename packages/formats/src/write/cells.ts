/** Cells as texts and numbers, exact to the last digit. */
import { offsetMinutes, type Instant, type TimeZone } from '@oya/contract';
import type { Column } from './export.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

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

/** What clocks show at an instant, as milliseconds that read so in UTC, and how many minutes they are ahead of it. */
export type Clock = (at: Instant) => { shown: number; offset: number };

/** Asks for the offset twice a day, not at each instant: asking is slow, and a year has 17 520 half-hours. */
export function clockOf(timeZone: TimeZone): Clock {
  let day = NaN;
  let atBegin = 0;
  let atEnd = 0;
  return (at) => {
    const epoch = Date.parse(at);
    if (Math.floor(epoch / DAY) !== day) {
      day = Math.floor(epoch / DAY);
      [atBegin, atEnd] = [offsetMinutes(day * DAY, timeZone), offsetMinutes((day + 1) * DAY, timeZone)];
    }
    const offset = atBegin === atEnd ? atBegin : offsetMinutes(epoch, timeZone);
    return { shown: epoch + offset * MINUTE, offset };
  };
}

/** Without the characters that no XML may hold, and with its own escaped. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
