import { css } from 'lit';

export const consentsStyles = css`
  .frame,
  .meters,
  .meter,
  .group,
  .history {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
  }

  .head,
  .group,
  .history {
    gap: var(--oya-space-3);
  }

  .head {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }

  .meters {
    gap: var(--oya-space-8);
  }

  .stale {
    opacity: 0.6;
  }

  .measure,
  .note {
    max-inline-size: 65ch;
  }

  .note {
    padding: var(--oya-space-3) var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-info);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .lead {
    font-size: var(--oya-size-4);
    font-weight: 600;
    line-height: 1.25;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr));
    gap: var(--oya-space-4);
    /* Two beside each other: the two consents to half-hours are a pair. */
    max-inline-size: 60rem;
    padding-block-start: var(--oya-space-1);
  }

  /* A question makes its card long: the button of the one beside it stays with its text. */
  .cards:has(.sure) {
    align-items: start;
  }

  .card {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: var(--oya-space-3);
    min-inline-size: 0;
    padding: var(--oya-space-5);
    border: 1px solid var(--oya-color-line);
    border-radius: var(--oya-radius);
    overflow-wrap: anywhere;
  }

  .card > * {
    max-inline-size: min(100%, 65ch);
  }

  .card-title {
    font-size: var(--oya-size-3);
    font-weight: 650;
    line-height: 1.3;
  }

  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-1) var(--oya-space-2);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-2);
    padding: 0.125rem var(--oya-space-3) 0.125rem var(--oya-space-2);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: 999px;
    font-weight: 600;
  }

  .requested .badge {
    border-color: transparent;
    background: color-mix(in oklab, var(--oya-color-ink-soft) 16%, transparent);
  }

  .active .badge {
    border-color: transparent;
    background: color-mix(in oklab, var(--oya-color-success) 16%, transparent);
  }

  .active .icon {
    color: var(--oya-color-success);
  }

  .failed .badge {
    border-color: var(--oya-color-danger);
  }

  .failed .icon {
    color: var(--oya-color-danger);
  }

  .soon,
  .outcome {
    display: flex;
    align-items: start;
    gap: var(--oya-space-2);
  }

  .soon .icon {
    color: var(--oya-color-warning);
  }

  .outcome {
    font-weight: 600;
  }

  .outcome .icon {
    color: var(--oya-color-success);
  }

  :is(.outcome, .undo, .summary, .state, .notice-title, .when):focus {
    outline: none;
  }

  a {
    color: var(--oya-color-accent);
  }

  details[open] > p {
    padding-block-end: var(--oya-space-2);
  }

  .card > :is(.button, .give) {
    margin-block-start: auto;
  }

  .sure,
  .undo {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--oya-space-3);
    inline-size: 100%;
    padding: var(--oya-space-4);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .undo {
    border-inline-start: 4px solid var(--oya-color-info);
  }

  ul {
    margin: 0;
    padding-inline-start: var(--oya-space-5);
  }

  .erase {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 0 var(--oya-space-3);
  }

  .erase label {
    padding-block: 0.625rem;
    font-weight: 600;
    cursor: pointer;
  }

  .erase p {
    grid-column: 2;
  }

  .erase input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .history {
    justify-items: start;
  }

  .history > :not(button) {
    inline-size: 100%;
  }

  @media (forced-colors: active) {
    :is(.badge, .sure, .undo, .note) {
      border: 1px solid CanvasText;
    }
  }
`;
