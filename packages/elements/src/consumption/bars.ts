/** The picture as bars: in parts where registers are told, with a mark where the subscribed power was exceeded. */
import type { BarLine, BarPart, OyaBarSelectEvent } from '@oya/charts';
import type { Translate } from '@oya/core';
import { html, type TemplateResult } from 'lit';
import type { fr } from './consumption.messages.ts';
import { amountsOf, barOf, type Picture } from './picture.ts';
import type { Question } from './question.ts';
import { inOrder, registerName, toneOf } from './registers.ts';
import type { Telling, Told } from './telling.ts';

/** What a chart draws besides its amounts. The same picture told the same way gives the same, so that it draws only what is new. */
interface Drawn {
  readonly parts: readonly BarPart[];
  readonly marks: readonly (string | null)[];
  readonly line: BarLine | undefined;
}

const drawn = new WeakMap<Picture, Map<string, Drawn>>();
const NOTHING: readonly never[] = [];

export function bars(picture: Picture, question: Question, told: Told, hint: string, t: Translate<typeof fr>, tell: Telling, choose: (index: number) => void): TemplateResult {
  const selected = question.chosen === undefined ? -1 : barOf(picture, question.chosen);
  const { parts, marks, line } = drawingOf(picture, told, t, tell);
  return html`<oya-bar-chart
    class=${question.direction}
    .label=${tell.caption(picture, question)}
    .values=${amountsOf(picture, told.unit)}
    .quality=${picture.quality}
    .previous=${picture.before && amountsOf(picture.before, told.unit)}
    .parts=${parts}
    .marks=${marks}
    .line=${line}
    .slots=${picture.slots}
    .step=${picture.step}
    .selected=${selected < 0 ? null : selected}
    .page=${picture.step === 'day' ? 7 : 3}
    .format=${tell.barFormat(picture, told)}
    @oya-bar-select=${(event: OyaBarSelectEvent) => choose(event.index)}
  >
    <span slot="summary">${hint}</span>
  </oya-bar-chart>`;
}

function drawingOf(picture: Picture, told: Told, t: Translate<typeof fr>, tell: Telling): Drawn {
  const known = drawn.get(picture) ?? new Map<string, Drawn>();
  drawn.set(picture, known);
  // In another language it has other words.
  const key = JSON.stringify(told) + t('table');
  let made = known.get(key);
  if (!made) known.set(key, (made = draw(picture, told, t, tell)));
  return made;
}

function draw({ registers, cost, maximumPower, weather }: Picture, { unit, weather: showsWeather, subscribedKva }: Told, t: Translate<typeof fr>, tell: Telling): Drawn {
  const columns = (unit === 'cost' ? cost?.registers : registers) ?? NOTHING;
  const limit = subscribedKva === null ? Infinity : subscribedKva * 1000;
  return {
    // One alone is the bar itself.
    parts: columns.length < 2 ? NOTHING : inOrder(columns).map(({ code, values }) => ({ code, values, tone: toneOf(code), label: registerName(code, t) })),
    marks: maximumPower?.values.map((power) => (power !== null && power > limit ? tell.power(power, maximumPower.unit) : null)) ?? NOTHING,
    line: showsWeather && weather ? { values: weather.temperature, label: t('weather'), format: (tenths) => tell.temperature(tenths) } : undefined,
  };
}
