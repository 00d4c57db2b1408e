import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Change, Changes, ProblemDocument } from '@oya/contract';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { decideConsents } from '../identity/consents.ts';
import { importFile } from '../measurements/import-file.ts';
import { enedis2026LoadCurve } from '../../../formats/src/testing.ts';
import { EventReader } from '../../test/event-reader.ts';
import { Visitor } from '../../test/visitor.ts';
import { createServer } from '../http/server.ts';
import { readConfig } from '../config.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { noteChange } from './note-change.ts';

const ABOUT_CAMILLE = { utilityId: 'eneo', contractId: 'camille-electricity' };
const change = (meterId: string): Change => ({ operation: 'getConsumption', input: { meterId } });
const PATIENCE_MS = 5_000;

for (const engine of testEngines()) {
  describe(`changes, on ${engine.name}`, () => {
    let server: TestServer;
    let camille: Visitor;
    let odette: Visitor;
    const readers: EventReader[] = [];
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now, config: { origins: { eneo: ['https://www.eneo.example'] } } });
      camille = new Visitor(server.baseUrl('eneo'));
      odette = new Visitor(server.baseUrl('eneo'));
      await camille.signInAs('camille');
      await odette.signInAs('odette');
    });
    afterEach(async () => {
      await Promise.all(readers.splice(0).map((reader) => reader.close()));
    });
    after(() => server.stop());

    const ask = async (who: Visitor, cursor?: string) => (await who.get<Changes & ProblemDocument>(`/changes${cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`}`)).body;
    const note = (changes = [change('camille-linky')], subject: Parameters<typeof noteChange>[1] = ABOUT_CAMILLE) =>
      server.db.transaction().execute((transaction) => noteChange(transaction, subject, changes));
    async function follow(who: Visitor, { path = '/changes', headers = {}, base = server.baseUrl('eneo') }: { path?: string; headers?: Record<string, string>; base?: string } = {}): Promise<EventReader> {
      const reader = await EventReader.open(base + path, { cookie: who.cookieHeader, ...headers });
      readers.push(reader);
      return reader;
    }

    it('are told after a cursor, each once; without one nothing is, but where now is', async () => {
      const { cursor, changes } = await ask(camille);
      assert.deepEqual(changes, []);
      await note();
      const first = await ask(camille, cursor);
      assert.deepEqual(first.changes, [change('camille-linky')]);
      assert.deepEqual((await ask(camille, cursor)).changes, first.changes, 'the same cursor tells the same');
      assert.deepEqual((await ask(camille, first.cursor)).changes, []);
    });

    it('are those of contracts that a customer sees, and their own', async () => {
      const [of, other] = [(await ask(camille)).cursor, (await ask(odette)).cursor];
      const { id } = await server.db.selectFrom('customer').select('id').where('display_name', '=', 'Camille Durand').executeTakeFirstOrThrow();
      await note();
      await note([{ operation: 'getProfile', input: {} }], { utilityId: 'eneo', customerId: id });
      assert.deepEqual((await ask(camille, of)).changes, [change('camille-linky'), { operation: 'getProfile', input: {} }]);
      assert.deepEqual((await ask(odette, other)).changes, []);
    });

    it('that are taken back were never told', async () => {
      const { cursor } = await ask(camille);
      await assert.rejects(server.db.transaction().execute(async (transaction) => {
        await noteChange(transaction, ABOUT_CAMILLE, [change('camille-linky')]);
        throw new Error('taken back');
      }), /taken back/);
      assert.deepEqual((await ask(camille, cursor)).changes, []);
    });

    it('are told as one where the same changes several times, and as a reset where too much has', async () => {
      const { cursor } = await ask(camille);
      await note([change('camille-linky'), change('camille-linky')]);
      await note();
      assert.equal((await ask(camille, cursor)).changes.length, 1);
      await note(Array.from({ length: 201 }, (_, index) => change(`meter-${index}`)));
      const { changes, isReset } = await ask(camille, cursor);
      assert.deepEqual([changes, isReset], [[], true]);
    });

    it('before the oldest that are kept make everything stale; the old ones go when others come', async () => {
      const { cursor } = await ask(camille);
      const [seconds = '', snapshot = ''] = cursor.split('~');
      assert.equal((await ask(camille, `${Number(seconds) - 7 * 86_400}~${snapshot}`)).isReset, true);
      assert.equal((await ask(camille, `${Number(seconds) - 5 * 86_400}~${snapshot}`)).isReset, undefined);
      await sql`update change set at = at - interval '8 days'`.execute(server.db);
      await note();
      const { rows: [left] } = await sql<{ count: number }>`select count(*)::integer as count from change where at < now() - interval '7 days'`.execute(server.db);
      const { rows: [all] } = await sql<{ count: number }>`select count(*)::integer as count from change`.execute(server.db);
      assert.ok((left?.count ?? 0) < 200 && (all?.count ?? 0) > (left?.count ?? 0));
    });

    it('after a snapshot of a database that is no longer there make everything stale', async () => {
      const { cursor } = await ask(camille);
      assert.equal((await ask(camille, `${cursor.split('~')[0] ?? ''}~900000000000:900000000000:`)).isReset, true);
    });

    it('are asked for with a cursor that was given: another is refused in words', async () => {
      for (const cursor of ['', 'yesterday', '1~1', '1~5:3:', '1~1:3:7', '1~1:9:4,3', `1~1:9:${'2,'.repeat(2000)}3`, "1~1:2:'; drop table change", '9'.repeat(20)]) {
        const { kind, fields } = await ask(camille, cursor);
        assert.deepEqual([kind, fields?.[0]?.path], ['invalid', 'after'], cursor.slice(0, 40));
      }
    });

    it('are no sign of life: asking for them prolongs no session', async () => {
      const seen = async () => (await server.db.selectFrom('session').select('last_seen_at').orderBy('last_seen_at', 'desc').executeTakeFirstOrThrow()).last_seen_at.getTime();
      const before = await seen();
      now += 5 * 60_000;
      await ask(camille);
      const reader = await follow(camille);
      await reader.next();
      assert.equal(await seen(), before);
    });

    describe('as a stream of events', () => {
      it('begin with a cursor, and come as they happen', async () => {
        const reader = await follow(camille);
        assert.equal(reader.headers.get('content-type'), 'text/event-stream; charset=utf-8');
        assert.equal(reader.headers.get('cache-control'), 'private, no-store, no-transform');
        assert.equal(reader.headers.get('content-encoding'), null);
        const first = await reader.next();
        assert.deepEqual(first.changes, []);
        await note();
        const { cursor, changes } = await reader.next();
        assert.deepEqual(changes, [change('camille-linky')]);
        assert.deepEqual((await ask(camille, cursor)).changes, []);
      });

      it('go on after a cursor of the address, or after the last event that a browser has seen', async () => {
        const { cursor } = await ask(camille);
        await note();
        const { cursor: later } = await ask(camille);
        assert.equal((await (await follow(camille, { path: `/changes?after=${encodeURIComponent(cursor)}` })).next()).changes.length, 1);
        const again = await follow(camille, { path: `/changes?after=${encodeURIComponent(cursor)}`, headers: { 'last-event-id': later } });
        assert.deepEqual((await again.next()).changes, []);
      });

      it('reach nobody else', async () => {
        const [own, others] = [await follow(camille), await follow(odette)];
        await Promise.all([own.next(), others.next()]);
        await note();
        await own.next();
        assert.equal(await Promise.race([others.next(), wait(300, 'nothing')]), 'nothing');
      });

      it('are for the utility’s own sites to read, with its cookies', async () => {
        const own = await follow(camille, { headers: { origin: 'https://www.eneo.example' } });
        assert.deepEqual([own.headers.get('access-control-allow-origin'), own.headers.get('access-control-allow-credentials')], ['https://www.eneo.example', 'true']);
        const foreign = await follow(camille, { headers: { origin: 'https://elsewhere.example' } });
        assert.equal(foreign.headers.get('access-control-allow-origin'), null);
        const nobody = await fetch(`${server.baseUrl('eneo')}/changes`, { headers: { accept: 'text/event-stream' } });
        assert.equal(nobody.status, 401);
        assert.match(nobody.headers.get('content-type') ?? '', /problem\+json/);
        const head = await fetch(`${server.baseUrl('eneo')}/changes`, { method: 'HEAD', headers: { accept: 'text/event-stream', cookie: camille.cookieHeader } });
        assert.equal(head.status, 200);
      });

      it('are for twelve pages of a customer at most; one that leaves makes room', async () => {
        const open = await Promise.all(Array.from({ length: 12 }, () => follow(camille)));
        const refused = await camille.get<ProblemDocument>('/changes', { accept: 'text/event-stream' });
        assert.deepEqual([refused.status, refused.body.code, refused.headers.get('retry-after')], [429, 'too-many-streams', '60']);
        assert.deepEqual((await ask(camille)).changes, [], 'but asking now and then is open');
        await open[0]?.close();
        for (let tries = 0; ; tries++) {
          const response = await fetch(`${server.baseUrl('eneo')}/changes`, { headers: { accept: 'text/event-stream', cookie: camille.cookieHeader } });
          await response.body?.cancel();
          if (response.status === 200) break;
          assert.ok(tries < 50, 'the place of a page that left stays taken');
          await wait(20);
        }
      });

      it('end with the session', async () => {
        const visitor = new Visitor(server.baseUrl('eneo'));
        await visitor.signInAs('camille');
        const reader = await follow(visitor);
        await reader.next();
        await visitor.send('DELETE', '/session');
        await note();
        assert.equal(await Promise.race([reader.ended, wait(PATIENCE_MS, 'open')]), 'ended');
      });

      it('tell consents that are given and decided, and measures that come', async () => {
        const lucien = new Visitor(server.baseUrl('eneo'));
        await lucien.signInAs('lucien');
        const reader = await follow(lucien);
        await reader.next();
        const { body } = await lucien.get<{ items: { purpose: string; text: { version: string } }[] }>('/meters/lucien-linky/consents');
        const choices = body.items.filter(({ purpose }) => purpose.startsWith('curve-')).map(({ purpose, text }) => ({ purpose, textVersion: text.version }));
        const names = async () => (await reader.next()).changes.map(({ operation, input }) => `${operation} ${Object.values(input).join()}`);
        const consents = ['getConsumption lucien-linky', 'listConsentEvents lucien-linky', 'listConsents lucien-linky', 'listMeters lucien-electricity', 'listReadings lucien-linky'];
        assert.equal((await lucien.send('POST', '/meters/lucien-linky/consents', { body: { choices } })).status, 200);
        assert.deepEqual(await names(), consents);
        const { key } = await server.db.selectFrom('meter').select('key').where('id', '=', 'lucien-linky').executeTakeFirstOrThrow();
        await decideConsents(server.db, { key, utilityId: 'eneo' }, 'active', now);
        assert.deepEqual(await names(), consents);
        const curve = { kind: 'curve' as const, unit: 'W' as const, segments: [{ start: '2026-11-22T23:00:00Z', stepMinutes: 30, values: Array.from({ length: 48 }, () => 300), quality: 'r'.repeat(48) }] };
        const bytes = enedis2026LoadCurve(curve, { timeZone: 'Europe/Paris', deliveryPoint: '00810000000202' });
        await importFile(server.db, { fileName: 'curve.json', bytes, now: SEEDED_AT, dryRun: true });
        await importFile(server.db, { fileName: 'curve.json', bytes, now: SEEDED_AT });
        assert.deepEqual(await names(), ['getConsumption lucien-linky', 'listMeters lucien-electricity', 'listReadings lucien-linky']);
      });
    });
  });
}

describe('the streams of a server that stops', () => {
  it('end, so that it does', async () => {
    const server = await startTestServer();
    const camille = new Visitor(server.baseUrl('eneo'));
    await camille.signInAs('camille');
    const reader = await EventReader.open(`${server.baseUrl('eneo')}/changes`, { cookie: camille.cookieHeader });
    await reader.next();
    const began = performance.now();
    await server.stop();
    assert.equal(await reader.ended, 'ended');
    assert.ok(performance.now() - began < PATIENCE_MS);
  });
});

for (const engine of testEngines().filter(({ name }) => name === 'PostgreSQL')) {
  describe('changes, with two instances on one PostgreSQL', () => {
    let one: TestServer;
    let other: ReturnType<typeof createServer>;
    let otherUrl: string;
    let camille: Visitor;
    const readers: EventReader[] = [];
    const note = (db: Kysely<Schema>, meterId: string) => noteChange(db, ABOUT_CAMILLE, [change(meterId)]);
    const follow = async (base: string, after?: string) => {
      const reader = await EventReader.open(`${base}/changes${after === undefined ? '' : `?after=${encodeURIComponent(after)}`}`, { cookie: camille.cookieHeader });
      readers.push(reader);
      return reader;
    };
    const ask = async (after: string) => (await camille.get<Changes>(`/changes?after=${encodeURIComponent(after)}`)).body;

    before(async () => {
      one = await startTestServer({ engine });
      other = createServer({ db: one.db, config: { ...readConfig(), logLevel: 'silent' }, now: () => SEEDED_AT, transport: { send: () => Promise.resolve(), close: () => {} } });
      await other.listen({ host: '127.0.0.1', port: 0 });
      otherUrl = `http://localhost:${(other.server.address() as { port: number }).port}/eneo/v1`;
      camille = new Visitor(one.baseUrl('eneo'));
      await camille.signInAs('camille');
    });
    afterEach(async () => void (await Promise.all(readers.splice(0).map((reader) => reader.close()))));
    after(async () => {
      await other.close();
      await one.stop();
    });

    it('wake each other’s pages, and a cursor of one holds at the other', async () => {
      const [here, there] = [await follow(one.baseUrl('eneo')), await follow(otherUrl)];
      const [{ cursor }] = await Promise.all([here.next(), there.next()]);
      await one.db.transaction().execute((transaction) => note(transaction, 'both'));
      assert.deepEqual((await Promise.all([here.next(), there.next()])).map(({ changes }) => changes), [[change('both')], [change('both')]]);
      assert.deepEqual((await (await follow(otherUrl, cursor)).next()).changes, [change('both')]);
    });

    it('skip none that commits late, whatever came after it, and tell none twice', async () => {
      const { cursor: begin } = (await camille.get<Changes>('/changes')).body;
      let commitLate: () => void = () => {};
      const gate = new Promise<void>((resolve) => (commitLate = resolve));
      let started: () => void = () => {};
      const isNoted = new Promise<void>((resolve) => (started = resolve));
      const late = one.db.transaction().execute(async (transaction) => {
        await note(transaction, 'late');
        started();
        await gate;
      });
      await isNoted;
      await one.db.transaction().execute((transaction) => note(transaction, 'early'));
      const first = await ask(begin);
      assert.deepEqual(first.changes, [change('early')], 'what waits for nobody is told at once');
      commitLate();
      await late;
      const second = await ask(first.cursor);
      assert.deepEqual(second.changes, [change('late')]);
      assert.deepEqual((await ask(second.cursor)).changes, []);
    });

    it('lose nothing with the connection that listens, and listen again', async () => {
      const reader = await follow(otherUrl);
      await reader.next();
      const cut = await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'oya-portal listening' and datname = current_database()`.execute(one.db);
      assert.equal(cut.rows.length, 4, 'each instance listens on two connections of its own: for changes, and for webhooks');
      await one.db.transaction().execute((transaction) => note(transaction, 'while nobody heard'));
      assert.deepEqual((await reader.next()).changes, [change('while nobody heard')]);
      await one.db.transaction().execute((transaction) => note(transaction, 'heard again'));
      assert.deepEqual((await reader.next()).changes, [change('heard again')]);
    });
  });
}
