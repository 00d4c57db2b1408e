import { css } from 'lit';

export const billExplainedStyles = css`
  .frame,
  .bill,
  .part,
  .group,
  .head,
  .waterfall,
  .check {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .frame {
    gap: var(--oya-space-5);
  }

  .bill {
    gap: var(--oya-space-8);
    transition: opacity 150ms;
  }

  .stale {
    opacity: 0.6;
  }

  .choosers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3) var(--oya-space-5);
  }

  .which {
    max-inline-size: 100%;
  }

  .head {
    gap: var(--oya-space-2);
  }

  .measure,
  .verdict,
  figcaption {
    max-inline-size: 65ch;
  }

  .verdict {
    display: flex;
    gap: var(--oya-space-2);
    align-items: flex-start;
  }

  .verdict .icon {
    margin-block-start: 0.125rem;
  }

  .right .icon {
    color: var(--oya-color-success);
  }

  .wrong-total {
    padding: var(--oya-space-3) var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-danger);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .wrong-total .icon,
  .wrong {
    color: var(--oya-color-danger);
  }

  .waterfall {
    max-inline-size: 52rem;
  }

  ol {
    display: grid;
    gap: var(--oya-space-1);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template: 'step picture amount' / minmax(0, 17rem) minmax(6rem, 1fr) minmax(5.5rem, auto);
    gap: 0 var(--oya-space-4);
    align-items: center;
    padding-block: var(--oya-space-1);
  }

  .step {
    grid-area: step;
  }

  .step small,
  .block {
    display: block;
  }

  small {
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  .amount {
    grid-area: amount;
    text-align: end;
    white-space: nowrap;
  }

  li svg {
    grid-area: picture;
    inline-size: 100%;
    block-size: 1.5rem;
    overflow: visible;
  }

  li:dir(rtl) svg {
    transform: scaleX(-1);
  }

  rect {
    fill: var(--oya-series-1);
  }

  .less rect {
    fill: color-mix(in oklab, var(--oya-series-1) 30%, var(--oya-color-surface));
    stroke: var(--oya-series-1);
    stroke-width: 1.5;
    vector-effect: non-scaling-stroke;
  }

  .total rect {
    fill: var(--oya-color-accent);
  }

  line {
    stroke: var(--oya-color-line-strong);
    vector-effect: non-scaling-stroke;
  }

  .level {
    stroke-dasharray: 2 2;
  }

  .total {
    padding-block: var(--oya-space-2);
    font-weight: 650;
  }

  li.total:not(:first-child) {
    border-block-start: 1px solid var(--oya-color-line-strong);
  }

  .choice {
    justify-self: start;
  }

  .lines {
    gap: var(--oya-space-5);
  }

  .group {
    gap: var(--oya-space-1);
    max-inline-size: 52rem;
  }

  .group table {
    max-inline-size: none;
  }

  .group-head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--oya-space-1) var(--oya-space-4);
    padding-block-end: var(--oya-space-1);
    border-block-end: 1px solid var(--oya-color-line-strong);
  }

  .group-title,
  .group-total {
    font-size: var(--oya-size-2);
    font-weight: 650;
  }

  /* The title over the table says the same. */
  .group-head + table caption {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  th:last-child,
  td:last-child {
    text-align: end;
  }

  .index {
    white-space: nowrap;
  }

  .estimated {
    text-decoration: underline dotted;
  }

  .figure {
    white-space: nowrap;
  }

  .wrong {
    display: flex;
    gap: var(--oya-space-1);
    justify-content: flex-end;
    text-align: end;
  }

  .wrong .icon {
    inline-size: 1rem;
    block-size: 1rem;
    margin-block-start: 0.125rem;
  }

  a:not(.button) {
    color: var(--oya-color-accent);
  }

  .estimate {
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .estimate .button {
    justify-self: start;
  }

  .check {
    gap: var(--oya-space-1);
    justify-items: start;
  }

  .check label {
    font-weight: 600;
  }

  input {
    inline-size: 12rem;
    max-inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  .told {
    min-block-size: 1.5em;
    max-inline-size: 65ch;
    font-weight: 600;
  }

  oya-bar-chart {
    --oya-bar-chart-height: var(--oya-bill-explained-chart-height, 11rem);
    max-inline-size: 52rem;
  }

  @container (max-width: 34rem) {
    li {
      grid-template: 'step amount' 'picture picture' / minmax(0, 1fr) auto;
    }

    li svg {
      block-size: 1rem;
    }

    .wide td {
      text-align: end;
    }

    /* Its label would stand alone. */
    .wide td:empty {
      display: none;
    }

    .indexes,
    .wide td > small {
      text-align: end;
    }

    .estimate {
      padding: var(--oya-space-4);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bill {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    rect {
      fill: CanvasText;
    }

    .less rect {
      fill: Canvas;
      stroke: CanvasText;
    }

    .total rect {
      fill: Highlight;
    }

    .estimate {
      border: 1px solid CanvasText;
    }
  }
`;
