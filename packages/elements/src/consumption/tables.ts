/** The pictures' twins: the same values, as tables. */
import { html, type TemplateResult } from 'lit';
import type { Format, Translate } from '@oya/core';
import { dataTable, type Row } from '../data-table.ts';
import type { fr } from './consumption.messages.ts';
import type { Interval } from './day.ts';
import type { Picture } from './summary.ts';
import type { Telling } from './telling.ts';

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
  return dataTable(caption, columns, rows);
}

export function curveTable(intervals: readonly Interval[], tell: Telling, t: Translate<typeof fr>, format: Format, caption: string): TemplateResult {
  const rows = intervals.map((interval): Row => ({
    head: tell.interval(interval),
    cells: [interval.watts === null ? t('none') : format.power(interval.watts), tell.state(interval.quality)],
  }));
  return dataTable(caption, [t('column.interval'), t('column.power'), t('column.state')], rows, 'compact');
}
