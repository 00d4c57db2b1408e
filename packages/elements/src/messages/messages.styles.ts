import { css } from 'lit';

export const messagesStyles = css`
  .frame,
  .form,
  .field,
  .list,
  .pane,
  .contacts,
  .index-fields {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--oya-space-4);
  }

  .frame {
    gap: var(--oya-space-5);
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-3);
  }

  .field {
    gap: var(--oya-space-1);
    max-inline-size: 40rem;
  }

  .field input,
  .search input {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  .field input[aria-invalid='true'] {
    border-color: var(--oya-color-danger);
  }

  .field .visually-hidden {
    min-block-size: 0;
    inline-size: 1px;
    padding: 0;
    border: 0;
  }

  .threads,
  .log {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .thread {
    display: grid;
    gap: var(--oya-space-1);
    inline-size: 100%;
    padding: var(--oya-space-3) var(--oya-space-4);
    border: 0;
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  .thread[aria-current='true'] {
    box-shadow: inset 3px 0 0 var(--oya-color-accent);
  }

  .thread .line {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: var(--oya-space-2);
  }

  .badge {
    font-weight: 650;
    color: var(--oya-color-accent);
  }

  .log {
    gap: var(--oya-space-4);
  }

  .message {
    display: grid;
    gap: var(--oya-space-2);
    max-inline-size: 40rem;
    padding: var(--oya-space-4);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    overflow-wrap: anywhere;
  }

  .message.customer {
    margin-inline-start: clamp(0rem, 8cqi, 4rem);
    background: color-mix(in srgb, var(--oya-color-accent) 12%, var(--oya-color-surface));
  }

  .message p,
  .message dl {
    margin: 0;
  }

  .message .words {
    white-space: pre-line;
    max-inline-size: 65ch;
  }

  .message dl {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-2) var(--oya-space-5);
    font-variant-numeric: tabular-nums;
  }

  .message dd {
    margin: 0;
    font-weight: 600;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .outcome {
    display: flex;
    gap: var(--oya-space-2);
    font-weight: 600;
  }

  .outcome .icon {
    color: var(--oya-color-success);
  }

  .index-fields {
    margin: 0;
    padding: 0;
    border: 0;
    gap: var(--oya-space-3);
  }

  .index-fields legend {
    padding: 0;
    font-weight: 600;
  }

  .index-fields .field {
    max-inline-size: 16rem;
  }

  .contacts ul {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3) var(--oya-space-6);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .contacts a,
  .message a {
    color: var(--oya-color-accent);
  }

  .contacts a {
    display: inline-block;
    min-block-size: 24px;
    font-weight: 600;
  }

  .back {
    justify-self: start;
  }

  @container (min-width: 52rem) {
    .columns {
      display: grid;
      grid-template-columns: 18rem minmax(0, 1fr);
      gap: var(--oya-space-6);
      align-items: start;
    }

    .back {
      display: none;
    }
  }

  @container (max-width: 51.99rem) {
    .columns.open .list {
      display: none;
    }

    .columns:not(.open) .pane {
      display: none;
    }
  }
`;
