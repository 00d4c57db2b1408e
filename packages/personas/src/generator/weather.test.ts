import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, isPublicHoliday, type LocalDay } from '@oya/contract';
import { calendarDate, dayNumber } from './calendar.ts';
import { tempoCalendar, tempoColour } from './tempo.ts';
import { weatherOn } from './weather.ts';

const SEASONS = [2022, 2023, 2024, 2025, 2026, 2027].map((year) => ({ year, days: tempoCalendar(`${year}-09-01`, `${year + 1}-09-01`) }));

describe('the Tempo calendar', () => {
  it('has 22 red and 43 white days each season, the rest blue: 300, or 301 in a leap year', () => {
    for (const { year, days } of SEASONS) {
      const count = (colour: string) => days.filter((day) => day.colour === colour).length;
      assert.deepEqual([count('red'), count('white'), count('blue')], [22, 43, year === 2023 || year === 2027 ? 301 : 300], String(year));
    }
  });

  it('has red days from November to March only, never on a Saturday, a Sunday or a public holiday; white never on a Sunday', () => {
    for (const { days } of SEASONS) {
      for (const { day, colour } of days) {
        const { month, weekday } = calendarDate(dayNumber(day));
        if (colour === 'red') assert.ok((month >= 11 || month <= 3) && weekday >= 1 && weekday <= 5 && !isPublicHoliday(day), day);
        if (colour === 'white') assert.notEqual(weekday, 0, day);
      }
    }
  });

  it('colours the cold days: red ones are colder than white ones, white ones than blue ones of winter', () => {
    for (const { year, days } of SEASONS) {
      const winter = days.filter(({ day }) => day >= `${year}-11-01` && day < `${year + 1}-04-01`);
      const mean = (colour: string) => {
        const cold = winter.filter((day) => day.colour === colour).map(({ day }) => weatherOn(day).temperature);
        return cold.reduce((sum, each) => sum + each, 0) / cold.length;
      };
      assert.ok(mean('red') < mean('white') && mean('white') < mean('blue'), String(year));
    }
  });

  it('says the same of a day whatever was asked before', () => {
    for (const { days } of [...SEASONS].reverse()) for (const { day, colour } of days) assert.equal(tempoColour(day), colour);
  });
});

describe('the weather', () => {
  const days = (from: LocalDay, count: number) => Array.from({ length: count }, (_, index) => weatherOn(addDays(from, index)));

  it('is in whole tenths of a degree, and counts degrees below 18', () => {
    for (const { temperature, degreeDays } of days('2024-10-01', 780)) {
      assert.ok(Number.isInteger(temperature));
      assert.equal(degreeDays, Math.max(0, 180 - temperature));
    }
  });

  it('has about 2200 degree days a year in these hills, nearly none in summer', () => {
    const of = (from: LocalDay, count: number) => days(from, count).reduce((sum, { degreeDays }) => sum + degreeDays, 0) / 10;
    assert.ok(of('2025-01-01', 365) > 1800 && of('2025-01-01', 365) < 2600, String(of('2025-01-01', 365)));
    assert.ok(of('2025-07-01', 62) < 60);
  });
});
