/** Random measurements that a meter could give: near both clock changes, with step changes, holes and gaps. */
import { addDays, dayStart, instant, localDay, offsetMinutes, QUALITIES, TEMPO_REGISTERS, type CurveSegment, type EnergySeries, type LoadCurve } from '@oya/contract';
import fc from 'fast-check';
import { INTERVAL_STEPS } from '../steps.ts';
import type { IndexReadings, MaximumPowers, NetworkContract } from '../reader.ts';

export const timeZone = 'Europe/Paris';
export const deliveryPoint = '12345678901234';
const HOUR = 3_600_000;

const comesTwice = (at: number): boolean => [-HOUR, HOUR].some((shift) => offsetMinutes(at + shift, timeZone) !== offsetMinutes(at, timeZone)) && isRepeated(at);
const isRepeated = (at: number): boolean => {
  const shown = at + offsetMinutes(at, timeZone) * 60_000;
  return [60, 120].filter((offset) => offsetMinutes(shown - offset * 60_000, timeZone) === offset).length === 2;
};

interface CurveOptions {
  /** The qualities that the format can tell. */
  letters: string;
  /** The steps that the format can tell; default: all. */
  steps?: readonly number[];
  /** Default: 150. */
  longestRun?: number;
}

export function curves({ letters, steps = INTERVAL_STEPS, longestRun = 150 }: CurveOptions): fc.Arbitrary<LoadCurve> {
  const run = fc.record({
    stepMinutes: fc.constantFrom(...steps),
    values: fc.array(fc.integer({ min: 0, max: 36_000 }), { minLength: 8, maxLength: longestRun }),
    letters: fc.infiniteStream(fc.constantFrom('r', 'r', 'r', 'e', 'p')),
    holes: fc.array(fc.record({ after: fc.integer({ min: 6, max: 60 }), length: fc.integer({ min: 1, max: 6 }) }), { maxLength: 4 }),
    gapDays: fc.integer({ min: 0, max: 3 }),
  });
  return fc.tuple(days(), fc.array(run, { minLength: 1, maxLength: 4 })).map(([day, runs]) => {
    let at = dayStart(day, timeZone) + 12 * HOUR;
    const segments: CurveSegment[] = [];
    for (const { stepMinutes, values: given, letters: stream, holes, gapDays } of runs) {
      const last = segments.at(-1);
      // After a gap a curve goes on at noon, away from the hour that comes twice: a clock alone could not tell which it is.
      if (last && (gapDays > 0 || last.stepMinutes === stepMinutes)) at = dayStart(addDays(localDay(at, timeZone), 2 + gapDays), timeZone) + 12 * HOUR;
      const step = stepMinutes * 60_000;
      const values: (number | null)[] = [...given];
      let position = 0;
      for (const { after, length } of holes) {
        position += after;
        if (position + length + 3 > values.length) break;
        const ends = Array.from({ length }, (_, index) => at + (position + index + 1) * step);
        if (!ends.some(comesTwice)) values.fill(null, position, position + length);
        position += length;
      }
      const quality = values.map((value) => {
        const letter = stream.next().value as string;
        return value === null ? QUALITIES.missing : letters.includes(letter) ? letter : QUALITIES.real;
      });
      segments.push({ start: instant(at), stepMinutes, values, quality: quality.join('') });
      at += values.length * step;
    }
    return { kind: 'curve', unit: 'W', segments: withClearEnds(segments) };
  });
}

/**
 * Without the values before a gap or the end that lie in an hour that comes twice: to a file with the newest first they are
 * the first after a gap, and cannot tell which of the two they are.
 */
function withClearEnds(segments: readonly CurveSegment[]): CurveSegment[] {
  const kept: CurveSegment[] = [];
  for (const segment of segments.toReversed()) {
    const endOf = (count: number) => Date.parse(segment.start) + count * segment.stepMinutes * 60_000;
    let count = segment.values.length;
    const isFollowed = kept[0] && Date.parse(kept[0].start) === endOf(count);
    while (!isFollowed && count > 0 && (segment.values[count - 1] === null || comesTwice(endOf(count)))) count--;
    if (count > 0) kept.unshift({ ...segment, values: segment.values.slice(0, count), quality: segment.quality.slice(0, count) });
  }
  return kept;
}

/** A day, often one near a clock change. */
export function days(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom('2026-03-27', '2026-03-28', '2026-10-23', '2026-10-24', '2024-10-26'), fc.integer({ min: 0, max: 2000 }).map((count) => addDays('2021-01-01', count)));
}

/** Days with holes inside, not at the edges. @param letters the qualities that the format can tell */
export function daySeries(letters = 'r', most = 120): fc.Arbitrary<EnergySeries> {
  const energy = fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.constantFrom(...letters));
  return fc.tuple(days(), fc.array(fc.option(energy, { freq: 5 }), { maxLength: most }), energy).map(([from, some, edge]) => {
    const given = [edge, ...some, edge];
    return { kind: 'energy', unit: 'Wh', step: 'day', from, values: given.map((each) => each?.[0] ?? null), quality: given.map((each) => each?.[1] ?? 'm').join('') };
  });
}

/** The greatest power of some days, at a second of each; `holes`: days whose power is not there. */
export function maximumPowers({ unit = 'VA', holes = false }: { unit?: 'VA' | 'W'; holes?: boolean } = {}): fc.Arbitrary<Pick<MaximumPowers, 'unit' | 'days'>> {
  const powers = fc.array(fc.record({ skipped: fc.integer({ min: 1, max: 3 }), power: fc.integer({ min: 0, max: 36_000 }), second: fc.integer({ min: 0, max: 86_399 }), isHole: fc.boolean() }), { minLength: 1, maxLength: 60 });
  return fc.tuple(days(), powers).map(([from, given]) => {
    let day = from;
    return {
      unit,
      days: given.map(({ skipped, power, second, isHole }): MaximumPowers['days'][number] => {
        day = addDays(day, skipped);
        if (holes && isHole) return { day, power: null, at: null, quality: 'missing' };
        // Away from the night in which an hour comes twice: a clock alone could not tell which it is.
        const at = dayStart(day, timeZone) + 4 * HOUR + (second * 1000) % (18 * HOUR);
        return { day, power, at: instant(at), quality: 'real' };
      }),
    };
  });
}

interface IndexOptions {
  /** Registers of the supplier by the contracts that the format knows; default: those of Linky. */
  plans?: readonly (readonly string[])[];
  /** Default: with those of the distributor and the total. */
  supplierOnly?: boolean;
  /** Of the values, in Wh. */
  unit?: number;
  /** Whether a register may show nothing at a moment, and values may be estimates. */
  holes?: boolean;
  letters?: string;
}

const PLANS = [['BASE'], ['HP', 'HC'], Object.values(TEMPO_REGISTERS).flatMap(({ peak, offPeak }) => [peak, offPeak])];

/** What all registers of a meter showed at local midnights. */
export function indexes({ plans = PLANS, supplierOnly = false, unit = 1, holes = true, letters = 'r' }: IndexOptions = {}): fc.Arbitrary<IndexReadings[]> {
  const value = fc.integer({ min: 0, max: 99_999 }).map((count) => count * unit);
  const rows = fc.array(fc.record({ values: fc.array(fc.option(value, { freq: 8 }), { minLength: 15, maxLength: 15 }), letter: fc.constantFrom(...letters) }), { minLength: 1, maxLength: 30 });
  return fc.tuple(days(), fc.constantFrom(...plans), fc.constantFrom(['BASE'], ['HPH', 'HCH', 'HPB', 'HCB']), rows, fc.array(value, { minLength: 15, maxLength: 15 })).map(([from, supplier, distributor, given, first]) => {
    const registers = [
      ...supplier.map((register) => ({ register, grid: 'supplier' as const })),
      ...(supplierOnly ? [] : [...distributor, 'EAS T'].map((register) => ({ register, grid: 'distributor' as const }))),
    ];
    return registers.map(({ register, grid }, column) => ({
      kind: 'indexes',
      deliveryPoint,
      energy: 'electricity',
      direction: 'consumption',
      register,
      grid,
      unit: 'Wh',
      readings: given.map(({ values, letter }, row) => {
        const shown = row === 0 || !holes ? (values[column] ?? first[column] ?? 0) : (values[column] ?? null);
        return { at: instant(dayStart(addDays(from, row), timeZone)), value: shown, quality: shown === null ? 'missing' : letter === 'e' ? 'estimated' : 'real' };
      }),
    }));
  });
}

/** Contracts as v5 tells them; without details. */
export function contracts(): fc.Arbitrary<NetworkContract[]> {
  const contract = fc.record(
    {
      kind: fc.constant('contract' as const),
      deliveryPoint: fc.constant(deliveryPoint),
      energy: fc.constant('electricity' as const),
      subscribedPowerKva: fc.option(fc.integer({ min: 1, max: 36 })),
      tariff: fc.option(fc.constantFrom('BTINFCUST', 'BTINFMU4', 'Tarif BT<=36kVA Courte Utilisation')),
      offPeakHours: fc.option(fc.constantFrom('HC (22H30-6H30)', 'HC (1H34-7H34;13H04-15H04)')),
      from: fc.option(days()),
      details: fc.constant({}),
    },
    { noNullPrototype: true },
  );
  return fc.array(contract, { minLength: 1, maxLength: 3 });
}
