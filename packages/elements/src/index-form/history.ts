/** The readings of a meter: a small picture of what it counted a day between them, and each as a row. */
import { countedFrom, daysBetween, isReal, type Attachment, type LocalDay, type Meter, type MeterReading } from '@oya/contract';
import type { Format } from '@oya/core';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { dataTable, type Row } from '../data-table.ts';
import { registerWords, type IndexFormWords } from './register-words.ts';

/** More are shown on request. */
export const FIRST_READINGS = 8;

/** What all registers together counted a day between two readings. */
interface Stretch {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly aDay: number;
  readonly isEstimated: boolean;
}

export interface HistoryShown {
  readonly meter: Meter;
  readonly readings: readonly MeterReading[];
  readonly showsAll: boolean;
  readonly unit: string;
  readonly format: Format;
  readonly t: IndexFormWords;
  /** Of an invoice; `nothing` where no page shows it. */
  readonly invoiceLink: (invoiceId: string, words: string) => unknown;
  readonly onPhoto: (photo: Attachment) => void;
}

export function readingTable({ meter, readings, showsAll, format, t, unit, invoiceLink, onPhoto }: HistoryShown): TemplateResult {
  const shown = showsAll ? readings : readings.slice(0, FIRST_READINGS);
  const rows = shown.map((reading): Row => ({
    head: format.day(reading.on, 'long'),
    cells: [
      html`<span class="indexes">${inOrder(meter, reading).map(({ register, index }) => html`<span class=${reading.state === 'corrected' ? 'gone' : ''}>${reading.indexes.length > 1 ? html`<span class="soft small">${registerWords(register, t)}</span> ` : nothing}${format.number(index)} <span class="soft small">${unit}</span></span>`)}</span>`,
      html`<span class="state ${reading.state}">${stateWords(reading, t, invoiceLink)}</span>${reading.source === 'invoice' ? nothing : html` <span class="soft small">${t(`source.${reading.source}`)}</span>`}
        ${(reading.photos ?? []).map((photo) => html`<button type="button" class="button" @click=${() => onPhoto(photo)}>${t('photo.see', { name: photo.name })}</button>`)}
        ${reading.answer === undefined ? nothing : html`<span class="small answer">${t('source.answer', { words: reading.answer })}</span>`}`,
    ],
  }));
  return dataTable(t('history.all'), [t('history.day'), t('history.index'), t('history.state')], rows);
}

function stateWords({ state, invoiceId, answer }: MeterReading, t: IndexFormWords, invoiceLink: HistoryShown['invoiceLink']): unknown {
  if (state === 'corrected' && answer !== undefined) return t('state.set-aside');
  if (state !== 'used' && state !== 'estimated') return t(`state.${state}`);
  if (invoiceId === undefined) return t(`state.${state}.plain`);
  const link = invoiceLink(invoiceId, t(`state.${state}`, { invoice: invoiceId }));
  return link === nothing ? t(`state.${state}`, { invoice: invoiceId }) : link;
}

/** As the meter shows them, whatever the order in which they were told. */
export function inOrder({ registers }: Meter, { indexes }: MeterReading): MeterReading['indexes'] {
  const at = (code: string) => registers.findIndex((register) => register.code === code);
  return indexes.toSorted((a, b) => at(a.register) - at(b.register));
}

const HEIGHT = 48;
const GAP = 0.6;

/** Bars as wide as their days are long; estimated ones are hatched. Its sentence says the same, and the table every value. */
export function readingChart({ meter, readings, unit, format, t }: HistoryShown): unknown {
  const stretches = stretchesOf(meter, readings);
  const [first, last] = [stretches[0], stretches.at(-1)];
  const real = stretches.filter(({ isEstimated }) => !isEstimated).map(({ aDay }) => aDay);
  if (!first || !last || real.length < 2) return nothing;
  const all = daysBetween(first.from, last.to);
  const top = Math.max(...stretches.map(({ aDay }) => aDay), 1e-9);
  const one = (value: number) => format.number(value, 1);
  const words = `${t('history.chart', { least: one(Math.min(...real)), most: one(Math.max(...real)), unit, last: one(real.at(-1) ?? 0) })}${last.isEstimated ? ` ${t('history.chart.estimated')}` : ''}`;
  return html`<figure class="chart">
    <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words}>
      ${svg`<defs><pattern id="hatch" width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-line" width="1.2" height="3"></rect></pattern></defs>`}
      ${stretches.map(({ from, to, aDay, isEstimated }) => {
        const x = (daysBetween(first.from, from) / all) * 100;
        const width = Math.max(0.4, (daysBetween(from, to) / all) * 100 - GAP);
        const height = Math.max(0.5, (aDay / top) * (HEIGHT - 1));
        return svg`<rect class=${isEstimated ? 'bar estimated' : 'bar'} x=${x} y=${HEIGHT - height} width=${width} height=${height}></rect>`;
      })}
    </svg>
    <figcaption class="soft small">
      <span class="ends" aria-hidden="true"><span>${format.day(first.from, 'month')}</span><span>${format.day(last.to, 'month')}</span></span>
      ${words}
    </figcaption>
  </figure>`;
}

function stretchesOf({ registers, replaced }: Meter, readings: readonly MeterReading[]): Stretch[] {
  const indexIn = ({ indexes }: MeterReading, code: string) => indexes.find(({ register }) => register === code)?.index;
  const whole = readings.filter((reading) => registers.every(({ code }) => indexIn(reading, code) !== undefined)).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  const real = whole.filter(isReal);
  const tail = whole.filter(({ state, on }) => state === 'estimated' && on > (real.at(-1)?.on ?? ''));
  const chain = [...real, ...tail];
  return chain.flatMap((reading, at) => {
    const before = chain[at - 1];
    const days = before ? daysBetween(before.on, reading.on) : 0;
    // What two meters show has nothing to do with each other.
    if (!before || days < 1 || (replaced && before.on <= replaced.on && replaced.on <= reading.on)) return [];
    const counted = registers.reduce((sum, register) => sum + countedFrom(indexIn(before, register.code) ?? 0, indexIn(reading, register.code) ?? 0, register), 0);
    return [{ from: before.on, to: reading.on, aDay: counted / days, isEstimated: reading.state === 'estimated' }];
  });
}
