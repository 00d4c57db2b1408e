import { css } from 'lit';

export const appStatusStyles = css`
  :host {
    font-size: var(--oya-size-1);
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-2) var(--oya-space-3);
    padding: var(--oya-space-2) var(--oya-space-4);
    padding-left: max(var(--oya-space-4), env(safe-area-inset-left, 0px));
    padding-right: max(var(--oya-space-4), env(safe-area-inset-right, 0px));
    border-block-end: 1px solid var(--oya-color-line);
    background: var(--oya-color-surface-raised);
  }

  .line > p {
    display: flex;
    align-items: baseline;
    gap: var(--oya-space-2);
    margin: 0;
    flex: 1 1 16em;
    text-wrap: pretty;
  }

  .icon {
    flex: none;
    inline-size: 1.15em;
    block-size: 1.15em;
    transform: translateY(0.15em);
    color: var(--oya-color-warning);
  }

  .update .icon {
    color: var(--oya-color-accent);
  }

  @media print {
    .update {
      display: none;
    }
  }
`;
