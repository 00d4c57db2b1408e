/** The pictures' twins: the same values, as tables. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Format, Translate } from '@oya/core';
import type { fr } from './consumption.messages.ts';
import type { Interval } from './day.ts';
import type { Picture } from './summary.ts';
import type { Telling } from './telling.ts';

interface Row {
  readonly head: unknown;
  readonly cells: readonly unknown[];
}

/** @param open makes the head of a row a button that opens its day or month; absent where there is nothing to open */
export function barTable(picture: Picture, tell: Telling, t: Translate<typeof fr>, caption: string, open?: (index: number) => void): TemplateResult {
  const { values, states, yearBefore, step } = picture;
  const compares = yearBefore.some((value) => value !== null);
  const rows = values.map((value, index): Row => {
    const when = tell.bar(picture, index);
    return {
      head: open ? html`<button type="button" class="plain" @click=${() => open(index)}>${when}</button>` : when,
      cells: [tell.energy(value), ...(compares ? [tell.energy(yearBefore[index])] : []), tell.state(states[index] ?? 'missing')],
    };
  });
  const columns = [t(`column.${step}`), t('column.energy'), ...(compares ? [t('column.year-before')] : []), t('column.state')];
  return table(caption, columns, rows);
}

export function curveTable(intervals: readonly Interval[], tell: Telling, t: Translate<typeof fr>, format: Format, caption: string): TemplateResult {
  const rows = intervals.map((interval): Row => ({
    head: tell.interval(interval),
    cells: [interval.watts === null ? t('none') : format.power(interval.watts), tell.state(interval.quality)],
  }));
  return table(caption, [t('column.interval'), t('column.power'), t('column.state')], rows, 'compact');
}

/**
 * A table that becomes a list of labelled rows where it is narrow, unless it is `compact` enough to stay one. The roles are said because a table that is
 * not laid out as one loses them in some browsers.
 */
function table(caption: string, columns: readonly string[], rows: readonly Row[], form: 'wide' | 'compact' = 'wide'): TemplateResult {
  return html`<table class=${form} role="table" part="table">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr role="row">
        ${columns.map((column) => html`<th role="columnheader" scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ head, cells }) =>
          html`<tr role="row">
            <th role="rowheader" scope="row">${head}</th>
            ${cells.map((cell, index) => html`<td role="cell" data-label=${columns[index + 1] ?? nothing}>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
