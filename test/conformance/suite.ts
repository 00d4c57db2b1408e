import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { after, before, describe, it, type TestContext } from 'node:test';
import {
  ACTIVITY,
  addDays,
  addSteps,
  ALERT_CHANNELS,
  ALERT_TOPICS,
  ConsentPurpose,
  canBeContested,
  canBeGiven,
  concernsOf,
  countsByTempo,
  CURVE_PURPOSES,
  dayMinutes,
  daysBetween,
  dayStart,
  ECOWATT_DAYS,
  Energy,
  energyByRegister,
  energyCosts,
  energyOf,
  formFor,
  instant,
  invoiceState,
  isNamed,
  isOfCurve,
  loadCurveState,
  localDay,
  LONGEST_PERIOD_DAYS,
  nameOf,
  NOTIFICATION_TOPICS,
  operations,
  operationNames,
  outagePhase,
  pathParameters,
  PortalError,
  purposesOf,
  qualityAt,
  registersOfDay,
  reversed,
  searchCommunes,
  standingChargeOf,
  stepsBetween,
  stepStart,
  sum,
  supplierFor,
  tariffFaults,
  territoryFaults,
  totalEnergy,
  totalsOf,
  type ConsentChoice,
  type Consumption,
  type CurveSegment,
  type ErrorKind,
  type Instant,
  type Invoice,
  type Meter,
  type Operation,
  type OperationName,
  type Output,
  type Passkey,
  type PayableInvoice,
  type PortalAdapter,
  type RequestKind,
} from '@oya/contract';
import { Authenticator } from '../../packages/server/test/authenticator.ts';

export interface Account {
  login: string;
  password: string;
  /** Needed of whoever is invited to read. */
  email?: string;
}

/** A portal to be examined: opened signed out, with accounts that exist for the purpose. */
export interface Subject {
  adapter: PortalAdapter;
  /** The portal's idea of the present. */
  now: Instant;
  /** A customer whose meter has at least a year of half-hours, up to yesterday or nearly so. */
  withHalfHours: Account;
  /** A customer with daily data but without half-hourly consent; absent when the portal has no such customer. */
  withoutConsent?: Account;
  /** Somebody else: their contracts and meters must stay invisible to the first. */
  another: Account;
  /** A customer whose meter also measures what they feed in; absent when the portal has no such customer. */
  withProduction?: Account;
  /** Other customers whose energy and costs are examined too: gas, another tariff, a meter that is read by hand. */
  others?: readonly Account[];
  /** The secret of the invitation that was mailed last; absent where mails cannot be read. */
  invitationSecret?(): Promise<string>;
  /** A page that customers may come back to from the provider's. */
  returnUrl: string;
  /** The payment provider tells what came of a payment; absent where its notices cannot be made. */
  tellPayment?(started: Output<'startPayment'>, outcome: 'paid' | 'refused'): Promise<void>;
  /** Origin of a site whose passkeys the portal takes; absent where it has none. */
  passkeySite?: string;
  close?(): Promise<void>;
}

/** Examples of input for operations that need more than ids; ids come from the customer's own lists. */
const EXAMPLES: Partial<Record<OperationName, Record<string, unknown>>> = {
  listTempoDays: { from: '2026-01-01', to: '2026-01-08' },
  getConsumption: { resolution: 'day', from: '2026-01-01', to: '2026-01-08' },
  sendReading: { on: '2020-01-01', indexes: [{ register: 'BASE', index: 1 }] },
  startThread: { topic: 'other', words: 'Hello.' },
  writeMessage: { words: 'And this.' },
  sendServiceRequest: { details: { kind: 'claim', topic: 'service', words: 'Nobody came.' }, phone: '+33639980199' },
  answerServiceRequest: { words: 'Here it is.' },
  setThreadState: { state: 'closed' },
  giveConsents: { choices: [{ purpose: 'curve-recording', textVersion: 'of another day' }] },
  withdrawConsent: { purpose: 'third-party', recipientId: 'nobody-of-this-name', erase: false },
  undoWithdrawal: { purpose: 'third-party', recipientId: 'nobody-of-this-name' },
  getConsentReceipt: { format: 'json' },
  getInvoiceFile: { format: 'pdf' },
  addPushDevice: { subscription: aBrowser() },
  giveMedicalNeed: { phone: '+33639980199', textVersion: 'of another day', language: 'fr' },
  archiveInvoices: { invoiceIds: ['no-invoice-of-this-name'] },
  contestInvoice: { words: 'It seems too much to me.' },
  createClaimFile: { format: 'pdf', words: '', attachmentIds: [] },
  startPayment: { invoiceIds: ['no-invoice-of-this-name'], open: 100, amount: 100, returnUrl: 'https://www.eneo.example/' },
  signMandate: { accountHolder: 'Somebody', iban: 'no account' },
  changeInstalments: { amount: 1 },
  requestPaymentPlan: { invoiceIds: ['no-invoice-of-this-name'], parts: 2, words: '' },
  addContract: { proof: { kind: 'invoice', number: 'ZZ0000000000', total: 1 } },
  inviteAccess: { email: 'somebody@example.org', until: null, language: 'fr' },
  changeIdentifier: { identifier: 'nobody-of-this-name' },
  changePassword: { password: 'not-a-good-one' },
  startEmailChange: { email: 'somebody@example.org' },
  confirmEmailChange: { code: '0000000' },
  changeAddress: { address: { lines: ['1 rue de l’Exemple'], postcode: '81400', city: 'Carmaux', country: 'FR' } },
};

/** Their id travels by mail only: no list of the customer's tells it. */
const KNOWN_BY_MAIL: readonly OperationName[] = ['acceptAccess'];

/** There is none until a customer asks for it. */
const ASKED_FOR: readonly OperationName[] = ['withdrawPaymentPlan'];

const WITHOUT_IDS: readonly OperationName[] = [...KNOWN_BY_MAIL, ...ASKED_FOR];

/** No words but the portal's own fit them: what the customer has is found, and the example refused. */
const REFUSED_EXAMPLES: Partial<Record<OperationName, ErrorKind>> = {
  archiveInvoices: 'invalid', startPayment: 'invalid', requestPaymentPlan: 'invalid', signMandate: 'invalid', giveConsents: 'invalid', withdrawConsent: 'invalid', undoWithdrawal: 'invalid',
  // It was shown another text.
  giveMedicalNeed: 'conflict',
  // Nothing is asked of what was only sent.
  answerServiceRequest: 'conflict',
  // The meters of this customer report by themselves.
  sendReading: 'unsupported',
  // Only some contracts are paid by instalments.
  changeInstalments: 'conflict',
};

/**
 * What every adapter must do, read off the operation table. Each test says which promise is broken.
 * @param name of the adapter, as it appears in the report
 */
export function describeConformance(name: string, open: () => Promise<Subject>): void {
  describe(`the ${name} adapter conforms to the contract:`, () => {
    let subject: Subject;

    before(async () => {
      subject = await open();
    });
    after(async () => {
      await subject.close?.();
    });

    describe('the operation table', () => {
      for (const operationName of operationNames) {
        const operation: Operation = operations[operationName];
        if (operation.auth !== 'customer') continue;

        it(`${operationName} is for signed-in customers only`, async () => {
          await signOut(subject);
          await refuses(call(subject.adapter, operationName, exampleInput(operationName)), 'unauthenticated');
        });

        if (pathParameters(operation.path).length === 0) continue;

        it(`${operationName} does not find what does not exist`, async () => {
          await signIn(subject, subject.withHalfHours);
          await refuses(call(subject.adapter, operationName, exampleInput(operationName)), 'not-found');
        });

        it(`${operationName} does not find what belongs to another customer`, async () => {
          await signIn(subject, subject.another);
          const foreign = idsFor(operationName, await idsOf(subject, subject.another));
          await signIn(subject, subject.withHalfHours);
          const own = idsFor(operationName, await idsOf(subject, subject.withHalfHours));
          assert.notDeepEqual(own, foreign, 'the two accounts must differ');
          for (const field of WITHOUT_IDS.includes(operationName) ? [] : pathParameters(operation.path)) {
            assert.ok(own[field] && foreign[field], `both accounts have a ${field}, so that ${operationName} is tried with each`);
          }
          await refuses(call(subject.adapter, operationName, { ...exampleInput(operationName), ...foreign }), 'not-found');
          if (WITHOUT_IDS.includes(operationName)) return;
          const found = call(subject.adapter, operationName, { ...exampleInput(operationName), ...own });
          const refusal = REFUSED_EXAMPLES[operationName];
          await (refusal ? refuses(found, refusal) : found);
        });
      }
    });

    describe('the session', () => {
      it('is signed out at first, which is an answer and not an error', async () => {
        await signOut(subject);
        assert.equal((await call(subject.adapter, 'whoAmI', {})).state, 'signed-out');
      });

      it('opens with the right password and is then known', async () => {
        const session = await signIn(subject, subject.withHalfHours);
        assert.equal(session.state, 'signed-in');
        const known = await call(subject.adapter, 'whoAmI', {});
        assert.equal(known.state === 'signed-in' && known.customer.id, session.state === 'signed-in' && session.customer.id);
        assert.ok(session.state === 'signed-in' && session.expiresAt > subject.now, 'it expires in the future');
      });

      it('refuses a wrong password and an unknown login with the same words', async () => {
        await signOut(subject);
        const wrong = await refuses(call(subject.adapter, 'signIn', { ...subject.withHalfHours, password: 'not this one' }), 'unauthenticated');
        const unknown = await refuses(call(subject.adapter, 'signIn', { login: 'nobody-of-this-name', password: 'not this one' }), 'unauthenticated');
        assert.equal(wrong.code, 'wrong-credentials');
        assert.deepEqual([wrong.code, wrong.message], [unknown.code, unknown.message]);
        assert.equal((await call(subject.adapter, 'whoAmI', {})).state, 'signed-out');
      });

      it('names the empty fields of a sign-in', async () => {
        const error = await refuses(call(subject.adapter, 'signIn', { login: '', password: '' }), 'invalid');
        assert.deepEqual(error.fields.map(({ path }) => path).sort(), ['login', 'password']);
      });

      it('closes for good', async () => {
        await signIn(subject, subject.withHalfHours);
        assert.equal((await call(subject.adapter, 'signOut', {})).state, 'signed-out');
        assert.equal((await call(subject.adapter, 'whoAmI', {})).state, 'signed-out');
        assert.equal((await call(subject.adapter, 'signOut', {})).state, 'signed-out', 'a second time does no harm');
      });
    });

    describe('a passkey', () => {
      /** A passkey of the first customer's on a device, and nobody signed in. */
      async function made(skip: (why: string) => void): Promise<{ device: Authenticator; passkey: Passkey } | undefined> {
        if (subject.passkeySite === undefined) return void skip('this portal has no passkeys');
        await signIn(subject, subject.withHalfHours);
        const device = new Authenticator(subject.passkeySite);
        const passkey = await addPasskey(subject.adapter, subject.withHalfHours, device);
        await signOut(subject);
        return { device, passkey };
      }

      it('signs in whoever has it, is listed as used, and no longer opens anything once it is removed', async (test) => {
        const { device, passkey } = (await made((why) => test.skip(why))) ?? {};
        if (!device || !passkey) return;
        assert.equal(passkey.lastUsedAt, null);
        assert.equal((await call(subject.adapter, 'describeAccess', {})).passkeys, true);
        const asked = await call(subject.adapter, 'startPasskeySignIn', {});
        const session = await call(subject.adapter, 'signInWithPasskey', { challengeId: asked.id, credential: device.get(asked.options) });
        assert.equal(session.state, 'signed-in');
        const { items } = await call(subject.adapter, 'listPasskeys', {});
        assert.equal(items.find(({ id }) => id === passkey.id)?.lastUsedAt, subject.now);
        const left = await call(subject.adapter, 'removePasskey', { passkeyId: passkey.id });
        assert.ok(!left.items.some(({ id }) => id === passkey.id));
        await signOut(subject);
        const again = await call(subject.adapter, 'startPasskeySignIn', {});
        const error = await refuses(call(subject.adapter, 'signInWithPasskey', { challengeId: again.id, credential: device.get(again.options) }), 'unauthenticated');
        assert.equal(error.code, 'passkey-refused');
      });

      it('answers a challenge once, and only its own', async (test) => {
        const { device } = (await made((why) => test.skip(why))) ?? {};
        if (!device) return;
        const asked = await call(subject.adapter, 'startPasskeySignIn', {});
        const credential = device.get(asked.options);
        await call(subject.adapter, 'signInWithPasskey', { challengeId: asked.id, credential });
        await signOut(subject);
        await refuses(call(subject.adapter, 'signInWithPasskey', { challengeId: asked.id, credential }), 'unauthenticated');
        const other = await call(subject.adapter, 'startPasskeySignIn', {});
        await refuses(call(subject.adapter, 'signInWithPasskey', { challengeId: other.id, credential }), 'unauthenticated');
      });

      it('is made by whoever knows the password, or has just signed in with another', async (test) => {
        const { device } = (await made((why) => test.skip(why))) ?? {};
        if (!device) return;
        await signIn(subject, subject.withHalfHours);
        const error = await refuses(call(subject.adapter, 'startPasskey', {}), 'forbidden');
        assert.equal(error.code, 'confirmation-needed');
        const wrong = await refuses(call(subject.adapter, 'startPasskey', { currentPassword: 'not this one' }), 'invalid');
        assert.deepEqual(wrong.fields.map(({ path, code }) => [path, code]), [['currentPassword', 'wrong']]);
        const asked = await call(subject.adapter, 'startPasskeySignIn', {});
        await call(subject.adapter, 'signInWithPasskey', { challengeId: asked.id, credential: device.get(asked.options) });
        const making = await call(subject.adapter, 'startPasskey', {});
        const refused = await refuses(call(subject.adapter, 'addPasskey', { challengeId: making.id, credential: new Authenticator('https://elsewhere.example').create({ ...making.options, challenge: 'eA' }), label: 'x' }), 'invalid');
        assert.deepEqual(refused.fields.map(({ path, code }) => [path, code]), [['credential', 'refused']]);
      });
    });

    describe('the utility', () => {
      it('describes itself to everybody', async () => {
        await signOut(subject);
        const utility = await call(subject.adapter, 'describeUtility', {});
        assert.ok(utility.languages.includes('fr'));
        assert.ok(utility.territory.length > 0);
        assert.ok(utility.contacts.some(({ email, phone }) => email ?? phone), 'there is a way to reach it');
      });
    });

    describe('what changes', () => {
      it('is told after a cursor, the same as often as it is asked, to those whom it concerns', async (context) => {
        if (!subject.adapter.offers(operations.listChanges)) return context.skip('the portal does not say what changes');
        if (!subject.withoutConsent) return context.skip('this portal has no customer without consent');
        await signIn(subject, subject.withHalfHours);
        const others = await call(subject.adapter, 'listChanges', {});
        await signIn(subject, subject.withoutConsent);
        const { cursor, changes } = await call(subject.adapter, 'listChanges', {});
        assert.deepEqual(changes, [], 'without a cursor nothing is new');
        const meter = await firstMeter(subject.adapter);
        const { items } = await call(subject.adapter, 'listConsents', { meterId: meter.id });
        // Not of the load curve: that this account has given none is what others rely on.
        const consent = items.find((each) => !isOfCurve(each.purpose) && canBeGiven(each));
        if (!consent) return context.skip('there is no consent to give');
        await call(subject.adapter, 'giveConsents', { meterId: meter.id, choices: [{ ...nameOf(consent), textVersion: consent.text.version }] });
        const first = await call(subject.adapter, 'listChanges', { after: cursor });
        const stale = first.isReset === true || first.changes.some(({ operation, input }) => operation === 'listConsents' && Object.entries(input).every(([field, value]) => field === 'meterId' && value === meter.id));
        assert.ok(stale, 'the consents that were given are stale');
        assert.deepEqual((await call(subject.adapter, 'listChanges', { after: cursor })).changes, first.changes);
        assert.deepEqual((await call(subject.adapter, 'listChanges', { after: first.cursor })).changes, []);
        await signIn(subject, subject.withHalfHours);
        const { changes: seen } = await call(subject.adapter, 'listChanges', { after: others.cursor });
        assert.deepEqual(seen.filter(({ input }) => Object.values(input).includes(meter.id)), [], 'another customer’s changes');
      });

      it('is not told after a cursor that nobody gave', async (context) => {
        if (!subject.adapter.offers(operations.listChanges)) return context.skip('the portal does not say what changes');
        await refuses(call(subject.adapter, 'listChanges', { after: 'the day before yesterday' }), 'invalid');
      });
    });

    describe('the territory', () => {
      it('is told to everybody, and leads each commune and energy to one of its suppliers or to somebody to ask', async (context) => {
        if (!subject.adapter.offers(operations.describeTerritory)) return context.skip('the portal does not say which utility is whose');
        await signOut(subject);
        const territory = await call(subject.adapter, 'describeTerritory', {});
        assert.deepEqual(territoryFaults(territory), []);
        for (const { id, name } of territory.communes) {
          assert.equal(searchCommunes(territory, name)[0]?.commune.name, name);
          assert.ok(Energy.options.some((energy) => supplierFor(territory, id, energy).state === 'supplied'), name);
        }
      });
    });

    describe('tariffs to compare under', () => {
      it('are told to everybody, each with what its kind needs', async (context) => {
        if (!subject.adapter.offers(operations.describeTariffs)) return context.skip('the portal has no tariffs to compare under');
        await signOut(subject);
        const tariffs = await call(subject.adapter, 'describeTariffs', {});
        assert.ok(tariffs.tariffs.length > 0);
        assert.deepEqual(tariffFaults(tariffs), []);
      });

      it('come with the colours of Tempo days, ascending and within the period', async (context) => {
        if (!subject.adapter.offers(operations.listTempoDays)) return context.skip('the portal does not tell colours');
        await signOut(subject);
        const { items } = await call(subject.adapter, 'listTempoDays', { from: '2026-01-01', to: '2026-02-01' });
        assert.ok(items.length > 0);
        assert.deepEqual(items.map(({ day }) => day), [...new Set(items.map(({ day }) => day))].sort());
        assert.ok(items.every(({ day }) => day >= '2026-01-01' && day < '2026-02-01'));
      });

      it('mark contracts that follow these colours as such', async (context) => {
        if (!subject.adapter.offers(operations.getContract)) return context.skip('the portal tells no prices');
        for (const account of [subject.withHalfHours, ...(subject.others ?? [])]) {
          await signIn(subject, account);
          const { items } = await call(subject.adapter, 'listContracts', {});
          for (const { id, isTempo = false } of items.filter(({ to }) => to === null)) {
            const { prices } = await call(subject.adapter, 'getContract', { contractId: id });
            assert.equal(isTempo, countsByTempo(prices.map(({ what }) => what)), id);
          }
        }
      });
    });

    describe('how tense the network is', () => {
      it('is told to everybody, from today on, ascending, each day as tense as its worst hour at least', async (context) => {
        if (!subject.adapter.offers(operations.getEcowatt)) return context.skip('the portal does not tell');
        await signOut(subject);
        const { days, readAt } = await call(subject.adapter, 'getEcowatt', {});
        const { timeZone } = await call(subject.adapter, 'describeUtility', {});
        const today = localDay(Date.parse(subject.now), timeZone);
        assert.deepEqual(days.map(({ day }) => day), [...new Set(days.map(({ day }) => day))].sort());
        assert.ok(days.length === 0 || readAt !== null);
        for (const { day, level, hours, generatedAt } of days) {
          assert.ok(day >= today && day < addDays(today, ECOWATT_DAYS), day);
          assert.ok(level >= Math.max(1, ...hours.map(Number)), day);
          assert.ok(readAt !== null && generatedAt <= readAt, day);
        }
      });
    });

    describe('invoices', () => {
      /** Every one of a customer's contracts, with the contract that it is of. */
      async function everyInvoice(account: Account): Promise<Invoice[]> {
        await signIn(subject, account);
        const { items: contracts } = await call(subject.adapter, 'listContracts', {});
        const found: Invoice[] = [];
        for (const { id: contractId } of contracts) {
          const list = await call(subject.adapter, 'listInvoices', { contractId }).catch((error: unknown) => {
            assert.equal(PortalError.from(error).kind, 'forbidden', 'a reader sees no invoices');
          });
          found.push(...(list?.items ?? []));
        }
        return found;
      }

      it('stand where the contract’s rule says, and what is to be paid is the sum of what is open', async (context) => {
        if (!subject.adapter.offers(operations.listInvoices)) return context.skip('the portal has no invoices');
        const today = localDay(Date.parse(subject.now), (await call(subject.adapter, 'describeUtility', {})).timeZone);
        for (const account of [subject.withHalfHours, ...(subject.others ?? [])]) {
          await signIn(subject, account);
          const { contractId } = await firstMeter(subject.adapter);
          const list = await call(subject.adapter, 'listInvoices', { contractId });
          assert.ok((account !== subject.withHalfHours || list.items.length > 0) && list.count >= list.items.length);
          assert.equal(list.count, list.years.reduce((total, { count }) => total + count, 0));
          assert.deepEqual(list.items.map(({ issuedOn }) => issuedOn), list.items.map(({ issuedOn }) => issuedOn).sort().reverse());
          for (const invoice of list.items) {
            const details = await call(subject.adapter, 'getInvoice', { contractId, invoiceId: invoice.id });
            const { bill, payments, instalments, means, dispute, about: _, previousId: __, yearBeforeId: ___, ...listed } = details;
            assert.deepEqual(listed, invoice);
            const paid = sum(payments.map(({ amount }) => amount));
            assert.equal(invoice.payable, invoice.total - sum(instalments.map(({ amount }) => amount)));
            assert.equal(invoice.balance, invoice.payable - paid);
            if (invoice.state !== 'confirming') assert.equal(invoice.state, invoiceState({ ...invoice, means: means.kind, isConfirming: false, isDisputed: dispute?.answeredAt === null }, today), invoice.number);
            assert.deepEqual(bill.totals, totalsOf([...bill.lines, ...bill.givenBack.map(({ line }) => reversed(line))]), `the lines of ${invoice.number} add up to it`);
            assert.equal(bill.totals.total, invoice.total);
          }
        }
      });

      it('are found by year, number and amount, and in the order that is asked for', async (context) => {
        if (!subject.adapter.offers(operations.listInvoices)) return context.skip('the portal has no invoices');
        await signIn(subject, subject.withHalfHours);
        const { contractId } = await firstMeter(subject.adapter);
        const { items, years } = await call(subject.adapter, 'listInvoices', { contractId });
        const [sought] = items.slice(-1);
        assert.ok(sought && years[0]);
        const found = async (question: object) => (await call(subject.adapter, 'listInvoices', { contractId, ...question })).items;
        assert.deepEqual((await found({ search: sought.number.toLowerCase().replace(/(?<=^..)/, ' ') })).map(({ id }) => id), [sought.id]);
        assert.ok((await found({ search: `${(sought.total / 100).toFixed(2).replace('.', ',')} €` })).some(({ id }) => id === sought.id));
        assert.equal((await found({ year: years[0].year })).length, years[0].count);
        assert.deepEqual(await found({ search: 'nothing of this name' }), []);
        const highest = await found({ order: 'highest' });
        assert.deepEqual(highest.map(({ total }) => total), items.map(({ total }) => total).sort((a, b) => b - a));
        assert.ok((await found({ show: 'paid' })).every(({ state }) => state === 'paid'));
        await refuses(call(subject.adapter, 'listInvoices', { contractId, after: 'no-invoice-of-this-name' }), 'invalid');
      });

      it('can be kept one by one and together', async (context) => {
        if (!subject.adapter.offers(operations.getInvoiceFile)) return context.skip('the portal gives no files');
        await signIn(subject, subject.withHalfHours);
        const { contractId } = await firstMeter(subject.adapter);
        const { items } = await call(subject.adapter, 'listInvoices', { contractId });
        const invoiceId = items[0]?.id ?? assert.fail('there is an invoice');
        const pdf = await call(subject.adapter, 'getInvoiceFile', { contractId, invoiceId, format: 'pdf' });
        assert.equal(atob(pdf.content).slice(0, 5), '%PDF-');
        const xml = await call(subject.adapter, 'getInvoiceFile', { contractId, invoiceId, format: 'xml' });
        assert.match(atob(xml.content), /^<\?xml/);
        const zip = await call(subject.adapter, 'archiveInvoices', { contractId, invoiceIds: items.slice(0, 3).map(({ id }) => id) });
        assert.equal(atob(zip.content).slice(0, 2), 'PK');
        await refuses(call(subject.adapter, 'archiveInvoices', { contractId, invoiceIds: ['no-invoice-of-this-name'] }), 'invalid');
        assert.match((await call(subject.adapter, 'createInvoiceLink', { contractId, invoiceId })).url, /^(https?|blob):/);
      });

      it('make a claim file with what the customer says and attaches', async (context) => {
        const { addAttachment, createClaimFile, listAttachments, removeAttachment } = operations;
        if (![addAttachment, createClaimFile, listAttachments, removeAttachment].every((each) => subject.adapter.offers(each))) return context.skip('the portal makes no claim files');
        const [invoice, another] = await everyInvoice(subject.withHalfHours);
        if (!invoice) return context.skip('there is nothing to claim about');
        const { contractId, id: invoiceId } = invoice;
        const added = await call(subject.adapter, 'addAttachment', { name: '../letter.html', content: btoa('%PDF-1.4\n%%EOF\n') });
        assert.deepEqual([added.name, added.mediaType], ['letter.pdf', 'application/pdf']);
        assert.ok((await call(subject.adapter, 'listAttachments', {})).items.some(({ id }) => id === added.id));
        await refuses(call(subject.adapter, 'addAttachment', { name: 'photo.jpg', content: btoa('<!doctype html>') }), 'invalid');
        for (const [format, begin] of [['pdf', '%PDF-'], ['zip', 'PK']] as const) {
          const file = await call(subject.adapter, 'createClaimFile', { contractId, invoiceId, format, words: 'Too much.', attachmentIds: [added.id] });
          assert.ok(atob(file.content).startsWith(begin) && file.name.endsWith(`.${format}`));
        }
        await refuses(call(subject.adapter, 'addAttachment', { name: 'letter.pdf', content: btoa('%PDF-1.4\n%%EOF\n'), purpose: { what: 'claim', contractId, invoiceId: 'no-invoice-of-this-name' } }), 'not-found');
        if (another) {
          const other = await call(subject.adapter, 'addAttachment', { name: 'letter.pdf', content: btoa('%PDF-1.4\n%%EOF\n'), purpose: { what: 'claim', contractId: another.contractId, invoiceId: another.id } });
          assert.deepEqual(other.purpose, { what: 'claim', contractId: another.contractId, invoiceId: another.id });
          await refuses(call(subject.adapter, 'createClaimFile', { contractId, invoiceId, format: 'pdf', words: '', attachmentIds: [other.id] }), 'invalid');
          await call(subject.adapter, 'removeAttachment', { attachmentId: other.id });
        }
        assert.ok(!(await call(subject.adapter, 'removeAttachment', { attachmentId: added.id })).items.some(({ id }) => id === added.id));
        await refuses(call(subject.adapter, 'removeAttachment', { attachmentId: added.id }), 'not-found');
        await refuses(call(subject.adapter, 'createClaimFile', { contractId, invoiceId, format: 'pdf', words: '', attachmentIds: [added.id] }), 'invalid');
      });

      it('can be contested once, and nothing of them is to be paid then', async (context) => {
        if (!subject.adapter.offers(operations.contestInvoice)) return context.skip('the portal takes no disputes');
        const invoice = (await everyInvoice(subject.another)).find((each) => canBeContested(each) && each.balance > 0);
        if (!invoice) return context.skip('there is nothing to contest');
        const { contractId, id: invoiceId } = invoice;
        const before = await call(subject.adapter, 'listInvoices', { contractId });
        await refuses(call(subject.adapter, 'contestInvoice', { contractId, invoiceId, words: '  ' }), 'invalid');
        const contested = await call(subject.adapter, 'contestInvoice', { contractId, invoiceId, words: 'That is too much.' });
        assert.deepEqual([contested.state, contested.dispute?.words, contested.dispute?.answeredAt], ['disputed', 'That is too much.', null]);
        assert.equal((await call(subject.adapter, 'listInvoices', { contractId })).toPay, before.toPay - invoice.balance);
        await refuses(call(subject.adapter, 'contestInvoice', { contractId, invoiceId, words: 'Again.' }), 'conflict');
      });
    });

    describe('a request', () => {
      const day = (days: number) => addDays(localDay(Date.parse(subject.now), timeZone), days);
      let timeZone = '';
      before(async () => {
        ({ timeZone } = await call(subject.adapter, 'describeUtility', {}));
        await signIn(subject, subject.withHalfHours);
      });
      after(() => signOut(subject));

      const faultsOf = ({ fields }: PortalError) => fields.map(({ path, code }) => [path, code]);
      const address = { lines: ['4 rue de l’Exemple'], postcode: '81400', city: 'Carmaux', country: 'FR' };
      const phone = '+33639980199';
      const offered = async (t: TestContext, kind: RequestKind) => {
        const { procedures } = await call(subject.adapter, 'describeUtility', {});
        const offers = subject.adapter.offers(operations.sendServiceRequest) && formFor(kind, procedures) !== undefined;
        if (!offers) t.skip(`no form for ${kind}`);
        return offers;
      };

      it('is sent, listed first with its number, and can be taken back once', async (t) => {
        if (!(await offered(t, 'moving'))) return;
        const meter = await firstMeter(subject.adapter);
        const leaving = { contractIds: [meter.contractId], on: day(20), readings: [{ meterId: meter.id, on: day(0), indexes: meter.registers.map(({ code }) => ({ register: code, index: 1 })) }], successor: 'Mme Petit' };
        const sent = await call(subject.adapter, 'sendServiceRequest', { details: { kind: 'moving', leaving, entering: { on: day(19), energies: ['electricity'] }, address }, phone });
        assert.deepEqual([sent.kind, sent.state, sent.phone, sent.steps.map(({ state, by }) => [state, by])], ['moving', 'received', phone, [['received', 'customer']]]);
        assert.ok(sent.number.length > 0);
        // What is odd is noted, and refused by nobody.
        const read = sent.details.kind === 'moving' ? sent.details.leaving?.readings?.[0]?.indexes : undefined;
        assert.deepEqual(read?.map(({ register, index }) => [register, index]), leaving.readings[0]?.indexes.map(({ register, index }) => [register, index]));
        assert.ok(read?.some(({ doubt }) => doubt !== undefined), 'an index far below the last one is odd');
        assert.deepEqual((await call(subject.adapter, 'listServiceRequests', {})).items[0], { id: sent.id, number: sent.number, kind: sent.kind, state: sent.state, sentAt: sent.sentAt, changedAt: sent.changedAt });
        assert.deepEqual(await call(subject.adapter, 'getServiceRequest', { serviceRequestId: sent.id }), sent);
        const withdrawn = await call(subject.adapter, 'withdrawServiceRequest', { serviceRequestId: sent.id });
        assert.deepEqual([withdrawn.state, withdrawn.steps.map(({ state }) => state)], ['withdrawn', ['received', 'withdrawn']]);
        assert.deepEqual(await call(subject.adapter, 'withdrawServiceRequest', { serviceRequestId: sent.id }), withdrawn, 'asked again, it is as it was wanted');
      });

      it('is refused by the fields that are wrong, as the page warned', async (t) => {
        if (!(await offered(t, 'power-or-tariff'))) return;
        const { contractId } = await firstMeter(subject.adapter);
        const ask = (details: object) => call(subject.adapter, 'sendServiceRequest', { details, phone });
        assert.deepEqual(faultsOf(await refuses(ask({ kind: 'power-or-tariff', contractId, powerKva: 7, on: day(-1) }), 'invalid')), [['details.powerKva', 'not-offered'], ['details.on', 'too-early']]);
        assert.deepEqual(faultsOf(await refuses(ask({ kind: 'power-or-tariff', contractId: 'nobodys', powerKva: 36 }), 'invalid')), [['details.contractId', 'unknown']]);
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'sendServiceRequest', { details: { kind: 'power-or-tariff', contractId, tariff: 'base' }, phone: '+33100000' }), 'invalid')), [['phone', 'invalid']]);
      });

      it('takes its files along, and no others', async (t) => {
        if (!(await offered(t, 'documents'))) return;
        const file = (about: string) => call(subject.adapter, 'addAttachment', { name: 'bail.pdf', content: btoa('%PDF-1.4\n%%EOF\n'), purpose: { what: 'request', about } });
        const [mine, other] = [await file('documents'), await file('connection')];
        const ask = (attachmentIds: string[]) => call(subject.adapter, 'sendServiceRequest', { details: { kind: 'documents', document: 'lease' }, phone, attachmentIds });
        assert.deepEqual(faultsOf(await refuses(ask([]), 'invalid')), [['details.attachmentIds', 'missing']]);
        assert.deepEqual(faultsOf(await refuses(ask([other.id]), 'invalid')), [['attachmentIds', 'unknown']]);
        const sent = await ask([mine.id]);
        assert.deepEqual(sent.steps[0]?.attachments?.map(({ id, name }) => [id, name]), [[mine.id, 'bail.pdf']]);
        assert.equal((await call(subject.adapter, 'getAttachment', { attachmentId: mine.id })).name, 'bail.pdf');
        await refuses(call(subject.adapter, 'answerServiceRequest', { serviceRequestId: sent.id, words: 'Nothing was asked.' }), 'conflict');
        await call(subject.adapter, 'removeAttachment', { attachmentId: other.id });
        await call(subject.adapter, 'withdrawServiceRequest', { serviceRequestId: sent.id });
      });
    });

    describe('a payment', () => {
      let contractId: string;

      /** Signs in somebody who has something to pay, where there is one. */
      async function toBePaid(): Promise<PayableInvoice | undefined> {
        for (const account of [subject.withoutConsent, ...(subject.others ?? []), subject.withHalfHours]) {
          if (!account) continue;
          await signIn(subject, account);
          contractId = (await firstMeter(subject.adapter)).contractId;
          const invoice = (await offered()).invoices.find(({ canBePaid }) => canBePaid);
          if (invoice) return invoice;
        }
        return undefined;
      }

      const offered = () => call(subject.adapter, 'describePayment', { contractId });
      const stateOf = async (invoiceId: string) => (await call(subject.adapter, 'getInvoice', { contractId, invoiceId })).state;

      it('is offered of what is open, and taken of what the customer saw', async (context) => {
        if (!subject.adapter.offers(operations.startPayment)) return context.skip('the portal takes no cards');
        const invoice = await toBePaid();
        if (!invoice) return context.skip('there is nothing to pay');
        const { invoices } = await offered();
        const { items } = await call(subject.adapter, 'listInvoices', { contractId });
        assert.deepEqual(invoices.map(({ invoiceId, open }) => [invoiceId, open]).sort(), items.filter(({ payable, balance }) => payable > 0 && balance > 0).map(({ id, balance }) => [id, balance]).sort());
        const { invoiceId, open } = invoice;
        const ask = (more: object) => call(subject.adapter, 'startPayment', { contractId, invoiceIds: [invoiceId], open, amount: open, returnUrl: subject.returnUrl, ...more });
        assert.equal((await refuses(ask({ open: open - 1, amount: open - 1 }), 'conflict')).code, 'amount-changed');
        assert.deepEqual((await refuses(ask({ amount: open + 1 }), 'invalid')).fields.map(({ path, code }) => [path, code]), [['amount', 'too-much']]);
        await refuses(ask({ invoiceIds: ['no-invoice-of-this-name'] }), 'invalid');

        const before = await stateOf(invoiceId);
        const { payment, departure } = await ask({});
        assert.deepEqual([payment.state, payment.amount, payment.invoices.map(({ asked, paid }) => [asked, paid])], ['started', open, [[open, 0]]]);
        assert.match(departure.url, /^https?:/);
        assert.equal(await stateOf(invoiceId), 'confirming');
        assert.deepEqual((await offered()).underWay.map(({ id }) => id), [payment.id]);
        assert.equal((await refuses(ask({}), 'conflict')).code, 'under-way');
        assert.equal((await call(subject.adapter, 'cancelPayment', { contractId, paymentId: payment.id })).state, 'abandoned');
        assert.equal(await stateOf(invoiceId), before);
      });

      it('is paid once its provider says so, and not before', async (context) => {
        const { tellPayment } = subject;
        if (!subject.adapter.offers(operations.startPayment) || !tellPayment) return context.skip('nobody tells what came of a payment');
        const invoice = await toBePaid();
        if (!invoice) return context.skip('there is nothing to pay');
        const { invoiceId, open } = invoice;
        const start = () => call(subject.adapter, 'startPayment', { contractId, invoiceIds: [invoiceId], open, amount: open, returnUrl: subject.returnUrl });
        const refused = await start();
        await tellPayment(refused, 'refused');
        const back = await call(subject.adapter, 'returnFromPayment', { contractId, paymentId: refused.payment.id });
        assert.deepEqual([back.state, back.receipt, back.holdsUntil], ['refused', null, null]);
        const paid = await start();
        assert.notEqual(paid.payment.id, refused.payment.id);
        await tellPayment(paid, 'paid');
        const { state, invoices, owed, receipt, holdsUntil } = await call(subject.adapter, 'getPayment', { contractId, paymentId: paid.payment.id });
        assert.deepEqual([state, invoices.map((invoice) => invoice.paid), owed, holdsUntil], ['paid', [open], 0, null]);
        assert.ok(receipt);
        assert.equal(await stateOf(invoiceId), 'paid');
        assert.ok((await call(subject.adapter, 'getInvoice', { contractId, invoiceId })).payments.some(({ means, amount }) => means === 'card' && amount === open));
        await refuses(call(subject.adapter, 'cancelPayment', { contractId, paymentId: paid.payment.id }), 'conflict');
        const listed = (await call(subject.adapter, 'listPayments', { contractId })).items;
        assert.deepEqual([paid, refused].map(({ payment: { id } }) => listed.find((each) => each.id === id)?.state), ['paid', 'refused']);
        assert.deepEqual(listed.map(({ startedAt }) => startedAt), listed.map(({ startedAt }) => startedAt).toSorted().toReversed());
      });
    });

    describe('how contracts are paid', () => {
      const IBAN = 'FR1420041010050500013M02606';

      it('is told to the holder, with what the utility takes', async (context) => {
        if (!subject.adapter.offers(operations.getPaymentMeans)) return context.skip('the portal does not tell');
        await signIn(subject, subject.withHalfHours);
        const { contractId } = await firstMeter(subject.adapter);
        const { means, mandate } = await call(subject.adapter, 'getPaymentMeans', { contractId });
        assert.deepEqual(means, (await call(subject.adapter, 'getContract', { contractId })).payment);
        assert.ok(mandate === null || means.kind === 'sepa-debit');
      });

      it('changes with a mandate, whose account is hidden, and with its end', async (context) => {
        if (!subject.adapter.offers(operations.signMandate)) return context.skip('mandates are not signed online');
        const { another } = subject;
        await signIn(subject, another);
        const { contractId } = await firstMeter(subject.adapter);
        const mandate = { contractId, accountHolder: 'Somebody', currentPassword: another.password };
        const error = await refuses(call(subject.adapter, 'signMandate', { ...mandate, iban: IBAN.replace('0505', '0506') }), 'invalid');
        assert.deepEqual(error.fields.map(({ path, code }) => [path, code]), [['iban', 'digits']]);
        const signed = await call(subject.adapter, 'signMandate', { ...mandate, iban: IBAN.toLowerCase() });
        assert.deepEqual([signed.means, signed.mandate?.account], [{ kind: 'sepa-debit', accountEnd: '2606' }, 'FR14 •••• •••• •••• •••• •••2 606']);
        assert.deepEqual((await call(subject.adapter, 'getContract', { contractId })).payment, signed.means);
        const revoked = await call(subject.adapter, 'revokeMandate', { contractId });
        assert.equal(revoked.mandate, null);
        await refuses(call(subject.adapter, 'revokeMandate', { contractId }), 'conflict');
      });
    });

    describe('a contract', () => {
      let contractId: string;

      before(async () => {
        await signIn(subject, subject.withHalfHours);
        contractId = (await firstMeter(subject.adapter)).contractId;
      });

      it('is told in detail as the list tells it, and is its holder\'s', async () => {
        const { items } = await call(subject.adapter, 'listContracts', {});
        const details = await call(subject.adapter, 'getContract', { contractId });
        assert.deepEqual(details.contract, items.find(({ id }) => id === contractId));
        assert.deepEqual(details.role, { role: 'holder' });
      });

      it('has prices that follow each other without a gap or an overlap', async () => {
        const { prices } = await call(subject.adapter, 'getContract', { contractId });
        for (const what of new Set(prices.map((price) => price.what))) {
          const ofOne = prices.filter((price) => price.what === what).sort((a, b) => (a.from < b.from ? -1 : 1));
          ofOne.forEach(({ to }, index) => assert.equal(to, ofOne[index + 1]?.from ?? null, what));
        }
      });

      it('is not added with papers that prove nothing', async () => {
        const error = await refuses(call(subject.adapter, 'addContract', { proof: { kind: 'invoice', number: 'ZZ0000000000', total: 1 } }), 'invalid');
        assert.equal(error.code, 'proof-refused');
      });

      it('is opened to a reader and closed again, and hides the reader\'s address', async () => {
        const invitation = anInvitation();
        const { id, state, email } = await call(subject.adapter, 'inviteAccess', { contractId, ...invitation });
        assert.equal(state, 'invited');
        assert.notEqual(email, invitation.email);
        const listed = async () => (await call(subject.adapter, 'listAccess', { contractId })).items.find((grant) => grant.id === id);
        assert.equal((await listed())?.state, 'invited');
        await refuses(call(subject.adapter, 'inviteAccess', { contractId, ...invitation }), 'conflict');
        assert.equal((await call(subject.adapter, 'revokeAccess', { contractId, grantId: id })).state, 'ended');
        assert.equal((await listed())?.state, 'ended');
        assert.equal((await call(subject.adapter, 'revokeAccess', { contractId, grantId: id })).state, 'ended', 'a second time does no harm');
      });

      it('is not opened for days that are over', async () => {
        const error = await refuses(call(subject.adapter, 'inviteAccess', { contractId, ...anInvitation(), until: '2020-01-01' }), 'invalid');
        assert.deepEqual(error.fields.map(({ path, code }) => [path, code]), [['until', 'past']]);
      });
    });

    describe('getting in', () => {
      it('says to everybody what making an account asks for', async () => {
        await signOut(subject);
        const { terms, proofs, password, codeDigits } = await call(subject.adapter, 'describeAccess', {});
        assert.ok(terms.version && terms.title.fr && proofs.length > 0);
        assert.ok(password.minLength >= 8 && codeDigits >= 7, 'a password has at least 8 characters, a code at least 20 bits');
      });

      it('knows which identifiers are taken, whatever their capitals', async () => {
        const { login } = subject.withHalfHours;
        assert.equal((await call(subject.adapter, 'checkIdentifier', { identifier: login })).available, false);
        assert.equal((await call(subject.adapter, 'checkIdentifier', { identifier: login.toUpperCase() })).available, false);
        assert.equal((await call(subject.adapter, 'checkIdentifier', { identifier: 'nobody-of-this-name' })).available, true);
      });

      it('tells nothing of e-mail addresses when asked for an identifier', async () => {
        await refuses(call(subject.adapter, 'checkIdentifier', { identifier: 'somebody@example.org' }), 'invalid');
      });

      it('refuses a proof that fits nothing, in words that tell nothing more', async () => {
        const { terms } = await call(subject.adapter, 'describeAccess', {});
        const proofs = [
          { kind: 'invoice', number: 'ZZ0000000000', total: 1 },
          { kind: 'contract', contractNumber: 'no-such-contract', deliveryPoint: '00000000000000', lastName: 'Nobody' },
        ];
        for (const proof of proofs) {
          const error = await refuses(call(subject.adapter, 'startSignUp', { proof, termsVersion: terms.version, language: 'fr' }), 'invalid');
          assert.equal(error.code, 'proof-refused');
        }
      });

      it('asks for the terms as they are today', async () => {
        const proof = { kind: 'invoice', number: 'ZZ0000000000', total: 1 };
        const error = await refuses(call(subject.adapter, 'startSignUp', { proof, termsVersion: 'of another day', language: 'fr' }), 'invalid');
        assert.equal(error.code, 'terms-changed');
      });

      it('does not find a sign-up that nobody began', async () => {
        await refuses(call(subject.adapter, 'getSignUp', { signUpId: 'no-such-thing' }), 'not-found');
      });

      it('lets a session last anew when asked to, and opens none', async () => {
        await signOut(subject);
        assert.equal((await call(subject.adapter, 'extendSession', {})).state, 'signed-out');
        await signIn(subject, subject.withHalfHours);
        const session = await call(subject.adapter, 'extendSession', {});
        assert.ok(session.state === 'signed-in' && session.expiresAt > subject.now);
      });
    });

    describe('consumption', () => {
      let meter: Meter;
      let today: string;
      let timeZone: string;
      let full: { from: string; to: string };

      before(async () => {
        await signIn(subject, subject.withHalfHours);
        timeZone = (await call(subject.adapter, 'describeUtility', {})).timeZone;
        today = localDay(Date.parse(subject.now), timeZone);
        meter = await firstMeter(subject.adapter);
        const { available } = await consumption('half-hour', addDays(today, -8), today);
        assert.ok(available, 'the account must have half-hours');
        full = available;
      });

      function consumption(resolution: Consumption['resolution'], from: string, to: string): Promise<Consumption> {
        return call(subject.adapter, 'getConsumption', { meterId: meter.id, resolution, from, to });
      }

      it('says what was asked, for which meter, and how fresh it is', async () => {
        const answer = await consumption('day', addDays(today, -7), today);
        assert.deepEqual(
          [answer.meterId, answer.resolution, answer.period],
          [meter.id, 'day', { from: addDays(today, -7), to: today }],
        );
        assert.ok(answer.freshness.measuredUntil && answer.freshness.measuredUntil <= subject.now);
        assert.ok(answer.freshness.nextExpectedAt && answer.freshness.nextExpectedAt > subject.now);
      });

      it('answers half-hours and hours as a curve, days, months and years as energy', async () => {
        for (const resolution of meter.resolutions) {
          const { series } = await consumption(resolution, addDays(today, -3), today);
          assert.equal(series.kind, resolution === 'half-hour' || resolution === 'hour' ? 'curve' : 'energy', resolution);
        }
      });

      it('gives one value per day, month and year of the period, up to yesterday', async () => {
        for (const step of ['day', 'month', 'year'] as const) {
          const from = addDays(today, -400);
          const { series } = await consumption(step, from, addDays(today, 60));
          assert.ok(series.kind === 'energy');
          assert.equal(series.from, stepStart(from, step));
          assert.equal(series.values.length, stepsBetween(stepStart(from, step), today, step), step);
        }
      });

      it('adds up: half-hours make the day, days the month, months the year', async () => {
        const month = stepStart(addSteps(today, 'month', -2), 'month');
        const next = addSteps(month, 'month', 1);
        const days = await consumption('day', month, next);
        const months = await consumption('month', month, next);
        assert.ok(days.series.kind === 'energy' && months.series.kind === 'energy');
        assert.equal(days.total, totalEnergy(days.series.values));
        assert.deepEqual(months.series.values, [days.total]);

        const day = days.series.values.findIndex((value, index) => value !== null && qualityAt(days.series.kind === 'energy' ? days.series.quality : '', index) === 'real');
        assert.ok(day >= 0, 'the month has a day of real values');
        const curve = await consumption('half-hour', addDays(month, day), addDays(month, day + 1));
        assert.ok(curve.series.kind === 'curve');
        assert.equal(energyOf(curve.series.segments), days.series.values[day]);
        assert.equal(curve.total, days.series.values[day]);

        const wholeYear = stepStart(today, 'year');
        const year = await consumption('year', wholeYear, addSteps(wholeYear, 'year', 1));
        const itsMonths = await consumption('month', wholeYear, addSteps(wholeYear, 'year', 1));
        assert.equal(year.total, itsMonths.total);
      });

      it('has days of 23 and 25 hours where the clocks change', async () => {
        const changes: string[] = [];
        for (let day = full.from; day < full.to; day = addDays(day, 1)) if (dayMinutes(day, timeZone) !== 1440) changes.push(day);
        assert.ok(changes.length >= 2, 'a year of data has two clock changes');
        for (const day of changes) {
          const { series } = await consumption('half-hour', day, addDays(day, 1));
          assert.ok(series.kind === 'curve');
          const minutes = series.segments.reduce((total, { values, stepMinutes }) => total + values.length * stepMinutes, 0);
          assert.equal(minutes, dayMinutes(day, timeZone), day);
          assert.equal(Date.parse(series.segments[0]?.start ?? ''), dayStart(day, timeZone));
        }
      });

      it('keeps a curve inside the period asked for, in order and without overlap', async () => {
        const { series } = await consumption('half-hour', addDays(today, -40), addDays(today, -10));
        assert.ok(series.kind === 'curve');
        let last = dayStart(addDays(today, -40), timeZone);
        for (const { start, values, stepMinutes } of series.segments) {
          assert.ok(Date.parse(start) >= last);
          last = Date.parse(start) + values.length * stepMinutes * 60_000;
        }
        assert.ok(last <= dayStart(addDays(today, -10), timeZone));
      });

      it('marks a missing value as missing and nothing else', async () => {
        const { series } = await consumption('half-hour', full.from, full.to);
        assert.ok(series.kind === 'curve');
        for (const { values, quality } of series.segments) {
          values.forEach((value, index) => assert.equal(value === null, qualityAt(quality, index) === 'missing'));
        }
      });

      it('answers the same period the same way twice', async () => {
        const ask = () => consumption('half-hour', addDays(today, -30), addDays(today, -20));
        assert.deepEqual((await ask()).series, (await ask()).series);
      });

      it('has the same values over a long period as week by week', async () => {
        const valueAt = new Map<number, unknown>();
        const eachInterval = ({ series }: Consumption, visit: (at: number, value: unknown) => void) => {
          assert.ok(series.kind === 'curve');
          for (const { start, stepMinutes, values, quality } of series.segments) {
            values.forEach((value, index) => visit(Date.parse(start) + index * stepMinutes * 60_000, [value, quality[index], stepMinutes]));
          }
        };
        const from = addDays(today, -91);
        for (let week = from; week < today; week = addDays(week, 7)) eachInterval(await consumption('half-hour', week, addDays(week, 7)), (at, value) => valueAt.set(at, value));
        assert.ok(valueAt.size > 4000, 'a quarter of half-hours');
        eachInterval(await consumption('half-hour', from, today), (at, value) => {
          assert.deepEqual(value, valueAt.get(at), new Date(at).toISOString());
          valueAt.delete(at);
        });
        assert.equal(valueAt.size, 0);
      });

      it('refuses a period that ends before it begins, is too long, or is no date', async () => {
        await refuses(consumption('day', '2026-02-01', '2026-02-01'), 'invalid');
        await refuses(consumption('day', '2026-02-30', '2026-03-01'), 'invalid');
        const tooLong = await refuses(consumption('half-hour', addDays(today, -LONGEST_PERIOD_DAYS['half-hour'] - 1), today), 'invalid');
        assert.deepEqual(tooLong.fields.map(({ path, code }) => [path, code]), [['to', 'too-long']]);
      });

      it('has nothing, rather than zeros, before the first value', async () => {
        const { series, total } = await consumption('day', addDays(full.from, -4000), addDays(full.from, -3990));
        assert.ok(series.kind === 'energy' && series.values.every((value) => value === null));
        assert.equal(total, null);
      });

      it('keeps half-hours back until the customer consents, and says that consent is what is missing', async (context) => {
        if (!subject.withoutConsent) return context.skip('the portal has no account without consent');
        await signIn(subject, subject.withoutConsent);
        const guarded = await firstMeter(subject.adapter);
        assert.equal(guarded.loadCurve, 'consent-needed');
        assert.ok(!guarded.resolutions.includes('half-hour'));
        const asked = { meterId: guarded.id, from: addDays(today, -3), to: today };
        const error = await refuses(call(subject.adapter, 'getConsumption', { ...asked, resolution: 'half-hour' }), 'forbidden');
        assert.equal(error.code, 'consent-required');
        assert.ok((await call(subject.adapter, 'getConsumption', { ...asked, resolution: 'day' })).total);
      });
    });

    describe('what stands beside the energy', () => {
      let today: string;
      let timeZone: string;
      const everybody = () => [subject.withHalfHours, subject.withoutConsent, subject.withProduction, subject.another, ...(subject.others ?? [])].filter((account) => account !== undefined);

      before(async () => {
        timeZone = (await call(subject.adapter, 'describeUtility', {})).timeZone;
        today = localDay(Date.parse(subject.now), timeZone);
      });

      /** Every meter that one of the accounts sees, with its contract; signed in as that account. */
      async function eachMeter(examine: (meter: Meter, details: Output<'getContract'>, ask: (resolution: Consumption['resolution'], from: string, to: string, direction?: 'production') => Promise<Consumption>) => Promise<void>): Promise<void> {
        for (const account of everybody()) {
          await signIn(subject, account);
          for (const { id: contractId } of (await call(subject.adapter, 'listContracts', {})).items) {
            const details = await call(subject.adapter, 'getContract', { contractId });
            for (const meter of (await call(subject.adapter, 'listMeters', { contractId })).items) {
              await examine(meter, details, (resolution, from, to, direction) => call(subject.adapter, 'getConsumption', { meterId: meter.id, resolution, from, to, ...(direction && { direction }) }));
            }
          }
        }
      }

      it('has columns as long as the energy, and registers that add up to it', async () => {
        await eachMeter(async (meter, _details, ask) => {
          for (const resolution of meter.resolutions.filter((each) => each !== 'half-hour' && each !== 'hour')) {
            const { series, cost, weather } = await ask(resolution, addDays(today, -500), today);
            assert.ok(series.kind === 'energy');
            const costs = cost ? [cost.energy, cost.standingCharge, ...cost.registers.map(({ values }) => values)] : [];
            for (const column of [...costs, ...(weather ? [weather.temperature, weather.degreeDays] : [])]) assert.equal(column.length, series.values.length, `${meter.id}, ${resolution}`);
            const codes = meter.registers.map(({ code }) => code);
            for (const { code } of series.registers ?? []) assert.ok(codes.includes(code), `${meter.id} has no register ${code}`);
            series.values.forEach((value, index) => {
              const parts = totalEnergy((series.registers ?? []).map(({ values }) => values[index] ?? null));
              if (parts !== null) assert.ok(parts <= (value ?? 0), `${meter.id}, ${resolution}, ${index}`);
            });
            if (meter.energy !== 'gas') assert.equal(series.volumes, undefined, 'only gas has a volume');
          }
        });
      });

      it('costs what the contract\'s prices and taxes make of it, day by day', async (context) => {
        let priced = 0;
        await eachMeter(async (meter, { prices, taxes }, ask) => {
          if (!meter.resolutions.includes('day')) return;
          const { series, cost } = await ask('day', addDays(today, -500), today);
          if (!cost) return;
          assert.ok(series.kind === 'energy');
          const [only] = meter.registers;
          series.values.forEach((value, index) => {
            const day = addDays(series.from, index);
            const columns = series.registers ?? (meter.registers.length === 1 && only ? [{ code: only.code, values: series.values }] : []);
            const registers = Object.fromEntries(columns.flatMap(({ code, values }) => (typeof values[index] === 'number' ? [[code, values[index]]] : [])));
            const known = value !== null && Object.values(registers).reduce((sum, part) => sum + part, 0) === value ? energyCosts(day, registers, { prices, taxes }) : undefined;
            const expected = known ? Object.values(known).reduce<number>((sum, part) => sum + part, 0) : null;
            assert.deepEqual([cost.energy[index], cost.standingCharge[index]], [expected, standingChargeOf(day, { prices, taxes }) ?? null], `${meter.id}, ${day}`);
            for (const { code, values } of cost.registers) assert.equal(values[index], known ? (known[code] ?? 0) : null, `${meter.id}, ${day}, ${code}`);
            if (known) priced++;
          });
        });
        if (priced === 0) context.skip('the portal knows no prices');
      });

      it('costs by the month and the year what its days cost', async () => {
        const from = stepStart(addSteps(today, 'month', -14), 'month');
        await eachMeter(async (meter, _details, ask) => {
          if (!meter.resolutions.includes('day')) return;
          const days = await ask('day', from, today);
          const months = await ask('month', from, today);
          for (const column of ['energy', 'standingCharge'] as const) {
            const byDay = days.cost?.[column];
            months.cost?.[column].forEach((month, index) => {
              const start = addSteps(from, 'month', index);
              const parts = byDay?.slice(daysBetween(from, start), daysBetween(from, addSteps(start, 'month', 1))) ?? [];
              // A month with a day that was measured and has no cost has none.
              if (month !== null) assert.equal(month, parts.reduce<number>((sum, part) => sum + (part ?? 0), 0), `${meter.id}, ${start}, ${column}`);
            });
          }
        });
      });

      it('counts peak and off-peak hours by the contract, also where they begin off the half-hour or change', async (context) => {
        let examined = 0;
        await eachMeter(async (meter, { offPeak }, ask) => {
          const plan = { registers: meter.registers.map(({ code }) => code), offPeak };
          if (!plan.registers.includes('HC') || !meter.resolutions.includes('half-hour')) return;
          const from = addDays(today, -60);
          const { series: days } = await ask('day', from, today);
          const { series: curve } = await ask('half-hour', from, today);
          assert.ok(days.kind === 'energy' && curve.kind === 'curve');
          for (let day = from, index = 0; day < today; day = addDays(day, 1), index++) {
            const stretches = registersOfDay(day, plan, timeZone);
            if (!stretches || days.values[index] === null) continue;
            const segments = within(curve.segments, dayStart(day, timeZone), dayStart(addDays(day, 1), timeZone));
            const told: Record<string, unknown> = Object.fromEntries((days.registers ?? []).map(({ code, values }) => [code, values[index]]));
            assert.deepEqual(told, energyByRegister(day, segments, stretches, timeZone), `${meter.id}, ${day}`);
            examined++;
          }
        });
        if (examined === 0) context.skip('no account has peak and off-peak hours by the half-hour');
      });

      it('is production only where the meter measures it: told apart, in the same steps, and without a cost', async (context) => {
        let producing = 0;
        await eachMeter(async (meter, _details, ask) => {
          for (const resolution of meter.resolutions) {
            const [from, to] = [addDays(today, -40), addDays(today, -10)];
            if (!meter.production) {
              const error = await refuses(ask(resolution, from, to, 'production'), 'invalid');
              assert.deepEqual(error.fields.map(({ path }) => path), ['direction'], meter.id);
              continue;
            }
            producing++;
            const [consumed, fedIn] = [await ask(resolution, from, to), await ask(resolution, from, to, 'production')];
            assert.deepEqual([consumed.direction ?? 'consumption', fedIn.direction, fedIn.series.kind, fedIn.cost], ['consumption', 'production', consumed.series.kind, undefined]);
            assert.ok((fedIn.total ?? 0) > 0 && fedIn.total !== consumed.total);
          }
        });
        if (producing === 0) context.skip('no account produces');
      });
    });

    describe('consents', () => {
      const faultsOf = ({ fields }: PortalError) => fields.map(({ path, code }) => [path, code]);
      /** In the order of the purposes: a portal may list them in any. */
      const inOrder = ({ items }: Output<'listConsents'>) => items.toSorted((one, other) => ConsentPurpose.options.indexOf(one.purpose) - ConsentPurpose.options.indexOf(other.purpose));
      const consentsOf = async (meterId: string) => inOrder(await call(subject.adapter, 'listConsents', { meterId }));
      const stateOf = async (contractId: string) => (await call(subject.adapter, 'listMeters', { contractId })).items[0]?.loadCurve;

      it('are told for each purpose with their words, and say of the load curve what the meter says', async (context) => {
        if (!subject.adapter.offers(operations.listConsents)) return context.skip('the portal asks for no consents');
        for (const account of [subject.withHalfHours, subject.withoutConsent]) {
          if (!account) continue;
          await signIn(subject, account);
          const meter = await firstMeter(subject.adapter);
          const consents = await consentsOf(meter.id);
          const asked = purposesOf(meter);
          assert.ok(consents.every(({ purpose }) => asked.includes(purpose)));
          for (const purpose of CURVE_PURPOSES) assert.equal(consents.filter((consent) => consent.purpose === purpose).length, 1, 'one for each, and never one for two');
          for (const { purpose, recipient, text, state, since } of consents) {
            assert.ok(text.version && text.title.fr && text.text.fr);
            assert.ok(state === 'off' || since !== null);
            assert.equal(recipient !== undefined, purpose === 'third-party');
          }
          assert.equal(loadCurveState(consents), meter.loadCurve);
        }
      });

      it('are each given on their own, to the words in force, the recording first', async (context) => {
        if (!subject.withoutConsent || !subject.adapter.offers(operations.giveConsents)) return context.skip('the portal has no account without consent');
        await signIn(subject, subject.withoutConsent);
        const { id: meterId, contractId } = await firstMeter(subject.adapter);
        const give = async (...choices: ConsentChoice[]) => inOrder(await call(subject.adapter, 'giveConsents', { meterId, choices })).filter(({ purpose }) => isOfCurve(purpose));
        const curveOf = async () => (await consentsOf(meterId)).filter(({ purpose }) => isOfCurve(purpose));
        const [recording, collection] = (await curveOf()).map(({ purpose, text }): ConsentChoice => ({ purpose, textVersion: text.version }));
        assert.ok(recording && collection);

        assert.deepEqual(faultsOf(await refuses(give({ ...recording, textVersion: 'of another day' }), 'invalid')), [['choices.0.textVersion', 'outdated-text']]);
        assert.deepEqual(faultsOf(await refuses(give(collection), 'invalid')), [['choices.0.purpose', 'needs-recording']]);
        assert.deepEqual(faultsOf(await refuses(give(recording, { ...collection, textVersion: 'of another day' }), 'invalid')), [['choices.1.textVersion', 'outdated-text']]);
        await refuses(give(), 'invalid');
        assert.deepEqual((await curveOf()).map(({ state }) => state), ['off', 'off'], 'nothing was given');

        const one = await give(recording);
        assert.deepEqual(one.map(({ purpose, state, since }) => [purpose, state, since]), [['curve-recording', 'requested', subject.now], ['curve-collection', 'off', null]]);
        assert.equal(await stateOf(contractId), 'consent-needed');
        const both = await give(collection);
        assert.deepEqual(both.map(({ state }) => state), ['requested', 'requested']);
        assert.deepEqual(await curveOf(), both);
        assert.equal(await stateOf(contractId), 'requested');
        assert.deepEqual(await give(recording, collection), both, 'a second time changes nothing');
        const { items: traces } = await call(subject.adapter, 'listActivity', { group: 'consents' });
        assert.ok(traces.some(({ kind, contractId: about }) => kind === 'consent-given' && about === contractId));
      });

      it('do not bring half-hours before the network operator has done its part', async (context) => {
        if (!subject.withoutConsent || !subject.adapter.offers(operations.giveConsents)) return context.skip('the portal has no account without consent');
        await signIn(subject, subject.withoutConsent);
        const { id: meterId, loadCurve, resolutions } = await firstMeter(subject.adapter);
        assert.deepEqual([loadCurve, resolutions.includes('half-hour')], ['requested', false]);
        const error = await refuses(call(subject.adapter, 'getConsumption', { meterId, resolution: 'half-hour', from: '2026-01-01', to: '2026-01-02' }), 'forbidden');
        assert.equal(error.code, 'consent-required');
      });

      it('are withdrawn one by one, the collection with the recording, and taken back together', async (context) => {
        const { adapter } = subject;
        if (!adapter.offers(operations.withdrawConsent)) return context.skip('consents are withdrawn elsewhere');
        await signIn(subject, subject.withHalfHours);
        const { id: meterId } = await firstMeter(adapter);
        const before = await consentsOf(meterId);
        const told = adapter.offers(operations.listConsentEvents) ? (await call(adapter, 'listConsentEvents', { meterId })).items.length : 0;
        const gone = inOrder(await call(adapter, 'withdrawConsent', { meterId, purpose: 'curve-recording', erase: false }));
        const expected = before.map(({ purpose, state }) => (isOfCurve(purpose) ? 'off' : state));
        assert.deepEqual(gone.map(({ state }) => state), expected);
        assert.deepEqual(await consentsOf(meterId), gone);
        const meter = await firstMeter(adapter);
        assert.equal(meter.loadCurve, 'consent-needed', 'nothing new is collected');
        assert.ok(meter.resolutions.includes('half-hour'), 'what was collected and not erased can still be seen');
        assert.deepEqual(inOrder(await call(adapter, 'withdrawConsent', { meterId, purpose: 'curve-recording', erase: true })), gone, 'withdrawing what is off changes nothing');
        await refuses(call(adapter, 'withdrawConsent', { meterId, purpose: 'third-party', recipientId: 'nobody-of-this-name', erase: false }), 'invalid');
        if (!adapter.offers(operations.undoWithdrawal)) return;
        assert.ok(gone.filter(({ purpose }) => isOfCurve(purpose)).every(({ undo }) => undo !== undefined && undo.until > subject.now && !undo.erases));
        const back = inOrder(await call(adapter, 'undoWithdrawal', { meterId, purpose: 'curve-recording' }));
        assert.deepEqual(back.map(({ state, expiresOn, undo }) => [state, expiresOn, undo]), before.map(({ state, expiresOn, undo }) => [state, expiresOn, undo]));
        assert.equal((await firstMeter(adapter)).loadCurve, 'collected');
        await refuses(call(adapter, 'undoWithdrawal', { meterId, purpose: 'curve-recording' }), 'conflict');
        const { items: traces } = await call(adapter, 'listActivity', { group: 'consents' });
        for (const kind of ['consent-withdrawn', 'consent-restored']) assert.ok(traces.some((trace) => trace.kind === kind), kind);
        if (!adapter.offers(operations.listConsentEvents)) return;
        const events = (await call(adapter, 'listConsentEvents', { meterId })).items;
        assert.deepEqual(events.slice(0, 4).map(({ kind }) => kind), ['restored', 'restored', 'withdrawn', 'withdrawn']);
        assert.deepEqual(events.slice(0, 4).map(({ state }) => state), ['active', 'active', 'off', 'off']);
        assert.ok(events.slice(0, 4).every(({ actor, at, name: whose }) => actor === 'customer' && at === subject.now && whose));
        assert.equal(events.length, told + 4);
      });

      it('that the utility keeps alone are in effect at once, for as long as their words say', async (context) => {
        const { adapter } = subject;
        if (!adapter.offers(operations.giveConsents)) return context.skip('the portal asks for no consents');
        await signIn(subject, subject.withHalfHours);
        const { id: meterId } = await firstMeter(adapter);
        const offered = (await consentsOf(meterId)).find(({ purpose, state }) => purpose === 'third-party' && state === 'off');
        if (!offered?.recipient) return context.skip('nothing is shared with others');
        const name = nameOf(offered);
        const given = (await call(adapter, 'giveConsents', { meterId, choices: [{ ...name, textVersion: offered.text.version }] })).items.find((consent) => isNamed(consent, name));
        assert.deepEqual([given?.state, given?.expiresOn === undefined], ['active', offered.text.months === undefined]);
        assert.ok(given?.expiresOn === undefined || given.expiresOn > subject.now.slice(0, 10));
        if (!adapter.offers(operations.withdrawConsent)) return;
        const withdrawn = (await call(adapter, 'withdrawConsent', { meterId, ...name, erase: true })).items.find((consent) => isNamed(consent, name));
        assert.deepEqual([withdrawn?.state, withdrawn?.undo?.erases ?? false], ['off', false], 'the portal holds nothing of it to erase');
      });

      it('have a history that goes on page by page, the latest first', async (context) => {
        const { adapter } = subject;
        if (!adapter.offers(operations.listConsentEvents) || !adapter.offers(operations.withdrawConsent) || !adapter.offers(operations.undoWithdrawal)) return context.skip('the portal tells no history');
        await signIn(subject, subject.withHalfHours);
        const { id: meterId } = await firstMeter(adapter);
        for (let round = 0; round < 20; round++) {
          await call(adapter, 'withdrawConsent', { meterId, purpose: 'daily-collection', erase: false });
          await call(adapter, 'undoWithdrawal', { meterId, purpose: 'daily-collection' });
        }
        const all: Output<'listConsentEvents'>['items'] = [];
        for (let after: string | undefined; ; ) {
          const { items, next } = await call(adapter, 'listConsentEvents', { meterId, ...(after !== undefined && { after }) });
          all.push(...items);
          after = next;
          if (after === undefined) break;
        }
        assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'each once');
        assert.deepEqual(all.slice(0, 40).map(({ kind }) => kind), Array.from({ length: 20 }, () => ['restored', 'withdrawn']).flat());
        assert.ok(all.every(({ at }, index) => index === 0 || at <= (all[index - 1]?.at ?? '')));
        assert.ok(all.length >= 40 + 3);
      });

      it('are not asked for where a meter is read by hand, and not to a curve that there is none of', async (context) => {
        if (!subject.adapter.offers(operations.giveConsents)) return context.skip('the portal asks for no consents');
        let without = 0;
        for (const account of [subject.another, ...(subject.others ?? [])]) {
          await signIn(subject, account);
          for (const { id: contractId } of (await call(subject.adapter, 'listContracts', {})).items) {
            for (const { id: meterId, kind, loadCurve } of (await call(subject.adapter, 'listMeters', { contractId })).items) {
              if (loadCurve !== 'unavailable') continue;
              without++;
              const offered = await consentsOf(meterId);
              assert.ok(offered.every(({ purpose }) => !isOfCurve(purpose)));
              if (kind !== 'hand-read') continue;
              assert.deepEqual(offered, []);
              await refuses(call(subject.adapter, 'giveConsents', { meterId, ...EXAMPLES.giveConsents }), 'conflict');
            }
          }
        }
        if (without === 0) context.skip('every account has a load curve');
      });

      it('are the holder\'s alone: somebody who reads the contract sees them and gives none', async (context) => {
        const { adapter, another, invitationSecret } = subject;
        if (!invitationSecret || another.email === undefined || !adapter.offers(operations.giveConsents)) return context.skip('the mails of the portal cannot be read');
        await signIn(subject, subject.withHalfHours);
        const { id: meterId, contractId } = await firstMeter(adapter);
        const own = await consentsOf(meterId);
        const { id: grantId } = await call(adapter, 'inviteAccess', { contractId, ...anInvitation(), email: another.email });
        await signIn(subject, another);
        await call(adapter, 'acceptAccess', { invitationId: await invitationSecret() });
        assert.deepEqual(await consentsOf(meterId), own);
        const choices = own.map((consent) => ({ ...nameOf(consent), textVersion: consent.text.version }));
        await refuses(call(adapter, 'giveConsents', { meterId, choices }), 'forbidden');
        if (adapter.offers(operations.withdrawConsent)) await refuses(call(adapter, 'withdrawConsent', { meterId, purpose: 'curve-recording', erase: false }), 'forbidden');
        if (adapter.offers(operations.undoWithdrawal)) await refuses(call(adapter, 'undoWithdrawal', { meterId, purpose: 'curve-recording' }), 'forbidden');
        await signIn(subject, subject.withHalfHours);
        await call(adapter, 'revokeAccess', { contractId, grantId });
      });
    });

    describe('outages and alerts', () => {
      const offers = (...names: OperationName[]) => names.every((each) => subject.adapter.offers(operations[each]));
      const board = () => call(subject.adapter, 'getOutageBoard', {});
      const settings = () => call(subject.adapter, 'getAlertSettings', {});
      const fields = async (asked: Promise<unknown>) => (await refuses(asked, 'invalid')).fields.map(({ path, code }) => `${path} ${code}`);

      before(() => signIn(subject, subject.withHalfHours));

      it('stand on a board for everybody, in communes that it names, with how they came to stand as they do', async (context) => {
        if (!offers('getOutageBoard')) return context.skip('the portal tells no outages');
        await signOut(subject);
        const { items, communes, asOf } = await board();
        await signIn(subject, subject.withHalfHours);
        assert.equal(asOf, subject.now);
        assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
        const codes = new Set(communes.map(({ code }) => code));
        for (const { id, areas, energy, state, estimatedEnd, startsAt, endedAt, history } of items) {
          const last = history.at(-1);
          assert.ok(areas.every(({ commune }) => codes.has(commune)), `the communes of ${id} are named`);
          assert.ok(areas.every(({ commune }) => communes.find(({ code }) => code === commune)?.energies.includes(energy)), `${energy} is told where ${id} is`);
          assert.deepEqual([last?.state, last?.startsAt, last?.estimatedEnd], [state, startsAt, estimatedEnd], `the last word on ${id} is how it stands`);
          assert.deepEqual(history.map(({ at }) => at), history.map(({ at }) => at).toSorted(), `what was said of ${id} is in its order`);
          assert.equal(endedAt !== null, state === 'restored' || state === 'cancelled', `${id} ended`);
        }
      });

      it('concern the contracts that a customer holds, by street and number, and no others', async (context) => {
        if (!offers('getOutageBoard', 'listConcerns')) return context.skip('the portal does not say whom outages concern');
        const { items } = await board();
        const { territory, timeZone } = await call(subject.adapter, 'describeUtility', {});
        const { items: seen } = await call(subject.adapter, 'listContracts', {});
        const roles = subject.adapter.offers(operations.getContract) ? await Promise.all(seen.map(async ({ id: contractId }) => (await call(subject.adapter, 'getContract', { contractId })).role.role)) : [];
        const held = seen.filter((_contract, index) => roles[index] !== 'reader');
        const plain = ({ outageId, contractId, by }: { outageId: string; contractId: string; by: string }) => `${outageId} ${contractId} ${by}`;
        const told = (await call(subject.adapter, 'listConcerns', {})).items.filter(({ contractId }) => held.some(({ id }) => id === contractId));
        assert.deepEqual(told.map(plain).sort(), concernsOf(items, held, territory, localDay(Date.parse(subject.now), timeZone)).map(plain).sort());
      });

      it('lie on shapes of communes that the utility serves, where there is a map', async (context) => {
        if (!offers('getOutageBoard', 'getOutageMap')) return context.skip('the portal has no map');
        const codes = (await board()).communes.map(({ code }) => code);
        for (const { properties } of (await call(subject.adapter, 'getOutageMap', {})).features) assert.ok(codes.includes(properties.commune), properties.name);
      });

      it('are reported by anybody with a reference for the phone, and of one’s own contract alone', async (context) => {
        if (!offers('getOutageBoard', 'reportOutage')) return context.skip('the portal takes no reports');
        const { communes } = await board();
        const [commune] = communes;
        assert.ok(commune, 'it serves a commune');
        const report = { energy: commune.energies[0], commune: commune.code, address: '1 rue de l’Exemple', extent: 'home', since: subject.now };
        assert.notEqual((await call(subject.adapter, 'reportOutage', report)).reference, '');
        assert.deepEqual(await fields(call(subject.adapter, 'reportOutage', { ...report, commune: '99999' })), ['commune unknown']);
        assert.deepEqual(await fields(call(subject.adapter, 'reportOutage', { ...report, since: instant(Date.parse(subject.now) + 3_600_000) })), ['since future']);
        await refuses(call(subject.adapter, 'reportOutage', { ...report, outageId: 'no-such-thing' }), 'not-found');
        const [own] = (await call(subject.adapter, 'listContracts', {})).items;
        await signIn(subject, subject.another);
        await refuses(call(subject.adapter, 'reportOutage', { ...report, contractId: own?.id }), 'not-found');
        await signIn(subject, subject.withHalfHours);
      });

      it('under way are said to last by whom they concern, as each sees it', async (context) => {
        if (!offers('getOutageBoard', 'listConcerns', 'reportOutage')) return context.skip('the portal takes no reports');
        const { items } = await board();
        const [concern] = (await call(subject.adapter, 'listConcerns', {})).items.filter(({ outageId }) => items.some((outage) => outage.id === outageId && outagePhase(outage, Date.parse(subject.now)) === 'current'));
        if (!concern) return context.skip('none under way concerns this customer');
        const outage = items.find(({ id }) => id === concern.outageId);
        await call(subject.adapter, 'reportOutage', { energy: outage?.energy, commune: outage?.areas[0]?.commune, address: 'x', extent: 'home', since: subject.now, contractId: concern.contractId, outageId: concern.outageId });
        const told = (await call(subject.adapter, 'listConcerns', {})).items;
        assert.equal(told.find(({ outageId, contractId }) => outageId === concern.outageId && contractId === concern.contractId)?.stillOutAt, subject.now);
      });

      it('are told of by ways that there are, for each topic; what is not named stays', async (context) => {
        if (!offers('describeAlerts', 'getAlertSettings', 'updateAlertSettings', 'getOutageBoard')) return context.skip('the portal tells nobody by its own accord');
        const { channels } = await call(subject.adapter, 'describeAlerts', {});
        const before = await settings();
        assert.deepEqual(before.choices.map(({ topic }) => topic), ALERT_TOPICS);
        for (const choice of before.choices) assert.ok(choice.channels.every((channel) => channels.includes(channel)), choice.topic);
        const { communes: [commune] } = await board();
        const after = await call(subject.adapter, 'updateAlertSettings', { communes: [commune?.code], quietHours: { from: '22:00', to: '07:00' } });
        assert.deepEqual([after.communes, after.quietHours, after.choices], [[commune?.code], { from: '22:00', to: '07:00' }, before.choices]);
        const [way] = channels.filter((channel) => channel !== 'sms');
        const chosen = await call(subject.adapter, 'updateAlertSettings', { choices: [{ topic: 'works', channels: way ? [way] : [] }] });
        assert.deepEqual(chosen.choices.find(({ topic }) => topic === 'works')?.channels, way ? [way] : []);
        assert.deepEqual([chosen.communes, chosen.quietHours], [after.communes, after.quietHours]);
        assert.deepEqual(await settings(), chosen);
        assert.deepEqual(await fields(call(subject.adapter, 'updateAlertSettings', { communes: ['99999'] })), ['communes unknown']);
        const [missing] = ALERT_CHANNELS.filter((channel) => !channels.includes(channel));
        if (missing) assert.deepEqual(await fields(call(subject.adapter, 'updateAlertSettings', { choices: [{ topic: 'works', channels: [missing] }] })), ['choices unknown-channel']);
        await call(subject.adapter, 'updateAlertSettings', { choices: before.choices, communes: [...before.communes], quietHours: before.quietHours });
      });

      it('are muted for one address without another, and never for somebody else’s', async (context) => {
        if (!offers('getAlertSettings', 'updateAlertSettings')) return context.skip('the portal tells nobody by its own accord');
        const [first] = (await settings()).addresses;
        assert.ok(first, 'the customer has an address');
        const muted = (await call(subject.adapter, 'updateAlertSettings', { mutedContracts: [first.contractId, 'no-such-thing'] })).addresses;
        assert.deepEqual(muted.filter(({ isMuted }) => isMuted).map(({ contractId }) => contractId), [first.contractId]);
        assert.ok((await call(subject.adapter, 'updateAlertSettings', { mutedContracts: [] })).addresses.every(({ isMuted }) => !isMuted));
      });

      it('come to a browser that is added once, however often, and no more once it is removed', async (context) => {
        if (!offers('addPushDevice', 'removePushDevice', 'getAlertSettings')) return context.skip('the portal tells no browsers');
        const subscription = aBrowser();
        const before = (await settings()).devices.length;
        await call(subject.adapter, 'addPushDevice', { subscription });
        const { devices } = await call(subject.adapter, 'addPushDevice', { subscription });
        assert.equal(devices.length, before + 1);
        const added = devices.find(({ endpointEnd }) => String(subscription['endpoint']).endsWith(endpointEnd));
        assert.ok(added, 'a browser knows itself by the end of its endpoint');
        assert.equal((await call(subject.adapter, 'removePushDevice', { deviceId: added.id })).devices.length, before);
        await refuses(call(subject.adapter, 'removePushDevice', { deviceId: added.id }), 'not-found');
      });

      it('come to who has no account, as they chose, until they end it', async (context) => {
        if (!offers('followAlerts', 'unfollowAlerts', 'getOutageBoard')) return context.skip('the portal tells nobody without an account');
        await signOut(subject);
        const { communes: [commune] } = await board();
        const subscription = aBrowser();
        const chosen = { communes: [commune?.code], topics: ['outages'], quietHours: null, language: 'fr' };
        assert.deepEqual(await call(subject.adapter, 'followAlerts', { ...chosen, subscription }), chosen);
        assert.deepEqual(await call(subject.adapter, 'unfollowAlerts', { endpoint: subscription['endpoint'] }), {});
        await signIn(subject, subject.withHalfHours);
      });

      it('of works come by a call where equipment at home needs it, by the words that were shown, and until that is taken back', async (context) => {
        if (!offers('describeAlerts', 'giveMedicalNeed', 'withdrawMedicalNeed', 'getAlertSettings')) return context.skip('the portal does not ask for it');
        const { medical } = await call(subject.adapter, 'describeAlerts', {});
        if (!medical) return context.skip('the utility does not ask for it');
        const [first] = (await settings()).addresses;
        const need = { contractId: first?.contractId, phone: '+33639980199', language: 'fr' };
        await refuses(call(subject.adapter, 'giveMedicalNeed', { ...need, textVersion: `not ${medical.version}` }), 'conflict');
        const { medicalNeeds } = await call(subject.adapter, 'giveMedicalNeed', { ...need, textVersion: medical.version });
        assert.deepEqual(medicalNeeds, [{ contractId: first?.contractId, phone: need.phone, since: subject.now, textVersion: medical.version }]);
        assert.deepEqual((await call(subject.adapter, 'withdrawMedicalNeed', { contractId: need.contractId })).medicalNeeds, []);
      });
    });

    describe('the account', () => {
      let password: string;
      const login = () => subject.withHalfHours.login;
      const confirmed = () => ({ currentPassword: password });
      const faultsOf = ({ fields }: PortalError) => fields.map(({ path, code }) => [path, code]);

      before(async () => {
        ({ password } = subject.withHalfHours);
        await signIn(subject, subject.withHalfHours);
      });

      it('says who it is, how they are reached, and what closing it leads to', async () => {
        const session = await call(subject.adapter, 'whoAmI', {});
        const profile = await call(subject.adapter, 'getProfile', {});
        assert.equal(session.state === 'signed-in' && session.customer.id, profile.customer.id);
        assert.equal(profile.identifier.toLowerCase(), login().toLowerCase());
        assert.equal(profile.emailChange, null);
        assert.deepEqual(profile.notifications.map(({ topic }) => topic), NOTIFICATION_TOPICS, 'a choice for every topic');
        assert.ok(profile.notifications.every((choice) => choice.channels.every((channel) => profile.channels.includes(channel))));
        const { items: contracts } = await call(subject.adapter, 'listContracts', {});
        assert.equal(profile.closure.contracts, contracts.filter(({ to }) => to === null).length);
        assert.ok(profile.closure.kept.every(({ years }) => years > 0));
      });

      it('changes what is told, and leaves what is absent', async () => {
        const before = await call(subject.adapter, 'getProfile', {});
        const after = await call(subject.adapter, 'updateProfile', { notifications: [{ topic: 'news', channels: ['email'] }] });
        assert.deepEqual(after.notifications.find(({ topic }) => topic === 'news')?.channels, ['email']);
        const others = ({ notifications }: typeof after) => notifications.filter(({ topic }) => topic !== 'news');
        assert.deepEqual([after.phone, after.language, others(after)], [before.phone, before.language, others(before)]);
        assert.deepEqual((await call(subject.adapter, 'updateProfile', { notifications: [{ topic: 'news', channels: [] }] })).notifications, before.notifications);
      });

      it('takes a phone number that can exist, and one of the utility\'s languages', async () => {
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'updateProfile', { phone: '+33100000' }), 'invalid')), [['phone', 'invalid']]);
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'updateProfile', { language: 'tlh' }), 'invalid')), [['language', 'unknown']]);
        const { phone } = await call(subject.adapter, 'getProfile', {});
        assert.equal((await call(subject.adapter, 'updateProfile', { phone: '+33639980199' })).phone, '+33639980199');
        assert.equal((await call(subject.adapter, 'updateProfile', { phone })).phone, phone);
      });

      it('asks for the password again before what could lock its customer out', async () => {
        const inputs: Partial<Record<OperationName, Record<string, unknown>>> = {
          changeIdentifier: { identifier: 'another-of-this-name' },
          changePassword: { password: 'Verrerie+Viaur-26' },
          startEmailChange: { email: 'another@example.net' },
          closeAccount: {},
        };
        for (const [name, input] of Object.entries(inputs) as [OperationName, Record<string, unknown>][]) {
          const silent = await refuses(call(subject.adapter, name, input), 'forbidden');
          assert.equal(silent.code, 'confirmation-needed', name);
          assert.deepEqual(faultsOf(await refuses(call(subject.adapter, name, { ...input, currentPassword: 'not this one' }), 'invalid')), [['currentPassword', 'wrong']], name);
          // A right one forgives the wrong ones.
          await refuses(call(subject.adapter, 'changePassword', { password: 'weak', ...confirmed() }), 'invalid');
        }
        assert.equal((await call(subject.adapter, 'whoAmI', {})).state, 'signed-in');
      });

      it('has an identifier of its own, and gives the one before free', async () => {
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'changeIdentifier', { identifier: subject.another.login, ...confirmed() }), 'invalid')), [['identifier', 'taken']]);
        const before = login();
        assert.equal((await call(subject.adapter, 'changeIdentifier', { identifier: 'another-of-this-name', ...confirmed() })).identifier, 'another-of-this-name');
        assert.equal((await call(subject.adapter, 'checkIdentifier', { identifier: before })).available, true);
        assert.equal((await call(subject.adapter, 'changeIdentifier', { identifier: before, ...confirmed() })).identifier, before.toLowerCase());
      });

      it('takes no weak password, and goes on in this browser with a good one', async () => {
        const weak = await refuses(call(subject.adapter, 'changePassword', { password: 'abc', ...confirmed() }), 'invalid');
        assert.ok(weak.fields.length > 0 && weak.fields.every(({ path }) => path === 'password'));
        const better = 'Verrerie+Viaur-26';
        const { password: changed } = await call(subject.adapter, 'changePassword', { password: better, ...confirmed() });
        password = better;
        assert.equal(changed?.changedAt, subject.now);
        assert.deepEqual((await call(subject.adapter, 'listDevices', {})).items.map(({ current }) => current), [true], 'the others are signed out');
        await refuses(call(subject.adapter, 'signIn', subject.withHalfHours as unknown as Record<string, unknown>), 'unauthenticated');
        await signIn(subject, { login: login(), password });
      });

      it('gets another e-mail address by a code alone, and answers alike where somebody has it', async () => {
        const { email } = await call(subject.adapter, 'getProfile', {});
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'startEmailChange', { email, ...confirmed() }), 'invalid')), [['email', 'same']]);
        const sent = await call(subject.adapter, 'startEmailChange', { email: 'another@example.net', ...confirmed() });
        assert.ok(!sent.to.includes('another') && sent.to.endsWith('@example.net'));
        const waiting = await call(subject.adapter, 'getProfile', {});
        assert.deepEqual([waiting.email, waiting.emailChange?.to], [email, sent.to]);
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'confirmEmailChange', { code: '0000000' }), 'invalid')), [['code', 'wrong']]);
        await refuses(call(subject.adapter, 'startEmailChange', { email: 'another@example.net', ...confirmed() }), 'rate-limited');
        assert.equal((await call(subject.adapter, 'cancelEmailChange', {})).emailChange, null);
        assert.deepEqual(faultsOf(await refuses(call(subject.adapter, 'confirmEmailChange', { code: '0000000' }), 'invalid')), [['code', 'ended']]);
      });

      it('gives another postal address at once, or asks the utility and can take that back', async () => {
        const address = { lines: ['2 rue de l’Exemple', 'Bâtiment B'], postcode: '81400', city: 'Carmaux', country: 'FR' };
        const before = await call(subject.adapter, 'getProfile', {});
        if (!before.addressNeedsApproval) {
          assert.deepEqual((await call(subject.adapter, 'changeAddress', { address })).address, address);
          return;
        }
        const waits = await waitingRequest(subject.adapter);
        await refuses(call(subject.adapter, 'changeAddress', { address }), 'conflict');
        const withdrawn = await call(subject.adapter, 'withdrawRequest', { requestId: waits?.id });
        assert.equal(withdrawn.requests.find(({ id }) => id === waits?.id)?.state, 'withdrawn');
        const asked = await call(subject.adapter, 'changeAddress', { address });
        const request = asked.requests.find(({ state }) => state === 'pending');
        assert.deepEqual([asked.address, request?.address], [before.address, address]);
        await call(subject.adapter, 'withdrawRequest', { requestId: request?.id });
      });

      it('lists this browser first among its devices, which ends by signing out alone', async () => {
        const { items } = await call(subject.adapter, 'listDevices', {});
        assert.deepEqual(items.map(({ current }) => current), items.map((_, index) => index === 0));
        assert.ok(items.every(({ expiresAt }) => expiresAt > subject.now));
        await refuses(call(subject.adapter, 'endDevice', { deviceId: items[0]?.id }), 'conflict');
        assert.deepEqual((await call(subject.adapter, 'endOtherDevices', {})).items.map(({ id }) => id), [items[0]?.id]);
      });

      it('tells what was done, the newest first, each once however it is paged', async () => {
        const seen: Output<'listActivity'>['items'] = [];
        let cursor: string | undefined;
        do {
          const { items, next }: Output<'listActivity'> = await call(subject.adapter, 'listActivity', { ...(cursor !== undefined && { cursor }) });
          seen.push(...items);
          cursor = next;
        } while (cursor !== undefined);
        assert.equal(new Set(seen.map(({ id }) => id)).size, seen.length);
        assert.deepEqual(seen.map(({ at }) => at), seen.map(({ at }) => at).toSorted().reverse());
        const kinds = seen.map(({ kind }) => kind);
        for (const kind of ['signed-in', 'password-changed', 'identifier-changed', 'email-change-asked', 'phone-changed', 'notifications-changed']) assert.ok(kinds.includes(kind), kind);
        const contracts = await call(subject.adapter, 'listActivity', { group: 'contracts' });
        assert.ok(contracts.items.length > 0 && contracts.items.every(({ kind }) => (ACTIVITY.contracts as readonly string[]).includes(kind)));
        assert.deepEqual((await call(subject.adapter, 'listActivity', { group: 'readings' })).items, []);
        await refuses(call(subject.adapter, 'listActivity', { cursor: 'no-such-page' }), 'invalid');
      });

      it('gives all that it holds to take away, as the operations tell it', async () => {
        const data = await call(subject.adapter, 'exportData', {});
        assert.equal(data.madeAt, subject.now);
        const { emailChange: _, ...profile } = await call(subject.adapter, 'getProfile', {});
        assert.deepEqual(data.profile, profile);
        const { items: contracts } = await call(subject.adapter, 'listContracts', {});
        assert.deepEqual(data.contracts.map(({ contract }) => contract.id).toSorted(), contracts.map(({ id }) => id).toSorted());
        const meter = await firstMeter(subject.adapter);
        const told = data.consumption.filter(({ meterId }) => meterId === meter.id);
        assert.deepEqual(new Set(told.map(({ resolution }) => resolution)), new Set(['half-hour', 'day']));
        const days = told.filter(({ resolution }) => resolution === 'day').reduce((sum, { total }) => sum + (total ?? 0), 0);
        const { available } = await call(subject.adapter, 'getConsumption', { meterId: meter.id, resolution: 'day', from: '1970-01-01', to: '1970-01-02' });
        assert.equal(days, (await call(subject.adapter, 'getConsumption', { meterId: meter.id, resolution: 'day', ...available })).total);
        if (subject.adapter.offers(operations.listInvoices)) assert.ok(data.invoices?.some(({ contractId }) => contractId === meter.contractId), 'invoices are the customer’s data too');
        if (subject.adapter.offers(operations.listReadings)) assert.deepEqual(data.readings?.filter(({ meterId }) => meterId === meter.id).map(({ meterId: _, ...reading }) => reading), (await call(subject.adapter, 'listReadings', { meterId: meter.id })).readings);
        const offers = (...all: Operation[]) => all.every((each) => subject.adapter.offers(each));
        const { contractId } = meter;
        const of = <T extends { readonly contractId: string }>(all: readonly T[] = []) => all.filter((each) => each.contractId === contractId);
        if (offers(operations.listPayments)) assert.deepEqual(of(data.payments), (await call(subject.adapter, 'listPayments', { contractId })).items);
        if (offers(operations.getPaymentMeans)) {
          const { mandate, plans } = await call(subject.adapter, 'getPaymentMeans', { contractId });
          assert.deepEqual(of(data.paymentPlans), plans.map((plan) => ({ ...plan, contractId })));
          assert.deepEqual(of(data.mandates).filter(({ revokedOn }) => revokedOn === null), mandate ? [{ ...mandate, revokedOn: null, contractId }] : []);
        }
        if (offers(operations.contestInvoice)) {
          for (const { id: invoiceId, dispute } of of(data.invoices)) assert.deepEqual(of(data.disputes).find((each) => each.invoiceId === invoiceId), dispute ? { ...dispute, invoiceId, contractId } : undefined);
        }
        if (offers(operations.listServiceRequests)) assert.deepEqual(data.serviceRequests?.map(({ id }) => id), (await call(subject.adapter, 'listServiceRequests', {})).items.map(({ id }) => id));
        if (offers(operations.listAttachments)) assert.deepEqual(data.attachments, (await call(subject.adapter, 'listAttachments', {})).items);
        assert.ok(data.devices.length > 0 && data.activity.length > 0);
      });
    });
  });
}

function exampleInput(name: OperationName): Record<string, unknown> {
  const ids = pathParameters(operations[name].path).map((field) => [field, 'no-such-thing']);
  return { ...Object.fromEntries(ids), ...EXAMPLES[name] };
}

/**
 * What the customer of the moment has, under the names that paths use: the first contract with its first meter, an access
 * given to it, another device, a change that waits, a passkey. Of what the account cannot have there is none.
 */
/** Browsers that are signed in, and those that receive, are both called devices. */
function idsFor(name: OperationName, { pushDeviceId, ...ids }: Record<string, string>): Record<string, string> {
  return name === 'removePushDevice' && pushDeviceId !== undefined ? { ...ids, deviceId: pushDeviceId } : ids;
}

/** A browser as it hands itself in, at one of the push services that there are. */
function aBrowser(): Record<string, unknown> {
  return { endpoint: `https://fcm.googleapis.com/fcm/send/${randomBytes(16).toString('hex')}`, keys: { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: randomBytes(16).toString('base64url') } };
}

async function idsOf({ adapter, passkeySite, returnUrl }: Subject, account: Account): Promise<Record<string, string>> {
  const { id: meterId, contractId } = await firstMeter(adapter);
  const ids: Record<string, string> = { contractId, meterId };
  // Each invitation is a mail: one that is there will do.
  if (adapter.offers(operations.inviteAccess)) {
    const open = (await call(adapter, 'listAccess', { contractId })).items.find(({ state }) => state === 'invited');
    ids['grantId'] = (open ?? (await call(adapter, 'inviteAccess', { contractId, ...anInvitation() }))).id;
  }
  if (adapter.offers(operations.listDevices)) {
    const other = (await call(adapter, 'listDevices', {})).items.find(({ current }) => !current);
    if (other) ids['deviceId'] = other.id;
  }
  if (adapter.offers(operations.changeAddress)) {
    const request = await waitingRequest(adapter);
    if (request) ids['requestId'] = request.id;
  }
  // Of a meter that nothing was ever consented to, any name will do: the meter itself is not found.
  if (adapter.offers(operations.listConsentEvents)) ids['eventId'] = (await call(adapter, 'listConsentEvents', { meterId })).items[0]?.id ?? 'none';
  if (adapter.offers(operations.listInvoices)) ids['invoiceId'] = (await call(adapter, 'listInvoices', { contractId })).items[0]?.id ?? 'none';
  if (adapter.offers(operations.startPayment)) ids['paymentId'] = (await call(adapter, 'listPayments', { contractId })).items[0]?.id ?? (await abandonedPayment(adapter, contractId, returnUrl)) ?? 'none';
  if (adapter.offers(operations.addPushDevice)) {
    const { devices } = await call(adapter, 'getAlertSettings', {});
    ids['pushDeviceId'] = (devices[0] ?? (await call(adapter, 'addPushDevice', { subscription: aBrowser() })).devices[0])?.id ?? 'none';
  }
  if (adapter.offers(operations.startThread)) ids['threadId'] = ((await call(adapter, 'listThreads', {})).items[0] ?? (await call(adapter, 'startThread', { topic: 'other', words: 'Hello.' }))).id;
  if (adapter.offers(operations.sendServiceRequest)) ids['serviceRequestId'] = ((await call(adapter, 'listServiceRequests', {})).items[0] ?? (await call(adapter, 'sendServiceRequest', EXAMPLES.sendServiceRequest ?? {}))).id;
  if (adapter.offers(operations.addAttachment)) ids['attachmentId'] = ((await call(adapter, 'listAttachments', {})).items[0] ?? (await call(adapter, 'addAttachment', { name: 'letter.pdf', content: btoa('%PDF-1.4\n%%EOF\n') }))).id;
  if (passkeySite !== undefined) ids['passkeyId'] = ((await call(adapter, 'listPasskeys', {})).items[0] ?? (await addPasskey(adapter, account, new Authenticator(passkeySite)))).id;
  return ids;
}

/** Begins a payment of the first invoice that can be paid, and gives it up: its invoice waits for nothing. */
async function abandonedPayment(adapter: PortalAdapter, contractId: string, returnUrl: string): Promise<string | undefined> {
  const invoice = (await call(adapter, 'describePayment', { contractId })).invoices.find(({ canBePaid }) => canBePaid);
  if (!invoice) return undefined;
  const { payment } = await call(adapter, 'startPayment', { contractId, invoiceIds: [invoice.invoiceId], open: invoice.open, amount: invoice.open, returnUrl });
  return (await call(adapter, 'cancelPayment', { contractId, paymentId: payment.id })).id;
}

async function addPasskey(adapter: PortalAdapter, { password }: Account, device: Authenticator): Promise<Passkey> {
  const { id: challengeId, options } = await call(adapter, 'startPasskey', { currentPassword: password });
  return call(adapter, 'addPasskey', { challengeId, credential: device.create(options), label: 'Mon téléphone' });
}

/** The change of address that waits, asked for where there is none; none where an address holds at once. */
async function waitingRequest(adapter: PortalAdapter) {
  const isWaiting = ({ state }: { state: string }) => state === 'pending';
  const profile = await call(adapter, 'getProfile', {});
  if (!profile.addressNeedsApproval) return undefined;
  const known = profile.requests.find(isWaiting);
  return known ?? (await call(adapter, 'changeAddress', EXAMPLES.changeAddress ?? {})).requests.find(isWaiting);
}

/** To an address of its own each time: one address is invited once. */
function anInvitation() {
  return { email: `reader-${crypto.randomUUID()}@example.org`, until: null, language: 'fr' };
}

async function firstMeter(adapter: PortalAdapter): Promise<Meter> {
  const { items: contracts } = await call(adapter, 'listContracts', {});
  const { items: meters } = await call(adapter, 'listMeters', { contractId: contracts[0]?.id ?? '' });
  assert.ok(meters[0], 'the account has a meter');
  return meters[0];
}

/** What of a curve lies between two instants. */
function within(segments: readonly CurveSegment[], from: number, to: number): CurveSegment[] {
  return segments.flatMap(({ start, stepMinutes, values, quality }) => {
    const place = (at: number) => Math.min(values.length, Math.max(0, Math.ceil((at - Date.parse(start)) / (stepMinutes * 60_000))));
    const [first, end] = [place(from), place(to)];
    return first < end ? [{ start: instant(Date.parse(start) + first * stepMinutes * 60_000), stepMinutes, values: values.slice(first, end), quality: quality.slice(first, end) }] : [];
  });
}

async function call<K extends OperationName>(adapter: PortalAdapter, name: K, input: Record<string, unknown>): Promise<Output<K>> {
  assert.ok(adapter.offers(operations[name]), `${name} is offered`);
  return adapter.perform(operations[name] as Operation, input) as Promise<Output<K>>;
}

async function signIn({ adapter }: Subject, { login, password }: Account) {
  return call(adapter, 'signIn', { login, password });
}

async function signOut({ adapter }: Subject): Promise<void> {
  await call(adapter, 'signOut', {});
}

async function refuses(asked: Promise<unknown>, kind: ErrorKind): Promise<PortalError> {
  const thrown = await asked.then(
    () => assert.fail(`expected "${kind}", got an answer`),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof PortalError, `expected a PortalError, got ${String(thrown)}`);
  assert.equal(thrown.kind, kind, thrown.message);
  return thrown;
}
