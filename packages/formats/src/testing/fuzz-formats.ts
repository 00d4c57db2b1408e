/** What each format's fuzzing starts from. A reader without a line here does not compile. */
import type { Direction, EnergySeries, LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import type { FormatName } from '../formats.ts';
import type { MaximumPowers, MeasuredSeries } from '../reader.ts';
import {
  customerBlocksCsv,
  customerCsv,
  enedis2026,
  enedis2026Contracts,
  enedisError,
  enedisR63Csv,
  enedisV5Contracts,
  enedisV5Daily,
  enedisV5LoadCurve,
  enedisV5MaximumPower,
  type FileOptions,
} from '../testing.ts';
import { contracts, curves, daySeries, deliveryPoint, indexes, maximumPowers, timeZone } from './arbitraries.ts';
import { edfDaysCsv, edfIndexesCsv, edfPowersCsv } from './edf.ts';
import { serLoadCurveCsv } from './ser.ts';

export interface Fuzzed {
  /** Whole files; or, with `wrap`, what is inside them. */
  readonly files: fc.Arbitrary<Uint8Array>;
  /** What a number of the file may be multiplied with in the result; default: 1, and 1000 for kilo. */
  readonly factors?: readonly number[];
  /** Makes the file of its mutated inside, where mutated bytes of the file would hardly ever be looked into: a ZIP. */
  readonly wrap?: (inside: Uint8Array) => Uint8Array;
}

const file: FileOptions = { timeZone, deliveryPoint };
const short = { longestRun: 40 };

export const FUZZED: Readonly<Record<FormatName, Fuzzed>> = {
  'enedis-v5': {
    files: fc.oneof(
      curves({ letters: 're', ...short }).map((curve) => enedisV5LoadCurve(curve, file)),
      daySeries().map((days) => enedisV5Daily(days, file)),
      maximumPowers().map((powers) => enedisV5MaximumPower(powers, file)),
      fc.constantFrom('ADAM-DC-0008', 'no_data_found', 'ADAM-ERR9999').map((code) => enedisError(code, 'The period 2026 is 7 days too long.')),
    ),
  },
  'enedis-2026': {
    files: fc.array(measured(), { minLength: 1, maxLength: 3 }).chain((contents) => fc.constantFrom('empty' as const, 'absent' as const).map((holes) => enedis2026(contents, { ...file, holes }))),
  },
  'enedis-contract': { files: fc.tuple(contracts(), fc.boolean()).map(([given, isNew]) => (isNew ? enedis2026Contracts(given) : enedisV5Contracts(given))) },
  'enedis-customer-csv': {
    files: fc.oneof(
      fc.tuple(curves({ letters: 'r', ...short }), fc.boolean(), fc.boolean()).map(([curve, newestFirst, preamble]) => customerCsv(curve, { ...file, newestFirst, preamble, holes: 'empty' })),
      fc.array(fc.oneof(measured(), indexes()), { minLength: 1, maxLength: 3 }).map((blocks) => customerBlocksCsv(blocks, { ...file, holes: 'empty' })),
    ),
  },
  'enedis-r63-csv': { files: curves({ letters: 'rep', ...short }).map((curve) => enedisR63Csv([series(curve, 'production')], { ...file, holes: 'empty' })) },
  'edf-export-csv': {
    files: fc.oneof(
      curves({ letters: 're', steps: [30], ...short }).map((curve) => edfPowersCsv(curve, file)),
      daySeries('re').map((days) => edfDaysCsv(days, file)),
      indexes({ plans: [['BASE'], ['HP', 'HC']], supplierOnly: true, unit: 1000, holes: false, letters: 're' }).map((given) => edfIndexesCsv(given, file)),
    ),
  },
  'ser-load-curve-csv': { files: curves({ letters: 'r', steps: [10, 30], ...short }).map((curve) => serLoadCurveCsv(curve, file)) },
};

function measured(): fc.Arbitrary<MeasuredSeries | MaximumPowers> {
  const directions = fc.constantFrom<Direction>('consumption', 'production');
  return fc.oneof(
    fc.tuple(fc.oneof(curves({ letters: 'r', ...short }), daySeries()), directions).map(([given, direction]) => series(given, direction)),
    maximumPowers({ holes: true }).map((powers) => ({ kind: 'maximum-power' as const, deliveryPoint, energy: 'electricity' as const, direction: 'consumption' as const, ...powers })),
  );
}

function series(given: LoadCurve | EnergySeries, direction: Direction): MeasuredSeries {
  return { kind: 'series', deliveryPoint, energy: 'electricity', direction, series: given };
}
