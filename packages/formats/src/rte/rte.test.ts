import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays } from '@oya/contract';
import type { EcoWattDays, TempoDays } from '../index.ts';
import { timeZone } from '../testing/arbitraries.ts';
import { ecowatt, tempo } from '../testing/gas-arbitraries.ts';
import { read, refusal } from '../testing/reading.ts';
import { apiCouleurTempo, ecowattJson, tempoCsv, tempoLikeCalendars, tempoOpenData } from '../testing/rte.ts';

async function ecowattDays(content: object): Promise<EcoWattDays['days']> {
  return ((await read(content)).contents[0] as EcoWattDays).days;
}

async function tempoDays(content: string | object): Promise<string[]> {
  return ((await read(content)).contents[0] as TempoDays).days.map(({ day, colour, isProvisional }) => `${day} ${colour}${isProvisional ? '?' : ''}`);
}

const signal = (more: object = {}): object => ({ GenerationFichier: '2026-11-24T07:36:25+01:00', jour: '2026-11-24T00:00:00+01:00', dvalue: 1, message: 'Situation normale.', values: [{ pas: 0, hvalue: 1 }], ...more });
const calendar = (...values: object[]): object => ({ tempo_like_calendars: { start_date: '2026-11-24T00:00:00+01:00', values } });
const tempoValue = (day: string, value: string | null, more: object = {}): object => ({ start_date: `${day}T00:00:00+01:00`, end_date: `${addDays(day, 1)}T00:00:00+01:00`, value, updated_date: `${addDays(day, -1)}T10:20:00+01:00`, ...more });

describe('EcoWatt', () => {
  it('is read back exactly, with days in any order', async () => {
    await fc.assert(
      fc.asyncProperty(ecowatt, fc.boolean(), async (given, isReversed) => {
        const file = ecowattJson(isReversed ? { ...given, days: given.days.toReversed() } : given, timeZone);
        assert.deepEqual((await read(file)).contents, [given]);
      }),
    );
  });

  it('begins today at the hour that is now: the hours before are not known', async () => {
    const [today] = await ecowattDays({ signals: [signal({ values: Array.from({ length: 17 }, (_, index) => ({ pas: index + 7, hvalue: 2 })) })] });
    assert.deepEqual(today?.hours, [...Array<null>(7).fill(null), ...Array<number>(17).fill(2)]);
  });

  it('takes a day that is a date, or a time with any offset', async () => {
    for (const jour of ['2026-11-24', '2026-11-24T00:00:00+01:00', '2026-11-23T23:00:00Z']) assert.equal((await ecowattDays({ signals: [signal({ jour })] }))[0]?.day, '2026-11-24');
  });

  it('knows hours without carbon, which v5 brought', async () => {
    assert.deepEqual((await ecowattDays({ signals: [signal({ values: [{ pas: 3, hvalue: 0 }] })] }))[0]?.hours.slice(2, 5), [null, 0, null]);
  });

  it('lets the newer of two signals for a day count', async () => {
    const older = signal({ dvalue: 3, GenerationFichier: '2026-11-23T07:36:25+01:00' });
    for (const signals of [[older, signal()], [signal(), older]]) {
      const document = await read({ signals });
      assert.equal((document.contents[0] as EcoWattDays).days[0]?.level, 1);
      assert.match(document.rows.skipped[0]?.reason ?? '', /is newer, and counts/);
    }
  });

  it('leaves out what is no level, no hour and no day', async () => {
    const { contents, rows } = await read({ signals: [signal({ values: [{ pas: 24, hvalue: 1 }, { pas: 1, hvalue: 4 }, { pas: 2, hvalue: null }, { pas: 5, hvalue: 2 }] }), signal({ jour: 'demain' }), signal({ jour: '2026-11-25', dvalue: 7 }), signal({ jour: '2026-11-26', GenerationFichier: null })] });
    assert.equal((contents[0] as EcoWattDays).days.length, 1);
    assert.equal((contents[0] as EcoWattDays).days[0]?.hours[5], 2);
    assert.equal(rows.skippedCount, 6);
    assert.match((await refusal({ signals: [], jour: '' })).message, /no signal.*Ask RTE again/);
  });
});

describe('Tempo', () => {
  it('is read back exactly from RTE, with what is provisional, as an object, an array or open data', async () => {
    await fc.assert(
      fc.asyncProperty(tempo, fc.boolean(), async (given, newestFirst) => {
        const days = newestFirst ? { ...given, days: given.days.toReversed() } : given;
        for (const file of [tempoLikeCalendars(days, timeZone), tempoLikeCalendars(days, timeZone, true), tempoOpenData(days)]) assert.deepEqual((await read(file)).contents, [given]);
      }),
    );
  });

  it('is read back exactly from api-couleur-tempo and CSV, which know nothing of provisional', async () => {
    await fc.assert(
      fc.asyncProperty(tempo, async (given) => {
        const firm = { ...given, days: given.days.map((day) => ({ ...day, isProvisional: false })) };
        for (const file of [apiCouleurTempo(given), tempoCsv(given)]) assert.deepEqual((await read(file)).contents, [firm]);
      }),
    );
  });

  it('of a day that is not known yet is no colour', async () => {
    const document = await read([{ dateJour: '2026-11-24', codeJour: 1 }, { dateJour: '2026-11-25', codeJour: 0 }]);
    assert.deepEqual((document.contents[0] as TempoDays).days.map(({ day }) => day), ['2026-11-24']);
    assert.deepEqual([document.rows.read, document.rows.empty], [1, 1]);
    assert.deepEqual(await tempoDays({ dateJour: '2026-11-24', codeJour: 3 }), ['2026-11-24 red']);
    assert.deepEqual(await tempoDays(calendar(tempoValue('2026-11-24', 'BLUE'), tempoValue('2026-11-25', null), tempoValue('2026-11-26', 'NOT_DEFINED'))), ['2026-11-24 blue']);
  });

  it('takes the colour that was updated last, and a firm one rather than a provisional one', async () => {
    const later = { updated_date: '2026-11-23T11:20:00+01:00' };
    assert.deepEqual(await tempoDays(calendar(tempoValue('2026-11-24', 'WHITE', { fallback: true }), tempoValue('2026-11-24', 'RED', later))), ['2026-11-24 red']);
    assert.deepEqual(await tempoDays(calendar(tempoValue('2026-11-24', 'RED', later), tempoValue('2026-11-24', 'WHITE'))), ['2026-11-24 red']);
    assert.deepEqual(await tempoDays(calendar(tempoValue('2026-11-24', 'WHITE', { fallback: 'true' }), tempoValue('2026-11-24', 'WHITE'))), ['2026-11-24 white']);
  });

  it('of a range is that of each of its days; a day may end at its last second', async () => {
    assert.deepEqual(await tempoDays(calendar({ start_date: '2026-11-24T00:00:00+01:00', end_date: '2026-11-26T00:00:00+01:00', value: 'BLUE' }, { start_date: '2026-11-26T00:00:00+01:00', end_date: '2026-11-26T23:59:59+01:00', value: 'RED' })), ['2026-11-24 blue', '2026-11-25 blue', '2026-11-26 red']);
    assert.match((await refusal(calendar({ start_date: '2026-11-24T00:00:00+01:00', end_date: '2096-11-26T00:00:00+01:00', value: 'BLUE' }))).message, /no range of days/);
  });

  it('in October and March is of the right day', async () => {
    assert.deepEqual(await tempoDays({ tempo_like_calendars: { values: [{ start_date: '2026-10-25T00:00:00+02:00', end_date: '2026-10-26T00:00:00+01:00', value: 'BLUE' }, { start_date: '2026-03-29T00:00:00+01:00', end_date: '2026-03-30T00:00:00+02:00', value: 'RED' }] } }), ['2026-03-29 red', '2026-10-25 blue']);
  });

  it('in CSV may be French, with any delimiter, and bad rows are told', async () => {
    assert.deepEqual(await tempoDays('Date\tType de jour TEMPO\n24/11/2026\tBLEU\n25/11/2026\tROUGE\n'), ['2026-11-24 blue', '2026-11-25 red']);
    const { rows } = await read('date;color\n2026-11-24;BLEU\n2026-11-25;VERT\n2026-02-30;BLEU\n2026-11-26\n');
    assert.deepEqual(rows.skipped.map(({ line }) => line), [3, 4, 5]);
    assert.match((await refusal('date;color\n')).message, /no day with its colour/);
  });
});
