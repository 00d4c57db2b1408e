import { css } from 'lit';

export const formStyles = css`
  .form,
  .field,
  .group {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--oya-space-5);
  }

  .form {
    max-inline-size: 40rem;
  }

  .field {
    gap: var(--oya-space-1);
  }

  .group {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
    gap: var(--oya-space-3);
  }

  legend {
    padding: 0 0 var(--oya-space-2);
    font-weight: 600;
  }

  .field input {
    inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  .field input.day {
    inline-size: fit-content;
  }

  :is(.field input, select)[aria-invalid='true'] {
    border-color: var(--oya-color-danger);
  }

  .field select {
    inline-size: 100%;
  }

  .field .visually-hidden {
    min-block-size: 0;
    inline-size: 1px;
    padding: 0;
    border: 0;
  }

  .hint a {
    color: var(--oya-color-accent);
  }

  .side {
    display: grid;
    grid-template-columns: minmax(0, 10rem) minmax(0, 1fr);
    gap: var(--oya-space-3);
    align-items: end;
  }

  .choice {
    display: flex;
    align-items: start;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    padding: var(--oya-space-3) var(--oya-space-4);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  .choice:hover {
    background: var(--oya-color-surface-raised);
  }

  .choice:has(:checked) {
    border-color: var(--oya-color-accent);
    box-shadow: inset 0 0 0 1px var(--oya-color-accent);
  }

  .choice input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0.15rem 0 0;
    accent-color: var(--oya-color-accent);
  }

  .choice .hint {
    display: block;
  }

  .doubt {
    display: flex;
    gap: var(--oya-space-2);
    padding-block-start: var(--oya-space-1);
  }

  .doubt .icon {
    color: var(--oya-color-warning);
  }

  .told {
    display: grid;
    margin: 0;
  }

  .told > div {
    display: grid;
    grid-template-columns: minmax(0, 13rem) minmax(0, 1fr) auto;
    gap: var(--oya-space-1) var(--oya-space-4);
    padding-block: var(--oya-space-3);
    border-block-end: 1px solid var(--oya-color-line);
    overflow-wrap: anywhere;
  }

  .told dt {
    color: var(--oya-color-ink-soft);
  }

  .told dd {
    margin: 0;
    white-space: pre-line;
  }

  .as-link {
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--oya-color-accent);
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  @container (inline-size < 34rem) {
    .side,
    .told > div {
      grid-template-columns: minmax(0, 1fr);
    }

    .told dd:last-child:not(:only-child) {
      justify-self: start;
    }
  }

  @media (forced-colors: active) {
    .choice:has(:checked) {
      border: 3px solid Highlight;
    }
  }
`;
