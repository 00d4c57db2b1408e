/** Random gas readings, and calendars of EcoWatt and Tempo. */
import { addDays, type EnergySeries, type TempoColour } from '@oya/contract';
import fc from 'fast-check';
import type { EcoWattDays, MeterPeriod, TempoDays } from '../reader.ts';
import { days as someDay, daySeries } from './arbitraries.ts';

/** Days in whole kWh, with volumes in whole m³ that are not those that a coefficient would give. */
export const gasDays = fc.tuple(daySeries('re'), fc.infiniteStream(fc.integer({ min: 0, max: 90 }))).map(([days, volumes]): EnergySeries => {
  const values = days.values.map((value) => (value === null ? null : Math.round(value / 100) * 1000));
  return { ...days, values, volumes: values.map((value) => (value === null ? null : (volumes.next().value as number) * 1000)) };
});

export const gasPeriods = fc
  .tuple(fc.integer({ min: 0, max: 2000 }), fc.array(fc.record({ gap: fc.integer({ min: 0, max: 40 }), days: fc.integer({ min: 2, max: 200 }), energy: fc.option(fc.integer({ min: 0, max: 30_000 })), index: fc.integer({ min: 0, max: 99_999 }), estimated: fc.boolean() }), { minLength: 1, maxLength: 20 }))
  .map(([first, given]) => {
    let at = addDays('2018-01-01', first);
    return given.map(({ gap, days, energy, index, estimated }): MeterPeriod => {
      const from = addDays(at, gap);
      at = addDays(from, days);
      return {
        from,
        to: at,
        energy: energy === null ? null : energy * 1000,
        volume: energy === null ? null : Math.round(energy / 11) * 1000,
        indexStart: index * 1000,
        indexEnd: (index + 10) * 1000,
        quality: energy === null ? 'missing' : estimated ? 'estimated' : 'real',
      };
    });
  });

const level = fc.constantFrom<0 | 1 | 2 | 3 | null>(0, 1, 2, 3, null);

export const ecowatt = fc
  .tuple(someDay(), fc.array(fc.record({ level: fc.constantFrom<1 | 2 | 3>(1, 2, 3), message: fc.constantFrom('Situation normale.', "Risque de coupures d'électricité"), hours: fc.array(level, { minLength: 24, maxLength: 24 }) }), { minLength: 1, maxLength: 4 }))
  .map(([from, given]): EcoWattDays => ({ kind: 'ecowatt', days: given.map((one, index) => ({ day: addDays(from, index), generatedAt: `${addDays(from, -1)}T07:36:25Z`, ...one })) }));

export const tempo = fc
  .tuple(someDay(), fc.array(fc.record({ colour: fc.constantFrom<TempoColour>('blue', 'white', 'red'), isProvisional: fc.boolean() }), { minLength: 1, maxLength: 40 }))
  .map(([from, given]): TempoDays => ({ kind: 'tempo', days: given.map((one, index) => ({ day: addDays(from, index), ...one })) }));
