/** Writes the formats that the readers read, for tests and demos: the project's own files, from a series of its own. */
import { addDays, offsetMinutes, qualityAt, type EnergySeries, type LoadCurve, type Quality } from '@oya/contract';

const MINUTE = 60_000;

export interface FileOptions {
  timeZone: string;
  deliveryPoint: string;
  /** A value that is not there: a row without value, or no row. */
  holes?: 'empty' | 'absent';
  newestFirst?: boolean;
}

export interface CsvOptions extends FileOptions {
  /** The two lines about the delivery point, and `Horodate;Valeur`. */
  preamble?: boolean;
  lineEnd?: '\n' | '\r\n';
  byteOrderMark?: boolean;
}

interface Row {
  /** Epoch milliseconds. */
  readonly end: number;
  readonly value: number | null;
  readonly stepMinutes: number;
  readonly quality: Quality;
}

/** “Mes mesures” of the Enedis customer space; qualities are not written, because the format has none. */
export function customerCsv(curve: LoadCurve, options: CsvOptions): Uint8Array {
  const { timeZone, deliveryPoint, preamble = true, lineEnd = '\r\n', byteOrderMark = preamble } = options;
  const lines: string[] = [];
  if (preamble) {
    lines.push(
      'Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes',
      `${deliveryPoint};Courbe de charge;;;Energie active;Consommation;Comptage Brut;W;`,
      '',
      'Horodate;Valeur',
    );
  }
  for (const { end, value } of rowsOf(curve, options)) lines.push(`${withOffset(end, timeZone)};${value ?? ''}`);
  return bytes(`${byteOrderMark ? '\ufeff' : ''}${lines.join(lineEnd)}${lineEnd}`);
}

/** Enedis v5 `consumption_load_curve`: it knows measured and estimated values; what is missing has no row. */
export function enedisV5LoadCurve(curve: LoadCurve, options: FileOptions): Uint8Array {
  const readings = rowsOf(curve, { ...options, holes: 'absent' }).map(({ end, value, stepMinutes, quality }) => ({
    value: String(value),
    date: onTheClock(end, options.timeZone),
    interval_length: duration(stepMinutes),
    measure_type: quality === 'real' ? 'B' : 'E',
  }));
  return json(v5(options, { unit: 'W', measurement_kind: 'power', aggregate: 'average' }, [...readings]));
}

/** Enedis v5 `daily_consumption`: all values are as measured. */
export function enedisV5Daily(days: EnergySeries, options: FileOptions): Uint8Array {
  const readings = daysOf(days, { ...options, holes: 'absent' }).map(({ day, value }) => ({ value: String(value), date: day }));
  return json(v5(options, { unit: 'Wh', measurement_kind: 'energy', aggregate: 'sum', measuring_period: 'P1D' }, [...readings]));
}

/** Enedis 2026 `courbe_de_charge_consommation`. */
export function enedis2026LoadCurve(curve: LoadCurve, options: FileOptions): Uint8Array {
  const points = rowsOf(curve, options).map(({ end, value, stepMinutes, quality }) => ({
    v: value === null ? null : String(value),
    d: onTheClock(end, options.timeZone),
    p: duration(stepMinutes),
    n: quality === 'estimated' ? 'E' : 'B',
    iv: quality === 'provisional' ? '1' : '0',
    ec: '0',
  }));
  return json(api2026(options, { modeCalcul: 'MESURE' }, { grandeurPhysique: 'PA', unite: 'W', points: [...points] }));
}

/** Enedis 2026 `consommation_quotidienne`: all values are as measured. */
export function enedis2026Daily(days: EnergySeries, options: FileOptions): Uint8Array {
  const points = daysOf(days, options).map(({ day, value }) => ({ v: value === null ? null : String(value), d: day }));
  return json(api2026(options, { modeCalcul: 'DIFF.INDEX', pas: 'P1D' }, { grandeurPhysique: 'EA', unite: 'Wh', points: [...points] }));
}

function v5({ deliveryPoint }: FileOptions, readingType: object, readings: readonly object[]): object {
  return { meter_reading: { usage_point_id: deliveryPoint, quality: 'BRUT', reading_type: readingType, interval_reading: readings } };
}

function api2026({ deliveryPoint }: FileOptions, head: object, quantity: object): object {
  return { idPrm: deliveryPoint, etapeMetier: 'BRUT', ...head, grandeur: [{ grandeurMetier: 'CONS', ...quantity, calendrier: [] }], contexte: [] };
}

function rowsOf(curve: LoadCurve, { holes = 'absent', newestFirst = false }: FileOptions): Row[] {
  const rows: Row[] = [];
  for (const { start, stepMinutes, values, quality } of curve.segments) {
    values.forEach((value, index) => {
      if (value === null && holes === 'absent') return;
      rows.push({ end: Date.parse(start) + (index + 1) * stepMinutes * MINUTE, value, stepMinutes, quality: qualityAt(quality, index) });
    });
  }
  return newestFirst ? rows.reverse() : rows;
}

function daysOf(series: EnergySeries, { holes = 'absent', newestFirst = false }: FileOptions): { day: string; value: number | null }[] {
  const rows = series.values.map((value, index) => ({ day: addDays(series.from, index), value })).filter(({ value }) => holes === 'empty' || value !== null);
  return newestFirst ? rows.reverse() : rows;
}

/** Local time without offset, which comes twice in the night when clocks go back: `2026-10-25 02:30:00`. */
function onTheClock(epochMilliseconds: number, timeZone: string): string {
  const local = new Date(epochMilliseconds + offsetMinutes(epochMilliseconds, timeZone) * MINUTE);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

function withOffset(epochMilliseconds: number, timeZone: string): string {
  const offset = offsetMinutes(epochMilliseconds, timeZone);
  const size = Math.abs(offset);
  const digits = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${onTheClock(epochMilliseconds, timeZone).replace(' ', 'T')}${offset < 0 ? '-' : '+'}${digits}`;
}

function duration(minutes: number): string {
  return minutes === 60 ? 'PT1H' : `PT${minutes}M`;
}

function json(value: object): Uint8Array {
  return bytes(JSON.stringify(value, null, 2));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
