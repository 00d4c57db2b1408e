import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseOutput } from './adapter.ts';
import { PortalError } from './errors.ts';
import { getConsumption } from './operations/consumption.ts';
import { packColumn, unpackColumn } from './packed-column.ts';
import type { Consumption } from './portal.ts';
import { QUALITIES, type CurveSegment } from './series.ts';

type Column = (number | null)[];

const LARGEST = 262_142;
/** Household power, large sites, and both sides of where another place begins. */
const watts = fc.oneof(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: LARGEST }), fc.constantFrom(0, 62, 63, 64, 4094, 4095, 4096, LARGEST - 1, LARGEST));
const column = fc.array(fc.option(watts, { freq: 8 }), { maxLength: 300 });

/** What the OpenAPI document tells a back-end developer, written anew. */
function packedByTheBook(values: Column): string[] {
  const numbers = values.map((value) => (value === null ? 0 : value + 1));
  return [12, 6, 0].map((shift) => numbers.map((number) => String.fromCharCode(63 + (Math.floor(number / 2 ** shift) % 64))).join(''));
}

function consumption(segments: unknown[]): unknown {
  return {
    meterId: 'm',
    resolution: 'half-hour',
    period: { from: '2025-01-01', to: '2026-01-01' },
    series: { kind: 'curve', unit: 'W', segments },
    total: null,
    available: null,
    freshness: { measuredUntil: null, collectedAt: null, nextExpectedAt: null },
  };
}

function read(segments: unknown[]): CurveSegment[] {
  const { series } = parseOutput(getConsumption, consumption(segments)) as Consumption;
  assert.ok(series.kind === 'curve');
  return series.segments;
}

function isMalformed(values: unknown, quality: string): boolean {
  try {
    read([{ start: '2025-01-01T00:00:00Z', stepMinutes: 30, values, quality }]);
  } catch (error) {
    return error instanceof PortalError && error.kind === 'malformed';
  }
  return false;
}

describe('a packed column', () => {
  it('is written as the documentation says', () => {
    assert.deepEqual(packColumn([541, null, 0]), ['???', 'G??', ']?@']);
    fc.assert(fc.property(column, (values) => assert.deepEqual(packColumn(values), packedByTheBook(values))));
  });

  it('gives back every value, and null for null', () => {
    fc.assert(fc.property(column, (values) => assert.deepEqual(unpackColumn(packColumn(values) as string[]), values)));
  });

  it('is not made where it would change a value: the column stays as it was', () => {
    fc.assert(
      fc.property(column, column, fc.oneof(fc.maxSafeInteger().filter((value) => value < 0 || value > LARGEST), fc.double().filter((value) => !Number.isInteger(value))), (before, after, odd) => {
        const values = [...before, odd, ...after];
        assert.equal(packColumn(values), values);
      }),
    );
  });

  it('holds ten years of half-hours', () => {
    const values = Array.from({ length: 175_320 }, (_, index) => (index % 1000 === 7 ? null : (index * 7919) % 36_000));
    const [segment] = read([{ start: '2016-01-01T00:00:00Z', stepMinutes: 30, values: packColumn(values), quality: values.map((value) => (value === null ? 'm' : 'r')).join('') }]);
    assert.deepEqual(segment?.values, values);
  });
});

describe('a curve', () => {
  const letters = fc.constantFrom(...Object.values(QUALITIES));
  const segments = fc.array(
    fc.record({ stepMinutes: fc.constantFrom(10, 30, 60), rows: fc.array(fc.tuple(fc.option(fc.oneof(watts, fc.maxSafeInteger())), letters), { maxLength: 60 }) }).map(({ stepMinutes, rows }) => ({
      start: '2025-01-01T00:00:00Z',
      stepMinutes,
      values: rows.map(([value]) => value),
      quality: rows.map(([, letter]) => letter).join(''),
    })),
    { maxLength: 5 },
  );

  it('says the same in both notations, across changes of step, with its qualities, negative and very large values', () => {
    fc.assert(
      fc.property(segments, (plain) => {
        assert.deepEqual(read(plain), plain);
        assert.deepEqual(read(plain.map((segment) => ({ ...segment, values: packColumn(segment.values) }))), plain);
      }),
    );
  });

  it('whose columns differ in length is malformed, packed too', () => {
    assert.ok(isMalformed(['???', 'G??', ']?@'], 'rm'));
    assert.ok(isMalformed(['???', 'G??', ']?'], 'rmr'));
    assert.ok(isMalformed(['', '', ''], 'r'));
  });

  it('that is neither numbers nor digits is malformed: no value is made up', () => {
    const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('>', '\u007f', ' ', 'é', '\ud800', '123', null, true, 1.5, '1e3'), fc.object(), fc.array(fc.anything()));
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ maxLength: 2 })), { minLength: 1, maxLength: 4 }), (places) => {
        const { length } = typeof places[0] === 'string' ? places[0] : '';
        const packed = places.length === 3 && places.every((place) => typeof place === 'string' && place.length === length && [...place].every((letter) => letter >= '?' && letter <= '~'));
        const plain = places.every((place) => place === null || Number.isSafeInteger(place));
        assert.equal(isMalformed(places, 'r'.repeat(plain ? places.length : length)), !packed && !plain);
      }),
    );
    for (const values of ['G??', { 0: 'G??', length: 1 }, null, undefined, 541, ['G??', 541, null], [541, 'G??', null], ['???', '???'], Array(4).fill('???'), [[541]]]) {
      assert.ok(isMalformed(values, 'rrr'), JSON.stringify(values));
    }
  });
});
