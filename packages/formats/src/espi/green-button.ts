/**
 * Green Button: an Atom feed of ESPI resources, tied together by links: a usage point has meter readings, each with a
 * reading type (unit, power of ten, direction) and blocks of intervals. Intervals of up to an hour become a load curve,
 * days a series, longer ones periods; cost is in 10⁻⁵ of the currency.
 * A therm is that of the United States, where ESPI comes from: 105 480 400 J.
 */
import { addDays, dayStart, localDay, qualityAt, type Direction, type Energy, type LocalDay, type TimeZone } from '@oya/contract';
import { DaySeriesBuilder } from '../day-series.ts';
import { FormatError } from '../errors.ts';
import { gasDayStart } from '../gas-day.ts';
import { LoadCurveBuilder } from '../load-curve.ts';
import type { Content, MeasuredSeries, MeterPeriod, Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { INTERVAL_STEPS } from '../steps.ts';
import type { Entry, Resource } from './atom.ts';
import { ATOM, COMMODITY, currencyOf, DELTA_DATA, ESPI, FLOW, qualityOfCode, SERVICE, UOM } from './vocabulary.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const GAS_DAY_STARTS = 6 * HOUR;
const DAY_LENGTHS = [DAY - HOUR, DAY, DAY + HOUR];
const WATT_HOURS_OF_A_THERM = 105_480_400 / HOUR;
const MOST_WATTS = 1e9;
/** 1990 to 2100. */
const [FIRST_START, LAST_START] = [631_152_000, 4_102_444_800];

export const greenButton = {
  name: 'green-button',
  title: 'Green Button XML (ESPI)',

  matches({ head }: Source): boolean {
    return /^\s*<[?!\w]/.test(head) && (head.includes(ATOM) || head.includes(ESPI));
  },

  async read({ text }: Source, options: ReadOptions): Promise<Reading> {
    const { readFeed } = await import('./atom.ts');
    const feed = new Feed(readFeed(text));
    const report = new RowReport();
    const refused: FormatError[] = [];
    const contents = feed.meterReadings().flatMap((meterReading): Content[] => {
      try {
        return readMeter(meterReading, feed, report, options);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        refused.push(error);
        return [];
      }
    });
    const [first] = refused;
    if (contents.length === 0 && first && report.read + report.empty === 0) throw first;
    for (const { line = 1, reason } of refused) report.skip(line, `left out a meter reading: ${reason}`);
    return report.reading(contents, { reason: 'the file holds no interval readings', advice: 'Download the usage with its interval blocks: this file only tells what there is.' });
  },
} as const satisfies Reader;

/** A meter reading with what its links lead to. */
interface MeterReading {
  readonly line: number;
  readonly type: Resource | undefined;
  readonly usagePoint: Resource | undefined;
  readonly blocks: readonly Resource[];
}

class Feed {
  readonly #resources: readonly Resource[];

  constructor(entries: readonly Entry[]) {
    this.#resources = entries.flatMap(({ resources }) => resources);
  }

  /** Those that have intervals. */
  meterReadings(): MeterReading[] {
    const readings = this.#of('MeterReading');
    const blocks = Map.groupBy(this.#of('IntervalBlock').filter((block) => block.readings.length > 0), (block) => parentOf(block, readings) ?? `without a meter reading: ${block.entry.up}`);
    return [...blocks].map(([owner, own]) => {
      const reading = typeof owner === 'string' ? undefined : owner;
      return { line: (reading ?? own[0])?.line ?? 1, type: this.#typeOf(reading), usagePoint: this.#usagePointOf(reading), blocks: own };
    });
  }

  /** Seconds by which the feed's clocks are ahead of UTC, in winter and in summer. */
  get offsets(): number[] {
    return this.#of('LocalTimeParameters').flatMap(({ fields }) => {
      const [offset, more] = [Number(fields['tzOffset']), Number(fields['dstOffset'] ?? 0)];
      return Number.isInteger(offset) && Number.isInteger(more) ? [offset, offset + more] : [];
    });
  }

  #typeOf(reading: Resource | undefined): Resource | undefined {
    const types = this.#of('ReadingType');
    const linked = types.find((type) => type.entry === reading?.entry || (type.entry.self !== '' && reading?.entry.related.includes(type.entry.self)));
    // Where there is one of each, there is nothing to confuse.
    return linked ?? (types.length === 1 && this.#of('MeterReading').length <= 1 ? types[0] : undefined);
  }

  #usagePointOf(reading: Resource | undefined): Resource | undefined {
    const points = this.#of('UsagePoint');
    return (reading && parentOf(reading, points)) ?? (points.length === 1 ? points[0] : undefined);
  }

  #of(kind: string): Resource[] {
    return this.#resources.filter((resource) => resource.kind === kind);
  }
}

/** A link up names the collection, which the parent names as related; or the parent itself. */
function parentOf(child: Resource, parents: readonly Resource[]): Resource | undefined {
  const { self, up } = child.entry;
  const linked = parents.find(({ entry }) => {
    return entry === child.entry || (up !== '' && (entry.related.includes(up) || entry.self === up)) || (self !== '' && entry.related.includes(self)) || (entry.self !== '' && `${up}/`.startsWith(`${entry.self}/`));
  });
  return linked ?? (parents.length === 1 && up === '' ? parents[0] : undefined);
}

/** @throws FormatError when what its values mean cannot be told */
function readMeter({ type, usagePoint, blocks, line }: MeterReading, feed: Feed, report: RowReport, { timeZone }: ReadOptions): Content[] {
  const scale = scaleOf(type, line);
  const fields = type?.fields ?? {};
  const energy: Energy = fields['commodity'] === COMMODITY.gas || usagePoint?.fields['ServiceCategory/kind'] === SERVICE.gas ? 'gas' : 'electricity';
  const direction = directionOf(fields['flowDirection'] ?? '', line);
  // Its name begins small in one edition of the schema.
  const place = usagePoint?.fields['ServiceDeliveryPoint/name'] ?? usagePoint?.fields['serviceDeliveryPoint/name'] ?? '';
  const deliveryPoint = /^(\d{14}|GI\d{6})$/.exec(place)?.[0] ?? null;
  const readings = blocks.flatMap((block) => block.readings);
  const starts = new Set(readings.map(({ fields: reading }) => reading['timePeriod/start']));
  if (readings.length > 1 && starts.size === 1) {
    throw new FormatError(`all ${readings.length} readings have the same start`, 'The times are lost: ask the utility for a file that has them.', { line });
  }

  const curve = new LoadCurveBuilder(report);
  const days = new DaySeriesBuilder(report);
  const periods = new Periods(report, direction);
  const costs = { curve: new Cost(), days: new Cost(), periods: new Cost() };
  for (const { line: place, fields: reading } of readings) {
    const start = wholeNumber(reading['timePeriod/start']);
    const duration = wholeNumber(reading['timePeriod/duration'] ?? fields['intervalLength']);
    const text = reading['value'] ?? '';
    const value = /^-?\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
    const letter = qualityOfCode(reading['ReadingQuality/quality'] ?? fields['defaultQuality'] ?? '');
    const problem = problemOf(reading, start, duration, value);
    if (problem !== undefined || start === undefined || duration === undefined || value === undefined) {
      report.skip(place, problem ?? 'it cannot be read');
      continue;
    }
    const wattHours = scale.isPower ? scale.of(value) * (duration / HOUR) : scale.of(value);
    if (wattHours / (duration / HOUR) > MOST_WATTS) {
      report.skip(place, `${value} is more than any delivery point consumes`);
    } else if (duration <= HOUR) {
      const isOnMinutes = duration % 60 === 0 && start % 60 === 0;
      const broken = isOnMinutes
        ? curve.add((start + duration) / 60, Math.round((wattHours * HOUR) / duration), duration / 60, letter, place)
        : `it begins at ${start} and lasts ${duration} s, which are not full minutes`;
      if (broken === undefined) costs.curve.add(start, reading['cost']);
      else report.skip(place, broken);
    } else {
      const day = dayOf(start, energy, timeZone, feed.offsets);
      const end = DAY_LENGTHS.includes(duration) || day === undefined ? undefined : dayOf(start + duration, energy, timeZone, feed.offsets);
      if (DAY_LENGTHS.includes(duration) && day !== undefined) {
        days.add(epochDay(day), Math.round(wattHours), letter, place);
        costs.days.add(start, reading['cost']);
      } else if (day !== undefined && end !== undefined) {
        periods.add(day, end, Math.round(wattHours), letter, place);
        costs.periods.add(start, reading['cost']);
      } else {
        report.skip(place, `it begins at ${new Date(start * 1000).toISOString()} and lasts ${duration} s, which are neither whole days nor one of ${INTERVAL_STEPS.join(', ')} minutes`);
      }
    }
  }

  const currency = currencyOf(fields['currency'] ?? '');
  const series = (of: MeasuredSeries['series'], { total }: Cost): MeasuredSeries => ({
    kind: 'series', deliveryPoint, energy, direction, series: of, ...(total === undefined ? {} : { cost: { currency, total } }),
  });
  const contents: Content[] = [];
  const built = curve.build();
  if (built.segments.length > 0) contents.push(series(built, costs.curve));
  if (!days.isEmpty) contents.push(series(days.build(), costs.days));
  if (periods.kept.length > 0) contents.push({ kind: 'periods', deliveryPoint, energy, periods: periods.kept });
  return contents;
}

/** From a value of the file to Wh, or W. */
function scaleOf(type: Resource | undefined, line: number): { isPower: boolean; of(value: number): number } {
  const { uom = '', powerOfTenMultiplier = '0', accumulationBehaviour = DELTA_DATA } = type?.fields ?? {};
  const askAgain = 'Ask the utility for a file with its reading types: without the unit the numbers say nothing.';
  if (uom === '') throw new FormatError(type ? 'its reading type does not tell the unit' : 'its reading type is not in the file', askAgain, { line });
  const power = /^[+-]?\d{1,2}$/.test(powerOfTenMultiplier) ? Number(powerOfTenMultiplier) : NaN;
  if (Number.isNaN(power) || Math.abs(power) > 12) throw new FormatError(`“${powerOfTenMultiplier.slice(0, 20)}” is not a power of ten`, askAgain, { line });
  const isPower = uom === UOM.watts;
  if (!isPower && uom !== UOM.wattHours && uom !== UOM.therms) throw new FormatError(`its values are in the unit ${uom.slice(0, 10)} of ESPI, which is no energy that is read: 72 Wh, 38 W or 169 therm`, 'Download the energy in kWh.', { line });
  // 0 none, 4 delta data, 6 indicating, 9 summation, 12 instantaneous; the others are what a register showed.
  if (!['0', DELTA_DATA, '6', '9', '12'].includes(accumulationBehaviour)) throw new FormatError('its values are what a register showed, not what flowed', 'Download the usage by interval.', { line });
  const factor = uom === UOM.therms ? WATT_HOURS_OF_A_THERM : 1;
  // Dividing is exact where multiplying by 0.001 is not.
  return { isPower, of: (value) => (power < 0 ? (value * factor) / 10 ** -power : value * factor * 10 ** power) };
}

function directionOf(flow: string, line: number): Direction {
  if (flow === FLOW.reverse) return 'production';
  if (flow === '' || flow === '0' || flow === FLOW.forward) return 'consumption';
  throw new FormatError(`its flow direction ${flow.slice(0, 10)} is neither consumption (1) nor production (19)`, 'Download consumption and production apart.', { line });
}

function problemOf(reading: Readonly<Record<string, string>>, start: number | undefined, duration: number | undefined, value: number | undefined): string | undefined {
  const shown = (name: string): string => `“${(reading[name] ?? '').slice(0, 40)}”`;
  if (start === undefined) return `its start ${shown('timePeriod/start')} is not a whole number of seconds`;
  if (start < FIRST_START || start > LAST_START) return `its start ${shown('timePeriod/start')} is not between 1990 and 2100`;
  if (duration === undefined || duration === 0) return `its duration ${shown('timePeriod/duration')} is not a number of seconds`;
  if (value === undefined) return `its value ${shown('value')} is not a number`;
  return value < 0 ? `its value ${value} is negative` : undefined;
}

/** Some files write whole numbers with a fraction of zero. */
function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}(\.0*)?$/.test(text) ? Number(text) : undefined;
}

/** The day that begins at an instant on the installation's clock, or on the feed's own; `undefined` when none does. */
function dayOf(start: number, energy: Energy, timeZone: TimeZone, offsets: readonly number[]): LocalDay | undefined {
  const day = localDay(start * 1000, timeZone);
  if (dayStart(day, timeZone) === start * 1000 || (energy === 'gas' && gasDayStart(day, timeZone) === start * 1000)) return day;
  for (const beginning of energy === 'gas' ? [0, GAS_DAY_STARTS] : [0]) {
    const offset = offsets.find((ahead) => (start + ahead - beginning) % DAY === 0);
    if (offset !== undefined) return new Date((start + offset - beginning) * 1000).toISOString().slice(0, 10);
  }
  return undefined;
}

function epochDay(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`) / (DAY * 1000);
}

class Periods {
  readonly kept: MeterPeriod[] = [];
  readonly #report: RowReport;
  readonly #direction: Direction;

  constructor(report: RowReport, direction: Direction) {
    this.#report = report;
    this.#direction = direction;
  }

  add(from: LocalDay, to: LocalDay, energy: number, letter: string, place: number): void {
    const overlaps = this.kept.some((period) => from < period.to && period.from < to);
    if (this.#direction === 'production') this.#report.skip(place, 'production over more than a day is not read');
    else if (overlaps) this.#report.skip(place, `its days from ${from} to ${addDays(to, -1)} overlap those of a reading before, which counts`);
    else {
      this.#report.read++;
      this.kept.push({ from, to, energy, volume: null, indexStart: null, indexEnd: null, quality: qualityAt(letter, 0) });
      this.kept.sort((left, right) => left.from.localeCompare(right.from));
    }
  }
}

/** The sum of what intervals cost, each once however often the file repeats it. */
class Cost {
  total: number | undefined;
  readonly #starts = new Set<number>();

  add(start: number, text: string | undefined): void {
    if (text === undefined || !/^-?\d{1,12}$/.test(text) || this.#starts.has(start)) return;
    this.#starts.add(start);
    this.total = (this.total ?? 0) + Number(text);
  }
}
