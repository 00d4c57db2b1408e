/** What to ask for: from what may be known, what is known, and what was asked for already. Pure. */
import { addDays, daysBetween, type ConsentPurpose, type LocalDay, type Period } from '@oya/contract';
import { isProduction, type Dataset, type Limits } from './connector.ts';
import { gapOf, isDue, type Gap } from './gaps.ts';

/** Data of so many days may come late, and is asked for each day. */
export const LATE_DAYS = 10;
/** Values that are estimated or provisional are asked for anew for so long. */
export const UNSETTLED_DAYS = 14;

/** What is known of a day: all of it, as measured; or all of it, but estimated or provisional. A day that is partly known is not. */
export type KnownDay = 'settled' | 'unsettled';

/** A consent in effect, and since when it has been. */
export interface ActiveConsent {
  readonly purpose: ConsentPurpose;
  readonly since: LocalDay;
}

/** What a meter may be asked, and from which day on; `null`: as far back as there is anything. */
export function consentedDatasets(consents: readonly ActiveConsent[], meter: { production: boolean; hasLoadCurve: boolean }): { dataset: Dataset; since: LocalDay | null }[] {
  const since = (purpose: ConsentPurpose): LocalDay | undefined => consents.find((consent) => consent.purpose === purpose)?.since;
  const [recording, collection] = [since('curve-recording'), since('curve-collection')];
  const daily = since('daily-collection') !== undefined;
  // Half-hours of before both consents were in effect are nobody's to ask for.
  const curve = meter.hasLoadCurve && recording !== undefined && collection !== undefined ? latest(recording, collection) : undefined;
  const all: { dataset: Dataset; since: LocalDay | null | undefined }[] = [
    { dataset: 'days', since: daily ? null : undefined },
    { dataset: 'load-curve', since: curve },
    { dataset: 'maximum-power', since: since('maximum-power') === undefined ? undefined : null },
    { dataset: 'production-days', since: daily ? null : undefined },
    { dataset: 'production-curve', since: curve },
  ];
  return all.flatMap(({ dataset, since: from }) => (from === undefined || (isProduction(dataset) && !meter.production) ? [] : [{ dataset, since: from }]));
}

export interface Bounds {
  /** The day that is not over: nothing is asked of it, nor of those after it. */
  readonly today: LocalDay;
  /** The contract's days, the last one excluded. */
  readonly contract: { readonly from: LocalDay; readonly to: LocalDay | null };
  readonly consentedSince: LocalDay | null;
  readonly historyDays: number;
  /** The first day that the other side has not called too early. */
  readonly floor: LocalDay | null;
}

/** The days that may be asked for; empty where `from` is not before `to`. */
export function askable({ today, contract, consentedSince, historyDays, floor }: Bounds): Period {
  const from = [contract.from, addDays(today, -historyDays), consentedSince, floor].reduce<LocalDay>((left, right) => latest(left, right ?? left), contract.from);
  return { from, to: contract.to !== null && contract.to < today ? contract.to : today };
}

export interface Knowledge {
  readonly known: ReadonlyMap<LocalDay, KnownDay>;
  readonly gaps: readonly Gap[];
  /** Whether it was answered today already: then only yesterday, and what nobody asked for, is worth asking for again. */
  readonly isAsked: boolean;
}

/** Whether a day is worth asking for. */
export function isWanted(day: LocalDay, today: LocalDay, { known, gaps, isAsked }: Knowledge): boolean {
  const age = daysBetween(day, today);
  const state = known.get(day);
  if (state !== undefined) return state === 'unsettled' && age <= UNSETTLED_DAYS && (!isAsked || age <= 1);
  const gap = gapOf(gaps, day);
  if (!gap || age <= 1) return true;
  return age <= LATE_DAYS ? gap.askedOn !== today : isDue(gap, today);
}

/** Periods to ask for, which hold every wanted day once: the newest first, as yesterday is what people look for. */
export function planCalls(period: Period, today: LocalDay, knowledge: Knowledge, { daysPerCall }: Pick<Limits, 'daysPerCall'>): Period[] {
  const calls: Period[] = [];
  let end: LocalDay | undefined;
  let begin: LocalDay | undefined;
  for (let day = addDays(period.to, -1); day >= period.from; day = addDays(day, -1)) {
    if (!isWanted(day, today, knowledge)) continue;
    if (end !== undefined && begin !== undefined && daysBetween(day, end) > daysPerCall) {
      calls.push({ from: begin, to: end });
      end = undefined;
    }
    end ??= addDays(day, 1);
    begin = day;
  }
  if (end !== undefined && begin !== undefined) calls.push({ from: begin, to: end });
  return calls;
}

/** One after the other in turns: the newest of each dataset comes before the second newest of any. */
export function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}

function latest(left: LocalDay, right: LocalDay): LocalDay {
  return left > right ? left : right;
}
