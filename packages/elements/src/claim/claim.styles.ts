import { css } from 'lit';
import { fieldStyles } from '../field.styles.ts';

export const claimStyles = css`
  .claim,
  .part,
  .field,
  .file {
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

  .files {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .file {
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    padding-block: var(--oya-space-2);
    border-block-end: 1px solid var(--oya-color-line);
    overflow-wrap: anywhere;
  }

  /* The browser's own says "no file chosen" of files that are listed above it. */
  .add {
    position: relative;
    margin: 0;
  }

  .add input:focus-visible + .button {
    outline: var(--oya-focus-width) solid var(--oya-focus-color);
    outline-offset: 2px;
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

  :is(.outcome, .summary):focus {
    outline: none;
  }
`;
