/** The ways to go about: another period, view, unit or form. What cannot be chosen is not there. */
import { LocalDay, type Direction, type Period } from '@oya/contract';
import type { Translate } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import type { fr } from './consumption.messages.ts';
import { back, nearestDay, neighbour, switchView, toDay, toMonth, type Question, type Unit, type View } from './question.ts';
import type { Telling } from './telling.ts';

export interface Ways {
  readonly question: Question;
  readonly available: Period;
  readonly views: readonly View[];
  /** What each unit is called here; one alone is no choice. */
  readonly units: readonly { readonly unit: Unit; readonly words: string }[];
  readonly directions: readonly Direction[];
  readonly hasDays: boolean;
  readonly asTable: boolean;
  readonly t: Translate<typeof fr>;
  readonly tell: Telling;
  go(question: Question): void;
  show(asTable: boolean): void;
  goBack(): void;
}

export function controls(ways: Ways): TemplateResult {
  const { question, views, units, directions, available, asTable, t, tell, go } = ways;
  const { view } = question;
  const up = question.above?.at(-1);
  const above = up && back({ ...question, chosen: undefined }, available);
  const display = choice(t('display'), [
    { words: t('chart'), icon: 'chart', chosen: !asTable, choose: () => ways.show(false) },
    { words: t('table'), icon: 'table', chosen: asTable, choose: () => ways.show(true) },
  ]);
  const isPlain = units.length < 2 && directions.length < 2;
  return html`<div class="controls">
    ${above ? html`<button type="button" class="button back" @click=${() => ways.goBack()}>${icon('back')}<span>${t('back', { period: tell.period(above.period, above.view) })}</span></button>` : nothing}
    <div class="ways">
      <div class="periods" role="group" aria-label=${t('period')}>
        ${view === 'years' ? nothing : step(ways, 'previous', -1)}
        <p class="period">${tell.periodTitle(question.period, view)}</p>
        ${view === 'years' ? nothing : step(ways, 'next', 1)}
      </div>
      ${goTo(ways)} ${choice(t('view'), views.map((each) => ({ words: t(each), chosen: each === view, choose: () => each !== view && go(switchView(question, each, available)) })))} ${isPlain ? display : nothing}
    </div>
    ${isPlain
      ? nothing
      : html`<div class="ways">
          ${choice(t('direction'), directions.map((each) => ({ words: t(`direction.${each}`), chosen: each === question.direction, choose: () => go({ ...question, direction: each, chosen: undefined }) })))}
          ${choice(t('unit'), units.map(({ unit, words }) => ({ words, chosen: unit === question.unit, choose: () => go({ ...question, unit }) })))} ${display}
        </div>`}
  </div>`;
}

/** At a bound the button stays, so that the focus does, and says why it leads nowhere. */
export function stepButton(direction: 'previous' | 'next', words: string, act: (() => void) | undefined): TemplateResult {
  return html`<button type="button" class="button round" aria-label=${words} title=${words} aria-disabled=${act ? nothing : 'true'} @click=${() => act?.()}>
    ${icon(direction)}
  </button>`;
}

function step({ question, available, t, tell, go }: Ways, direction: 'previous' | 'next', by: -1 | 1): TemplateResult {
  const target = neighbour(question, by, available);
  const words = target ? t(direction, { period: tell.period(target.period, target.view) }) : t(`no-${direction}`);
  return stepButton(direction, words, target && (() => go(target)));
}

/** One of a few, all in sight; with one alone there is nothing to choose. */
function choice(label: string, options: readonly { words: string; icon?: 'chart' | 'table'; chosen: boolean; choose: () => unknown }[]): unknown {
  if (options.length < 2) return nothing;
  return html`<div class=${options.some((option) => option.icon) ? 'choice icons' : 'choice'} role="group" aria-label=${label}>
    ${options.map(
      (option) =>
        html`<button type="button" aria-pressed=${option.chosen ? 'true' : 'false'} @click=${option.choose}>
          ${option.icon ? icon(option.icon) : nothing}<span>${option.words}</span>
        </button>`,
    )}
  </div>`;
}

/**
 * Straight to a day, or for meters that tell no days to a month. Followed when the choice is made, not with each digit that is
 * typed: until the field is left or Enter is pressed, a date half typed is a date of its own.
 */
function goTo(ways: Ways): TemplateResult {
  const { question, available, hasDays, t } = ways;
  const last = nearestDay('9999-12-31', available);
  const length = hasDays ? 10 : 7;
  const shown = question.view === 'month' ? (question.chosen ?? question.period.from) : question.view === 'year' ? question.period.from : last;
  const follow = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const day = dayOf(input.value);
    if (day) ways.go(targetOf(ways, nearestDay(day, available)));
    else input.value = nearestDay(shown, available).slice(0, length);
  };
  return html`<label class="go-to">
    <span>${t('go-to')}</span>
    <input type=${hasDays ? 'date' : 'month'} min=${available.from.slice(0, length)} max=${last.slice(0, length)} .value=${nearestDay(shown, available).slice(0, length)} @change=${follow} />
  </label>`;
}

function targetOf({ question, hasDays }: Ways, day: LocalDay): Question {
  return hasDays ? toDay(question, day) : toMonth(question, day);
}

/** Browsers without a field for months let one type it, in either order. */
function dayOf(text: string): LocalDay | undefined {
  const [, first = '', second = '', day = '01'] = /^\s*(\d{2,4})[-/. ](\d{2,4})(?:-(\d\d))?\s*$/.exec(text) ?? [];
  const [year, month] = first.length === 4 ? [first, second] : [second, first];
  return LocalDay.safeParse(`${year}-${month}-${day}`).data;
}
