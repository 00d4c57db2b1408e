import { css } from 'lit';

/** What stands around a field: its label, its hint, what is wrong with it; and the field that sentences are written into. */
export const fieldStyles = css`
  .field label {
    font-weight: 600;
  }

  .hint {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  .field-error {
    display: flex;
    gap: var(--oya-space-2);
    font-weight: 600;
  }

  .field-error .icon {
    color: var(--oya-color-danger);
  }

  .summary a {
    color: inherit;
  }

  textarea {
    inline-size: 100%;
    padding: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
    resize: vertical;
  }

  textarea[aria-invalid='true'] {
    border-color: var(--oya-color-danger);
  }
`;
