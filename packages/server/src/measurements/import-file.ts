/** Takes files of the energy world in. */
import { createHash } from 'node:crypto';
import { instant, localDay, staleByMeasures, type Instant, type Period, type TimeZone } from '@oya/contract';
import { read, type Content, type Document, type FormatName, type MeterPeriod } from '@oya/formats';
import type { Transaction } from 'kysely';
import { noteMeterChange } from '../changes/note-change.ts';
import type { Database } from '../database/open.ts';
import { ensureMonths } from '../database/partitions.ts';
import type { Schema } from '../database/schema.ts';
import { loadUtility } from '../utilities.ts';
import { openChannel, type Channel } from './channels.ts';
import { consentedPart } from './consented.ts';
import { daysOf, endOfPeriods, isCurveDay, isDayEnergy, isOfMeter, measuredUntil, notesOn, periodOf, periodsOf, powersOf, wordsFor, type OfMeter, type SeriesDay } from './contents.ts';
import { countAnew } from './counting.ts';
import { ImportError } from './import-error.ts';
import { daysOfIndexes, lastIndexAt, storeIndexes, tellIndexDays, type Span } from './indexes.ts';
import { noCounts, type MergeCounts } from './merge-day.ts';
import { findMeters, pick, unknownMeter, type KnownMeter } from './meters.ts';
import { compareContract } from './network-contract.ts';
import { storePeriods } from './periods.ts';
import { storePowers } from './powers.ts';
import { storeEcoWatt, storeTempo } from './signals.ts';
import { noteFreshness, storeCurve, storeDays } from './store.ts';

export { ImportError } from './import-error.ts';

export interface ImportOptions {
  /** Id of the utility whose meters it is of; may be left out when there is only one meter that fits. */
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
  /** What the bytes answer, where they are no file: the same answer to another question is taken in. */
  answerTo?: string | undefined;
  /** Days of series outside are left out: they were not asked for. */
  within?: Period | undefined;
}

/** What became of one thing that the file says. */
export interface ContentReport {
  kind: Content['kind'];
  /** What it is, in plain words. */
  what: string;
  /** `null` for what is of no meter. */
  meter: { id: string; utilityId: string } | null;
  /** First day, and the day after the last; `null` for what has no days. */
  period: Period | null;
  values: MergeCounts;
  /** All else that is worth knowing, sentence by sentence. */
  notes: string[];
  /** When exactly this file was taken in for this meter before; then nothing was done. */
  alreadyImportedAt: Date | null;
}

export interface ImportReport {
  fileName: string;
  format: FormatName;
  rows: Document['rows'];
  contents: ContentReport[];
  /** Of all contents. */
  values: MergeCounts;
  /** When everything in this file was taken in before. */
  alreadyImportedAt: Date | null;
  dryRun: boolean;
}

const DAYS_AT_ONCE = 60;
const NAMED_FAULTS = 3;

/**
 * Takes a file in: all of it or nothing, and the same file only once.
 * @throws FormatError when the file cannot be read, ImportError when it cannot be stored
 */
export async function importFile(db: Database, options: ImportOptions): Promise<ImportReport> {
  const zones = await zonesOf(db, options.utility);
  const [only, ...others] = new Set(zones.values());
  let timeZone = only;
  if (options.meter !== undefined) {
    const named = pick(await findMeters(db, [options.meter], options.utility, zones), options.meter);
    if (!named) throw await unknownMeter(db, `There is no meter “${options.meter}”.`, options.utility);
    timeZone = named.timeZone;
  } else if (others.length > 0) {
    throw new ImportError('The utilities here lie in different time zones. Say whose file it is: --tenant.');
  }
  if (timeZone === undefined) throw await unknownMeter(db, `There is no utility${options.utility === undefined ? '' : ` “${options.utility}”`} yet.`, options.utility);
  return importDocument(db, await read(options.bytes, { timeZone }), options);
}

/** The same for a file that was read already. */
export async function importDocument(db: Database, document: Document, options: ImportOptions): Promise<ImportReport> {
  const { bytes, fileName, dryRun = false, now = Date.now(), onProgress = () => {}, answerTo = '', within } = options;
  const zones = await zonesOf(db);
  const work = (await route(db, document, options, zones)).map((each) => plan(each, fileName, within));
  // Where nothing may be kept of a file, that is all there is to say.
  const refused = work.flatMap(({ leftOut }) => leftOut);
  if (refused[0] !== undefined && !work.some(({ isStored }) => isStored)) throw new ImportError(refused[0]);
  const fileHash = createHash('sha256').update(answerTo).update(bytes).digest('hex');
  const runs = await db.selectFrom('import_run').select(['meter_key', 'imported_at']).where('file_hash', '=', fileHash).where('is_partial', '=', false).execute();
  // An old file sent again must not undo a later correction, so it is not even looked at.
  for (const { meter, report, isStored } of work) {
    if (isStored) report.alreadyImportedAt = runs.find(({ meter_key }) => meter_key === (meter?.key ?? null))?.imported_at ?? null;
  }
  const open = work.filter(({ report, isStored }) => isStored && report.alreadyImportedAt === null);
  await ensureMonths(db, open.flatMap(({ days }) => days.filter(isCurveDay).map(({ day }) => day)));

  const progress = { done: 0, all: open.reduce((total, { days }) => total + days.length, 0), tell: onProgress };
  if (open.length > 0) {
    await inOneTransaction(db, dryRun, async (transaction) => {
      const store = new Store(transaction, new Date(now), { fileHash, fileName, format: document.format, rows: document.rows }, zones, progress);
      for (const each of open) await store.take(each);
      await store.finish(work.flatMap(({ meter, leftOut }) => (meter && leftOut.length > 0 ? [meter.key] : [])));
    });
  }
  for (const { content, meter, report } of work) {
    if (content.kind === 'contract' && meter) report.notes.push(...compareContract(content, meter, localDay(now, meter.timeZone)));
  }
  const stored = work.filter(({ isStored }) => isStored);
  const before = stored.map(({ report }) => report.alreadyImportedAt);
  return {
    fileName,
    format: document.format,
    rows: document.rows,
    contents: work.map(({ report }) => report),
    values: totalOf(work.map(({ report }) => report.values)),
    alreadyImportedAt: before.length > 0 && before.every((at) => at !== null) ? (before.at(-1) ?? null) : null,
    dryRun,
  };
}

/** A content, the meter that it is of, and what is to be done with it. */
interface Work {
  content: Content;
  meter: KnownMeter | undefined;
  /** Of a series. */
  days: SeriesDay[];
  report: ContentReport;
  /** What its customer does not let be kept, and why. */
  leftOut: readonly string[];
  /** Whether there is anything in it to store. */
  isStored: boolean;
}

async function zonesOf(db: Database, utility?: string): Promise<Map<string, TimeZone>> {
  const rows = await db.selectFrom('utility').select('id').$if(utility !== undefined, (query) => query.where('id', '=', utility as string)).orderBy('id').execute();
  const zones = new Map<string, TimeZone>();
  for (const { id } of rows) zones.set(id, (await loadUtility(db, id)).timeZone);
  return zones;
}

/** What may be kept of a content, where anything may. */
interface Routed extends Pick<Work, 'content' | 'meter' | 'leftOut'> {
  isKept: boolean;
}

/** Finds the meter of each content, refuses what does not fit it, and leaves out what its customer does not consent to. */
async function route(db: Database, { contents }: Document, { utility, meter: wanted, fileName }: ImportOptions, zones: ReadonlyMap<string, TimeZone>): Promise<Routed[]> {
  const named = [...new Set(contents.flatMap((content) => (isOfMeter(content) ? (wanted ?? content.deliveryPoint ?? []) : [])))];
  const meters = await findMeters(db, named, utility, zones);
  if (wanted === undefined && contents.some((content) => isOfMeter(content) && content.deliveryPoint === null)) {
    throw await unknownMeter(db, `${fileName} does not say which delivery point it is from. Name the meter: --meter.`, utility);
  }
  const missing = named.filter((each) => !pick(meters, each));
  if (missing.length > 0) {
    throw await unknownMeter(db, missing.length === 1 ? `There is no meter “${missing[0] ?? ''}”.` : `There are no meters ${missing.map((each) => `“${each}”`).join(', ')}.`, utility);
  }
  return contents.map((content) => {
    const meter = isOfMeter(content) ? pick(meters, wanted ?? content.deliveryPoint ?? '') : undefined;
    if (!meter || !isOfMeter(content)) return { content, meter, leftOut: [], isKept: true };
    checkFit(content, meter);
    const { content: kept, leftOut } = consentedPart(content, meter);
    return { content: kept ?? content, meter, leftOut, isKept: kept !== undefined };
  });
}

function checkFit(content: OfMeter, meter: KnownMeter): void {
  const { energy, deliveryPoint } = content;
  if (energy !== meter.energy) throw new ImportError(`The file holds ${energy}, the meter ${meter.id} measures ${meter.energy}. Name another meter: --meter.`);
  if (deliveryPoint !== null && deliveryPoint !== meter.deliveryPoint) {
    throw new ImportError(`The file is from delivery point ${deliveryPoint}, the meter ${meter.id} stands at ${meter.deliveryPoint}. Name the right meter, or the right file.`);
  }
}

function plan({ content, meter, leftOut, isKept }: Routed, fileName: string, within: Period | undefined): Work {
  const all = content.kind === 'series' && meter ? daysOf(content, meter.timeZone) : [];
  const days = within ? all.filter(({ day }) => within.from <= day && day < within.to) : all;
  const period = periodOf(content, all, meter?.timeZone);
  const isEmpty = content.kind !== 'contract' && content.kind !== 'access-rights' && period === null;
  if (isEmpty) throw new ImportError(`${fileName} holds no day. Export it again for a period in which the meter was read.`);
  const report: ContentReport = { kind: content.kind, what: wordsFor(content), meter: meter ? { id: meter.id, utilityId: meter.utilityId } : null, period, values: noCounts(), notes: [...notesOn(content), ...leftOut], alreadyImportedAt: null };
  return { content, meter, days, report, leftOut, isStored: isKept && content.kind !== 'contract' && content.kind !== 'access-rights' };
}

/** Works through contents within one transaction. */
class Store {
  readonly #db: Transaction<Schema>;
  readonly #at: Date;
  readonly #file: { fileHash: string; fileName: string; format: string; rows: Document['rows'] };
  readonly #zones: ReadonlyMap<string, TimeZone>;
  readonly #progress: { done: number; all: number; tell: (done: number, all: number) => void };
  /** The record of this file, by meter. */
  readonly #runs = new Map<number | null, { key: number; counts: MergeCounts[] }>();
  readonly #channels = new Map<string, Channel>();
  /** Indexes are computed with once those of all registers are there. */
  readonly #indexed = new Map<Channel, Span & { reports: ContentReport[] }>();

  constructor(db: Transaction<Schema>, at: Date, file: { fileHash: string; fileName: string; format: string; rows: Document['rows'] }, zones: ReadonlyMap<string, TimeZone>, progress: { done: number; all: number; tell: (done: number, all: number) => void }) {
    this.#db = db;
    this.#at = at;
    this.#file = file;
    this.#zones = zones;
    this.#progress = progress;
  }

  async take({ content, meter, days, report }: Work): Promise<void> {
    const run = await this.#run(meter?.key ?? null);
    run.counts.push(report.values);
    if (meter && isOfMeter(content) && content.kind !== 'contract') await this.#takeOfMeter(content, meter, days, report, run.key);
    else if (content.kind === 'tempo') await this.#takeTempo(content.days, report, run.key);
    else if (content.kind === 'ecowatt') await storeEcoWatt(this.#db, content.days, report.values);
  }

  /** @param partial meters of which something was left out: the file may come again once it may be kept */
  async finish(partial: readonly number[]): Promise<void> {
    for (const [channel, { first, last, reports }] of this.#indexed) {
      const { days, faults } = await tellIndexDays(this.#db, channel, first, last);
      const notes = faults.slice(0, NAMED_FAULTS).map(({ register, day, before, after, what }) => `${day}, register ${register}: from ${before} to ${after} Wh ${what === 'back' ? 'the index goes back (it rolled over, the meter was changed, or a reading is wrong)' : 'is more than can pass in a day'}; no energy was computed from it`);
      if (faults.length > NAMED_FAULTS) notes.push(`and ${faults.length - NAMED_FAULTS} more like that`);
      reports.at(-1)?.notes.push(`the energy of ${days} ${days === 1 ? 'day' : 'days'} follows from indexes at both ends`, ...notes);
    }
    for (const [meterKey, { key, counts }] of this.#runs) {
      if (meterKey !== null) await noteMeterChange(this.#db, meterKey, staleByMeasures);
      const { read: readRows, empty, skippedCount: skipped } = this.#file.rows;
      await this.#db.updateTable('import_run').set({ counts: JSON.stringify({ ...totalOf(counts), read: readRows, empty, skipped }), is_partial: meterKey !== null && partial.includes(meterKey) }).where('key', '=', key).execute();
    }
  }

  async #takeOfMeter(content: Exclude<OfMeter, { kind: 'contract' }>, meter: KnownMeter, days: Work['days'], report: ContentReport, importKey: number): Promise<void> {
    const { values, notes } = report;
    const channel = await this.#channel(meter, 'direction' in content ? content.direction : 'consumption', importKey, notes);
    const note = (until: Instant | null) => noteFreshness(this.#db, channel, until, instant(this.#at.getTime()));
    if (content.kind === 'series') {
      if (content.series.kind === 'energy' && content.series.step !== 'day') {
        await this.#takePeriods(periodsOf(content.series), channel, report);
        return note(endOfPeriods(periodsOf(content.series), channel.timeZone));
      }
      for (let done = 0; done < days.length; done += DAYS_AT_ONCE) {
        const batch = days.slice(done, done + DAYS_AT_ONCE);
        await storeCurve(this.#db, channel, batch.filter(isCurveDay), values);
        await storeDays(this.#db, channel, batch.filter(isDayEnergy), values);
        this.#progress.done += batch.length;
        this.#progress.tell(this.#progress.done, this.#progress.all);
      }
      await storePowers(this.#db, channel, powersOf(content.series), noCounts());
      return note(measuredUntil(days, channel.timeZone));
    }
    if (content.kind === 'periods') {
      await this.#takePeriods(content.periods, channel, report);
      return note(endOfPeriods(content.periods, channel.timeZone));
    }
    if (content.kind === 'maximum-power') return storePowers(this.#db, channel, content, values);
    await storeIndexes(this.#db, channel, content, values);
    const span = daysOfIndexes(content, channel.timeZone);
    // What the network counts by, and volumes, are kept; the contract is reckoned by neither.
    if (span && content.grid === 'supplier' && content.unit === 'Wh') this.#noteIndexed(channel, span, report);
    return note(lastIndexAt(content));
  }

  async #takePeriods(periods: readonly MeterPeriod[], channel: Channel, { values, notes }: ContentReport): Promise<void> {
    const shared = await storePeriods(this.#db, channel, periods, values);
    if (shared > 0) notes.push(`spread evenly over ${shared} ${shared === 1 ? 'day' : 'days'}, as estimates; measured days were left as they are`);
  }

  async #takeTempo(days: Extract<Content, { kind: 'tempo' }>['days'], { values, notes }: ContentReport, importKey: number): Promise<void> {
    const counted = await storeTempo(this.#db, days, values, { at: this.#at, importKey }, (id) => this.#zones.get(id) as TimeZone);
    const provisional = days.filter(({ isProvisional }) => isProvisional).length;
    if (provisional > 0) notes.push(`${provisional} ${provisional === 1 ? 'colour is' : 'colours are'} provisional`);
    if (counted > 0) notes.push(`the days of ${counted} ${counted === 1 ? 'meter' : 'meters'} were counted anew by these colours`);
  }

  async #channel(meter: KnownMeter, direction: 'consumption' | 'production', importKey: number, notes: string[]): Promise<Channel> {
    const name = `${meter.key} ${direction}`;
    const known = this.#channels.get(name);
    if (known) return known;
    if (direction === 'production' && !meter.production) {
      await this.#db.updateTable('meter').set({ production: true }).where('key', '=', meter.key).execute();
      notes.push(`nothing that the meter ${meter.id} fed in was known so far: its customer sees it from now on`);
    }
    const channel = await openChannel(this.#db, meter.key, direction, meter.timeZone, { at: this.#at, importKey });
    await countAnew(this.#db, channel);
    this.#channels.set(name, channel);
    return channel;
  }

  #noteIndexed(channel: Channel, { first, last }: Span, report: ContentReport): void {
    const noted = this.#indexed.get(channel);
    this.#indexed.set(channel, { first: noted && noted.first < first ? noted.first : first, last: noted && noted.last > last ? noted.last : last, reports: [...(noted?.reports ?? []), report] });
  }

  async #run(meterKey: number | null): Promise<{ key: number; counts: MergeCounts[] }> {
    const known = this.#runs.get(meterKey);
    if (known) return known;
    const { fileHash, fileName, format } = this.#file;
    const { key } = await this.#db
      .insertInto('import_run')
      .values({ meter_key: meterKey, file_hash: fileHash, file_name: fileName, format, counts: '{}', imported_at: this.#at })
      .returning('key')
      .executeTakeFirstOrThrow();
    const run = { key, counts: [] };
    this.#runs.set(meterKey, run);
    return run;
  }
}

function totalOf(counts: readonly MergeCounts[]): MergeCounts {
  const total = noCounts();
  for (const each of counts) for (const what of Object.keys(total) as (keyof MergeCounts)[]) total[what] += each[what];
  return total;
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
