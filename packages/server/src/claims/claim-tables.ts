/** What a claim file holds as tables: CSV that a spreadsheet program opens. */
import { addDays, instant, qualityAt, type InvoiceDetails, type TimeZone } from '@oya/contract';
import type { Column, Table, TableCell } from '@oya/formats/write/export';
import { INVOICE_WORDS } from '../invoices/invoice-words.ts';
import type { Language } from '../mail/messages.ts';
import type { MeasuredByMeter } from './claim-document.ts';
import { energyLines } from './claim-paper.ts';
import { CLAIM_WORDS } from './claim-words.ts';

export interface TablesOptions {
  readonly language: Language;
  readonly timeZone: TimeZone;
}

const KWH = { kind: 'number', decimals: 3, unit: 'kWh' } as const;
const MINUTE_MS = 60_000;

/** The indexes that the invoice was reckoned by, a row for each of its lines. */
export function readingsTable(details: InvoiceDetails, language: Language): Table {
  const { columns: say, tables } = CLAIM_WORDS[language];
  const { qualities } = INVOICE_WORDS[language];
  const columns: Column[] = [
    { header: say.register, kind: 'text' }, { header: say.fromDay, kind: 'day' }, { header: say.toDay, kind: 'day' },
    { header: say.start, kind: 'number', decimals: 0 }, { header: say.startQuality, kind: 'text' }, { header: say.end, kind: 'number', decimals: 0 }, { header: say.endQuality, kind: 'text' }, { header: say.energy, ...KWH },
  ];
  const rows = energyLines(details).map(({ register, from, to, index, wattHours }): TableCell[] => [register, from, addDays(to, -1), index.start, qualities[index.startQuality], index.end, qualities[index.endQuality], wattHours]);
  return { name: tables.readings, columns, rows };
}

/** Each day of the invoice by meter; `null` where no meter tells days. */
export function daysTable(measured: readonly MeasuredByMeter[], language: Language): Table | null {
  const { columns: say, qualities, tables } = CLAIM_WORDS[language];
  const rows = measured.flatMap(({ meter, days }) => days?.values.map((value, index): TableCell[] => [meter.serialNumber, addDays(days.from, index), value, qualities[qualityAt(days.quality, index)]]) ?? []);
  return rows.length === 0 ? null : { name: tables.days, columns: [{ header: say.meter, kind: 'text' }, { header: say.day, kind: 'day' }, { header: say.energy, ...KWH }, { header: say.quality, kind: 'text' }], rows };
}

/** Each value of the load curve; `null` where there is none, or none that its customer agreed to. */
export function curveTable(measured: readonly MeasuredByMeter[], language: Language): Table | null {
  const { columns: say, qualities, tables } = CLAIM_WORDS[language];
  const rows = measured.flatMap(({ meter, curve }) =>
    curve.flatMap(({ start, stepMinutes, values, quality }) => values.map((value, index): TableCell[] => [meter.serialNumber, instant(Date.parse(start) + index * stepMinutes * MINUTE_MS), stepMinutes, value, qualities[qualityAt(quality, index)]])),
  );
  if (rows.length === 0) return null;
  return {
    name: tables.curve,
    columns: [{ header: say.meter, kind: 'text' }, { header: say.at, kind: 'instant' }, { header: say.minutes, kind: 'number', decimals: 0, unit: 'min' }, { header: say.power, kind: 'number', decimals: 0, unit: 'W' }, { header: say.quality, kind: 'text' }],
    rows,
  };
}
