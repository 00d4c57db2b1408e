/** Writes the formats that the readers read, for tests and demos: the project's own files, from a series of its own. */
import { addDays, offsetMinutes, qualityAt, TEMPO_REGISTERS, type Direction, type EnergySeries, type LoadCurve, type Quality } from '@oya/contract';
import type { IndexReadings, MaximumPowers, MeasuredSeries, NetworkContract } from './reader.ts';

const MINUTE = 60_000;

export interface FileOptions {
  timeZone: string;
  deliveryPoint: string;
  /** Default: consumption; v5 files do not tell it. */
  direction?: Direction;
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

export interface Row {
  /** Epoch milliseconds. */
  readonly end: number;
  readonly value: number | null;
  readonly stepMinutes: number;
  readonly quality: Quality;
}

/** What a customer's CSV may hold, one block each. */
export type CustomerBlock = MeasuredSeries | MaximumPowers | readonly IndexReadings[];

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

const PREAMBLE = 'Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes';

/** “Mes mesures” with one block after another, as third parties get it by mail. Registers stand in the order of their columns. */
export function customerBlocksCsv(blocks: readonly CustomerBlock[], options: FileOptions): Uint8Array {
  const lines = blocks.flatMap((block) => [PREAMBLE, ...('kind' in block ? measuredBlock(block, options) : indexBlock(block, options))]);
  return bytes(`\ufeff${lines.join('\r\n')}\r\n`);
}

function measuredBlock(block: MeasuredSeries | MaximumPowers, options: FileOptions): string[] {
  const business = block.direction === 'production' ? 'Production' : 'Consommation';
  const head = (data: string, physical: string, unit: string): string => `${block.deliveryPoint};${data};;;${physical};${business};Comptage Brut;${unit};`;
  if (block.kind === 'maximum-power') {
    const rows = block.days.map(({ day, power, at }) => `${at === null ? day : withOffset(Date.parse(at), options.timeZone)};${power ?? ''}`);
    return [head('Puissance maximale quotidienne', 'Puissance maximale atteinte', block.unit), 'Horodate;Valeur', ...rows];
  }
  if (block.series.kind === 'energy') {
    return [head(`${business} quotidienne`, 'Energie active', 'Wh'), 'Date;Valeur (en Wh)', ...daysOf(block.series, options).map(({ day, value }) => `${day};${value ?? ''}`)];
  }
  return [head('Courbe de charge', 'Energie active', 'W'), 'Horodate;Valeur', ...rowsOf(block.series, options).map(({ end, value }) => `${withOffset(end, options.timeZone)};${value ?? ''}`)];
}

/** Enedis' names of the classes, where they are not those of the contract. */
const CLASSES: Readonly<Record<string, string>> = {
  [TEMPO_REGISTERS.blue.peak]: 'BUHP',
  [TEMPO_REGISTERS.blue.offPeak]: 'BUHC',
  [TEMPO_REGISTERS.white.peak]: 'BCHP',
  [TEMPO_REGISTERS.white.offPeak]: 'BCHC',
  [TEMPO_REGISTERS.red.peak]: 'RHP',
  [TEMPO_REGISTERS.red.offPeak]: 'RHC',
};
const REGISTERS = [...Array.from({ length: 10 }, (_, index) => `EAS F${index + 1}`), ...Array.from({ length: 4 }, (_, index) => `EAS D${index + 1}`), 'EAS T'];

/** All registers of one meter, read at the same moments; the register `EAS T` is the total. */
function indexBlock(indexes: readonly IndexReadings[], { timeZone, newestFirst }: FileOptions): string[] {
  const [first] = indexes;
  const supplier = indexes.filter(({ grid }) => grid === 'supplier');
  const distributor = indexes.filter(({ grid, register }) => grid === 'distributor' && register !== 'EAS T');
  const columns = REGISTERS.map((name) => ({ name, index: name === 'EAS T' ? indexes.find(({ register }) => register === name) : (name.startsWith('EAS F') ? supplier : distributor)[Number(name.slice(5)) - 1] }));
  const rows = (first?.readings ?? []).map(({ at }, row) => `${withOffset(Date.parse(at), timeZone)};Arrêté quotidien;${columns.map(({ index }) => index?.readings[row]?.value ?? '').join(';')}`);
  const classes = (prefix: string): typeof columns => columns.filter(({ name }) => name.startsWith(prefix));
  const names = (prefix: string, words: string): string => classes(prefix).map((_, at) => `Identifiant classe temporelle${words} ${at + 1};Libelle classe temporelle${words} ${at + 1};Cadran classe temporelle${words} ${at + 1}`).join(';');
  const assigned = (prefix: string): string => classes(prefix).map(({ name, index }) => `${index ? (CLASSES[index.register] ?? index.register) : ''};;${name}`).join(';');
  return [
    `${first?.deliveryPoint};Index;;;Energie active;Consommation;Comptage Brut;Wh`,
    `Horodate;Type de releve;${REGISTERS.join(';')}`,
    ...(newestFirst ? rows.reverse() : rows),
    '',
    `Periode;Identifiant calendrier fournisseur;Libelle calendrier fournisseur;${names('EAS F', '')};Identifiant calendrier distributeur;Libelle calendrier distributeur;${names('EAS D', ' distributeur')}`,
    `Du ${withOffset(Date.parse(first?.readings[0]?.at ?? ''), timeZone)} au;FC000001;Calendrier;${assigned('EAS F')};DI000001;Calendrier;${assigned('EAS D')}`,
  ];
}

/** The flow R63: each row tells what it is about, in local time without offset. */
export function enedisR63Csv(curves: readonly MeasuredSeries[], options: FileOptions): Uint8Array {
  const lines = curves.flatMap(({ deliveryPoint, direction, series }) =>
    series.kind !== 'curve'
      ? []
      : rowsOf(series, options).map(({ end, value, stepMinutes, quality }) => {
          const business = direction === 'production' ? 'PROD' : 'CONS';
          return [deliveryPoint, '2026-01-01 00:00:00', '2027-01-01 00:00:00', 'PA', business, 'BRUT', 'W', onTheClock(end, options.timeZone), value ?? '', quality === 'estimated' ? 'E' : 'B', duration(stepMinutes), quality === 'provisional' ? 1 : 0, 0].join(';');
        }),
  );
  const names = 'Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire';
  return bytes(`${[names, ...lines].join('\n')}\n`);
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

/** Enedis v5 `daily_consumption_max_power`. */
export function enedisV5MaximumPower({ unit, days }: Pick<MaximumPowers, 'unit' | 'days'>, options: FileOptions): Uint8Array {
  const readings = days.filter(({ power }) => power !== null).map(({ day, power, at }) => ({ value: String(power), date: at === null ? day : onTheClock(Date.parse(at), options.timeZone) }));
  return json(v5(options, { unit, measurement_kind: 'power', aggregate: 'maximum', measuring_period: 'P1D' }, readings));
}

/** What an API of Enedis answers in place of measurements. */
export function enedisError(code: string, description: string): Uint8Array {
  return json({ error: code, error_description: description, error_uri: 'https://example.org/' });
}

/** Enedis 2026 `courbe_de_charge_consommation`, or `_production`. */
export function enedis2026LoadCurve(curve: LoadCurve, options: FileOptions): Uint8Array {
  return enedis2026([{ ...about(options), kind: 'series', series: curve }], options);
}

/** Enedis 2026 `consommation_quotidienne`, or `production_quotidienne`: all values are as measured. */
export function enedis2026Daily(days: EnergySeries, options: FileOptions): Uint8Array {
  return enedis2026([{ ...about(options), kind: 'series', series: days }], options);
}

/** Enedis 2026, with one quantity for each content; all are of one delivery point. */
export function enedis2026(contents: readonly (MeasuredSeries | MaximumPowers)[], options: FileOptions): Uint8Array {
  const quantities = contents.map((content) => ({ grandeurMetier: content.direction === 'production' ? 'PROD' : 'CONS', ...quantity2026(content, options), calendrier: [] }));
  return json({ idPrm: options.deliveryPoint, etapeMetier: 'BRUT', modeCalcul: 'MESURE', grandeur: quantities, contexte: [] });
}

function quantity2026(content: MeasuredSeries | MaximumPowers, options: FileOptions): object {
  if (content.kind === 'maximum-power') {
    const points = content.days.map(({ day, power, at }) => ({ v: power === null ? null : String(power), d: at === null ? day : onTheClock(Date.parse(at), options.timeZone) }));
    return { grandeurPhysique: 'PMA', unite: content.unit, points };
  }
  if (content.series.kind === 'energy') {
    return { grandeurPhysique: 'EA', unite: 'Wh', points: daysOf(content.series, options).map(({ day, value }) => ({ v: value === null ? null : String(value), d: day })) };
  }
  const points = rowsOf(content.series, options).map(({ end, value, stepMinutes, quality }) => ({
    v: value === null ? null : String(value),
    d: onTheClock(end, options.timeZone),
    p: duration(stepMinutes),
    n: quality === 'estimated' ? 'E' : 'B',
    iv: quality === 'provisional' ? '1' : '0',
    ec: '0',
  }));
  return { grandeurPhysique: 'PA', unite: 'W', points };
}

function about({ deliveryPoint, direction = 'consumption' }: FileOptions): Pick<MeasuredSeries, 'deliveryPoint' | 'direction' | 'energy'> {
  return { deliveryPoint, direction, energy: 'electricity' };
}

/** Enedis v5 `customers_upc`: contracts of one customer; details are not written. */
export function enedisV5Contracts(contracts: readonly NetworkContract[]): Uint8Array {
  const points = contracts.map(({ deliveryPoint, subscribedPowerKva, tariff, offPeakHours, from }) => ({
    usage_point: { usage_point_id: deliveryPoint, usage_point_status: 'com' },
    contracts: { subscribed_power: subscribedPowerKva === null ? undefined : `${subscribedPowerKva} kVA`, distribution_tariff: tariff, offpeak_hours: offPeakHours, last_activation_date: from === null ? undefined : `${from}+01:00` },
  }));
  return json({ customer: { customer_id: '1', usage_points: points } });
}

/** Enedis 2026 `situation_contrat`, which does not tell off-peak hours; details are not written. */
export function enedis2026Contracts(contracts: readonly NetworkContract[]): Uint8Array {
  return json(
    contracts.map(({ deliveryPoint, subscribedPowerKva, tariff, from }) => ({
      usage_point_id: deliveryPoint,
      contract_start: from === null ? undefined : `${from}T00:00:00+0100`,
      distribution_tariff: tariff,
      subscribed_power: subscribedPowerKva === null ? undefined : { unit: 'kVA', value: String(subscribedPowerKva) },
      segment: 'C5',
    })),
  );
}

function v5({ deliveryPoint }: FileOptions, readingType: object, readings: readonly object[]): object {
  return { meter_reading: { usage_point_id: deliveryPoint, quality: 'BRUT', reading_type: readingType, interval_reading: readings } };
}

export function rowsOf(curve: LoadCurve, { holes = 'absent', newestFirst = false }: FileOptions): Row[] {
  const rows: Row[] = [];
  for (const { start, stepMinutes, values, quality } of curve.segments) {
    values.forEach((value, index) => {
      if (value === null && holes === 'absent') return;
      rows.push({ end: Date.parse(start) + (index + 1) * stepMinutes * MINUTE, value, stepMinutes, quality: qualityAt(quality, index) });
    });
  }
  return newestFirst ? rows.reverse() : rows;
}

export function daysOf(series: EnergySeries, { holes = 'absent', newestFirst = false }: FileOptions): { day: string; value: number | null; quality: Quality }[] {
  const rows = series.values.map((value, index) => ({ day: addDays(series.from, index), value, quality: qualityAt(series.quality, index) })).filter(({ value }) => holes === 'empty' || value !== null);
  return newestFirst ? rows.reverse() : rows;
}

/** Local time without offset, which comes twice in the night when clocks go back: `2026-10-25 02:30:00`. */
export function onTheClock(epochMilliseconds: number, timeZone: string): string {
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
