import { css } from 'lit';
import { fieldStyles } from '../field.styles.ts';

export const claimStyles = css`
  .claim,
  .part,
  .field {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .claim {
    gap: var(--oya-space-6);
  }

  .claim p,
  .claim ul {
    max-inline-size: 65ch;
  }

  .part ul {
    margin-block: 0;
  }

  .field {
    max-inline-size: 40rem;
    gap: var(--oya-space-2);
  }

  ${fieldStyles}

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

  :is(.outcome, .summary):focus {
    outline: none;
  }
`;
