import { css } from 'lit';
import { fieldStyles } from '../field.styles.ts';

/** Of what is shown before a payment, and of what became of one. */
export const payStyles = css`
  .pay,
  .review,
  .what,
  .choice,
  .words > * {
    max-inline-size: 65ch;
  }

  .words {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .pay {
    max-inline-size: 40rem;
  }

  .what {
    gap: var(--oya-space-2);
  }

  .choice {
    gap: var(--oya-space-1);
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    font-weight: 600;
  }

  .link {
    display: inline-flex;
    align-items: center;
    justify-self: start;
    gap: var(--oya-space-2);
    min-block-size: 44px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--oya-color-accent);
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .line {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: var(--oya-space-4);
    align-items: baseline;
    padding-block: var(--oya-space-3);
    border-block-end: 1px solid var(--oya-color-line);
  }

  .sum {
    border: 0;
    font-size: var(--oya-size-3);
    font-weight: 650;
  }

  .radio {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    cursor: pointer;
  }

  [type='radio'] {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-2);
    padding-inline-start: 2rem;
  }

  ${fieldStyles}

  .field input {
    inline-size: 12rem;
    max-inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  .field input[aria-invalid='true'] {
    border-color: var(--oya-color-danger);
  }

  .aside,
  .payment {
    display: grid;
    gap: var(--oya-space-2);
    padding: var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-info);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .payment {
    grid-template-columns: auto minmax(0, 1fr);
    gap: var(--oya-space-3);
    padding: var(--oya-space-5);
    overflow-wrap: anywhere;
  }

  .payment > .icon {
    margin-block-start: 0.25rem;
    color: var(--oya-color-info);
  }

  .payment.paid {
    border-color: var(--oya-color-success);
  }

  .payment.paid > .icon {
    color: var(--oya-color-success);
  }

  .payment.refused {
    border-color: var(--oya-color-danger);
  }

  .payment.refused > .icon {
    color: var(--oya-color-danger);
  }

  .words {
    gap: var(--oya-space-2);
  }

  .payment-title {
    font-size: var(--oya-size-3);
    font-weight: 650;
    line-height: 1.3;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .buttons:not(:has(*)) {
    display: none;
  }

  :is(.title, .payment-title, .summary):focus {
    outline: none;
  }

  @media (forced-colors: active) {
    :is(.aside, .payment) {
      border: 1px solid CanvasText;
    }
  }
`;
