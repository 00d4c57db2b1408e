/** Times as files write them: with an offset, or local as clocks show it. */
import { instant, offsetMinutes, type Instant, type TimeZone } from '@oya/contract';

const MINUTE = 60_000;
const DAY_MINUTES = 1440;
/** Remote reading is younger; what lies outside is a mistyped year, and would make a series of a million days. */
const [FIRST_YEAR, LAST_YEAR] = [1990, 2100];

const TIMESTAMP = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.0+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?(?:[+-]\d\d:?\d\d)?)?$/;

/** Reads the timestamps of one file, in the order of its rows. */
export class TimestampReader {
  readonly #clock: LocalClock;

  constructor(timeZone: TimeZone) {
    this.#clock = new LocalClock(timeZone);
  }

  /** Epoch minutes; or the reason in words when the text is no time, or not on a full minute. */
  read(text: string): number | string {
    const seconds = this.readSeconds(text);
    if (typeof seconds === 'string') return seconds;
    return seconds % 60 === 0 ? seconds / 60 : `${text} is not on a full minute`;
  }

  /** Epoch seconds; or the reason in words when the text is no time. */
  readSeconds(text: string): number | string {
    const parts = TIMESTAMP.exec(text);
    if (!parts) return `“${text.slice(0, 40)}” is not a time like 2026-11-24 17:30:00`;
    const [, year, month, day, hour, minute, second = '0', offset] = parts;
    const epochDay = epochDayOf(year, month, day);
    if (typeof epochDay === 'string') return epochDay;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return `${text} is not a time of day`;
    const minutes = this.#minutes(text, epochDay, Number(hour) * 60 + Number(minute), offset);
    return typeof minutes === 'string' ? minutes : minutes * 60 + Number(second);
  }

  #minutes(text: string, epochDay: number, minuteOfDay: number, offset: string | undefined): number | string {
    const minutes = epochDay * DAY_MINUTES + minuteOfDay;
    if (offset === undefined) return this.#clock.epochMinutes(minutes) ?? `${text} does not exist: clocks go forward over it`;
    if (offset === 'Z') return minutes;
    const ahead = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
    if (ahead > 14 * 60) return `${offset} is not an offset from UTC`;
    return offset.startsWith('-') ? minutes + ahead : minutes - ahead;
  }
}

/** A local calendar day, also as the time at which it begins, in days since 1970-01-01; or the reason in words when the text is no day. */
export function parseDay(text: string): number | string {
  const parts = DAY.exec(text);
  if (!parts) return `“${text.slice(0, 40)}” is not a day like 2026-11-24`;
  return epochDayOf(parts[1], parts[2], parts[3]);
}

/** An instant with its offset, to the second: `2026-11-24T07:36:25+01:00`; `undefined` for any other text. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const epoch = Date.parse(text);
  return Number.isNaN(epoch) ? undefined : instant(Math.floor(epoch / 1000) * 1000);
}

function epochDayOf(year: string | undefined, month: string | undefined, day: string | undefined): number | string {
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR) return `the year ${year} is not between ${FIRST_YEAR} and ${LAST_YEAR}`;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Date.UTC carries 31 February over to March.
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return `${year}-${month}-${day} is not in the calendar`;
  return date.getTime() / (DAY_MINUTES * MINUTE);
}

/**
 * From what clocks show to instants. In October an hour comes twice, and only the order of rows tells which is meant:
 * the nearer one that goes on in the direction of the file. A file with only one of the two hours cannot tell which;
 * it is taken to be the first in the file's direction. Nor can the first row of a file that begins there: its direction
 * shows with the second.
 */
class LocalClock {
  readonly #timeZone: TimeZone;
  readonly #repeated = new Set<number>();
  #previous: { shown: number; epoch: number } | undefined;
  #descending: boolean | undefined;
  #day = NaN;
  #offsetBefore = 0;
  #offsetAfter = 0;

  constructor(timeZone: TimeZone) {
    this.#timeZone = timeZone;
  }

  /** @param shown minutes since 1970-01-01T00:00 on the local clock; `undefined` for a time that clocks skip */
  epochMinutes(shown: number): number | undefined {
    this.#look(Math.floor(shown / DAY_MINUTES));
    if (this.#descending === undefined && this.#previous && this.#previous.shown !== shown) this.#descending = shown < this.#previous.shown;
    const epoch = this.#offsetBefore === this.#offsetAfter ? shown - this.#offsetBefore : this.#nearClockChange(shown);
    if (epoch !== undefined) this.#previous = { shown, epoch };
    return epoch;
  }

  #nearClockChange(shown: number): number | undefined {
    const candidates = [this.#offsetBefore, this.#offsetAfter]
      .map((offset) => shown - offset)
      .filter((epoch) => shown - epoch === offsetMinutes(epoch * MINUTE, this.#timeZone))
      .sort((left, right) => (this.#descending ? right - left : left - right));
    if (candidates.length < 2) return candidates[0];
    const previous = this.#previous;
    const isAhead = (epoch: number): boolean => !previous || (this.#descending ? epoch < previous.epoch : epoch > previous.epoch);
    const unused = candidates.filter((epoch) => !this.#repeated.has(epoch));
    const chosen = unused.find(isAhead) ?? unused[0] ?? candidates[0];
    if (chosen !== undefined) this.#repeated.add(chosen);
    return chosen;
  }

  /** The offsets on both sides of a local day: asked once a day, because asking is slow. */
  #look(day: number): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#offsetBefore = offsetMinutes((day - 1) * DAY_MINUTES * MINUTE, this.#timeZone);
    this.#offsetAfter = offsetMinutes((day + 2) * DAY_MINUTES * MINUTE, this.#timeZone);
  }
}
