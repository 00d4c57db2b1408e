import { css } from 'lit';

export const outageReportStyles = css`
  .option {
    padding: var(--oya-space-3) var(--oya-space-4);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
  }

  .option + .option {
    margin-block-start: var(--oya-space-2);
  }

  .option:has(:checked) {
    border-color: var(--oya-color-accent);
    box-shadow: inset 0 0 0 1px var(--oya-color-accent);
  }

  .danger {
    display: grid;
    gap: var(--oya-space-4);
    padding: var(--oya-space-5);
    border-inline-start: 6px solid var(--oya-color-danger);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .danger ol {
    display: grid;
    gap: var(--oya-space-2);
    margin: 0;
    padding-inline-start: var(--oya-space-5);
  }

  .danger .call {
    justify-self: start;
    font-size: var(--oya-size-3);
  }

  .before {
    display: grid;
    gap: var(--oya-space-2);
    padding: var(--oya-space-4);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .before ul {
    margin: 0;
    padding-inline-start: var(--oya-space-5);
  }

  @container (max-width: 30rem) {
    .danger .call {
      inline-size: 100%;
    }
  }

  @media (forced-colors: active) {
    .danger,
    .before {
      border: 2px solid CanvasText;
    }
  }
`;
