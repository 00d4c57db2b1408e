import { css } from 'lit';

export const tariffTwinStyles = css`
  .frame {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .head {
    display: grid;
    gap: var(--oya-space-2);
  }

  .measure {
    max-inline-size: 65ch;
  }

  .choice {
    flex-wrap: wrap;
    justify-self: start;
  }

  .drop {
    display: grid;
    justify-items: start;
    gap: var(--oya-space-3);
    padding: var(--oya-space-5);
    border: 2px dashed var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
  }

  .drop.over {
    border-color: var(--oya-color-accent);
    background: color-mix(in oklab, var(--oya-color-accent) 8%, transparent);
  }

  .private,
  .read {
    display: flex;
    align-items: start;
    gap: var(--oya-space-2);
    overflow-wrap: anywhere;
  }

  .private .icon,
  .read .icon {
    color: var(--oya-color-success);
  }

  .told {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .told:empty {
    display: none;
  }

  .notice {
    overflow-wrap: anywhere;
  }

  .fields {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: var(--oya-space-4) var(--oya-space-6);
  }

  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--oya-space-1);
    max-inline-size: min(100%, 24rem);
  }

  .field label,
  legend {
    font-weight: 600;
  }

  .hint {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  fieldset {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  legend {
    padding: 0;
    padding-block-end: var(--oya-space-1);
  }

  .meters label {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    padding: var(--oya-space-2) var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .meters label > span > span {
    display: block;
  }

  input[type='radio'] {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  .range {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .range label {
    display: grid;
    gap: var(--oya-space-1);
    font-size: var(--oya-size-1);
  }

  input:is([type='time'], [type='number']) {
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  a {
    color: var(--oya-color-accent);
  }

  ul {
    display: grid;
    gap: var(--oya-space-2);
    margin: 0;
    padding-inline-start: var(--oya-space-5);
  }

  oya-bar-chart {
    --oya-bar-chart-height: 13rem;
  }

  @container (max-width: 34rem) {
    .drop {
      padding: var(--oya-space-4);
    }

    .choice {
      display: flex;
      justify-self: stretch;
    }

    .choice button {
      flex: 1 1 auto;
    }

    .choice .icon {
      display: none;
    }

    .number {
      font-size: 2.5rem;
    }

    .field,
    .field select {
      inline-size: 100%;
      max-inline-size: none;
    }
  }

  @media print {
    .choice,
    .drop,
    .button {
      display: none;
    }
  }
`;
