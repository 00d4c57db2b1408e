import { instant } from '@oya/contract';
import type { Column, Table, TableCell } from '@oya/formats/write/export';
import type { ReadingRow } from './check-readings.ts';

const text = (header: string): Column => ({ header, kind: 'text' });

/** Readings with their flags, for a system that bills: names of columns stay as they are. */
export function readingTable(rows: readonly ReadingRow[]): Table {
  const columns: Column[] = [
    text('reading'), text('contract'), text('delivery_point'), text('meter'), text('register'), { header: 'day', kind: 'day' }, { header: 'index', kind: 'number', decimals: 0 }, text('unit'),
    text('state'), text('doubt'), text('reason'), text('outside_window'), text('words'), text('answer'), { header: 'sent_at', kind: 'instant' },
  ];
  return {
    name: 'readings',
    columns,
    rows: rows.map(({ id, contractNumber, deliveryPoint, serialNumber, register, on, index, unit, state, doubt, reason, isOutsideWindow, words, answer, sentAt }): TableCell[] => [
      id, contractNumber, deliveryPoint, serialNumber, register, on, index, unit, state, doubt ?? null, reason ?? null, isOutsideWindow ? 'yes' : null, words || null, answer, instant(sentAt.getTime()),
    ]),
  };
}
