/** What a household draws from the network on a day, from who lives there, the calendar and the weather. */
import type { LocalDay } from '@oya/contract';
import { isAway, isRestDay, calendarDate, dayNumber, type DayNumber } from './calendar.ts';
import { randomAt, randomStream } from './random.ts';
import { clearSkyShare } from './sun.ts';
import { colourOf } from './tempo.ts';
import { clearness, diurnalDeviation, seasonalTemperature, temperature } from './weather.ts';

export interface Household {
  readonly occupants: number;
  /** What heating draws from this meter's network per kelvin between inside and outside; 0 when it is heated otherwise. */
  readonly heatLossWattsPerKelvin: number;
  /** What never stops: fridge, standby, ventilation. */
  readonly baseWatts: number;
  /** On this meter: a tank heated from the off-peak hours on, a boiler that heats as it flows, or nothing. */
  readonly hotWater: 'off-peak-tank' | 'boiler' | 'none';
  /** A tank with a clock of its own heats from that minute on, whatever the contract's hours; without one it follows the meter. */
  readonly tankMinute?: number;
  readonly cooks: boolean;
  /** Out on working days, at home, or here only for weekends and holidays. */
  readonly presence: 'at-work' | 'at-home' | 'second-home';
  /** What the subscribed power lets through. */
  readonly limitWatts: number;
  /** Lights the stove and turns the heaters down while a red Tempo day is dear. */
  readonly sparesRedDays?: boolean;
  /** Peak power of the panels on the roof: what the house does not use of it goes into the network. */
  readonly solarWatts?: number;
  /** Since that day something runs day and night that did not before, and nobody has noticed. */
  readonly runsSince?: { readonly day: LocalDay; readonly watts: number };
}

/** Average power in W around a local minute of the day, over a step of that many minutes. */
export type DayPlan = (minute: number, stepMinutes: number) => number;

/** Sun, lamps and people warm a house by about this much. */
const FREE_GAINS_KELVIN = 3;
/** What a tank draws until it is hot. */
const TANK_WATTS = 2200;
/** What is left of heating in the dear hours of a red day, where the stove is lit. */
const WITH_STOVE = 0.2;
const BOILER_EFFICIENCY = 0.9;

/** Salts: they keep one meter's chances apart from each other. */
const HABITS = 11;
const HOT_WATER = 12;
const CLOUDS = 13;

/** Something that happens once a day, about then: its power rises and falls like a bell. */
interface Use {
  readonly atMinute: number;
  readonly spreadMinutes: number;
  readonly watts: number;
}

/**
 * The day as this household lived it, without its solar roof.
 * @param tankAt the minute of a day from which the tank heats: when off-peak hours begin
 */
export function planDay(household: Household, seed: number, day: DayNumber, tankAt: (day: DayNumber) => number): DayPlan {
  const chance = randomStream(seed, HABITS, day);
  const away = isAwayFrom(household, seed, day);
  const rest = isRestDay(day);
  const uses = away ? [] : usesOf(household, day, rest, chance);
  const outside = temperature(day);
  const waterTonight = tankMinutes(household, seed, day);
  const waterLeft = tankMinutes(household, seed, day - 1);
  const [tonight, lastNight] = [tankAt(day), tankAt(day - 1) - 1440];
  const forgotten = household.runsSince && day >= dayNumber(household.runsSince.day) ? household.runsSince.watts : 0;
  const isRed = household.sparesRedDays && colourOf(day) === 'red';

  return (minute, stepMinutes) => {
    const base = household.baseWatts * (0.7 + 0.6 * chance());
    const stove = isRed && minute >= 6 * 60 && minute < 22 * 60 ? WITH_STOVE : 1;
    const heating = stove * heatingWatts(household, outside + diurnalDeviation(minute), indoorTarget(household, minute, away, rest)) * (0.85 + 0.3 * chance());
    const tank = (overlap(minute, stepMinutes, tonight, waterTonight) + overlap(minute, stepMinutes, lastNight, waterLeft)) * TANK_WATTS;
    let used = 0;
    for (const { atMinute, spreadMinutes, watts } of uses) {
      const distance = (minute - atMinute) / spreadMinutes;
      if (distance > -3 && distance < 3) used += watts * Math.exp(-distance * distance / 2);
    }
    const total = base + forgotten + heating + tank + used * (0.75 + 0.5 * chance());
    return Math.round(Math.min(total, household.limitWatts));
  };
}

/** What a network operator assumes where it knows nothing of the day: the season's average, without weather or chance. */
export function profileWatts(household: Household, day: DayNumber): number {
  const heating = heatingWatts(household, seasonalTemperature(day), 18);
  return Math.round(household.baseWatts + heating + (usualUseWattHours(household) + waterWattHours(household, day)) / 24);
}

/** What the panels on the roof give around an instant of a day, in W; as its season usually has it, for profiles. */
export function planSun({ solarWatts = 0 }: Household, seed: number, day: DayNumber, as: 'lived' | 'usual'): (at: number) => number {
  const chance = randomStream(seed, CLOUDS, day);
  const sky = as === 'usual' ? 0.6 : clearness(day);
  return (at) => {
    // Under a half-clear sky the clouds come and go; a clear or a grey one stays as it is.
    const clouds = as === 'usual' ? 0 : (chance() - 0.5) * 2.4 * sky * (1 - sky);
    return Math.round(solarWatts * clearSkyShare(at) * Math.min(1, sky + clouds));
  };
}

/** Energy in Wh that a gas boiler and a hob burn on a day. */
export function gasWattHours(household: Household, seed: number, day: DayNumber): number {
  const away = isAwayFrom(household, seed, day);
  const heating = (heatingWatts(household, temperature(day), away ? 10 : 18) * 24) / BOILER_EFFICIENCY;
  if (away) return heating;
  const water = household.hotWater === 'boiler' ? waterWattHours(household, day) / BOILER_EFFICIENCY : 0;
  const cooking = household.cooks ? 250 * household.occupants : 0;
  return heating + (water + cooking) * (0.8 + 0.4 * randomAt(seed, HABITS, day));
}

function isAwayFrom(household: Household, seed: number, day: DayNumber): boolean {
  return isAway(day, seed, household.presence === 'second-home' ? 'second' : 'main');
}

function usesOf({ occupants, cooks, presence }: Household, day: DayNumber, rest: boolean, chance: () => number): Use[] {
  const size = Math.sqrt(occupants / 2);
  const home = rest || presence !== 'at-work';
  const { month, weekday } = calendarDate(day);
  const winter = month <= 3 || month >= 10;
  const about = (minute: number, give: number) => minute + (2 * chance() - 1) * give;
  const uses: Use[] = [
    { atMinute: about(rest ? 9 * 60 : 7 * 60, 20), spreadMinutes: 25, watts: 700 * size },
    { atMinute: about(20.5 * 60, 30), spreadMinutes: 95, watts: (winter ? 380 : 190) * size },
  ];
  if (cooks) {
    if (home || chance() < 0.2) uses.push({ atMinute: about(12.25 * 60, 20), spreadMinutes: 28, watts: 1500 * size });
    uses.push({ atMinute: about(19.5 * 60, 30), spreadMinutes: 35, watts: (1600 + 800 * chance()) * size });
    if (weekday === 0) uses.push({ atMinute: about(11.25 * 60, 25), spreadMinutes: 30, watts: 1300 * size });
  }
  if (home) uses.push({ atMinute: about(16 * 60, 60), spreadMinutes: 120, watts: 180 * size });
  if (chance() < 0.13 * occupants) uses.push({ atMinute: about(home ? 15 * 60 : 21.5 * 60, 60), spreadMinutes: 32, watts: 1400 });
  return uses;
}

/** A day's usual uses in Wh, for profiles: about what `usesOf` comes to over a year. */
function usualUseWattHours({ occupants, cooks, presence }: Household): number {
  const home = presence !== 'at-work';
  return Math.sqrt(occupants / 2) * (cooks ? (home ? 7500 : 6200) : (home ? 2700 : 2300));
}

/** What is wanted inside, in °C: less at night and at work, frost protection when nobody is there. */
function indoorTarget({ presence }: Household, minute: number, away: boolean, rest: boolean): number {
  if (away) return presence === 'second-home' ? 9 : 12;
  if (minute < 6 * 60 || minute >= 22.5 * 60) return 17.5;
  const atWork = presence === 'at-work' && !rest && minute >= 8.5 * 60 && minute < 16.5 * 60;
  return atWork ? 17 : 19.5;
}

function heatingWatts({ heatLossWattsPerKelvin }: Household, outside: number, inside: number): number {
  return heatLossWattsPerKelvin * Math.max(0, inside - FREE_GAINS_KELVIN - outside);
}

/** Hot water of a day in Wh: 1.6 kWh a head, more when the water comes in cold. */
function waterWattHours({ occupants, hotWater }: Household, day: DayNumber): number {
  return hotWater === 'none' ? 0 : occupants * 1600 * (1 + (13.25 - seasonalTemperature(day)) / 45);
}

/** How long the tank heats from the off-peak hour of that day on, past midnight if need be. */
function tankMinutes(household: Household, seed: number, day: DayNumber): number {
  if (household.hotWater !== 'off-peak-tank' || isAwayFrom(household, seed, day)) return 0;
  return ((waterWattHours(household, day) * (0.7 + 0.6 * randomAt(seed, HOT_WATER, day))) / TANK_WATTS) * 60;
}

/** The share of the step around `minute` that lies within `duration` minutes from `start`. */
function overlap(minute: number, stepMinutes: number, start: number, duration: number): number {
  const from = Math.max(minute - stepMinutes / 2, start);
  const to = Math.min(minute + stepMinutes / 2, start + duration);
  return Math.max(0, to - from) / stepMinutes;
}
