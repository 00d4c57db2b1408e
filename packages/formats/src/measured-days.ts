/** The days of each electricity meter that files tell of, as finely as they tell them: for rules that reckon with days. */
import {
  addDays,
  dayEnergy,
  dayStart,
  localDay,
  qualityAt,
  worstQuality,
  type ClockRange,
  type CurveSegment,
  type DayEnergy,
  type EnergySeries,
  type LoadCurve,
  type LocalDay,
  type TimeZone,
} from '@oya/contract';
import type { Content, IndexReadings } from './reader.ts';
import { splitByDay } from './split-by-day.ts';

/** Meters tell the index of midnight, some a moment after it. */
const AFTER_MIDNIGHT_MS = 5 * 60_000;
/** More than one phase line carries in a day of 25 hours: two indexes between which a meter was changed. */
const MOST_WH_OF_A_DAY = 250_000 * 25;

/** A day with its half-hours, where they tell all of it. */
export interface MeasuredDay extends DayEnergy {
  readonly curve?: readonly CurveSegment[] | undefined;
}

/** What was measured of one meter, by the ways in which it is told. */
export interface Measured {
  readonly curves: readonly LoadCurve[];
  readonly days: readonly EnergySeries[];
  /** Of the registers of one contract. */
  readonly indexes?: readonly IndexReadings[];
}

export interface MeasuredMeter {
  /** `null` where the files do not tell it. */
  readonly deliveryPoint: string | null;
  /** Ascending. */
  readonly days: readonly MeasuredDay[];
  /** `null` where no file tells it. */
  readonly subscribedPowerKva: number | null;
  /** Empty where no file tells them. */
  readonly offPeak: readonly ClockRange[];
}

/** The meters for electricity that files are about. What names no delivery point belongs to the only one that another names. */
export function measuredMeters(contents: readonly Content[], timeZone: TimeZone): MeasuredMeter[] {
  const own = contents.filter((content) => 'deliveryPoint' in content && content.energy === 'electricity' && !('direction' in content && content.direction === 'production')) as Extract<Content, { deliveryPoint: string | null }>[];
  const named = new Set(own.map(({ deliveryPoint }) => deliveryPoint).filter((point) => point !== null));
  const only = named.size === 1 ? [...named][0] : undefined;
  const points = new Set(own.map(({ deliveryPoint }) => deliveryPoint ?? only ?? null));
  return [...points].map((point) => {
    const ofPoint = own.filter(({ deliveryPoint }) => (deliveryPoint ?? only ?? null) === point);
    const series = ofPoint.flatMap((content) => (content.kind === 'series' ? [content.series] : []));
    const contracts = ofPoint.filter((content) => content.kind === 'contract');
    return {
      deliveryPoint: point,
      days: measuredDays(
        {
          curves: series.filter((each) => each.kind === 'curve'),
          days: series.filter((each) => each.kind === 'energy' && each.step === 'day') as EnergySeries[],
          indexes: ofPoint.filter((content) => content.kind === 'indexes'),
        },
        timeZone,
      ),
      subscribedPowerKva: contracts.find(({ subscribedPowerKva }) => subscribedPowerKva !== null)?.subscribedPowerKva ?? null,
      offPeak: contracts.map(({ offPeakHours }) => clockRanges(offPeakHours ?? '')).find((ranges) => ranges.length > 0) ?? [],
    };
  });
}

/**
 * Each day once: a load curve that tells all of it counts before what else was told of it, then its published energy, then
 * what its registers counted between two midnights, then the part of it that a curve tells.
 */
export function measuredDays({ curves, days, indexes = [] }: Measured, timeZone: TimeZone): MeasuredDay[] {
  const byDay = new Map<LocalDay, MeasuredDay>();
  const byIndex = indexDays(indexes, timeZone);
  for (const day of byIndex.values()) byDay.set(day.day, day);
  for (const day of days.flatMap(daysOfSeries)) if (day.energy !== null) byDay.set(day.day, { ...day, registers: day.registers ?? addingUp(byIndex.get(day.day), day.energy) });
  for (const curve of curves) {
    for (const { day, segments } of splitByDay(curve, timeZone)) {
      const own = dayEnergy(day, segments, timeZone);
      const known = byDay.get(day);
      if (own.energy === null || known?.curve !== undefined) continue;
      const isWhole = own.quality !== 'incomplete';
      if (isWhole) byDay.set(day, { ...own, registers: addingUp(known, own.energy), curve: segments });
      else if (!known || (known.quality === 'incomplete' && (known.energy ?? 0) <= own.energy)) byDay.set(day, { ...own, registers: addingUp(known, own.energy), curve: segments });
    }
  }
  return [...byDay.values()].sort((left, right) => (left.day < right.day ? -1 : 1));
}

/** Registers of a day that tell the same energy. */
function addingUp(day: MeasuredDay | undefined, energy: number): DayEnergy['registers'] {
  const registers = day?.registers;
  return registers && Object.values(registers).reduce((total, part) => total + part, 0) === energy ? registers : undefined;
}

function daysOfSeries({ from, values, quality, registers = [] }: EnergySeries): MeasuredDay[] {
  return values.map((energy, index) => {
    const parts = registers.flatMap(({ code, values: counted }) => (counted[index] ? [[code, counted[index]] as const] : []));
    return { day: addDays(from, index), energy, quality: qualityAt(quality, index), ...(parts.length > 0 && { registers: Object.fromEntries(parts) }) };
  });
}

/** What the registers of the contract counted between the indexes of two midnights; a day of which one of them lacks an end is left out. */
function indexDays(indexes: readonly IndexReadings[], timeZone: TimeZone): Map<LocalDay, MeasuredDay> {
  const midnights = new Map<LocalDay, Map<string, IndexReadings['readings'][number]>>();
  for (const { register, grid, unit, readings } of indexes) {
    if (grid !== 'supplier' || unit !== 'Wh') continue;
    for (const reading of readings) {
      const at = Date.parse(reading.at);
      const day = localDay(at, timeZone);
      if (reading.value === null || at - dayStart(day, timeZone) > AFTER_MIDNIGHT_MS) continue;
      const known = midnights.get(day) ?? new Map<string, IndexReadings['readings'][number]>();
      midnights.set(day, known);
      // Ascending: of several the one nearest to midnight stays.
      if (!known.has(register)) known.set(register, reading);
    }
  }
  const days = new Map<LocalDay, MeasuredDay>();
  for (const [day, before] of midnights) {
    const after = midnights.get(addDays(day, 1));
    if (!after) continue;
    const registers: Record<string, number> = {};
    let energy = 0;
    const codes = new Set([...before.keys(), ...after.keys()]);
    const isWhole = [...codes].every((code) => {
      const [begin, end] = [before.get(code)?.value, after.get(code)?.value];
      if (typeof begin !== 'number' || typeof end !== 'number') return false;
      const counted = end - begin;
      energy += counted;
      if (counted > 0) registers[code] = counted;
      return counted >= 0 && counted <= MOST_WH_OF_A_DAY;
    });
    if (isWhole && codes.size > 0) days.set(day, { day, energy, quality: worstQuality([...before.values(), ...after.values()].map(({ quality }) => quality)), registers });
  }
  return days;
}

/** `HC (22H30-6H30)`, `HC (1H34-7H34;12H04-14H04)` as clock times; nothing where there are none. */
function clockRanges(words: string): ClockRange[] {
  const clock = (hours = '', minutes = '') => `${hours.padStart(2, '0')}:${minutes || '00'}`;
  return [...words.matchAll(/\b([01]?\d|2[0-3])h([0-5]\d)?\s*(?:-|à)\s*([01]?\d|2[0-3])h([0-5]\d)?/gi)].map(([, from, fromMinute, to, toMinute]) => ({ from: clock(from, fromMinute), to: clock(to, toMinute) }));
}
