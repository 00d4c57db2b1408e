const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Codes that name a region and no country: unions, unknown, and places that belong to another. */
const NO_COUNTRIES: ReadonlySet<string> = new Set('AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ'.split(' '));

/** Every country by its code, in the order of its name: the browser knows them, so that no page loads a list. */
export function countries(locale: string): [code: string, name: string][] {
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  const found: [string, string][] = [];
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const code = first + second;
      const name = NO_COUNTRIES.has(code) || isFormer(code) ? undefined : names.of(code);
      if (name) found.push([code, name]);
    }
  }
  return found.sort(([, a], [, b]) => a.localeCompare(b, locale));
}

/** Codes of countries that are no more stand for their successors: `SU` is `RU`. */
function isFormer(code: string): boolean {
  return Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`;
}
