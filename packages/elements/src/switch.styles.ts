import { css } from 'lit';

/** Buttons beside each other of which one is pressed: ways to see the same. */
export const switchStyles = css`
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

  @media (forced-colors: active) {
    .choice button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`;
