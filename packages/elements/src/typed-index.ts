/** What somebody types from a meter's display. */

export interface TypedIndex {
  /** `null` where nothing, or no number, stands there. */
  readonly index: number | null;
  /** Decimals were typed along, and left out. */
  readonly hadDecimals: boolean;
}

/** `36 546`, `036546`, `36546,7`: an index without the decimals that are not sent. */
export function typedIndex(text: string): TypedIndex {
  const [, whole = '', decimals] = /^([\d\s.\u00a0\u202f]*?)(?:[,.](\d{1,3}))?\s*$/u.exec(text.trim()) ?? [];
  const digits = whole.replaceAll(/[\s.\u00a0\u202f]/gu, '');
  // A point before three digits may part thousands: who typed it is not asked to know.
  const isThousands = decimals?.length === 3 && text.includes('.') && !text.includes(',');
  const all = isThousands ? digits + decimals : digits;
  return /^\d{1,9}$/.test(all) ? { index: Number(all), hadDecimals: decimals !== undefined && !isThousands } : { index: null, hadDecimals: false };
}
