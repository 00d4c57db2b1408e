import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import type { Activity, Consent, ConsentChoice, ConsentEvent, ConsentPurpose, Consumption, Meter, Page, ProblemDocument } from '@oya/contract';
import { sql } from 'kysely';
import { enedis2026LoadCurve } from '../../../formats/src/testing.ts';
import { Visitor } from '../../test/visitor.ts';
import { readConfig } from '../config.ts';
import { createServer } from '../http/server.ts';
import type { DecisionParts } from '../identity/decisions.ts';
import { decideConsents, waitingConsents } from '../identity/consents.ts';
import { importDocument, importFile } from '../measurements/import-file.ts';
import type { Message } from '../mail/messages.ts';
import { ConsentJobs } from '../network/consent-jobs.ts';
import { manualOperator } from '../network/manual-operator.ts';
import { seed } from '../seed.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { UtilityDirectory } from '../utilities.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const VERSION = '2026-11';
const SHARING = { purpose: 'third-party', recipientId: 'maison-energie' } as const;

for (const engine of testEngines()) {
  describe(`the life of consents, on ${engine.name}`, () => {
    let server: TestServer;
    let now: number;
    let lucien: Visitor;
    let camille: Visitor;
    let told: Message['kind'][];
    let jobs: ConsentJobs;

    beforeEach(async () => {
      await server?.stop();
      now = SEEDED_AT;
      told = [];
      server = await startTestServer({ engine, now: () => now });
      const utilities = new UtilityDirectory(server.db);
      await utilities.load();
      const parts: Omit<DecisionParts, 'now'> = { db: server.db, utilities, siteOf: () => 'https://www.eneo.example', outbox: { post: ({ message }) => Promise.resolve(void told.push(message.kind)) } };
      const nothing = () => Promise.resolve();
      jobs = new ConsentJobs({ ...parts, now: () => now, operator: manualOperator, patienceDays: 10, onActive: nothing, onError: (error) => assert.fail(error), jobs: { createQueue: nothing, work: nothing, schedule: nothing, send: nothing } });
      await swept();
      await signIn();
    });
    after(() => server.stop());

    /** Each instance looks at all consents when it starts: here before time goes on. */
    async function swept(): Promise<void> {
      for (;;) {
        const { rows } = await sql`select 1 from jobs.job where name = 'consents-sweep' and state < 'completed'`.execute(server.db);
        if (rows.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    async function signIn(): Promise<void> {
      lucien = new Visitor(server.baseUrl('eneo'));
      camille = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
      await camille.signInAs('camille');
    }
    /** Sessions end when nobody uses them. */
    async function later(ms: number): Promise<void> {
      now += ms;
      await signIn();
    }
    const keyOf = async (meter: string) => (await server.db.selectFrom('meter').select('key').where('id', '=', meter).executeTakeFirstOrThrow()).key;
    const post = (who: Visitor, meter: string, what: string, body: object) => who.send<Page<Consent> & ProblemDocument>('POST', `/meters/${meter}/consents${what}`, { body });
    const give = (who: Visitor, meter: string, ...choices: Omit<ConsentChoice, 'textVersion'>[]) => post(who, meter, '', { choices: choices.map((choice) => ({ ...choice, textVersion: VERSION })) });
    const withdraw = (who: Visitor, meter: string, purpose: ConsentPurpose, erase = false) => post(who, meter, '/withdrawals', { purpose, erase });
    const undo = (who: Visitor, meter: string, purpose: ConsentPurpose) => post(who, meter, '/restorations', { purpose });
    const decide = async (meter: string, decision: Parameters<typeof decideConsents>[2]) => decideConsents(server.db, { key: await keyOf(meter), utilityId: 'eneo' }, decision, now);
    const statesOf = ({ items }: Page<Consent>) => Object.fromEntries(items.map(({ purpose, state }) => [purpose, state]));
    const consents = async (who: Visitor, meter: string) => (await who.get<Page<Consent>>(`/meters/${meter}/consents`)).body;
    const history = async (who: Visitor, meter: string, after = '') => (await who.get<Page<ConsentEvent>>(`/meters/${meter}/consents/events${after}`)).body;
    /** What the queue would do by now, for every event. */
    async function attendAll(): Promise<void> {
      for (const { id } of await server.db.selectFrom('consent_event').select('id').where('kind', 'in', ['requested', 'withdrawn', 'expired']).execute()) await jobs.attend(id);
    }
    /** How many rows there are about a meter, by table. */
    async function kept(meter: string) {
      const { rows } = await sql<Record<string, number>>`
        select (select count(*)::integer from load_curve join channel on key = channel_key where meter_key = meter.key) as curve,
          (select count(*)::integer from day_energy join channel on key = channel_key where meter_key = meter.key) as days,
          (select count(*)::integer from day_power join channel on key = channel_key where meter_key = meter.key) as powers,
          (select count(*)::integer from day_register join channel on key = channel_key where meter_key = meter.key) as registers,
          (select count(*)::integer from replaced_value join channel on channel.key = channel_key where meter_key = meter.key) as replaced
        from meter where id = ${meter}`.execute(server.db);
      return rows[0] ?? assert.fail();
    }
    const curveOf = (watts: number, deliveryPoint: string, day = '2026-11-23') =>
      enedis2026LoadCurve({ kind: 'curve', unit: 'W', segments: [{ start: `${day.slice(0, -2)}22T23:00:00Z`, stepMinutes: 30, values: Array.from({ length: 48 }, () => watts), quality: 'r'.repeat(48) }] }, { timeZone: 'Europe/Paris', deliveryPoint });

    it('is told whole after ten changes, the latest first, page after page, with whose name and words', async () => {
      for (let round = 0; round < 10; round++) {
        assert.equal((await withdraw(lucien, 'lucien-linky', 'daily-collection')).status, 200);
        assert.equal((await undo(lucien, 'lucien-linky', 'daily-collection')).status, 200);
      }
      for (let round = 0; round < 5; round++) {
        await give(lucien, 'lucien-linky', { purpose: 'curve-recording' });
        await withdraw(lucien, 'lucien-linky', 'curve-recording');
      }
      const first = await history(lucien, 'lucien-linky');
      assert.equal(first.items.length, 25);
      const second = await history(lucien, 'lucien-linky', `?after=${first.next}`);
      const all = [...first.items, ...second.items];
      assert.equal(new Set(all.map(({ id }) => id)).size, 34, 'thirty, and the four of before');
      assert.equal(second.next, undefined);
      assert.deepEqual(all.slice(0, 12).map(({ kind, state }) => [kind, state]), [...Array.from({ length: 5 }, () => [['withdrawn', 'off'], ['requested', 'requested']]).flat(), ['restored', 'active'], ['withdrawn', 'off']]);
      const [latest] = all;
      assert.deepEqual([latest?.actor, latest?.name, latest?.channel, latest?.text?.version, latest?.erases], ['customer', 'Lucien Fabre', 'web', VERSION, false]);
      assert.equal((await history(lucien, 'lucien-linky', '?after=nothing') as unknown as ProblemDocument).kind, 'invalid');
      const { body: activity } = await lucien.get<Page<Activity>>('/profile/activity?group=consents');
      assert.deepEqual(activity.items.slice(0, 2).map(({ kind }) => kind), ['consent-withdrawn', 'consent-given']);
    });

    it('cannot be rewritten', async () => {
      await assert.rejects(sql`update consent_event set state = 'active'`.execute(server.db), /never changed/);
      await assert.rejects(sql`delete from consent_event`.execute(server.db), /never changed/);
    });

    it('goes on as before when a withdrawal is taken back in time, with what went with it, and not when it is too late', async () => {
      const before = statesOf(await consents(camille, 'camille-linky'));
      const { body } = await withdraw(camille, 'camille-linky', 'curve-recording');
      const [recording, collection, daily] = body.items;
      assert.deepEqual([recording?.state, collection?.state, daily?.state], ['off', 'off', 'active'], 'a curve that is not recorded cannot be collected');
      assert.deepEqual(recording?.undo, { until: '2026-11-24T09:00:00Z', erases: false });
      await later(HOUR_MS - 1);
      const restored = await undo(camille, 'camille-linky', 'curve-collection');
      assert.deepEqual(statesOf(restored.body), before);
      await attendAll();
      await withdraw(camille, 'camille-linky', 'curve-recording');
      await later(HOUR_MS);
      const over = await undo(camille, 'camille-linky', 'curve-recording');
      assert.deepEqual([over.status, over.body.kind], [409, 'conflict']);
      assert.equal((await consents(camille, 'camille-linky')).items[0]?.undo, undefined);
      assert.equal((await undo(camille, 'camille-linky', 'maximum-power')).status, 409, 'nothing was withdrawn');
    });

    it('keeps two withdrawals of one moment apart', async () => {
      await withdraw(camille, 'camille-linky', 'daily-collection');
      await withdraw(camille, 'camille-linky', 'maximum-power');
      const { body } = await undo(camille, 'camille-linky', 'daily-collection');
      assert.deepEqual(body.items.slice(2, 4).map(({ state }) => state), ['active', 'off']);
    });

    it('ends on its way too: what is withdrawn while the network operator works on it is not decided on, and is when that is taken back', async () => {
      await give(lucien, 'lucien-linky', { purpose: 'curve-recording' }, { purpose: 'curve-collection' });
      await withdraw(lucien, 'lucien-linky', 'curve-recording');
      assert.deepEqual(await decide('lucien-linky', 'active'), []);
      const { body } = await undo(lucien, 'lucien-linky', 'curve-recording');
      assert.deepEqual(body.items.slice(0, 2).map(({ state }) => state), ['requested', 'requested']);
      assert.deepEqual(await decide('lucien-linky', 'active'), ['curve-recording', 'curve-collection']);
    });

    it('is shared with others at once, until the day that it was agreed for', async () => {
      const { body } = await give(lucien, 'lucien-linky', SHARING);
      const shared = body.items.at(-1);
      assert.deepEqual([shared?.state, shared?.expiresOn, shared?.recipient?.id], ['active', '2027-11-24', 'maison-energie']);
      const waiting = await waitingConsents(server.db);
      assert.ok(waiting.every(({ meterId }) => meterId !== 'lucien-linky'), 'the network operator has no part in it');
      const gone = await post(lucien, 'lucien-linky', '/withdrawals', { ...SHARING, erase: true });
      assert.deepEqual([gone.body.items.at(-1)?.state, gone.body.items.at(-1)?.undo?.erases], ['off', false], 'the portal holds nothing of it to erase');
      assert.deepEqual((await undo(lucien, 'lucien-linky', 'third-party')).body.fields?.map(({ path, code }) => [path, code]), [['recipientId', 'unknown']]);
      const again = await post(lucien, 'lucien-linky', '/restorations', SHARING);
      assert.deepEqual([again.body.items.at(-1)?.state, again.body.items.at(-1)?.expiresOn], ['active', '2027-11-24']);
    });

    it('is reminded of once, a month before it ends by itself, and ends on its day, once, with what was collected kept', async () => {
      await give(lucien, 'lucien-linky', SHARING);
      now = Date.parse('2027-10-24T21:59:00Z');
      await jobs.sweep();
      assert.deepEqual(told, [], 'it is the 24th in Paris');
      now += 60_000;
      await jobs.sweep();
      await jobs.sweep();
      assert.deepEqual(told, ['consent-ends']);
      now = Date.parse('2027-11-23T22:59:00Z');
      await jobs.sweep();
      await later(0);
      assert.equal((await consents(lucien, 'lucien-linky')).items.at(-1)?.state, 'active');
      await later(60_000);
      await Promise.all([jobs.sweep(), jobs.sweep()]);
      const { items } = await history(lucien, 'lucien-linky');
      assert.deepEqual(items.slice(0, 3).map(({ kind, state }) => [kind, state]), [['expired', 'off'], ['reminded', 'active'], ['active', 'active']]);
      const { body: activity } = await lucien.get<Page<Activity>>('/profile/activity?group=consents');
      assert.deepEqual([activity.items[0]?.kind, activity.items[0]?.by.role], ['consent-expired', 'system']);
      assert.equal((await give(lucien, 'lucien-linky', SHARING)).body.items.at(-1)?.expiresOn, '2028-11-24');
    });

    it('stops the collection at once: files and the demo bring nothing more, and say why', async () => {
      const take = (watts: number) => importFile(server.db, { fileName: 'curve.json', bytes: curveOf(watts, '00810000000101'), now });
      await take(700);
      await withdraw(camille, 'camille-linky', 'curve-collection');
      await assert.rejects(take(900), /load curve, which must not be kept.*not consented/);
      const energies = { kind: 'energy', unit: 'Wh', step: 'day', from: '2026-11-20', values: [5000], quality: 'r', maximumPower: { unit: 'VA', values: [3000] } } as const;
      const days = { format: 'oya-csv', rows: { read: 1, empty: 0, skipped: [], skippedCount: 0 }, contents: [{ kind: 'series', direction: 'consumption', energy: 'electricity', deliveryPoint: '00810000000101', series: { ...energies, values: [5000] } }] } as unknown as Parameters<typeof importDocument>[1];
      const takeDays = () => importDocument(server.db, days, { fileName: 'days.csv', bytes: new TextEncoder().encode('days'), now });
      await withdraw(camille, 'camille-linky', 'maximum-power');
      const report = await takeDays();
      assert.match(report.contents[0]?.notes.join() ?? '', /greatest power of days, which must not be kept.*camille-linky/);
      await undo(camille, 'camille-linky', 'maximum-power');
      assert.equal((await takeDays()).alreadyImportedAt, null, 'something of it was left out: it may come again');
      assert.notEqual((await takeDays()).alreadyImportedAt, null, 'all of it is there');
      await withdraw(camille, 'camille-linky', 'maximum-power');
      await withdraw(camille, 'camille-linky', 'daily-collection');
      await assert.rejects(importDocument(server.db, days, { fileName: 'days.csv', bytes: new TextEncoder().encode('other'), now }), /consumption of days, which must not be kept/);
      const before = await kept('camille-linky');
      await seed(server.db, { now: SEEDED_AT + 3 * DAY_MS });
      assert.deepEqual(await kept('camille-linky'), before);
    });

    it('keeps what was collected, unless the customer wants it erased', async () => {
      const before = await kept('camille-linky');
      await withdraw(camille, 'camille-linky', 'curve-recording');
      await later(HOUR_MS);
      await attendAll();
      assert.deepEqual(await kept('camille-linky'), before);
      const [meter] = (await camille.get<Page<Meter>>('/contracts/camille-electricity/meters')).body.items;
      assert.deepEqual([meter?.loadCurve, meter?.resolutions.includes('half-hour')], ['consent-needed', true], 'nothing new comes, and what is there can be seen');
      assert.ok((await camille.get<Consumption>('/meters/camille-linky/consumption?resolution=half-hour&from=2026-11-20&to=2026-11-21')).body.total);
    });

    it('takes the curve away where that is wished, once it can no longer be taken back, and all that followed from it alone', async () => {
      await importFile(server.db, { fileName: 'a.json', bytes: curveOf(700, '00810000000101'), now });
      await importFile(server.db, { fileName: 'b.json', bytes: curveOf(900, '00810000000101'), now });
      await withdraw(camille, 'camille-linky', 'curve-recording', true);
      await later(HOUR_MS - 1);
      await attendAll();
      assert.ok((await kept('camille-linky'))['curve'], 'not yet');
      await later(1);
      await Promise.all([attendAll(), attendAll()]);
      const { curve, replaced } = await kept('camille-linky');
      assert.deepEqual([curve, replaced], [0, 0]);
      const { rows } = await sql`select source from day_energy join channel on key = channel_key join meter on meter.key = meter_key where meter.id = 'camille-linky' and source = 'curve'`.execute(server.db);
      assert.deepEqual(rows, []);
      const channels = await server.db.selectFrom('channel').select(['curve_from', 'curve_to']).where('meter_key', '=', await keyOf('camille-linky')).execute();
      assert.deepEqual(channels.map(({ curve_from, curve_to }) => [curve_from, curve_to]), channels.map(() => [null, null]));
      const [meter] = (await camille.get<Page<Meter>>('/contracts/camille-electricity/meters')).body.items;
      assert.equal(meter?.resolutions.includes('half-hour'), false);
      const { items } = await history(camille, 'camille-linky');
      assert.deepEqual(items.slice(0, 4).map(({ kind, purpose }) => [kind, purpose]), [['erased', 'curve-collection'], ['erased', 'curve-recording'], ['withdrawn', 'curve-collection'], ['withdrawn', 'curve-recording']]);
      assert.equal((await give(camille, 'camille-linky', { purpose: 'curve-recording' })).body.items[0]?.state, 'requested', 'that it was erased moves nothing');
    });

    it('takes days and powers away, each by its own consent, and leaves days that are known by the curve', async () => {
      await withdraw(lucien, 'lucien-linky', 'maximum-power', true);
      await later(HOUR_MS);
      await attendAll();
      const { days, powers } = await kept('lucien-linky');
      assert.ok(days);
      assert.equal(powers, 0);
      await withdraw(lucien, 'lucien-linky', 'daily-collection', true);
      await later(HOUR_MS);
      await attendAll();
      assert.deepEqual(await kept('lucien-linky'), { curve: 0, days: 0, powers: 0, registers: 0, replaced: 0 });
      const answer = await lucien.get<Consumption>('/meters/lucien-linky/consumption?resolution=day&from=2026-11-01&to=2026-11-08');
      assert.deepEqual([answer.body.available, answer.body.total, answer.body.freshness.measuredUntil], [null, null, null]);

      await withdraw(camille, 'camille-linky', 'daily-collection', true);
      await later(HOUR_MS);
      await attendAll();
      const ofCamille = await kept('camille-linky');
      assert.ok(ofCamille['curve'] && ofCamille['days'] && ofCamille['registers'], 'half-hours tell of their days');
    });

    it('erases nothing that was taken back, and nothing that comes by a consent given anew', async () => {
      const before = await kept('lucien-linky');
      await withdraw(lucien, 'lucien-linky', 'daily-collection', true);
      await undo(lucien, 'lucien-linky', 'daily-collection');
      await later(2 * HOUR_MS);
      await attendAll();
      assert.deepEqual(await kept('lucien-linky'), before);

      await withdraw(lucien, 'lucien-linky', 'daily-collection', true);
      const { body } = await give(lucien, 'lucien-linky', { purpose: 'daily-collection' });
      assert.deepEqual([body.items[2]?.state, body.items[2]?.undo], ['requested', undefined]);
      assert.equal((await kept('lucien-linky'))['days'], 0, 'what was to be erased is, before anything new comes');
      assert.equal((await undo(lucien, 'lucien-linky', 'daily-collection')).status, 409);
      await decide('lucien-linky', 'active');
      await later(DAY_MS);
      await seed(server.db, { now });
      const since = await kept('lucien-linky');
      assert.equal(since['days'], 1);
      await attendAll();
      assert.deepEqual(await kept('lucien-linky'), since);
    });

    it('is the holder\'s alone, and of no meter of somebody else', async () => {
      for (const what of ['/withdrawals', '/restorations']) assert.equal((await post(camille, 'lucien-linky', what, { purpose: 'daily-collection', erase: false })).status, 404);
      assert.equal((await camille.get('/meters/lucien-linky/consents/events')).status, 404);
      const reader = await server.db.selectFrom('customer').select('id').where('utility_id', '=', 'eneo').where('display_name', '=', 'Camille Durand').executeTakeFirstOrThrow();
      await server.db
        .insertInto('access_grant')
        .values({ id: 'lucien-to-camille', utility_id: 'eneo', contract_id: 'lucien-electricity', email: 'camille@example.org', language: 'fr', state: 'active', invited_at: new Date(SEEDED_AT), until: null, invitation_hash: null, customer_id: reader.id })
        .execute();
      for (const what of ['/withdrawals', '/restorations']) assert.equal((await post(camille, 'lucien-linky', what, { purpose: 'daily-collection', erase: false })).status, 403);
      assert.ok((await history(camille, 'lucien-linky')).items.length > 0);
    });

    it('withdraws nothing twice, and nothing that a meter cannot be asked', async () => {
      await withdraw(lucien, 'lucien-linky', 'daily-collection');
      const events = (await history(lucien, 'lucien-linky')).items.length;
      assert.equal((await withdraw(lucien, 'lucien-linky', 'daily-collection', true)).body.items[2]?.undo?.erases, false);
      assert.equal((await history(lucien, 'lucien-linky')).items.length, events);
      const odette = new Visitor(server.baseUrl('eneo'));
      await odette.signInAs('odette');
      const refused = await withdraw(odette, 'odette-meter', 'daily-collection');
      assert.deepEqual([refused.status, refused.body.fields?.map(({ path, code }) => [path, code])], [422, [['purpose', 'unknown']]]);
      assert.deepEqual((await history(odette, 'odette-meter')).items, []);
    });

    it('is the same from two instances', async () => {
      const other = createServer({ db: server.db, config: { ...readConfig(), logLevel: 'silent', requestsPerMinute: 100_000 }, now: () => now, transport: { send: () => Promise.resolve(), close: () => {} } });
      await other.listen({ host: '127.0.0.1', port: 0 });
      try {
        const address = other.server.address();
        const there = new Visitor(`http://localhost:${typeof address === 'object' ? address?.port : ''}/eneo/v1`);
        await there.signInAs('lucien');
        await Promise.all([withdraw(lucien, 'lucien-linky', 'daily-collection'), withdraw(there, 'lucien-linky', 'daily-collection')]);
        assert.equal((await history(there, 'lucien-linky')).items.filter(({ kind }) => kind === 'withdrawn').length, 1);
        const undone = await Promise.all([undo(lucien, 'lucien-linky', 'daily-collection'), undo(there, 'lucien-linky', 'daily-collection')]);
        assert.deepEqual(undone.map(({ status }) => status).sort(), [200, 409]);
        assert.deepEqual(await consents(there, 'lucien-linky'), await consents(lucien, 'lucien-linky'));
      } finally {
        await other.close();
      }
    });
  });
}
