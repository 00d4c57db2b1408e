/** What RTE says of the days to come: the same for all utilities, and for visitors too. */
import { addDays, ECOWATT_DAYS, instant, localDay, type EcowattDay, type EcowattLevel } from '@oya/contract';
import { TEMPO_CALENDAR } from '../http/tempo-calendar.ts';
import type { OperationHandler } from './context.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export const listTempoDays: OperationHandler<'listTempoDays'> = async ({ from, to }, { db, apiUrl, now }) => {
  const rows = await db.selectFrom('tempo_day').selectAll().where('day', '>=', from).where('day', '<', to).orderBy('day').execute();
  return {
    items: rows.map(({ day, colour, is_provisional, former_colour, changed_at }) => ({
      day,
      colour,
      ...(is_provisional && { isProvisional: true }),
      ...(former_colour !== null && changed_at !== null && { changed: { from: former_colour, at: instant(changed_at.getTime()) } }),
    })),
    calendar: `${apiUrl}/${TEMPO_CALENDAR}`,
    answeredAt: instant(now),
  };
};

export const getEcowatt: OperationHandler<'getEcowatt'> = async (_input, { db, utility, now }) => {
  const today = localDay(now, utility.timeZone);
  const rows = await db.selectFrom('ecowatt_day').selectAll().where('day', '>=', today).where('day', '<', addDays(today, ECOWATT_DAYS)).orderBy('day').execute();
  const asked = await db.selectFrom('collection_state').select('succeeded_at').where('dataset', '=', 'ecowatt').where('meter_key', 'is', null).executeTakeFirst();
  const made = await db.selectFrom('ecowatt_day').select(({ fn }) => fn.max('generated_at').as('last')).executeTakeFirst();
  // Signals also come as files, of which only RTE's own time is known.
  const heard = [asked?.succeeded_at, made?.last].flatMap((at) => (at ? [at.getTime()] : []));
  return {
    days: rows.map(({ day, level, hours, message, generated_at }) => ({
      day,
      level: level as EcowattDay['level'],
      hours: HOURS.map((hour) => (hours[hour] ?? null) as EcowattLevel | null),
      message,
      generatedAt: instant(generated_at.getTime()),
    })),
    readAt: heard.length > 0 ? instant(Math.max(...heard)) : null,
    answeredAt: instant(now),
  };
};
