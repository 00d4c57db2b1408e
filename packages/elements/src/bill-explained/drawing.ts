/** Amounts that grow to a total, as rows: the words, the picture and the figure of each beside each other. */
import { layoutWaterfall } from '@oya/charts/waterfall';
import type { Cents } from '@oya/contract';
import { html, nothing, svg, type TemplateResult } from 'lit';

export interface DrawnStep {
  readonly label: string;
  /** What stands under it. */
  readonly note?: unknown;
  readonly amount: Cents;
  readonly isTotal?: boolean;
}

/** In units of the picture, which is as wide as its row. */
const WIDTH = 1000;
/** So that a cent is seen beside a thousand euros. */
const THINNEST = 4;

/**
 * @param caption a sentence that says what the picture shows
 * @param money the figure of a total, and that of a part with its sign
 */
export function waterfall(caption: unknown, steps: readonly DrawnStep[], money: (amount: Cents, isTotal: boolean) => string): TemplateResult {
  const { zero, bars } = layoutWaterfall(steps);
  return html`<figure class="waterfall" part="picture">
    <figcaption>${caption}</figcaption>
    <ol>
      ${steps.map(({ label, note, amount, isTotal = false }, index) => {
        const { from, to, end } = bars[index] ?? { from: 0, to: 0, end: 0 };
        const width = Math.max(THINNEST, (to - from) * WIDTH);
        const x = Math.min(from * WIDTH, WIDTH - width);
        const kind = isTotal ? 'total' : amount < 0 ? 'less' : 'more';
        return html`<li class=${kind}>
          <span class="step">${label}${note ? html` <small>${note}</small>` : nothing}</span>
          <svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">
            <line class="zero" x1=${zero * WIDTH} x2=${zero * WIDTH} y1="0" y2="10"></line>
            <rect x=${x} y="1" width=${width} height="8"></rect>
            ${isTotal ? nothing : svg`<line class="level" x1=${end * WIDTH} x2=${end * WIDTH} y1="1" y2="10"></line>`}
          </svg>
          <span class="amount">${money(amount, isTotal)}</span>
        </li>`;
      })}
    </ol>
  </figure>`;
}
