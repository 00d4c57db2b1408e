import { svg, html, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { BarState } from './picture.ts';

/** A small bar in the form that the chart gives to a state, so that a note is its own legend. */
export function swatch(state: BarState | 'baseline'): TemplateResult {
  return html`<svg class="swatch" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${shape(state)}</svg>`;
}

function shape(state: BarState | 'baseline'): SVGTemplateResult {
  switch (state) {
    case 'estimated':
      return svg`<path class="line" d="M2 6 6 2M2 10 10 2M2 14 14 2M6 14 14 6M10 14 14 10"></path><rect class="line" x="2" y="2" width="12" height="12" rx="2"></rect>`;
    case 'provisional':
      return svg`<rect class="line" x="2" y="2" width="12" height="12" rx="2"></rect>`;
    case 'incomplete':
    case 'unfinished':
    case 'begun':
      return svg`<rect class="solid" x="2" y="8" width="12" height="6"></rect><path class="line dashed" d="M2.75 8V2.75H13.25V8"></path>`;
    case 'missing':
    case 'before':
      return svg`<path class="line soft" d="M4 4 12 12M12 4 4 12"></path>`;
    case 'baseline':
      return svg`<path class="line thin" d="M2.5 14V2.5H13.5V14"></path>`;
    case 'real':
      return svg`<rect class="solid" x="2" y="2" width="12" height="12" rx="2"></rect>`;
    default:
      return state satisfies never;
  }
}
