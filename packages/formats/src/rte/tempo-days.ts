/** From days with their colour, in any order, to a calendar. */
import { addDays, type Instant, type LocalDay, type TempoColour } from '@oya/contract';
import type { TempoDays } from '../reader.ts';
import type { RowReport } from '../row-report.ts';
import { parseDay } from '../timestamps.ts';

const COLOURS: Readonly<Record<string, TempoColour>> = {
  blue: 'blue', bleu: 'blue', tempo_bleu: 'blue', 1: 'blue',
  white: 'white', blanc: 'white', tempo_blanc: 'white', 2: 'white',
  red: 'red', rouge: 'red', tempo_rouge: 'red', 3: 'red',
};
/** Not announced yet. */
const UNKNOWN = ['', '0', 'undefined', 'not_defined', 'non_defini', 'inconnu', 'tempo_non_defini'];
/** More than any answer has; a range beyond it is a mistyped year. */
const LONGEST_RANGE_DAYS = 400;

export interface ColourRow {
  readonly day: string;
  /** Excluded; one day when it is not there. */
  readonly until?: string;
  readonly colour: string;
  readonly isProvisional?: boolean;
  readonly updatedAt?: Instant | undefined;
}

export class TempoCalendar {
  readonly #report: RowReport;
  readonly #days = new Map<LocalDay, { colour: TempoColour; isProvisional: boolean; updatedAt: Instant; place: number }>();

  constructor(report: RowReport) {
    this.#report = report;
  }

  add({ day, until, colour: given, isProvisional = false, updatedAt = '' }: ColourRow, place: number): void {
    const from = parseDay(day);
    const to = until === undefined ? from : parseDay(until);
    if (typeof from === 'string' || typeof to === 'string') {
      this.#report.skip(place, typeof from === 'string' ? from : (to as string));
      return;
    }
    const key = given.trim().toLowerCase();
    const count = until === undefined ? 1 : to - from;
    if (UNKNOWN.includes(key)) this.#report.empty++;
    else if (!Object.hasOwn(COLOURS, key)) this.#report.skip(place, `“${given.slice(0, 40)}” is not blue, white or red`);
    else if (count < 1 || count > LONGEST_RANGE_DAYS) this.#report.skip(place, `from ${day} to ${until} is no range of days`);
    else for (let index = 0; index < count; index++) this.#put(addDays(day.slice(0, 10), index), { colour: COLOURS[key] as TempoColour, isProvisional, updatedAt, place });
  }

  finish(): TempoDays {
    const days = [...this.#days].map(([day, { colour, isProvisional }]) => ({ day, colour, isProvisional }));
    return { kind: 'tempo', days: days.sort((left, right) => left.day.localeCompare(right.day)) };
  }

  /** Of two rows for a day the one that was updated later counts, a firm one before a provisional one, else the first. */
  #put(day: LocalDay, given: { colour: TempoColour; isProvisional: boolean; updatedAt: Instant; place: number }): void {
    const known = this.#days.get(day);
    if (!known) {
      this.#days.set(day, given);
      this.#report.read++;
      return;
    }
    const isBetter = given.updatedAt > known.updatedAt || (given.updatedAt === known.updatedAt && known.isProvisional && !given.isProvisional);
    const [kept, left] = isBetter ? [given, known] : [known, given];
    this.#days.set(day, kept);
    const line = this.#report.lineOf(kept.place);
    this.#report.skip(left.place, kept.colour === left.colour ? `the same as line ${line}` : `${left.colour} for ${day}, for which line ${line} says ${kept.colour}: that counts`);
  }
}

/** What to say of a file without a day. */
export const NO_DAY = { reason: 'the file holds no day with its colour', advice: 'Ask again after 11:15, when the colour of the next day is known.' };
