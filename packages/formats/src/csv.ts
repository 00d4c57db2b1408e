/** CSV as French energy companies write it: `;` between fields, a few lines of words before the rows, names with or without accents. */
import Papa from 'papaparse';

/**
 * Gives the rows of a file one by one, so that no row is kept; lines without any text are left out.
 * @param row gets the fields, trimmed, and the line of the file on which they begin, from 1
 */
export function eachRow(text: string, row: (fields: readonly string[], line: number) => void, delimiter: ';' | ',' = ';'): void {
  let line = 1;
  // Without its fast mode, which first splits the text into an array of all its lines.
  Papa.parse<string[]>(text, {
    delimiter,
    fastMode: false,
    step({ data }) {
      const first = line;
      line++;
      for (let index = 0; index < data.length; index++) {
        const field = data[index] as string;
        for (let at = field.indexOf('\n'); at >= 0; at = field.indexOf('\n', at + 1)) line++;
        data[index] = field.trim();
      }
      if (data.some((field) => field !== '')) row(data, first);
    },
  });
}

/** Lower case without accents, because exports write “Unité” and “Unite”. */
export function simplified(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}

/** A day as French exports write it, `24/11/2026` or `24-11-2026`, as `2026-11-24`, with a time that follows it; any other text as it is. */
export function isoDay(text: string): string {
  return text.replace(/^(\d\d)[/-](\d\d)[/-](\d{4})(?=$|[ T])/, '$3-$2-$1');
}
