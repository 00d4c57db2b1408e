import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AccessGrant, Contract, ContractDetails, ProblemDocument } from '@oya/contract';
import { findPersona, papersOf, prospects } from '@oya/personas';
import { Visitor, type Answer } from '../../test/visitor.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const HOUSE = 'helene-second-electricity';
const LAST_DAY = Date.parse('2027-06-30T21:00:00Z');

for (const engine of testEngines()) {
  describe(`contracts, on ${engine.name}`, () => {
    let server: TestServer;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now, config: { origins: { sicae: ['https://www.sicae.example'] } } });
    });
    after(() => server.stop());

    async function as(id: string): Promise<Visitor> {
      const visitor = new Visitor(server.baseUrl(findPersona(id).utility));
      await visitor.signInAs(id);
      return visitor;
    }

    function invite(visitor: Visitor, email: string, until: string | null = null): Promise<Answer<AccessGrant & ProblemDocument>> {
      return visitor.send('POST', `/contracts/${HOUSE}/access`, { body: { email, until, language: 'fr' } });
    }

    function add(visitor: Visitor, proof: object): Promise<Answer<Contract & ProblemDocument>> {
      return visitor.send('POST', '/contracts', { body: { proof } });
    }

    async function idsOf(visitor: Visitor): Promise<string[]> {
      return (await visitor.get<{ items: Contract[] }>('/contracts')).body.items.map(({ id }) => id);
    }

    async function lastMail(to: string) {
      return (await server.mails()).filter((mail) => mail.to === to).at(-1) ?? assert.fail(`no mail to ${to}`);
    }

    /** What the link of an invitation holds. */
    async function secretTo(address: string): Promise<string> {
      const { text } = await lastMail(address);
      return /#oya-access=([\w-]+)/.exec(text)?.[1] ?? assert.fail(text);
    }

    it('are told in full, as their papers tell them', async () => {
      const [contract] = findPersona('camille').contracts;
      assert.ok(contract);
      const { body } = await (await as('camille')).get<ContractDetails>(`/contracts/${contract.id}`);
      const { prices, ...papers } = papersOf(contract);
      assert.deepEqual({ ...body, prices: undefined }, { contract, role: { role: 'holder' }, prices: undefined, ...papers });
      const key = ({ what, from }: { what: string; from: string }) => `${from} ${what}`;
      assert.deepEqual(new Map(body.prices.map((price) => [key(price), price])), new Map(prices.map((price) => [key(price), price])));
    });

    it('are read by whom the holder lets, without how they are paid, and managed by the holder alone', async () => {
      const lea = await as('lea');
      assert.deepEqual(await idsOf(lea), [HOUSE, 'lea-electricity']);
      const { body } = await lea.get<ContractDetails>(`/contracts/${HOUSE}`);
      assert.deepEqual([body.role, body.payment], [{ role: 'reader', until: '2027-06-30' }, null]);
      assert.equal((await lea.get(`/contracts/${HOUSE}/meters`)).status, 200);
      assert.equal((await lea.get('/meters/helene-second-linky/consumption?resolution=day&from=2026-11-01&to=2026-11-08')).status, 200);
      for (const answer of [await lea.get(`/contracts/${HOUSE}/access`), await invite(lea, 'marc.assie@example.org'), await lea.send('DELETE', `/contracts/${HOUSE}/access/helene-to-tenant`)]) {
        assert.equal(answer.status, 403, answer.text);
      }
    });

    it('are opened by mail, accepted by one person, told to the holder, and closed again', async () => {
      const [helene, marc, lea] = [await as('helene'), await as('marc'), await as('lea')];
      const { body: grant } = await invite(helene, ' Marc.Assie@example.org ', '2026-12-31');
      assert.deepEqual([grant.email, grant.state, grant.name, grant.until], ['m•••••@example.org', 'invited', null, '2026-12-31']);
      const secret = await secretTo('marc.assie@example.org');
      const { text } = await lastMail('marc.assie@example.org');
      assert.match(text, /jusqu’au 31 décembre 2026/);
      assert.match(text, /https:\/\/www\.sicae\.example\/espace-client#oya-access=/);

      assert.equal((await helene.send('POST', `/access-invitations/${secret}`, { body: {} })).status, 409);
      const accepted = await marc.send<Contract>('POST', `/access-invitations/${secret}`, { body: {} });
      assert.equal(accepted.body.id, HOUSE, accepted.text);
      assert.equal((await lea.send('POST', `/access-invitations/${secret}`, { body: {} })).status, 404);
      assert.equal((await marc.send('POST', `/access-invitations/${secret}`, { body: {} })).status, 200);
      assert.match((await lastMail('helene.cazals@example.org')).subject, /Marc Assié voit maintenant votre contrat/);
      assert.ok((await idsOf(marc)).includes(HOUSE));

      const { items } = (await helene.get<{ items: AccessGrant[] }>(`/contracts/${HOUSE}/access`)).body;
      assert.deepEqual(items.find(({ id }) => id === grant.id)?.name, 'Marc Assié');
      assert.equal((await helene.send<AccessGrant>('DELETE', `/contracts/${HOUSE}/access/${grant.id}`)).body.state, 'ended');
      assert.deepEqual(await idsOf(marc), ['marc-electricity']);
      assert.equal((await marc.send('POST', `/access-invitations/${secret}`, { body: {} })).status, 404);
      assert.match((await lastMail('marc.assie@example.org')).subject, /ne partage plus/);
    });

    it('keep of an invitation only what cannot open it', async () => {
      await invite(await as('helene'), 'louise@example.org');
      const secret = await secretTo('louise@example.org');
      const rows = await server.db.selectFrom('access_grant').selectAll().execute();
      assert.doesNotMatch(JSON.stringify(rows), new RegExp(secret));
    });

    it('are not opened to oneself, for days that are over, or twice to one address', async () => {
      const helene = await as('helene');
      assert.deepEqual((await invite(helene, 'HELENE.cazals@example.org')).body.fields, [{ path: 'email', code: 'own' }]);
      assert.deepEqual((await invite(helene, 'marc@example.org', '2026-11-23')).body.fields, [{ path: 'until', code: 'past' }]);
      assert.equal((await invite(helene, 'famille.moreau@example.org')).status, 409);
      assert.equal((await invite(helene, 'gestion@example.org')).status, 200, 'what has ended can begin anew');
    });

    it('send no mail to a whole village', async () => {
      const helene = await as('helene');
      const statuses: number[] = [];
      for (let count = 0; count < 32; count++) statuses.push((await invite(helene, `neighbour-${count}@example.org`)).status);
      assert.equal(statuses.at(-1), 429);
    });

    it('are added with an invoice, once, and refused alike to everybody else', async () => {
      const paul = prospects.find(({ id }) => id === 'paul') ?? assert.fail('Paul is gone');
      const invoice = { kind: 'invoice', number: paul.invoice.number, total: paul.invoice.totalCents };
      const [camille, lucien] = [await as('camille'), await as('lucien')];
      const added = await add(camille, invoice);
      assert.equal(added.body.id, 'paul-electricity', added.text);
      assert.deepEqual(await idsOf(camille), ['camille-electricity', 'paul-electricity']);
      assert.equal((await camille.get('/meters/paul-linky/consumption?resolution=day&from=2026-11-01&to=2026-11-08')).status, 200);
      assert.equal((await add(camille, invoice)).status, 409);

      const held = await add(lucien, invoice);
      const wrong = await add(lucien, { ...invoice, total: 1 });
      const facts = ({ status, body: { kind, code, detail } }: Answer<ProblemDocument>) => [status, kind, code, detail];
      assert.deepEqual(facts(held), facts(wrong));
      assert.equal(held.body.code, 'proof-refused');
      assert.match((await lastMail('camille.durand@example.org')).text, /la demande a été refusée/);
    });

    it('cannot be guessed', async () => {
      const odette = await as('odette');
      const statuses: number[] = [];
      for (let count = 0; count < 5; count++) statuses.push((await add(odette, { kind: 'invoice', number: 'EN0000000000', total: count + 1 })).status);
      assert.deepEqual(statuses.slice(-1), [429]);
    });

    it('are noted where something was done to them', async () => {
      const rows = await server.db.selectFrom('audit_event').select('kind').execute();
      for (const kind of ['contract-added', 'access-given', 'access-accepted', 'access-taken-back']) assert.ok(rows.some((row) => row.kind === kind), kind);
    });

    // Last: what is counted and remembered stands in the future from then on.
    it('are read no longer after the last day', async () => {
      now = LAST_DAY;
      assert.ok((await idsOf(await as('lea'))).includes(HOUSE));
      now = LAST_DAY + 3_600_000;
      const lea = await as('lea');
      assert.deepEqual(await idsOf(lea), ['lea-electricity']);
      assert.equal((await lea.get(`/contracts/${HOUSE}`)).status, 404);
      assert.equal((await lea.get('/meters/helene-second-linky/consumption?resolution=day&from=2026-11-01&to=2026-11-08')).status, 404);
    });
  });
}
