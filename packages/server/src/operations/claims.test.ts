import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { LARGEST_ATTACHMENT, MOST_ATTACHMENTS, MOST_WAITING, type DataExport, type InvoiceDetails, type InvoiceList, type Page, type PortalFile, type ProblemDocument, type WaitingAttachment } from '@oya/contract';
import { unzipSync } from 'fflate';
import { sql } from 'kysely';
import sharp from 'sharp';
import { Visitor } from '../../test/visitor.ts';
import { startForgetting } from '../attachments/forgetting.ts';
import { disputeZip } from '../claims/dispute-file.ts';
import { Keys } from '../identity/keys.ts';
import { openDisputes } from '../invoices/disputes.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';
import { UtilityDirectory } from '../utilities.ts';

const DAY_MS = 86_400_000;
const PATH = '/contracts/camille-electricity/invoices';
const HAS_READER = spawnSync('pdftotext', ['-v']).status === 0;
const withReader = { skip: !HAS_READER && 'pdftotext (poppler-utils) is not installed' };

/** Of a phone held upright: turned by its EXIF alone, which also says where it was. */
function photo({ width = 300, height = 200, orientation = 6 } = {}): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#2a7' } })
    .jpeg()
    .withExif({ IFD0: { Make: 'Phone of Camille' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '44/1 3/1 0/1' } })
    .withMetadata({ orientation })
    .toBuffer();
}

const textOf = (pdf: Buffer) => spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).stdout.toString();
const bytesOf = ({ content }: PortalFile) => Buffer.from(content, 'base64');

for (const engine of testEngines()) {
  describe(`what customers attach, and claims, on ${engine.name}`, () => {
    let server: TestServer;
    let camille: Visitor;
    let invoice: InvoiceDetails;
    let earlier: InvoiceDetails;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now });
      camille = new Visitor(server.baseUrl('eneo'));
      await camille.signInAs('camille');
      const { body: list } = await camille.get<InvoiceList>(PATH);
      invoice = (await camille.get<InvoiceDetails>(`${PATH}/${list.items[0]?.id}`)).body;
      earlier = (await camille.get<InvoiceDetails>(`${PATH}/${list.items[1]?.id}`)).body;
    });
    after(() => server.stop());

    const add = (bytes: Buffer, name = 'Mon compteur.JPEG', who = camille, about?: { contractId: string; id: string }) =>
      who.send<WaitingAttachment & ProblemDocument>('POST', '/attachments', { body: { name, content: bytes.toString('base64'), ...(about && { purpose: { what: 'claim', contractId: about.contractId, invoiceId: about.id } }) } });
    const remove = (id: string, who = camille) => who.send<Page<WaitingAttachment> & ProblemDocument>('DELETE', `/attachments/${id}`);
    const claim = (input: object, who = camille) => who.send<PortalFile & ProblemDocument>('POST', `${PATH}/${invoice.id}/claims`, { body: { format: 'zip', words: '', attachmentIds: [], lang: 'fr', ...input } });
    const waiting = async (who = camille) => (await who.get<Page<WaitingAttachment>>('/attachments')).body.items;
    const faultOf = ({ status, body }: { status: number; body: ProblemDocument }) => [status, body.fields?.[0]?.path, body.fields?.[0]?.code];

    it('are upright, no larger than needed, and say nothing of where and with what they were taken', async () => {
      const { status, body } = await add(await photo({ width: 4000, height: 3000 }));
      assert.equal(status, 200);
      assert.deepEqual([body.name, body.mediaType], ['Mon compteur.jpg', 'image/jpeg']);
      const { body: zip } = await claim({ attachmentIds: [body.id] });
      const kept = Buffer.from(unzipSync(bytesOf(zip))['pieces/1 Mon compteur.jpg'] ?? assert.fail('the photo is in the ZIP'));
      assert.equal(kept.length, body.size);
      const { width, height, exif, orientation } = await sharp(kept).metadata();
      assert.deepEqual([width, height, exif, orientation], [1500, 2000, undefined, undefined]);
      assert.equal(kept.includes('Phone of Camille'), false);
      await remove(body.id);
    });

    it('are kept sealed', async () => {
      const { body } = await add(Buffer.from('%PDF-1.7\nsecret letter\n%%EOF\n'), 'lettre.pdf');
      const row = await server.db.selectFrom('attachment').select('sealed').where('id', '=', body.id).executeTakeFirstOrThrow();
      assert.equal(Buffer.from(row.sealed).includes('secret letter'), false);
      assert.deepEqual((await remove(body.id)).body.items, []);
    });

    it('are refused by what they are, and never taken by their name', async () => {
      assert.deepEqual(faultOf(await add(Buffer.from('<!doctype html><script>alert(1)</script>'), 'photo.jpg')), [422, 'content', 'kind']);
      assert.deepEqual(faultOf(await add((await photo()).subarray(0, 400))), [422, 'content', 'unreadable']);
      assert.deepEqual(faultOf(await add(Buffer.from('%PDF-1.7 that ends'), 'x.pdf')), [422, 'content', 'unreadable']);
      assert.deepEqual(faultOf(await add(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(LARGEST_ATTACHMENT)]))), [422, 'content', 'too-large']);
      const bomb = await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#fff' } }).png({ compressionLevel: 9 }).toBuffer();
      assert.ok(bomb.length < LARGEST_ATTACHMENT);
      assert.deepEqual(faultOf(await add(bomb, 'wall.png')), [422, 'content', 'too-large']);
      const spoilt = await camille.send<ProblemDocument>('POST', '/attachments', { body: { name: 'x.jpg', content: 'no base 64!' } });
      assert.deepEqual(faultOf(spoilt), [422, 'content', 'unreadable']);
      assert.deepEqual(await waiting(), []);
    });

    it('may be as large as is promised, where every other body stays small', async () => {
      const letter = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(LARGEST_ATTACHMENT - 16, 32), Buffer.from('\n%%EOF\n')]);
      assert.equal(letter.length, LARGEST_ATTACHMENT);
      const { status, body } = await add(letter, 'lettre.pdf');
      assert.equal(status, 200);
      await remove(body.id);
      assert.equal((await camille.send('POST', '/attachments', { body: { name: 'x', content: 'A'.repeat(9_000_000) } })).status, 413);
      assert.equal((await claim({ words: 'x'.repeat(100_000) })).status, 413);
    });

    it('are no business of another customer’s', async () => {
      const nadia = new Visitor(server.baseUrl('eneo'));
      await nadia.signInAs('nadia');
      const { body: theirs } = await add(await photo(), 'x.jpg', nadia);
      assert.equal((await remove(theirs.id)).status, 404);
      assert.deepEqual(faultOf(await claim({ attachmentIds: [theirs.id] })), [422, 'attachmentIds', 'unknown']);
      const contested = await camille.send<ProblemDocument>('POST', `${PATH}/${invoice.id}/disputes`, { body: { words: 'x', attachmentIds: [theirs.id] } });
      assert.deepEqual(faultOf(contested), [422, 'attachmentIds', 'unknown']);
      assert.equal((await camille.get<InvoiceDetails>(`${PATH}/${invoice.id}`)).body.dispute, null, 'nothing is contested by halves');
      assert.deepEqual((await waiting(nadia)).map(({ id }) => id), [theirs.id]);
    });

    it('wait for the invoice that they were handed in about, and go with no other', async () => {
      const letter = Buffer.from('%PDF-1.7\n%%EOF\n');
      const { body: about } = await add(letter, 'lettre.pdf', camille, earlier);
      const { body: free } = await add(letter, 'autre.pdf');
      assert.deepEqual(new Map((await waiting()).map(({ id, purpose: of }) => [id, of])), new Map([[about.id, { what: 'claim', contractId: earlier.contractId, invoiceId: earlier.id }], [free.id, undefined]]));
      assert.deepEqual(faultOf(await claim({ attachmentIds: [about.id] })), [422, 'attachmentIds', 'unknown']);
      const contested = await camille.send<ProblemDocument>('POST', `${PATH}/${invoice.id}/disputes`, { body: { words: 'x', attachmentIds: [about.id] } });
      assert.deepEqual(faultOf(contested), [422, 'attachmentIds', 'unknown']);
      assert.equal((await claim({ attachmentIds: [free.id] })).status, 200);
      assert.equal((await camille.send('POST', `${PATH}/${earlier.id}/claims`, { body: { format: 'zip', words: '', attachmentIds: [about.id, free.id], lang: 'fr' } })).status, 200);
      for (const { id } of [about, free]) await remove(id);
    });

    it('are taken for no invoice that is not the customer’s', async () => {
      const nadia = new Visitor(server.baseUrl('eneo'));
      await nadia.signInAs('nadia');
      const refused = await add(Buffer.from('%PDF-1.7\n%%EOF\n'), 'x.pdf', nadia, invoice);
      assert.deepEqual([refused.status, refused.body.kind], [404, 'not-found']);
      const none = await add(Buffer.from('%PDF-1.7\n%%EOF\n'), 'x.pdf', camille, { contractId: invoice.contractId, id: 'EN0000000000' });
      assert.deepEqual([none.status, none.body.kind], [404, 'not-found']);
      assert.deepEqual(await waiting(), []);
    });

    it('are as many for each claim as it takes, whatever waits for another', async () => {
      const letter = Buffer.from('%PDF-1.7\n%%EOF\n');
      const added: string[] = [];
      for (const each of [earlier, invoice]) {
        for (let count = 0; count < MOST_ATTACHMENTS; count++) added.push((await add(letter, 'x.pdf', camille, each)).body.id);
        const { status, body } = await add(letter, 'x.pdf', camille, each);
        assert.deepEqual([status, body.code], [409, 'too-many']);
      }
      for (const id of added) await remove(id);
      assert.deepEqual(await waiting(), []);
    });

    it('are gone after a day when nothing uses them, and as many may wait as four claims need', async () => {
      const { body: first } = await add(await photo());
      now += DAY_MS;
      await camille.signInAs('camille');
      assert.deepEqual(await waiting(), []);
      assert.deepEqual(faultOf(await claim({ attachmentIds: [first.id] })), [422, 'attachmentIds', 'unknown']);
      const small = await photo();
      const added: string[] = [];
      for (let count = 0; count < MOST_WAITING; count++) added.push((await add(small)).body.id);
      const one = await server.db.selectFrom('attachment').select('id').where('id', '=', first.id).executeTakeFirst();
      assert.equal(one, undefined, 'the old one is not even kept');
      const { status, body } = await add(small);
      assert.deepEqual([status, body.code], [409, 'too-many-waiting']);
      for (const id of added) await remove(id);
    });

    it('are gone by themselves too, each night and whenever a server starts, and what still waits stays', async () => {
      const { body: old } = await add(await photo());
      now += DAY_MS - 1;
      await camille.signInAs('camille');
      const { body: young } = await add(await photo());
      now += 1;
      const nights: string[] = [];
      const jobs = { createQueue: async () => {}, send: async () => {}, schedule: async (_: string, cron: string) => void nights.push(cron), work: async (_: string, handle: (data: unknown) => Promise<void>) => handle({}) };
      await startForgetting({ jobs, db: server.db, now: () => now });
      assert.deepEqual((await server.db.selectFrom('attachment').select('id').where('id', 'in', [old.id, young.id]).execute()).map(({ id }) => id), [young.id]);
      const { rows } = await sql<{ cron: string }>`select cron from jobs.schedule where name = 'attachments-sweep'`.execute(server.db);
      assert.deepEqual(rows.map(({ cron }) => cron), nights, 'a running server does it by the same clock');
      await remove(young.id);
    });

    it('tell all of a claim in one ZIP: words, invoice, readings, days, and the half-hours that were agreed to', withReader, async () => {
      const { body: attached } = await add(await photo());
      const words = 'Mon compteur affichait 12 345 le jour du relevé <script>.';
      const { body } = await claim({ words, attachmentIds: [attached.id] });
      assert.equal(body.name, `dossier-${invoice.number}.zip`);
      const files = unzipSync(bytesOf(body));
      const paper = textOf(Buffer.from(files[`dossier-${invoice.number}.pdf`] ?? assert.fail('there is the paper')));
      assert.match(paper.replaceAll(/\s+/g, ' '), /Mon compteur affichait 12 345 le jour du relevé <script>\./);
      const euros = new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(invoice.total / 100);
      assert.ok(paper.replaceAll(/\s/g, '').includes(euros.replaceAll(/\s/g, '')), `the total ${euros} is on paper`);
      assert.match(paper, /juste au centime/);
      assert.match(paper, /Pièce 1 : Mon compteur\.jpg/);
      const csv = (name: string) => Buffer.from(files[name] ?? assert.fail(`${name} is there`)).toString().split('\r\n');
      const energies = invoice.bill.lines.filter(({ what }) => what === 'energy');
      assert.equal(csv('index.csv').length, energies.length + 2, 'a head, a row for each line, an end');
      const days = csv('jours.csv').slice(1, -1).filter((row) => row.includes(invoice.period.from));
      assert.equal(days.length, 1);
      assert.ok(`facture-${invoice.number}.pdf` in files && `facture-${invoice.number}.xml` in files);
      await remove(attached.id);
    });

    it('leave the half-hours out where they were not agreed to, and say so', withReader, async () => {
      const lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
      const path = '/contracts/lucien-electricity/invoices';
      const { items } = (await lucien.get<InvoiceList>(path)).body;
      const { body } = await lucien.send<PortalFile>('POST', `${path}/${items[0]?.id}/claims`, { body: { format: 'zip', words: '', attachmentIds: [], lang: 'en' } });
      const files = unzipSync(bytesOf(body));
      assert.equal('curve.csv' in files, false);
      const [name] = Object.keys(files).filter((each) => each.startsWith('claim-'));
      assert.match(textOf(Buffer.from(files[name ?? ''] ?? assert.fail())).replaceAll(/\s+/g, ' '), /their collection was not agreed to|No half-hour is known/);
    });

    it('go with a dispute and stay there', async () => {
      const { body: attached } = await add(await photo());
      const contest = await camille.send<InvoiceDetails>('POST', `${PATH}/${invoice.id}/disputes`, { body: { words: 'C’est trop.', attachmentIds: [attached.id] } });
      assert.deepEqual([contest.status, contest.body.dispute?.attachments], [200, [attached]]);
      const { body: kept } = await add(Buffer.from('%PDF-1.7\n%%EOF\n'), 'plus tard.pdf');
      const { body: taken } = await camille.send<DataExport>('POST', '/profile/exports', { body: {} });
      assert.deepEqual([taken.disputes?.map(({ invoiceId, attachments }) => [invoiceId, attachments]), taken.attachments], [[[invoice.id, [attached]]], [kept]]);
      await remove(kept.id);
      assert.deepEqual(await waiting(), []);
      assert.equal((await remove(attached.id)).status, 404);
      now += 2 * DAY_MS;
      await camille.signInAs('camille');
      await remove((await add(await photo())).body.id);
      const { body } = await claim({ attachmentIds: [attached.id] });
      assert.ok('pieces/1 Mon compteur.jpg' in unzipSync(bytesOf(body)));
    });

    it('are there for the utility’s people, with the words and the invoice', async () => {
      const dispute = (await openDisputes(server.db)).find(({ number }) => number === invoice.number) ?? assert.fail('it waits for an answer');
      const utilities = new UtilityDirectory(server.db);
      await utilities.load();
      const { utility, paymentTerms } = (await utilities.find('eneo')) ?? assert.fail();
      const files = unzipSync(await disputeZip(dispute, { db: server.db, utility, paymentTerms, now, keys: new Keys(server.db, undefined) }));
      assert.equal(Buffer.from(files['contestation.txt'] ?? []).toString(), 'C’est trop.\n');
      assert.equal((await sharp(files['pieces/1 Mon compteur.jpg']).metadata()).format, 'jpeg');
    });
  });
}

describe('a scanner of what customers attach', () => {
  let clamd: Server;
  let server: TestServer;
  let camille: Visitor;
  let logged = '';

  before(async () => {
    // As clamd speaks: `zINSTREAM`, pieces with their length before them, none of length 0 but the last.
    clamd = createServer((socket) => {
      let got = Buffer.alloc(0);
      socket.on('data', (data) => {
        got = Buffer.concat([got, data]);
        if (got.subarray(-4).equals(Buffer.alloc(4))) socket.end(got.includes('EICAR') ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => clamd.listen(0, '127.0.0.1', resolve));
    const { port } = clamd.address() as { port: number };
    const { Writable } = await import('node:stream');
    const logStream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged += chunk.toString();
        done();
      },
    });
    server = await startTestServer({ config: { attachmentScan: { host: '127.0.0.1', port } }, logStream });
    camille = new Visitor(server.baseUrl('eneo'));
    await camille.signInAs('camille');
  });
  after(async () => {
    await server.stop();
    clamd.close();
  });

  const add = (text: string) => camille.send<WaitingAttachment & ProblemDocument>('POST', '/attachments', { body: { name: 'x.pdf', content: Buffer.from(text).toString('base64') } });

  it('lets through what is clean, and refuses what is not', async () => {
    assert.equal((await add('%PDF-1.7\nclean\n%%EOF')).status, 200);
    const { status, body } = await add('%PDF-1.7\nEICAR\n%%EOF');
    assert.deepEqual([status, body.fields?.[0]?.code], [422, 'infected']);
  });

  it('that is away keeps files out, asks to come again, and the log says why', async () => {
    await new Promise<void>((resolve) => clamd.close(() => resolve()));
    const { status, body, headers } = await add('%PDF-1.7\nclean\n%%EOF');
    assert.deepEqual([status, body.kind, body.code, headers.get('retry-after')], [503, 'unavailable', 'scanner-away', '60']);
    assert.match(logged, /attachment scanner/);
  });
});
