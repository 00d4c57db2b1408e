/** What the files that a customer drops tell: read here, in the browser, and sent nowhere. */
import type { LocalDay, OffPeak, TempoColour, TimeZone } from '@oya/contract';
import type { Content, detect, read } from '@oya/formats';
import type { MeasuredMeter, measuredMeters } from '@oya/formats/measured-days';
import { isTold, NOTHING_KNOWN, type Known } from './subject.ts';

/** Brought together, when there is a file to expect. */
export interface Readers {
  readonly read: typeof read;
  readonly detect: typeof detect;
  readonly measuredMeters: typeof measuredMeters;
}

/** Ten years of half-hours take some 10 MB in the most talkative format. */
const MOST_BYTES = 60e6;

/** Why a file gives nothing to reckon with. */
export type FileTrouble = 'unreadable' | 'offline' | 'too-large' | 'nothing-in-it' | 'unknown' | 'broken' | 'gas' | 'signal' | 'contract' | 'power' | 'indexes' | 'production' | 'no-days';

export interface FileProblem {
  readonly name: string;
  readonly trouble: FileTrouble;
  /** The reader's own words, in English. */
  readonly detail?: string;
}

export interface FileMeter extends Pick<MeasuredMeter, 'deliveryPoint' | 'days'> {
  readonly known: Known;
}

/** All that the files say together. */
export interface FilesRead {
  readonly names: readonly string[];
  readonly contents: readonly Content[];
  /** With at least one measured day. */
  readonly meters: readonly FileMeter[];
  /** What a contract among them says, for a meter of which nothing else is known. */
  readonly contract: Known;
  readonly colours: ReadonlyMap<LocalDay, TempoColour>;
  readonly problems: readonly FileProblem[];
  /** Rows that gave no value. */
  readonly skipped: number;
}

/**
 * Reads files that were dropped together.
 * @param before read earlier: its contracts and colours still count, its measures no longer
 */
export async function readFiles(files: readonly File[], before: FilesRead | undefined, readers: Readers, timeZone: TimeZone): Promise<FilesRead> {
  const problems: FileProblem[] = [];
  const names: string[] = [];
  const fresh: Content[] = [];
  // By file: to reckon the days of a year of half-hours takes its time.
  const told: MeasuredMeter[][] = [];
  let skipped = 0;
  for (const file of files) {
    const read = await readFile(file, readers, timeZone);
    if ('trouble' in read) {
      problems.push({ name: file.name, ...read });
      continue;
    }
    skipped += read.rows.skippedCount;
    fresh.push(...read.contents);
    const own = readers.measuredMeters(read.contents, timeZone);
    told.push(own);
    const trouble = troubleOf(read.contents, own);
    if (trouble) problems.push({ name: file.name, trouble });
    else names.push(file.name);
  }
  const hasMeasures = fresh.some(isMeasure);
  // What cannot be read takes nothing away; a contract beside measures adds to them.
  const kept = (before?.contents ?? []).filter((content) => !hasMeasures || !isMeasure(content));
  const contents = [...fresh, ...kept];
  const replaces = hasMeasures || !before;
  const [only, ...others] = told;
  const all = only && others.length === 0 && kept.length === 0 ? only : readers.measuredMeters(contents, timeZone);
  return { names: replaces ? names : before.names, contents, meters: metersOf(all), contract: contractOf(all), colours: coloursOf(contents), problems, skipped: replaces ? skipped : before.skipped };
}

async function readFile(file: File, { read, detect }: Readers, timeZone: TimeZone): Promise<Awaited<ReturnType<Readers['read']>> | Omit<FileProblem, 'name'>> {
  if (file.size > MOST_BYTES) return { trouble: 'too-large' };
  if (file.size === 0) return { trouble: 'nothing-in-it' };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { trouble: 'unreadable' };
  }
  try {
    return (await detect(bytes)) === null ? { trouble: 'unknown' } : await read(bytes, { timeZone });
  } catch (thrown) {
    // Of another realm or chunk it would be no instance of its class.
    if (thrown instanceof Error && thrown.name === 'FormatError') return { trouble: 'broken', detail: thrown.message };
    throw thrown;
  }
}

function metersOf(told: readonly MeasuredMeter[]): FileMeter[] {
  return told.filter(isMeasured).map((meter) => ({ deliveryPoint: meter.deliveryPoint, days: meter.days, known: knownOf(meter) }));
}

function isMeasured({ days }: MeasuredMeter): boolean {
  return days.some(({ energy }) => energy !== null);
}

function contractOf(told: readonly MeasuredMeter[]): Known {
  return told.map(knownOf).find(isTold) ?? NOTHING_KNOWN;
}

function knownOf({ subscribedPowerKva, offPeak }: MeasuredMeter): Known {
  return { subscribedPowerKva, offPeak: always(offPeak) };
}

/** Hours without a date hold for all days. */
export function always(ranges: OffPeak['ranges'] | MeasuredMeter['offPeak']): OffPeak[] {
  return ranges.length === 0 ? [] : [{ ranges: [...ranges], from: '1900-01-01', to: null }];
}

function isMeasure({ kind }: Content): boolean {
  return kind === 'series' || kind === 'indexes' || kind === 'periods';
}

function coloursOf(contents: readonly Content[]): Map<LocalDay, TempoColour> {
  return new Map(contents.flatMap((content) => (content.kind === 'tempo' ? content.days.filter(({ isProvisional }) => !isProvisional).map(({ day, colour }) => [day, colour] as const) : [])));
}

/** Why a file that was read gives no days of electricity; `undefined` where it does. */
function troubleOf(contents: readonly Content[], told: readonly MeasuredMeter[]): FileTrouble | undefined {
  if (told.some(isMeasured)) return undefined;
  const has = (test: (content: Content) => boolean) => contents.some(test);
  if (has((content) => 'energy' in content && content.energy === 'gas') || has(({ kind }) => kind === 'access-rights')) return 'gas';
  if (has(({ kind }) => kind === 'tempo')) return undefined;
  if (has(({ kind }) => kind === 'ecowatt')) return 'signal';
  if (has(({ kind }) => kind === 'contract')) return 'contract';
  if (has((content) => 'direction' in content && content.direction === 'production')) return 'production';
  if (has(({ kind }) => kind === 'maximum-power')) return 'power';
  return has(({ kind }) => kind === 'indexes') ? 'indexes' : 'no-days';
}
