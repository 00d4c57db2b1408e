/** EcoWatt as RTE might have told it of the demo's weather: hard days are the red ones of Tempo. Nobody's signal but the demo's. */
import { addDays, clockTime, ECOWATT_DAYS, instant, localDay, type Ecowatt, type EcowattDay, type EcowattLevel, type LocalDay, type TimeZone } from '@oya/contract';
import { tempoColour } from './tempo.ts';

/** When RTE makes its signal of the day; until then that of the evening before holds. */
const SIGNAL_MINUTE = 7 * 60 + 36;
const EVENING_MINUTE = 17 * 60;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** RTE's words for the level of a day. */
export const ECOWATT_MESSAGES: Readonly<Record<EcowattDay['level'], string>> = {
  1: 'Pas d’alerte.',
  2: 'Système électrique tendu. Les éco-gestes sont les bienvenus.',
  3: 'Système électrique très tendu. Coupures inévitables si nous ne baissons pas notre consommation.',
};

/** The signal as it was made last: today and three days, today from the hour in which it was made. */
export function ecowattAt(now: number, timeZone: TimeZone): Ecowatt {
  const today = localDay(now, timeZone);
  const made = clockTime(today, SIGNAL_MINUTE, timeZone);
  const isOfToday = now >= made;
  const generatedAt = instant(isOfToday ? made : clockTime(addDays(today, -1), EVENING_MINUTE, timeZone));
  const days = HOURS.slice(0, ECOWATT_DAYS).map((later) => ecowattDay(addDays(today, later), generatedAt, later === 0 && isOfToday ? Math.floor(SIGNAL_MINUTE / 60) : 0));
  return { days, readAt: generatedAt };
}

function ecowattDay(day: LocalDay, generatedAt: string, firstHour: number): EcowattDay {
  const colour = tempoColour(day);
  const hours = HOURS.map((hour) => (hour < firstHour ? null : tension(colour, hour)));
  const level = Math.max(1, ...hours.map(Number)) as EcowattDay['level'];
  return { day, level, hours, message: ECOWATT_MESSAGES[level], generatedAt };
}

/** Hours in which all of France cooks, heats and works at once. */
export function isHardHour(hour: number): boolean {
  return (hour >= 8 && hour < 13) || (hour >= 18 && hour < 20);
}

/** Cold days are hard for the network in the morning and in the evening; on blue ones the night runs without carbon. */
function tension(colour: ReturnType<typeof tempoColour>, hour: number): EcowattLevel {
  if (colour === 'red') return isHardHour(hour) ? 2 : 1;
  return colour === 'blue' && hour >= 1 && hour < 6 ? 0 : 1;
}
