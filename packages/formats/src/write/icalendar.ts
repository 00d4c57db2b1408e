/** A calendar that calendar programs import or subscribe to (RFC 5545, with the name and refresh of RFC 7986). */
import type { Instant, LocalDay } from '@oya/contract';

export interface CalendarEvent {
  /** The same event has the same one for good: programs replace what they hold of it. */
  readonly uid: string;
  /** Both instants, or both local days: then the event lasts whole days. */
  readonly start: Instant | LocalDay;
  /** Excluded. */
  readonly end: Instant | LocalDay;
  readonly summary: string;
  readonly description?: string | undefined;
  readonly location?: string | undefined;
  readonly url?: string | undefined;
  /** Counts the changes of an event: programs ignore one with a lower number than they know. */
  readonly sequence?: number | undefined;
  /** When this was known. */
  readonly stamp: Instant;
  readonly status?: 'confirmed' | 'tentative' | 'cancelled' | undefined;
}

export interface Calendar {
  readonly name: string;
  /** Which program wrote it: `-//OYA//Tempo//FR`. */
  readonly productId: string;
  /** How often a subscription should ask again. */
  readonly refreshMinutes?: number | undefined;
  readonly events: readonly CalendarEvent[];
}

/** In octets, the end of the line not counted. */
const LONGEST_LINE = 75;

export function calendar({ name, productId, refreshMinutes, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${escaped(productId)}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    // What programs read that do not know RFC 7986.
    `X-WR-CALNAME:${escaped(name)}`,
    ...(refreshMinutes === undefined ? [] : [`REFRESH-INTERVAL;VALUE=DURATION:PT${refreshMinutes}M`, `X-PUBLISHED-TTL:PT${refreshMinutes}M`]),
    ...events.flatMap(linesOf),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function linesOf({ uid, start, end, summary, description, location, url, sequence = 0, stamp, status }: CalendarEvent): string[] {
  if (isDay(start) !== isDay(end)) throw new RangeError(`an event from ${start} to ${end} is neither of days nor of hours`);
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${basic(stamp)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART${time(start)}`,
    // An end must come after the start; without one an event is a moment, or one day.
    ...(Date.parse(end) > Date.parse(start) ? [`DTEND${time(end)}`] : []),
    `SUMMARY:${escaped(summary)}`,
    ...(description === undefined ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(location === undefined ? [] : [`LOCATION:${escaped(location)}`]),
    ...(url === undefined ? [] : [`URL:${unbroken(url)}`]),
    ...(status === undefined ? [] : [`STATUS:${status.toUpperCase()}`]),
    // What is told of the network takes nobody's time: it must not show people as busy.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

function isDay(at: Instant | LocalDay): boolean {
  return !at.includes('T');
}

function time(at: Instant | LocalDay): string {
  return isDay(at) ? `;VALUE=DATE:${at.replaceAll('-', '')}` : `:${basic(at)}`;
}

/** `20261124T173000Z`. */
function basic(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** A text may hold any character but controls; a line break is written as `\n`. */
function escaped(text: string): string {
  return legible(text.replaceAll(/\r\n?/g, '\n'), '\n').replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** An address is not escaped: what would end its line goes. */
function unbroken(url: string): string {
  return legible(url).replaceAll(/\s/g, (space) => encodeURIComponent(space));
}

/** Without the controls that no line may hold, and without halves of characters. */
function legible(text: string, kept = ''): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]/g, (control) => (control === kept ? control : ''));
}

/** In lines of 75 octets, a space before each but the first; no character is cut in two. */
function folded(line: string): string {
  const lines: string[] = [];
  let [current, octets] = ['', 0];
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > LONGEST_LINE) {
      lines.push(current);
      [current, octets] = ['', 1];
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n ');
}
