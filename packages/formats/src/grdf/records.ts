/** The records of an ADICT answer: one a line, or in an array as some programs keep them. */
import { elementLines, objectOf, parseJson, type JsonObject } from '../json.ts';
import type { RowReport } from '../row-report.ts';

export interface AdictRecord {
  readonly record: JsonObject;
  readonly line: number;
}

/** A line that is no JSON is reported and left out. */
export function* recordsOf(text: string, report: RowReport): Generator<AdictRecord, void, undefined> {
  const whole = /^\s*\[/.test(text) || isPretty(text);
  if (whole) {
    const parsed = parseJson(text);
    const lines = Array.isArray(parsed) ? elementLines(text, []) : [1];
    for (const [index, record] of (Array.isArray(parsed) ? parsed : [parsed]).entries()) yield { record: objectOf(record), line: lines[index] ?? 1 };
    return;
  }
  let line = 0;
  for (const row of text.split('\n')) {
    line++;
    if (row.trim() === '') continue;
    let record: unknown;
    try {
      record = JSON.parse(row);
    } catch {
      report.skip(line, 'this is not complete JSON: the file may have been cut off or edited', row);
      continue;
    }
    yield { record: objectOf(record), line };
  }
}

/** One record over several lines: its first line is no JSON by itself. */
function isPretty(text: string): boolean {
  return /^\s*\{\s*\n/.test(text);
}
