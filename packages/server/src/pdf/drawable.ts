/** What a font can draw of a text that anybody wrote. */

/** Stands for what cannot be drawn: an empty box. */
export const MISSING = '□';

/** A letter with more marks than any language has would grow over its neighbours. */
const MOST_MARKS = 8;

/** A longer one may be broken there: looking for where it fits takes time that grows with its square. */
const LONGEST_WORD = 48;
const ZERO_WIDTH_SPACE = '\u200b';

/**
 * Without what steers a terminal, a reader of PDF or the direction of text; letters that the font lacks become `MISSING`, and words without an end can be broken.
 * @param has whether the font draws a code point
 */
export function drawable(text: string, has: (codePoint: number) => boolean): string {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\ufe0e\ufe0f]/gu, '');
  let inWord = 0;
  return Array.from(graphemes.segment(plain), ({ segment }) => {
    const letters = Array.from(segment, (letter) => letter.codePointAt(0) ?? 0);
    const drawn = segment === '\n' || (letters.length <= MOST_MARKS && letters.every(has)) ? segment : MISSING;
    inWord = /\s/u.test(segment) ? 0 : inWord + 1;
    return inWord > 0 && inWord % LONGEST_WORD === 0 ? drawn + ZERO_WIDTH_SPACE : drawn;
  }).join('');
}

/** The same on one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

const graphemes = new Intl.Segmenter('fr');
