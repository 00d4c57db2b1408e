/** What GRDF's words mean, in every one of its files. */
import { localDay, QUALITIES, type TimeZone } from '@oya/contract';
import { parseDay, TimestampReader } from '../timestamps.ts';

/**
 * Measured is what the meter showed; `Estimé`, `Corrigé` and the like are values that GRDF made. One that is not
 * definitive yet may be replaced.
 */
export function qualityOf(qualification: string, status = ''): string {
  if (!/^(mesure|)$/i.test(plain(qualification))) return QUALITIES.estimated;
  return /^provisoire$/i.test(plain(status)) ? QUALITIES.provisional : QUALITIES.real;
}

/** `Absence de Données`, also without its accents: the values beside it are null in JSON, and 0 in the workbook. */
export function isAbsent(qualification: string): boolean {
  return /^absence/i.test(plain(qualification));
}

/** A PCE has 14 digits, or `GI` and 6; anything else is masked. */
export function deliveryPointOf(text: string): string | null {
  return /^(\d{14}|GI\d{6})$/.test(text) ? text : null;
}

/**
 * The day on which a gas day begins, as days since 1970-01-01; or the reason in words when the text is none. The gas
 * day begins at 06:00 local time, which some files write with an offset of UTC: the clock is right, the offset is not.
 */
export function gasDay(text: string, timeZone: TimeZone): number | string {
  const [, day = '', hour] = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d).*)?$/.exec(text) ?? [];
  if (day === '' || hour === undefined || hour === '06:00' || hour === '00:00') return parseDay(day || text);
  const minutes = new TimestampReader(timeZone).read(text);
  if (typeof minutes === 'string') return minutes;
  const begin = minutes - 6 * 60;
  return new TimestampReader(timeZone).read(`${localDay(begin * 60_000, timeZone)} 06:00`) === minutes
    ? parseDay(localDay(begin * 60_000, timeZone))
    : `${text} is not 06:00, at which gas days begin`;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim();
}
