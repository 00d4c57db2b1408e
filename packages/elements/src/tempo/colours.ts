/** The colours of Tempo days as they are drawn: each has a shape, so that none is told by its colour alone. */
import type { TempoColour } from '@oya/contract';
import { css, html, svg, type TemplateResult } from 'lit';

/** They mean the same in every theme, and are those of the charts. */
export const colourStyles = css`
  :host {
    --_blue: light-dark(#2b66b1, #5c97e0);
    --_white: light-dark(#f4f6f8, #eef2f6);
    --_red: light-dark(#b3261e, #f0705f);
  }

  .shape {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    fill: none;
    stroke: var(--oya-color-line-strong);
    stroke-width: 1.5;
  }

  .blue {
    --_tone: var(--_blue);
    --_edge: var(--_blue);
  }

  .white {
    --_tone: var(--_white);
    --_edge: var(--oya-color-line-strong);
  }

  .red {
    --_tone: var(--_red);
    --_edge: var(--_red);
  }

  .shape:is(.blue, .white, .red) {
    fill: var(--_tone);
    stroke: var(--_edge);
  }

  .shape.maybe {
    fill: var(--oya-color-surface);
    stroke: var(--_edge);
    stroke-width: 2.5;
    stroke-dasharray: 3.2 2.2;
  }

  @media (forced-colors: active) {
    .shape {
      forced-color-adjust: none;
      stroke: CanvasText;
    }
  }
`;

/** A disc, a square, a diamond; dashed while it may still change; an empty ring for a colour that is not known. Decoration: its word stands beside it. */
export function shapeOf(colour: TempoColour | undefined, maybe = false): TemplateResult {
  const shapes = {
    blue: svg`<circle cx="12" cy="12" r="10"></circle>`,
    white: svg`<rect x="2.5" y="2.5" width="19" height="19" rx="2"></rect>`,
    red: svg`<path d="M12 .8 23.2 12 12 23.2.8 12z"></path>`,
    unknown: svg`<circle cx="12" cy="12" r="10"></circle><path d="M9.2 9.4a2.9 2.9 0 1 1 3.9 2.7c-.8.3-1.1.8-1.1 1.6M12 17v.1"></path>`,
  };
  return html`<svg class="shape ${colour ?? 'unknown'}${maybe ? ' maybe' : ''}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[colour ?? 'unknown']}</svg>`;
}
