/** The one way in which measurements enter the database: imports and the demo's seed alike. */
import { dayEnergy, dayStart, instant, QUALITIES, type DayEnergy, type Instant, type LocalDay } from '@oya/contract';
import type { CurveDay } from '@oya/formats';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import type { Channel } from './channels.ts';
import { count, type Parts } from './counting.ts';
import { readRuns, sameRuns, writeRuns } from './curves.ts';
import { betterDay, readDays, tellDays, widen, type ToldDay } from './days.ts';
import { keepReplaced, type Replaced } from './history.ts';
import { mergeDay, type CurveRun, type MergeCounts } from './merge-day.ts';

const MINUTE = 60_000;

/**
 * Stores days of a load curve, merged with what is known of them (`mergeDay`), and what follows from it: the energy of each
 * day, its registers and its greatest power.
 * @param days ascending; their months need partitions (`ensureMonths`)
 * @param counts is added to
 */
export async function storeCurve(db: Transaction<Schema>, channel: Channel, days: readonly CurveDay[], counts: MergeCounts): Promise<void> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return;
  const known = await readRuns(db, channel, first.day, last.day);
  const knownDays = await readDays(db, channel, first.day, last.day);

  const changed: { day: LocalDay; runs: CurveRun[] }[] = [];
  const sums: ToldDay[] = [];
  const replaced: Replaced[] = [];
  for (const { day, segments } of days) {
    const start = dayStart(day, channel.timeZone);
    const before = known.get(day) ?? [];
    const told = segments.map((segment) => ({
      startMinute: (Date.parse(segment.start) - start) / MINUTE,
      stepMinutes: segment.stepMinutes,
      watts: segment.values,
      quality: segment.quality,
    }));
    const runs = mergeDay(before, told, counts, (gone) => replaced.push({ day, before: gone }));
    if (sameRuns(before, runs)) continue;
    changed.push({ day, runs });
    const sum = dayEnergy(day, runs.map((run) => ({ stepMinutes: run.stepMinutes, values: run.watts, quality: run.quality })), channel.timeZone);
    sums.push({ day, told: { wh: sum.energy, dm3: null, quality: QUALITIES[sum.quality], source: 'curve' } });
  }
  await writeRuns(db, channel, changed, known);
  await keepReplaced(db, channel, 'curve', replaced);
  const better = await tellDays(db, channel, sums, knownDays);
  await count(db, channel, changed.map(({ day }) => day), { curves: new Map(changed.map(({ day, runs }) => [day, runs])), energies: new Map([...knownDays, ...better]), areNew: knownDays.size === 0 });
  await widen(db, channel, ['curve', 'days'], first.day, last.day);
}

/**
 * Stores days as the network operator published them.
 * @param days ascending
 * @param counts is added to
 */
export async function storeDays(db: Transaction<Schema>, channel: Channel, days: readonly DayEnergy[], counts: MergeCounts): Promise<void> {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return;
  const known = await readDays(db, channel, first.day, last.day);
  const told: ToldDay[] = days.map(({ day, energy, volume = null, quality }) => ({ day, told: { wh: energy, dm3: volume, quality: QUALITIES[quality], source: 'published' } }));
  for (const { day, told: each } of told) {
    const before = known.get(day);
    if (each.wh === null) continue;
    const isBetter = betterDay(before, each) !== undefined;
    const isKnown = before?.wh === each.wh && (each.dm3 === null || each.dm3 === before.dm3);
    if (!before || before.wh === null) counts.added++;
    else if (isKnown && (isBetter || before.quality === each.quality)) counts.unchanged++;
    else if (isBetter) counts.replaced++;
    else counts.kept++;
  }
  const better = await tellDays(db, channel, told, known);
  const given = new Map<LocalDay, Parts>(days.flatMap(({ day, registers }) => (registers ? [[day, registers]] : [])));
  await count(db, channel, [...new Set([...better.keys(), ...given.keys()])].sort(), { energies: new Map([...known, ...better]), given });
  await widen(db, channel, ['days'], first.day, last.day);
}

/** Notes how far a channel has been measured, and that news came. */
export async function noteFreshness(db: Transaction<Schema>, { key }: Channel, measuredUntil: Instant | null, collectedAt: Instant | null): Promise<void> {
  await sql`
    update channel set
      measured_until = greatest(measured_until, ${measuredUntil}::timestamptz),
      collected_at = greatest(collected_at, ${collectedAt}::timestamptz)
    where key = ${key}`.execute(db);
}

/** The instant at which the last value that is there ends; `null` when there is none. */
export function endOfMeasures(days: readonly CurveDay[]): Instant | null {
  for (let index = days.length - 1; index >= 0; index--) {
    for (const { start, stepMinutes, values } of (days[index] as CurveDay).segments.toReversed()) {
      const last = values.findLastIndex((value) => value !== null);
      if (last >= 0) return instant(Date.parse(start) + (last + 1) * stepMinutes * MINUTE);
    }
  }
  return null;
}
