/** When an answer is to be expected, and what a search finds. */
import { clockMinutes } from './contracts.ts';
import { PortalError } from './errors.ts';
import type { Message, MessageReading, Thread } from './messages.ts';
import type { MessageService, Register } from './portal.ts';
import { addDays, dayStart, instant, localDay, offsetMinutes, type Instant, type TimeZone } from './time.ts';

/** In characters. */
export const LONGEST_MESSAGE = 4000;
/** Of one customer: more is not meant well. */
export const MESSAGES_AN_HOUR = 30;
/** Of a message, in a list. */
const LONGEST_PREVIEW = 140;
const MINUTE = 60_000;
/** No utility means to answer later than that; without working days nothing would end. */
const LONGEST_DAYS = 60;

/** By when a message is to be answered: so many working hours after it came. */
export function answerExpected(sentAt: number, { answerHours, days, opens, closes }: MessageService, timeZone: TimeZone): Instant {
  let left = answerHours * 60;
  let day = localDay(sentAt, timeZone);
  for (let at = 0; at < LONGEST_DAYS; at++, day = addDays(day, 1)) {
    if (!days.includes(weekdayOf(day))) continue;
    const [from, to] = [momentOf(day, opens, timeZone), momentOf(day, closes, timeZone)];
    const begins = Math.max(from, sentAt);
    const open = Math.max(0, Math.floor((to - begins) / MINUTE));
    if (open >= left && open > 0) return instant(begins + left * MINUTE);
    left -= open;
  }
  return instant(dayStart(day, timeZone));
}

/** @throws PortalError `invalid` for an index that the meter cannot show */
export function requireShown({ indexes }: Pick<MessageReading, 'indexes'>, registers: readonly Register[]): void {
  const wrong = indexes.find(({ register, index }) => !registers.some(({ code, digits }) => code === register && index < 10 ** digits));
  if (wrong) throw new PortalError('invalid', { detail: 'an index that this meter cannot show', fields: [{ path: `reading.indexes.${wrong.register}`, code: 'digits' }] });
}

/** The beginning of a message, on one line. */
export function previewOf({ words }: Pick<Message, 'words'>): string {
  const line = words.replaceAll(/\s+/g, ' ').trim();
  return line.length <= LONGEST_PREVIEW ? line : `${[...line].slice(0, LONGEST_PREVIEW - 1).join('').trimEnd()}…`;
}

/** Whether all words that are looked for stand somewhere in a thread: without regard to case, accents or their order. */
export function findsThread(query: string, { about }: Pick<Thread, 'about'>, messages: readonly Pick<Message, 'words' | 'author'>[]): boolean {
  const text = folded([about?.label ?? '', ...messages.flatMap(({ words, author }) => [words, author ?? ''])].join('\n'));
  return folded(query).split(/\s+/).every((word) => text.includes(word));
}

function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Monday is 1, Sunday 7. */
function weekdayOf(day: string): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
}

/** A time on the clock of a day; clocks are set at night, when nobody answers. */
function momentOf(day: string, clock: string, timeZone: TimeZone): number {
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + clockMinutes(clock) * MINUTE;
  return asIfUtc - offsetMinutes(dayStart(day, timeZone) + 12 * 60 * MINUTE, timeZone) * MINUTE;
}
