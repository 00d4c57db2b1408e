/**
 * Styles for the light DOM: `adoptLightStyles` makes each declaration important, inside a cascade layer, so that neither a
 * bare `input { … }` nor a framework of the host page changes the form. What the page's rules would add (borders, floats,
 * transforms…) is first taken back to what the browser itself says; its fonts and colours come through the tokens.
 */
export const loginStyles = `
oya-login {
  display: block;
  container-type: inline-size;
  color: var(--oya-color-ink);
  font-family: var(--oya-font, inherit);
  font-size: var(--oya-size-2);
  font-weight: 400;
  line-height: 1.5;
  letter-spacing: normal;
  text-align: start;
  text-transform: none;
}

oya-login[hidden] {
  display: none;
}

oya-login :not(svg, svg *) {
  all: revert;
  box-sizing: border-box;
  font: inherit;
  color: inherit;
  letter-spacing: inherit;
}

oya-login ::before,
oya-login ::after {
  content: none;
}

oya-login svg {
  display: block;
  position: static;
  float: none;
  flex: none;
  margin: 0;
  padding: 0;
  border: 0;
  background: none;
  opacity: 1;
  transform: none;
  inline-size: 1.25rem;
  block-size: 1.25rem;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
}

oya-login svg,
oya-login svg * {
  letter-spacing: inherit;
}

oya-login svg * {
  fill: inherit;
  stroke: inherit;
  stroke-width: inherit;
}

oya-login h1,
oya-login h2,
oya-login h3,
oya-login h4,
oya-login h5,
oya-login h6,
oya-login p,
oya-login ul {
  margin: 0;
}

oya-login .view {
  display: grid;
  gap: var(--oya-space-5);
  max-inline-size: 26rem;
}

oya-login .title {
  font-size: var(--oya-size-4);
  font-weight: 650;
  line-height: 1.25;
  text-wrap: balance;
}

oya-login .title:focus {
  outline: none;
}

oya-login form {
  display: grid;
  gap: var(--oya-space-5);
}

oya-login .field {
  display: grid;
  gap: var(--oya-space-2);
}

oya-login label {
  display: block;
  font-weight: 600;
}

oya-login .with-toggle {
  display: flex;
  gap: var(--oya-space-2);
}

oya-login input {
  flex: 1;
  inline-size: 100%;
  min-inline-size: 0;
  min-block-size: 44px;
  margin: 0;
  padding: var(--oya-space-2) var(--oya-space-3);
  border: 1px solid var(--oya-color-line-strong, currentColor);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface);
  color: var(--oya-color-ink);
  text-align: start;
}

oya-login input[aria-invalid='true'] {
  border: 2px solid var(--oya-color-danger);
}

oya-login .button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: var(--oya-space-2);
  min-block-size: 44px;
  margin: 0;
  padding: var(--oya-space-2) var(--oya-space-4);
  border: 1px solid var(--oya-color-line-strong, currentColor);
  border-radius: var(--oya-radius);
  background: transparent;
  color: inherit;
  font-weight: 600;
  line-height: 1.25;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}

oya-login .button:hover {
  background: color-mix(in oklab, currentColor 8%, transparent);
}

oya-login .button.primary {
  border-color: transparent;
  background: var(--oya-color-accent);
  color: var(--oya-color-accent-ink);
}

oya-login .button.primary:hover {
  background: color-mix(in oklab, var(--oya-color-accent) 88%, var(--oya-color-ink));
}

oya-login .button[aria-disabled='true'] {
  opacity: 0.6;
  cursor: default;
}

oya-login .toggle {
  padding-inline: var(--oya-space-3);
  font-weight: 400;
}

oya-login .toggle[aria-pressed='true'] {
  border-color: var(--oya-color-accent);
  background: color-mix(in oklab, var(--oya-color-accent) 12%, transparent);
  font-weight: 600;
}

oya-login a {
  color: var(--oya-color-accent);
  text-decoration: underline;
  text-underline-offset: 0.15em;
  cursor: pointer;
}

oya-login :focus-visible {
  outline: 2px solid var(--oya-focus-color, var(--oya-color-accent));
  outline-offset: 2px;
}

oya-login .hint,
oya-login .field-error {
  display: flex;
  align-items: start;
  gap: var(--oya-space-2);
  padding-block: 0.1rem;
}

oya-login .hint {
  color: var(--oya-color-ink-soft);
}

oya-login .field-error {
  color: var(--oya-color-danger);
  font-weight: 600;
}

oya-login .hint svg,
oya-login .field-error svg {
  margin-block-start: 0.125rem;
}

oya-login .ways {
  display: flex;
  flex-wrap: wrap;
  gap: 0 var(--oya-space-5);
}

oya-login .ways a,
oya-login .summary li a,
oya-login .summary > a {
  display: inline-flex;
  align-items: center;
  min-block-size: 44px;
}

oya-login .actions {
  display: flex;
  flex-wrap: wrap;
  gap: var(--oya-space-3);
}

oya-login .soft {
  color: var(--oya-color-ink-soft);
}

oya-login .notice {
  display: grid;
  justify-items: start;
  gap: var(--oya-space-2);
  padding: var(--oya-space-4);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-login .notice.error {
  border-inline-start: 4px solid var(--oya-color-danger);
}

oya-login .notice-title {
  font-size: var(--oya-size-3);
  font-weight: 650;
  line-height: 1.3;
}

oya-login .notice ul {
  padding: 0;
  list-style: none;
}

oya-login .reference {
  color: var(--oya-color-ink-soft);
  font-size: var(--oya-size-1);
  overflow-wrap: anywhere;
}

oya-login .placeholder {
  min-block-size: 23.5rem;
  max-inline-size: 26rem;
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-login .visually-hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media (forced-colors: active) {
  oya-login .notice,
  oya-login .placeholder {
    border: 1px solid CanvasText;
  }

  oya-login .toggle[aria-pressed='true'] {
    border: 3px solid Highlight;
  }
}
`;
