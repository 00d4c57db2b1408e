import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Activity, InvoiceDetails, InvoiceList, Output, Page, PortalFile, ProblemDocument } from '@oya/contract';
import { findPersona, invoicesOf } from '@oya/personas';
import { unzipSync } from 'fflate';
import { asOperator as asOperatorOf } from '../../test/billing-office.ts';
import { Visitor } from '../../test/visitor.ts';
import type { MailPlace } from '../command-mail.ts';
import { answerDispute, openDisputes } from '../invoices/disputes.ts';
import { readIssuedInvoice, takeInvoice, type IssuedInvoice } from '../invoices/take-invoices.ts';
import { LineRefused } from '../taken-lines.ts';
import { seed } from '../seed.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const PATH = '/contracts/lucien-electricity/invoices';
const DAY_MS = 86_400_000;

/** The next invoice of Lucien's, as billing would hand it over. */
function nextInvoice(): IssuedInvoice {
  const lucien = findPersona('lucien');
  const [contract] = lucien.contracts;
  assert.ok(contract);
  const { number, kind, issuedOn, dueOn, bill } = invoicesOf(lucien, contract, '2026-12-13T08:00:00Z').at(-1) ?? assert.fail();
  return { number, contract: contract.number, kind, issuedOn, dueOn, bill, nextOn: '2027-01-12' };
}

for (const engine of testEngines()) {
  describe(`invoices, on ${engine.name}`, () => {
    let server: TestServer;
    let lucien: Visitor;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now });
      lucien = new Visitor(server.baseUrl('eneo'));
      await lucien.signInAs('lucien');
    });
    after(() => server.stop());

    const list = async (question = '') => (await lucien.get<InvoiceList>(`${PATH}${question}`)).body;
    const asOperator = <T>(work: (place: MailPlace) => Promise<T>) => asOperatorOf(server, now, work);
    const take = (invoice: IssuedInvoice) =>
      asOperator(async (place) => takeInvoice(place, (await place.utilities.find('eneo'))?.utility ?? assert.fail(), readIssuedInvoice(JSON.stringify(invoice))));

    it('are the same after the demo was filled once more, and what has become of them since is there', async () => {
      const before = await list();
      await seed(server.db, { now });
      assert.deepEqual(await list(), before);
      const camille = new Visitor(server.baseUrl('eneo'));
      await camille.signInAs('camille');
      const path = '/contracts/camille-electricity/invoices';
      assert.equal((await camille.get<InvoiceList>(path)).body.items[0]?.state, 'debit-planned');
      await seed(server.db, { now: now + 4 * DAY_MS });
      assert.equal((await camille.get<InvoiceList>(path)).body.items[0]?.state, 'paid', 'the bank was debited');
    });

    it('are those of the contract’s holder alone', async () => {
      const lea = new Visitor(server.baseUrl('sicae'));
      await lea.signInAs('lea');
      const { status, body } = await lea.get<ProblemDocument>('/contracts/helene-second-electricity/invoices');
      assert.deepEqual([status, body.kind], [403, 'forbidden']);
      const numbers = (await list()).items.map(({ id }) => id);
      const own = await lea.get<ProblemDocument>(`/contracts/lea-electricity/invoices/${numbers[0]}`);
      assert.equal(own.status, 404);
    });

    it('open once by a link, within a minute, in a tab that has no session', async () => {
      const [invoice] = (await list()).items;
      const link = async () => (await lucien.send<Output<'createInvoiceLink'>>('POST', `${PATH}/${invoice?.id}/links`, { body: { lang: 'fr' } })).body;
      const { url, expiresAt } = await link();
      assert.equal(Date.parse(expiresAt) - now, 60_000);
      assert.ok(url.startsWith(`${server.url}/eneo/v1/documents/`));
      const opened = await fetch(url);
      assert.deepEqual([opened.status, opened.headers.get('content-type'), opened.headers.get('cache-control')], [200, 'application/pdf', 'private, no-store']);
      assert.match(opened.headers.get('content-disposition') ?? '', /^inline; filename="facture-EN2611000202.pdf"$/);
      assert.equal(Buffer.from(await opened.arrayBuffer()).subarray(0, 5).toString(), '%PDF-');
      const again = await fetch(url);
      assert.equal(again.status, 410);
      assert.match(await again.text(), /ne sert qu’une fois/);
      const late = await link();
      now += 60_000;
      assert.equal((await fetch(late.url)).status, 410);
      const elsewhere = (await link()).url.replace('/eneo/', '/sicae/');
      assert.equal((await fetch(elsewhere)).status, 410);
      const { rows } = await server.db.selectFrom('invoice_link').selectAll().execute().then((found) => ({ rows: found }));
      assert.ok(rows.every((row) => !Object.values(row).some((value) => url.includes(String(value)) && String(value).length > 20)), 'the secret itself is kept nowhere');
    });

    it('are kept together in one archive', async () => {
      const ids = (await list()).items.slice(0, 4).map(({ id }) => id);
      const { body } = await lucien.send<PortalFile>('POST', `${PATH}/archives`, { body: { invoiceIds: [...ids, ids[0]], lang: 'en' } });
      assert.deepEqual(Object.keys(unzipSync(Buffer.from(body.content, 'base64'))), ids.map((id) => `bill-${id}.pdf`));
    });

    it('are contested once however often it is asked at the same moment, until they are answered', async () => {
      const invoice = (await list('?show=to-pay&order=oldest')).items[0] ?? assert.fail();
      const contest = (words: string) => lucien.send<InvoiceDetails & ProblemDocument>('POST', `${PATH}/${invoice.id}/disputes`, { body: { words } });
      const answers = await Promise.all(['Une fois.', 'Deux fois.'].map(contest));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
      assert.equal((await list()).overdueSince, null, 'what is contested is not overdue');
      const open = await openDisputes(server.db);
      assert.ok(open.some(({ number }) => number === invoice.id));
      assert.equal(await asOperator((place) => answerDispute(place, 'eneo', invoice.id, 'Le compteur a été relevé : l’index est juste.')), true);
      assert.equal(await asOperator((place) => answerDispute(place, 'eneo', invoice.id, 'Encore.')), false);
      const { body } = await lucien.get<InvoiceDetails>(`${PATH}/${invoice.id}`);
      assert.deepEqual([body.state, body.dispute?.answer], ['overdue', 'Le compteur a été relevé : l’index est juste.']);
      const mails = (await server.mails()).filter(({ subject }) => subject.includes(invoice.id));
      assert.deepEqual(mails.map(({ to }) => to), ['lucien.fabre@example.org']);
      const { items } = (await lucien.get<Page<Activity>>('/profile/activity?group=payments')).body;
      assert.deepEqual(items.slice(0, 2).map(({ kind, by }) => [kind, by.role]), [['dispute-answered', 'utility'], ['invoice-contested', 'self']]);
      assert.equal(items.filter(({ kind }) => kind === 'dispute-answered').length, 1);
    });

    it('come in from billing once, are told by mail, and change never again', async () => {
      const invoice = nextInvoice();
      const told = async () => (await server.mails()).filter(({ text }) => text.includes(invoice.number));
      assert.equal(await take(invoice), 'taken');
      assert.equal((await list()).items[0]?.id, invoice.number);
      assert.equal((await list()).nextOn, '2027-01-12');
      const [mail, ...more] = await told();
      assert.equal(more.length, 0);
      assert.equal(mail?.to, 'lucien.fabre@example.org');
      assert.equal(await take(invoice), 'known');
      await assert.rejects(take({ ...invoice, issuedOn: '2026-12-11' }), LineRefused);
      assert.equal((await told()).length, 1);
    });

    it('are not taken where they do not add up, or name what is not there', async () => {
      const invoice = nextInvoice();
      const { bill } = invoice;
      const wrong: [Partial<IssuedInvoice> | object, RegExp][] = [
        [{ bill: { ...bill, totals: { ...bill.totals, total: bill.totals.total + 1 } } }, /does not add up/],
        [{ number: 'E1' }, /number/],
        [{ contract: 'nobody’s' }, /there is no contract “nobody’s”/],
        [{ dueOn: null }, /say until when/],
        [{ dueOn: '2026-12-01' }, /due before it was issued/],
        [{ kind: 'credit-note' }, /names the invoice that it is about/],
        [{ kind: 'credit-note', about: 'ZZ0000000000' }, /take that one in first/],
      ];
      for (const [change, says] of wrong) await assert.rejects(async () => take({ ...invoice, number: 'EN2612999999', ...change } as IssuedInvoice), (error: unknown) => error instanceof LineRefused && says.test(error.message), says.source);
      assert.throws(() => readIssuedInvoice('{"number"'), /not JSON/);
    });
  });
}
