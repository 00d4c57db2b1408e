import { addDays, addSteps, dayStart, instant, qualityAt, type DayEnergy, type Energy, type EnergySeries, type LocalDay, type TimeZone } from '@oya/contract';
import { readMeasurements, splitByDay, type CurveDay, type Measurements } from '@oya/formats';
import { createHash } from 'node:crypto';
import type { Database } from '../database/open.ts';
import { ensureMonths } from '../database/partitions.ts';
import { loadUtility } from '../utilities.ts';
import { noCounts, type MergeCounts } from './merge-day.ts';
import { endOfMeasures, noteFreshness, storeCurve, storeDays } from './store.ts';

export interface ImportOptions {
  /** Id of the utility whose meter it is; may be left out when there is only one meter that fits. */
  utility?: string | undefined;
  /** Id or delivery point of the meter; default: the delivery point that the file names. */
  meter?: string | undefined;
  /** For the report and the record of imports. */
  fileName: string;
  bytes: Uint8Array;
  /** Do all, then take it back. */
  dryRun?: boolean | undefined;
  /** Epoch milliseconds; default: the clock. */
  now?: number | undefined;
  onProgress?: ((daysDone: number, daysInAll: number) => void) | undefined;
}

export interface ImportReport {
  fileName: string;
  utilityId: string;
  meterId: string;
  format: Measurements['format'];
  rows: Measurements['rows'];
  /** First day with a row, and the day after the last. */
  from: LocalDay;
  to: LocalDay;
  values: MergeCounts;
  /** When exactly this file was taken in before; then nothing was done. */
  alreadyImportedAt: Date | null;
  dryRun: boolean;
}

/** Why a file was not taken in; nothing of it was stored. `message` says what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

const DAYS_AT_ONCE = 60;

/**
 * Takes a file of measurements in: all of it or nothing, and the same file only once.
 * @throws FormatError when the file cannot be read, ImportError when it cannot be stored
 */
export async function importFile(db: Database, options: ImportOptions): Promise<ImportReport> {
  const { bytes, fileName, dryRun = false, now = Date.now(), onProgress = () => {} } = options;
  const { measurements, meter } = await readFor(db, options);
  checkFit(measurements, meter);

  const days = daysOf(measurements.series, meter.timeZone);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new ImportError(`${fileName} holds no day. Export it again for a period in which the meter was read.`);
  const report: ImportReport = {
    fileName,
    utilityId: meter.utilityId,
    meterId: meter.id,
    format: measurements.format,
    rows: measurements.rows,
    from: first.day,
    to: addDays(last.day, 1),
    values: noCounts(),
    alreadyImportedAt: null,
    dryRun,
  };

  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const before = await db.selectFrom('import_run').select('imported_at').where('meter_key', '=', meter.key).where('file_hash', '=', fileHash).executeTakeFirst();
  // An old file sent again must not undo a later correction, so it is not even looked at.
  if (before) return { ...report, alreadyImportedAt: before.imported_at };

  if (measurements.series.kind === 'curve') await ensureMonths(db, days.map(({ day }) => day));
  await inOneTransaction(db, dryRun, async (transaction) => {
    for (let done = 0; done < days.length; done += DAYS_AT_ONCE) {
      const batch = days.slice(done, done + DAYS_AT_ONCE);
      await storeCurve(transaction, meter, batch.filter(isCurveDay), report.values);
      await storeDays(transaction, meter, batch.filter(isDayEnergy), report.values);
      onProgress(Math.min(done + DAYS_AT_ONCE, days.length), days.length);
    }
    await noteFreshness(transaction, meter, measuredUntil(days, meter.timeZone), instant(now));
    await transaction
      .insertInto('import_run')
      .values({
        meter_key: meter.key,
        file_hash: fileHash,
        file_name: fileName,
        format: measurements.format,
        counts: JSON.stringify({ ...report.values, read: report.rows.read, empty: report.rows.empty, skipped: report.rows.skippedCount }),
        imported_at: new Date(now),
      })
      .execute();
  });
  return report;
}

interface KnownMeter {
  key: number;
  id: string;
  utilityId: string;
  energy: Energy;
  deliveryPoint: string;
  loadCurve: 'collected' | 'consent-needed' | 'unavailable';
  timeZone: TimeZone;
}

/** The meter decides the time zone, and may itself be named by the file only. */
async function readFor(db: Database, { utility, meter: wanted, bytes, fileName }: ImportOptions): Promise<{ measurements: Measurements; meter: KnownMeter }> {
  const meters = await listMeters(db, utility);
  if (wanted !== undefined) {
    const meter = pick(meters, wanted);
    return { meter, measurements: readMeasurements(bytes, { timeZone: meter.timeZone }) };
  }
  const zones = new Set(meters.map(({ timeZone }) => timeZone));
  const [timeZone] = zones;
  if (timeZone === undefined) throw unknownMeter(`There is no meter${utility === undefined ? '' : ` of the utility “${utility}”`} yet.`, meters);
  if (zones.size > 1) throw new ImportError('The utilities here lie in different time zones. Say whose file it is: --utility.');
  const measurements = readMeasurements(bytes, { timeZone });
  if (measurements.deliveryPoint === null) throw unknownMeter(`${fileName} does not say which delivery point it is from. Name the meter: --meter.`, meters);
  return { meter: pick(meters, measurements.deliveryPoint), measurements };
}

async function listMeters(db: Database, utility: string | undefined): Promise<KnownMeter[]> {
  const rows = await db
    .selectFrom('meter')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.id', 'meter.utility_id', 'meter.energy', 'meter.load_curve', 'meter.removed_on', 'contract.delivery_point'])
    .$if(utility !== undefined, (query) => query.where('meter.utility_id', '=', utility as string))
    .orderBy('meter.removed_on', (order) => order.desc().nullsFirst())
    .orderBy('meter.id')
    .execute();
  const zones = new Map<string, TimeZone>();
  for (const id of new Set(rows.map((row) => row.utility_id))) zones.set(id, (await loadUtility(db, id)).timeZone);
  return rows.map((row) => ({
    key: row.key,
    id: row.id,
    utilityId: row.utility_id,
    energy: row.energy,
    deliveryPoint: row.delivery_point,
    loadCurve: row.load_curve,
    timeZone: zones.get(row.utility_id) as TimeZone,
  }));
}

/** By id, or by delivery point: then the current meter, which comes first. */
function pick(meters: readonly KnownMeter[], wanted: string): KnownMeter {
  const found = meters.filter(({ id, deliveryPoint }) => id === wanted || deliveryPoint === wanted);
  const [meter] = found;
  if (!meter) throw unknownMeter(`There is no meter “${wanted}”.`, meters);
  if (new Set(found.map(({ utilityId }) => utilityId)).size > 1) throw new ImportError(`Several utilities have a meter “${wanted}”. Say whose file it is: --utility.`);
  return meter;
}

function unknownMeter(reason: string, meters: readonly KnownMeter[]): ImportError {
  const list = meters.map(({ id, deliveryPoint, utilityId, energy }) => `  ${id}  ${deliveryPoint}  ${energy}, ${utilityId}`);
  return new ImportError(list.length > 0 ? `${reason}\nKnown meters (id, delivery point):\n${list.join('\n')}` : `${reason}\nNo meter is known yet: seed the demo (npm start) or create one.`);
}

function checkFit({ energy, direction, series, deliveryPoint }: Measurements, meter: KnownMeter): void {
  if (direction !== 'consumption') throw new ImportError('The file holds production; the portal keeps consumption. Export the consumption of the meter.');
  if (energy !== meter.energy) throw new ImportError(`The file holds ${energy}, the meter ${meter.id} measures ${meter.energy}. Name another meter: --meter.`);
  if (deliveryPoint !== null && deliveryPoint !== meter.deliveryPoint) {
    throw new ImportError(`The file is from delivery point ${deliveryPoint}, the meter ${meter.id} stands at ${meter.deliveryPoint}. Name the right meter, or the right file.`);
  }
  if (series.kind === 'curve' && meter.loadCurve !== 'collected') {
    const why = meter.loadCurve === 'consent-needed' ? 'its customer has not consented to the half-hourly curve' : 'this kind of meter has none';
    throw new ImportError(`The file holds a load curve, which must not be kept for the meter ${meter.id}: ${why}. Import daily values instead.`);
  }
}

type ImportedDay = CurveDay | DayEnergy;

function isCurveDay(day: ImportedDay): day is CurveDay {
  return 'segments' in day;
}

function isDayEnergy(day: ImportedDay): day is DayEnergy {
  return !isCurveDay(day);
}

function daysOf(series: Measurements['series'], timeZone: TimeZone): ImportedDay[] {
  return series.kind === 'curve' ? [...splitByDay(series, timeZone)] : [...daysOfSeries(series)];
}

function* daysOfSeries({ step, from, values, quality }: EnergySeries): Generator<DayEnergy, void, undefined> {
  if (step !== 'day') throw new ImportError(`The file holds energy by ${step}; the portal needs days or a load curve.`);
  for (const [index, energy] of values.entries()) yield { day: addSteps(from, 'day', index), energy, quality: qualityAt(quality, index) };
}

function measuredUntil(days: readonly ImportedDay[], timeZone: TimeZone): string | null {
  const curveDays = days.filter(isCurveDay);
  if (curveDays.length > 0) return endOfMeasures(curveDays);
  const last = days.filter(isDayEnergy).findLast(({ energy }) => energy !== null);
  return last ? instant(dayStart(addDays(last.day, 1), timeZone)) : null;
}

/** Rolls a transaction back that did nothing wrong. */
class TakenBack extends Error {}

async function inOneTransaction(db: Database, takeBack: boolean, work: Parameters<ReturnType<Database['transaction']>['execute']>[0]): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      await work(transaction);
      if (takeBack) throw new TakenBack();
    });
  } catch (thrown) {
    if (!(thrown instanceof TakenBack)) throw thrown;
  }
}
