import { css } from 'lit';

/** What to have at hand: over the form, and where there is none. */
export const haveStyles = css`
  .have {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
    padding: var(--oya-space-4) var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .have ul {
    display: grid;
    gap: var(--oya-space-1);
    margin: 0;
    padding-inline-start: 1.25em;
  }

  @media (forced-colors: active) {
    .have {
      border: 1px solid CanvasText;
    }
  }
`;
