import { css } from 'lit';

export const loadCurveStyles = css`
  .plot {
    block-size: var(--oya-load-curve-height, 15rem);
  }

  canvas {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    font-size: 0.8125rem;
    color: var(--_ink-soft);
    stroke: var(--_mark);
    fill: color-mix(in srgb, var(--_mark) 16%, transparent);
    stop-color: var(--_line);
    flood-color: var(--_line-strong);
    lighting-color: color-mix(in srgb, var(--_ink-soft) 30%, transparent);
    outline-color: var(--_ink-soft);
    /* Its end tells that a theme, a scheme or the direction of reading has changed, whatever changed it. */
    transition: 1ms color, 1ms stroke, 1ms stop-color, 1ms flood-color, 1ms text-indent;
  }

  canvas:dir(rtl) {
    text-indent: 1px;
  }

  .reader {
    position: absolute;
    inset: 0;
    touch-action: pan-y;
    cursor: crosshair;
    border-radius: 4px;
  }

  .reader:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .reader.zoomed {
    cursor: grab;
  }

  .reader.zoomed:active {
    cursor: grabbing;
  }

  .cursor,
  .dot {
    position: absolute;
    inset-block-start: 0;
    left: 0;
    pointer-events: none;
  }

  .cursor {
    inset-block: 24px 26px;
    inline-size: 1px;
    margin-inline-start: -0.5px;
    background: var(--_accent);
  }

  .dot {
    inline-size: 10px;
    block-size: 10px;
    margin: -5px;
    border: 2px solid var(--_surface);
    border-radius: 50%;
    background: var(--_accent);
  }

  .samples {
    --_fill: var(--_mark);
    color: var(--_warning);
    background: var(--_surface);
  }

  .samples i {
    color: var(--_edge);
    background: var(--_tone);
  }

  /* While the page is being printed: the canvas is drawn before the styles of paper hold. */
  .paper {
    color-scheme: light;
    --_ink: #000;
    --_ink-soft: #333;
    --_line: #ccc;
    --_line-strong: #666;
    --_surface: #fff;
  }

  .paper canvas {
    transition: none;
  }

  @media print {
    .plot {
      block-size: auto;
    }

    canvas {
      inline-size: min(100%, var(--_width, 100%));
      block-size: auto;
    }

    .reader {
      display: none;
    }
  }

  @media (forced-colors: active) {
    canvas,
    .samples,
    .samples i,
    .cursor,
    .dot {
      forced-color-adjust: none;
    }

    canvas {
      fill: transparent;
      lighting-color: GrayText;
    }
  }
`;
