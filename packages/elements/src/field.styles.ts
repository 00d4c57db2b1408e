import { css } from 'lit';

/** What stands around a field: its label, its hint, what is wrong with it. */
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
`;
