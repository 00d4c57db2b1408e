/** What each format's fuzzing starts from. A reader without a line here does not compile. */
import { addDays, type Direction, type EnergySeries, type LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import type { FormatName } from '../formats.ts';
import type { MaximumPowers, MeasuredSeries } from '../reader.ts';
import { writeGreenButton } from '../write/green-button.ts';
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
import { enedisSheet } from './enedis-workbook.ts';
import { edfDaysCsv, edfIndexesCsv, edfPowersCsv } from './edf.ts';
import { ecowatt, gasDays, gasPeriods, tempo } from './gas-arbitraries.ts';
import { daysOf, frenchDay, grdfAccessRights, grdfAdict, grdfCustomerJson, grdfSheet } from './grdf.ts';
import { apiCouleurTempo, ecowattJson, tempoCsv, tempoLikeCalendars, tempoOpenData } from './rte.ts';
import { routeReadingsCsv, routes } from './route.ts';
import { serLoadCurveCsv } from './ser.ts';
import { sheetXml, workbookOfXml } from './workbook.ts';

export interface Fuzzed {
  /** Whole files; or, with `wrap`, what is inside them. */
  readonly files: fc.Arbitrary<Uint8Array>;
  /** What a number of the file may be multiplied with in the result; default: 1, and 1000 for kilo. */
  readonly factors?: readonly number[];
  /** Whether a result may be rounded to whole units: the file can be finer. */
  readonly isRounded?: boolean;
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
  'route-readings-csv': { files: routes().map(routeReadingsCsv) },
  'ser-load-curve-csv': { files: curves({ letters: 'r', steps: [10, 30], ...short }).map((curve) => serLoadCurveCsv(curve, file)) },
  'enedis-customer-xlsx': {
    files: fc.tuple(fc.oneof(curves({ letters: 'r', ...short }), daySeries()), fc.boolean()).map(([given, asDates]) => encoded(sheetXml(enedisSheet(series(given, 'consumption'), timeZone, asDates)))),
    wrap: (sheet) => workbookOfXml({ 'Export Consommation': sheet }),
  },
  'grdf-customer-xlsx': {
    files: fc.oneof(
      gasDays.map((days) => grdfSheet(daysOf(days), { deliveryPoint, name: ({ from }) => frenchDay(from) })),
      gasPeriods.map((periods) => grdfSheet(periods, { deliveryPoint, name: ({ from, to }) => `Du ${frenchDay(from)} au ${frenchDay(addDays(to, -1))}`, withIndexes: false })),
    ).map((rows) => encoded(sheetXml(rows))),
    wrap: (sheet) => workbookOfXml({ Historique: sheet }),
  },
  'grdf-adict': { files: fc.oneof(gasDays.map(daysOf), gasPeriods).map((rows) => grdfAdict(rows, deliveryPoint, timeZone)) },
  'grdf-customer-json': { files: fc.oneof(gasDays.map(daysOf), gasPeriods).map((rows) => grdfCustomerJson(rows, deliveryPoint)) },
  'grdf-access-rights': {
    files: fc.array(fc.constantFrom(deliveryPoint, 'GI123456'), { minLength: 1, maxLength: 4 }).map((points) => grdfAccessRights(points.map((point) => ({ deliveryPoint: point, state: 'Active', to: '2027-07-02', isPublished: true })))),
  },
  'green-button': {
    files: fc.array(fc.tuple(fc.oneof(curves({ letters: 'rep', ...short }), daySeries('rep'), gasDays), fc.constantFrom<Direction>('consumption', 'production')), { minLength: 1, maxLength: 2 }).map((given) =>
      writeGreenButton({ series: given.map(([one, direction]) => series(one, direction)), title: 'Export', author: 'ENEO', updatedAt: '2026-11-24T07:00:00Z', timeZone }),
    ),
    // Energy of an interval as power, in any of the powers of ten; an interval may have lost its duration to another.
    factors: [1, 2, 4, 6, 12].flatMap((perHour) => Array.from({ length: 16 }, (_, index) => perHour * 10 ** (index - 9))),
    isRounded: true,
  },
  ecowatt: { files: ecowatt.map((days) => ecowattJson(days, timeZone)) },
  'tempo-json': { files: fc.tuple(tempo, fc.nat(3)).map(([days, shape]) => [tempoLikeCalendars(days, timeZone), tempoLikeCalendars(days, timeZone, true), tempoOpenData(days), apiCouleurTempo(days)][shape] as Uint8Array) },
  'tempo-csv': { files: tempo.map(tempoCsv) },
};

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

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
