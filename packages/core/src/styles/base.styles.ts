import { css } from 'lit';

/** What every element in a shadow root starts from. Sizes follow a scale of 1.2, spaces a grid of 4 px. */
export const baseStyles = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--oya-color-ink);
    font-family: var(--oya-font, inherit);
    font-size: var(--oya-size-2);
    line-height: 1.5;
    text-align: start;
    font-variant-numeric: tabular-nums;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  p,
  figure {
    margin: 0;
  }

  .title {
    font-size: var(--oya-size-4);
    line-height: 1.25;
    font-weight: 650;
    text-wrap: balance;
  }

  .soft {
    color: var(--oya-color-ink-soft);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: var(--oya-focus-width) solid var(--oya-focus-color);
    outline-offset: var(--oya-focus-gap);
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--oya-space-2);
    min-block-size: 44px;
    padding: var(--oya-space-2) var(--oya-space-4);
    border: 1px solid var(--oya-color-line-strong);
    border-radius: var(--oya-radius);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    text-decoration: none;
    cursor: pointer;
  }

  .button:hover {
    background: color-mix(in oklab, currentColor 8%, transparent);
  }

  .button.primary {
    border-color: transparent;
    background: var(--oya-color-accent);
    color: var(--oya-color-accent-ink);
  }

  .button.primary:hover {
    background: color-mix(in oklab, var(--oya-color-accent) 88%, var(--oya-color-ink));
  }

  .button[disabled],
  .button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .notice {
    display: grid;
    justify-items: start;
    gap: var(--oya-space-3);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    max-inline-size: 65ch;
  }

  .notice-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
  }

  .notice.error {
    border-inline-start: 4px solid var(--oya-color-danger);
  }

  .reference {
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
    overflow-wrap: anywhere;
  }

  .placeholder {
    min-block-size: var(--oya-placeholder-size, 8rem);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  @media (prefers-reduced-motion: no-preference) {
    .placeholder {
      animation: oya-breathe 1.6s ease-in-out infinite alternate;
    }
  }

  @keyframes oya-breathe {
    to {
      opacity: 0.55;
    }
  }

  @media (forced-colors: active) {
    .notice,
    .placeholder {
      border: 1px solid CanvasText;
    }
  }
`;
