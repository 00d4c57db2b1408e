import { css } from 'lit';

export const tempoStyles = css`
  .frame,
  .part {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
  }

  .part {
    gap: var(--oya-space-3);
  }

  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--oya-space-3) var(--oya-space-5);
    align-items: center;
  }

  .head > .shape {
    inline-size: 4.5rem;
    block-size: 4.5rem;
  }

  .head > .shape:not(.maybe) {
    stroke-width: 1;
  }

  .name,
  .words {
    display: grid;
    gap: var(--oya-space-1);
    max-inline-size: 65ch;
  }

  .words {
    grid-column: 2;
    gap: var(--oya-space-2);
  }

  .finding {
    font-size: var(--oya-size-6);
    line-height: 1.2;
    font-weight: 650;
    text-wrap: balance;
  }

  .now {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-3) var(--oya-space-6);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    max-inline-size: 44rem;
  }

  .now .number {
    font-size: var(--oya-size-6);
  }

  .now-words {
    display: grid;
    gap: var(--oya-space-1);
    flex: 1 1 16rem;
  }

  .with-shape {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .bar {
    display: block;
    inline-size: 100%;
    min-inline-size: 3rem;
    block-size: 0.75rem;
    background: var(--oya-color-surface-raised);
    outline: 1px solid var(--oya-color-line-strong);
  }

  .bar rect {
    fill: var(--_tone);
    stroke: var(--_edge);
  }

  .bar.white rect {
    fill: var(--_edge);
  }

  th,
  td {
    vertical-align: middle;
  }

  tbody th,
  .use :is(th, td) {
    white-space: nowrap;
  }

  .bars {
    inline-size: 50%;
  }

  caption.below {
    caption-side: bottom;
    padding-block: var(--oya-space-2) 0;
    font-size: var(--oya-size-1);
    font-weight: 400;
    color: var(--oya-color-ink-soft);
  }

  td.current {
    background: color-mix(in oklab, var(--oya-color-accent) 12%, transparent);
    font-weight: 650;
  }

  td.current small {
    display: block;
    font-size: var(--oya-size-1);
    font-weight: 400;
  }

  .address {
    overflow-wrap: anywhere;
    font-size: var(--oya-size-1);
  }

  .year {
    min-block-size: 20rem;
  }

  @container (max-width: 34rem) {
    .head {
      gap: var(--oya-space-3);
      align-items: start;
    }

    .head > .shape {
      inline-size: 3rem;
      block-size: 3rem;
    }

    .words {
      grid-column: 1 / -1;
    }

    .finding {
      font-size: var(--oya-size-5);
    }

    .now {
      padding: var(--oya-space-4);
    }

    .bars {
      display: none;
    }

    .prices :is(th, td),
    .use :is(th, td) {
      padding-inline: 0 var(--oya-space-2);
      font-size: var(--oya-size-1);
      white-space: normal;
    }

    td.current {
      padding-inline: var(--oya-space-2);
    }
  }

  @media (forced-colors: active) {
    .bar {
      forced-color-adjust: none;
    }

    .bar rect {
      fill: CanvasText;
      stroke: CanvasText;
    }

    td.current {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .now {
      border: 1px solid CanvasText;
    }
  }

  @media print {
    .agenda {
      display: none;
    }
  }
`;
