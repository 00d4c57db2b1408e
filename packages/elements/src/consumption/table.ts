import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { columnsOf, type Column } from './columns.ts';
import { consumptionMessages } from './consumption.messages.ts';
import { ConsumptionPart } from './part.ts';
import { partsMessages } from './parts.messages.ts';

interface Sorting {
  /** Name of the column; the first, which says when, is the one of no name. */
  readonly column: string;
  readonly descending: boolean;
}

const BY_TIME: Sorting = { column: '', descending: false };

/** The picture's twin: the same values, to sort and to copy. Part of `oya-consumption`. */
export class OyaConsumptionTable extends ConsumptionPart {
  static override readonly lightStyles = `oya-consumption-table {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-3);
}
.plain {
  display: inline-flex;
  align-items: center;
  min-block-size: 44px;
  margin-block: calc(-1 * var(--oya-space-2));
  padding: 0;
  border: 0;
  background: none;
  color: var(--oya-color-accent);
  font: inherit;
  text-align: start;
  text-decoration: underline;
  text-underline-offset: 0.15em;
  cursor: pointer;
}
.plain::first-letter {
  text-transform: uppercase;
}
.sorting {
  display: inline-flex;
  align-items: center;
  gap: var(--oya-space-1);
  min-block-size: 44px;
  margin-block: calc(-1 * var(--oya-space-2));
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  font-weight: 600;
  text-align: start;
  cursor: pointer;
}
.sorting:hover {
  color: var(--oya-color-ink);
  text-decoration: underline;
  text-underline-offset: 0.15em;
}
.sorting::after {
  content: '↕';
  content: '↕' / '';
  opacity: 0.5;
}
[aria-sort='ascending'] .sorting::after {
  content: '↑';
  content: '↑' / '';
  opacity: 1;
}
[aria-sort='descending'] .sorting::after {
  content: '↓';
  content: '↓' / '';
  opacity: 1;
}
.sort-by {
  display: none;
  grid-template-columns: minmax(0, 1fr);
  justify-items: start;
  gap: var(--oya-space-1);
  font-size: var(--oya-size-1);
  color: var(--oya-color-ink-soft);
}
.copied {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-3);
}
.many {
  max-inline-size: none;
}
.many :is(th, td) {
  padding-inline: 0 var(--oya-space-3);
}
.many tbody th {
  white-space: nowrap;
}
@container (max-width: 58rem) {
  .many,
  .many :is(caption, tbody, tr, th, td) {
    display: block;
  }
  .many thead {
    display: none;
  }
  .many tr {
    padding-block: var(--oya-space-2);
    border-block-end: 1px solid var(--oya-color-line);
  }
  .many tr :is(th, td) {
    padding: 0;
    border: 0;
    white-space: normal;
  }
  .many td {
    display: flex;
    justify-content: space-between;
    gap: var(--oya-space-3);
    max-inline-size: 30rem;
  }
  .many td::before {
    content: attr(data-label);
    color: var(--oya-color-ink-soft);
  }
  .sort-by.of-many {
    display: grid;
  }
}
@container (max-width: 34rem) {
  .plain {
    margin: 0;
  }
  .sort-by {
    display: grid;
  }
  .sortable thead {
    display: none;
  }
  .sortable td::before {
    content: attr(data-label);
  }
}`;

  @state() private sorting = BY_TIME;
  @state() private copied: 'copied' | 'copy.failed' | undefined;

  protected override renderReady(): unknown {
    const { shown } = this;
    if (!shown) return nothing;
    const t = this.words(partsMessages);
    const { picture, question, tell } = shown;
    const columns = this.#columns();
    return html`${this.#sortBy(columns)}
      <table class=${columns.length > 5 ? 'wide sortable many' : 'wide sortable'} role="table" part="table">
        <caption>
          ${tell.caption(picture, question)}
        </caption>
        <thead>
          <tr role="row">
            ${this.#header('', t(`column.${picture.step}`))} ${columns.map(({ name }) => this.#header(name, name))}
          </tr>
        </thead>
        <tbody>
          ${this.#order(columns).map((index) => this.#row(index, columns))}
        </tbody>
      </table>
      <div class="copied">
        <button type="button" class="button" @click=${() => void this.#copy(columns)}>${t('copy')}</button>
        <p class="small" role="status">${this.copied === undefined ? nothing : t(this.copied)}</p>
      </div>`;
  }

  #columns(): Column[] {
    return this.shown ? columnsOf(this.shown, this.words(partsMessages), this.words(consumptionMessages), this.format) : [];
  }

  #header(column: string, words: string): TemplateResult {
    const { sorting } = this;
    const isSorted = sorting.column === column;
    return html`<th role="columnheader" scope="col" aria-sort=${isSorted ? (sorting.descending ? 'descending' : 'ascending') : nothing}>
      <button type="button" class="sorting" @click=${() => (this.sorting = { column, descending: isSorted && !sorting.descending })}>${words}</button>
    </th>`;
  }

  /** Where the table is a list of rows, its headers are not in sight. */
  #sortBy(columns: readonly Column[]): TemplateResult {
    const t = this.words(partsMessages);
    const { sorting } = this;
    const ways = [{ name: '', words: t(`column.${this.shown?.picture.step ?? 'day'}`) }, ...columns.map(({ name }) => ({ name, words: name }))];
    const choose = (event: Event) => {
      const [order, column = ''] = (event.target as HTMLSelectElement).value.split(':', 2);
      this.sorting = { column, descending: order === 'descending' };
    };
    return html`<label class=${columns.length > 5 ? 'sort-by of-many' : 'sort-by'}>
      <span>${t('sort')}</span>
      <select @change=${choose}>
        ${ways.flatMap(({ name, words }) =>
          (['ascending', 'descending'] as const).map(
            (order) => html`<option value=${`${order}:${name}`} .selected=${sorting.column === name && sorting.descending === (order === 'descending')}>${t(`sorted.${order}`, { column: words })}</option>`,
          ),
        )}
      </select>
    </label>`;
  }

  #row(index: number, columns: readonly Column[]): TemplateResult {
    const { shown } = this;
    const when = shown?.tell.bar(shown.picture, index);
    const open = shown?.open;
    return html`<tr role="row">
      <th role="rowheader" scope="row">${open ? html`<button type="button" class="plain" @click=${() => open(index)}>${when}</button>` : when}</th>
      ${columns.map(({ name, words }) => html`<td role="cell" data-label=${name}>${words(index)}</td>`)}
    </tr>`;
  }

  /** What is not known comes last, whichever way the others go. */
  #order(columns: readonly Column[]): number[] {
    const { column, descending } = this.sorting;
    const indexes = (this.shown?.picture.values ?? []).map((_, index) => index);
    const by = columns.find(({ name }) => name === column);
    if (!by) return column === '' && descending ? indexes.reverse() : indexes;
    return indexes.sort((a, b) => {
      const [left, right] = [by.value(a), by.value(b)];
      if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
      return descending ? right - left : left - right;
    });
  }

  /** As spreadsheets paste it: cells apart by tabs, in the order on the screen. */
  async #copy(columns: readonly Column[]): Promise<void> {
    const { shown } = this;
    if (!shown) return;
    const t = this.words(partsMessages);
    const { picture, tell } = shown;
    const rows = this.#order(columns).map((index) => [tell.bar(picture, index), ...columns.map(({ words }) => words(index))]);
    const text = [[t(`column.${picture.step}`), ...columns.map(({ name }) => name)], ...rows].map((row) => row.join('\t')).join('\n');
    this.copied = undefined;
    try {
      await navigator.clipboard.writeText(text);
      this.copied = 'copied';
    } catch {
      this.copied = 'copy.failed';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-table': OyaConsumptionTable;
  }
}
