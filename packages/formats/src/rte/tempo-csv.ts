/** Tempo as a table of days and colours: `date;color`, or `Date` and `Type de jour TEMPO` as RTE's own download has it. */
import Papa from 'papaparse';
import { isoDay } from '../csv.ts';
import type { Reader, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { NO_DAY, TempoCalendar } from './tempo-days.ts';

const LABELS = /^"?(?:date|jour)"? *([;,\t]) *"?(?:color|couleur|type de jour tempo)"?\s*(?:\r?\n|$)/i;

export const tempoCsv = {
  name: 'tempo-csv',
  title: 'Tempo CSV (date;colour)',

  matches({ head }: Source): boolean {
    return LABELS.test(head);
  },

  read({ head, text }: Source): Reading {
    const report = new RowReport();
    const calendar = new TempoCalendar(report);
    let line = 0;
    Papa.parse<string[]>(text, {
      delimiter: LABELS.exec(head)?.[1] ?? ';',
      step({ data: [day = '', colour] }) {
        line++;
        if (line === 1 || day.trim() === '') return;
        if (colour === undefined) report.skip(line, 'expected day;colour', day);
        else calendar.add({ day: isoDay(day.trim()), colour }, line);
      },
    });
    return report.reading([calendar.finish()], NO_DAY);
  },
} as const satisfies Reader;
