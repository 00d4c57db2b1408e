import type { Translate } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { costGaps, countStates } from './counts.ts';
import { ConsumptionPart } from './part.ts';
import { partsMessages, type fr } from './parts.messages.ts';
import type { BarState } from './picture.ts';
import { BASELINES, readAsked, withBaseline, type Question } from './question.ts';
import type { Shown } from './shown.ts';
import { swatch } from './swatch.ts';

/** The states of a bar that need a sentence, in the order in which they are told. */
const TOLD_STATES = ['estimated', 'provisional', 'incomplete', 'missing'] as const satisfies readonly BarState[];

interface Notes extends Shown {
  readonly t: Translate<typeof fr>;
  showWeather(shown: boolean): void;
}

/** What the forms of a picture mean, and how far its values can be trusted: each note is its own legend. Part of `oya-consumption`. */
export class OyaConsumptionNotes extends ConsumptionPart {
  static override readonly lightStyles = `oya-consumption-notes {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-3);
}
.compare,
.compare label {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-1) var(--oya-space-2);
}
.compare label,
.compare select {
  min-inline-size: 0;
  max-inline-size: 100%;
}
.compare select {
  padding-inline: var(--oya-space-2);
  font-size: inherit;
}
@media print {
  .compare label:has([type='checkbox']) {
    display: none;
  }
}
.compare {
  column-gap: var(--oya-space-5);
  font-size: var(--oya-size-1);
}
.compare label {
  min-block-size: 44px;
  cursor: pointer;
}
.compare [type='checkbox'] {
  inline-size: 20px;
  block-size: 20px;
  margin: 0;
  accent-color: var(--oya-color-accent);
}
.swatch {
  flex: none;
  margin-block-start: 0.15em;
  color: var(--oya-series-1);
}
.swatch .solid {
  fill: currentColor;
}
.swatch .line {
  fill: none;
  stroke: currentColor;
  stroke-width: 1.5;
}
.swatch .thin {
  stroke: var(--oya-color-line-strong);
  stroke-width: 1;
}
.swatch .soft {
  stroke: var(--oya-color-ink-soft);
  stroke-linecap: round;
}
.swatch .dashed {
  stroke-dasharray: 3 2.5;
}
.notes {
  display: grid;
  gap: var(--oya-space-2);
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: var(--oya-size-1);
  max-inline-size: 65ch;
}
.compare .swatch {
  display: inline-block;
  margin-inline-end: var(--oya-space-1);
  vertical-align: -0.2em;
}`;

  @property({ attribute: false }) onWeather: (shown: boolean) => void = () => undefined;

  protected override renderReady(): unknown {
    const { shown } = this;
    if (!shown) return nothing;
    const all: Notes = { ...shown, showWeather: this.onWeather, t: this.words(partsMessages) };
    const compared = [baselineOf(all), weatherOf(all)].filter((part) => part !== nothing);
    const list = [...stateNotes(all), ...costNotes(all)];
    return html`${compared.length === 0 ? nothing : html`<div class="compare">${compared}</div>`} ${list.length === 0 ? nothing : html`<ul class="notes">${list}</ul>`}`;
  }

  protected override renderLoading(): unknown {
    return nothing;
  }
}

/** What the outlines are, and for a month the choice of it. */
function baselineOf({ picture, question, asTable, t, tell, go }: Notes): unknown {
  const { before, view } = picture;
  if (!before) return nothing;
  const label = html`<span>${asTable ? nothing : swatch('baseline')} ${t(asTable ? 'baseline.table' : 'baseline.chart')}</span>`;
  if (question.view !== 'month') {
    return before.values.some((value) => value !== null) ? html`<p>${label} ${tell.period(before.period, view)}</p>` : nothing;
  }
  const options = BASELINES.map((baseline) => {
    const period = readAsked(withBaseline({ ...question, baseline }), 'month').baseline;
    return html`<option value=${baseline} .selected=${baseline === question.baseline}>${t(`baseline.${baseline}`, { period: period ? tell.period(period, 'month') : '' })}</option>`;
  });
  const choose = (event: Event) => go({ ...question, baseline: (event.target as HTMLSelectElement).value as Question['baseline'] });
  return html`<label>${label} <select @change=${choose}>${options}</select></label>`;
}

function weatherOf({ picture, told, asTable, t, showWeather }: Notes): unknown {
  if (asTable || !picture.weather?.temperature.some((value) => value !== null)) return nothing;
  return html`<label><input type="checkbox" .checked=${told.weather} @change=${(event: Event) => showWeather((event.target as HTMLInputElement).checked)} /> <span>${t('weather.show')}</span></label>`;
}

/** Each state that is on view, in words, beside its form. */
function stateNotes({ picture, meter, t, tell }: Notes): TemplateResult[] {
  const counts = countStates(picture.states);
  const handRead = meter.kind === 'hand-read';
  const told = TOLD_STATES.flatMap((each) => {
    const count = counts.get(each);
    if (!count) return [];
    const words = each === 'estimated' && handRead ? t('note.estimated.hand-read', { count }) : t(`note.${each}.${picture.step}`, { count });
    return [html`<li>${swatch(each)}<span>${words}</span></li>`];
  });
  const begun = picture.states.indexOf('begun');
  if (begun >= 0) told.push(html`<li>${swatch('begun')}<span>${t('note.begun', { when: tell.bar(picture, begun) })}</span></li>`);
  const unfinished = picture.states.indexOf('unfinished');
  if (unfinished >= 0) {
    told.push(html`<li>${swatch('unfinished')}<span>${t(handRead ? 'note.unfinished.hand-read' : 'note.unfinished', { when: tell.bar(picture, unfinished) })}</span></li>`);
  }
  return told;
}

/** Why some bars have no cost. */
function costNotes({ picture, question, t }: Notes): TemplateResult[] {
  if (question.unit !== 'cost') return [];
  return [...costGaps(picture)].map(([gap, count]) => html`<li>${swatch('missing')}<span>${t(`no-cost.${gap}`, { count })}</span></li>`);
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-notes': OyaConsumptionNotes;
  }
}
