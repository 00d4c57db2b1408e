/**
 * What a register is likely to show on a day, and what to make of an index that somebody has read. The same rule warns on the
 * page and judges on the server. It never refuses an honest reading: it says what is odd, and what may explain it.
 */
import type { Register } from './portal.ts';
import type { ReadingDoubt } from './readings.ts';
import { addDays, daysBetween, type LocalDay } from './time.ts';

/** Whole kWh, or whole m³ of gas: what the register shows, without its decimals. */
export interface KnownIndex {
  readonly day: LocalDay;
  readonly index: number;
}

/** What is known of a register of one meter. */
export interface RegisterHistory {
  readonly register: Register;
  /** Read or transmitted, in the order of their days; the meter's own alone. */
  readonly real: readonly KnownIndex[];
  /** What the meter before it showed: it tells what the household uses, and nothing of what this one shows. */
  readonly ofMeterBefore?: readonly KnownIndex[] | undefined;
  /** What an invoice supposed since the last of them. */
  readonly estimated?: KnownIndex | undefined;
  /** More than that a day cannot be: what the subscribed power lets through. */
  readonly mostADay?: number | undefined;
}

/** Inclusive bounds of what was counted since the last real index, and of what the register shows then. */
export interface IndexRange {
  readonly counted: { readonly least: number; readonly most: number };
  readonly index: { readonly least: number; readonly most: number };
}

export interface ReadingOutlook {
  /** The last real index: what was estimated since does not bind anybody. */
  readonly last: KnownIndex;
  /** As in the same season before; absent where nothing tells. */
  readonly expected?: IndexRange;
  /** What is taken without a question. */
  readonly allowed: IndexRange;
}

/** Another index that was perhaps meant. */
export interface MeantIndex {
  readonly index: number;
  readonly why: 'swapped-digits' | 'decimals';
}

export interface RegisterJudgement {
  readonly register: Register['code'];
  /** Since the last real index; `null` where that cannot be told. */
  readonly counted: number | null;
  /**
   * - `lower`: less than the last real index, and no whole turn of the register explains it
   * - `rolled-over`: less, as the register has begun anew
   * - `far-above`: more than twice the usual
   */
  readonly doubt?: ReadingDoubt;
  /** Within what is allowed, the likeliest first. */
  readonly meant: readonly MeantIndex[];
  /** It is less than an invoice had supposed: the next one gives back what was too much. */
  readonly isBelowEstimate: boolean;
}

/** Half and one and a half of the usual: a household varies by that from year to year. */
const USUAL_LEAST = 0.5;
const USUAL_MOST = 1.5;
/** More is asked about. */
const ALLOWED_MOST = 2;
/** A few units more are no reason for a question, however little is usual: a week away, then a washing day. */
const ALWAYS_ALLOWED = 30;
/** Where nothing tells what is usual: a tenth of what the register can count. */
const SHARE_WITHOUT_HISTORY = 0.1;
const YEAR = 365;
/** A season is looked for so many years back. */
const YEARS_BACK = 3;
/** Gas meters show three decimals, electricity meters one. */
const MOST_DECIMALS = 3;

/** What the register is likely to show on a day, told before anybody types. @returns `undefined` where no real index is known: the first is what it is */
export function outlookOn(history: RegisterHistory, day: LocalDay): ReadingOutlook | undefined {
  const { register, mostADay, real } = history;
  const last = real.at(-1);
  if (!last) return undefined;
  const days = Math.max(0, daysBetween(last.day, day));
  const usual = usualCount(history, last.day, day);
  const physical = Math.min(mostADay === undefined ? Infinity : Math.ceil(mostADay * Math.max(1, days)), turnOf(register) - 1);
  const most = usual === undefined ? Math.floor(turnOf(register) * SHARE_WITHOUT_HISTORY) : Math.max(Math.ceil(usual * ALLOWED_MOST), Math.ceil(usual) + ALWAYS_ALLOWED);
  const range = (from: number, to: number): IndexRange => ({ counted: { least: from, most: to }, index: { least: shown(last.index + from, register), most: shown(last.index + to, register) } });
  return {
    last,
    ...(usual !== undefined && { expected: range(Math.floor(usual * USUAL_LEAST), Math.min(physical, Math.ceil(usual * USUAL_MOST))) }),
    allowed: range(0, Math.min(physical, most)),
  };
}

/** What to make of an index of a day. @throws RangeError for one that the register cannot show */
export function judgeIndex(history: RegisterHistory, { day, index }: KnownIndex): RegisterJudgement {
  const { register, estimated } = history;
  if (!Number.isInteger(index) || index < 0 || index >= turnOf(register)) throw new RangeError(`A register of ${register.digits} digits does not show ${index}.`);
  const outlook = outlookOn(history, day);
  if (!outlook) return { register: register.code, counted: null, meant: [], isBelowEstimate: false };
  const { last, allowed } = outlook;
  const { most } = allowed.counted;
  const isLower = index < last.index;
  const counted = isLower ? turnOf(register) - last.index + index : index - last.index;
  const isFine = counted <= most;
  const doubt: ReadingDoubt | undefined = isFine ? (isLower ? 'rolled-over' : undefined) : isLower ? 'lower' : 'far-above';
  return {
    register: register.code,
    counted: doubt === 'lower' ? null : counted,
    ...(doubt && { doubt }),
    meant: isFine ? [] : meantIndexes(index, register, (other) => countedFrom(last.index, other, register) <= most),
    isBelowEstimate: doubt === undefined && estimated !== undefined && estimated.day >= last.day && countedFrom(last.index, index, register) < countedFrom(last.index, estimated.index, register),
  };
}

/** What a register counts from one index to another, a whole turn included where it is lower. */
export function countedFrom(start: number, end: number, register: Pick<Register, 'digits'>): number {
  return end >= start ? end - start : turnOf(register) - start + end;
}

/**
 * What the household is likely to count over days: what it did on the same days of a year before, else what it does a day on
 * the whole.
 * @returns `undefined` where a single index tells nothing of a pace
 */
function usualCount({ real, ofMeterBefore = [], register }: RegisterHistory, from: LocalDay, to: LocalDay): number | undefined {
  const paces = [ofMeterBefore, real].flatMap((readings) => readings.slice(1).flatMap((reading, at) => {
    const before = readings[at] as KnownIndex;
    const days = daysBetween(before.day, reading.day);
    return days > 0 ? [{ from: before.day, to: reading.day, aDay: countedFrom(before.index, reading.index, register) / days, days }] : [];
  }));
  const allDays = paces.reduce((all, { days }) => all + days, 0);
  if (allDays === 0) return undefined;
  const mean = paces.reduce((all, { aDay, days }) => all + aDay * days, 0) / allDays;
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) {
    const then = Array.from({ length: YEARS_BACK }, (_, year) => addDays(day, -YEAR * (year + 1)));
    count += then.flatMap((each) => paces.find((pace) => pace.from <= each && each < pace.to)?.aDay ?? [])[0] ?? mean;
  }
  // The days' shares of a month are that month again, without what their fractions lack.
  return Math.round(count * 1000) / 1000;
}

/** Two neighbouring digits the other way round, or the decimals typed along. */
function meantIndexes(index: number, register: Register, fits: (index: number) => boolean): MeantIndex[] {
  const digits = String(index).padStart(register.digits, '0');
  const swapped = Array.from({ length: digits.length - 1 }, (_, at) => Number(digits.slice(0, at) + (digits[at + 1] ?? '') + (digits[at] ?? '') + digits.slice(at + 2)));
  const shortened = Array.from({ length: MOST_DECIMALS }, (_, at) => Math.floor(index / 10 ** (at + 1)));
  const meant = (why: MeantIndex['why'], all: readonly number[]) => all.filter((each) => each !== index && fits(each)).map((each): MeantIndex => ({ index: each, why }));
  const found = [...meant('swapped-digits', swapped), ...meant('decimals', shortened)];
  return found.filter(({ index: each }, at) => found.findIndex((other) => other.index === each) === at);
}

/** What a register counts before it begins anew. */
function turnOf({ digits }: Pick<Register, 'digits'>): number {
  return 10 ** digits;
}

function shown(counted: number, register: Register): number {
  return counted % turnOf(register);
}
