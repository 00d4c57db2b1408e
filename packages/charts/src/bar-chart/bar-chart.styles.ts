import { css } from 'lit';

export const barChartStyles = css`
  .plot {
    block-size: var(--oya-bar-chart-height, 15rem);
    touch-action: pan-y;
  }

  .plot > svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    overflow: visible;
    font-size: 0.8125rem;
  }

  .grid {
    stroke: var(--_line);
    shape-rendering: crispEdges;
  }

  .zero {
    stroke: var(--_line-strong);
    shape-rendering: crispEdges;
  }

  text {
    fill: var(--_ink-soft);
  }

  text.at-reading {
    fill: var(--_ink);
    font-weight: 650;
  }

  text.at-selected {
    fill: var(--_accent);
    font-weight: 650;
  }

  .previous {
    fill: none;
    stroke: var(--_line-strong);
    stroke-opacity: 0.7;
    stroke-width: 1;
  }

  .bar {
    --_fill: var(--_mark);
    stroke: none;
  }

  .bar:not(.estimated) {
    fill: var(--_fill);
  }

  .bar.reading {
    --_fill: color-mix(in oklab, var(--_mark), var(--_ink) 28%);
  }

  .bar.selected {
    --_fill: var(--_accent);
  }

  .bar.estimated,
  .bar.provisional,
  .cap {
    stroke: var(--_fill, var(--_mark));
    stroke-width: 1.5;
  }

  .bar.provisional {
    fill: color-mix(in oklab, var(--_fill) 12%, var(--_surface));
  }

  .cap {
    --_fill: var(--_mark);
    fill: none;
    stroke-dasharray: 3 2.5;
  }

  .cap.selected {
    --_fill: var(--_accent);
  }

  .hatch {
    stroke: var(--_mark);
    stroke-width: 2.5;
  }

  .hatch.selected {
    stroke: var(--_accent);
  }

  .hatch-ground {
    fill: var(--_surface);
  }

  .stack {
    --_fill: var(--_mark);
  }

  .stack.selected {
    --_fill: var(--_accent);
  }

  .part {
    fill: var(--_tone, var(--_fill));
    stroke: var(--_edge, var(--_fill));
    stroke-width: 1;
  }

  .part.provisional {
    fill-opacity: 0.4;
    stroke-width: 1.5;
  }

  .cut {
    stroke: var(--_surface);
    stroke-width: 3.5;
  }

  .outline,
  .frame {
    fill: none;
    stroke: var(--_fill);
    stroke-width: 1.5;
  }

  .frame {
    stroke: var(--_ink-soft);
  }

  .selected .frame {
    stroke: var(--_accent);
    stroke-width: 2;
  }

  .texture {
    display: none;
  }

  .thread {
    fill: none;
    stroke: var(--_ink);
    stroke-width: 1;
  }

  .second {
    fill: none;
    stroke: var(--_ink-soft);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .second.halo {
    stroke: var(--_surface);
    stroke-width: 4;
    stroke-opacity: 0.8;
  }

  .second-dot {
    fill: var(--_ink-soft);
    stroke: var(--_surface);
    stroke-width: 1.5;
  }

  .second-label {
    fill: var(--_ink);
    stroke: var(--_surface);
    stroke-width: 4;
    paint-order: stroke;
    stroke-linejoin: round;
  }

  .missing {
    stroke: var(--_ink-soft);
    stroke-width: 1.5;
    stroke-linecap: round;
  }

  .missing.selected,
  .missing.reading {
    stroke: var(--_accent);
  }

  .columns {
    position: absolute;
    inset-block: 0;
    inset-inline: var(--_gutter, 0) 0;
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
  }

  button {
    appearance: none;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }

  button:focus-visible {
    position: relative;
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  @media (hover: hover) {
    button:hover {
      background: color-mix(in oklab, var(--_ink) 5%, transparent);
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .bar {
      transition: fill 120ms ease-out;
    }
  }

  @media (forced-colors: active) {
    svg {
      forced-color-adjust: none;
    }

    .texture {
      display: inline;
    }
  }

  /* In the size it has on the screen, or less where the paper is narrower. A printer without colours has the textures. */
  @media print {
    .plot {
      block-size: auto;
    }

    .plot > svg {
      position: static;
      display: block;
      inline-size: min(100%, var(--_width));
      block-size: auto;
    }

    .columns {
      display: none;
    }

    .texture {
      display: inline;
    }

    .thread {
      stroke: var(--_surface);
    }

    .bar {
      transition: none;
    }
  }
`;
