import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { instant, type Changes, type Concern, type OutageBoard, type OutageMap, type OutageReport, type Page, type ProblemDocument } from '@oya/contract';
import { EventReader } from '../../test/event-reader.ts';
import { Visitor } from '../../test/visitor.ts';
import { loadUtility } from '../utilities.ts';
import { changeOutage, createOutage, type NewOutage, type OutageChange } from '../outages/keep-outage.ts';
import { boardOf } from '../outages/read-outages.ts';
import { forgetReporters } from '../outages/reports.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const MINUTE = 60_000;
const at = (minutes: number) => new Date(SEEDED_AT + minutes * MINUTE).toISOString().replace('.000Z', 'Z');

for (const engine of testEngines()) {
  describe(`outages, on ${engine.name}`, () => {
    let server: TestServer;
    let now = SEEDED_AT;
    let anybody: Visitor;
    let camille: Visitor;
    let lucien: Visitor;

    before(async () => {
      server = await startTestServer({ engine, now: () => now });
      [anybody, camille, lucien] = [new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo'))];
      await camille.signInAs('camille');
      await lucien.signInAs('lucien');
    });
    after(() => server.stop());

    const place = async () => ({ db: server.db, utility: await loadUtility(server.db, 'eneo'), news: { tell: () => Promise.resolve() }, now, agentId: null });
    const announce = async (told: Partial<NewOutage> = {}) => createOutage(await place(), { kind: 'outage', energy: 'electricity', cause: 'tree', areas: [{ commune: '81060' }], households: null, startsAt: at(-30), estimatedEnd: null, note: null, ...told });
    const say = async (id: string, change: OutageChange) => changeOutage(await place(), id, change);
    const board = async (who = anybody) => (await who.get<OutageBoard>('/outages')).body;
    const concerns = async (who: Visitor) => (await who.get<Page<Concern>>('/outages/concerns')).body.items;
    const report = (who: Visitor, body: object) => who.send<OutageReport & ProblemDocument>('POST', '/outages/reports', { body: { energy: 'electricity', commune: '81060', address: '3 rue de la Mine', extent: 'street', since: at(-20), ...body } });

    it('stand on a public board with how they came about, and without a session', async () => {
      const { outage } = await announce({ areas: [{ commune: '81060', streets: [{ name: 'rue du Puits' }] }], note: { fr: 'Une équipe est en route.' } });
      now += 5 * MINUTE;
      await say(outage.id, { state: 'repairing', estimatedEnd: at(90) });
      const { items, asOf, communes, contacts } = await board();
      const shown = items.find(({ id }) => id === outage.id);
      assert.deepEqual(shown?.areas, [{ commune: '81060', name: 'Carmaux', streets: [{ name: 'rue du Puits' }] }]);
      assert.deepEqual(shown?.history.map(({ at: said, state, estimatedEnd, note }) => [said, state, estimatedEnd, note?.fr ?? null]), [[at(0), 'reported', null, 'Une équipe est en route.'], [at(5), 'repairing', at(90), null]]);
      assert.deepEqual([asOf, communes.map(({ code }) => code).sort(), contacts.length], [at(5), ['81060', '81170', '81230'], 3]);
    });

    it('are one where one reference is announced several times at once', async () => {
      const kept = await Promise.all(Array.from({ length: 6 }, () => announce({ reference: 'storm-12' })));
      assert.deepEqual([new Set(kept.map(({ outage }) => outage.id)).size, kept.map(({ is }) => is).toSorted()], [1, ['new', ...Array<string>(5).fill('unchanged')].toSorted()]);
    });

    it('are not sent again to whoever has the board as it is, and at once where it has changed', async () => {
      const first = await anybody.get('/outages');
      const tag = first.headers.get('etag') ?? '';
      assert.deepEqual([first.headers.get('cache-control'), /^W\/"/.test(tag)], ['public, no-cache', true]);
      const again = await anybody.get('/outages', { 'if-none-match': `"another", ${tag}` });
      assert.deepEqual([again.status, again.text], [304, '']);
      await announce();
      assert.equal((await anybody.get('/outages', { 'if-none-match': tag })).status, 200);
    });

    it('are read once for all who ask at the same time, and anew for who asks while they are read', async () => {
      let queries = 0;
      const counted = server.db.withPlugin({
        transformQuery: ({ node }) => (queries++, node),
        transformResult: ({ result }) => Promise.resolve(result),
      });
      const utility = await loadUtility(server.db, 'eneo');
      const boards = await Promise.all(Array.from({ length: 50 }, () => boardOf(counted, utility, now)));
      assert.deepEqual([queries, new Set(boards).size], [2, 2], 'the first, and one for all who came while it ran');
      await boardOf(counted, utility, now);
      assert.equal(queries, 3);
    });

    it('leave the board thirty days after they ended, and are not on it three months before they begin', async () => {
      const { outage: over } = await announce({ state: 'restored' });
      const { outage: far } = await announce({ kind: 'works', cause: 'maintenance', startsAt: at(120 * 1440), estimatedEnd: at(120 * 1440 + 60) });
      const ids = async () => (await board()).items.map(({ id }) => id);
      assert.deepEqual([(await ids()).includes(over.id), (await ids()).includes(far.id)], [true, false]);
      now += 31 * 1440 * MINUTE;
      assert.deepEqual([(await ids()).includes(over.id), (await ids()).includes(far.id)], [false, true]);
      now -= 31 * 1440 * MINUTE;
    });

    it('concern the customer’s own addresses alone, by street and number', async () => {
      const { body: { items: [home] } } = await camille.get<Page<{ id: string; energy: string; site: { address: string; commune: string; label: string } }>>('/contracts');
      assert.ok(home);
      const [, number = '', street = ''] = /^(\d+) (.*)$/.exec(home.site.address) ?? [];
      const { outage: here } = await announce({ areas: [{ commune: '81060', streets: [{ name: street, from: Number(number), to: Number(number) }] }] });
      const { outage: beside } = await announce({ areas: [{ commune: '81060', streets: [{ name: street, from: Number(number) + 2, to: Number(number) + 40 }] }] });
      const mine = await concerns(camille);
      assert.deepEqual(mine.filter(({ outageId }) => outageId === here.id).map(({ by, site }) => [by, site]), [['address', home.site.label]]);
      assert.ok(!mine.some(({ outageId }) => outageId === beside.id));
      assert.equal((await anybody.get('/outages/concerns')).status, 401);
    });

    it('concern nobody who has left', async () => {
      const { outage } = await announce();
      assert.ok((await concerns(camille)).some(({ outageId }) => outageId === outage.id));
      const { valid_to } = await server.db.selectFrom('contract').select('valid_to').where('id', '=', 'camille-electricity').executeTakeFirstOrThrow();
      await server.db.updateTable('contract').set({ valid_to: '2026-11-20' }).where('id', '=', 'camille-electricity').execute();
      assert.ok(!(await concerns(camille)).some(({ outageId, contractId }) => outageId === outage.id && contractId === 'camille-electricity'));
      await server.db.updateTable('contract').set({ valid_to }).where('id', '=', 'camille-electricity').execute();
    });

    it('tell every open page of the utility what became stale, by one row', async () => {
      const reader = await EventReader.open(`${server.baseUrl('eneo')}/changes`, { cookie: lucien.cookieHeader });
      const elsewhere = new Visitor(server.baseUrl('sicae'));
      await elsewhere.signInAs('marc');
      const other = (await elsewhere.get<Changes>('/changes')).body.cursor;
      await reader.next();
      const { rows: before } = await server.db.executeQuery<{ count: number }>(server.db.selectFrom('change').select(({ fn }) => fn.countAll<number>().as('count')).compile());
      await announce();
      assert.deepEqual((await reader.next()).changes.map(({ operation, input }) => [operation, input]), [['getOutageBoard', {}], ['listConcerns', {}]]);
      const { rows: after } = await server.db.executeQuery<{ count: number }>(server.db.selectFrom('change').select(({ fn }) => fn.countAll<number>().as('count')).compile());
      assert.equal(Number(after[0]?.count) - Number(before[0]?.count), 2);
      assert.deepEqual((await elsewhere.get<Changes>(`/changes?after=${encodeURIComponent(other)}`)).body.changes, []);
      await reader.close();
    });

    it('are reported with a reference for the phone, by anybody, and found where they are known', async () => {
      const { outage } = await announce({ areas: [{ commune: '81230', streets: [] }], energy: 'gas' });
      const { status, body } = await report(anybody, { energy: 'gas', commune: '81230', address: 'Le Bourg', phone: '+33536490011', words: 'Plus rien.' });
      assert.equal(status, 200, JSON.stringify(body));
      assert.match(body.reference, /^[ACDEFHJKLMNPRTUVWXY34679]{6}$/);
      assert.equal(body.outageId, outage.id);
      const row = await server.db.selectFrom('outage_report').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow();
      assert.deepEqual([row.customer_id, row.address, row.words], [null, 'Le Bourg', 'Plus rien.']);
    });

    it('are still out for whom they are, of their own address alone', async () => {
      const { outage } = await announce();
      const stillOutAt = async () => (await concerns(camille)).find((concern) => concern.outageId === outage.id && concern.contractId === 'camille-electricity')?.stillOutAt;
      await report(camille, { contractId: 'camille-electricity', outageId: outage.id });
      const reportedAt = instant(now);
      assert.equal(await stillOutAt(), reportedAt);
      now += MINUTE;
      await say(outage.id, { state: 'restored' });
      assert.equal(await stillOutAt(), null, 'said before it was restored');
      const { outage: old } = await announce({ state: 'restored' });
      await server.db.updateTable('outage').set({ ended_at: new Date(now - 49 * 60 * MINUTE) }).where('id', '=', old.id).execute();
      const { status, body } = await report(camille, { contractId: 'camille-electricity', outageId: outage.id, commune: '81170', address: 'Ailleurs' });
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(await stillOutAt(), instant(now));
      const { address, commune } = await server.db.selectFrom('outage_report').select(['address', 'commune']).where('id', '=', body.id).executeTakeFirstOrThrow();
      assert.notEqual(address, 'Ailleurs', 'the contract says where it is');
      assert.equal(commune, '81060', 'and in which commune');
      assert.equal((await report(camille, { outageId: old.id })).status, 404, 'after two days it is another outage');
    });

    it('are not reported of somebody else’s contract, of another place, from a time to come, or again and again', async () => {
      assert.equal((await report(lucien, { contractId: 'camille-electricity' })).status, 404);
      assert.equal((await report(anybody, { contractId: 'camille-electricity' })).status, 404);
      assert.equal((await report(lucien, { outageId: 'sicae-works-pruning' })).status, 404, 'that of another utility');
      const fields = async (body: object) => (await report(lucien, body)).body.fields?.map(({ path, code }) => [path, code]);
      assert.deepEqual(await fields({ commune: '75056' }), [['commune', 'unknown']]);
      assert.deepEqual(await fields({ since: at(60), phone: '+331111111111' }), [['since', 'future'], ['phone', 'invalid']]);
      const statuses = [];
      for (let turn = 0; turn < 11; turn++) statuses.push((await report(lucien, {})).status);
      assert.deepEqual([statuses.at(-2), statuses.at(-1)], [200, 429]);
    });

    it('are reported by a whole storm from one address of a mobile network, and not again and again of one house', async () => {
      now += 61 * MINUTE;
      const statuses = async (body: (turn: number) => object) => {
        const all = [];
        for (let turn = 0; turn < 12; turn++) all.push((await report(anybody, { since: at(20), ...body(turn) })).status);
        return all;
      };
      assert.deepEqual([...new Set(await statuses((turn) => ({ address: `${turn + 1} rue du Puits` })))], [200]);
      await statuses(() => ({ address: '30 rue du Puits', phone: '+331111111111' }));
      assert.deepEqual((await statuses((turn) => ({ address: turn % 2 === 0 ? '30 rue du Puits' : '30, R. du Puits' }))).slice(-3), [200, 429, 429], 'what cannot be reported is not counted');
    });

    it('that were reported long ago name nobody any more', async () => {
      const { body } = await report(camille, { phone: '+33536490011', words: 'Tout est noir.' });
      await forgetReporters(server.db, now + 89 * 1440 * MINUTE);
      const read = () => server.db.selectFrom('outage_report').select(['phone', 'words', 'address', 'commune']).where('id', '=', body.id).executeTakeFirstOrThrow();
      assert.equal((await read()).phone, '+33536490011');
      await forgetReporters(server.db, now + 91 * 1440 * MINUTE);
      assert.deepEqual(await read(), { phone: null, words: null, address: '', commune: '81060' });
    });

    it('are shown on the shapes of the communes, where there are some', async () => {
      const { body, headers } = await anybody.get<OutageMap>('/outages/map');
      assert.deepEqual([body.features.map(({ properties }) => properties.commune).sort(), headers.get('cache-control')], [['81060', '81170', '81230'], 'public, max-age=3600']);
    });
  });
}

describe('a utility without shapes of its communes', () => {
  it('has no map', async () => {
    const server = await startTestServer({ maps: null });
    const { status, headers } = await new Visitor(server.baseUrl('eneo')).get('/outages/map');
    assert.deepEqual([status, headers.get('cache-control')], [501, 'private, no-store'], 'which no cache keeps until there is one');
    await server.stop();
  });
});
