import { css } from 'lit';

export const emergencyStyles = css`
  .frame,
  .emergency,
  .contact,
  .steps,
  .danger,
  .otherwise,
  .page-numbers {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--oya-space-2);
  }

  .frame {
    gap: var(--oya-space-5);
  }

  .energies {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: var(--oya-space-5);
    inline-size: 100%;
  }

  .emergency {
    align-content: start;
    gap: var(--oya-space-4);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .name {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
  }

  .name .icon {
    flex: none;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    color: var(--oya-color-danger);
  }

  .electricity .name .icon {
    color: var(--oya-color-ink-soft);
  }

  .part-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
  }

  .number {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 52px;
    padding-inline: var(--oya-space-4);
    border-radius: var(--oya-radius);
    background: var(--oya-color-accent);
    color: var(--oya-color-accent-ink);
    font-size: var(--oya-size-5);
    font-weight: 650;
    line-height: 1.2;
    text-decoration: none;
    white-space: nowrap;
  }

  .number .icon {
    flex: none;
  }

  .number:hover {
    background: color-mix(in oklab, var(--oya-color-accent) 88%, var(--oya-color-ink));
  }

  .relay {
    display: inline-block;
    min-block-size: 24px;
    color: var(--oya-color-accent);
    text-underline-offset: 0.2em;
  }

  .strong {
    font-weight: 650;
  }

  ol {
    display: grid;
    gap: var(--oya-space-1);
    margin: 0;
    padding-inline-start: 1.5em;
    max-inline-size: 65ch;
  }

  .danger {
    inline-size: 100%;
    padding-inline-start: var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-danger);
  }

  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-2) var(--oya-space-5);
  }

  @container (inline-size < 24rem) {
    .emergency {
      padding: var(--oya-space-4);
    }

    .number {
      inline-size: 100%;
      justify-content: center;
      gap: var(--oya-space-2);
      padding-inline: var(--oya-space-2);
      font-size: var(--oya-size-3);
    }
  }

  @media (forced-colors: active) {
    .emergency,
    .number {
      border: 1px solid CanvasText;
    }
  }

  @media print {
    .print {
      display: none;
    }
  }
`;
