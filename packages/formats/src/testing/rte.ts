/** What RTE and those around it publish of EcoWatt and Tempo. */
import { addDays, dayStart, instant, offsetMinutes, type LocalDay, type TempoColour } from '@oya/contract';
import type { EcoWattDays, TempoDays } from '../reader.ts';

const FRENCH: Readonly<Record<TempoColour, string>> = { blue: 'BLEU', white: 'BLANC', red: 'ROUGE' };
const CODES: Readonly<Record<TempoColour, number>> = { blue: 1, white: 2, red: 3 };

export function ecowattJson({ days }: EcoWattDays, timeZone: string): Uint8Array {
  const signals = days.map(({ day, level, message, generatedAt, hours }) => ({
    GenerationFichier: withOffset(Date.parse(generatedAt), timeZone),
    jour: withOffset(dayStart(day, timeZone), timeZone),
    dvalue: level,
    message,
    values: hours.flatMap((hvalue, pas) => (hvalue === null ? [] : [{ pas, hvalue }])),
  }));
  return json({ signals });
}

export function tempoLikeCalendars({ days }: TempoDays, timeZone: string, asArray = false): Uint8Array {
  const at = (day: LocalDay): string => withOffset(dayStart(day, timeZone), timeZone);
  const values = days.map(({ day, colour, isProvisional }) => ({
    start_date: at(day), end_date: at(addDays(day, 1)), value: colour.toUpperCase(), updated_date: at(addDays(day, -1)), ...(isProvisional ? { fallback: true } : {}),
  }));
  const calendar = { start_date: at(days[0]?.day ?? '2026-01-01'), values };
  return json({ tempo_like_calendars: asArray ? [calendar] : calendar });
}

export function tempoOpenData({ days }: TempoDays): Uint8Array {
  return json({ values: Object.fromEntries(days.flatMap(({ day, colour, isProvisional }) => [[day, colour.toUpperCase()], [`${day}-fallback`, String(isProvisional)]])) });
}

export function apiCouleurTempo({ days }: TempoDays): Uint8Array {
  return json(days.map(({ day, colour }) => ({ dateJour: day, codeJour: CODES[colour], periode: '2026-2027' })));
}

export function tempoCsv({ days }: TempoDays): Uint8Array {
  return new TextEncoder().encode(['date;color', ...days.map(({ day, colour }) => `${day};${FRENCH[colour]}`), ''].join('\n'));
}

function withOffset(at: number, timeZone: string): string {
  const offset = offsetMinutes(at, timeZone);
  return `${instant(at + offset * 60_000).slice(0, 19)}+${String(offset / 60).padStart(2, '0')}:00`;
}

function json(value: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, null, 2));
}
