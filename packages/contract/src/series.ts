/**
 * Measured values, in columns: no row objects from the wire to the pixel.
 * A year of half-hours is two columns of 17 520, not 17 520 objects.
 */
import * as z from 'zod/mini';
import { isPacked, unpackColumn } from './packed-column.ts';
import { divideRounded, wattHours, type WattHours } from './units.ts';
import { Instant, LocalDay } from './time.ts';

/**
 * How far a value can be trusted, with its letter in a quality column, best first:
 * measured; provisional (may still be replaced); estimated by the network operator;
 * incomplete (a sum with intervals missing); missing (no value).
 */
export const QUALITIES = { real: 'r', provisional: 'p', estimated: 'e', incomplete: 'i', missing: 'm' } as const;
export type Quality = keyof typeof QUALITIES;

const QUALITY_OF_LETTER: Readonly<Record<string, Quality>> = Object.fromEntries(
  Object.entries(QUALITIES).map(([quality, letter]) => [letter, quality as Quality]),
);
const RANK = Object.keys(QUALITIES) as Quality[];

export function qualityAt(column: string, index: number): Quality {
  return QUALITY_OF_LETTER[column[index] ?? 'm'] ?? 'missing';
}

/** The quality of something computed from several values: that of its least trustworthy part. */
export function worstQuality(qualities: Iterable<Quality>): Quality {
  let worst = 0;
  for (const quality of qualities) worst = Math.max(worst, RANK.indexOf(quality));
  return RANK[worst] as Quality;
}

/** Whole numbers, `null` where there is no value; or the same packed, which reading undoes. */
export const ValueColumn = z
  .custom<unknown[]>((column) => isValueColumn(column) || isPacked(column), { error: 'expected whole numbers or null, or their digits by place', abort: true })
  .check(z.overwrite((column) => (typeof column[0] === 'string' ? unpackColumn(column as string[]) : column))) as unknown as z.ZodMiniType<(number | null)[], (number | null)[] | string[]>;

/** One letter of `QUALITIES` per value. */
export const QualityColumn = z.string().check(z.regex(/^[rpeim]*$/));

/**
 * A stretch of a load curve with one step: average power in W per interval.
 * `start` is the beginning of the first interval; interval i runs from start + i × step.
 */
export const CurveSegment = z
  .object({ start: Instant, stepMinutes: z.int().check(z.positive()), values: ValueColumn, quality: QualityColumn })
  .check(z.refine(columnsAgree, { error: 'values and quality differ in length' }));
export type CurveSegment = z.infer<typeof CurveSegment>;

/** Average power in W. Segments follow each other in time; between them nothing is known. */
export const LoadCurve = z.object({ kind: z.literal('curve'), unit: z.literal('W'), segments: z.array(CurveSegment) });
export type LoadCurve = z.infer<typeof LoadCurve>;

/** What one register counted, in the unit of the columns beside it. `code` is that of the meter's register: `BASE`, `HP`, `HC`, `HPJB`… */
export const RegisterColumn = z.object({ code: z.string(), values: ValueColumn });
export type RegisterColumn = z.infer<typeof RegisterColumn>;

/**
 * Energy in Wh per local day, month or year, from the step that begins on `from`. A gas day runs from 06:00 to 06:00 and
 * stands on the day on which it begins.
 */
export const EnergySeries = z
  .object({
    kind: z.literal('energy'),
    unit: z.literal('Wh'),
    step: z.enum(['day', 'month', 'year']),
    from: LocalDay,
    values: ValueColumn,
    quality: QualityColumn,
    /** The same energy by register, where the meter or the contract tells it; in a step they add up to no more than its value. */
    registers: z.optional(z.array(RegisterColumn)),
    /** Gas: the volume in dm³, as published. Energy is published beside it and never computed from it. */
    volumes: z.optional(ValueColumn),
    /** The greatest power of each step: apparent, in VA, as the meter registers it; or the highest average of the load curve, in W. */
    maximumPower: z.optional(z.object({ unit: z.enum(['VA', 'W']), values: ValueColumn })),
  })
  .check(
    z.refine(columnsAgree, { error: 'values and quality differ in length' }),
    z.refine(({ values, registers = [], volumes, maximumPower }) => [...registers.map((column) => column.values), volumes, maximumPower?.values].every((column) => column === undefined || column.length === values.length), {
      error: 'a column beside the values differs from them in length',
    }),
  );
export type EnergySeries = z.infer<typeof EnergySeries>;

export const Series = z.discriminatedUnion('kind', [LoadCurve, EnergySeries]);
export type Series = z.infer<typeof Series>;

/**
 * Energy of intervals given in W: Σ W × minutes / 60, rounded once, half away from zero.
 * `null` when no interval has a value.
 */
export function energyOf(segments: Iterable<{ stepMinutes: number; values: ArrayLike<number | null> }>): WattHours | null {
  let wattMinutes = 0;
  let seen = false;
  for (const { stepMinutes, values } of segments) {
    for (let index = 0; index < values.length; index++) {
      const watts = values[index];
      if (watts === null || watts === undefined) continue;
      wattMinutes += watts * stepMinutes;
      seen = true;
    }
  }
  return seen ? wattHours(Number(divideRounded(BigInt(wattMinutes), 60n))) : null;
}

/** Sum of an energy column, without its missing values; `null` when all are missing. */
export function totalEnergy(values: Iterable<number | null>): WattHours | null {
  let total: number | null = null;
  for (const value of values) if (value !== null) total = (total ?? 0) + value;
  return total === null ? null : wattHours(total);
}

/** Joins segments that continue each other with the same step; the others stay apart. Ascending order. */
export function joinSegments(segments: Iterable<CurveSegment>): CurveSegment[] {
  const joined: CurveSegment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last && last.stepMinutes === segment.stepMinutes && endOf(last) === Date.parse(segment.start)) {
      for (const value of segment.values) last.values.push(value);
      last.quality += segment.quality;
    } else {
      joined.push({ ...segment, values: [...segment.values] });
    }
  }
  return joined;
}

function columnsAgree(columns: { values: readonly unknown[]; quality: string }): boolean {
  return columns.values.length === columns.quality.length;
}

function isValueColumn(column: unknown): boolean {
  if (!Array.isArray(column)) return false;
  for (let index = 0; index < column.length; index++) {
    const value: unknown = column[index];
    if (value !== null && !Number.isSafeInteger(value)) return false;
  }
  return true;
}

function endOf(segment: CurveSegment): number {
  return Date.parse(segment.start) + segment.values.length * segment.stepMinutes * 60_000;
}

/** Where the greatest value stands, the first of equal ones; 0 where all are missing. */
export function greatestAt(values: readonly (number | null)[]): number {
  return values.reduce<number>((best, value, index) => ((value ?? -1) > (values[best] ?? -1) ? index : best), 0);
}
