/**
 * RTE: EcoWatt v5, today and three days in any order, today from the hour in which the signal was made; and the colours of
 * Tempo days, where tomorrow's is provisional (`fallback`) until about 10:40, and then firm.
 */
import { addDays, clockTime, daysBetween, dayStart, localDay, withOffset, type LocalDay, type TimeZone } from '@oya/contract';
import { ecowattAt, tempoColour } from '@oya/personas';
import type { Answer, Request } from '../answer.ts';
import type { Protocol, Surroundings } from './protocol.ts';

const ECOWATT = '/open_api/ecowatt/v5/signals';
const TEMPO = '/open_api/tempo_like_supply_contract/v1/tempo_like_calendars';
const TIME_ZONE: TimeZone = 'Europe/Paris';
const COLOUR_MINUTE = 10 * 60 + 40;
const MOST_DAYS = 366;
/** As they came once: not in the order of the calendar. */
const ORDER = [2, 0, 3, 1];

export function rte({ now }: Pick<Surroundings, 'now'>): Protocol {
  return {
    answer({ method, path, query }: Request): Answer {
      if (method === 'GET' && path === ECOWATT) return { status: 200, body: { signals: signals(now()) } };
      if (method === 'GET' && path === TEMPO) return calendars(query, now());
      return { status: 404, body: { error: 'not_found', error_description: 'No such resource' } };
    },
    unauthorized: { status: 401, body: { error: 'invalid_token', error_description: 'The access token is missing, unknown or expired' } },
    tooMany: { status: 429, body: { error: 'too_many_requests', error_description: 'Quota exceeded' } },
  };
}

function signals(now: number): object[] {
  const { days } = ecowattAt(now, TIME_ZONE);
  return ORDER.flatMap((place) => days[place] ?? []).map(({ day, level, hours, message, generatedAt }) => ({
    GenerationFichier: withOffset(Date.parse(generatedAt), TIME_ZONE),
    jour: midnight(day),
    dvalue: level,
    message,
    values: hours.flatMap((hvalue, pas) => (hvalue === null ? [] : [{ pas, hvalue }])),
  }));
}

function calendars(query: Request['query'], now: number): Answer {
  const today = localDay(now, TIME_ZONE);
  const { start_date: start, end_date: end, fallback_status: fallback } = query;
  if ((start === undefined) !== (end === undefined)) return refused('F01', 'start_date and end_date are given together or not at all');
  const [from, to] = start === undefined ? [today, addDays(today, 2)] : [dayOf(start), dayOf(end)];
  if (!from || !to) return refused('F02', 'dates are written as 2026-11-24T00:00:00+01:00');
  if (from >= to) return refused('F03', 'end_date must be after start_date');
  if (daysBetween(from, to) > MOST_DAYS) return refused('F04', `the period is limited to ${MOST_DAYS} days`);

  const tomorrow = addDays(today, 1);
  const isFirm = now >= clockTime(today, COLOUR_MINUTE, TIME_ZONE);
  const values: object[] = [];
  // The newest first.
  for (let day = addDays(to, -1); day >= from; day = addDays(day, -1)) {
    if (day > tomorrow) continue;
    const isProvisional = day === tomorrow && !isFirm;
    if (isProvisional && fallback !== 'true') continue;
    values.push(tempoValue(day, isProvisional, now));
  }
  return { status: 200, body: { tempo_like_calendars: { start_date: midnight(from), end_date: midnight(to), values } } };
}

function tempoValue(day: LocalDay, isProvisional: boolean, now: number): object {
  const colour = tempoColour(day);
  const updated = isProvisional ? dayStart(localDay(now, TIME_ZONE), TIME_ZONE) : clockTime(addDays(day, -1), COLOUR_MINUTE, TIME_ZONE);
  return {
    start_date: midnight(day),
    end_date: midnight(addDays(day, 1)),
    // Nobody dares to call a day red before it is sure.
    value: (isProvisional && colour === 'red' ? 'white' : colour).toUpperCase(),
    ...(isProvisional && { fallback: true }),
    updated_date: withOffset(updated, TIME_ZONE),
  };
}

function midnight(day: LocalDay): string {
  return withOffset(dayStart(day, TIME_ZONE), TIME_ZONE);
}

function dayOf(text: string | undefined): LocalDay | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : localDay(at, TIME_ZONE);
}

function refused(code: string, words: string): Answer {
  return { status: 400, body: { error: `TMPLIKSUPCON_TMPLIKCAL_${code}`, error_description: words } };
}
