import { css } from 'lit';

/** Beside those of the form. */
export const requestStyles = css`
  .frame,
  .part,
  .sent,
  .sure {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
  }

  .part,
  .sure,
  .sent {
    gap: var(--oya-space-3);
  }

  .sent {
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .sent .title-line {
    display: flex;
    gap: var(--oya-space-3);
  }

  .sent .title-line .icon {
    flex: none;
    margin-block-start: 0.2rem;
    color: var(--oya-color-success);
  }

  .request-number {
    font-size: var(--oya-size-6);
    font-weight: 650;
    line-height: 1.2;
    letter-spacing: 0.02em;
  }

  .sent ol {
    display: grid;
    gap: var(--oya-space-1);
    margin: 0;
    padding-inline-start: 1.5em;
  }

  .steps {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .steps li {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
    padding: 0 0 var(--oya-space-5) var(--oya-space-6);
    overflow-wrap: anywhere;
  }

  .steps li::before {
    content: '';
    position: absolute;
    inset-inline-start: 0;
    inset-block-start: 0.3rem;
    inline-size: 14px;
    block-size: 14px;
    border: 3px solid var(--oya-color-accent);
    border-radius: 50%;
    background: var(--oya-color-accent);
  }

  .steps li.past::before {
    border-color: var(--oya-color-line-strong);
    background: var(--oya-color-surface);
  }

  .steps li.waiting::before {
    border-color: var(--oya-color-warning);
    background: var(--oya-color-surface);
  }

  .steps li.refused::before {
    border-color: var(--oya-color-danger);
    background: var(--oya-color-danger);
  }

  .steps li.done::before {
    border-color: var(--oya-color-success);
    background: var(--oya-color-success);
  }

  .steps li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-inline-start: 6px;
    inset-block: 1.4rem -0.2rem;
    inline-size: 2px;
    background: var(--oya-color-line);
  }

  .words {
    white-space: pre-line;
    max-inline-size: 65ch;
  }

  .answer {
    padding: var(--oya-space-5);
    border-inline-start: 4px solid var(--oya-color-warning);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .told > div {
    grid-template-columns: minmax(0, 13rem) minmax(0, 1fr);
  }

  .outcome {
    display: flex;
    gap: var(--oya-space-2);
    font-weight: 600;
  }

  .outcome .icon {
    color: var(--oya-color-success);
  }

  @container (inline-size < 34rem) {
    .told > div {
      grid-template-columns: minmax(0, 1fr);
    }

    .answer,
    .sent {
      padding: var(--oya-space-4);
    }
  }

  @media (forced-colors: active) {
    .steps li::before {
      forced-color-adjust: none;
    }

    .sent,
    .answer {
      border: 1px solid CanvasText;
    }
  }
`;
