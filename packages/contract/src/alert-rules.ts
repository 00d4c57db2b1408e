/** When somebody is told, and by what. */
import type { AlertChannel, AlertChoice, AlertTopic, QuietHours } from './alerts.ts';
import { ALERT_TOPICS } from './alerts.ts';
import { clockMinutes } from './contracts.ts';
import type { Outage } from './outages.ts';
import { clockTime } from './local-clock.ts';
import { addDays, localDay, type TimeZone } from './time.ts';

/** Told by mail, unless they chose otherwise: what concerns their supply. */
const TOLD_UNASKED: readonly AlertTopic[] = ['outages', 'works'];

/** A choice for every topic, in their order: what was chosen, by the ways that the utility has, and else what is told unasked. */
export function alertChoices(chosen: readonly AlertChoice[], channels: readonly AlertChannel[]): AlertChoice[] {
  return ALERT_TOPICS.map((topic) => {
    const told = chosen.findLast((choice) => choice.topic === topic)?.channels ?? (TOLD_UNASKED.includes(topic) ? ['email' as const] : []);
    return { topic, channels: channels.filter((channel) => told.includes(channel)) };
  });
}

/** When somebody may be told of what came at a moment (epoch milliseconds): then, or once their quiet hours are over. */
export function tellAt(now: number, quiet: QuietHours | null, timeZone: TimeZone): number {
  if (!quiet) return now;
  const [from, to] = [clockMinutes(quiet.from), clockMinutes(quiet.to)];
  const today = localDay(now, timeZone);
  // The hours that began yesterday, and those that begin today.
  for (const day of [addDays(today, -1), today]) {
    const begins = clockTime(day, from, timeZone);
    const ends = clockTime(to > from ? day : addDays(day, 1), to, timeZone);
    if (now >= begins && now < ends) return ends;
  }
  return now;
}

/** Planned works are told of again so many days before, at this hour of the day. */
export const WORKS_TOLD_DAYS = [10, 1] as const;
const TOLD_AT_MINUTE = 9 * 60;

/** When works are told of again; what would be past, or within an hour of the announcement, is not. */
export function worksReminders({ kind, state, startsAt }: Pick<Outage, 'kind' | 'state' | 'startsAt'>, announcedAt: number, timeZone: TimeZone): { readonly days: (typeof WORKS_TOLD_DAYS)[number]; readonly at: number }[] {
  if (kind !== 'works' || state !== 'planned') return [];
  const day = localDay(Date.parse(startsAt), timeZone);
  return WORKS_TOLD_DAYS.map((days) => ({ days, at: clockTime(addDays(day, -days), TOLD_AT_MINUTE, timeZone) })).filter(({ at }) => at > announcedAt + 3_600_000);
}
