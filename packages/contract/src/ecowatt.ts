/** EcoWatt of RTE: how tense the electricity network will be, today and the three days after. */
import * as z from 'zod/mini';
import { Instant, LocalDay, offsetMinutes, type TimeZone } from './time.ts';

/**
 * Of an hour: 0 nothing in the way of carbon, 1 normal, 2 tense (orange: gestures are welcome), 3 very tense (red: power
 * will be cut unless less is consumed).
 */
export const EcowattLevel = z.literal([0, 1, 2, 3]);
export type EcowattLevel = z.infer<typeof EcowattLevel>;

const HOURS = 24;

/** A local day. Its level is that of its worst hour, and never 0. */
export const EcowattDay = z.object({
  day: LocalDay,
  level: z.literal([1, 2, 3]),
  /** By the hour that clocks show, 0 to 23; `null` where RTE says nothing, as of hours that were over when it spoke. */
  hours: z.array(z.nullable(EcowattLevel)).check(z.refine(({ length }) => length === HOURS, { error: 'not the 24 hours of a clock' })),
  /** RTE's own words. */
  message: z.string(),
  /** When RTE made the signal. */
  generatedAt: Instant,
});
export type EcowattDay = z.infer<typeof EcowattDay>;

export const Ecowatt = z.object({
  /** From today on, ascending: those that are known. */
  days: z.array(EcowattDay),
  /** When the portal last heard of RTE; `null`: never. */
  readAt: z.nullable(Instant),
  /** The portal's clock: which day and hour it is, a device may have wrong. */
  answeredAt: z.optional(Instant),
});
export type Ecowatt = z.infer<typeof Ecowatt>;

/** How many days RTE speaks of. */
export const ECOWATT_DAYS = 4;

/** From this level on something is asked of people. */
const TENSE = 2;

/** RTE speaks at least once a day. */
const SILENT_AFTER_HOURS = 26;
const HOUR = 3_600_000;

/** Whether what is known is old: RTE, or the way to it, has been silent. */
export function isEcowattSilent({ readAt }: Pick<Ecowatt, 'readAt'>, now: number): boolean {
  return readAt === null || now - Date.parse(readAt) > SILENT_AFTER_HOURS * HOUR;
}

/** The hour that clocks show. */
export function clockHour(epochMilliseconds: number, timeZone: TimeZone): number {
  return new Date(epochMilliseconds + offsetMinutes(epochMilliseconds, timeZone) * 60_000).getUTCHours();
}

/** Hours of one level in a row: `to` is the hour in which it has ended, 24 at most. */
export interface EcowattStretch {
  readonly from: number;
  readonly to: number;
  readonly level: EcowattLevel;
}

/** The hours of a day in a row by level, without those that are not known. */
export function ecowattStretches({ hours }: Pick<EcowattDay, 'hours'>): EcowattStretch[] {
  const stretches: EcowattStretch[] = [];
  hours.forEach((level, hour) => {
    const last = stretches.at(-1);
    if (level === null) return;
    if (last?.to === hour && last.level === level) stretches[stretches.length - 1] = { ...last, to: hour + 1 };
    else stretches.push({ from: hour, to: hour + 1, level });
  });
  return stretches;
}

/** When something is asked of people, hour by hour. */
export function tenseStretches(day: Pick<EcowattDay, 'hours'>): EcowattStretch[] {
  return ecowattStretches(day).filter(({ level }) => level >= TENSE);
}

/** What there is to tell of a day. */
export type EcowattNotice = Pick<EcowattDay, 'day' | 'level'>;

/**
 * What to tell those who asked to be told when orange or red is announced, and what became of it: once for each day and level.
 * @param days as they are known now
 * @param knownBefore as they were when something was told last
 */
export function ecowattNotices(days: readonly EcowattDay[], knownBefore: readonly EcowattNotice[]): EcowattNotice[] {
  const levels = new Map(knownBefore.map(({ day, level }) => [day, level]));
  return days.flatMap(({ day, level }) => (level === (levels.get(day) ?? 1) ? [] : [{ day, level }]));
}
