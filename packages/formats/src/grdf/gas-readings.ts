/**
 * From readings as GRDF publishes them to contents: those of one day become a series with their volumes and the indexes
 * beside it, longer ones are kept as the periods they are. Energy is what GRDF published, never volume × coefficient:
 * the two differ on most days, and the difference of the indexes is often not the volume.
 */
import { addDays, instant, qualityAt, type Direction, type LocalDay, type TimeZone } from '@oya/contract';
import { DaySeriesBuilder } from '../day-series.ts';
import { NO_VALUE, UNREADABLE_VALUE } from '../points.ts';
import { gasDayStart } from '../gas-day.ts';
import { MOST_OF_AN_INDEX, parseCubicMetres, parseQuantity, quantityOf, type Quantity } from '../quantities.ts';
import type { Content, IndexReadings, MeterPeriod } from '../reader.ts';
import type { RowReport } from '../row-report.ts';

const KILOWATT_HOURS = quantityOf('kWh') as Quantity;

/** Texts are as the file has them, `''` where it has nothing. */
export interface GasReading {
  readonly deliveryPoint: string | null;
  readonly direction: Direction;
  /** Days since 1970-01-01; `to` excluded. */
  readonly from: number;
  readonly to: number;
  /** kWh. */
  readonly energy: string;
  /** m³. */
  readonly volume: string;
  readonly indexStart: string;
  readonly indexEnd: string;
  readonly quality: string;
}

interface Read {
  from: number;
  to: number;
  energy: number;
  volume: number | null;
  indexStart: number | null;
  indexEnd: number | null;
  quality: string;
  place: number;
}

export class GasReadings {
  readonly #report: RowReport;
  readonly #timeZone: TimeZone;
  readonly #meters = new Map<string, { deliveryPoint: string | null; direction: Direction; days: Read[]; periods: Read[] }>();

  constructor(report: RowReport, timeZone: TimeZone) {
    this.#report = report;
    this.#timeZone = timeZone;
  }

  add(reading: GasReading, place: number, text?: string): void {
    const { deliveryPoint, direction, from, to } = reading;
    if (to <= from) {
      this.#report.skip(place, 'it ends before it begins', text);
      return;
    }
    const energy = reading.energy === '' ? NO_VALUE : parseQuantity(reading.energy, KILOWATT_HOURS, MOST_OF_AN_INDEX);
    if (typeof energy === 'string') this.#report.skip(place, energy, text);
    const cubic = (value: string): number | null => this.#cubicDecimetres(value, place, text);
    const read: Read = {
      from,
      to,
      energy: typeof energy === 'string' ? UNREADABLE_VALUE : energy,
      volume: cubic(reading.volume),
      indexStart: cubic(reading.indexStart),
      indexEnd: cubic(reading.indexEnd),
      quality: reading.quality,
      place,
    };
    const key = `${deliveryPoint} ${direction}`;
    const meter = this.#meters.get(key) ?? { deliveryPoint, direction, days: [], periods: [] };
    this.#meters.set(key, meter);
    (to - from === 1 ? meter.days : meter.periods).push(read);
  }

  contents(): Content[] {
    return [...this.#meters.values()].flatMap(({ deliveryPoint, direction, days, periods }) => {
      const of = { deliveryPoint, energy: 'gas' } as const;
      const contents: Content[] = [];
      if (days.length > 0) {
        const ofPlace = new Map(days.map((read) => [read.place, read]));
        const builder = new DaySeriesBuilder(this.#report);
        for (const { from, energy, quality, place } of days) builder.add(from, energy, quality, place);
        const series = builder.build();
        const volumes = builder.column((place) => ofPlace.get(place)?.volume ?? null);
        if (volumes.some((volume) => volume !== null)) series.volumes = volumes;
        contents.push({ ...of, kind: 'series', direction, series });
        const readings = this.#indexes(days);
        if (readings.length > 0) contents.push({ ...of, kind: 'indexes', direction, register: 'BASE', grid: 'distributor', unit: 'dm³', readings });
      }
      const kept = direction === 'production' ? this.#leaveOut(periods) : this.#periods(periods);
      if (kept.length > 0) contents.push({ ...of, kind: 'periods', periods: kept });
      return contents;
    });
  }

  #cubicDecimetres(text: string, place: number, row: string | undefined): number | null {
    if (text === '') return null;
    const value = parseCubicMetres(text);
    if (typeof value === 'number') return value;
    this.#report.skip(place, `left out beside the energy: ${value}`, row);
    return null;
  }

  #leaveOut(periods: readonly Read[]): MeterPeriod[] {
    for (const { place } of periods) this.#report.skip(place, 'gas fed into the network over more than a day is not read');
    return [];
  }

  /**
   * A week in which a year begins comes twice: from its Monday, named as the whole week but counted to 31 December, and
   * from 1 January. Other periods that overlap would count days twice: the first counts.
   */
  #periods(periods: readonly Read[]): MeterPeriod[] {
    const report = this.#report;
    const kept: Read[] = [];
    for (const read of periods.toSorted((left, right) => left.from - right.from || left.place - right.place)) {
      if (read.energy === UNREADABLE_VALUE) continue;
      const last = kept.at(-1);
      if (last && read.from < last.to) {
        const isSame = last.from === read.from && last.to === read.to && last.energy === read.energy;
        if (!isSame && last.from < read.from && localDay(read.from).endsWith('-01-01') && last.to - last.from === 7) last.to = read.from;
        else {
          report.skip(read.place, isSame ? `the same as line ${report.lineOf(last.place)}` : `its days overlap those of line ${report.lineOf(last.place)}, which count`);
          continue;
        }
      }
      kept.push({ ...read });
      if (Number.isNaN(read.energy)) report.empty++;
      else report.read++;
    }
    return kept.map(({ from, to, energy, volume, indexStart, indexEnd, quality }) => ({
      from: localDay(from),
      to: localDay(to),
      energy: Number.isNaN(energy) ? null : energy,
      volume,
      indexStart,
      indexEnd,
      quality: Number.isNaN(energy) ? 'missing' : qualityAt(quality, 0),
    }));
  }

  /** What the meter showed at 06:00. Where a day does not begin with what the day before ended with, its beginning counts. */
  #indexes(days: readonly Read[]): IndexReadings['readings'] {
    const readings = new Map<number, IndexReadings['readings'][number]>();
    const add = (epochDay: number, value: number | null, quality: string, place: number): void => {
      if (value === null) return;
      const known = readings.get(epochDay)?.value ?? value;
      if (known !== value) this.#report.skip(place, `the index ${value / 1000} m³ at 06:00 on ${localDay(epochDay)} is not the ${known / 1000} m³ told before: one meter may have followed another`);
      readings.set(epochDay, { at: instant(gasDayStart(localDay(epochDay), this.#timeZone)), value, quality: qualityAt(quality, 0) });
    };
    for (const { from, to, indexStart, indexEnd, quality, place } of days.toSorted((left, right) => left.from - right.from)) {
      add(from, indexStart, quality, place);
      add(to, indexEnd, quality, place);
    }
    return [...readings].sort(([left], [right]) => left - right).map(([, reading]) => reading);
  }
}

function localDay(epochDay: number): LocalDay {
  return addDays('1970-01-01', epochDay);
}
