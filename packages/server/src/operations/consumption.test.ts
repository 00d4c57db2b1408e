import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { daysBetween, energyOf, getConsumption, joinSegments, parseOutput, type Consumption, type CurveSegment, type ProblemDocument } from '@oya/contract';
import { findPersona, freshness, measuredDays, personas } from '@oya/personas';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const NOW = new Date(SEEDED_AT).toISOString();

for (const engine of testEngines()) {
  describe(`consumption, on ${engine.name}`, () => {
    let server: TestServer;
    const visitors = new Map<string, Visitor>();

    before(async () => {
      server = await startTestServer({ engine });
      for (const { id, utility } of personas) {
        const visitor = new Visitor(server.baseUrl(utility));
        await visitor.signInAs(id);
        visitors.set(id, visitor);
      }
    });
    after(() => server.stop());

    function ask(who: string, meter: string, resolution: string, from: string, to: string) {
      return (visitors.get(who) as Visitor).get<Consumption & ProblemDocument>(`/meters/${meter}/consumption?resolution=${resolution}&from=${from}&to=${to}`);
    }

    async function segmentsOf(resolution: string, from: string, to: string): Promise<CurveSegment[]> {
      const { status, body, text } = await ask('camille', 'camille-linky', resolution, from, to);
      assert.equal(status, 200, text);
      assert.equal(body.series.kind, 'curve');
      return body.series.kind === 'curve' ? body.series.segments : [];
    }

    it('is what the meter measured, half-hour by half-hour', async () => {
      const [source] = findPersona('camille').meters;
      assert.ok(source);
      const expected = [...measuredDays(source, { from: '2026-03-01', to: '2026-03-08' }, NOW)].flatMap(({ curve }) => curve);
      const segments = await segmentsOf('half-hour', '2026-03-01', '2026-03-08');
      assert.deepEqual(segments.map(({ start, stepMinutes }) => [start, stepMinutes]), [['2026-02-28T23:00:00Z', 30]]);
      assert.deepEqual(segments[0]?.values, expected.flatMap(({ values }) => values));
      assert.equal(segments[0]?.quality, expected.map(({ quality }) => quality).join(''));
    });

    it('has 46 half-hours on the day on which summer time begins, and 50 on which it ends', async () => {
      for (const [day, next, count] of [['2026-03-29', '2026-03-30', 46], ['2025-10-26', '2025-10-27', 50], ['2026-05-01', '2026-05-02', 48]] as const) {
        const segments = await segmentsOf('half-hour', day, next);
        assert.equal(segments.reduce((sum, { values }) => sum + values.length, 0), count, day);
        const hours = await segmentsOf('hour', day, next);
        assert.equal(hours.reduce((sum, { values }) => sum + values.length, 0), count / 2, day);
      }
    });

    it('keeps the meter\'s own step where it changes within a day', async () => {
      const segments = await segmentsOf('half-hour', '2026-03-10', '2026-03-13');
      assert.deepEqual(segments.map(({ start, stepMinutes, values }) => [start, stepMinutes, values.length]), [
        ['2026-03-09T23:00:00Z', 30, 72],
        ['2026-03-11T11:00:00Z', 10, 72],
        ['2026-03-11T23:00:00Z', 30, 48],
      ]);
    });

    it('adds up: a month is the sum of its days, a day that of its half-hours', async () => {
      const month = (await ask('camille', 'camille-linky', 'month', '2026-03-01', '2026-04-01')).body;
      const days = (await ask('camille', 'camille-linky', 'day', '2026-03-01', '2026-04-01')).body;
      assert.equal(days.series.kind === 'energy' && days.series.values.length, 31);
      assert.equal(month.total, days.total);
      for (const day of ['2026-03-05', '2026-03-11', '2026-03-29']) {
        const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
        const { total } = (await ask('camille', 'camille-linky', 'day', day, next)).body;
        assert.equal(total, energyOf(await segmentsOf('half-hour', day, next)), day);
      }
    });

    it('tells missing, incomplete, estimated and provisional apart', async () => {
      const { body } = await ask('camille', 'camille-linky', 'day', '2024-10-01', '2026-11-24');
      assert.ok(body.series.kind === 'energy');
      const { values, quality } = body.series;
      for (const letter of 'rpeim') assert.ok(quality.includes(letter), `no day is “${letter}”`);
      assert.equal(quality.slice(-2), 'pp');
      values.forEach((value, index) => assert.equal(value === null, quality[index] === 'm'));
      const lost = daysBetween('2024-10-01', '2025-06-17');
      assert.deepEqual(values.slice(lost, lost + 2), [null, null]);
    });

    it('stops at yesterday: today is not missing, it is not over', async () => {
      const days = (await ask('camille', 'camille-linky', 'day', '2026-11-20', '2026-12-05')).body;
      assert.ok(days.series.kind === 'energy');
      assert.equal(days.series.values.length, 4);
      const months = (await ask('camille', 'camille-linky', 'month', '2026-10-01', '2027-01-01')).body;
      assert.ok(months.series.kind === 'energy');
      assert.equal(months.series.quality.at(-1), 'i', 'the running month is incomplete');
      assert.deepEqual((await segmentsOf('half-hour', '2026-11-23', '2026-12-05')).map(({ values }) => values.length), [48]);
    });

    it('says how fresh it is and what there is at all', async () => {
      for (const persona of personas) {
        for (const source of persona.meters) {
          const { status, body } = await ask(persona.id, source.meter.id, 'month', '2026-01-01', '2026-02-01');
          assert.equal(status, 200);
          const expected = freshness(source, NOW);
          assert.equal(body.freshness.measuredUntil, expected.measuredUntil, source.meter.id);
          assert.equal(body.freshness.collectedAt, expected.collectedAt, source.meter.id);
          assert.ok((body.freshness.nextExpectedAt ?? '') > NOW, source.meter.id);
          assert.deepEqual(body.available, source.dataFrom && { from: source.dataFrom, to: '2026-11-24' });
        }
      }
    });

    it('is empty, not an error, for a meter that has measured nothing yet', async () => {
      const { status, body } = await ask('emma', 'emma-linky', 'day', '2026-11-01', '2026-11-24');
      assert.equal(status, 200);
      assert.equal(body.total, null);
      assert.equal(body.available, null);
    });

    it('of half-hours needs the customer\'s consent, and says so', async () => {
      for (const resolution of ['half-hour', 'hour']) {
        const { status, body } = await ask('lucien', 'lucien-linky', resolution, '2026-03-01', '2026-03-02');
        assert.deepEqual([status, body.kind, body.code], [403, 'forbidden', 'consent-required']);
      }
      assert.equal((await ask('lucien', 'lucien-linky', 'day', '2026-03-01', '2026-03-02')).status, 200);
    });

    it('refuses what it cannot answer, naming the field', async () => {
      const refusals = [
        [await ask('odette', 'odette-meter', 'half-hour', '2026-03-01', '2026-03-02'), 'resolution', 'not-available'],
        [await ask('odette', 'odette-meter', 'day', '2026-03-01', '2026-03-02'), 'resolution', 'not-available'],
        [await ask('camille', 'camille-linky', 'half-hour', '2020-01-01', '2026-01-01'), 'to', 'too-long'],
        [await ask('camille', 'camille-linky', 'fortnight', '2026-03-01', '2026-03-02'), 'resolution', undefined],
        [await ask('camille', 'camille-linky', 'day', '2026-03-02', '2026-03-01'), 'to', undefined],
        [await ask('camille', 'camille-linky', 'day', '2026-02-30', '2026-03-01'), 'from', undefined],
        [await ask('camille', 'camille-linky', 'day', '2026-03-01', '2026-03-05&to=2026-03-09'), 'to', undefined],
      ] as const;
      for (const [{ status, body }, path, code] of refusals) {
        assert.deepEqual([status, body.kind, body.fields?.[0]?.path], [422, 'invalid', path]);
        if (code) assert.equal(body.fields?.[0]?.code, code);
      }
    });

    it('of a year of half-hours travels in columns, packed and compressed, and no digit of it is another', async () => {
      for (const { id, utility, meters } of personas) {
        for (const source of meters.filter(({ meter }) => meter.loadCurve === 'collected')) {
          const response = await fetch(`${server.baseUrl(utility)}/meters/${source.meter.id}/consumption?resolution=half-hour&from=2025-11-24&to=2026-11-24`, {
            headers: { cookie: (visitors.get(id) as Visitor).cookieHeader, 'accept-encoding': 'br' },
          });
          assert.equal(response.headers.get('content-encoding'), 'br');
          const sent: unknown = await response.json();
          const [longest] = (sent as { series: { segments: CurveSegment[] } }).series.segments.toSorted((left, right) => right.quality.length - left.quality.length);
          assert.equal(typeof longest?.values[0], 'string', source.meter.id);
          const { series } = parseOutput(getConsumption, sent);
          const expected = joinSegments([...measuredDays(source, { from: '2025-11-24', to: '2026-11-24' }, NOW)].flatMap(({ curve }) => curve));
          assert.deepEqual(series.kind === 'curve' && series.segments, expected, source.meter.id);
        }
      }
    });
  });
}
