import { html, nothing, type TemplateResult } from 'lit';

export interface Row {
  readonly head: unknown;
  readonly cells: readonly unknown[];
}

/**
 * A table that becomes a list of labelled rows where it is narrow, unless it is `compact` enough to stay one. The roles are said because a table that is
 * not laid out as one loses them in some browsers. Its styles are those of the space.
 */
export function dataTable(caption: string, columns: readonly string[], rows: readonly Row[], form: 'wide' | 'compact' = 'wide'): TemplateResult {
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
