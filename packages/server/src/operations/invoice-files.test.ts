/** Every invoice of the demo's households as its customer gets it: what paper and program say is what the bill says. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { addDays, explainBill, reversed, sum, type ContractDetails, type InvoiceDetails, type InvoiceLine, type InvoiceList, type LocalDay, type Mandate, type PortalFile, type Utility } from '@oya/contract';
import { maskIban } from '@oya/contract/iban';
import { findUtility, mandateOf, paymentTermsOf, personas } from '@oya/personas';
import { SaxesParser } from 'saxes';
import { Visitor } from '../../test/visitor.ts';
import type { InvoiceDocument } from '../invoices/invoice-document.ts';
import { invoicePaper } from '../invoices/invoice-paper.ts';
import { invoiceXml } from '../invoices/invoice-xml.ts';
import { startTestServer, type TestServer } from '../testing.ts';

/** All of them: peak and off-peak, estimates, electricity and gas, a year with instalments, Tempo, credit notes. */
const HOUSEHOLDS = personas.map(({ id: who, utility, contracts }) => ({ utility, who, contracts: contracts.map(({ id }) => id) }));
const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const HAS_READER = spawnSync('pdftotext', ['-v']).status === 0;
const withReader = { skip: !HAS_READER && 'pdftotext (poppler-utils) is not installed' };

interface Told {
  readonly details: InvoiceDetails;
  readonly contract: ContractDetails['contract'];
  readonly file: (format: 'pdf' | 'xml', lang?: string) => Promise<Buffer>;
}

/** Of invoices that differ in nothing but days and amounts one is looked at on paper: making and reading it takes its time. */
function isFirstOfItsShape(): (told: Told) => boolean {
  const seen = new Set<string>();
  return ({ contract, details }) => {
    const { kind, state, bill, instalments, payments, means, yearBeforeId } = details;
    const lines = linesOf(details).map((line) => [line.what, line.vatRate, ...(line.what === 'energy' ? [line.register, line.index.startQuality, line.index.endQuality] : [])]);
    const shape = JSON.stringify([contract.id, kind, state, lines.sort(), bill.totals.vat.length, bill.givenBack.length, instalments.length, payments.length, means.kind, yearBeforeId === null]);
    const isFirst = !seen.has(shape);
    seen.add(shape);
    return isFirst;
  };
}

describe('an invoice as a file', () => {
  let server: TestServer;
  let told: Told[] = [];

  before(async () => {
    server = await startTestServer();
    for (const { utility, who, contracts } of HOUSEHOLDS) {
      const visitor = new Visitor(server.baseUrl(utility));
      await visitor.signInAs(who);
      for (const id of contracts) {
        const path = `/contracts/${id}/invoices`;
        const { contract } = (await visitor.get<ContractDetails>(`/contracts/${id}`)).body;
        const { body: list } = await visitor.get<InvoiceList>(path);
        assert.equal(list.items.length, list.count);
        for (const { id: invoiceId } of list.items) {
          const { body: details } = await visitor.get<InvoiceDetails>(`${path}/${invoiceId}`);
          const files = new Map<string, Promise<Buffer>>();
          const file = (format: 'pdf' | 'xml', lang = 'fr') => {
            const query = `format=${format}&lang=${lang}`;
            const made = files.get(query) ?? visitor.get<PortalFile>(`${path}/${invoiceId}/file?${query}`).then(({ body }) => Buffer.from(body.content, 'base64'));
            files.set(query, made);
            return made;
          };
          told.push({ details, contract, file });
        }
      }
    }
    assert.ok(told.length > 100, 'the demo has years of invoices');
  });
  after(async () => {
    told = [];
    await server.stop();
  });

  const find = (fits: (told: Told) => boolean): Told => told.find(fits) ?? assert.fail('the demo has no such invoice');

  it('says on paper all that the bill says, to the cent', withReader, async () => {
    const shapes = told.filter(isFirstOfItsShape());
    assert.ok(shapes.length > 50, `${shapes.length} shapes`);
    for (const { details, contract, file } of shapes) {
      const text = textOf(await file('pdf'));
      const { bill, number } = details;
      const amounts = [...linesOf(details).map(({ net }) => net), ...bill.totals.vat.flatMap(({ net, vat }) => [net, vat]), details.total];
      for (const [amount, times] of Map.groupBy(amounts, (each) => each).entries().map(([each, all]) => [each, all.length] as const)) {
        assert.ok(countOf(text, inEuros(amount)) >= times, `${number}: ${inEuros(amount)} stands ${countOf(text, inEuros(amount))} times, not ${times}`);
      }
      for (const payment of [...details.instalments, ...details.payments]) assert.ok(text.includes(inEuros(payment.amount)), `${number}: a payment of ${payment.amount}`);
      const days = [details.issuedOn, details.period.from, addDays(details.period.to, -1), ...(details.dueOn === null ? [] : [details.dueOn]), ...linesOf(details).flatMap(({ from, to }) => [from, addDays(to, -1)])];
      for (const day of days) assert.ok(text.includes(inWords(day)), `${number}: ${inWords(day)}`);
      for (const line of bill.lines) {
        if (line.what === 'energy') for (const index of [line.index.start, line.index.end]) assert.ok(text.includes(`${index} (`), `${number}: the index ${index}`);
      }
      // A sentence may begin on one page and end on the next.
      const flowing = text.replaceAll(/(?:ENEO|SICAE), [^.·]{3,60} · \S+ Page \d+ sur \d+ /g, '');
      for (const part of [number, contract.number, contract.deliveryPoint, contract.holder, contract.offer, 'médiateur national de l’énergie', 'L’énergie est notre avenir, économisons-la!', 'RCS Albi', 'Nous joindre']) assert.ok(flowing.includes(part), `${number}: ${part}`);
      assert.ok(!text.includes('□'), number);
    }
  });

  it('is explained to the cent as it was charged, line by line and rate by rate', async () => {
    const kept = await server.db.selectFrom('invoice').select(['number', 'total_cents']).where('contract_id', 'in', HOUSEHOLDS.flatMap(({ contracts }) => contracts)).execute();
    const pairs = (list: readonly (readonly [string, number])[]) => list.map(([number, total]) => `${number} ${total}`).sort();
    assert.deepEqual(pairs(told.map(({ details: { number, total } }) => [number, total])), pairs(kept.map(({ number, total_cents: total }) => [number, total])), 'no invoice of the database is left out, but of those who have no account yet');
    for (const { details: { number, bill, total } } of told) {
      const { steps, vat, difference, isExact, reckoned } = explainBill(bill);
      assert.deepEqual([difference, isExact, reckoned, sum(steps.map(({ amount }) => amount))], [0, true, total, total], number);
      assert.deepEqual(vat.map(({ rate, net, charged, reckoned: again }) => [rate, net, charged, again]), bill.totals.vat.map(({ rate, net, vat: share }) => [rate, net, share, share]), number);
    }
  });

  it('says in its first lines what is to be paid and by when', withReader, async () => {
    const { details, file } = find(({ details: { payable, means, state } }) => payable > 0 && means.kind !== 'sepa-debit' && state !== 'paid');
    const [first = ''] = textOf(await file('pdf'), ['-f', '1', '-l', '1']).split('Ce que vous payez');
    assert.ok(first.includes(`À payer au plus tard le ${inWords(details.dueOn ?? assert.fail())}`));
    assert.ok(first.includes(inEuros(details.payable)));
    const settlement = find(({ details: { kind, payable } }) => kind === 'settlement' && payable < 0);
    const [favour = ''] = textOf(await settlement.file('pdf'), ['-l', '1']).split('Ce que vous payez');
    assert.ok(favour.includes('En votre faveur') && favour.includes(inEuros(-settlement.details.payable)));
  });

  it('is read aloud as it looks: tagged, titled, in its language', async () => {
    const { file, details } = find(({ details: { bill } }) => bill.givenBack.length > 0);
    for (const [lang, tag] of [['fr', 'fr-FR'], ['en', 'en-GB']] as const) {
      const pdf = (await file('pdf', lang)).toString('latin1');
      for (const part of ['/StructTreeRoot', `/Lang (${tag})`, '/Title ', '/DisplayDocTitle true', '/Marked true', '<pdfuaid:part>1', '/S /H1', '/S /H2', '/S /Table', '/S /TH', '/Scope /Column', '/Scope /Row']) assert.ok(pdf.includes(part), `${lang}: ${part}`);
      const title = /<dc:title>[^]*<\/dc:title>/.exec(Buffer.from(pdf, 'latin1').toString('utf8'))?.[0] ?? assert.fail('it is titled');
      assert.ok(title.includes(details.number), 'its title names it');
    }
  });

  it('is in English for who reads English', withReader, async () => {
    const { file, details } = find(({ details: { bill } }) => bill.givenBack.length > 0);
    const text = textOf(await file('pdf', 'en'));
    for (const part of ['Your electricity bill', 'Given back on estimates', `€${(details.total / 100).toFixed(2)}`, 'Standing charge', 'médiateur national de l’énergie']) assert.ok(text.includes(part), part);
  });

  it('tells whoever has no meter that reports when to send its index, and the others that nothing is to be done', withReader, async () => {
    const odette = find(({ contract }) => contract.id === 'odette-electricity');
    assert.match(textOf(await odette.file('pdf')), /Envoyez l’index de votre compteur du 22 novembre 2026 au 6 décembre 2026/);
    const camille = find(({ contract }) => contract.id === 'camille-electricity');
    assert.match(textOf(await camille.file('pdf')), /La collecte de vos index est automatique\./);
  });

  it('says what was consumed a year before as the invoice of that year did', withReader, async () => {
    const { details, file } = find(({ contract, details: { yearBeforeId } }) => contract.id === 'camille-electricity' && yearBeforeId !== null);
    const before = find(({ details: { id } }) => id === details.yearBeforeId);
    const [used, then] = [details, before.details].map(({ bill }) => bill.lines.reduce((sum, line) => sum + (line.what === 'energy' ? line.wattHours : 0), 0) / 1000) as [number, number];
    assert.ok(textOf(await file('pdf')).includes(`${used}kWh ${then}kWh`));
  });

  it('is for programs an invoice of EN 16931 that adds up as the bill does', async () => {
    for (const { details, contract, file } of told) {
      const { number, bill, kind } = details;
      const root = treeOf((await file('xml')).toString());
      const isCreditNote = kind === 'credit-note';
      const signed = (amount: number) => (isCreditNote ? 0 - amount : amount);
      const type = isCreditNote ? 'CreditNote' : 'Invoice';
      assert.deepEqual([root.name, root.namespace], [type, `urn:oasis:names:specification:ubl:schema:xsd:${type}-2`], number);
      const order = root.children.map(({ name }) => HEADER.indexOf(name.replace('CreditNote', 'Invoice')));
      assert.ok(order.every((place, at) => place >= 0 && place >= (order[at - 1] ?? 0)), `${number}: ${root.children.map(({ name }) => name).join()}`);
      const say = (path: string) => at(root, path).text;
      assert.deepEqual([say('CustomizationID'), say('ID'), say('IssueDate'), say(`${type}TypeCode`), say('DocumentCurrencyCode')], ['urn:cen.eu:en16931:2017', number, details.issuedOn, isCreditNote ? '381' : '380', 'EUR']);
      assert.equal(all(root, 'DueDate')[0]?.text ?? null, details.dueOn, number);
      assert.equal(say('AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName'), contract.holder);
      assert.equal(say('Delivery/DeliveryLocation/ID'), contract.deliveryPoint);
      assert.match(say('AccountingSupplierParty/Party/PartyTaxScheme/CompanyID'), /^FR\d{11}$/);
      for (const party of ['AccountingSupplierParty', 'AccountingCustomerParty']) assert.equal(say(`${party}/Party/PostalAddress/Country/IdentificationCode`), 'FR');

      const charged = linesOf(details);
      const lines = all(root, `${type}Line`);
      assert.equal(lines.length, charged.length, number);
      for (const [index, line] of lines.entries()) {
        const bills = charged[index] ?? assert.fail();
        const quantity = at(line, isCreditNote ? 'CreditedQuantity' : 'InvoicedQuantity');
        const [net, price] = [exact(at(line, 'LineExtensionAmount').text), exact(at(line, 'Price/PriceAmount').text)];
        assert.equal(net, exactCents(signed(bills.net)), `${number}: line ${index + 1}`);
        assert.ok(price >= 0n, `${number}: a price is never negative`);
        assert.ok(difference((exact(quantity.text) * price) / ONE, net) * 2n <= ONE / 100n, `${number}: line ${index + 1} is its quantity at its price`);
        assert.equal(exact(at(line, 'Item/ClassifiedTaxCategory/Percent').text) * 100n, BigInt(bills.vatRate) * ONE);
        assert.equal(at(line, 'InvoicePeriod/EndDate').text, addDays(bills.to, -1));
        assert.ok(['KWH', 'MON', 'C62'].includes(quantity.attributes['unitCode'] ?? ''));
      }
      const amount = (path: string, from = root) => {
        const found = at(from, path);
        assert.equal(found.attributes['currencyID'], 'EUR');
        return exact(found.text);
      };
      const shares = all(root, 'TaxTotal')[0] ?? assert.fail();
      assert.deepEqual(
        all(shares, 'TaxSubtotal').map((share) => [exact(at(share, 'TaxCategory/Percent').text) * 100n / ONE, at(share, 'TaxCategory/ID').text, amount('TaxableAmount', share), amount('TaxAmount', share)]),
        bill.totals.vat.map(({ rate, net, vat }) => [BigInt(rate), 'S', exactCents(signed(net)), exactCents(signed(vat))]),
        number,
      );
      assert.deepEqual(brokenRules(root), [], number);
      const total = (name: string) => amount(`LegalMonetaryTotal/${name}`);
      assert.equal(total('TaxInclusiveAmount'), exactCents(signed(details.total)), number);
      assert.equal(total('PayableAmount'), exactCents(signed(details.payable)), number);
      if (total('PayableAmount') > 0n) assert.ok(all(root, 'DueDate').length + all(root, 'PaymentTerms').length > 0, `${number}: BR-CO-25`);
      for (const means of all(root, 'PaymentMeans')) if (['30', '58'].includes(at(means, 'PaymentMeansCode').text)) assert.match(at(means, 'PayeeFinancialAccount/ID').text, /^FR\d{25}$/, `${number}: BR-61`);
      const about = isCreditNote ? [details.about] : [...new Set(bill.givenBack.map(({ invoiceId }) => invoiceId))];
      assert.deepEqual(all(root, 'BillingReference/InvoiceDocumentReference/ID').map(({ text }) => text), about, number);
      assert.deepEqual(empty(root), [], `${number}: UBL knows no empty elements`);
      assert.equal(all(root, 'AdditionalDocumentReference').length, 0);
    }
    for (const kind of ['invoice', 'settlement', 'credit-note']) find(({ details }) => details.kind === kind);
    find(({ details: { bill } }) => bill.givenBack.length > 0);
    find(({ details: { bill } }) => bill.totals.vat.length > 1);
  });

  it('that does not add up breaks the rule of EN 16931 about it, by its name', async () => {
    const settlement = find(({ details: { kind, instalments, bill } }) => kind === 'settlement' && instalments.length > 0 && bill.totals.vat.length > 1);
    const xml = (await settlement.file('xml')).toString();
    /** A cent more where the amount is written for the first time within `after`. */
    const spoilt = (name: string, after: string) => {
      const start = xml.indexOf(`<cac:${after}>`);
      return treeOf(xml.slice(0, start) + xml.slice(start).replace(new RegExp(`(<cbc:${name} currencyID="EUR">)(-?\\d+\\.\\d\\d)`), (_, tag: string, text: string) => `${tag}${(Number(text) + 0.01).toFixed(2)}`));
    };
    const broken = (name: string, after: string) => brokenRules(spoilt(name, after));
    assert.deepEqual(brokenRules(treeOf(xml)), []);
    assert.deepEqual(broken('LineExtensionAmount', 'InvoiceLine'), ['BR-CO-10', 'BR-S-08']);
    assert.deepEqual(broken('LineExtensionAmount', 'LegalMonetaryTotal'), ['BR-CO-10', 'BR-CO-13']);
    assert.deepEqual(broken('TaxExclusiveAmount', 'LegalMonetaryTotal'), ['BR-CO-13', 'BR-CO-15']);
    assert.deepEqual(broken('TaxInclusiveAmount', 'LegalMonetaryTotal'), ['BR-CO-15', 'BR-CO-16']);
    assert.deepEqual(broken('PrepaidAmount', 'LegalMonetaryTotal'), ['BR-CO-16']);
    assert.deepEqual(broken('PayableAmount', 'LegalMonetaryTotal'), ['BR-CO-16']);
    assert.deepEqual(broken('TaxAmount', 'TaxTotal'), ['BR-CO-14', 'BR-CO-15']);
    assert.deepEqual(broken('TaxAmount', 'TaxSubtotal'), ['BR-CO-14', 'BR-CO-17']);
    assert.deepEqual(broken('TaxableAmount', 'TaxSubtotal'), ['BR-S-08']);
    const [allowance, charge] = ['false', 'true'].map((isCharge) => xml.replace('<cac:TaxTotal>', `<cac:AllowanceCharge><cbc:ChargeIndicator>${isCharge}</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">1.00</cbc:Amount></cac:AllowanceCharge><cac:TaxTotal>`));
    assert.deepEqual([brokenRules(treeOf(allowance ?? '')), brokenRules(treeOf(charge ?? ''))], [['BR-CO-11'], ['BR-CO-12']]);
  });

  it('names for a program by which mandate it is debited, by whom and from which account, of which no more is shown than anywhere else', async () => {
    const debited = told.filter(({ details: { means, payable, kind } }) => means.kind === 'sepa-debit' && payable > 0 && kind !== 'credit-note');
    assert.ok(debited.length > 20);
    for (const { details: { number, means }, contract, file } of debited) {
      const root = treeOf((await file('xml')).toString());
      const mandate = mandateOf(contract, number.startsWith('EN') ? 'eneo' : 'sicae') ?? assert.fail(number);
      const creditor = at(root, 'AccountingSupplierParty/Party/PartyIdentification/ID');
      assert.deepEqual([at(root, 'PaymentMeans/PaymentMeansCode').text, creditor.text, creditor.attributes['schemeID']], ['59', mandate.creditorIdentifier, 'SEPA'], `${number}: BT-90`);
      assert.equal(at(root, 'PaymentMeans/PaymentMandate/ID').text, mandate.reference, `${number}: BT-89`);
      assert.equal(at(root, 'PaymentMeans/PaymentMandate/PayerFinancialAccount/ID').text, `XXXX${means.accountEnd}`, `${number}: BT-91, of a mandate on paper`);
    }
    for (const { details: { number }, file } of told.filter((each) => !debited.includes(each))) {
      const root = treeOf((await file('xml')).toString());
      assert.deepEqual([...all(root, 'PaymentMeans/PaymentMandate'), ...all(root, 'AccountingSupplierParty/Party/PartyIdentification')], [], number);
    }
    const { details, contract } = debited[0] ?? assert.fail();
    const signed: Mandate = { reference: 'EN-1-2', creditor: 'ENEO', creditorIdentifier: 'FR83ZZZ998101', accountHolder: 'Camille', account: maskIban('FR1420041010050500013M02606'), signedOn: '2026-11-24' };
    const document = { ...documentOf(details, contract, findUtility('eneo')), mandate: signed };
    const means = at(treeOf(invoiceXml(document)), 'PaymentMeans');
    assert.equal(at(means, 'PaymentMandate/PayerFinancialAccount/ID').text, `FR14${'X'.repeat(19)}2606`);
    assert.deepEqual(means.children.map(({ name }) => name), ['PaymentMeansCode', 'PaymentID', 'PaymentMandate'], 'in the order of the schema');
    if (HAS_READER) assert.ok(textOf(await invoicePaper({ ...document, details: { ...details, balance: details.payable } })).includes('Mandat EN-1-2, créancier FR83ZZZ998101.'));
  });

  it('lets no name break out of a file, whatever is written in it', async () => {
    const { details, contract } = find(({ contract: { id } }) => id === 'ines-electricity');
    const document = documentOf(details, { ...contract, holder: 'Inès <b>&"\u0000\u0007\ud800 Carrère', number: ']]>' }, findUtility('eneo'));
    const root = treeOf(invoiceXml(document));
    assert.equal(at(root, 'AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName').text, 'Inès <b>&"\ufffd Carrère');
    assert.equal(at(root, 'ContractDocumentReference/ID').text, ']]>');
    if (HAS_READER) assert.ok(textOf(await invoicePaper(document)).includes('Le signe □ remplace'));
  });

  it('names the account and the address that the utility’s terms of payment have, and none that they have not', withReader, async () => {
    const { details, contract } = find(({ contract: { id }, details: { payable } }) => id === 'marc-electricity' && payable > 0);
    const unpaid = { ...details, balance: details.payable, payments: [] };
    const terms = paymentTermsOf('sicae');
    const said = async (more: Partial<InvoiceDocument>) => textOf(await invoicePaper({ ...documentOf(unpaid, contract, findUtility('sicae')), ...more })).replaceAll(' ', '');
    const [withTerms, without] = [await said({ terms }), await said({ terms: {} })];
    for (const part of [`${terms.transfer?.holder}, IBAN ${terms.transfer?.iban}`, `envoyez-le à : ${terms.energyVoucher?.address}.`]) assert.ok(withTerms.includes(part.replaceAll(' ', '')), part);
    assert.doesNotMatch(without, /IBAN|chèqueénergie/);
  });

  it('is made for a utility that has not said who it is in law, and of what nobody knows', async () => {
    const { details, contract } = find(({ contract: { id } }) => id === 'marc-electricity');
    const { legal: _, readingWindow: __, ...utility } = findUtility('sicae');
    const document = documentOf(details, contract, utility);
    assert.equal(at(treeOf(invoiceXml(document)), 'AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName').text, utility.legalName);
    if (HAS_READER) assert.ok(textOf(await invoicePaper(document)).includes(details.number));
  });
});

function documentOf(details: InvoiceDetails, contract: Told['contract'], utility: Utility): InvoiceDocument {
  return { details, contract, utility, terms: paymentTermsOf(utility.id), mandate: null, language: 'fr', meter: null, postalAddress: null, history: [], nextOn: null };
}

/** In the order in which they are charged: those that an invoice gives back come last. */
function linesOf({ bill }: InvoiceDetails): InvoiceLine[] {
  return [...bill.lines, ...bill.givenBack.map(({ line }) => reversed(line))];
}

/** What a person selects in it, without line ends and spaces within figures. */
function textOf(pdf: Buffer, options: readonly string[] = []): string {
  const { status, stdout, stderr } = spawnSync('pdftotext', ['-enc', 'UTF-8', ...options, '-', '-'], { input: pdf, maxBuffer: 1 << 26 });
  assert.equal(status, 0, stderr.toString());
  return stdout
    .toString()
    .replaceAll(/(?<=\d)[ \u00a0\u202f](?=\d{3}(\D|$))|[ \u00a0\u202f](?=[€!]|kWh)/gm, '')
    .replaceAll(/\s+/g, ' ');
}

function countOf(text: string, amount: string): number {
  return [...text.matchAll(new RegExp(`(?<![\\d,−])${amount}`, 'g'))].length;
}

function inEuros(amount: number): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '−' : ''}${digits.slice(0, -2)},${digits.slice(-2)}€`;
}

function inWords(day: LocalDay): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date === 1 ? '1er' : date} ${MONTHS[month - 1]} ${year}`;
}

/** Elements of a document in the order of UBL 2.1's schema, as far as an invoice here may have them. */
const HEADER = [
  'CustomizationID', 'ID', 'IssueDate', 'DueDate', 'InvoiceTypeCode', 'Note', 'DocumentCurrencyCode', 'InvoicePeriod', 'BillingReference', 'ContractDocumentReference', 'AccountingSupplierParty',
  'AccountingCustomerParty', 'Delivery', 'PaymentMeans', 'PaymentTerms', 'TaxTotal', 'LegalMonetaryTotal', 'InvoiceLine',
];

interface Tree {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Record<string, string>;
  readonly children: Tree[];
  text: string;
}

function treeOf(xml: string): Tree {
  const parser = new SaxesParser({ xmlns: true });
  const open: Tree[] = [];
  let root: Tree | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const tree: Tree = { name: local, namespace: uri, attributes: Object.fromEntries(Object.values(attributes).map((attribute) => [attribute.local, attribute.value])), children: [], text: '' };
    open.at(-1)?.children.push(tree);
    root ??= tree;
    open.push(tree);
  });
  parser.on('text', (text) => {
    const inside = open.at(-1);
    if (inside) inside.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  return root ?? assert.fail('no element');
}

/** Of EN 16931's rules about amounts, those that an invoice or a credit note breaks. */
function brokenRules(root: Tree): string[] {
  const sumOf = (found: readonly Tree[]) => found.reduce((sum, { text }) => sum + exact(text), 0n);
  const total = (name: string) => sumOf(all(root, `LegalMonetaryTotal/${name}`));
  const lines = [...all(root, 'InvoiceLine'), ...all(root, 'CreditNoteLine')];
  const shares = all(root, 'TaxTotal/TaxSubtotal');
  const adjusted = (isCharge: boolean) => sumOf(all(root, 'AllowanceCharge').filter((each) => at(each, 'ChargeIndicator').text === String(isCharge)).flatMap((each) => all(each, 'Amount')));
  const vat = sumOf(all(root, 'TaxTotal/TaxAmount'));
  const percentOf = (tree: Tree) => exact(at(tree, 'Percent').text);
  const rules: Record<string, boolean> = {
    'BR-CO-10': total('LineExtensionAmount') === sumOf(lines.flatMap((line) => all(line, 'LineExtensionAmount'))),
    'BR-CO-11': total('AllowanceTotalAmount') === adjusted(false),
    'BR-CO-12': total('ChargeTotalAmount') === adjusted(true),
    'BR-CO-13': total('TaxExclusiveAmount') === total('LineExtensionAmount') - total('AllowanceTotalAmount') + total('ChargeTotalAmount'),
    'BR-CO-14': vat === sumOf(shares.flatMap((share) => all(share, 'TaxAmount'))),
    'BR-CO-15': total('TaxInclusiveAmount') === total('TaxExclusiveAmount') + vat,
    'BR-CO-16': total('PayableAmount') === total('TaxInclusiveAmount') - total('PrepaidAmount') + total('PayableRoundingAmount'),
    // Rounded to the cent.
    'BR-CO-17': shares.every((share) => difference(exact(at(share, 'TaxAmount').text), (exact(at(share, 'TaxableAmount').text) * percentOf(at(share, 'TaxCategory'))) / (100n * ONE)) * 2n <= ONE / 100n),
    'BR-S-08': shares.every((share) => sumOf(lines.filter((line) => percentOf(at(line, 'Item/ClassifiedTaxCategory')) === percentOf(at(share, 'TaxCategory'))).flatMap((line) => all(line, 'LineExtensionAmount'))) === exact(at(share, 'TaxableAmount').text)),
  };
  return Object.keys(rules).filter((rule) => !rules[rule]);
}

function all(tree: Tree, path: string): Tree[] {
  return path.split('/').reduce<Tree[]>((found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)), [tree]);
}

function at(tree: Tree, path: string): Tree {
  const [found, ...more] = all(tree, path);
  assert.ok(found && more.length === 0, `${path}: ${more.length + (found ? 1 : 0)} times`);
  return found;
}

function empty({ name, children, text }: Tree): string[] {
  return children.length === 0 && text.trim() === '' ? [name] : children.flatMap(empty);
}

/** Decimals as whole numbers of 10⁻⁸. */
const ONE = 100_000_000n;

function exact(text: string): bigint {
  const [, sign, whole, decimals = ''] = /^(-?)(\d+)(?:\.(\d{1,8}))?$/.exec(text) ?? assert.fail(`not a decimal: ${text}`);
  const value = BigInt(whole + decimals.padEnd(8, '0'));
  return sign ? -value : value;
}

function exactCents(amount: number): bigint {
  return BigInt(amount) * (ONE / 100n);
}

function difference(one: bigint, other: bigint): bigint {
  return one > other ? one - other : other - one;
}
