import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { MESSAGES_AN_HOUR, type Changes, type DataExport, type InvoiceList, type PortalFile, type ProblemDocument, type ThreadDetails, type ThreadList, type WaitingAttachment } from '@oya/contract';
import { findPersona } from '@oya/personas';
import sharp from 'sharp';
import { EventReader } from '../../test/event-reader.ts';
import { Visitor } from '../../test/visitor.ts';
import { addAgent, agentsOf, revokeAgent } from '../agents/agents.ts';
import type { InboxDetails, InboxThread } from '../agents/inbox.ts';
import { readConfig } from '../config.ts';
import { createServer } from '../http/server.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

for (const engine of testEngines()) {
  describe(`messages, on ${engine.name}`, () => {
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

    const start = (who: Visitor, body: object) => who.send<ThreadDetails & ProblemDocument>('POST', '/threads', { body });
    const list = async (who: Visitor, query = '') => (await who.get<ThreadList>(`/threads${query}`)).body;
    async function agent<T>(method: string, path: string, { body, as = token, utility = 'eneo' }: { body?: object; as?: string; utility?: string } = {}): Promise<Answered<T & ProblemDocument>> {
      const response = await fetch(`${server.baseUrl(utility)}/agents${path}`, { method, headers: { authorization: `Bearer ${as}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) });
      return { status: response.status, body: (await response.json()) as T & ProblemDocument };
    }

    it('are there with what was written before, the unread counted', async () => {
      const { items, unread } = await list(lucien);
      assert.deepEqual([items.length, items[0]?.topic, items[0]?.lastFrom, items[0]?.unread, items[0]?.answerBy, unread], [1, 'invoice', 'utility', 1, null, 1]);
      const { body } = await lucien.get<ThreadDetails>(`/threads/${items[0]?.id ?? ''}`);
      assert.deepEqual(body.messages.map(({ from, author }) => [from, author]), [['customer', null], ['utility', 'Chloé, service clients']]);
      const { body: read } = await lucien.send<ThreadDetails>('POST', `/threads/${body.id}/reading`, { body: {} });
      assert.equal(read.unread, 0);
      assert.equal((await list(lucien)).unread, 0);
    });

    it('begin with an invoice and a photo; the answer is read in the account alone', async () => {
      const [invoice] = (await camille.get<InvoiceList>('/contracts/camille-electricity/invoices')).body.items;
      const photo = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#246' } }).jpeg().withExif({ IFD0: { Make: 'Phone of Camille' } }).toBuffer();
      const { body: file } = await camille.send<WaitingAttachment>('POST', '/attachments', { body: { name: 'facture.jpg', content: photo.toString('base64'), purpose: { what: 'message' } } });
      const { status, body: thread } = await start(camille, { topic: 'invoice', about: { what: 'invoice', contractId: 'camille-electricity', invoiceId: invoice?.id }, words: 'Cette facture me paraît fausse.', attachmentIds: [file.id] });
      assert.equal(status, 200, JSON.stringify(thread));
      assert.deepEqual([thread.about?.label, thread.state, thread.answerBy, thread.messages[0]?.attachments?.map(({ name }) => name)], [invoice?.number, 'open', '2026-11-25T13:30:00Z', ['facture.jpg']]);

      const { body: { items } } = await agent<{ items: InboxThread[] }>('GET', '/threads');
      const seen = items.find(({ id }) => id === thread.id);
      assert.deepEqual([seen?.customer, seen?.unread, seen?.about?.label], ['Camille Durand', 1, invoice?.number]);
      assert.equal((await agent<InboxDetails>('POST', `/threads/${thread.id}/reading`)).body.unread, 0);
      assert.ok((await camille.get<ThreadDetails>(`/threads/${thread.id}`)).body.messages[0]?.readAt, 'the customer sees that it was read');
      const { body: answered } = await agent<InboxDetails>('POST', `/threads/${thread.id}/messages`, { body: { words: 'Le relevé du 1er était bien réel, voyez le courrier.', files: [{ name: 'courrier.pdf', content: Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64') }] } });
      assert.deepEqual([answered.lastFrom, answered.messages.at(-1)?.author, answered.messages.at(-1)?.attachments?.map(({ name }) => name)], ['utility', 'Sonia', ['courrier.pdf']]);

      const { body: now } = await camille.get<ThreadDetails>(`/threads/${thread.id}`);
      assert.deepEqual([now.unread, now.answerBy, now.messages.at(-1)?.words], [1, null, 'Le relevé du 1er était bien réel, voyez le courrier.']);
      const { body: letter } = await camille.get<PortalFile>(`/attachments/${now.messages.at(-1)?.attachments?.[0]?.id ?? ''}/file`);
      assert.deepEqual([letter.name, letter.mediaType, Buffer.from(letter.content, 'base64').toString()], ['courrier.pdf', 'application/pdf', '%PDF-1.4\n%%EOF\n']);
      assert.equal((await lucien.get(`/attachments/${now.messages.at(-1)?.attachments?.[0]?.id ?? ''}/file`)).status, 404);
      const mail = (await server.mails()).find(({ to, subject }) => to === findPersona('camille').email && subject === 'Une réponse de ENEO vous attend');
      assert.ok(mail && !mail.text.includes('relevé'), 'the mail says that there is an answer, and not what');
    });

    it('are told as they come, by whichever instance', async () => {
      const [mine] = (await list(camille)).items;
      const other = createServer({ db: server.db, config: { ...readConfig(), logLevel: 'silent' }, now: () => SEEDED_AT, transport: { send: () => Promise.resolve(), close: () => {} } });
      await other.listen({ host: '127.0.0.1', port: 0 });
      const base = `http://localhost:${(other.server.address() as { port: number }).port}/eneo/v1`;
      const here = await EventReader.open(`${server.baseUrl('eneo')}/changes`, { cookie: camille.cookieHeader });
      const there = await EventReader.open(`${base}/changes`, { cookie: camille.cookieHeader });
      const foreign = await EventReader.open(`${base}/changes`, { cookie: lucien.cookieHeader });
      try {
        const names = ({ changes }: Changes) => changes.map(({ operation }) => operation).toSorted();
        for (const reader of [here, there, foreign]) await reader.next();
        // Answered at the second instance, and then by the customer at the first.
        const answer = await fetch(`${base}/agents/threads/${mine?.id ?? ''}/messages`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' }, body: JSON.stringify({ words: 'Encore ceci.' }) });
        assert.equal(answer.status, 200);
        for (const reader of [here, there]) assert.deepEqual(names(await reader.next()), ['getThread', 'listThreads']);
        await camille.send('POST', `/threads/${mine?.id ?? ''}/messages`, { body: { words: 'Merci.' } });
        for (const reader of [here, there]) assert.deepEqual(names(await reader.next()), ['getThread', 'listThreads']);
      } finally {
        await Promise.all([here, there, foreign].map((reader) => reader.close()));
        await other.close();
      }
    });

    it('are found by their words, closed and open again', async () => {
      const { body: thread } = await start(camille, { topic: 'other', words: 'Où se trouve votre accueil à Carmaux ?' });
      assert.deepEqual((await list(camille, '?query=accueil%20carmaux')).items.map(({ id }) => id), [thread.id]);
      assert.deepEqual((await list(camille, '?query=nichts')).items, []);
      assert.equal((await camille.send<ThreadDetails>('PUT', `/threads/${thread.id}/state`, { body: { state: 'closed' } })).body.state, 'closed');
      assert.equal((await camille.send<ThreadDetails>('POST', `/threads/${thread.id}/messages`, { body: { words: 'Une chose encore.' } })).body.state, 'open', 'who writes opens it again');
      assert.equal((await agent<InboxDetails>('PUT', `/threads/${thread.id}/state`, { body: { state: 'closed' } })).body.state, 'closed');
    });

    it('take indexes along that the customer read, which their meter can show', async () => {
      const reading = (index: number, meterId = 'camille-linky') => ({ topic: 'reading', about: { what: 'meter', contractId: 'camille-electricity', meterId: 'camille-linky' }, words: 'Voici mes index.', reading: { meterId, on: '2026-11-24', indexes: [{ register: 'HP', index }] } });
      const { status, body } = await start(camille, reading(26_460));
      assert.deepEqual([status, body.messages[0]?.reading, body.about?.label], [200, { meterId: 'camille-linky', on: '2026-11-24', indexes: [{ register: 'HP', index: 26_460 }] }, 'L00000000101']);
      assert.equal((await start(camille, reading(9_999_999))).status, 422);
      assert.equal((await start(camille, reading(1, 'lucien-linky'))).status, 404);
    });

    it('are nobody else’s: neither thread, nor object, nor file', async () => {
      const [mine] = (await list(camille)).items;
      for (const [method, path, body] of [['GET', ''], ['POST', '/messages', { words: 'x' }], ['POST', '/reading', {}], ['PUT', '/state', { state: 'closed' }]] as const) {
        const { status } = method === 'GET' ? await lucien.get(`/threads/${mine?.id ?? ''}${path}`) : await lucien.send(method, `/threads/${mine?.id ?? ''}${path}`, { body });
        assert.equal(status, 404, path);
      }
      assert.equal((await start(lucien, { topic: 'contract', about: { what: 'contract', contractId: 'camille-electricity' }, words: 'x' })).status, 404);
      assert.equal((await start(lucien, { topic: 'reading', about: { what: 'meter', contractId: 'lucien-electricity', meterId: 'camille-linky' }, words: 'x' })).status, 404);
    });

    it('are answered by who has a token of that utility, until it is taken back', async () => {
      const [mine] = (await list(camille)).items;
      assert.equal((await agent('GET', '/threads', { as: 'wrong' })).status, 401);
      assert.equal((await agent('GET', '/threads', { utility: 'sicae' })).status, 401);
      const sicae = await addAgent(server.db, 'sicae', 'Paul', SEEDED_AT);
      assert.equal((await agent('GET', `/threads/${mine?.id ?? ''}`, { as: sicae, utility: 'sicae' })).status, 404);
      assert.ok(!JSON.stringify(await server.db.selectFrom('agent').selectAll().execute()).includes(sicae), 'the token is kept nowhere');
      const [paul] = (await agentsOf(server.db, 'sicae')).filter(({ name }) => name === 'Paul');
      assert.equal(await revokeAgent(server.db, paul?.id ?? '', SEEDED_AT), true);
      assert.equal((await agent('GET', '/threads', { as: sicae, utility: 'sicae' })).status, 401);
      assert.equal((await agent('POST', `/threads/${mine?.id ?? ''}/messages`, { body: { words: '' } })).status, 422);
      assert.equal((await agent('POST', `/threads/${mine?.id ?? ''}/messages`, { body: { words: 'x', files: [{ name: 'x.jpg', content: Buffer.from('<html>').toString('base64') }] } })).status, 422);
      assert.equal((await agent('GET', '/threads/none')).status, 404);
    });

    it('that wait longest come first in the inbox, however many came since', async () => {
      const day = 86_400_000;
      const thread = (at: number, last_from: 'customer' | 'utility') => ({ id: randomUUID(), utility_id: 'sicae', customer_id: null, topic: 'other' as const, opened_at: new Date(at), last_at: new Date(at), last_from });
      const [first, second] = [thread(SEEDED_AT - 300 * day, 'customer'), thread(SEEDED_AT - 299 * day, 'customer')];
      await server.db.insertInto('thread').values([second, ...Array.from({ length: 205 }, (_, at) => thread(SEEDED_AT - at * 1000, 'utility')), first]).execute();
      const sicae = await addAgent(server.db, 'sicae', 'Paule', SEEDED_AT);
      const { body: { items } } = await agent<{ items: InboxThread[] }>('GET', '/threads', { as: sicae, utility: 'sicae' });
      assert.deepEqual(items.slice(0, 2).map(({ id }) => id), [first.id, second.id]);
      assert.deepEqual([items.length, items[2]?.lastAt], [200, new Date(SEEDED_AT).toISOString().replace('.000', '')]);
      await server.db.deleteFrom('thread').where('utility_id', '=', 'sicae').where('customer_id', 'is', null).execute();
    });

    it('are part of what a customer takes away', async () => {
      const { body: { threads: taken } } = await camille.send<DataExport>('POST', '/profile/exports', { body: {} });
      assert.ok(taken?.some(({ messages }) => messages.some(({ words }) => words === 'Cette facture me paraît fausse.')));
    });

    it('are no more than somebody may mean within an hour', async () => {
      let last = 0;
      for (let count = 0; count <= MESSAGES_AN_HOUR && last !== 429; count++) last = (await start(lucien, { topic: 'other', words: `${count}` })).status;
      assert.equal(last, 429);
    });
  });
}
