import { css } from 'lit';

export const ecowattStyles = css`
  :host {
    /* What a level means is the same in every theme. */
    --_level-0: light-dark(#5aa27d, #5aa27d);
    --_level-1: light-dark(#2c7f52, #6cc596);
    --_level-2: light-dark(#c26a00, #f3a53c);
    --_level-3: light-dark(#b3261e, #f0705f);
  }

  .frame,
  .part {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .part {
    gap: var(--oya-space-3);
  }

  .head {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--oya-space-3) var(--oya-space-4);
    align-items: center;
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
    overflow-wrap: anywhere;
  }

  .words:empty {
    display: none;
  }

  .finding {
    font-size: var(--oya-size-5);
    line-height: 1.2;
    font-weight: 650;
    text-wrap: balance;
  }

  .sign {
    inline-size: 3.5rem;
    block-size: 3.5rem;
  }

  .sign .ground,
  .swatch .ground {
    fill: var(--_tone);
  }

  .sign .glyph {
    fill: none;
    stroke: var(--oya-color-surface);
    stroke-width: 2.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .l0 {
    --_tone: var(--_level-0);
    --_height: 22%;
  }

  .l1 {
    --_tone: var(--_level-1);
    --_height: 40%;
  }

  .l2 {
    --_tone: var(--_level-2);
    --_height: 70%;
  }

  .l3 {
    --_tone: var(--_level-3);
    --_height: 100%;
  }

  .unknown {
    --_tone: var(--oya-color-line-strong);
    --_height: 4px;
  }

  q {
    quotes: '«\u202f' '\u202f»';
  }

  .old {
    display: grid;
    gap: var(--oya-space-1);
    padding: var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-warning);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    max-inline-size: 65ch;
  }

  .reading {
    min-block-size: 1.5lh;
    color: var(--oya-color-ink-soft);
  }

  .days {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-4);
    max-inline-size: 44rem;
  }

  .day {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
  }

  .day-name {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-3);
  }

  .day-name > :first-child::first-letter {
    text-transform: uppercase;
  }

  .day-level {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-2);
    font-weight: 600;
    white-space: nowrap;
  }

  .swatch {
    inline-size: 1.25rem;
    block-size: 1.25rem;
  }

  .swatch .glyph {
    fill: none;
    stroke: var(--oya-color-surface);
    stroke-width: 3;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .strip {
    display: grid;
    grid-template-columns: repeat(24, minmax(0, 1fr));
    block-size: 3rem;
    border-block-end: 1px solid var(--oya-color-line-strong);
    -webkit-user-select: none;
    user-select: none;
  }

  .hour {
    position: relative;
    block-size: 100%;
  }

  .hour::before {
    content: '';
    position: absolute;
    inset-block-end: 0;
    inset-inline: 8%;
    block-size: var(--_height);
    border-start-start-radius: 2px;
    border-start-end-radius: 2px;
    background: var(--_tone);
  }

  /* Nothing in the way of carbon: an empty bar, so that it is not a paler normal one. */
  .hour.l0::before {
    border: 2px solid var(--_tone);
    border-block-end: 0;
    background: transparent;
  }

  .hour.over::before {
    opacity: 0.45;
  }

  .hour.now::after {
    content: '';
    position: absolute;
    inset-block-start: 100%;
    inset-inline-start: 50%;
    inline-size: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-block-end-color: var(--oya-color-ink);
    border-block-start-width: 0;
  }

  .hour.read {
    background: color-mix(in oklab, var(--oya-color-accent) 18%, transparent);
  }

  .hour:focus-visible {
    outline-offset: 0;
    z-index: 1;
  }

  .scale {
    display: flex;
    justify-content: space-between;
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-2) var(--oya-space-5);
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: var(--oya-size-1);
  }

  .key li {
    display: inline-flex;
    align-items: end;
    gap: var(--oya-space-2);
  }

  .key li::first-letter {
    text-transform: uppercase;
  }

  .key .hour {
    inline-size: 1rem;
    block-size: 1.75rem;
  }

  .advice {
    display: grid;
    gap: var(--oya-space-2);
    margin: 0;
    padding-inline-start: var(--oya-space-5);
    max-inline-size: 65ch;
  }

  @container (max-width: 34rem) {
    .words {
      grid-column: 1 / -1;
    }

    .head {
      align-items: start;
    }

    .sign {
      inline-size: 2.5rem;
      block-size: 2.5rem;
    }

    .finding {
      font-size: var(--oya-size-4);
    }

    /* Room for what is read, so that reading never moves the picture. */
    .reading {
      min-block-size: 3lh;
    }
  }

  @media (forced-colors: active) {
    :host {
      --_level-0: CanvasText;
      --_level-1: CanvasText;
      --_level-2: CanvasText;
      --_level-3: CanvasText;
    }

    .hour::before {
      forced-color-adjust: none;
      background: CanvasText;
    }

    .hour.l0::before {
      border-color: CanvasText;
      background: Canvas;
    }

    .sign,
    .swatch {
      forced-color-adjust: none;
    }

    .sign .glyph,
    .swatch .glyph {
      stroke: Canvas;
    }

    .old {
      border: 1px solid CanvasText;
    }
  }

  @media print {
    .strip,
    .key {
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
  }
`;
