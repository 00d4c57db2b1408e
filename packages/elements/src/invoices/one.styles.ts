import { css } from 'lit';
import { fieldStyles } from '../field.styles.ts';

export const oneStyles = css`
  .one,
  .head,
  .side,
  .lines,
  .totals,
  .payments,
  .contest,
  .group {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
  }

  .head {
    gap: var(--oya-space-3);
  }

  .number,
  .stands {
    flex-wrap: wrap;
  }

  .back,
  .stands,
  .outcome {
    display: flex;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .back {
    justify-self: start;
    min-block-size: 44px;
  }

  a:not(.button) {
    color: var(--oya-color-accent);
  }

  .outcome {
    font-weight: 600;
  }

  .outcome .icon {
    color: var(--oya-color-success);
  }

  :is(.title, .outcome, .summary):focus {
    outline: none;
  }

  .aside,
  .contest {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
    max-inline-size: 65ch;
    padding: var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-info);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    overflow-wrap: anywhere;
  }

  .contest {
    gap: var(--oya-space-4);
    padding: var(--oya-space-5);
    border: 0;
  }

  blockquote {
    margin: 0;
    padding-inline-start: var(--oya-space-3);
    border-inline-start: 2px solid var(--oya-color-line-strong);
    white-space: pre-wrap;
  }

  .actions,
  .main,
  .others {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .main {
    gap: var(--oya-space-3);
    margin-block-end: var(--oya-space-2);
  }

  .more,
  .other {
    display: flex;
    align-items: center;
    gap: var(--oya-space-2);
    min-block-size: 44px;
    padding: var(--oya-space-2) 0;
    border: 0;
    background: none;
    color: var(--oya-color-accent);
    font: inherit;
    line-height: 1.25;
    text-align: start;
    cursor: pointer;
  }

  .more {
    justify-self: start;
  }

  .more[aria-expanded='true'] .icon {
    rotate: 180deg;
  }

  .other {
    border-block-start: 1px solid var(--oya-color-line);
  }

  .other:last-child {
    border-block-end: 1px solid var(--oya-color-line);
  }

  .more span,
  .other:hover span {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }

  .other[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .others.shut {
    display: none;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
  }

  ${fieldStyles}

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-7, 2.5rem) var(--oya-space-8);
    align-items: start;
  }

  .lines {
    gap: var(--oya-space-5);
  }

  .group {
    gap: var(--oya-space-2);
  }

  .group-head,
  .group li,
  .totals dl > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--oya-space-1) var(--oya-space-4);
    align-items: baseline;
  }

  .group-head {
    padding-block-end: var(--oya-space-1);
    border-block-end: 1px solid var(--oya-color-line-strong);
  }

  .group-title {
    font-size: var(--oya-size-2);
    font-weight: 650;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .group li {
    padding-block: var(--oya-space-2);
    border-block-end: 1px solid var(--oya-color-line);
  }

  .net,
  dd {
    margin: 0;
    text-align: end;
    white-space: nowrap;
  }

  .totals,
  .payments {
    gap: var(--oya-space-3);
  }

  dl {
    display: grid;
    gap: var(--oya-space-2);
    margin: 0;
  }

  .sum {
    padding-block: var(--oya-space-2);
    border-block-start: 1px solid var(--oya-color-line-strong);
    font-weight: 650;
  }

  .payments ul {
    display: grid;
    gap: var(--oya-space-2);
  }

  @container (min-width: 44rem) {
    .main,
    .others,
    .others.shut {
      display: flex;
      flex-wrap: wrap;
    }

    .others {
      column-gap: var(--oya-space-5);
    }

    .more {
      display: none;
    }

    .other,
    .other:last-child {
      border: 0;
    }
  }

  @container (min-width: 56rem) {
    .columns {
      grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    }
  }

  @media print {
    :is(.back, .actions, .contest, .blocked) {
      display: none;
    }
  }

  @media (forced-colors: active) {
    :is(.aside, .contest) {
      border: 1px solid CanvasText;
    }
  }
`;
