/** What a utility's people read from meter to meter, and the file of it. */
import fc from 'fast-check';
import { localDay } from '@oya/contract';
import type { IndexReadings } from '../reader.ts';
import { timeZone } from './arbitraries.ts';

/** Registers of some meters, each with readings in the order of their days; none is read twice a day. */
export function routes(): fc.Arbitrary<IndexReadings[]> {
  const day = 86_400_000;
  const readings = fc.uniqueArray(fc.nat(900), { minLength: 1, maxLength: 6 }).chain((days) =>
    fc.array(fc.nat(99_999), { minLength: days.length, maxLength: days.length }).map((values) =>
      days.sort((a, b) => a - b).map((each, at) => ({ at: new Date(Date.parse('2024-01-01T11:00:00Z') + each * day).toISOString().replace('.000', ''), value: (values[at] ?? 0) * 1000, quality: 'real' as const }))));
  const meter = fc.record({ deliveryPoint: fc.constantFrom('00810000000303', '00810000001606', 'GI001607'), register: fc.constantFrom('BASE', 'HP', 'HC'), readings });
  return fc.uniqueArray(meter, { minLength: 1, maxLength: 5, selector: ({ deliveryPoint, register }) => `${deliveryPoint} ${register}` }).map((meters) =>
    meters.map(({ deliveryPoint, register, readings: read }): IndexReadings => {
      const isGas = deliveryPoint.startsWith('GI');
      return { kind: 'indexes', deliveryPoint, energy: isGas ? 'gas' : 'electricity', direction: 'consumption', register, grid: 'supplier', unit: isGas ? 'dm³' : 'Wh', readings: read };
    }));
}

export function routeReadingsCsv(contents: readonly IndexReadings[]): Uint8Array {
  const clock = new Intl.DateTimeFormat('fr-FR', { timeZone, hour: '2-digit', minute: '2-digit' });
  const rows = contents.flatMap(({ deliveryPoint, register, unit, readings }) =>
    readings.map(({ at, value }) => `${deliveryPoint};${localDay(Date.parse(at), timeZone).split('-').toReversed().join('/')};${clock.format(Date.parse(at))};${register};${value === null ? '' : value / 1000};${unit === 'Wh' ? 'kWh' : 'm³'}`));
  return new TextEncoder().encode(['Point de livraison;Date;Heure;Cadran;Index;Unité', ...rows, ''].join('\r\n'));
}
