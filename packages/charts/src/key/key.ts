import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** One form of a picture, and its word. */
export interface KeyEntry {
  /** Classes of the shape that is drawn: those of a part, a bar, a line. */
  readonly shape: SVGTemplateResult;
  readonly label: string;
}

/** What the forms of the picture mean, in words above it. */
export function keyLine(entries: readonly KeyEntry[]): TemplateResult | typeof nothing {
  if (entries.length === 0) return nothing;
  return html`<ul class="key" part="key">
    ${entries.map(({ shape, label }) => html`<li><svg class="swatch" aria-hidden="true" viewBox="0 0 14 14">${shape}</svg>${label}</li>`)}
  </ul>`;
}

/** A square in the classes of what it stands for. */
export function square(classes: string, texture?: string): SVGTemplateResult {
  const fill = texture ? svg`<rect class="texture" fill=${texture} x="1" y="1" width="12" height="12" rx="2"></rect>` : nothing;
  return svg`<rect class=${classes} x="1" y="1" width="12" height="12" rx="2"></rect>${fill}`;
}
