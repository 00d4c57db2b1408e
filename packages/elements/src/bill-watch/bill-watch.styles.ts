import { css } from 'lit';

export const billWatchStyles = css`
  .frame,
  .watch,
  .card,
  .inner,
  .form {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .frame {
    gap: var(--oya-space-5);
  }

  ul,
  ol,
  figure,
  dl,
  dd {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .cards {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-4);
  }

  .card {
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .head {
    display: flex;
    gap: var(--oya-space-3);
  }

  .head .icon {
    margin-block-start: 0.2rem;
    color: var(--oya-color-success);
  }

  .warning .head .icon {
    color: var(--oya-color-warning);
  }

  .card-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
    text-wrap: balance;
  }

  .card > p,
  .inner > p,
  .form > p,
  details p,
  .advice {
    max-inline-size: 65ch;
  }

  .advice {
    display: grid;
    gap: var(--oya-space-2);
    padding-inline-start: 1.1em;
    list-style: disc;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .buttons:empty {
    display: none;
  }

  .form p a {
    color: var(--oya-color-accent);
  }

  .buttons a:not(.button) {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    color: var(--oya-color-accent);
  }

  /* Two amounts. */
  .pair ol {
    display: grid;
    gap: var(--oya-space-2);
    max-inline-size: 40rem;
  }

  .pair li {
    display: grid;
    grid-template-columns: minmax(0, 12rem) minmax(4rem, 1fr) minmax(5.5rem, auto);
    gap: 0 var(--oya-space-4);
    align-items: center;
  }

  .pair svg {
    inline-size: 100%;
    block-size: 1.25rem;
  }

  .pair li:dir(rtl) svg {
    transform: scaleX(-1);
  }

  .pair rect {
    fill: color-mix(in oklab, var(--oya-series-1) 35%, var(--oya-color-surface));
  }

  .last .pair li:last-child rect,
  .first .pair li:first-child rect {
    fill: var(--oya-series-1);
  }

  .figure {
    font-weight: 600;
    text-align: end;
    white-space: nowrap;
  }

  .inner {
    padding-block-start: var(--oya-space-2);
  }

  /* Another instalment. */
  .card > .form {
    padding-block-start: var(--oya-space-4);
    border-block-start: 1px solid var(--oya-color-line);
  }

  .form-title {
    font-size: var(--oya-size-2);
    font-weight: 650;
  }

  .choice {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--oya-space-4);
    align-items: baseline;
    max-inline-size: 32rem;
  }

  .choice output {
    font-size: var(--oya-size-4);
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .choice input {
    grid-column: 1 / -1;
    inline-size: 100%;
    min-block-size: 44px;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  .ends {
    display: flex;
    grid-column: 1 / -1;
    justify-content: space-between;
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  .then {
    font-weight: 600;
  }

  .form .button {
    justify-self: start;
  }

  .outcome,
  .fine li {
    display: flex;
    gap: var(--oya-space-2);
  }

  .outcome {
    font-weight: 600;
  }

  .fine {
    display: grid;
    gap: var(--oya-space-2);
    color: var(--oya-color-ink-soft);
  }

  :is(.outcome, .fine) .icon {
    margin-block-start: 0.125rem;
    color: var(--oya-color-success);
  }

  :is(.outcome, .summary):focus {
    outline: none;
  }

  .indexes {
    max-inline-size: 32rem;
  }

  .indexes td {
    text-align: end;
  }

  @container (max-width: 34rem) {
    .card {
      padding: var(--oya-space-4);
    }

    .pair li {
      grid-template: 'label figure' 'picture picture' / minmax(0, 1fr) auto;
    }

    .pair svg {
      grid-area: picture;
      block-size: 1rem;
    }
  }

  @media (forced-colors: active) {
    .card {
      border: 1px solid CanvasText;
    }

    .pair rect {
      fill: GrayText;
    }

    .last .pair li:last-child rect,
    .first .pair li:first-child rect {
      fill: Highlight;
    }
  }
`;
