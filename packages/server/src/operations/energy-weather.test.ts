import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, instant, isEcowattSilent, type Contract, type Ecowatt, type Page, type ProblemDocument, type TempoDays } from '@oya/contract';
import { ecowattAt, tempoCalendar } from '@oya/personas';
import { Visitor } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

/** SEEDED_AT, on the installation's clock: nine in the morning, before RTE tells tomorrow's colour. */
const TODAY = '2026-11-24';
const HOUR = 3_600_000;

for (const engine of testEngines()) {
  describe(`energy weather, on ${engine.name}`, () => {
    let server: TestServer;
    let visitor: Visitor;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now });
      visitor = new Visitor(server.baseUrl('sicae'));
    });
    after(() => server.stop());

    const ecowatt = async () => (await visitor.get<Ecowatt>('/ecowatt')).body;
    const days = async (from: string, to: string) => (await visitor.get<TempoDays>(`/tempo-days?from=${from}&to=${to}`)).body.items;
    const ics = async (query = '', headers: Record<string, string> = {}) => fetch(`${server.baseUrl('sicae')}/tempo.ics${query}`, { headers });
    /** Each event by its fields. */
    type Field = 'UID' | 'SUMMARY' | 'DESCRIPTION' | 'STATUS' | 'SEQUENCE' | 'DTSTART' | 'DTEND' | 'DTSTAMP';
    const events = async (query = ''): Promise<Partial<Record<Field, string>>[]> => (await (await ics(query)).text()).replaceAll('\r\n ', '').split('BEGIN:VEVENT').slice(1).map((event) => Object.fromEntries(event.split('\r\n').map((line) => [line.split(/[;:]/)[0] ?? '', line.replace(/^[^:]*:/, '')])));
    const ofDay = async (day: string, query = '') => (await events(query)).find(({ UID }) => UID?.includes(day));

    describe('GET /ecowatt', () => {
      it('tells anybody today and three days, and when RTE was heard', async () => {
        assert.deepEqual(await ecowatt(), { ...ecowattAt(SEEDED_AT, 'Europe/Paris'), answeredAt: instant(SEEDED_AT) });
      });

      it('tells what is left of it while RTE is silent, and how old it is', async () => {
        now = SEEDED_AT + 48 * HOUR;
        const { days: left, readAt } = await ecowatt();
        assert.deepEqual(left.map(({ day }) => day), [addDays(TODAY, 2), addDays(TODAY, 3)]);
        assert.equal(readAt, ecowattAt(SEEDED_AT, 'Europe/Paris').readAt);
        assert.equal(isEcowattSilent({ readAt }, now), true);
        now = SEEDED_AT;
      });

      it('has heard of RTE when it was last asked and answered, though it said the same', async () => {
        const at = new Date(SEEDED_AT - HOUR / 2);
        await server.db
          .insertInto('collection_state')
          .values({ meter_key: null, dataset: 'ecowatt', outcome: 'data', detail: '', attempts: 0, attempted_at: at, succeeded_at: at, collected_until: null, next_try: at, calls_on: TODAY, calls: 1, floor: null, gaps: '[]' })
          .execute();
        assert.equal((await ecowatt()).readAt, at.toISOString().replace('.000', ''));
      });
    });

    describe('GET /tempo-days', () => {
      it('tells anybody, marks what may still change, and where to subscribe', async () => {
        const { body } = await visitor.get<TempoDays>('/tempo-days?from=2026-11-20&to=2026-12-01');
        assert.deepEqual(body.items, [...tempoCalendar('2026-11-20', '2026-11-25'), { day: '2026-11-25', colour: 'white', isProvisional: true }]);
        assert.equal(body.calendar, `${server.baseUrl('sicae')}/tempo.ics`);
      });

      it('keeps the colour that was announced before', async () => {
        await server.db.updateTable('tempo_day').set({ former_colour: 'white', changed_at: new Date('2026-03-01T11:00:00Z') }).where('day', '=', '2026-03-02').execute();
        assert.deepEqual((await days('2026-03-02', '2026-03-03'))[0]?.changed, { from: 'white', at: '2026-03-01T11:00:00Z' });
      });
    });

    describe('GET /tempo.ics', () => {
      it('is a calendar of the white and red days of the season, and of tomorrow as it may be', async () => {
        const answer = await ics();
        assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
        assert.match(answer.headers.get('cache-control') ?? '', /^public/);
        const known = (await events()).filter(({ UID }) => (UID ?? '') > 'tempo-2026-09-01');
        assert.deepEqual(
          known.map(({ UID, SUMMARY, STATUS, SEQUENCE }) => [UID, SUMMARY, STATUS, SEQUENCE]),
          [
            ...tempoCalendar('2026-09-01', '2026-11-25').filter(({ colour }) => colour !== 'blue').map(({ day, colour }) => [`tempo-${day}.sicae@oya-elements`, `Tempo : jour ${colour === 'red' ? 'rouge' : 'blanc'}`, 'CONFIRMED', '1']),
            ['tempo-2026-11-25.sicae@oya-elements', 'Tempo : jour blanc (peut encore changer)', 'TENTATIVE', '0'],
          ],
        );
        const saturday = known.find(({ UID }) => UID?.includes('2026-11-21'));
        assert.deepEqual([saturday?.DTSTART, saturday?.DTEND], ['20261121', '20261122']);
      });

      it('is in the language and of the colours that are asked for', async () => {
        assert.equal((await ofDay('2026-11-23', '?lang=en'))?.SUMMARY, 'Tempo: red day');
        assert.equal((await ofDay('2026-11-20', '?colours=blue'))?.SUMMARY, 'Tempo : jour bleu');
        assert.equal(await ofDay('2026-11-23', '?colours=blue'), undefined);
        const refused = await ics('?colours=green');
        assert.deepEqual([refused.status, ((await refused.json()) as ProblemDocument).kind], [422, 'invalid']);
      });

      it('is answered in brief to whoever has it already', async () => {
        const tag = (await ics()).headers.get('etag') ?? '';
        assert.equal((await ics('', { 'if-none-match': tag })).status, 304);
        assert.equal((await ics('', { 'if-none-match': `"another", ${tag}` })).status, 304, 'also of several');
        assert.equal((await ics('?lang=en', { 'if-none-match': tag })).status, 200);
      });

      it('counts the changes of a day under the same id, and calls off one that is blue after all', async () => {
        const change = (day: string, colour: 'blue' | 'red') => server.db.updateTable('tempo_day').set({ colour, former_colour: 'white', changed_at: new Date('2026-11-20T11:00:00Z') }).where('day', '=', day).execute();
        await change('2026-11-21', 'red');
        await change('2026-11-22', 'blue');
        const [red, blue] = [await ofDay('2026-11-21'), await ofDay('2026-11-22')];
        assert.deepEqual([red?.SUMMARY, red?.SEQUENCE, red?.STATUS, red?.DTSTAMP], ['Tempo : jour rouge', '2', 'CONFIRMED', '20261120T110000Z']);
        assert.match(red?.DESCRIPTION ?? '', /a changé/);
        assert.deepEqual([blue?.SEQUENCE, blue?.STATUS], ['2', 'CANCELLED']);
      });
    });

    it('a contract says whether it follows the colours', async () => {
      const of = async (persona: string, utility: string) => {
        const customer = new Visitor(server.baseUrl(utility));
        await customer.signInAs(persona);
        return (await customer.get<Page<Contract>>('/contracts')).body.items.map(({ isTempo }) => isTempo);
      };
      assert.deepEqual([await of('julien', 'sicae'), await of('camille', 'eneo')], [[true], [undefined]]);
    });
  });
}
