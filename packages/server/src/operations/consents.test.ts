import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import type { Activity, Consent, ConsentChoice, ConsentFailure, Consumption, DataExport, Meter, Page, ProblemDocument } from '@oya/contract';
import { offeredConsents } from '@oya/personas';
import { enedis2026LoadCurve } from '../../../formats/src/testing.ts';
import { Visitor } from '../../test/visitor.ts';
import { decideConsents } from '../identity/consents.ts';
import { importFile } from '../measurements/import-file.ts';
import { seed } from '../seed.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const PATH = '/meters/lucien-linky/consents';
const BOTH: ConsentChoice[] = (['curve-recording', 'curve-collection'] as const).map((purpose) => ({ purpose, textVersion: '2026-11' }));
const DAY_MS = 86_400_000;

for (const engine of testEngines()) {
  describe(`consents to the load curve, on ${engine.name}`, () => {
    let server: TestServer;
    let lucien: Visitor;

    beforeEach(async () => {
      await server?.stop();
      server = await startTestServer({ engine });
      lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
    });
    after(() => server.stop());

    const give = (choices: unknown, headers: Record<string, string> = {}, who = lucien, path = PATH) => who.send<Page<Consent> & ProblemDocument>('POST', path, { body: { choices } as object, headers });
    const ofCurve = async () => (await lucien.get<Page<Consent>>(PATH)).body.items.slice(0, 2);
    const states = async () => (await ofCurve()).map(({ purpose, state }) => [purpose, state]);
    const loadCurve = async () => (await lucien.get<Page<Meter>>('/contracts/lucien-electricity/meters')).body.items[0]?.loadCurve;
    const eventsOf = (meter: string) => server.db.selectFrom('consent_event').innerJoin('meter', 'meter.key', 'meter_key').selectAll('consent_event').where('meter.id', '=', meter).where('purpose', 'in', ['curve-recording', 'curve-collection']).orderBy('consent_event.key').execute();
    async function keyOf(meter: string): Promise<number> {
      return (await server.db.selectFrom('meter').select('key').where('id', '=', meter).executeTakeFirstOrThrow()).key;
    }
    const decide = async (state: 'active' | ConsentFailure) => decideConsents(server.db, { key: await keyOf('lucien-linky'), utilityId: 'eneo' }, state, SEEDED_AT + 1000);

    it('are listed apart, each with the words in force', async () => {
      const { items } = (await lucien.get<Page<Consent>>(PATH)).body;
      assert.deepEqual(items.map(({ purpose, recipient, text }) => ({ purpose, ...(recipient && { recipient }), text })), offeredConsents);
      assert.deepEqual(items.map(({ state, since }) => [state, since === null]), [['off', true], ['off', true], ['active', false], ['active', false], ['off', true]]);
    });

    it('are given each on its own, and written down with who, when, by which way and in which words', async () => {
      const [recording] = BOTH;
      const { status, body } = await give([recording]);
      assert.equal(status, 200);
      assert.deepEqual(body.items.slice(0, 2).map(({ state, since }) => [state, since]), [['requested', '2026-11-24T08:00:00Z'], ['off', null]]);
      const [event, ...more] = await eventsOf('lucien-linky');
      assert.equal(more.length, 0);
      const { actor, customer_id, channel, text_version, text, at } = event ?? assert.fail();
      const customer = await server.db.selectFrom('customer').select('id').where('display_name', '=', 'Lucien Fabre').executeTakeFirstOrThrow();
      assert.deepEqual([actor, customer_id, channel, text_version, text, at.getTime()], ['customer', customer.id, 'web', '2026-11', offeredConsents[0]?.text.text, SEEDED_AT]);
      assert.equal(await loadCurve(), 'consent-needed', 'one of the two is not enough');
      const { body: activity } = await lucien.get<Page<Activity>>('/profile/activity?group=consents');
      assert.deepEqual(activity.items.map(({ kind, contractId }) => [kind, contractId]), [['consent-given', 'lucien-electricity']]);
    });

    it('are agreed to once, however often: what is on its way or in effect stays', async () => {
      await give(BOTH, { 'idempotency-key': 'the-form-was-sent' });
      const again = await give(BOTH, { 'idempotency-key': 'the-form-was-sent' });
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
      assert.equal((await give(BOTH)).status, 200);
      assert.equal((await eventsOf('lucien-linky')).length, 2);
      assert.equal(await loadCurve(), 'requested');
    });

    it('are refused in other words than those in force, and for a collection of what is not recorded', async () => {
      const refusals: [unknown, string, string][] = [
        [[{ purpose: 'curve-recording', textVersion: '2019' }], 'choices.0.textVersion', 'outdated-text'],
        [[BOTH[1]], 'choices.0.purpose', 'needs-recording'],
      ];
      for (const [choices, path, code] of refusals) {
        const { status, body } = await give(choices);
        assert.deepEqual([status, body.kind, body.fields?.[0]?.path, body.fields?.[0]?.code], [422, 'invalid', path, code]);
      }
      assert.equal((await give([])).status, 422);
      assert.deepEqual(await eventsOf('lucien-linky'), []);
    });

    it('are for the holder to give: a reader sees them, nobody else does, and a meter without a curve has none', async () => {
      const reader = await server.db.selectFrom('customer').select('id').where('utility_id', '=', 'eneo').where('display_name', '=', 'Camille Durand').executeTakeFirstOrThrow();
      const camille = new Visitor(server.baseUrl('eneo'));
      await camille.signInAs('camille');
      assert.equal((await give(BOTH, {}, camille)).status, 404);
      await server.db
        .insertInto('access_grant')
        .values({ id: 'lucien-to-camille', utility_id: 'eneo', contract_id: 'lucien-electricity', email: 'camille@example.org', language: 'fr', state: 'active', invited_at: new Date(SEEDED_AT), until: null, invitation_hash: null, customer_id: reader.id })
        .execute();
      assert.equal((await camille.get<Page<Consent>>(PATH)).body.items.length, 5);
      const refused = await give(BOTH, {}, camille);
      assert.deepEqual([refused.status, refused.body.kind], [403, 'forbidden']);
      const odette = new Visitor(server.baseUrl('eneo'));
      await odette.signInAs('odette');
      assert.deepEqual((await odette.get<Page<Consent>>('/meters/odette-meter/consents')).body.items, []);
      assert.equal((await give(BOTH, {}, odette, '/meters/odette-meter/consents')).status, 409);
    });

    it('show the half-hours once the network operator has done its part, and keep them out before', async () => {
      const { deliveryPoint } = { deliveryPoint: '00810000000202' };
      const curve = { kind: 'curve' as const, unit: 'W' as const, segments: [{ start: '2026-11-22T23:00:00Z', stepMinutes: 30, values: Array.from({ length: 48 }, () => 300), quality: 'r'.repeat(48) }] };
      const take = () => importFile(server.db, { fileName: 'curve.json', bytes: enedis2026LoadCurve(curve, { timeZone: 'Europe/Paris', deliveryPoint }), now: SEEDED_AT });
      const ask = () => lucien.get<Consumption & ProblemDocument>('/meters/lucien-linky/consumption?resolution=half-hour&from=2026-11-23&to=2026-11-24');
      await give(BOTH);
      await assert.rejects(take(), /has not consented.*or the consent is not in effect/);
      assert.equal((await ask()).body.code, 'consent-required');
      assert.deepEqual(await decide('active'), ['curve-recording', 'curve-collection']);
      assert.deepEqual(await decide('refused'), [], 'it was decided');
      await take();
      assert.equal((await ask()).body.total, 7200);
      assert.equal(await loadCurve(), 'collected');
      const { items } = (await lucien.get<Page<Meter>>('/contracts/lucien-electricity/meters')).body;
      assert.deepEqual(items[0]?.resolutions, ['half-hour', 'hour', 'day', 'month', 'year']);
    });

    it('that failed can be given again', async () => {
      await give(BOTH);
      await decide('refused');
      assert.deepEqual(await states(), [['curve-recording', 'failed'], ['curve-collection', 'failed']]);
      assert.equal(await loadCurve(), 'consent-needed');
      await give(BOTH);
      assert.deepEqual((await eventsOf('lucien-linky')).map(({ state }) => state), ['requested', 'requested', 'failed', 'failed', 'requested', 'requested']);
    });

    it('bring the half-hours of the demo from the day on which they are in effect', async () => {
      await give(BOTH);
      await decide('active');
      await seed(server.db, { now: SEEDED_AT + 3 * DAY_MS });
      const days = await server.db.selectFrom('load_curve').innerJoin('channel', 'channel.key', 'channel_key').select('day').where('meter_key', '=', await keyOf('lucien-linky')).orderBy('day').execute();
      assert.deepEqual(days.map(({ day }) => day), ['2026-11-24', '2026-11-25', '2026-11-26']);
    });

    it('are taken along with the customer\'s data, in the words that were agreed to, and stay as a proof when the account is closed', async () => {
      await give(BOTH);
      await server.db
        .insertInto('consent_text')
        .values({ utility_id: 'eneo', purpose: 'curve-recording', recipient_id: '', recipient_name: null, months: null, version: '2027-01', title: JSON.stringify({ fr: 'Autre' }), text: JSON.stringify({ fr: 'Autres mots' }), in_force_from: new Date(SEEDED_AT - 1) })
        .execute();
      assert.equal((await lucien.get<Page<Consent>>(PATH)).body.items[0]?.text.version, '2027-01');
      const { body } = await lucien.send<DataExport>('POST', '/profile/exports', { body: {} });
      assert.deepEqual(body.consents.slice(0, 2).map(({ meterId, purpose, state, text }) => [meterId, purpose, state, text.version]), [['lucien-linky', 'curve-recording', 'requested', '2026-11'], ['lucien-linky', 'curve-collection', 'requested', '2026-11']]);
      assert.deepEqual(body.consentEvents?.slice(0, 2).map(({ meterId, purpose, kind, name, text }) => [meterId, purpose, kind, name, text?.version]), [['lucien-linky', 'curve-collection', 'requested', 'Lucien Fabre', '2026-11'], ['lucien-linky', 'curve-recording', 'requested', 'Lucien Fabre', '2026-11']]);
      const closed = await lucien.send('POST', '/profile/closure', { body: { currentPassword: 'Cascade-81400' } });
      assert.equal(closed.status, 200, closed.text);
      assert.deepEqual((await eventsOf('lucien-linky')).map(({ state, customer_id, text_version }) => [state, customer_id, text_version]), [['requested', null, '2026-11'], ['requested', null, '2026-11']]);
    });
  });
}
