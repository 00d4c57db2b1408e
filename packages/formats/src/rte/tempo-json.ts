/**
 * Tempo in its three JSON shapes: `tempo_like_calendars` of RTE (an object, or an array of them), where `fallback` says
 * that a colour may still change; the values by day of RTE's open data, with a `…-fallback` beside each; and
 * `{dateJour, codeJour}` of api-couleur-tempo, where 0 is not known yet.
 */
import { localDay, type TimeZone } from '@oya/contract';
import { elementLines, listOf, objectOf, parseJson, textOf, type JsonObject } from '../json.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { parseInstant } from '../timestamps.ts';
import { NO_DAY, TempoCalendar, type ColourRow } from './tempo-days.ts';

const FALLBACK = '-fallback';

export const tempoJson = {
  name: 'tempo-json',
  title: 'Tempo JSON (RTE tempo_like_calendars and open data, api-couleur-tempo)',

  matches({ head }: Source): boolean {
    return /^\s*[{[]/.test(head) && (/"(tempo_like_calendars|codeJour)"/.test(head) || /^\s*\{\s*"values"\s*:\s*\{\s*"\d{4}-\d\d-\d\d"/.test(head));
  },

  read({ text }: Source, { timeZone }: ReadOptions): Reading {
    const file = parseJson(text);
    const { rows, path } = rowsOf(file, timeZone);
    let lines: number[] | undefined;
    const report = new RowReport((place) => (path && (lines ??= elementLines(text, path))[place]) ?? 1);
    const calendar = new TempoCalendar(report);
    rows.forEach((row, place) => calendar.add(row, place));
    return report.reading([calendar.finish()], NO_DAY);
  },
} as const satisfies Reader;

/** @returns where the rows stand in the file, when they stand in one array */
function rowsOf(file: unknown, timeZone: TimeZone): { rows: ColourRow[]; path?: (string | number)[] } {
  const calendars = objectOf(file)['tempo_like_calendars'];
  if (calendars !== undefined) {
    const all = Array.isArray(calendars) ? calendars.map(objectOf) : [objectOf(calendars)];
    const rows = all.flatMap((calendar) => listOf(calendar['values']).map((value) => rteRow(objectOf(value), timeZone)));
    return all.length > 1 ? { rows } : { rows, path: Array.isArray(calendars) ? ['tempo_like_calendars', 0, 'values'] : ['tempo_like_calendars', 'values'] };
  }
  const values = objectOf(objectOf(file)['values']);
  if (Object.keys(values).length > 0) {
    const days = Object.entries(values).filter(([day]) => !day.endsWith(FALLBACK));
    return { rows: days.map(([day, colour]) => ({ day, colour: textOf(colour), isProvisional: isTrue(values[day + FALLBACK]) })) };
  }
  const days = Array.isArray(file) ? file.map(objectOf) : [objectOf(file)];
  return { rows: days.map((day) => ({ day: textOf(day['dateJour']), colour: textOf(day['codeJour']) })), path: [] };
}

function rteRow(value: JsonObject, timeZone: TimeZone): ColourRow {
  const dayOf = (name: string): string => {
    const at = parseInstant(textOf(value[name]));
    return at ? localDay(Date.parse(at), timeZone) : textOf(value[name]);
  };
  const [day, end] = [dayOf('start_date'), dayOf('end_date')];
  // Some programs end a day at 23:59:59 of itself.
  const until = end === '' || end === day ? {} : { until: end };
  return { day, ...until, colour: textOf(value['value']), isProvisional: isTrue(value['fallback']), updatedAt: parseInstant(textOf(value['updated_date'])) };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
