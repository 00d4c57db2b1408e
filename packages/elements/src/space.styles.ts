import { css } from 'lit';

/** What the elements of the customer space share: titles of their parts, a great number, the contract to choose, what opens, tables. */
export const spaceStyles = css`
  .icon {
    flex: none;
  }

  .small {
    font-size: var(--oya-size-1);
  }

  .strong {
    font-weight: 600;
  }

  .part-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
  }

  .number {
    display: flex;
    align-items: baseline;
    gap: var(--oya-space-2);
    font-size: 3rem;
    line-height: 1.1;
    font-weight: 650;
    letter-spacing: -0.02em;
  }

  .number small {
    font-size: var(--oya-size-3);
    font-weight: 400;
    letter-spacing: 0;
    color: var(--oya-color-ink-soft);
  }

  .which {
    display: grid;
    /* A long address must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-1);
    justify-items: start;
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  select {
    max-inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
    font-size: var(--oya-size-2);
    text-overflow: ellipsis;
  }

  summary {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    color: var(--oya-color-accent);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  table {
    inline-size: 100%;
    max-inline-size: 44rem;
    border-collapse: collapse;
  }

  caption {
    padding-block-end: var(--oya-space-2);
    font-weight: 600;
    text-align: start;
  }

  th,
  td {
    padding: var(--oya-space-2) var(--oya-space-3);
    border-block-end: 1px solid var(--oya-color-line);
    text-align: start;
    vertical-align: baseline;
  }

  tbody th {
    font-weight: 400;
  }

  tbody th::first-letter {
    text-transform: uppercase;
  }

  thead th {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
    font-weight: 600;
  }

  @container (max-width: 34rem) {
    .compact :is(th, td) {
      padding-inline: 0 var(--oya-space-2);
    }

    /* Labelled rows in place of a table that would have to be scrolled sideways. */
    .wide,
    .wide :is(caption, tbody, tr, th, td) {
      display: block;
    }

    .wide thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .wide tr {
      padding-block: var(--oya-space-2);
      border-block-end: 1px solid var(--oya-color-line);
    }

    .wide :is(th, td) {
      padding: 0;
      border: 0;
    }

    .wide tbody th {
      font-weight: 600;
    }

    .wide td {
      display: flex;
      justify-content: space-between;
      gap: var(--oya-space-3);
    }

    .wide td::before {
      content: attr(data-label);
      /* Screen readers hear the column's header already. */
      content: attr(data-label) / '';
      color: var(--oya-color-ink-soft);
    }
  }
`;
