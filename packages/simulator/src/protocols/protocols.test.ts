import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, daysBetween, instant, localDay, dayMinutes, qualityAt, type EnergySeries, type LoadCurve, type LocalDay, type Period } from '@oya/contract';
import { splitByDay, type Content, type EcoWattDays, type MaximumPowers, type MeasuredPeriods, type MeasuredSeries, type TempoDays } from '@oya/formats';
import { measuredDays, tempoColour, type MeasuredDay } from '@oya/personas';
import fc from 'fast-check';
import { deliveryPoints } from '../households.ts';
import { CAMILLE, EMMA, INES, LUCIEN, NADIA_GAS, NOW, simulate, SOFIANE, TIME_ZONE, type TestSimulator } from '../testing.ts';

const V5 = { curve: '/metering_data_clc/v5/consumption_load_curve', days: '/metering_data_dc/v5/daily_consumption', power: '/metering_data_dcmp/v5/daily_consumption_max_power' };
const OF_2026 = '/mesure_synchrone_auto/v2';
const TODAY = localDay(NOW, TIME_ZONE);

const v5 = (id: string, from: LocalDay, to: LocalDay) => ({ usage_point_id: id, start: from, end: to });
const of2026 = (id: string, from: LocalDay, to: LocalDay) => ({ pointId: id, dateDebut: from, dateFin: to });

/** As a meter measured it; of days what midnight's indexes tell, which a gap in the curve does not touch. */
function measured(id: string, period: Period, loadCurve?: 'consent-needed'): MeasuredDay[] {
  const source = deliveryPoints.get(id)?.source;
  assert.ok(source);
  return [...measuredDays(loadCurve ? { ...source, meter: { ...source.meter, loadCurve } } : source, period, instant(NOW))];
}

function seriesOf(contents: Content[]): MeasuredSeries {
  const [only, ...others] = contents.filter(({ kind }) => kind === 'series');
  assert.ok(only?.kind === 'series' && others.length === 0);
  return only;
}

function daysOf(contents: Content[]): (readonly [LocalDay, number | null])[] {
  const { from, values } = seriesOf(contents).series as EnergySeries;
  return values.map((value, index) => [addDays(from, index), value]);
}

/** Value by day and interval, of those that have one. */
function curveOf(contents: Content[]): { day: LocalDay; values: (number | null)[] }[] {
  return [...splitByDay(seriesOf(contents).series as LoadCurve, TIME_ZONE)].map(({ day, segments }) => ({ day, values: segments.flatMap(({ values }) => values) }));
}

let simulator: TestSimulator;
before(async () => void (simulator = await simulate()));
after(() => simulator.stop());

async function refusal(path: string, query: Record<string, string>): Promise<string> {
  const response = await simulator.ask(path, query);
  const { error, code } = (await response.json()) as { error?: string; code?: string };
  return `${response.status} ${error ?? code}`;
}

describe('Enedis', () => {
  it('tells the load curve of a week, as the meter measured it, in both generations', async () => {
    const period = { from: '2026-11-01', to: '2026-11-08' };
    const expected = measured(CAMILLE, period).map(({ day, curve }) => ({ day, values: curve.flatMap(({ values }) => values) }));
    assert.deepEqual(curveOf(await simulator.contents(V5.curve, v5(CAMILLE, period.from, period.to))), expected);
    assert.deepEqual(curveOf(await simulator.contents(`${OF_2026}/courbe_de_charge_consommation`, of2026(CAMILLE, period.from, period.to))), expected);
  });

  it('writes days of 46 and 50 half-hours in local time without offset', async () => {
    for (const [day, count] of [['2026-03-29', 46], ['2026-10-25', 50]] as const) {
      const response = await simulator.ask(V5.curve, v5(CAMILLE, day, addDays(day, 1)));
      const { meter_reading: reading } = (await response.json()) as { meter_reading: { interval_reading: { date: string; value: string }[] } };
      assert.equal(reading.interval_reading.length, count);
      assert.equal(reading.interval_reading[0]?.date, `${day} 00:30:00`);
      assert.equal(reading.interval_reading.at(-1)?.date, `${addDays(day, 1)} 00:00:00`);
      assert.ok(reading.interval_reading.every(({ value }) => /^\d+$/.test(value)));
      assert.equal(curveOf(await simulator.contents(V5.curve, v5(CAMILLE, day, addDays(day, 1))))[0]?.values.length, dayMinutes(day, TIME_ZONE) / 30);
    }
  });

  it('goes over to steps of ten minutes on the day on which the meter did', async () => {
    const { series } = seriesOf(await simulator.contents(V5.curve, v5(CAMILLE, '2026-03-11', '2026-03-12')));
    assert.deepEqual((series as LoadCurve).segments.map(({ stepMinutes }) => stepMinutes), [30, 10]);
  });

  it('tells the energy of days by their indexes, and their greatest power with its moment', async () => {
    const period = { from: '2026-01-01', to: '2026-12-01' };
    const expected = measured(CAMILLE, period, 'consent-needed').filter(({ day }) => day < TODAY);
    for (const [path, query] of [[V5.days, v5], [`${OF_2026}/consommation_quotidienne`, of2026]] as const) {
      assert.deepEqual(daysOf(await simulator.contents(path, query(CAMILLE, period.from, period.to))), expected.map(({ day, energy }) => [day, energy.energy]));
    }
    const [power] = (await simulator.contents(V5.power, v5(CAMILLE, period.from, period.to))) as [MaximumPowers];
    assert.equal(power.unit, 'VA');
    assert.deepEqual(power.days.map(({ day, power: value }) => [day, value]), expected.filter(({ energy }) => energy.maximumPower != null).map(({ day, energy }) => [day, energy.maximumPower]));
    assert.ok(power.days.every(({ day, at }) => at !== null && localDay(Date.parse(at), TIME_ZONE) === day));
  });

  it('leaves lost days out in v5, and tells them without a value in 2026', async () => {
    const period = [CAMILLE, '2025-06-16', '2025-06-20'] as const;
    const { meter_reading: reading } = (await (await simulator.ask(V5.days, v5(...period))).json()) as { meter_reading: { interval_reading: object[] } };
    assert.equal(reading.interval_reading.length, 2);
    const { grandeur } = (await (await simulator.ask(`${OF_2026}/consommation_quotidienne`, of2026(...period))).json()) as { grandeur: { points: { v: string | null }[] }[] };
    assert.deepEqual(grandeur[0]?.points.map(({ v }) => v === null), [false, true, true, false]);
    assert.equal(daysOf(await simulator.contents(`${OF_2026}/consommation_quotidienne`, of2026(...period))).length, 4);
  });

  it('tells the qualities of the values in 2026, as they are known now', async () => {
    const period = { from: '2026-11-10', to: TODAY };
    const series = seriesOf(await simulator.contents(`${OF_2026}/consommation_quotidienne`, of2026(CAMILLE, period.from, period.to))).series as EnergySeries;
    const expected = measured(CAMILLE, period, 'consent-needed').map(({ energy }) => energy.quality);
    assert.deepEqual(series.values.map((_, index) => qualityAt(series.quality, index)), expected);
    assert.ok(expected.includes('provisional'));
  });

  it('tells production apart, and refuses it of a meter that measures none', async () => {
    const period = { from: '2026-06-01', to: '2026-06-08' };
    const expected = measured(INES, period, 'consent-needed').map(({ day, production }) => [day, production?.energy.energy]);
    assert.deepEqual(daysOf(await simulator.contents('/metering_data_dp/v5/daily_production', v5(INES, period.from, period.to), { direction: 'production' })), expected);
    const content = seriesOf(await simulator.contents(`${OF_2026}/production_quotidienne`, of2026(INES, period.from, period.to)));
    assert.equal(content.direction, 'production');
    assert.deepEqual(daysOf([content]), expected);
    assert.equal(await refusal('/metering_data_dp/v5/daily_production', v5(CAMILLE, period.from, period.to)), '400 ADAM-ERR0069');
  });

  it('keeps to its limits, and says which by their codes', async () => {
    assert.equal(await refusal(V5.curve, v5(CAMILLE, '2026-11-01', '2026-11-09')), '400 ADAM-DC-0015');
    assert.equal(await refusal(V5.curve, v5(CAMILLE, addDays(TODAY, -746), addDays(TODAY, -740))), '400 ADAM-DC-0016');
    assert.equal(await refusal(V5.days, v5(CAMILLE, addDays(TODAY, -1111), TODAY)), '400 ADAM-DC-0016');
    assert.equal(await refusal(V5.days, v5(SOFIANE, '2025-04-30', '2025-06-01')), '400 ADAM-ERR0123');
    assert.equal(await refusal(V5.curve, v5(LUCIEN, '2026-11-01', '2026-11-05')), '403 ADAM-DC-0008');
    assert.equal(await refusal(`${OF_2026}/courbe_de_charge_consommation`, of2026(LUCIEN, '2026-11-01', '2026-11-05')), '403 SGT403');
    assert.equal(await refusal(V5.days, v5(EMMA, '2026-11-16', TODAY)), '404 no_data_found');
    assert.equal(await refusal(`${OF_2026}/consommation_quotidienne`, of2026(EMMA, '2026-11-16', TODAY)), '404 STM-ERR-0000014');
    assert.equal(await refusal(V5.days, v5('99999999999999', '2026-11-01', '2026-11-05')), '404 ADAM-ERR0024');
    assert.equal(await refusal(V5.days, v5(NADIA_GAS, '2026-11-01', '2026-11-05')), '404 ADAM-ERR0024');
    for (const [from, to] of [['2026-11-05', '2026-11-05'], ['2026-02-30', '2026-03-05'], ['hier', '2026-11-05']] as const) assert.equal(await refusal(V5.days, v5(CAMILLE, from, to)), '400 ADAM-ERR0031');
    assert.equal(await refusal(`${OF_2026}/puissance_conso_max_quotidienne`, of2026(CAMILLE, '2026-11-01', '2026-11-05')), '400 ADAM-ERR0031');
    const power = await simulator.contents(`${OF_2026}/puissance_conso_max_quotidienne`, { ...of2026(CAMILLE, '2026-11-01', '2026-11-05'), mesuresPas: 'P1D', grandeurPhysique: 'PMA' });
    assert.equal((power[0] as MaximumPowers).days.length, 4);
  });

  it('has the day before from 08:00 on', async () => {
    const newest = async (): Promise<LocalDay | undefined> => daysOf(await simulator.contents(V5.days, v5(CAMILLE, '2026-11-20', '2026-11-30'))).at(-1)?.[0];
    try {
      simulator.now = Date.parse('2026-11-24T06:59:00Z');
      assert.equal(await newest(), '2026-11-22');
      simulator.now = Date.parse('2026-11-24T07:00:00Z');
      assert.equal(await newest(), '2026-11-23');
    } finally {
      simulator.now = NOW;
    }
  });

  it('gives exactly the days of any period within its limits', async () => {
    const first = '2024-11-10';
    const period = fc.record({ offset: fc.nat(daysBetween(first, TODAY) - 1), length: fc.integer({ min: 1, max: 7 }), is2026: fc.boolean(), isCurve: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(period, async ({ offset, length, is2026, isCurve }) => {
        const from = addDays(first, offset);
        const to = addDays(from, length);
        const query = is2026 ? of2026(CAMILLE, from, to) : v5(CAMILLE, from, to);
        const path = is2026 ? `${OF_2026}/${isCurve ? 'courbe_de_charge_consommation' : 'consommation_quotidienne'}` : isCurve ? V5.curve : V5.days;
        const expected = measured(CAMILLE, { from, to: to < TODAY ? to : TODAY }, ...(isCurve ? [] : (['consent-needed'] as const)));
        const known = expected.filter(({ energy }) => energy.energy !== null);
        if (known.length === 0) return assert.match(await refusal(path, query), /^404 /);
        const contents = await simulator.contents(path, query);
        const told = isCurve ? curveOf(contents).map(({ day }) => day) : daysOf(contents).filter(([, value]) => value !== null).map(([day]) => day);
        const without = expected.filter(({ energy }) => energy.energy === null).map(({ day }) => day);
        assert.deepEqual(told.filter((day) => !without.includes(day)), known.map(({ day }) => day));
        assert.ok(told.every((day) => day >= from && day < to));
      }),
      { numRuns: 60 },
    );
  });
});

describe('GRDF', () => {
  const asked = (from: LocalDay, to: LocalDay) => ({ date_debut: from, date_fin: to });
  const path = `/adict/v2/pce/${NADIA_GAS}/donnees_consos_informatives`;

  it('tells gas days with volume, energy and index, a record a line', async () => {
    const period = { from: '2025-11-01', to: '2026-03-01' };
    const response = await simulator.ask(path, asked(period.from, period.to));
    assert.match(response.headers.get('content-type') ?? '', /ndjson/);
    assert.equal((await response.text()).trim().split('\n').length, daysBetween(period.from, period.to));
    const contents = await simulator.contents(path, asked(period.from, period.to));
    const { energy, series } = seriesOf(contents);
    const expected = measured(NADIA_GAS, period);
    assert.equal(energy, 'gas');
    assert.deepEqual((series as EnergySeries).values, expected.map((day) => day.energy.energy));
    assert.deepEqual((series as EnergySeries).volumes, expected.map((day) => day.energy.volume ?? null));
    assert.deepEqual([...(series as EnergySeries).quality].map((_, index) => qualityAt((series as EnergySeries).quality, index)), expected.map((day) => day.energy.quality));
    const readings = contents.find((content) => content.kind === 'indexes')?.readings ?? [];
    assert.ok(readings.length > 100 && readings.every(({ value }, index) => index === 0 || (value ?? 0) >= (readings[index - 1]?.value ?? 0)));
  });

  it('publishes whole months', async () => {
    const [content] = (await simulator.contents(`/adict/v2/pce/${NADIA_GAS}/donnees_consos_publiees`, asked('2026-01-01', '2026-04-01'))) as [MeasuredPeriods];
    assert.deepEqual(content.periods.map(({ from, to }) => [from, to]), [['2026-01-01', '2026-02-01'], ['2026-02-01', '2026-03-01'], ['2026-03-01', '2026-04-01']]);
    const january = measured(NADIA_GAS, { from: '2026-01-01', to: '2026-02-01' });
    assert.equal(content.periods[0]?.energy, january.reduce((sum, { energy }) => sum + (energy.energy ?? 0), 0));
  });

  it('lists who may be asked about, with “Vrai”, “Faux” and a status at the end', async () => {
    const lines = (await (await simulator.ask('/adict/v2/droits_acces')).text()).trim().split('\n');
    assert.match(lines[0] ?? '', /"Vrai".*"Faux"|"Faux".*"Vrai"/);
    assert.match(lines.at(-1) ?? '', /code_statut_traitement/);
    const [content] = await simulator.contents('/adict/v2/droits_acces');
    assert.ok(content?.kind === 'access-rights');
    assert.deepEqual(content.rights.map(({ deliveryPoint }) => deliveryPoint), [NADIA_GAS]);
  });

  it('answers what has no data, no right or no meter by its codes', async () => {
    const code = async (pce: string, from: LocalDay, to: LocalDay): Promise<string> => {
      const response = await simulator.ask(`/adict/v2/pce/${pce}/donnees_consos_informatives`, asked(from, to));
      return `${response.status} ${((await response.json()) as { statut_restitution: { code: string } }).statut_restitution.code}`;
    };
    assert.equal(await code(NADIA_GAS, '2026-11-24', '2026-12-01'), '200 1000008');
    assert.equal(await code(CAMILLE, '2026-11-01', '2026-11-05'), '404 1000000006');
    assert.equal(await code(NADIA_GAS, '2026-11-05', '2026-11-01'), '400 1000004');
  });
});

describe('RTE', () => {
  const tempo = '/open_api/tempo_like_supply_contract/v1/tempo_like_calendars';

  it('tells EcoWatt of four days in no order, today from the hour in which the signal was made', async () => {
    const { signals } = (await (await simulator.ask('/open_api/ecowatt/v5/signals')).json()) as { signals: { jour: string }[] };
    assert.notDeepEqual(signals.map(({ jour }) => jour), signals.map(({ jour }) => jour).toSorted());
    const [{ days }] = (await simulator.contents('/open_api/ecowatt/v5/signals')) as [EcoWattDays];
    assert.deepEqual(days.map(({ day }) => day), [0, 1, 2, 3].map((later) => addDays(TODAY, later)));
    assert.deepEqual(days[0]?.hours.map((hour) => hour === null), Array.from({ length: 24 }, (_, hour) => hour < 7));
    assert.ok(days.every(({ level, hours }) => level === Math.max(1, ...hours.map((hour) => hour ?? 0))));
  });

  it('tells the colours of Tempo days; tomorrow’s is provisional until 10:40, where that is wished', async () => {
    const query = { start_date: '2026-11-20T00:00:00+01:00', end_date: '2026-12-01T00:00:00+01:00', fallback_status: 'true' };
    const days = async (more: Partial<typeof query> = {}): Promise<TempoDays['days']> => ((await simulator.contents(tempo, { ...query, ...more }))[0] as TempoDays).days;
    assert.deepEqual((await days()).map(({ day, isProvisional }) => [day, isProvisional]), [...[20, 21, 22, 23, 24].map((date) => [`2026-11-${date}`, false]), ['2026-11-25', true]]);
    assert.equal((await days({ fallback_status: 'false' })).at(-1)?.day, TODAY);
    try {
      simulator.now = Date.parse('2026-11-24T09:40:00Z');
      const known = await days({ fallback_status: 'false' });
      assert.deepEqual(known.map(({ day, colour }) => [day, colour]), [20, 21, 22, 23, 24, 25].map((date) => [`2026-11-${date}`, tempoColour(`2026-11-${date}`)]));
    } finally {
      simulator.now = NOW;
    }
  });

  it('refuses half a period, no period and too long a one', async () => {
    const refused = async (query: Record<string, string>): Promise<number> => (await simulator.ask(tempo, query)).status;
    assert.equal(await refused({ start_date: '2026-11-20T00:00:00+01:00' }), 400);
    assert.equal(await refused({ start_date: '2026-11-20T00:00:00+01:00', end_date: '2026-11-20T00:00:00+01:00' }), 400);
    assert.equal(await refused({ start_date: '2024-11-20T00:00:00+01:00', end_date: '2026-11-20T00:00:00+01:00' }), 400);
    assert.equal(await refused({ start_date: '2026-11-20', end_date: '2026-11-21' }), 400);
  });
});
