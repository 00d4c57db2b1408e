/** A claim as a document to read: what is contested, why, and what the meter and the bill say about it. */
import { addDays, compareBills, energyCharged, explainBill, greatestAt, localDay, wattHours, type BillStep, type InvoiceDetails, type InvoiceLine } from '@oya/contract';
import { INVOICE_WORDS, type InvoiceWords } from '../invoices/invoice-words.ts';
import { invoiceFigures, type InvoiceFigures } from '../invoices/invoice-figures.ts';
import { MISSING } from '../pdf/drawable.ts';
import { Paper, type Row } from '../pdf/paper.ts';
import { themeColours } from '../pdf/theme-colours.ts';
import type { ClaimDocument, MeasuredByMeter } from './claim-document.ts';
import { CLAIM_WORDS, type ClaimWords } from './claim-words.ts';

interface Part extends ClaimDocument {
  readonly paper: Paper;
  readonly say: ClaimWords;
  readonly printed: InvoiceWords;
  readonly figures: InvoiceFigures;
}

export function claimPaper(document: ClaimDocument): Promise<Buffer> {
  const { details, utility, language } = document.invoice;
  const say = CLAIM_WORDS[language];
  const figures = invoiceFigures(language);
  const today = localDay(document.madeAt, utility.timeZone);
  const paper = new Paper({
    title: `${utility.name} · ${say.title} · ${details.number}`,
    language: language === 'fr' ? 'fr-FR' : 'en-GB',
    author: utility.name,
    madeAt: document.madeAt,
    colours: themeColours(utility.theme),
    foot: `${utility.legalName} · ${say.name(details.number)}`,
    pageOf: say.page,
  });
  const part: Part = { ...document, paper, say, printed: INVOICE_WORDS[language], figures };
  paper.overline(say.about(details.number, figures.day(details.issuedOn)));
  paper.heading(1, say.title);
  paper.paragraph(INVOICE_WORDS[language].forPeriod(figures.span(details.period)));
  const { dispute } = details;
  paper.highlight({ label: say.contested, figure: figures.euros(details.total), texts: [dispute ? say.disputedSince(figures.day(localDay(Date.parse(dispute.openedAt), utility.timeZone))) : say.notDisputed, say.madeOn(figures.day(today))] });
  paper.heading(2, say.words);
  if (document.words === '') paper.paragraph(say.noWords);
  else paper.quote(document.words);
  contract(part);
  explanation(part);
  readings(part);
  measured(part);
  comparison(part);
  files(part);
  if (paper.isMissing) paper.paragraph(say.missing(MISSING), { kind: 'small' });
  return paper.end();
}

function contract({ paper, say, measured: all, invoice: { contract: { holder, number, deliveryPoint, site }, meter } }: Part): void {
  const serials = all.length > 0 ? all.map((each) => each.meter.serialNumber) : meter ? [meter.serialNumber] : [];
  paper.heading(2, say.who);
  paper.facts([
    { label: say.holder, value: holder },
    { label: say.contract, value: number },
    { label: say.deliveryPoint, value: deliveryPoint },
    ...(serials.length > 0 ? [{ label: say.meter, value: serials.join(', ') }] : []),
    { label: say.site, value: `${site.address}, ${site.postcode} ${site.commune}` },
  ]);
}

function explanation({ paper, say, printed, figures: { euros, percent }, invoice: { details, contract: { energy } } }: Part): void {
  const explained = explainBill(details.bill);
  const nameOf = (step: BillStep) => {
    if (step.what === 'energy') return energy === 'gas' ? printed.gas : (printed.registers[step.register] ?? step.register);
    return step.what === 'vat' ? say.vat(percent(step.rate)) : say.steps[step.what];
  };
  paper.heading(2, say.makes);
  paper.table(
    [{ label: say.what }, { label: say.amount, width: 110, isFigure: true }],
    [...explained.steps.map((step): Row => ({ cells: [nameOf(step), euros(step.amount)] })), { cells: [say.total, euros(details.bill.totals.total)], isStrong: true }],
  );
  paper.paragraph(explained.isExact ? say.exact : explained.difference === 0 ? say.lineOff : say.notExact(euros(explained.difference)));
}

type EnergyLine = Extract<InvoiceLine, { what: 'energy' }>;

export function energyLines({ bill }: Pick<InvoiceDetails, 'bill'>): EnergyLine[] {
  return bill.lines.filter((line) => line.what === 'energy');
}

function readings({ paper, say, printed, figures: { decimal, span, energy }, invoice: { details, contract } }: Part): void {
  const lines = energyLines(details);
  if (lines.length === 0) return;
  paper.heading(2, say.readings);
  paper.table(
    [{ label: say.register }, { label: say.from, width: 100, isFigure: true }, { label: say.to, width: 100, isFigure: true }, { label: say.counted, width: 84, isFigure: true }],
    lines.map((line): Row => {
      const { index: { start, end, startQuality, endQuality } } = line;
      return {
        cells: [
          { text: contract.energy === 'gas' ? printed.gas : (printed.registers[line.register] ?? line.register), details: [span(line)] },
          { text: decimal(start), details: [printed.qualities[startQuality]] },
          { text: decimal(end), details: [printed.qualities[endQuality]] },
          energy(line.wattHours),
        ],
      };
    }),
  );
  paper.paragraph(details.isEstimated ? say.estimated : say.allReal);
}

function measured(part: Part): void {
  const { paper, say, measured: all, figures, invoice: { details } } = part;
  paper.heading(2, say.measured, { room: 200 });
  if (all.length === 0) paper.paragraph(say.noDays);
  for (const each of all) {
    if (all.length > 1) paper.overline(say.ofMeter(each.meter.serialNumber));
    daysOf(each, part);
  }
  const charged = energyCharged(details.bill, details.period);
  if (all.some(({ days }) => days !== null)) paper.paragraph(say.charged(figures.wholeEnergy(charged)));
}

function daysOf({ days, total, yearBefore, curve, withoutCurve }: MeasuredByMeter, { paper, say, figures: { wholeEnergy, energy, span, day, decimal }, invoice: { details: { period } } }: Part): void {
  if (days === null || total === null) paper.paragraph(say.noDays);
  else {
    const most = greatestAt(days.values);
    const greatest = energy(days.values[most] ?? 0);
    paper.paragraph(say.days(wholeEnergy(total), span(period)));
    paper.bars(days.values, { says: say.daysSay(wholeEnergy(total), span(period), greatest, day(addDays(days.from, most))), most: say.most(greatest), first: day(days.from), last: day(addDays(days.from, days.values.length - 1)) });
    if (/[^r]/.test(days.quality)) paper.paragraph(say.gaps, { kind: 'small' });
    if (yearBefore !== null) paper.paragraph(say.yearBeforeMeasured(wholeEnergy(yearBefore)));
  }
  paper.paragraph(withoutCurve === null ? say.curve(decimal(curve.reduce((count, { values }) => count + values.length, 0))) : say.withoutCurve[withoutCurve]);
}

function comparison({ paper, say, compared, figures: { euros, wholeEnergy, energy, shortSpan }, invoice: { details } }: Part): void {
  if (!compared) return;
  const { details: other, isYearBefore } = compared;
  const { energy: used, days } = compareBills(details.bill, other.bill);
  const aDay = (wh: number, count: number) => energy(wattHours(Math.round(wh / Math.max(1, count) / 10) * 10));
  paper.heading(2, isYearBefore ? say.compared.year : say.compared.previous);
  paper.table(
    [{ label: '' }, { label: say.now, width: 130, isFigure: true }, { label: say.before(other.number), width: 150, isFigure: true }],
    [
      { cells: [say.period, shortSpan(details.period), shortSpan(other.period)] },
      { cells: [say.energy, wholeEnergy(used.now), wholeEnergy(used.before)] },
      { cells: [say.aDay, aDay(used.now, days.now), aDay(used.before, days.before)] },
      { cells: [say.total, euros(details.total), euros(other.total)], isStrong: true },
    ],
  );
}

function files({ paper, say, files: all }: Part): void {
  if (all.length === 0) return;
  const named = all.map((file, index) => ({ ...file, title: say.file(index + 1, file.name), index: index + 1 }));
  paper.heading(2, say.files);
  for (const { title } of named) paper.paragraph(title);
  if (all.some(({ mediaType }) => mediaType === 'application/pdf')) paper.paragraph(say.inZip, { kind: 'small' });
  for (const { title, bytes, index, name } of named.filter(({ mediaType }) => mediaType === 'image/jpeg')) paper.photo(title, bytes, say.photoSays(index, name));
}
