/**
 * What a utility's own people read from meter to meter, as a plain CSV with a line of names: a line for each register, its
 * delivery point, the day, and the index as the display shows it (whole kWh, or whole m³ of gas). No standard tells how such
 * a file looks; whatever writes it can write this one.
 */
import { QUALITIES } from '@oya/contract';
import { eachRow, isoDay, simplified } from '../csv.ts';
import { FormatError } from '../errors.ts';
import { IndexBuilder } from '../indexes.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { TimestampReader } from '../timestamps.ts';

/** How the columns may be called, without accents and in lower case. */
const NAMES = {
  deliveryPoint: ['point de livraison', 'pdl', 'prm', 'pce', 'delivery point'],
  day: ['date', 'date de releve', 'jour', 'day'],
  time: ['heure', 'time'],
  register: ['cadran', 'registre', 'register'],
  index: ['index', 'index releve'],
  unit: ['unite', 'unit'],
} as const;
type Column = keyof typeof NAMES;
const NEEDED = ['deliveryPoint', 'day', 'index'] as const satisfies readonly Column[];

const DELIVERY_POINT = /^(\d{14}|GI\d{6})$/;
/** Of displays: whole kWh or m³, told on in Wh or dm³. */
const UNITS_PER_COUNT = 1000;
const MOST_COUNTED = 999_999_999;
/** Of a reading that does not tell its hour: in the day, and at none of its ends. */
const NOON = '12:00';

export const routeReadingsCsv = {
  name: 'route-readings-csv',
  title: 'Relevés de tournée en CSV (point de livraison, date, cadran, index)',

  matches({ head }: Source): boolean {
    const columns = columnsOf((head.split('\n', 1)[0] ?? '').split(/[;,\t]/).map((name) => name.replaceAll('"', '')));
    return NEEDED.every((column) => columns[column] !== undefined);
  },

  read({ text }: Source, { timeZone }: ReadOptions): Reading {
    const report = new RowReport();
    const timestamps = new TimestampReader(timeZone);
    const meters = new Map<string, { readonly about: { readonly deliveryPoint: string; readonly register: string; readonly isGas: boolean }; readonly builder: IndexBuilder }>();
    let columns: Partial<Record<Column, number>> | undefined;
    eachRow(text, (fields, line) => {
      if (!columns) {
        columns = columnsOf(fields);
        const missing = NEEDED.filter((column) => columns?.[column] === undefined);
        if (missing.length > 0) throw new FormatError(`no column is called ${missing.map((column) => `“${NAMES[column][0]}”`).join(' or ')}`, 'Name the columns in the first line: point de livraison;date;cadran;index.', { line });
        return;
      }
      const known = columns;
      const of = (column: Column) => (known[column] === undefined ? '' : (fields[known[column]] ?? '').trim());
      const whole = fields.join(';');
      const deliveryPoint = of('deliveryPoint').replaceAll(/\s/g, '').toUpperCase();
      if (!DELIVERY_POINT.test(deliveryPoint)) return report.skip(line, 'the delivery point is neither 14 digits nor GI and 6 digits', whole);
      const unit = simplified(of('unit')).replace('³', '3');
      if (!['', 'kwh', 'm3'].includes(unit)) return report.skip(line, `the index is in “${of('unit')}”, and displays count kWh or m³`, whole);
      const at = timestamps.readSeconds(`${isoDay(of('day'))} ${of('time') || NOON}`);
      if (typeof at === 'string') return report.skip(line, at, whole);
      const register = of('register').toUpperCase() || 'BASE';
      const isGas = unit === 'm3' || deliveryPoint.startsWith('GI');
      const key = `${deliveryPoint} ${register} ${isGas}`;
      let meter = meters.get(key);
      if (!meter) meters.set(key, (meter = { about: { deliveryPoint, register, isGas }, builder: new IndexBuilder(report) }));
      meter.builder.add(at, [indexOf(of('index'))], QUALITIES.real, line, whole);
    });
    return report.reading(
      [...meters.values()].flatMap(({ about: { deliveryPoint, register, isGas }, builder }) =>
        builder.build({ deliveryPoint, energy: isGas ? 'gas' : 'electricity', unit: isGas ? 'dm³' : 'Wh' }, [{ direction: 'consumption', grid: 'supplier', codeAt: () => register }]),
      ),
    );
  },
} as const satisfies Reader;

function columnsOf(names: readonly string[]): Partial<Record<Column, number>> {
  const known = names.map((name) => simplified(name).trim());
  const columns: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(NAMES) as Column[]) {
    const at = known.findIndex((name) => (NAMES[column] as readonly string[]).includes(name));
    if (at >= 0) columns[column] = at;
  }
  return columns;
}

/** In Wh or dm³; `null` where nobody could read it; the reason where it is no index. */
function indexOf(text: string): number | string | null {
  if (text === '') return null;
  const counted = /^\d{1,9}$/.test(text.replaceAll(/[ \u00a0\u202f]/g, '')) ? Number(text.replaceAll(/[ \u00a0\u202f]/g, '')) : NaN;
  return counted <= MOST_COUNTED ? counted * UNITS_PER_COUNT : `“${text}” is no index: whole kWh or m³, as the display shows them without its decimals`;
}
