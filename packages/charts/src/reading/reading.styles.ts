import { css } from 'lit';

/** What both charts share: the reading line, the colours they are drawn in, and their frame. */
export const readingStyles = css`
  :host {
    --_ink: var(--oya-color-ink, light-dark(#1b2733, #e6ebf1));
    --_ink-soft: var(--oya-color-ink-soft, light-dark(#526070, #a7b3c0));
    --_line: var(--oya-color-line, light-dark(#dae1e8, #313b46));
    --_line-strong: var(--oya-color-line-strong, light-dark(#7a8896, #74828f));
    --_surface: var(--oya-color-surface, light-dark(#ffffff, #14191f));
    --_mark: var(--oya-series-1, light-dark(#4a7ec2, #5a86c6));
    --_accent: var(--oya-color-accent, light-dark(#1d4f9c, #8db7f7));
    --_warning: var(--oya-color-warning, light-dark(#8a5200, #f0b45a));
    /* The colours of Tempo mean the same in every theme. */
    --_blue: light-dark(#2b66b1, #5c97e0);
    --_white: light-dark(#e6ebf0, #eef2f6);
    --_red: light-dark(#b3261e, #f0705f);
    display: block;
    position: relative;
    container-type: inline-size;
    color: var(--_ink);
    font-family: var(--oya-font, inherit);
    font-variant-numeric: tabular-nums;
    text-align: start;
  }

  :host([hidden]),
  [hidden] {
    display: none;
  }

  .reading {
    min-block-size: 1.5lh;
    font-size: 1rem;
    line-height: 1.4;
    color: var(--_ink-soft);
  }

  .reading strong {
    color: var(--_ink);
    font-weight: 650;
    white-space: nowrap;
  }

  .plot {
    position: relative;
    -webkit-user-select: none;
    user-select: none;
    -webkit-tap-highlight-color: transparent;
  }

  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    margin: 0;
    padding: 1rem;
    text-align: center;
    color: var(--_ink-soft);
  }

  /* Two lines are kept where a spoken label needs them, so that reading never moves the picture. */
  @container (inline-size < 30rem) {
    .reading {
      min-block-size: 2.9lh;
    }
  }

  @media (forced-colors: active) {
    :host {
      --_ink: CanvasText;
      --_ink-soft: CanvasText;
      --_line: GrayText;
      --_line-strong: CanvasText;
      --_surface: Canvas;
      --_mark: CanvasText;
      --_accent: Highlight;
      --_warning: CanvasText;
      --_blue: Canvas;
      --_white: Canvas;
      --_red: CanvasText;
    }
  }

  @media print {
    :host {
      break-inside: avoid;
      print-color-adjust: exact;
      -webkit-print-color-adjust: exact;
    }

    .reading {
      display: none;
    }

    /* Black on white, whatever the mode of the screen. */
    .plot,
    .key {
      color-scheme: light;
      --_ink: #000;
      --_ink-soft: #333;
      --_line: #ccc;
      --_line-strong: #666;
      --_surface: #fff;
    }
  }
`;
