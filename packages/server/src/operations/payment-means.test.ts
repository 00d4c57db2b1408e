import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { instalmentRange, type Activity, type DataExport, type InstalmentPlan, type InvoiceDetails, type InvoiceList, type Page, type PaymentMeansDetails, type ProblemDocument } from '@oya/contract';
import { findPersona, paymentTermsOf } from '@oya/personas';
import { asOperator } from '../../test/billing-office.ts';
import { Visitor } from '../../test/visitor.ts';
import { Keys } from '../identity/keys.ts';
import { instalmentChanges, readIssuedInstalments, takeInstalments } from '../invoices/instalments.ts';
import { answerPlan, askedPlans, mandatesInForce } from '../invoices/payment-means.ts';
import { seed } from '../seed.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const IBAN = 'FR1420041010050500013M02606';

for (const engine of testEngines()) {
  describe(`payment means, on ${engine.name}`, () => {
    let server: TestServer;
    let camille: Visitor;
    let lucien: Visitor;

    before(async () => {
      server = await startTestServer({ engine, now: () => SEEDED_AT });
      [camille, lucien] = [new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo'))];
      await camille.signInAs('camille');
      await lucien.signInAs('lucien');
    });
    after(() => server.stop());

    const of = async (visitor: Visitor, contractId: string) => (await visitor.get<PaymentMeansDetails>(`/contracts/${contractId}/payment-means`)).body;
    const sign = (visitor: Visitor, contractId: string, body: object) => visitor.send<PaymentMeansDetails & ProblemDocument>('POST', `/contracts/${contractId}/mandate`, { body });
    const { password: currentPassword } = findPersona('camille');

    it('are told with the mandate that the contract was signed with, and what the utility takes', async () => {
      const { means, mandate, terms, plans } = await of(camille, 'camille-electricity');
      assert.deepEqual([means, mandate?.creditor, mandate?.account, mandate?.signedOn, plans], [{ kind: 'sepa-debit', accountEnd: '4821' }, 'ENEO', undefined, findPersona('camille').contracts[0]?.from, []]);
      assert.ok(terms.transfer && terms.cheque && terms.energyVoucher && terms.plans);
    });

    it('change with a mandate that its customer signs, proves and is told of; the account is hidden everywhere but from the bank', async () => {
      const { body: before } = await sign(camille, 'camille-electricity', { accountHolder: 'Camille Durand', iban: IBAN.replace('0505', '0506'), currentPassword });
      assert.deepEqual(before.fields?.map(({ path, code }) => [path, code]), [['iban', 'digits']]);
      assert.equal((await sign(camille, 'camille-electricity', { accountHolder: 'Camille Durand', iban: IBAN })).status, 403, 'without the password');
      assert.equal((await sign(camille, 'camille-electricity', { accountHolder: 'Camille Durand', iban: IBAN, currentPassword: 'wrong' })).status, 422);
      assert.equal((await of(camille, 'camille-electricity')).means.accountEnd, '4821', 'nothing has changed');

      const { status, body } = await sign(camille, 'camille-electricity', { accountHolder: 'Camille Durand', iban: 'fr14 2004 1010 0505 0001 3m02 606', currentPassword });
      assert.equal(status, 200);
      assert.deepEqual([body.means, body.mandate?.account, body.mandate?.signedOn], [{ kind: 'sepa-debit', accountEnd: '2606' }, 'FR14 •••• •••• •••• •••• •••2 606', '2026-11-24']);
      assert.match(body.mandate?.reference ?? '', /-2$/, 'another mandate has another reference');
      const kept = JSON.stringify(await server.db.selectFrom('mandate').selectAll().execute());
      assert.ok(!kept.includes(IBAN) && !kept.includes(IBAN.slice(6, 20)), 'the database keeps it sealed');
      const [mandate, ...more] = (await mandatesInForce(server.db, new Keys(server.db, undefined), 'eneo')).filter(({ accountHolder, iban }) => accountHolder === 'Camille Durand' && iban !== null);
      assert.deepEqual([mandate?.iban, mandate?.reference, more], [IBAN, body.mandate?.reference, []]);
      const mails = (await server.mails()).filter(({ to, subject }) => to === findPersona('camille').email && subject.includes('mandat'));
      assert.equal(mails.length, 1);
      assert.ok(mails[0]?.text.includes('•••2 606') && !mails[0].text.includes(IBAN.slice(4, 20)));
      await seed(server.db, { now: SEEDED_AT });
      assert.equal((await of(camille, 'camille-electricity')).means.accountEnd, '2606', 'the demo does not take it back');
    });

    it('go back to the customer’s own ways when the mandate is revoked, once', async () => {
      const revoke = () => camille.send<PaymentMeansDetails>('DELETE', '/contracts/camille-electricity/mandate');
      const { body } = await revoke();
      assert.deepEqual([body.means, body.mandate], [{ kind: 'unknown' }, null]);
      assert.equal((await revoke()).status, 409);
      const { items } = (await camille.get<InvoiceList>('/contracts/camille-electricity/invoices')).body;
      assert.ok(items.every(({ state }) => state !== 'debit-planned'));
    });

    it('let what is overdue be paid in parts, asked for once, answered by the utility', async () => {
      const overdue = (await lucien.get<InvoiceList>('/contracts/lucien-electricity/invoices')).body.items.filter(({ state }) => state === 'overdue');
      const [invoice] = overdue;
      assert.ok(invoice);
      const ask = (body: object) => lucien.send<PaymentMeansDetails & ProblemDocument>('POST', '/contracts/lucien-electricity/payment-plans', { body: { invoiceIds: [invoice.id], parts: 2, words: '', ...body } });
      assert.deepEqual((await ask({ parts: 36 })).body.fields?.map(({ code }) => code), ['not-offered']);
      assert.deepEqual((await ask({ invoiceIds: ['no-invoice'] })).body.fields?.map(({ code }) => code), ['not-overdue']);
      const answers = await Promise.all([ask({ words: 'Je cherche du travail.' }), ask({})]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
      const { plans } = await of(lucien, 'lucien-electricity');
      const [plan] = plans;
      assert.ok(plan && plans.length === 1);
      assert.deepEqual([plan.state, plan.amount, plan.invoices, plan.parts.reduce((total, { amount }) => total + amount, 0)], ['asked', invoice.balance, [invoice.number], invoice.balance]);

      assert.deepEqual((await askedPlans(server.db)).map(({ id }) => id), [plan.id]);
      assert.equal(await asOperator(server, SEEDED_AT, (place) => answerPlan(place, plan.id, 'refused', 'Un acompte est nécessaire.')), true);
      assert.equal(await asOperator(server, SEEDED_AT, (place) => answerPlan(place, plan.id, 'accepted', undefined)), false);
      assert.deepEqual((await of(lucien, 'lucien-electricity')).plans.map(({ state, answer }) => [state, answer]), [['refused', 'Un acompte est nécessaire.']]);
      const { items: [answered, asked] } = (await lucien.get<Page<Activity>>('/profile/activity?group=payments')).body;
      assert.deepEqual([answered?.kind, answered?.by, asked?.kind], ['payment-plan-refused', { role: 'utility', name: 'ENEO' }, 'payment-plan-asked']);
      assert.ok((await server.mails()).some(({ to, subject }) => to === findPersona('lucien').email && subject.includes('échéancier')));

      const { status, body: { plans: [again] } } = await ask({});
      assert.equal(status, 200);
      const withdraw = () => lucien.send<PaymentMeansDetails>('DELETE', `/contracts/lucien-electricity/payment-plans/${again?.id ?? ''}`);
      const withdrawn = await withdraw();
      assert.equal(withdrawn.status, 200, JSON.stringify(withdrawn.body));
      assert.equal(withdrawn.body.plans[0]?.state, 'withdrawn');
      assert.equal((await withdraw()).status, 409);
    });

    it('are told where the invoice is, once a plan is accepted: it is late no more, until a part is missed', async () => {
      const [invoice] = (await lucien.get<InvoiceList>('/contracts/lucien-electricity/invoices')).body.items.filter(({ state }) => state === 'overdue');
      assert.ok(invoice);
      const { body: { plans: [plan] } } = await lucien.send<PaymentMeansDetails>('POST', '/contracts/lucien-electricity/payment-plans', { body: { invoiceIds: [invoice.id], parts: 2, words: '' } });
      assert.ok(plan);
      const now = async () => {
        const { items, overdueSince } = (await lucien.get<InvoiceList>('/contracts/lucien-electricity/invoices')).body;
        const { body: one } = await lucien.get<InvoiceDetails>(`/contracts/lucien-electricity/invoices/${invoice.id}`);
        const { state, planned } = items.find(({ id }) => id === invoice.id) ?? assert.fail();
        assert.deepEqual([one.state, one.planned], [state, planned]);
        return { state, planned, overdueSince };
      };
      assert.deepEqual(await now(), { state: 'overdue', planned: undefined, overdueSince: invoice.dueOn });
      assert.equal(await asOperator(server, SEEDED_AT, (place) => answerPlan(place, plan.id, 'accepted', undefined)), true);
      const [first, last] = plan.parts;
      assert.deepEqual(await now(), { state: 'planned', planned: { nextOn: first?.dueOn, amount: first?.amount, until: last?.dueOn }, overdueSince: null });
      await server.db.updateTable('payment_plan').set({ parts: JSON.stringify([{ ...first, dueOn: '2026-11-23' }, last]) }).where('id', '=', plan.id).execute();
      assert.deepEqual(await now(), { state: 'overdue', planned: undefined, overdueSince: invoice.dueOn });
      await server.db.updateTable('payment_plan').set({ parts: JSON.stringify(plan.parts) }).where('id', '=', plan.id).execute();
    });

    it('are among what their customers take away: every mandate there has been, its account hidden, and every plan with its answer', async () => {
      const taken = async (visitor: Visitor) => (await visitor.send<DataExport>('POST', '/profile/exports', { body: {} })).body;
      const { mandates, ...rest } = await taken(camille);
      assert.deepEqual(mandates?.map(({ contractId, account, revokedOn }) => [contractId, account, revokedOn]), [
        ['camille-electricity', 'FR14 •••• •••• •••• •••• •••2 606', '2026-11-24'],
        ['camille-electricity', undefined, '2026-11-24'],
      ]);
      assert.ok(!JSON.stringify([mandates, rest]).includes(IBAN));
      const { paymentPlans } = await taken(lucien);
      assert.deepEqual(paymentPlans?.map(({ state, answer, contractId }) => [state, answer, contractId]), [['accepted', null, 'lucien-electricity'], ['withdrawn', null, 'lucien-electricity'], ['refused', 'Un acompte est nécessaire.', 'lucien-electricity']]);
    });

    describe('instalments', () => {
      let marc: Visitor;
      const CONTRACT = '/contracts/marc-electricity';
      before(async () => {
        marc = new Visitor(server.baseUrl('sicae'));
        await marc.signInAs('marc');
      });

      const planOf = async () => (await marc.get<InvoiceList>(`${CONTRACT}/invoices`)).body.plan ?? assert.fail('there is no plan');
      const change = (amount: number) => marc.send<InstalmentPlan & ProblemDocument>('PUT', `${CONTRACT}/instalments`, { body: { amount } });
      const amounts = ({ instalments }: InstalmentPlan) => instalments.map(({ amount }) => amount);

      it('are changed by their customer within the utility’s terms, from the first that the bank has not been told of; billing and the customer are told', async () => {
        const before = await planOf();
        const range = instalmentRange(before, paymentTermsOf('sicae'), '2026-11-24') ?? assert.fail('nothing can be changed');
        for (const amount of [range.least - 100, range.most + 100, range.least + 1]) assert.deepEqual((await change(amount)).body.fields?.map(({ path, code }) => [path, code]), [['amount', 'not-offered']], String(amount));
        const { status, body } = await change(range.most);
        assert.equal(status, 200);
        assert.deepEqual(amounts(body), before.instalments.map(({ amount, dueOn }) => (dueOn >= range.firstOn ? range.most : amount)));
        assert.deepEqual(await planOf(), body, 'as the list tells it from then on');
        assert.equal(body.agreed, range.current);
        assert.deepEqual((await instalmentChanges(server.db, 'sicae', new Date(0))).map(({ from, before: was, amount }) => [from, was, amount]), [[range.firstOn, range.current, range.most]]);
        assert.deepEqual(await instalmentChanges(server.db, 'sicae', new Date(SEEDED_AT + 86_400_000)), [], 'nothing since tomorrow');
        assert.ok((await server.mails()).some(({ to, subject }) => to === findPersona('marc').email && subject === 'Vos mensualités ont changé'));
        const { items } = (await marc.get<{ items: Activity[] }>('/profile/activity')).body;
        assert.equal(items[0]?.kind, 'instalments-changed');
      });

      it('stay within what was agreed at first, also when two changes come at once', async () => {
        const range = instalmentRange(await planOf(), paymentTermsOf('sicae'), '2026-11-24') ?? assert.fail('nothing can be changed');
        assert.equal((await change(range.most + 100)).status, 422);
        assert.deepEqual((await Promise.all([change(range.least), change(range.most)])).map(({ status }) => status), [200, 200]);
        const noted = await instalmentChanges(server.db, 'sicae', new Date(0));
        assert.equal(noted.at(-1)?.before, noted.at(-2)?.amount, 'the second came after the first');
        assert.equal((await planOf()).agreed, (await planOf()).instalments[0]?.amount);
      });

      it('are nobody else’s to change, and none where a contract has none', async () => {
        const elsewhere = await new Visitor(server.baseUrl('sicae')).send('PUT', `${CONTRACT}/instalments`, { body: { amount: 8000 } });
        assert.equal(elsewhere.status, 401);
        assert.equal((await lucien.send('PUT', '/contracts/lucien-electricity/instalments', { body: { amount: 8000 } })).status, 409);
      });

      it('are taken in from billing, whose word takes the place of what it said before', async () => {
        const { number } = findPersona('marc').contracts[0] ?? assert.fail();
        const { utility } = (await asOperator(server, SEEDED_AT, ({ utilities }) => utilities.find('sicae'))) ?? assert.fail();
        const line = { contract: number, period: { from: '2026-11-01', to: '2027-11-01' }, settlementOn: '2027-11-12', means: 'sepa-debit', instalments: [{ dueOn: '2026-12-20', amount: 10_000, paidOn: null }, { dueOn: '2027-01-20', amount: 10_000, paidOn: null }] };
        const take = (given: object) => takeInstalments(server.db, utility, readIssuedInstalments(JSON.stringify(given)));
        assert.deepEqual([await take(line), await take(line)], ['taken', 'known']);
        assert.deepEqual(amounts(await planOf()), [10_000, 10_000]);
        const paid = { ...line, instalments: line.instalments.map((instalment, at) => ({ ...instalment, paidOn: at === 0 ? '2026-12-20' : null })) };
        assert.equal(await take(paid), 'taken');
        assert.equal((await planOf()).instalments[0]?.paidOn, '2026-12-20');
        await assert.rejects(() => take({ ...line, contract: 'SI-0' }), /no contract “SI-0”/);
        await assert.rejects(() => take({ ...line, settledBy: 'SI2611000000' }), /take that one in first/);
        const read = (given: object) => () => readIssuedInstalments(JSON.stringify({ ...line, ...given }));
        assert.throws(read({ instalments: [] }), /instalments/);
        assert.throws(read({ instalments: line.instalments.toReversed() }), /order of their days/);
        assert.throws(read({ period: { from: '2027-01-01', to: '2026-01-01' } }), /ends before it begins/);
        assert.throws(() => readIssuedInstalments('{'), /not JSON/);
      });
    });
  });
}
