import { css } from 'lit';

/** Where an invoice stands: each state has its word and its shape; the colour only helps to find it. */
export const badgeStyles = css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-2);
    padding: 0.125rem var(--oya-space-3) 0.125rem var(--oya-space-2);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: 999px;
    font-weight: 600;
    line-height: 1.3;
  }

  .badge .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
  }

  .badge:is(.paid, .given-back) {
    padding-inline-start: 0;
    border-color: transparent;
    font-weight: 400;
  }

  .badge:is(.paid, .given-back, .credit) .icon {
    color: var(--oya-color-success);
  }

  .badge.overdue {
    border-color: var(--oya-color-danger);
  }

  .badge.overdue .icon {
    color: var(--oya-color-danger);
  }

  .badge:is(.confirming, .planned, .debit-planned, .disputed, .credit) {
    border-color: transparent;
    background: color-mix(in oklab, var(--oya-color-ink-soft) 14%, transparent);
  }

  .badge.credit {
    background: color-mix(in oklab, var(--oya-color-success) 16%, transparent);
  }

  @media (forced-colors: active) {
    .badge {
      border: 1px solid CanvasText;
    }
  }
`;

export const invoicesStyles = css`
  ${badgeStyles}

  .frame,
  .head,
  .whole,
  .lead,
  .plan,
  .found,
  .payments,
  .year {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
  }

  .head,
  .plan,
  .year {
    gap: var(--oya-space-3);
  }

  .payments {
    gap: var(--oya-space-4);
  }

  .payments:not(:has(> *)) {
    display: none;
  }

  .lead .button {
    margin-block: var(--oya-space-2);
  }

  .links {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-2) var(--oya-space-5);
  }

  .lead {
    justify-items: start;
    gap: var(--oya-space-2);
  }

  .late {
    padding: var(--oya-space-5);
    border-inline-start: 4px solid var(--oya-color-danger);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .number {
    flex-wrap: wrap;
  }

  .measure {
    max-inline-size: 65ch;
  }

  .nothing,
  .warning,
  .with-icon {
    display: flex;
    align-items: start;
    gap: var(--oya-space-2);
  }

  .nothing {
    align-items: center;
    font-size: var(--oya-size-4);
    font-weight: 600;
    line-height: 1.25;
  }

  :is(.nothing, .with-icon) .icon {
    color: var(--oya-color-success);
  }

  .warning .icon {
    margin-block-start: 0.125rem;
    color: var(--oya-color-danger);
  }

  .stale {
    opacity: 0.6;
  }

  a {
    color: var(--oya-color-accent);
  }

  .plan {
    max-inline-size: 44rem;
  }

  .tools {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: var(--oya-space-3);
    align-items: start;
  }

  .tool {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-1);
    font-size: var(--oya-size-1);
  }

  .tool > span:first-child {
    font-weight: 600;
  }

  .wide-tool,
  .tool:last-child {
    grid-column: 1 / -1;
  }

  .tool :is(input, select) {
    inline-size: 100%;
  }

  .tool input {
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
    font-size: var(--oya-size-2);
  }

  .selection {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-1) var(--oya-space-4);
  }

  .found {
    gap: var(--oya-space-5);
  }

  .all,
  .pick {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    cursor: pointer;
  }

  .pick {
    grid-area: pick;
    inline-size: 2.25rem;
    /* Room for the ring of its focus. */
    padding-inline-start: 0.375rem;
  }

  [type='checkbox'] {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  .chosen {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-3);
    padding: var(--oya-space-3) var(--oya-space-4);
    border: 1px solid var(--oya-color-line);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .invoices {
    border-block-start: 1px solid var(--oya-color-line);
  }

  .invoice {
    position: relative;
    display: grid;
    grid-template: 'pick name amount' auto 'pick stands stands' auto / auto minmax(0, 1fr) auto;
    gap: var(--oya-space-2) var(--oya-space-2);
    align-items: center;
    padding-block: var(--oya-space-3);
    border-block-end: 1px solid var(--oya-color-line);
    content-visibility: auto;
    contain-intrinsic-block-size: auto 5.5rem;
  }

  .invoice:hover {
    background: color-mix(in oklab, currentColor 4%, transparent);
  }

  .which-one,
  .amount {
    display: grid;
    gap: 0.125rem;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .which-one {
    grid-area: name;
  }

  .amount {
    grid-area: amount;
    justify-items: end;
    overflow-wrap: normal;
    white-space: nowrap;
  }

  .stands {
    grid-area: stands;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-1) var(--oya-space-2);
  }

  .name {
    font-weight: 600;
    text-underline-offset: 0.15em;
  }

  /* The whole row opens the invoice; what is chosen stands above it. */
  .name::after {
    position: absolute;
    inset: 0;
    content: '';
  }

  .all {
    padding-inline-start: 0.375rem;
  }

  .pick {
    position: relative;
    z-index: 1;
  }

  .name:focus-visible {
    outline: none;
  }

  .name:focus-visible::after {
    outline: var(--oya-focus-width) solid var(--oya-focus-color);
    outline-offset: calc(-1 * var(--oya-focus-width));
    border-radius: var(--oya-radius);
  }

  .estimated {
    text-decoration: underline dotted;
    text-underline-offset: 0.2em;
  }

  .more {
    justify-self: start;
  }

  .summary:focus {
    outline: none;
  }

  @container (min-width: 44rem) {
    .tools {
      grid-template-columns: minmax(0, 3fr) repeat(2, minmax(0, 2fr)) minmax(0, 3fr);
    }

    .wide-tool,
    .tool:last-child {
      grid-column: auto;
    }

    .invoice {
      grid-template: 'pick name stands amount' auto / auto minmax(0, 5fr) minmax(0, 4fr) 8rem;
      gap: var(--oya-space-4);
    }
  }

  @media print {
    .invoice {
      content-visibility: visible;
    }

    :is(.tools, .selection, .chosen, .pick, .more) {
      display: none;
    }
  }
`;
