import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { instalmentRange, type Consent, type InvoiceDetails, type InvoiceList, type MeterReading, type MeterReadings, type Page, type PaymentMeansDetails, type ServiceRequest } from '@oya/contract';
import { findPersona, paymentTermsOf } from '@oya/personas';
import { webhooksTold } from '../../test/told.ts';
import { Visitor } from '../../test/visitor.ts';
import { decideConsents } from '../identity/consents.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

type Told = Awaited<ReturnType<typeof webhooksTold>>;

for (const engine of testEngines()) {
  describe(`what customers do is told where it happens, on ${engine.name}`, () => {
    let server: TestServer;
    let told: Told;
    let toldSicae: Told;

    before(async () => {
      server = await startTestServer({ engine });
      told = await webhooksTold(server.db);
      toldSicae = await webhooksTold(server.db, 'sicae');
    });
    after(() => server.stop());
    beforeEach(async () => void (await told()));

    const visit = async (persona: string, utility = 'eneo') => {
      const visitor = new Visitor(server.baseUrl(utility));
      await visitor.signInAs(persona);
      return visitor;
    };

    it('consents, from given to withdrawn and back', async () => {
      const lucien = await visit('lucien');
      const PATH = '/meters/lucien-linky/consents';
      const consents = (await lucien.get<Page<Consent>>(PATH)).body.items.slice(0, 2);
      await lucien.send('POST', PATH, { body: { choices: consents.map(({ purpose, text: { version: textVersion } }) => ({ purpose, textVersion })) } });
      const given = await told();
      const about = { contractId: 'lucien-electricity', meterId: 'lucien-linky' };
      assert.deepEqual(given.map(({ type, data: { eventId, ...data } }) => [type, data, typeof eventId]), consents.map(({ purpose }) => ['consent.given', { ...about, purpose }, 'string']));

      const { key } = await server.db.selectFrom('meter').select('key').where('id', '=', 'lucien-linky').executeTakeFirstOrThrow();
      await decideConsents(server.db, { key, utilityId: 'eneo' }, 'active', SEEDED_AT);
      assert.deepEqual((await told()).map(({ type, data }) => [type, data['purpose']]), consents.map(({ purpose }) => ['consent.active', purpose]));

      const [recording] = consents;
      const withdrawn = await lucien.send('POST', `${PATH}/withdrawals`, { body: { purpose: recording?.purpose, erase: true } });
      assert.equal(withdrawn.status, 200, withdrawn.text);
      assert.deepEqual((await told()).map(({ type, data }) => [type, data['purpose']]), consents.map(({ purpose }) => ['consent.withdrawn', purpose]), 'nothing is collected that is not recorded');
      await lucien.send('POST', `${PATH}/restorations`, { body: { purpose: recording?.purpose } });
      assert.deepEqual((await told()).map(({ type, data }) => `${type} ${String(data['purpose'])}`).toSorted(), consents.map(({ purpose }) => `consent.restored ${purpose}`).toSorted());
    });

    it('mandates', async () => {
      const camille = await visit('camille');
      const { password: currentPassword } = findPersona('camille');
      const sign = () => camille.send<PaymentMeansDetails>('POST', '/contracts/camille-electricity/mandate', { body: { accountHolder: 'Camille Durand', iban: 'FR1420041010050500013M02606', currentPassword } });
      const { body } = await sign();
      const data = { contractId: 'camille-electricity', reference: body.mandate?.reference };
      assert.deepEqual(await told(), [{ type: 'mandate.signed', data }]);
      const revoke = () => camille.send('DELETE', '/contracts/camille-electricity/mandate');
      await revoke();
      await revoke();
      assert.deepEqual(await told(), [{ type: 'mandate.revoked', data }], 'once');
    });

    it('plans, and invoices that are contested', async () => {
      const lucien = await visit('lucien');
      const CONTRACT = '/contracts/lucien-electricity';
      const invoice = (await lucien.get<InvoiceList>(`${CONTRACT}/invoices`)).body.items.find(({ state }) => state === 'overdue') ?? assert.fail();
      const ask = () => lucien.send<PaymentMeansDetails>('POST', `${CONTRACT}/payment-plans`, { body: { invoiceIds: [invoice.id], parts: 2, words: 'Je cherche du travail.' } });
      const { body: { plans: [plan] } } = await ask();
      assert.equal((await ask()).status, 409);
      const data = { contractId: 'lucien-electricity', planId: plan?.id };
      assert.deepEqual(await told(), [{ type: 'payment_plan.requested', data }]);
      await lucien.send('DELETE', `${CONTRACT}/payment-plans/${plan?.id ?? ''}`);
      assert.deepEqual(await told(), [{ type: 'payment_plan.withdrawn', data }]);

      const contest = () => lucien.send<InvoiceDetails>('POST', `${CONTRACT}/invoices/${invoice.id}/disputes`, { body: { words: 'Trop cher.' } });
      await Promise.all([contest(), contest()]);
      const [contested, ...more] = await told();
      assert.deepEqual([contested?.type, contested?.data['invoiceId'], more], ['invoice.contested', invoice.id, []]);
      const { id } = await server.db.selectFrom('invoice_dispute').select('id').where('number', '=', invoice.number).executeTakeFirstOrThrow();
      assert.equal(contested?.data['disputeId'], id);
    });

    it('instalments, to their own utility', async () => {
      const marc = await visit('marc', 'sicae');
      const plan = (await marc.get<InvoiceList>('/contracts/marc-electricity/invoices')).body.plan ?? assert.fail();
      const range = instalmentRange(plan, paymentTermsOf('sicae'), '2026-11-24') ?? assert.fail();
      await marc.send('PUT', '/contracts/marc-electricity/instalments', { body: { amount: range.most } });
      assert.deepEqual(await toldSicae(), [{ type: 'instalments.changed', data: { contractId: 'marc-electricity', from: range.firstOn, amount: range.most } }]);
      assert.deepEqual(await told(), []);
    });

    it('requests, and what is given or taken back', async () => {
      const lucien = await visit('lucien');
      const { body: { items: [waiting] } } = await lucien.get<Page<ServiceRequest>>('/requests');
      await lucien.send('POST', `/requests/${waiting?.id ?? ''}/answers`, { body: { words: 'Voici.' } });
      assert.deepEqual(await told(), [{ type: 'request.completed', data: { requestId: waiting?.id, kind: 'connection' } }]);
      const { body: sent } = await lucien.send<ServiceRequest>('POST', '/requests', { body: { details: { kind: 'claim', topic: 'other', words: 'Mes mots.' }, phone: '+33639980202' } });
      const data = { requestId: sent.id, kind: 'claim' };
      assert.deepEqual(await told(), [{ type: 'request.sent', data }]);
      const withdraw = () => lucien.send('DELETE', `/requests/${sent.id}`);
      await withdraw();
      await withdraw();
      assert.deepEqual(await told(), [{ type: 'request.withdrawn', data }], 'once');
    });

    it('readings, and what corrects them', async () => {
      const odette = await visit('odette');
      const METER = '/meters/odette-meter/readings';
      const last = (await odette.get<MeterReadings>(METER)).body.readings.find(({ state }) => state === 'used') ?? assert.fail();
      const indexes = [{ register: 'BASE', index: (last.indexes[0]?.index ?? NaN) + 200 }];
      const { body: sent } = await odette.send<MeterReading>('POST', METER, { body: { on: '2026-11-24', indexes, words: 'Lu ce matin.' } });
      const [submitted] = await told();
      const about = { contractId: submitted?.data['contractId'], meterId: 'odette-meter', on: '2026-11-24', state: 'transmitted' };
      assert.deepEqual(submitted, { type: 'reading.submitted', data: { ...about, readingId: sent.id } });
      const { body: better } = await odette.send<MeterReading>('POST', METER, { body: { on: '2026-11-24', indexes, corrects: sent.id } });
      assert.deepEqual(await told(), [{ type: 'reading.corrected', data: { ...about, readingId: better.id, corrects: sent.id } }]);
    });
  });
}
