/** Two amounts under each other: what it was or should be, and what it is. */
import { html, type TemplateResult } from 'lit';

export interface Measure {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly figure: string;
}

/** In units of the picture, which is as wide as its row. */
const WIDTH = 1000;
/** So that little is seen beside much. */
const THINNEST = 4;

/** @param caption what the picture shows, for whoever does not see it */
export function pair(caption: string, measures: readonly [Measure, Measure]): TemplateResult {
  const most = Math.max(1, ...measures.map(({ value }) => value));
  return html`<figure class="pair" part="picture">
    <figcaption class="visually-hidden">${caption}</figcaption>
    <ol>
      ${measures.map(
        ({ label, value, figure }) => html`<li>
          <span class="label">${label}</span>
          <svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true"><rect width=${Math.max(THINNEST, (Math.max(0, value) / most) * WIDTH)} height="10"></rect></svg>
          <span class="figure">${figure}</span>
        </li>`,
      )}
    </ol>
  </figure>`;
}
