import { css } from 'lit';

export const consumptionStyles = css`
  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .head {
    display: grid;
    gap: var(--oya-space-1);
  }

  .title:focus {
    outline: none;
  }

  .picture {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .controls,
  .ways {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-3);
  }

  .ways {
    flex: 100%;
  }

  .ways > :last-child {
    margin-inline-start: auto;
  }

  .periods {
    display: flex;
    align-items: center;
    gap: var(--oya-space-1);
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

  :is(.round, .back):dir(rtl) .icon {
    transform: scaleX(-1);
  }

  .button.round[aria-disabled='true']:hover {
    background: transparent;
  }

  oya-bar-chart {
    --oya-bar-chart-height: 17rem;
  }

  .production {
    --oya-series-1: var(--oya-series-2);
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

  .notes li,
  .quality {
    display: flex;
    align-items: start;
    gap: var(--oya-space-2);
  }

  .go-to {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-1) var(--oya-space-2);
  }

  .go-to input {
    min-block-size: 44px;
    padding-inline: var(--oya-space-2);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  /* The button inside it has a thin ring of the browser's own. */
  .go-to input:focus-within {
    outline: var(--oya-focus-width) solid var(--oya-focus-color);
    outline-offset: var(--oya-focus-gap);
  }

  .go-to span {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  .age {
    flex-wrap: wrap;
    align-items: center;
  }

  .button.back {
    padding-inline: 0;
    border-color: transparent;
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

  @media print {
    .controls,
    .which,
    .button {
      display: none;
    }
  }

  @container (max-width: 34rem) {
    .frame {
      gap: var(--oya-space-4);
    }

    .periods {
      flex-basis: 100%;
      justify-content: space-between;
    }

    .period {
      min-inline-size: 0;
    }

    .choice {
      flex: 1;
    }

    .choice button {
      flex: 1;
      padding-inline: var(--oya-space-2);
      font-size: var(--oya-size-1);
      white-space: nowrap;
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

    .notice .button {
      inline-size: 100%;
    }
  }

  @media (forced-colors: active) {
    .button.back {
      padding-inline: var(--oya-space-3);
    }
  }
`;
