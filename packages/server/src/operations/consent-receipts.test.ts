import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ConsentChoice, ConsentEvent, Page, PortalFile, ProblemDocument } from '@oya/contract';
import { offeredConsents } from '@oya/personas';
import { Visitor } from '../../test/visitor.ts';
import { appendConsentEvents, decideConsents } from '../identity/consents.ts';
import { verifyReceipt } from '../receipts/signatures.ts';
import { publicSigningKeys } from '../receipts/signing-keys.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const PATH = '/meters/lucien-linky/consents';
const BOTH: ConsentChoice[] = (['curve-recording', 'curve-collection'] as const).map((purpose) => ({ purpose, textVersion: '2026-11' }));

for (const engine of testEngines()) {
  describe(`receipts of consents, on ${engine.name}`, () => {
    let server: TestServer;
    let lucien: Visitor;
    let events: ConsentEvent[];

    before(async () => {
      server = await startTestServer({ engine });
      lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
      await lucien.send('POST', PATH, { body: { choices: BOTH } });
      const meter = await server.db.selectFrom('meter').select('key').where('id', '=', 'lucien-linky').executeTakeFirstOrThrow();
      await decideConsents(server.db, { key: meter.key, utilityId: 'eneo' }, 'active', SEEDED_AT + 60_000);
      events = (await lucien.get<Page<ConsentEvent>>(`${PATH}/events`)).body.items;
    });
    after(() => server.stop());

    const ask = (id: string, query: string, who = lucien) => who.get<PortalFile & ProblemDocument>(`${PATH}/events/${id}/receipt?${query}`);
    const eventOf = (purpose: string, kind: string) => events.find((event) => event.purpose === purpose && event.kind === kind) ?? assert.fail();
    async function genuine(file: PortalFile) {
      const keys = await publicSigningKeys(server.db);
      const verdict = verifyReceipt(Buffer.from(file.content, 'base64'), (id) => keys.find(({ keyId }) => keyId === id)?.publicKey);
      assert.ok(verdict.isGenuine, JSON.stringify(verdict));
      return verdict;
    }

    it('tell the event as the history does, the words agreed to, whose it is, and what happened to that consent before', async () => {
      const active = eventOf('curve-recording', 'active');
      const { status, body } = await ask(active.id, 'format=json');
      assert.equal(status, 200);
      assert.deepEqual([body.name, body.mediaType], ['recu-accord-2026-11-24-curve-recording.json', 'application/json']);
      const { receipt } = await genuine(body);
      assert.ok(receipt);
      assert.deepEqual(receipt.event, active);
      assert.deepEqual(receipt.event.text, offeredConsents[0]?.text);
      assert.deepEqual(receipt.history, [eventOf('curve-recording', 'requested'), active], 'not that of another consent');
      assert.deepEqual(receipt.contract, { number: 'EN-000202', holder: 'Lucien Fabre', energy: 'electricity', deliveryPoint: '00810000000202' });
      assert.equal(receipt.utility.name, 'ENEO');
    });

    it('end with their event: what came later is on later ones', async () => {
      const requested = eventOf('curve-recording', 'requested');
      const { receipt } = await genuine((await ask(requested.id, 'format=json')).body);
      assert.deepEqual(receipt?.history, [requested]);
    });

    it('are documents in the language asked for, else in the customer\'s', async () => {
      const { id } = eventOf('curve-collection', 'active');
      const english = (await ask(id, 'format=pdf&lang=en-GB')).body;
      assert.deepEqual([english.name, english.mediaType], ['consent-receipt-2026-11-24-curve-collection.pdf', 'application/pdf']);
      assert.equal((await genuine(english)).format, 'pdf');
      assert.ok(Buffer.from(english.content, 'base64').includes('/Lang (en-GB)'));
      const french = (await ask(id, 'format=pdf')).body;
      assert.equal((await genuine(french)).format, 'pdf');
      assert.ok(Buffer.from(french.content, 'base64').includes('/Lang (fr-FR)'));
    });

    it('are of what was agreed to elsewhere, too, whose words nobody knows', async () => {
      const meter = await server.db.selectFrom('meter').select('key').where('id', '=', 'lucien-linky').executeTakeFirstOrThrow();
      const elsewhere = { purpose: 'maximum-power', kind: 'active', state: 'active', at: SEEDED_AT, actor: 'system', customer_id: null, channel: 'system', words: null } as const;
      const [id = ''] = await appendConsentEvents(server.db, { key: meter.key, utilityId: 'eneo' }, [elsewhere]);
      for (const format of ['json', 'pdf']) assert.equal((await genuine((await ask(id, `format=${format}`)).body)).format, format);
    });

    it('are for whoever sees the consents: the holder and a reader, nobody else, and of this meter\'s events only', async () => {
      const { id } = eventOf('curve-recording', 'active');
      const camille = new Visitor(server.baseUrl('eneo'));
      assert.equal((await ask(id, 'format=json', camille)).status, 401);
      await camille.signInAs('camille');
      assert.equal((await ask(id, 'format=json', camille)).status, 404);
      const other = (await camille.get<Page<ConsentEvent>>('/meters/camille-linky/consents/events')).body.items[0] ?? assert.fail();
      for (const unknown of ['no-such-event', other.id, '%00']) {
        const { status, body } = await ask(unknown, 'format=json');
        assert.deepEqual([status, body.kind], [404, 'not-found'], unknown);
      }
      const reader = await server.db.selectFrom('customer').select('id').where('utility_id', '=', 'eneo').where('display_name', '=', 'Camille Durand').executeTakeFirstOrThrow();
      await server.db
        .insertInto('access_grant')
        .values({ id: 'lucien-to-camille', utility_id: 'eneo', contract_id: 'lucien-electricity', email: 'camille@example.org', language: 'fr', state: 'active', invited_at: new Date(SEEDED_AT), until: null, invitation_hash: null, customer_id: reader.id })
        .execute();
      assert.equal((await ask(id, 'format=json', camille)).status, 200);
    });

    it('are asked for as PDF or JSON', async () => {
      const { status, body } = await ask(eventOf('curve-recording', 'active').id, 'format=docx');
      assert.deepEqual([status, body.kind], [422, 'invalid']);
    });
  });
}
