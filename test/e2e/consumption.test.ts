import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { joinSegments, type CurveSegment, type LocalDay } from '@oya/contract';
import { read, type Content } from '@oya/formats';
import { measureDay, type PersonaMeter } from '@oya/personas';
import { importFile } from '@oya/server';
import type { Locator, Page } from 'playwright-core';
import readWorkbook from 'read-excel-file/universal';
import { customerCsv } from '../../packages/formats/src/testing.ts';
import { accountOf, barsOf, clockIn, csvRows, euros, goTo, kilowattHours, openDay, plain, power, press, readThrough, rowsOf, save, sumOf, thousandths, type Interval, type Saved, type TwoPrices } from './support/consumption.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../shared/data/samples');
const skip = existsSync(SAMPLES) ? false : `the samples are not at ${SAMPLES}`;
const timeZone = 'Europe/Paris';

const HALF_HOURS = 'csv/enedis_halfhour_2023-03_to_05.csv';
const ENEDIS = ['enedis/2026_mesure_courbe_de_charge_consommation.json', 'enedis/2026_mesure_consommation_quotidienne.json'];
const GAS = 'gas/grdf_donnees_publiees.json';
const GREEN_BUTTON = 'greenbutton/TestGBDataHourlyNineDaysBinnedDaily.xml';

const NIGHT = { from: '22:30', to: '06:30' };

describe('what was measured is told alike in picture, words, table and files', () => {
  let house: House;

  before(async () => {
    house = await openHouse();
    const leap = joinSegments((['2024-02-28', '2024-02-29', '2024-03-01'] as LocalDay[]).flatMap((day) => measureDay(meterOf('marc'), day).curve));
    await take('sicae', 'marc-linky', 'leap-day.csv', customerCsv({ kind: 'curve', unit: 'W', segments: leap }, { timeZone, deliveryPoint: '', preamble: false }));
    if (skip) return;
    await standAt('nadia-electricity', '99999999999991');
    await standAt('nadia-gas', '00000000000000');
    await take('eneo', 'camille-linky', HALF_HOURS);
    for (const file of ENEDIS) await take('eneo', 'nadia-linky', file);
    await take('eneo', 'nadia-gazpar', GAS);
    await take('sicae', 'helene-second-linky', GREEN_BUTTON);
  });
  afterEach(() => house.clear());
  after(() => house.stop());

  const take = (utility: string, meter: string, file: string, bytes: Uint8Array = readFileSync(path.join(SAMPLES, file))) =>
    importFile(house.server.db, { utility, meter, fileName: path.basename(file), bytes, now: house.now() });
  const standAt = (contract: string, deliveryPoint: string) => house.server.db.updateTable('contract').set({ delivery_point: deliveryPoint }).where('id', '=', contract).execute();

  const open = async (id: string): Promise<{ page: Page; consumption: Locator; errors: Error[] }> => {
    const who = persona(id);
    const { page, errors } = await house.visit(who.utility === 'sicae' ? 'sicae' : 'eneo', '/espace-client');
    await signIn(page, who);
    const consumption = page.locator('oya-consumption');
    await settled(consumption);
    return { page, consumption, errors };
  };

  describe('the half-hours that Enedis gave for the spring of 2023', { skip }, () => {
    // 10⁻⁵ € per kWh, as the example prices of that spring have them.
    const prices: TwoPrices = { ...NIGHT, HP: 22_280n, HC: 16_150n };
    const STANDING_CHARGE = 1_655_000n * 1000n;
    const march = (): Interval[] => intervalsOfCsv(readFileSync(path.join(SAMPLES, HALF_HOURS), 'utf8')).filter(({ start }) => clockIn(start).startsWith('2023-03'));

    it('in kWh', async () => {
      const days = accountOf(march(), prices);
      const total = sumOf([...days.values()].map(({ wattHours }) => wattHours));
      assert.equal(total, 1_729_508n);
      assert.equal(days.get('2023-03-26')?.wattHours, 75_412n);

      const { page, consumption, errors } = await open('camille');
      await goTo(consumption, '2023-03-26');
      const month = consumption.locator('.picture oya-bar-chart');
      assert.deepEqual(await barsOf(month), [...days].map(([day, { wattHours }]) => `${french(day)} : ${kilowattHours(wattHours)}`));
      assert.equal(plain(await consumption.locator('.head').first().textContent()).includes(`${kilowattHours(total)} Électricité consommée en mars 2023`), true);
      await checkDay(page, consumption, '2023-03-26', march().filter(({ start }) => clockIn(start).startsWith('2023-03-26')), 46);

      const [monthSheet, daySheet] = await readWorkbook(new Blob([(await save(page, consumption, 'Classeur (Excel)')).bytes]));
      assert.deepEqual([monthSheet?.sheet, monthSheet?.data.length, daySheet?.data.length], ['Mars 2023', 1 + 31, 1 + 46]);
      assert.deepEqual(monthSheet?.data.slice(1).map(([, energy]) => BigInt(Math.round(Number(energy) * 1000))), [...days.values()].map(({ wattHours }) => wattHours));
      const series = await seriesOf(await save(page, consumption, 'Green Button (XML)'));
      assert.deepEqual(series.energy, [...days.values()].map(({ wattHours }) => Number(wattHours)));

      await consumption.getByRole('button', { name: 'Revenir au mois' }).click();
      await press(consumption, 'Tableau');
      const [header = [], ...rows] = await rowsOf(consumption.locator('.picture table'));
      assert.deepEqual(header.slice(0, 4), ['Jour', 'Consommation', 'Heures creuses', 'Heures pleines']);
      assert.deepEqual(rows.map((row) => row.slice(0, 4)), [...days].map(([day, { wattHours, HC, HP }]) => [french(day).toLowerCase(), ...[wattHours, HC, HP].map(kilowattHours)]));
      const [, ...exported] = csvRows(await save(page, consumption, 'Tableau (CSV)'));
      assert.deepEqual(exported.map(([day, ...cells]) => [day, ...cells.slice(0, 3).map(thousandths)]), [...days].map(([day, { wattHours, HC, HP }]) => [day, wattHours, HC, HP]));
      assert.deepEqual(errors, []);
    });

    it('in euros, by the contract’s own prices', async () => {
      const days = accountOf(march(), prices);
      const energy = sumOf([...days.values()].map(({ cost }) => cost));
      const { page, consumption, errors } = await open('camille');
      await press(consumption, 'Ma conso');
      await goTo(consumption, '2023-03-26');
      assert.deepEqual(await barsOf(consumption.locator('.picture oya-bar-chart')), [...days].map(([day, { cost }]) => `${french(day)} : ${euros(cost)}`));
      assert.ok(plain(await consumption.locator('.head').first().textContent()).includes(`${euros(energy + STANDING_CHARGE)} Coût TTC de votre électricité en mars 2023, abonnement compris`));
      await consumption.locator('.facts', { hasText: 'Abonnement' }).waitFor();
      assert.ok(plain(await consumption.locator('.facts').textContent()).includes(`Énergie : ${euros(energy)}. Abonnement : ${euros(STANDING_CHARGE)}`));
      assert.equal(plain(await consumption.locator('.day .number').textContent()), euros(days.get('2023-03-26')?.cost ?? 0n));
      const hours = consumption.locator('.day oya-bar-chart');
      await hours.waitFor();
      assert.equal((await barsOf(hours)).length, 23);
      await consumption.locator('.day').getByText(`Vos heures font ${euros(days.get('2023-03-26')?.cost ?? 0n)}, sans l’abonnement.`).waitFor();

      await consumption.getByRole('button', { name: 'Revenir au mois' }).click();
      await press(consumption, 'Tableau');
      const [, ...rows] = await rowsOf(consumption.locator('.picture table'));
      assert.deepEqual(rows.map((row) => row.slice(0, 2)), [...days].map(([day, { cost }]) => [french(day).toLowerCase(), euros(cost)]));
      const [header = [], ...exported] = csvRows(await save(page, consumption, 'Tableau (CSV)'));
      assert.deepEqual(header.slice(0, 2), ['Jour', 'Coût de l’énergie (€)']);
      assert.deepEqual(exported.map((row) => row.slice(0, 2)), [...days].map(([day, { cost }]) => [day, euros(cost).replace(' €', '')]));
      assert.deepEqual(errors, []);
    });
  });

  it('the two days of Enedis’s files of 2026, in kWh and euros', { skip }, async () => {
    const days = [['2026-09-29', 33_495n], ['2026-09-30', 38_022n]] as const;
    const { page, consumption, errors } = await open('nadia');
    await goTo(consumption, '2026-09-29');
    for (const [day, wattHours] of days) {
      await consumption.getByRole('button', { name: `${french(day)} : ${kilowattHours(wattHours)}` }).waitFor();
      await openDay(consumption, day, french(day).toLowerCase());
      const curve = csvRows(await save(page, consumption, 'Tableau (CSV)')).slice(1);
      assert.equal(curve.length, 48);
      assert.equal(sumOf(curve.map((row) => thousandths(row[2]))), wattHours * 2n);
    }
    await consumption.getByRole('button', { name: 'Revenir au mois' }).click();
    await press(consumption, 'Tableau');
    const shown = async () => (await rowsOf(consumption.locator('.picture table'))).filter(([day]) => days.some(([each]) => french(each).toLowerCase() === day)).map((row) => row[1]);
    assert.deepEqual(await shown(), ['33,5 kWh', '38,0 kWh']);
    const exported = csvRows(await save(page, consumption, 'Tableau (CSV)')).filter(([day]) => days.some(([each]) => each === day));
    assert.deepEqual(exported.map((row) => row[1]), ['33,495', '38,022']);
    await press(consumption, 'Ma conso');
    // 33.495 kWh and 38.022 kWh at 0.19670 €.
    assert.deepEqual(await shown(), ['6,59 €', '7,48 €']);
    assert.deepEqual(errors, []);
  });

  it('years of gas readings, and the month that nobody read', { skip }, async () => {
    const { page, consumption, errors } = await open('nadia');
    await consumption.getByLabel('Contrat').selectOption({ index: 1 });
    await settled(consumption);
    await press(consumption, 'Tout');
    const [, ...years] = csvRows(await save(page, consumption, 'Tableau (CSV)'));
    assert.equal(sumOf(years.filter(([year = '']) => year <= '2022').map((row) => thousandths(row[1]))), 117_744_000n);
    await consumption.getByRole('button', { name: /^2019 : / }).click();
    await settled(consumption);
    const months = await barsOf(consumption.locator('.picture oya-bar-chart'));
    assert.deepEqual(months.slice(9, 11), ['Octobre 2019 : 56,0 kWh, incomplet', 'Novembre 2019 : 3 081 kWh, incomplet']);
    await consumption.getByText('2 mois incomplets : une partie de leurs jours manque.').waitFor();

    await consumption.getByRole('button', { name: /^Octobre 2019 : / }).click();
    await settled(consumption);
    const unread = octoberOf2019().slice(2);
    const bars = await barsOf(consumption.locator('.picture oya-bar-chart'));
    // Two days share out the reading that covers them; then nobody read the meter for a month.
    assert.deepEqual(bars.slice(0, 2), ['Mardi 1er octobre 2019 : 28,0 kWh, estimé', 'Mercredi 2 octobre 2019 : 28,0 kWh, estimé']);
    assert.deepEqual(bars.slice(2), unread.map((day) => `${french(day)} : pas de mesure`));
    await consumption.getByText('29 jours sans mesure : rien n’est venu du compteur. Ils ne comptent pas dans le total.').waitFor();
    assert.ok(plain(await consumption.locator('.head').first().textContent()).includes('56,0 kWh Gaz consommé en octobre 2019'));
    const exported = csvRows(await save(page, consumption, 'Tableau (CSV)'));
    assert.deepEqual(exported.slice(3).map(([day, energy, ...rest]) => [day, energy, rest.at(-1)]), unread.map((day) => [day, '', 'pas de mesure']));
    const { energy } = await seriesOf(await save(page, consumption, 'Green Button (XML)'));
    assert.deepEqual(energy, [28_000, 28_000]);
    await press(consumption, 'Tableau');
    const rows = await rowsOf(consumption.locator('.picture table'));
    assert.deepEqual(rows.slice(3).map(([day, energy, ...rest]) => [day, energy, rest.at(-1)]), unread.map((day) => [french(day).toLowerCase(), 'aucune', 'pas de mesure']));

    // The example prices of gas begin later: what has no price costs an unknown amount, and not nothing.
    await press(consumption, 'Ma conso');
    assert.deepEqual((await rowsOf(consumption.locator('.picture table'))).slice(1).map((row) => row[1]), Array(31).fill('aucune'));
    await consumption.getByText('2 coûts inconnus : aucun prix de votre contrat ne vaut pour ces jours-là.').waitFor();
    assert.deepEqual(errors, []);
  });

  it('the hours of a Green Button file, which begins and ends within a day', { skip }, async () => {
    const intervals = intervalsOfGreenButton(readFileSync(path.join(SAMPLES, GREEN_BUTTON), 'utf8'));
    const days = accountOf(intervals, { ...NIGHT, HP: 0n, HC: 0n });
    assert.equal(sumOf(intervals.map(({ watts }) => BigInt(watts))), 199_563n);
    const { page, consumption, errors } = await open('helene');
    await consumption.getByLabel('Contrat').selectOption({ index: 1 });
    await settled(consumption);
    await goTo(consumption, '2014-01-02');
    const known = [...days].map(([day, { wattHours }], index) => `${french(day)} : ${kilowattHours(wattHours)}${index === 0 || index === days.size - 1 ? ', incomplet' : ''}`);
    assert.deepEqual((await barsOf(consumption.locator('.picture oya-bar-chart'))).slice(0, days.size), known);
    assert.ok(plain(await consumption.locator('.head').first().textContent()).includes('199,6 kWh Électricité consommée en janvier 2014'));
    await checkDay(page, consumption, '2014-01-02', intervals.filter(({ start }) => clockIn(start).startsWith('2014-01-02')), 24);
    await consumption.getByRole('button', { name: 'Revenir au mois' }).click();
    await press(consumption, 'Tableau');
    assert.equal((await rowsOf(consumption.locator('.picture table')))[2]?.[1], '21,0 kWh');
    const [, ...exported] = csvRows(await save(page, consumption, 'Tableau (CSV)'));
    assert.equal(sumOf(exported.map(([, energy]) => (energy === '' ? 0n : thousandths(energy)))), 199_563n);
    await press(consumption, 'Ma conso');
    await consumption.getByText(/coûts inconnus\s: aucun prix de votre contrat ne vaut pour ces jours-là/).waitFor();
    assert.deepEqual(errors, []);
  });

  const DAYS = [
    { what: 'the day on which clocks go forward', who: 'camille', day: '2025-03-30', intervals: 46, hours: 23, HP: 21_460n, HC: 16_960n },
    { what: 'the day on which clocks go back', who: 'camille', day: '2025-10-26', intervals: 50, hours: 25, HP: 20_810n, HC: 16_350n },
    { what: 'a leap day', who: 'marc', day: '2024-02-29', intervals: 48, hours: 24, HP: 27_000n, HC: 20_680n },
    { what: 'a day on which the step changes at noon', who: 'camille', day: '2026-03-11', intervals: 24 + 72, hours: 24, HP: 20_650n, HC: 15_790n },
  ] as const;
  for (const { what, who, day, intervals: count, hours, ...prices } of DAYS) {
    it(what, async () => {
      const { page, consumption, errors } = await open(who);
      const intervals = intervalsOfCurve(measureDay(meterOf(who), day).curve);
      await checkDay(page, consumption, day, intervals, count);
      await press(consumption, 'Ma conso');
      const cost = euros(accountOf(intervals, { ...NIGHT, ...prices }).get(day)?.cost ?? 0n);
      await consumption.getByRole('button', { name: `${french(day)} : ${cost}` }).waitFor();
      await consumption.locator('.day').getByText(`Vos heures font ${cost}, sans l’abonnement.`).waitFor();
      assert.equal((await barsOf(consumption.locator('.day oya-bar-chart'))).length, hours);
      assert.deepEqual(errors, []);
    });
  }

  it('two days on which nothing came from the meter', async () => {
    const days = ['2025-06-17', '2025-06-18'];
    const { page, consumption, errors } = await open('camille');
    await goTo(consumption, '2025-06-17');
    const said = (await barsOf(consumption.locator('.picture oya-bar-chart'))).slice(16, 18);
    assert.deepEqual(said, days.map((day) => `${french(day)} : pas de mesure`));
    await consumption.getByText('2 jours sans mesure : rien n’est venu du compteur. Ils ne comptent pas dans le total.').waitFor();
    await consumption.getByText('Les demi-heures de ce jour ne sont pas disponibles.').waitFor();
    assert.equal(plain(await consumption.locator('.announcement').textContent()), 'mardi 17 juin 2025 : aucune');
    await consumption.getByRole('button', { name: 'Revenir au mois' }).click();

    const measured = Array.from({ length: 30 }, (_, index) => measureDay(meterOf('camille'), `2025-06-${String(index + 1).padStart(2, '0')}`).energy.energy);
    assert.deepEqual(measured.slice(16, 18), [null, null]);
    const { energy } = await seriesOf(await save(page, consumption, 'Green Button (XML)'));
    assert.deepEqual(energy, measured);
    const exported = csvRows(await save(page, consumption, 'Tableau (CSV)')).slice(1);
    assert.deepEqual(exported.slice(16, 18).map(([day, wattHours, ...rest]) => [day, wattHours, rest.at(-1)]), days.map((day) => [day, '', 'pas de mesure']));
    const total = sumOf(measured.map((each) => BigInt(each ?? 0)));
    assert.equal(sumOf(exported.map((row) => (row[1] === '' ? 0n : thousandths(row[1])))), total);
    assert.ok(plain(await consumption.locator('.head').first().textContent()).includes(`${kilowattHours(total)} Électricité consommée en juin 2025`));
    await press(consumption, 'Tableau');
    const rows = (await rowsOf(consumption.locator('.picture table'))).slice(17, 19);
    assert.deepEqual(rows.map(([day, wattHours, ...rest]) => [day, wattHours, rest.at(-1)]), days.map((day) => [french(day).toLowerCase(), 'aucune', 'pas de mesure']));
    await press(consumption, 'Ma conso');
    assert.deepEqual((await rowsOf(consumption.locator('.picture table'))).slice(17, 19).map((row) => row[1]), ['aucune', 'aucune']);
    assert.deepEqual(errors, []);
  });
});

function octoberOf2019(): string[] {
  return Array.from({ length: 31 }, (_, index) => `2019-10-${String(index + 1).padStart(2, '0')}`);
}

/** One day with its half-hours, everywhere that it stands. */
async function checkDay(page: Page, consumption: Locator, day: LocalDay, intervals: readonly Interval[], count: number): Promise<void> {
  assert.equal(intervals.length, count);
  const [whole] = accountOf(intervals, { ...NIGHT, HP: 0n, HC: 0n }).values();
  const energy = kilowattHours(whole?.wattHours ?? 0n);
  await openDay(consumption, day, french(day).toLowerCase());
  await consumption.getByRole('button', { name: `${french(day)} : ${energy}` }).waitFor();
  assert.equal(plain(await consumption.locator('.day .number').textContent()), energy);
  assert.equal(plain(await consumption.locator('.announcement').textContent()), `${french(day).toLowerCase()} : ${energy}`);

  const words = intervals.map(({ start, minutes, watts }) => [`de ${hour(start)} à ${hour(start + minutes * 60_000)}`, power(watts)] as const);
  const spoken = await readThrough(page, consumption.locator('.day oya-load-curve'));
  assert.deepEqual(spoken, words.map(([when, value]) => `D${when.slice(1)} : ${value}`));
  const file = csvRows(await save(page, consumption, 'Tableau (CSV)')).slice(1);
  assert.deepEqual(file.map(([from = '', to = '', watts]) => [Date.parse(from), (Date.parse(to) - Date.parse(from)) / 60_000, thousandths(watts)]), intervals.map(({ start, minutes, watts }) => [start, minutes, BigInt(watts)]));
  const { curve } = await seriesOf(await save(page, consumption, 'Green Button (XML)'));
  assert.deepEqual(curve, intervals);
  await press(consumption, 'Tableau');
  assert.deepEqual((await rowsOf(consumption.locator('.day table'))).slice(1).map((row) => row.slice(0, 2)), words);
  await press(consumption, 'Graphique');
}

async function seriesOf({ bytes }: Saved): Promise<{ energy: (number | null)[]; curve: Interval[] }> {
  const { contents } = await read(bytes, { timeZone });
  const series = contents.flatMap((content: Content) => (content.kind === 'series' ? [content.series] : []));
  return {
    energy: series.flatMap((each) => (each.kind === 'energy' ? each.values : [])),
    curve: series.flatMap((each) => (each.kind === 'curve' ? intervalsOfCurve(each.segments) : [])),
  };
}

function intervalsOfCurve(segments: readonly CurveSegment[]): Interval[] {
  return segments.flatMap(({ start, stepMinutes, values }) =>
    values.flatMap((watts, index) => (watts === null ? [] : [{ start: Date.parse(start) + index * stepMinutes * 60_000, minutes: stepMinutes, watts }])),
  );
}

/** Rows of the operator: the end of each half-hour, and its power. */
function intervalsOfCsv(text: string): Interval[] {
  return text.trim().split(/\r?\n/).map((line) => {
    const [end = '', watts] = line.split(';');
    return { start: Date.parse(end) - 30 * 60_000, minutes: 30, watts: Number(watts) };
  });
}

/** Hours in Wh, which are W. */
function intervalsOfGreenButton(text: string): Interval[] {
  const readings = text.matchAll(/<timePeriod>\s*<duration>3600<\/duration>\s*<start>(\d+)<\/start>[^]*?<\/timePeriod>\s*<value>(\d+)<\/value>/g);
  return [...readings].map(([, start, value]) => ({ start: Number(start) * 1000, minutes: 60, watts: Number(value) }));
}

function meterOf(id: string): PersonaMeter {
  return persona(id).meters[0] as PersonaMeter;
}

/** `Dimanche 26 mars 2023`. */
function french(day: string): string {
  const text = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day)).replace(/ 1 /, ' 1er ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `18 h`, `18 h 30`. */
function hour(instant: number): string {
  const [hours = '', minutes = ''] = clockIn(instant).slice(11).split(':');
  return `${Number(hours)} h${minutes === '00' ? '' : ` ${minutes}`}`;
}
