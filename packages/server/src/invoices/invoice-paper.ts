/** An invoice as a document to read and to keep: on its first page what is to be paid and by when, then how it comes about. */
import { addDays, addSteps, cents, ibanInGroups, negative, reversed, sum, type ContactPoint, type InvoiceLine, type LocalizedText } from '@oya/contract';
import { MISSING } from '../pdf/drawable.ts';
import { Paper, type Block, type Cell, type Column, type Row } from '../pdf/paper.ts';
import { themeColours } from '../pdf/theme-colours.ts';
import type { InvoiceDocument } from './invoice-document.ts';
import { invoiceFigures, type InvoiceFigures } from './invoice-figures.ts';
import { INVOICE_WORDS, type InvoiceWords } from './invoice-words.ts';

/** In points: its heading, the sentence above the picture and the one below it. */
const ROOM_AROUND_HISTORY = 90;

/** A part of the paper: what it writes on, of what, in which words. */
interface Part extends InvoiceDocument {
  readonly paper: Paper;
  readonly words: InvoiceWords;
  readonly figures: InvoiceFigures;
}

export function invoicePaper(document: InvoiceDocument): Promise<Buffer> {
  const { details, contract, utility, language } = document;
  const words = INVOICE_WORDS[language];
  const figures = invoiceFigures(language);
  const title = words.numbered[details.kind](details.number, figures.day(details.issuedOn));
  const paper = new Paper({
    title: `${utility.name} · ${title}`,
    language: language === 'fr' ? 'fr-FR' : 'en-GB',
    author: utility.name,
    madeAt: Date.parse(`${details.issuedOn}T00:00:00Z`),
    colours: themeColours(utility.theme),
    foot: `${utility.legalName} · ${details.number}`,
    pageOf: words.page,
  });
  const part: Part = { ...document, paper, words, figures };
  paper.sideBySide(supplierBlock(part), customerBlock(part));
  paper.overline(title);
  paper.heading(1, words.titles[details.kind][contract.energy]);
  paper.paragraph(words.forPeriod(figures.span(details.period)));
  if (details.about !== null) paper.paragraph(words.about(details.about));
  paper.highlight(whatToDo(part));
  essentials(part);
  paper.sideBySide(contractBlock(part), contactBlock(part));

  const { lines, givenBack } = details.bill;
  paper.heading(2, words.detail);
  paper.table(lineColumns(words), lines.map((line) => lineRow(line, part)));
  if (givenBack.length > 0) {
    paper.heading(2, words.givenBack);
    paper.table(lineColumns(words), givenBack.map(({ invoiceId, line }) => lineRow(reversed(line), part, words.ofInvoice(invoiceId))));
  }
  if (details.isEstimated || givenBack.length > 0) paper.paragraph(words.estimates, { kind: 'small' });
  vat(part);
  received(part);
  history(part);
  readings(part);
  rights(part);
  if (paper.isMissing) paper.paragraph(words.missing(MISSING), { kind: 'small' });
  return paper.end();
}

function supplierBlock({ utility: { legalName, legal }, words, figures }: Part): Block {
  if (!legal) return { lines: [{ text: legalName, isSmall: true }] };
  const { lines, postcode, city } = legal.address;
  return { lines: [legalName, [...lines, `${postcode} ${city}`].join(', '), [legal.form, legal.capital !== undefined && words.identity.capital(figures.euros(legal.capital))].filter(Boolean).join(' '), `${legal.register} · ${words.identity.vatNumber(legal.vatNumber)}`].map((text) => ({ text, isSmall: true })) };
}

function customerBlock({ contract: { holder, site }, postalAddress }: Part): Block {
  const { lines, postcode, city } = postalAddress ?? { lines: [site.address], postcode: site.postcode, city: site.commune };
  return { lines: [{ text: holder, isStrong: true }, ...[...lines, `${postcode} ${city}`].map((text) => ({ text }))] };
}

function whatToDo({ details, mandate, terms: { transfer, energyVoucher }, words, figures: { euros, day } }: Part): Parameters<Paper['highlight']>[0] {
  const { payable, balance, dueOn, means } = details;
  if (payable < 0) return { label: words.inFavour, figure: euros(negative(payable)), texts: [words.ours] };
  if (payable === 0) return { label: words.nothing, figure: euros(payable), texts: [] };
  const isDebited = means.kind === 'sepa-debit';
  const how = [
    words.how[means.kind],
    ...(isDebited && means.accountEnd !== undefined ? [words.accountEnd(means.accountEnd)] : []),
    ...(isDebited && mandate?.creditorIdentifier ? [words.mandate(mandate.reference, mandate.creditorIdentifier)] : []),
    ...(means.kind === 'transfer' && transfer ? [words.account(transfer.holder, ibanInGroups(transfer.iban, '\u00a0'))] : []),
    ...(isDebited || !energyVoucher ? [] : [words.energyVoucher(energyVoucher.address)]),
  ];
  const soFar = balance <= 0 ? [words.settled] : balance < payable ? [words.received(euros(cents(payable - balance)), euros(balance)), ...how] : how;
  return { label: dueOn === null ? words.toPayNow : isDebited ? words.debited(day(dueOn)) : words.toPay(day(dueOn)), figure: euros(payable), texts: soFar };
}

function essentials({ paper, details: { kind, bill, total, payable, instalments }, words, figures: { euros, wholeEnergy } }: Part): void {
  const of = (...kinds: InvoiceLine['what'][]) => bill.lines.filter(({ what }) => kinds.includes(what));
  const net = (lines: readonly InvoiceLine[]) => euros(sum(lines.map((line) => line.net)));
  const used = of('energy').reduce((wattHours, line) => wattHours + (line.what === 'energy' ? line.wattHours : 0), 0);
  const taxes = of('excise', 'cta');
  paper.table(
    [{ label: kind === 'credit-note' ? words.whatComesBack : words.what }, { label: words.amount, width: 110, isFigure: true }],
    [
      ...(of('standing-charge').length > 0 ? [row(`${words.standingCharges}`, net(of('standing-charge')))] : []),
      ...(of('energy').length > 0 ? [row(words.consumption(wholeEnergy(used)), net(of('energy')))] : []),
      ...(taxes.length > 0 ? [row(words.taxes, net(taxes))] : []),
      ...(bill.givenBack.length > 0 ? [row(words.givenBack, net(bill.givenBack.map(({ line }) => reversed(line))))] : []),
      row(words.vat, euros(sum(bill.totals.vat.map(({ vat: amount }) => amount)))),
      { cells: [words.total, euros(total)], isStrong: true },
      ...(instalments.length > 0
        ? [row(words.instalmentsPaid, euros(negative(sum(instalments.map(({ amount }) => amount))))), { cells: [payable < 0 ? words.stillOwed : words.stillToPay, euros(cents(Math.abs(payable)))], isStrong: true }]
        : []),
    ],
  );
}

function contractBlock({ contract, meter, nextOn, words, figures: { day } }: Part): Block {
  const { number, offer, subscribedPowerKva, energy, deliveryPoint, site } = contract;
  return {
    heading: words.contract,
    lines: [
      { label: words.number, text: number },
      { label: words.offer, text: subscribedPowerKva === null ? offer : `${offer}, ${words.power(String(subscribedPowerKva))}` },
      { label: words.deliveryPoint[energy], text: meter ? `${deliveryPoint}, ${words.meter(meter.serialNumber)}` : deliveryPoint },
      { label: words.site, text: `${site.address}, ${site.postcode} ${site.commune}` },
      ...(nextOn === null ? [] : [{ label: words.next, text: words.around(day(nextOn)) }]),
    ],
  };
}

/** Those of the energy of the contract. */
function contactBlock({ utility, contract, language, words }: Part): Block {
  const purposes: ContactPoint['purpose'][] = ['customer-service', contract.energy === 'gas' ? 'gas-emergency' : 'electricity-breakdown'];
  const shown = utility.contacts.filter(({ purpose }) => purposes.includes(purpose));
  return {
    heading: words.contacts,
    lines: shown.flatMap(({ label, phone, email, hours }) => [
      ...[phone, email].filter((way) => way !== undefined).map((text, at) => ({ text, ...(at === 0 && { label: said(label, language), isStrong: true }) })),
      ...(hours ? [{ text: said(hours, language), isSmall: true, endsGroup: true }] : []),
    ]),
  };
}

function lineColumns(words: InvoiceWords): Column[] {
  return [{ label: words.line }, { label: words.quantity, width: 60, isFigure: true }, { label: words.price, width: 86, isFigure: true }, { label: words.vatRate, width: 34, isFigure: true }, { label: words.net, width: 60, isFigure: true }];
}

function lineRow(line: InvoiceLine, part: Part, origin?: string): Row {
  const { words, contract, figures: { euros, price, percent, energy, span } } = part;
  const named = (text: string, ...details: string[]): Cell => ({ text, details: [span(line), ...(origin === undefined ? [] : [origin]), ...details] });
  const end = [percent(line.vatRate), euros(line.net)] as const;
  switch (line.what) {
    case 'standing-charge':
      return { cells: [named(words.standingCharges), '', words.perMonth(price(line.price)), ...end] };
    case 'energy':
      return { cells: [named(contract.energy === 'gas' ? words.gas : (words.registers[line.register] ?? line.register), ...indexDetails(line, part)), energy(line.wattHours), words.perKwh(price(line.price)), ...end] };
    case 'excise':
      return { cells: [named(words.excise[contract.energy]), energy(line.wattHours), words.perKwh(price(line.rate)), ...end] };
    case 'cta':
      return { cells: [named(words.cta, words.ctaOf(percent(line.rate), euros(line.base))), '', '', ...end] };
  }
}

function indexDetails({ index, wattHours }: Extract<InvoiceLine, { what: 'energy' }>, { words, figures: { decimal } }: Part): string[] {
  const { start, end, startQuality, endQuality, wattHoursPerCubicMetre: coefficient } = index;
  const shown = words.index(`${decimal(start)} (${words.qualities[startQuality]})`, `${decimal(end)} (${words.qualities[endQuality]})`);
  return coefficient === undefined ? [shown] : [shown, words.volume(decimal(Math.round(wattHours / coefficient)), decimal(coefficient / 1000))];
}

function vat({ paper, details: { bill: { totals, network } }, contract, words, figures: { euros, percent } }: Part): void {
  paper.heading(2, words.vatTitle);
  paper.table(
    [{ label: words.rate }, { label: words.withoutVat, width: 110, isFigure: true }, { label: words.vat, width: 110, isFigure: true }],
    [
      ...totals.vat.map(({ rate, net, vat: amount }): Row => ({ cells: [percent(rate), euros(net), euros(amount)] })),
      { cells: [words.sum, euros(totals.net), euros(sum(totals.vat.map(({ vat: amount }) => amount)))] },
      { cells: [words.total, '', euros(totals.total)], isStrong: true },
    ],
  );
  if (network !== undefined) paper.paragraph(words.network[contract.energy](euros(network)), { kind: 'small' });
}

function received({ paper, details: { instalments, payments }, words, figures: { euros, day } }: Part): void {
  for (const [title, list] of [[words.instalments, instalments], [words.payments, payments]] as const) {
    if (list.length === 0) continue;
    paper.heading(2, title);
    paper.table(
      [{ label: words.paidOn }, { label: words.means, width: 150 }, { label: words.amount, width: 110, isFigure: true }],
      [
        ...list.map(({ paidOn, amount, means }): Row => ({ cells: [day(paidOn), amount < 0 ? words.repaid : words.meansNames[means], euros(amount)] })),
        ...(list.length > 1 ? [{ cells: [words.sum, '', euros(sum(list.map(({ amount }) => amount)))], isStrong: true }] : []),
      ],
    );
  }
}

/** The year until this invoice, and the same days before it. */
function history({ paper, history: all, details: { kind }, words, figures: { wholeEnergy, shortSpan, percent } }: Part): void {
  const last = all.at(-1);
  if (!last || kind === 'credit-note') return;
  const since = addSteps(last.period.from, 'month', -12);
  const shown = all.filter(({ period }) => period.from >= since);
  const most = Math.max(1, ...shown.flatMap(({ wattHours, yearBefore }) => [wattHours, yearBefore ?? 0]));
  const columns: Column[] = [{ label: words.period, width: 142 }, { label: '' }, { label: words.consumed, width: 66, isFigure: true }, { label: words.yearBefore, width: 70, isFigure: true }];
  const rows = shown.map(({ period, wattHours, yearBefore }): Row => ({
    cells: [
      shortSpan(period),
      { text: '', bar: { share: wattHours / most, isSelected: period === last.period, ...(yearBefore !== null && { outline: yearBefore / most }) } },
      wholeEnergy(wattHours),
      yearBefore === null ? words.unknown : wholeEnergy(yearBefore),
    ],
    isStrong: period === last.period,
  }));
  paper.heading(2, words.history, { room: paper.heightOfTable(columns, rows) + ROOM_AROUND_HISTORY });
  if (last.yearBefore !== null && last.yearBefore > 0) {
    const change = Math.round(((last.wattHours - last.yearBefore) / last.yearBefore) * 100);
    const size = percent(Math.abs(change) * 100);
    paper.paragraph(change === 0 ? words.same : change < 0 ? words.less(size) : words.more(size));
  }
  paper.table(columns, rows);
  if (shown.some(({ yearBefore }) => yearBefore !== null)) paper.paragraph(words.outline, { kind: 'small' });
}

function readings({ paper, meter, nextOn, utility: { readingWindow }, words, figures: { day } }: Part): void {
  if (!meter) return;
  const collected = words.collected[meter.kind];
  const window = readingWindow && nextOn !== null ? { from: addDays(nextOn, -readingWindow.opensDaysBefore), to: addDays(nextOn, -readingWindow.closesDaysBefore) } : undefined;
  paper.heading(2, words.readings);
  paper.paragraph(collected ?? (window ? words.window(day(window.from), day(window.to)) : words.handRead));
}

function rights({ paper, details: { kind }, contract, utility: { legal }, language, words }: Part): void {
  paper.heading(2, words.understand);
  if (kind !== 'credit-note') paper.paragraph(words.contest, { kind: 'small' });
  paper.paragraph(words.mediator(legal?.mediator && said(legal.mediator, language)), { kind: 'small' });
  paper.paragraph(words.glossary[contract.energy], { kind: 'small' });
  if (legal?.latePayment) paper.paragraph(said(legal.latePayment, language), { kind: 'small' });
  paper.paragraph(words.slogan);
}

function row(what: string, amount: string): Row {
  return { cells: [what, amount] };
}

/** Where words are not there in a language, the French ones are. */
function said(text: LocalizedText, language: InvoiceDocument['language']): string {
  return text[language] ?? text.fr;
}
