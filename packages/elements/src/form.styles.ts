import { css } from 'lit';

/** Forms in a shadow root: fields in a column, choices as cards, what is wrong in front. */
export const formStyles = css`
  .view,
  form,
  .field,
  .outcome {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .view,
  form {
    gap: var(--oya-space-5);
  }

  .view {
    max-inline-size: 40rem;
  }

  .field {
    gap: var(--oya-space-1);
  }

  .title:focus,
  .outcome:focus,
  .summary:focus {
    outline: none;
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0 0 var(--oya-space-2);
    font-weight: 600;
  }

  input:not([type='radio'], [type='checkbox']),
  select {
    min-block-size: 44px;
    max-inline-size: 100%;
    padding: var(--oya-space-2) var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  input[aria-invalid='true'],
  select[aria-invalid='true'] {
    border-color: var(--oya-color-danger);
  }

  input[type='radio'],
  input[type='checkbox'] {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  .option {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    padding-block: var(--oya-space-1);
    font-weight: 400;
    cursor: pointer;
  }

  .field .option {
    font-weight: 400;
  }

  .outcome {
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  form ul,
  .summary ul {
    margin: 0;
    padding-inline-start: var(--oya-space-5);
  }

  @container (max-width: 30rem) {
    .buttons .button,
    .view > .button,
    select,
    input[type='tel'],
    input[type='text'] {
      inline-size: 100%;
    }
  }
`;
