/** What RTE tells the sandbox: of the demo's weather, or of what one wants to see. */
import { addDays, ECOWATT_DAYS, instant, localDay, type Ecowatt, type EcowattDay, type Input, type Instant, type TempoDay, type TempoDays, type TimeZone } from '@oya/contract';
import { ECOWATT_MESSAGES, ecowattAt, isHardHour, tempoDaysAt } from '@oya/personas';

/** What is other than the demo's weather has it. */
export interface Signals {
  /** Today is tense or very tense, or there has been no word of RTE for two days, or ever. */
  ecowatt?: 'tense' | 'very-tense' | 'silent' | 'unknown';
  /** What is known of tomorrow: red; white, which may still change; nothing; red, and announced as white before. */
  tempo?: 'red' | 'provisional' | 'unknown' | 'changed';
}

const DAY_MS = 86_400_000;
const SILENT_DAYS = 2;

export function ecowattOf({ ecowatt }: Signals, now: Instant, timeZone: TimeZone): Ecowatt {
  const at = Date.parse(now);
  if (ecowatt === 'unknown') return { days: [], readAt: null, answeredAt: now };
  if (ecowatt === 'silent') {
    const { days, readAt } = ecowattAt(at - SILENT_DAYS * DAY_MS, timeZone);
    return { days: days.slice(SILENT_DAYS, ECOWATT_DAYS), readAt, answeredAt: now };
  }
  const usual = { ...ecowattAt(at, timeZone), answeredAt: now };
  if (ecowatt === undefined) return usual;
  const level = ecowatt === 'tense' ? 2 : 3;
  const tensed = (day: EcowattDay): EcowattDay => ({ ...day, level, message: ECOWATT_MESSAGES[level], hours: day.hours.map((known, hour) => (known === null ? null : isHardHour(hour) ? level : 1)) });
  return { ...usual, days: usual.days.map((day, later) => (later === 0 ? tensed(day) : day)) };
}

export function tempoDaysOf({ tempo }: Signals, { from, to }: Input<'listTempoDays'>, now: Instant, timeZone: TimeZone): TempoDays {
  const at = Date.parse(now);
  const tomorrow = addDays(localDay(at, timeZone), 1);
  const days = tempoDaysAt({ from, to }, at, timeZone);
  const isAsked = from <= tomorrow && tomorrow < to;
  if (tempo === undefined || !isAsked) return { items: days, answeredAt: now };
  const known: Record<typeof tempo, TempoDay[]> = {
    red: [{ day: tomorrow, colour: 'red' }],
    provisional: [{ day: tomorrow, colour: 'white', isProvisional: true }],
    unknown: [],
    changed: [{ day: tomorrow, colour: 'red', changed: { from: 'white', at: instant(at - 3_600_000) } }],
  };
  return { items: [...days.filter(({ day }) => day < tomorrow), ...known[tempo]], answeredAt: now };
}
