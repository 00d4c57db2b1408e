/** The lines of an invoice, by what they are for: index → energy → price → amount, and each technical word where it stands. */
import { countedByIndexes, type BillExplained, type ExplainedLine, type InvoiceDetails } from '@oya/contract';
import { html, nothing, type TemplateResult } from 'lit';
import { dataTable } from '../data-table.ts';
import { icon } from '../icons.ts';
import type { Telling } from './telling.ts';

export type Heading = (content: unknown, className: string, offset: number) => TemplateResult;
type Term = 'standing-charge' | 'index' | 'excise' | 'cta' | 'vat' | 'network' | 'given-back';

/** What a table of lines shows beside their days. */
interface Column {
  readonly name: string;
  readonly cell: (line: ExplainedLine) => unknown;
}

export function linesOf({ bill }: Pick<InvoiceDetails, 'bill'>, { lines, vat }: BillExplained, tell: Telling, heading: Heading): TemplateResult {
  const { t } = tell;
  const own = lines.filter(({ givenBackOf }) => givenBackOf === null);
  const ofKind = (what: string) => own.filter(({ line }) => line.what === what);
  const given = lines.filter(({ givenBackOf }) => givenBackOf !== null);
  const replacing = firstOfMeters(own);
  const energy: Column[] = [
    { name: t('index'), cell: (line) => indexes(line, tell, replacing.has(line)) },
    { name: t('energy'), cell: (line) => counted(line, tell) },
    { name: t('price'), cell: ({ line }) => (line.what === 'energy' ? t('price.kwh', { price: tell.format.unitPrice(line.price) }) : nothing) },
  ];
  const registers = Map.groupBy(ofKind('energy'), ({ line }) => (line.what === 'energy' ? line.register : ''));
  return html`
    ${part(t('step.standing-charge'), ofKind('standing-charge'), [{ name: t('price'), cell: ({ line }) => (line.what === 'standing-charge' ? tell.monthly(line.price) : nothing) }], tell, heading, 'standing-charge')}
    ${[...registers].map(([code, ofRegister], at) => part(t('step.energy', { register: tell.register(code) }), ofRegister, energy, tell, heading, at === 0 ? 'index' : undefined))}
    ${part(t('step.excise'), ofKind('excise'), [energy[1] as Column, { name: t('rate'), cell: ({ line }) => (line.what === 'excise' ? t('price.kwh', { price: tell.format.unitPrice(line.rate) }) : nothing) }], tell, heading, 'excise')}
    ${part(t('step.cta'), ofKind('cta'), [
      { name: t('base'), cell: ({ line }) => (line.what === 'cta' ? tell.money(line.base) : nothing) },
      { name: t('rate'), cell: ({ line }) => (line.what === 'cta' ? tell.rate(line.rate) : nothing) },
    ], tell, heading, 'cta')}
    ${part(t('step.given-back'), given, [
      { name: t('invoice'), cell: ({ line, givenBackOf }) => html`<span>${line.what === 'energy' ? t('step.energy', { register: tell.register(line.register) }) : t(`step.${line.what}`)} <small class="block">${t('line.given-back', { number: givenBackOf ?? '' })}</small></span>` },
      energy[1] as Column,
    ], tell, heading, 'given-back')}
    <div class="group">
      ${dataTable(
        t('total.net'),
        [t('rate'), t('base'), t('amount.vat')],
        [
          ...vat.map(({ rate, net, reckoned, charged }) => ({
            head: t('step.vat', { rate: tell.rate(rate) }),
            cells: [tell.money(net), html`<span class="figure">${tell.money(charged)}</span> ${reckoned === charged ? nothing : difference(reckoned, charged - reckoned, tell)}`],
          })),
          { head: html`<strong>${t('step.total')}</strong>`, cells: [nothing, html`<strong class="figure">${tell.money(bill.totals.total)}</strong>`] },
        ],
      )}
      ${term('vat', tell)}
      ${bill.network === undefined ? nothing : html`<p class="measure">${t('network', { amount: tell.money(bill.network) })}</p>${term('network', tell)}`}
    </div>`;
}

function part(title: string, lines: readonly ExplainedLine[], columns: readonly Column[], tell: Telling, heading: Heading, explains: Term | undefined): unknown {
  if (lines.length === 0) return nothing;
  const { t } = tell;
  const rows = lines.map((line) => ({
    head: html`${tell.dates(line.line)} <small>${tell.days(line.line)}</small>`,
    cells: [...columns.map(({ cell }) => cell(line)), html`<span class="figure">${tell.money(line.line.net)}</span> ${line.difference === 0 ? nothing : difference(line.reckoned, line.difference, tell)}`],
  }));
  const net = lines.reduce((all, { line }) => all + line.net, 0);
  return html`<div class="group">
    <div class="group-head">${heading(title, 'group-title', 2)} <span class="group-total figure">${tell.money(net)}</span></div>
    ${dataTable(title, [t('days'), ...columns.map(({ name }) => name), t('amount')], rows)} ${explains ? term(explains, tell) : nothing}
  </div>`;
}

/** Lines whose index does not go on from the one before: another meter has taken its place. */
function firstOfMeters(lines: readonly ExplainedLine[]): Set<ExplainedLine> {
  const shown = new Map<string, number>();
  return new Set(
    lines.filter(({ line }) => {
      if (line.what !== 'energy') return false;
      const before = shown.get(line.register);
      shown.set(line.register, line.index.end);
      return before !== undefined && before !== line.index.start;
    }),
  );
}

function indexes({ line }: ExplainedLine, { t, format }: Telling, isAnotherMeter: boolean): unknown {
  if (line.what !== 'energy') return nothing;
  const { start, end, startQuality, endQuality, wattHoursPerCubicMetre } = line.index;
  const index = (value: number, quality: typeof startQuality) => html`<span class="index">${format.number(value)} <small class=${quality}>${t(`index.${quality}`)}</small></span>`;
  return html`<span class="indexes">${index(start, startQuality)} <span aria-hidden="true">→</span> ${index(end, endQuality)}</span>
    ${isAnotherMeter ? html`<small class="block">${t('index.another-meter', { day: format.day(line.from, 'medium') })}</small>` : nothing}
    ${wattHoursPerCubicMetre === undefined ? nothing : html`<small class="block">${t('index.counted', { counted: format.number(countedByIndexes(line.index)), unit: 'm³' })} ${t('index.coefficient', { coefficient: format.number(wattHoursPerCubicMetre / 1000, 3) })}</small>`}`;
}

function counted({ line, counted: reckoned }: ExplainedLine, tell: Telling): unknown {
  const charged = line.what === 'energy' || line.what === 'excise' ? line.wattHours : null;
  if (charged === null) return nothing;
  return html`${tell.counted(charged)} ${reckoned === null || reckoned === charged ? nothing : html`<small class="wrong">${tell.t('index.counted', { counted: tell.format.number(reckoned / 1000), unit: 'kWh' })}</small>`}`;
}

function difference(reckoned: number, amount: number, tell: Telling): TemplateResult {
  return html`<small class="wrong">${icon('alert')}<span>${tell.t('line.difference', { reckoned: tell.money(reckoned), difference: tell.money(amount) })}</span></small>`;
}

export function term(name: Term, { t }: Telling): TemplateResult {
  return html`<details class="term">
    <summary>${t(`term.${name}`)}</summary>
    <p class="measure">${t(`term.${name}.text`)}</p>
  </details>`;
}
