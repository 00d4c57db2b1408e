/**
 * An invoice for programs: UBL 2.1 in the terms of EN 16931, without the rules that a country adds. A credit note is a
 * document of its own, whose amounts are what is given back. Amounts are without VAT, as the lines of a bill are.
 * A utility that has not said who it is in law (`Utility.legal`) gets one that lacks its seller's identity.
 */
import { addDays, divideRounded, negative, reversed, stepsBetween, sum, type Cents, type InvoiceLine, type Mandate, type Period, type PostalAddress } from '@oya/contract';
import type { InvoiceDocument } from './invoice-document.ts';
import { INVOICE_WORDS, type InvoiceWords } from './invoice-words.ts';
import { xmlDocument, type XmlElement } from '../xml-element.ts';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const NORM = 'urn:cen.eu:en16931:2017';
/** UNTDID 1001: what kind of document. */
const [COMMERCIAL_INVOICE, CREDIT_NOTE] = ['380', '381'];
/** UNTDID 4461: how it is paid. */
const MEANS = { undefined: '1', cheque: '20', transfer: '30', card: '48', debit: '59' } as const;
/** UN/ECE Recommendation 20: units. */
const [KILOWATT_HOUR, MONTH, ONE] = ['KWH', 'MON', 'C62'];
/** ISO 6523: SIREN. */
const SIREN = '0002';
/** How UBL tells the identifier of a creditor at the banks (BT-90) from others of its seller. */
const CREDITOR = 'SEPA';
/** In place of each sign of an account that is not shown. */
const HIDDEN = 'X';
/** Where sites are. */
const COUNTRY = 'FR';
const PRICES_PER_CENT = 1000n;

/** A document of one of two kinds; in a credit note amounts have the other sign. */
interface Ubl extends InvoiceDocument {
  readonly words: InvoiceWords;
  readonly isCreditNote: boolean;
  readonly signed: (amount: number) => number;
}

export function invoiceXml(document: InvoiceDocument): string {
  const ubl = ublOf(document);
  const { details: { number, issuedOn, dueOn, about, bill }, contract, words, isCreditNote } = ubl;
  const type = isCreditNote ? 'CreditNote' : 'Invoice';
  const earlier = about === null ? [...new Set(bill.givenBack.map(({ invoiceId }) => invoiceId))] : [about];
  return xmlDocument([
    type,
    [
      ['cbc:CustomizationID', NORM],
      ['cbc:ID', number],
      ['cbc:IssueDate', issuedOn],
      isCreditNote || dueOn === null ? undefined : ['cbc:DueDate', dueOn],
      isCreditNote ? ['cbc:CreditNoteTypeCode', CREDIT_NOTE] : ['cbc:InvoiceTypeCode', COMMERCIAL_INVOICE],
      bill.network === undefined ? undefined : ['cbc:Note', words.network[contract.energy](`${decimal(bill.network, 2)} EUR`)],
      ['cbc:DocumentCurrencyCode', 'EUR'],
      period(bill.period),
      ...earlier.map((id): XmlElement => ['cac:BillingReference', [['cac:InvoiceDocumentReference', [['cbc:ID', id]]]]]),
      contract.number === '' ? undefined : ['cac:ContractDocumentReference', [['cbc:ID', contract.number]]],
      ['cac:AccountingSupplierParty', [supplier(ubl)]],
      ['cac:AccountingCustomerParty', [customer(ubl)]],
      delivery(ubl),
      ...payment(ubl),
      taxTotal(ubl),
      monetaryTotal(ubl),
      ...bill.lines.map((line, index) => documentLine(line, index, ubl)),
      ...bill.givenBack.map(({ invoiceId, line }, index) => documentLine(reversed(line), bill.lines.length + index, ubl, words.ofInvoice(invoiceId))),
    ],
    { xmlns: `${UBL}:${type}-2`, 'xmlns:cac': `${UBL}:CommonAggregateComponents-2`, 'xmlns:cbc': `${UBL}:CommonBasicComponents-2` },
  ]);
}

function ublOf(document: InvoiceDocument): Ubl {
  const isCreditNote = document.details.kind === 'credit-note';
  return { ...document, words: INVOICE_WORDS[document.language], isCreditNote, signed: (amount) => (isCreditNote ? negative(amount as Cents) : amount) };
}

function supplier({ utility: { name, legalName, legal, contacts }, language, ...ubl }: Ubl): XmlElement {
  const mandate = mandateOf(ubl);
  const service = contacts.find(({ purpose }) => purpose === 'customer-service');
  return [
    'cac:Party',
    [
      mandate?.creditorIdentifier ? ['cac:PartyIdentification', [['cbc:ID', mandate.creditorIdentifier, { schemeID: CREDITOR }]]] : undefined,
      ['cac:PartyName', [['cbc:Name', name]]],
      address('cac:PostalAddress', legal?.address),
      legal && ['cac:PartyTaxScheme', [['cbc:CompanyID', legal.vatNumber], VAT_SCHEME]],
      ['cac:PartyLegalEntity', [['cbc:RegistrationName', legalName], legal && ['cbc:CompanyID', legal.registration, { schemeID: SIREN }], legal && ['cbc:CompanyLegalForm', `${legal.form}, ${legal.register}`]]],
      service && ['cac:Contact', [['cbc:Name', service.label[language] ?? service.label.fr], service.phone === undefined ? undefined : ['cbc:Telephone', service.phone], service.email === undefined ? undefined : ['cbc:ElectronicMail', service.email]]],
    ],
  ];
}

function customer({ contract: { holder, site }, postalAddress }: Ubl): XmlElement {
  const { address: street, postcode, commune: city } = site;
  return ['cac:Party', [address('cac:PostalAddress', postalAddress ?? { lines: [street], postcode, city, country: COUNTRY }), ['cac:PartyLegalEntity', [['cbc:RegistrationName', holder]]]]];
}

function delivery({ contract: { deliveryPoint, site } }: Ubl): XmlElement {
  const { address: street, postcode, commune: city } = site;
  return ['cac:Delivery', [['cac:DeliveryLocation', [['cbc:ID', deliveryPoint], address('cac:Address', { lines: [street], postcode, city, country: COUNTRY })]]]];
}

function address(name: string, { lines: [street, ...more] = [], postcode, city, country }: Partial<PostalAddress> = {}): XmlElement {
  return [
    name,
    [
      street === undefined ? undefined : ['cbc:StreetName', street],
      more[0] === undefined ? undefined : ['cbc:AdditionalStreetName', more[0]],
      city === undefined ? undefined : ['cbc:CityName', city],
      postcode === undefined ? undefined : ['cbc:PostalZone', postcode],
      more[1] === undefined ? undefined : ['cac:AddressLine', [['cbc:Line', more[1]]]],
      ['cac:Country', [['cbc:IdentificationCode', country ?? COUNTRY]]],
    ],
  ];
}

/** By which mandate it is debited; `null` where it is paid otherwise, or nothing is to be paid. */
function mandateOf({ details: { payable, means }, mandate, isCreditNote, signed }: Pick<Ubl, 'details' | 'mandate' | 'isCreditNote' | 'signed'>): Mandate | null {
  return means.kind === 'sepa-debit' && !isCreditNote && signed(payable) > 0 ? mandate : null;
}

/** BG-19; of the account only what its customer sees of it everywhere else (BT-91). */
function mandateElement({ reference, account }: Mandate, accountEnd: string | undefined): XmlElement {
  const debited = account?.replaceAll(/\s/g, '').replaceAll('•', HIDDEN) ?? (accountEnd === undefined ? undefined : `${HIDDEN.repeat(4)}${accountEnd}`);
  return ['cac:PaymentMandate', [['cbc:ID', reference], debited === undefined ? undefined : ['cac:PayerFinancialAccount', [['cbc:ID', debited]]]]];
}

function payment(ubl: Ubl): XmlElement[] {
  const { details: { payable, dueOn, means, number }, utility: { legal }, terms: { transfer }, language, words, isCreditNote, signed } = ubl;
  if (signed(payable) <= 0) return [];
  if (isCreditNote) return [['cac:PaymentTerms', [['cbc:Note', words.ours]]]];
  const account = means.kind === 'transfer' ? transfer : undefined;
  // A transfer says to which account, or is none.
  const code = { 'sepa-debit': MEANS.debit, card: MEANS.card, transfer: account ? MEANS.transfer : MEANS.undefined, cheque: MEANS.cheque, unknown: MEANS.undefined }[means.kind];
  const late = legal?.latePayment && (legal.latePayment[language] ?? legal.latePayment.fr);
  const mandate = mandateOf(ubl);
  const note = late ?? (dueOn === null ? words.toPayNow : undefined);
  return [
    [
      'cac:PaymentMeans',
      [
        ['cbc:PaymentMeansCode', code],
        ['cbc:PaymentID', number],
        account && ['cac:PayeeFinancialAccount', [['cbc:ID', account.iban], ['cbc:Name', account.holder], account.bic === undefined ? undefined : ['cac:FinancialInstitutionBranch', [['cbc:ID', account.bic]]]]],
        mandate ? mandateElement(mandate, means.accountEnd) : undefined,
      ],
    ],
    ...(note === undefined ? [] : [['cac:PaymentTerms', [['cbc:Note', note]]] satisfies XmlElement]),
  ];
}

function taxTotal({ details: { bill: { totals } }, signed }: Ubl): XmlElement {
  return [
    'cac:TaxTotal',
    [
      amount('cbc:TaxAmount', signed(sum(totals.vat.map(({ vat }) => vat)))),
      ...totals.vat.map(({ rate, net, vat }): XmlElement => ['cac:TaxSubtotal', [amount('cbc:TaxableAmount', signed(net)), amount('cbc:TaxAmount', signed(vat)), taxCategory('cac:TaxCategory', rate)]]),
    ],
  ];
}

function monetaryTotal({ details: { bill: { totals }, instalments, payable }, signed }: Ubl): XmlElement {
  const prepaid = sum(instalments.map((instalment) => instalment.amount));
  return [
    'cac:LegalMonetaryTotal',
    [
      amount('cbc:LineExtensionAmount', signed(totals.net)),
      amount('cbc:TaxExclusiveAmount', signed(totals.net)),
      amount('cbc:TaxInclusiveAmount', signed(totals.total)),
      prepaid === 0 ? undefined : amount('cbc:PrepaidAmount', signed(prepaid)),
      amount('cbc:PayableAmount', signed(payable)),
    ],
  ];
}

/** @param note which earlier invoice charged what this line gives back */
function documentLine(line: InvoiceLine, index: number, ubl: Ubl, note?: string): XmlElement {
  const { isCreditNote, signed } = ubl;
  const { quantity, unit, price } = measured(line, signed);
  return [
    isCreditNote ? 'cac:CreditNoteLine' : 'cac:InvoiceLine',
    [
      ['cbc:ID', String(index + 1)],
      note === undefined ? undefined : ['cbc:Note', note],
      [isCreditNote ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', quantity, { unitCode: unit }],
      amount('cbc:LineExtensionAmount', signed(line.net)),
      period(line),
      ['cac:Item', [['cbc:Name', nameOf(line, ubl)], taxCategory('cac:ClassifiedTaxCategory', line.vatRate), ...propertiesOf(line, ubl)]],
      ['cac:Price', [['cbc:PriceAmount', price, { currencyID: 'EUR' }]]],
    ],
  ];
}

/** How much of what at which price: a price is never negative, what is given back is a negative quantity. */
function measured(line: InvoiceLine, signed: Ubl['signed']): { quantity: string; unit: string; price: string } {
  if (line.what === 'energy' || line.what === 'excise') return { quantity: decimal(signed(line.wattHours), 3), unit: KILOWATT_HOUR, price: decimal(line.what === 'energy' ? line.price : line.rate, 5) };
  const sign = signed(line.net) < 0 ? -1 : 1;
  const months = line.what === 'standing-charge' && line.from.endsWith('-01') && line.to.endsWith('-01') ? stepsBetween(line.from, line.to, 'month') : 0;
  if (line.what === 'standing-charge' && months > 0 && Number(divideRounded(BigInt(line.price) * BigInt(months), PRICES_PER_CENT)) === Math.abs(line.net)) return { quantity: String(sign * months), unit: MONTH, price: decimal(line.price, 5) };
  return { quantity: String(sign), unit: ONE, price: decimal(Math.abs(line.net), 2) };
}

function nameOf(line: InvoiceLine, { contract: { energy }, words }: Ubl): string {
  switch (line.what) {
    case 'standing-charge':
      return words.standingCharges;
    case 'energy':
      return energy === 'gas' ? words.gas : (words.registers[line.register] ?? line.register);
    case 'excise':
      return words.excise[energy];
    case 'cta':
      return words.cta;
  }
}

function propertiesOf(line: InvoiceLine, { words }: Ubl): XmlElement[] {
  if (line.what === 'cta') return [property(words.rate, `${decimal(line.rate, 2)} %`), property(words.base, `${decimal(line.base, 2)} EUR`)];
  if (line.what !== 'energy') return [];
  const { index: { start, end, startQuality, endQuality, wattHoursPerCubicMetre: coefficient } } = line;
  return [
    property(words.register, line.register),
    property(words.indexAtStart, `${start} (${words.qualities[startQuality]})`),
    property(words.indexAtEnd, `${end} (${words.qualities[endQuality]})`),
    ...(coefficient === undefined ? [] : [property(words.coefficient, `${decimal(coefficient, 3)} kWh/m³`)]),
  ];
}

function property(name: string, value: string): XmlElement {
  return ['cac:AdditionalItemProperty', [['cbc:Name', name], ['cbc:Value', value]]];
}

const VAT_SCHEME: XmlElement = ['cac:TaxScheme', [['cbc:ID', 'VAT']]];

/** Standard-rated, whichever the rate; zero-rated without one. */
function taxCategory(name: string, rate: number): XmlElement {
  return [name, [['cbc:ID', rate === 0 ? 'Z' : 'S'], ['cbc:Percent', decimal(rate, 2)], VAT_SCHEME]];
}

/** Its last day is of it, where ours is the first that is not. */
function period({ from, to }: Period): XmlElement {
  return ['cac:InvoicePeriod', [['cbc:StartDate', from], ['cbc:EndDate', addDays(to, -1)]]];
}

function amount(name: string, cents: number): XmlElement {
  return [name, decimal(cents, 2), { currencyID: 'EUR' }];
}

/** An integer of the smallest unit as a number with so many decimals: exact, whatever its size. */
function decimal(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
