import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EnergySeries, LoadCurve } from '@oya/contract';
import type { Document, MeasuredPeriods, MeasuredSeries } from '../index.ts';
import { feed, WATT_HOURS, type FeedOptions } from '../testing/espi.ts';
import { read as readText, refusal as refusalOf } from '../testing/reading.ts';

/** 2026-11-24T00:00+01:00. */
const START = 1_795_474_800;
const HOUR = 3600;
const DAY = 24 * HOUR;

const text = (file: string | FeedOptions): string => (typeof file === 'string' ? file : feed(file));
const read = (file: string | FeedOptions): Promise<Document> => readText(text(file));
const refusal = async (file: string | FeedOptions): Promise<string> => (await refusalOf(text(file))).message;

async function only(file: string | FeedOptions): Promise<MeasuredSeries & Pick<Document, 'rows'>> {
  const { contents, rows } = await read(file);
  const [content, ...others] = contents;
  assert.ok(content?.kind === 'series' && others.length === 0, JSON.stringify(contents));
  return { ...content, rows };
}

const watts = ({ series }: MeasuredSeries): unknown[] => (series as LoadCurve).segments.map(({ start, stepMinutes, values }) => [start, stepMinutes, values]);
const hours = (...values: (number | string)[]): FeedOptions['readings'] => values.map((value, index) => ({ start: START + index * HOUR, duration: HOUR, value }));
const type = (more: Record<string, string | number>): NonNullable<FeedOptions['type']> => ({ ...WATT_HOURS, ...more });

describe('Green Button', () => {
  it('gives the energy of intervals as power, whatever prefix the elements have', async () => {
    for (const prefix of ['', 'espi:', 'ns0:']) {
      const content = await only({ readings: [{ start: START, duration: 900, value: 282 }, { start: START + 900, duration: 900, value: 323 }], prefix });
      assert.deepEqual(watts(content), [['2026-11-23T23:00:00Z', 15, [1128, 1292]]]);
      assert.deepEqual([content.energy, content.direction, content.deliveryPoint], ['electricity', 'consumption', null]);
    }
  });

  it('obeys the power of ten of its reading type', async () => {
    assert.deepEqual(watts(await only({ type: type({ powerOfTenMultiplier: -3 }), readings: hours(450_000, 135_500) })), [['2026-11-23T23:00:00Z', 60, [450, 136]]]);
    assert.deepEqual(watts(await only({ type: type({ powerOfTenMultiplier: 3 }), readings: hours(2) })), [['2026-11-23T23:00:00Z', 60, [2000]]]);
    assert.match(await refusal({ type: type({ powerOfTenMultiplier: 'kilo' }), readings: hours(2) }), /“kilo” is not a power of ten/);
  });

  it('refuses values whose unit is not told, and never guesses it', async () => {
    assert.match(await refusal({ type: null, readings: hours(2) }), /reading type is not in the file.*without the unit/);
    assert.match(await refusal({ type: {}, readings: hours(2) }), /does not tell the unit/);
    assert.match(await refusal({ type: type({ uom: 61 }), readings: hours(2) }), /unit 61 of ESPI/);
    assert.match(await refusal({ type: type({ uom: 42, commodity: 7 }), readings: hours(2) }), /unit 42 of ESPI/);
  });

  it('refuses what a register showed', async () => {
    assert.match(await refusal({ type: type({ accumulationBehaviour: 3 }), readings: hours(100_000, 100_450) }), /what a register showed, not what flowed/);
  });

  it('reads power as it is', async () => {
    assert.deepEqual(watts(await only({ type: type({ uom: 38 }), readings: [{ start: START, duration: 900, value: 1200 }] })), [['2026-11-23T23:00:00Z', 15, [1200]]]);
  });

  it('knows production by its flow direction', async () => {
    assert.equal((await only({ type: type({ flowDirection: 19 }), readings: hours(5) })).direction, 'production');
    assert.match(await refusal({ type: type({ flowDirection: 4 }), readings: hours(5) }), /neither consumption.*nor production/);
  });

  it('takes several blocks of one entry together', async () => {
    assert.deepEqual(watts(await only({ readings: hours(1, 2, 3, 4, 5), blocks: 3 })), [['2026-11-23T23:00:00Z', 60, [1, 2, 3, 4, 5]]]);
  });

  it('knows a missing interval as missing', async () => {
    const { series } = await only({ readings: [0, 1, 4].map((index) => ({ start: START + index * HOUR, duration: HOUR, value: 7 })) });
    assert.deepEqual((series as LoadCurve).segments, [{ start: '2026-11-23T23:00:00Z', stepMinutes: 60, values: [7, 7, null, null, 7], quality: 'rrmmr' }]);
  });

  it('takes a start with a fraction of zero, and leaves out one that is no whole second', async () => {
    const content = await only({ readings: [{ start: `${START}.0`, duration: `${HOUR}.0`, value: 1 }, { start: `${START + HOUR}.5`, duration: HOUR, value: 2 }, { start: '1.4E9', duration: HOUR, value: 3 }] });
    assert.deepEqual(watts(content), [['2026-11-23T23:00:00Z', 60, [1]]]);
    assert.equal(content.rows.skippedCount, 2);
    assert.match(content.rows.skipped[0]?.reason ?? '', /not a whole number of seconds/);
  });

  it('flags readings that all have one start, and draws none of them', async () => {
    assert.match(await refusal({ readings: [1, 2, 3].map((value) => ({ start: START, duration: HOUR, value })) }), /all 3 readings have the same start/);
  });

  it('reads days of 23, 24 and 25 hours', async () => {
    // 2026-10-24T00:00+02:00, and 2026-03-28T00:00+01:00.
    const autumn = await only({ readings: [[1_792_792_800, DAY], [1_792_879_200, DAY + HOUR], [1_792_969_200, DAY]].map(([start = 0, duration = 0], index) => ({ start, duration, value: 1000 + index })) });
    assert.deepEqual([(autumn.series as EnergySeries).from, (autumn.series as EnergySeries).values], ['2026-10-24', [1000, 1001, 1002]]);
    const spring = await only({ readings: [[1_774_652_400, DAY], [1_774_738_800, DAY - HOUR], [1_774_821_600, DAY]].map(([start = 0, duration = 0], index) => ({ start, duration, value: 1000 + index })) });
    assert.deepEqual([(spring.series as EnergySeries).from, (spring.series as EnergySeries).values], ['2026-03-28', [1000, 1001, 1002]]);
  });

  it('reads days that begin on the clocks of the feed, and leaves out those that begin on none', async () => {
    // 05:00 UTC is midnight in winter where clocks are five hours behind.
    const readings = [{ start: START + 6 * HOUR, duration: DAY, value: 9000 }];
    assert.deepEqual((await only({ readings, localTime: { tzOffset: -5 * HOUR, dstOffset: HOUR } })).series, { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-24', values: [9000], quality: 'r' });
    assert.match(await refusal({ readings }), /neither whole days nor/);
  });

  it('reads longer intervals as periods', async () => {
    const { contents } = await read({ readings: [{ start: START, duration: 30 * DAY, value: 250_000, quality: 8 }] });
    assert.deepEqual((contents[0] as MeasuredPeriods).periods, [{ from: '2026-11-24', to: '2026-12-24', energy: 250_000, volume: null, indexStart: null, indexEnd: null, quality: 'estimated' }]);
  });

  it('reads gas in therms of the United States, by the gas day', async () => {
    // 06:00 on 24 November.
    const content = await only({ type: type({ uom: 169, commodity: 7, powerOfTenMultiplier: -3 }), readings: [{ start: START + 6 * HOUR, duration: DAY, value: 1000 }], serviceKind: 1 });
    assert.equal(content.energy, 'gas');
    assert.deepEqual(content.series, { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-24', values: [29_300], quality: 'r' });
  });

  it('sums what intervals cost, each once, in hundred-thousandths of the currency; without cost it says nothing of it', async () => {
    const readings = [{ start: START, duration: HOUR, value: 1, cost: 974 }, { start: START + HOUR, duration: HOUR, value: 2, cost: 965 }, { start: START + HOUR, duration: HOUR, value: 2, cost: 965 }];
    assert.deepEqual((await only({ readings })).cost, { currency: 'EUR', total: 1939 });
    assert.deepEqual((await only({ readings, type: type({ currency: 840 }) })).cost, { currency: 'USD', total: 1939 });
    assert.equal('cost' in (await only({ readings: hours(1) })), false);
  });

  it('knows measured, raw and estimated values', async () => {
    const qualities = [undefined, 0, 7, 8, 10, 14, 17, 19];
    const { series } = await only({ readings: qualities.map((quality, index) => ({ start: START + index * HOUR, duration: HOUR, value: 1, ...(quality === undefined ? {} : { quality }) })) });
    assert.equal((series as LoadCurve).segments[0]?.quality, 'rreepprr');
  });

  it('takes the duration of the reading type where a reading has none', async () => {
    assert.deepEqual(watts(await only({ readings: [{ start: START, value: 5 }] })), [['2026-11-23T23:00:00Z', 60, [5]]]);
  });

  it('tells the line of what it leaves out: negative, no number, no known interval', async () => {
    const text = feed({ readings: [...hours(1, -2, 'viel', ''), { start: START + 5 * HOUR, duration: 420, value: 1 }, { start: 12, duration: HOUR, value: 1 }] }).replaceAll('<IntervalReading>', '\n<IntervalReading>');
    const { rows } = await only(text);
    const first = text.split('\n').findIndex((line) => line.startsWith('<IntervalReading>')) + 1;
    assert.deepEqual(rows.skipped.map(({ line }) => line - first), [1, 2, 3, 4, 5]);
  });

  it('keeps one meter when another of the file cannot be read, and says so', async () => {
    const other = (self: string, up: string, related: string, content: string): string => `<entry><link rel="self" href="${self}"/><link rel="up" href="${up}"/><link rel="related" href="${related}"/><content>${content}</content></entry>`;
    const more = [
      other('/m/2', '/m', '/m/2/b', '<MeterReading xmlns="http://naesb.org/espi"/>'),
      other('/m/2/b/1', '/m/2/b', '', `<IntervalBlock xmlns="http://naesb.org/espi"><IntervalReading><timePeriod><duration>3600</duration><start>${START}</start></timePeriod><value>9</value></IntervalReading></IntervalBlock>`),
    ].join('');
    const content = await only(feed({ readings: hours(1, 2) }, more));
    assert.deepEqual(watts(content), [['2026-11-23T23:00:00Z', 60, [1, 2]]]);
    assert.match(content.rows.skipped[0]?.reason ?? '', /left out a meter reading: its reading type is not in the file/);
  });

  it('without readings says what is missing', async () => {
    assert.match(await refusal({ readings: [] }), /no interval readings.*interval blocks/);
  });
});

describe('XML that would do harm', () => {
  it('declares no entities: a document type is refused', async () => {
    const bomb = '<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
    for (const doctype of [bomb, '<!DOCTYPE feed SYSTEM "file:///etc/passwd">']) {
      assert.match(await refusal(feed({ readings: hours(1) }).replace('<feed', `${doctype}<feed`)), /declares a document type/);
    }
  });

  it('nests only so deep', async () => {
    assert.match(await refusal(feed({ readings: hours(1) }, '<a>'.repeat(1000) + '</a>'.repeat(1000))), /nested more than 32 deep/);
  });

  it('that ends early, or is none, gives the line', async () => {
    const text = feed({ readings: hours(1, 2, 3) });
    assert.match(await refusal(text.slice(0, -30)), /line \d+: this is not well-formed XML.*Download the file again/);
    assert.match(await refusal(text.replace('<value>2', '<value>&undeclared;2')), /not well-formed/);
    assert.match(await refusal('<?xml version="1.0"?><html xmlns:e="http://naesb.org/espi"></html>'), /begins with <html>, not with a feed/);
  });

  it('has field names that mean something else in JavaScript', async () => {
    const text = feed({ readings: hours(1) }).replace('<uom>', '<__proto__><uom>38</uom></__proto__><constructor>1</constructor><uom>');
    assert.deepEqual(watts(await only(text)), [['2026-11-23T23:00:00Z', 60, [1]]]);
  });
});
