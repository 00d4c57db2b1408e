import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { REQUESTS_AN_HOUR, type Activity, type Changes, type DataExport, type Page, type PortalFile, type ProblemDocument, type RequestDetails, type ServiceRequest, type ServiceRequestDetails, type WaitingAttachment } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { EventReader } from '../../test/event-reader.ts';
import { Visitor } from '../../test/visitor.ts';
import { addAgent } from '../agents/agents.ts';
import { changeRequest, openRequests, utilityOfRequest, type InboxRequest, type InboxRequestDetails } from '../agents/request-inbox.ts';
import type { MailPlace } from '../command-mail.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { UtilityDirectory } from '../utilities.ts';

const PHONE = '+33639980101';
const ADDRESS = { lines: ['4 rue de l’Exemple'], postcode: '81400', city: 'Carmaux', country: 'FR' };
const MOVE: RequestDetails = { kind: 'moving', leaving: { contractIds: ['camille-electricity'], on: '2026-12-15', readings: [{ meterId: 'camille-linky', on: '2026-11-24', indexes: [{ register: 'HP', index: 1 }] }], successor: 'Mme Petit' }, address: ADDRESS };
const CLAIM: RequestDetails = { kind: 'claim', topic: 'service', words: 'Personne n’est venu.' };

for (const engine of testEngines()) {
  describe(`requests, on ${engine.name}`, () => {
    let server: TestServer;
    let camille: Visitor;
    let lucien: Visitor;
    let token: string;

    before(async () => {
      server = await startTestServer({ engine, now: () => SEEDED_AT });
      [camille, lucien] = [new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo'))];
      await camille.signInAs('camille');
      await lucien.signInAs('lucien');
      token = await addAgent(server.db, 'eneo', 'Sonia', SEEDED_AT);
    });
    after(() => server.stop());

    const send = (who: Visitor, details: object, more: object = {}) => who.send<ServiceRequestDetails & Pick<ProblemDocument, 'fields'>>('POST', '/requests', { body: { details, phone: PHONE, ...more } });
    const get = async (who: Visitor, id: string) => (await who.get<ServiceRequestDetails>(`/requests/${id}`)).body;
    const list = async (who: Visitor) => (await who.get<Page<ServiceRequest>>('/requests')).body.items;
    async function agent<T>(method: string, path: string, { body, as = token, utility = 'eneo' }: { body?: object; as?: string; utility?: string } = {}) {
      const response = await fetch(`${server.baseUrl(utility)}/agents${path}`, { method, headers: { authorization: `Bearer ${as}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
      return { status: response.status, body: (await response.json()) as T };
    }
    const decide = (id: string, body: object, as = token) => agent<InboxRequestDetails>('PUT', `/requests/${id}/state`, { body, as });

    it('are there with what became of them, what is open first', async () => {
      assert.deepEqual((await list(camille)).map(({ number, state }) => [number, state]), [['D-4F7K-P2XM', 'in-progress'], ['D-H8RN-6WQ3', 'done']]);
      const { steps } = await get(lucien, (await list(lucien))[0]?.id ?? '');
      assert.deepEqual(steps.map(({ state, by, author }) => [state, by, author]), [['received', 'customer', null], ['in-progress', 'utility', 'Chloé, service clients'], ['waiting', 'utility', 'Chloé, service clients']]);
    });

    it('go from what was sent to what was done, each step with its time, its author and its words', async () => {
      const { status, body: sent } = await send(camille, MOVE);
      assert.equal(status, 200, JSON.stringify(sent));
      const odd = sent.details.kind === 'moving' ? sent.details.leaving?.readings?.[0]?.indexes[0]?.doubt : undefined;
      assert.equal(odd, 'lower', 'what is odd about a reading is noted for who looks at the request');

      const { body: { items } } = await agent<{ items: InboxRequest[] }>('GET', '/requests');
      assert.deepEqual([items.find(({ id }) => id === sent.id)?.customer, items.filter(({ state }) => state === 'done').length], ['Camille Durand', 1]);
      assert.equal((await agent<InboxRequestDetails>('GET', `/requests/${sent.id}`)).body.phone, PHONE);

      const reader = await EventReader.open(`${server.baseUrl('eneo')}/changes`, { cookie: camille.cookieHeader });
      await reader.next();
      assert.equal((await decide(sent.id, { state: 'waiting' })).status, 422, 'what is asked is said');
      assert.equal((await decide(sent.id, { state: 'waiting', words: 'Quel est votre étage ?' })).body.state, 'waiting');
      const { changes }: Changes = await reader.next();
      await reader.close();
      assert.deepEqual(changes.map(({ operation }) => operation).toSorted(), ['getServiceRequest', 'listServiceRequests']);

      const { body: file } = await camille.send<WaitingAttachment>('POST', '/attachments', { body: { name: 'plan.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64'), purpose: { what: 'request', about: sent.id } } });
      const answered = await camille.send<ServiceRequestDetails>('POST', `/requests/${sent.id}/answers`, { body: { words: 'Le deuxième.', attachmentIds: [file.id] } });
      assert.deepEqual([answered.status, answered.body.state, answered.body.steps.at(-1)?.attachments?.map(({ name }) => name)], [200, 'in-progress', ['plan.pdf']]);
      assert.equal((await camille.send('POST', `/requests/${sent.id}/answers`, { body: { words: 'Encore.' } })).status, 409, 'nothing is asked any more');
      const seen = await fetch(`${server.baseUrl('eneo')}/agents/attachments/${file.id}`, { headers: { authorization: `Bearer ${token}` } });
      assert.equal(await seen.text(), '%PDF-1.4\n%%EOF\n');
      assert.equal((await lucien.get<PortalFile>(`/attachments/${file.id}/file`)).status, 404);

      assert.equal((await decide(sent.id, { state: 'done', words: 'C’est fait.' })).status, 200);
      assert.equal((await decide(sent.id, { state: 'refused', words: 'Non.' })).status, 409, 'what has ended stays so');
      assert.equal((await camille.send('DELETE', `/requests/${sent.id}`)).status, 409);
      const done = await get(camille, sent.id);
      assert.deepEqual(done.steps.map(({ state, by, author, words }) => [state, by, author, words]), [
        ['received', 'customer', null, null],
        ['waiting', 'utility', 'Sonia', 'Quel est votre étage ?'],
        ['in-progress', 'customer', null, 'Le deuxième.'],
        ['done', 'utility', 'Sonia', 'C’est fait.'],
      ]);
      const mails = (await server.mails()).filter(({ to }) => to === findPersona('camille').email);
      assert.deepEqual(mails.map(({ subject }) => subject).filter((subject) => subject.includes('demande')).toSorted(), ['ENEO attend quelque chose de vous pour votre demande', 'Votre demande est terminée']);
      assert.ok(mails.every(({ text }) => !text.includes('étage') && !text.includes('C’est fait') && !text.includes('rue de l’Exemple')), 'a mail tells no details');
      const { body: { items: activity } } = await camille.get<Page<Activity>>('/profile/activity?group=requests');
      assert.deepEqual(activity.map(({ kind, by }) => [kind, by.role]).toSorted(), [['request-changed', 'utility'], ['request-changed', 'utility'], ['request-completed', 'self'], ['request-sent', 'self']]);
    });

    it('are not decided on without their customer being told: what the queue of mails does not take stays as it was, and may be tried again', async () => {
      const { body: sent } = await send(lucien, CLAIM);
      const utilities = new UtilityDirectory(server.db);
      const outbox = { prepare: () => Promise.resolve(), post: () => Promise.reject(new Error('the queue is away')) };
      const place: MailPlace = { db: server.db, utilities, outbox, siteOf: () => undefined, now: SEEDED_AT };
      await assert.rejects(changeRequest(place, 'eneo', sent.id, { state: 'done', words: null, author: 'Sonia' }), /the queue is away/);
      assert.equal((await get(lucien, sent.id)).state, 'received');
      assert.equal((await decide(sent.id, { state: 'done' })).status, 200);
    });

    it('are taken back by who sent them, once', async () => {
      const { body: sent } = await send(lucien, CLAIM);
      const [first, second] = await Promise.all([lucien.send<ServiceRequestDetails>('DELETE', `/requests/${sent.id}`), decide(sent.id, { state: 'in-progress' })]);
      assert.ok(first.status === 200 && [200, 409].includes(second.status), `${first.status} ${second.status}`);
      const { steps, state } = await get(lucien, sent.id);
      assert.deepEqual([state, steps.filter((step) => step.state === 'withdrawn').length, steps.at(-1)?.state], ['withdrawn', 1, 'withdrawn']);
    });

    it('are nobody else’s, nor about what is somebody else’s', async () => {
      const [mine] = await list(camille);
      for (const [method, path, body] of [['DELETE', ''], ['POST', '/answers', { words: 'x' }]] as const) assert.equal((await lucien.send(method, `/requests/${mine?.id ?? ''}${path}`, body ? { body } : {})).status, 404);
      assert.equal((await lucien.get(`/requests/${mine?.id ?? ''}`)).status, 404);
      assert.equal((await lucien.get('/requests/none')).status, 404);
      const { body } = await send(lucien, MOVE);
      assert.deepEqual(body.fields?.map(({ path, code }) => [path, code]), [['details.leaving.contractIds', 'unknown'], ['details.readings.camille-linky', 'unknown']]);
      assert.equal((await lucien.send('POST', '/attachments', { body: { name: 'x.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64'), purpose: { what: 'request', about: mine?.id } } })).status, 404);
      const sicae = await addAgent(server.db, 'sicae', 'Paul', SEEDED_AT);
      assert.equal((await agent('GET', `/requests/${mine?.id ?? ''}`, { as: sicae, utility: 'sicae' })).status, 404);
      assert.equal((await agent('GET', '/requests', { as: 'wrong' })).status, 401);
    });

    it('are found by whoever works with a command', async () => {
      const { body: sent } = await send(camille, CLAIM);
      const [first] = await openRequests(server.db, 'eneo');
      assert.deepEqual([first?.number, first?.customer, first?.state], ['D-7B2V-K9TD', 'Lucien Fabre', 'waiting'], 'the oldest that is open');
      assert.ok((await openRequests(server.db)).some(({ id, utilityId }) => id === sent.id && utilityId === 'eneo'));
      assert.deepEqual([await utilityOfRequest(server.db, sent.id), await utilityOfRequest(server.db, 'none')], ['eneo', undefined]);
    });

    it('are sent where the utility has a form, and kept as they were typed', async () => {
      const { body: kept } = await send(camille, { ...CLAIM, words: 'Un \u{1F50C} et <b>gras</b>' });
      assert.equal((await get(camille, kept.id)).details.kind === 'claim' && (kept.details as { words: string }).words, 'Un \u{1F50C} et <b>gras</b>');
      const before = await server.db.selectFrom('utility').select('description').where('id', '=', 'sicae').executeTakeFirstOrThrow();
      assert.ok(JSON.stringify(before.description).includes('"demenager"'));
      const { status } = await send(camille, { kind: 'nothing' });
      assert.equal(status, 422);
    });

    it('are part of what a customer takes away, and stay without a name when the account is closed', async () => {
      const { body: { serviceRequests } } = await lucien.send<DataExport>('POST', '/profile/exports', { body: {} });
      assert.ok(serviceRequests?.some(({ number, steps }) => number === 'D-7B2V-K9TD' && steps.length === 3));
      const waiting = (await list(lucien)).find(({ number }) => number === 'D-7B2V-K9TD');
      assert.equal((await lucien.send('POST', '/profile/closure', { body: { currentPassword: findPersona('lucien').password } })).status, 200);
      const { body: left } = await agent<InboxRequestDetails>('GET', `/requests/${waiting?.id ?? ''}`);
      assert.deepEqual([left.customer, left.state], [null, 'waiting']);
      assert.equal((await decide(left.id, { state: 'done' })).status, 200, 'nobody is left to be told');
    });

    it('are no more than somebody may mean within an hour', async () => {
      let last = 0;
      for (let count = 0; count <= REQUESTS_AN_HOUR && last !== 429; count++) last = (await send(camille, CLAIM)).status;
      assert.equal(last, 429);
    });
  });
}
