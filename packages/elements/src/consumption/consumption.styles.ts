import { css } from 'lit';

export const consumptionStyles = css`
  .frame {
    display: grid;
    gap: var(--oya-space-5);
  }

  .head {
    display: grid;
    gap: var(--oya-space-1);
  }

  .title:focus,
  .day-title:focus {
    outline: none;
  }

  .number.smaller {
    font-size: var(--oya-size-6);
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-3);
  }

  .periods {
    display: flex;
    align-items: center;
    gap: var(--oya-space-1);
    flex: 1 1 16rem;
  }

  .period {
    min-inline-size: 9.5rem;
    font-weight: 600;
    text-align: center;
  }

  .button.round {
    min-inline-size: 44px;
    padding: 0;
    border-color: transparent;
    border-radius: 50%;
  }

  .button.round:dir(rtl) .icon {
    transform: scaleX(-1);
  }

  .button:dir(rtl) .icon {
    transform: scaleX(-1);
  }

  .button.round[aria-disabled='true']:hover {
    background: transparent;
  }

  .choice {
    display: inline-flex;
    padding: 2px;
    gap: 2px;
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .choice button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--oya-space-2);
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid transparent;
    border-radius: calc(var(--oya-radius) - 2px);
    background: transparent;
    color: var(--oya-color-ink-soft);
    font: inherit;
    cursor: pointer;
  }

  .choice button:hover {
    color: var(--oya-color-ink);
  }

  .choice button[aria-pressed='true'] {
    border-color: var(--oya-color-line-strong);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font-weight: 600;
  }

  oya-bar-chart {
    --oya-bar-chart-height: 17rem;
  }

  .stale {
    opacity: 0.5;
  }

  @media (prefers-reduced-motion: no-preference) {
    .stale {
      /* Late, so that a quick answer does not flicker. */
      transition: opacity 150ms ease-out 150ms;
    }
  }

  .notes {
    display: grid;
    gap: var(--oya-space-2);
    margin: var(--oya-space-3) 0 0;
    padding: 0;
    list-style: none;
    font-size: var(--oya-size-1);
    max-inline-size: 65ch;
  }

  .notes li,
  .quality {
    display: flex;
    align-items: start;
    gap: var(--oya-space-2);
  }

  .notes + .small {
    margin-block-start: var(--oya-space-3);
  }

  .swatch {
    flex: none;
    margin-block-start: 0.15em;
    color: var(--oya-series-1);
  }

  .swatch .solid {
    fill: currentColor;
  }

  .swatch .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
  }

  .swatch .thin {
    stroke: var(--oya-color-line-strong);
    stroke-width: 1;
  }

  .swatch .soft {
    stroke: var(--oya-color-ink-soft);
    stroke-linecap: round;
  }

  .swatch .dashed {
    stroke-dasharray: 3 2.5;
  }

  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-3) var(--oya-space-5);
    padding: var(--oya-space-4) var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .offer p {
    flex: 1 1 20rem;
    max-inline-size: 65ch;
  }

  .day {
    display: grid;
    gap: var(--oya-space-4);
    padding-block-start: var(--oya-space-5);
    border-block-start: 1px solid var(--oya-color-line);
  }

  .day-bar {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--oya-space-2);
  }

  .button.back {
    padding-inline: 0;
    border-color: transparent;
  }

  .day-steps {
    display: flex;
    gap: var(--oya-space-1);
  }

  .day-title::first-letter {
    text-transform: uppercase;
  }

  .curve {
    display: grid;
    gap: var(--oya-space-3);
  }

  .plain {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    margin-block: calc(-1 * var(--oya-space-2));
    padding: 0;
    border: 0;
    background: none;
    color: var(--oya-color-accent);
    font: inherit;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  .plain::first-letter {
    text-transform: uppercase;
  }

  .placeholders {
    display: grid;
    gap: var(--oya-space-3);
  }

  .title-size {
    min-block-size: 2rem;
    max-inline-size: 26rem;
  }

  .number-size {
    min-block-size: 3.5rem;
    max-inline-size: 12rem;
  }

  .picture-size {
    min-block-size: 24rem;
  }

  .curve-size {
    min-block-size: 17rem;
  }

  @container (max-width: 34rem) {
    .frame {
      gap: var(--oya-space-4);
    }

    .periods {
      flex-basis: 100%;
      justify-content: space-between;
    }

    .choice {
      flex: 1;
    }

    .choice button {
      flex: 1;
      padding-inline: var(--oya-space-2);
    }

    .choice.icons {
      flex: none;
    }

    .choice.icons span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    .choice.icons button {
      min-inline-size: 44px;
    }

    .title {
      font-size: var(--oya-size-3);
    }

    .number {
      font-size: 2.5rem;
    }

    oya-bar-chart {
      --oya-bar-chart-height: 14rem;
    }

    .offer .button,
    .notice .button {
      inline-size: 100%;
    }

    .plain {
      margin: 0;
    }
  }

  @media (forced-colors: active) {
    .button.back {
      padding-inline: var(--oya-space-3);
    }

    .choice button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }

    .offer {
      border: 1px solid CanvasText;
    }
  }
`;
