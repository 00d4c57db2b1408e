import { css } from 'lit';

export const yearStyles = css`
  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .reading {
    min-block-size: 1.5lh;
    color: var(--oya-color-ink-soft);
  }

  .reading::first-letter,
  .month-name::first-letter {
    text-transform: uppercase;
  }

  .months {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
    gap: var(--oya-space-5);
  }

  .month {
    display: grid;
    align-content: start;
    gap: var(--oya-space-2);
    max-inline-size: 20rem;
  }

  .month-name {
    font-weight: 600;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(7, minmax(0, 1fr));
    gap: 2px;
  }

  .weekday {
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
    text-align: center;
  }

  .day {
    position: relative;
    display: grid;
    place-items: center;
    block-size: 2.25rem;
    isolation: isolate;
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink);
    -webkit-user-select: none;
    user-select: none;
  }

  .day::before {
    content: '';
    position: absolute;
    z-index: -1;
    inline-size: 1.9rem;
    block-size: 1.9rem;
    border: 1.5px solid var(--_edge, transparent);
    background: var(--_tone, transparent);
  }

  .day.blue::before {
    border-radius: 50%;
  }

  .day.white::before {
    border-radius: 3px;
  }

  .day.red::before {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    rotate: 45deg;
    border-radius: 2px;
  }

  .day:is(.blue, .red):not(.maybe) {
    color: light-dark(#fff, #14191f);
  }

  .day.white:not(.maybe) {
    color: #1b2733;
  }

  .day.maybe::before {
    border-style: dashed;
    border-width: 2px;
    background: transparent;
  }

  .day.unknown {
    color: var(--oya-color-ink-soft);
  }

  .day.read {
    border-radius: var(--oya-radius);
    background: color-mix(in oklab, var(--oya-color-accent) 18%, transparent);
  }

  .day.today {
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .day:focus-visible {
    outline-offset: -1px;
  }

  .starts-2 {
    grid-column-start: 2;
  }

  .starts-3 {
    grid-column-start: 3;
  }

  .starts-4 {
    grid-column-start: 4;
  }

  .starts-5 {
    grid-column-start: 5;
  }

  .starts-6 {
    grid-column-start: 6;
  }

  .starts-7 {
    grid-column-start: 7;
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
    align-items: center;
    gap: var(--oya-space-2);
  }

  .key li::first-letter {
    text-transform: uppercase;
  }

  .earlier {
    justify-self: start;
  }

  @media (forced-colors: active) {
    .day,
    .day:is(.blue, .red):not(.maybe),
    .day.white:not(.maybe) {
      color: CanvasText;
    }

    .day::before {
      border-color: CanvasText;
      background: Canvas;
    }

    /* Filled, so that it stands out by more than its shape. */
    .day.red:not(.maybe) {
      forced-color-adjust: none;
      color: Canvas;
    }

    .day.red:not(.maybe)::before {
      background: CanvasText;
    }
  }

  @media print {
    .day::before {
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }
  }
`;
