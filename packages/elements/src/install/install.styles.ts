import { css } from 'lit';

export const installStyles = css`
  .guide {
    display: grid;
    gap: var(--oya-space-5);
    justify-items: start;
    max-inline-size: 46rem;
  }

  /* It is there before its words, and takes no room. */
  .guide > [role='status']:empty {
    margin-block-end: calc(-1 * var(--oya-space-5));
  }

  .intro {
    display: grid;
    gap: var(--oya-space-2);
  }

  .intro > p {
    max-inline-size: 65ch;
  }

  .choice {
    display: grid;
    gap: var(--oya-space-1);
    inline-size: min(100%, 26em);
  }

  .choice > label {
    font-weight: 600;
  }

  .choice > select {
    inline-size: 100%;
    min-block-size: 44px;
    padding: var(--oya-space-2) var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: inherit;
    font: inherit;
  }

  .steps {
    display: grid;
    gap: var(--oya-space-4);
    inline-size: 100%;
    margin: 0;
    padding: 0;
    list-style: none;
    counter-reset: step;
  }

  .steps > li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: var(--oya-space-4);
    counter-increment: step;
  }

  .steps > li > p {
    max-inline-size: 40ch;
    text-wrap: pretty;
  }

  .steps > li > p::before {
    content: counter(step);
    display: block;
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
    font-weight: 650;
  }

  .picture {
    inline-size: 7.5rem;
    block-size: auto;
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .picture .paper {
    fill: var(--oya-color-surface);
    stroke: var(--oya-color-line-strong);
  }

  .picture .field {
    stroke: var(--oya-color-line-strong);
    stroke-width: 1.5;
  }

  .picture .line,
  .picture .faint,
  .picture .faint > * {
    stroke: var(--oya-color-line);
  }

  .picture .dot {
    fill: var(--oya-color-line);
  }

  .picture .icon-shape {
    stroke: var(--oya-color-accent);
  }

  .picture .spot {
    fill: var(--oya-color-accent);
  }

  .picture .sign {
    stroke: var(--oya-color-accent-ink);
  }

  .picture .mark {
    fill: var(--oya-color-accent-ink);
  }

  .part {
    display: grid;
    gap: var(--oya-space-2);
  }

  .part > p {
    max-inline-size: 65ch;
  }

  .part-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
  }

  @container (inline-size < 24rem) {
    .picture {
      inline-size: 5.5rem;
    }

    .steps > li {
      gap: var(--oya-space-3);
    }
  }

  @media (forced-colors: active) {
    .picture {
      border: 1px solid CanvasText;
    }

    .picture .spot {
      fill: Highlight;
    }

    .picture .sign {
      stroke: HighlightText;
    }

    .picture .mark {
      fill: HighlightText;
    }
  }
`;
