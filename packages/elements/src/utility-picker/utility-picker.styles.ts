import { css } from 'lit';

export const utilityPickerStyles = css`
  .frame,
  .questions {
    display: grid;
    /* A long name must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .frame {
    max-inline-size: 40rem;
  }

  .head {
    display: grid;
    gap: var(--oya-space-2);
  }

  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--oya-space-2);
  }

  .field > label,
  legend {
    padding: 0;
    font-weight: 600;
  }

  .box {
    position: relative;
    display: grid;
  }

  .box input {
    min-inline-size: 0;
    min-block-size: 52px;
    margin: 0;
    padding-block: var(--oya-space-2);
    padding-inline: var(--oya-space-3) 52px;
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
    font-size: var(--oya-size-3);
    text-overflow: ellipsis;
  }

  .box input[aria-invalid='true'] {
    border: 2px solid var(--oya-color-danger);
  }

  .clear {
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 4px;
    display: grid;
    place-content: center;
    inline-size: 44px;
    border: 0;
    border-radius: calc(var(--oya-radius) - 2px);
    background: transparent;
    color: var(--oya-color-ink-soft);
    cursor: pointer;
  }

  .clear:hover {
    color: var(--oya-color-ink);
  }

  .field-error {
    display: flex;
    gap: var(--oya-space-2);
    color: var(--oya-color-danger);
    font-weight: 600;
  }

  .field-error .icon {
    margin-block-start: 2px;
  }

  .hint,
  .small {
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  .icon {
    flex: none;
  }

  .popup {
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    overflow: clip;
  }

  .popup[hidden] {
    display: none;
  }

  .popup ul {
    /* The half of a row that is cut off shows that there are more. */
    max-block-size: 17.25rem;
    margin: 0;
    padding: var(--oya-space-1);
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
  }

  .popup li {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    align-content: center;
    gap: 0 var(--oya-space-3);
    min-block-size: 48px;
    padding: var(--oya-space-1) var(--oya-space-3);
    border-radius: calc(var(--oya-radius) - 4px);
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .popup li:hover {
    background: var(--oya-color-surface-raised);
  }

  .popup li[aria-selected='true'] {
    background: var(--oya-color-accent);
    color: var(--oya-color-accent-ink);
  }

  .name {
    font-weight: 600;
  }

  .particulars,
  .further {
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  .popup li[aria-selected='true'] .particulars {
    color: inherit;
  }

  .further {
    padding: var(--oya-space-2) var(--oya-space-4);
    border-block-start: 1px solid var(--oya-color-line);
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    margin-block-end: var(--oya-space-2);
  }

  .energies {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr));
    gap: var(--oya-space-3);
  }

  .energy {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 64px;
    padding: var(--oya-space-2) var(--oya-space-4);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    font-weight: 600;
    cursor: pointer;
  }

  .energy:hover {
    background: var(--oya-color-surface-raised);
  }

  .energy:has(:checked) {
    border-color: var(--oya-color-accent);
    box-shadow: inset 0 0 0 1px var(--oya-color-accent);
  }

  .energy:has(:focus-visible) {
    outline: var(--oya-focus-width) solid var(--oya-focus-color);
    outline-offset: var(--oya-focus-gap);
  }

  .energy input {
    order: 1;
    inline-size: 20px;
    block-size: 20px;
    margin: 0;
    margin-inline-start: auto;
    accent-color: var(--oya-color-accent);
    cursor: inherit;
  }

  .energy input:focus-visible {
    outline: none;
  }

  .energy .icon {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    color: var(--oya-color-ink-soft);
  }

  .energy:has(:checked) .icon {
    color: var(--oya-color-accent);
  }

  .answer {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--oya-space-5);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    overflow-wrap: anywhere;
  }

  .answer-head {
    display: grid;
    gap: var(--oya-space-2);
    max-inline-size: 65ch;
  }

  .utility {
    font-size: 3rem;
    line-height: 1.1;
    font-weight: 650;
    letter-spacing: -0.02em;
  }

  .answer .button {
    min-block-size: 52px;
    padding-inline: var(--oya-space-5);
    text-align: center;
    text-wrap: balance;
  }

  .contact {
    display: grid;
    justify-items: start;
    gap: var(--oya-space-1);
  }

  .contact-label {
    font-weight: 600;
  }

  .way,
  .portal {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-2);
    min-block-size: 44px;
    color: var(--oya-color-accent);
    font-weight: 600;
    text-underline-offset: 0.2em;
  }


  .number {
    font-size: var(--oya-size-3);
    white-space: nowrap;
  }

  .other {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--oya-space-3);
    inline-size: 100%;
    padding-block-start: var(--oya-space-3);
    border-block-start: 1px solid var(--oya-color-line);
  }

  .placeholder.title-size {
    min-block-size: 4.5rem;
  }

  .placeholder.field-size {
    min-block-size: 6.875rem;
  }

  @container (inline-size < 24rem) {
    .answer {
      padding: var(--oya-space-4);
    }

    .answer .button {
      inline-size: 100%;
      padding-inline: var(--oya-space-2);
    }

    .placeholder.title-size {
      min-block-size: 10.25rem;
    }

    .placeholder.field-size {
      min-block-size: 8.75rem;
    }

    /* A long name is read whole. */
    .box input {
      font-size: var(--oya-size-2);
    }
  }

  @media (forced-colors: active) {
    .answer {
      border: 1px solid CanvasText;
    }

    .popup li[aria-selected='true'] {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }

    .energy:has(:checked) {
      border: 3px solid Highlight;
    }
  }
`;
