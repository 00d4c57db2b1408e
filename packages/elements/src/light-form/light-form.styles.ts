import { lightHostStyles } from '../light-host.styles.ts';

/**
 * Styles for forms in the light DOM: `adoptLightStyles` makes each declaration important, inside a cascade layer, so that
 * neither a bare `input { … }` nor a framework of the host page changes the form. What the page's rules would add (borders,
 * floats, transforms…) is first taken back to what the browser itself says; its fonts and colours come through the tokens.
 * @param tag the element they are for
 */
export function lightFormStyles(tag: string): string {
  return `${lightHostStyles(tag)}
${tag} {
  container-type: inline-size;
}

${tag} :not(svg, svg *) {
  all: revert;
  box-sizing: border-box;
  font: inherit;
  color: inherit;
  letter-spacing: inherit;
}

${tag} ::before,
${tag} ::after {
  content: none;
}

${tag} svg {
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
  inline-size: 1.25em;
  block-size: 1.25em;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
}

${tag} svg,
${tag} svg * {
  letter-spacing: inherit;
}

${tag} svg * {
  fill: inherit;
  stroke: inherit;
  stroke-width: inherit;
}

${tag} h1,
${tag} h2,
${tag} h3,
${tag} h4,
${tag} h5,
${tag} h6,
${tag} p,
${tag} ul {
  margin: 0;
}

${tag} .view {
  display: grid;
  gap: var(--oya-space-5);
  max-inline-size: calc(26 * var(--oya-rem));
}

${tag} .title {
  font-size: var(--oya-size-4);
  font-weight: 650;
  line-height: 1.25;
  text-wrap: balance;
}

${tag} .title:focus {
  outline: none;
}

${tag} form {
  display: grid;
  gap: var(--oya-space-5);
}

${tag} .field {
  display: grid;
  gap: var(--oya-space-2);
}

${tag} label {
  display: block;
  font-weight: 600;
}

${tag} .with-toggle {
  display: flex;
  gap: var(--oya-space-2);
}

${tag} :is(input, select):not([type='checkbox'], [type='radio']) {
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

${tag} input[aria-invalid='true'] {
  border: 2px solid var(--oya-color-danger);
}

${tag} .button {
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

${tag} .button:hover {
  background: color-mix(in oklab, currentColor 8%, transparent);
}

${tag} .button.primary {
  border-color: transparent;
  background: var(--oya-color-accent);
  color: var(--oya-color-accent-ink);
}

${tag} .button.primary:hover {
  background: color-mix(in oklab, var(--oya-color-accent) 88%, var(--oya-color-ink));
}

${tag} .button[aria-disabled='true'] {
  opacity: 0.6;
  cursor: default;
}

${tag} .toggle {
  padding-inline: var(--oya-space-3);
  font-weight: 400;
}

${tag} .toggle[aria-pressed='true'] {
  border-color: var(--oya-color-accent);
  background: color-mix(in oklab, var(--oya-color-accent) 12%, transparent);
  font-weight: 600;
}

${tag} a {
  color: var(--oya-color-accent);
  text-decoration: underline;
  text-underline-offset: 0.15em;
  cursor: pointer;
}

${tag} .as-link {
  display: inline-flex;
  align-items: center;
  justify-self: start;
  gap: var(--oya-space-2);
  min-block-size: 44px;
  margin: 0;
  padding: 0;
  border: 0;
  background: none;
  color: var(--oya-color-accent);
  text-align: start;
  text-decoration: underline;
  text-underline-offset: 0.15em;
  cursor: pointer;
}

${tag} .ways {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0 var(--oya-space-5);
}

${tag} .ways a {
  display: inline-flex;
  align-items: center;
  min-block-size: 44px;
}

${tag} .checkbox {
  display: flex;
  align-items: start;
  gap: var(--oya-space-3);
}

${tag} .checkbox label {
  cursor: pointer;
}

${tag} :is([type='radio'], [type='checkbox']) {
  flex: none;
  inline-size: calc(1.25 * var(--oya-rem));
  block-size: calc(1.25 * var(--oya-rem));
  margin: calc(0.125 * var(--oya-rem)) 0 0;
  accent-color: var(--oya-color-accent);
  cursor: pointer;
}

${tag} :focus-visible {
  outline: 2px solid var(--oya-focus-color, var(--oya-color-accent));
  outline-offset: 2px;
}

${tag} .hint,
${tag} .field-error {
  display: flex;
  align-items: start;
  gap: var(--oya-space-2);
  padding-block: 0.1em;
}

${tag} .hint {
  color: var(--oya-color-ink-soft);
}

${tag} .field-error {
  color: var(--oya-color-danger);
  font-weight: 600;
}

${tag} .hint svg,
${tag} .field-error svg {
  margin-block-start: 0.125em;
}

${tag} .summary li a,
${tag} .summary > a {
  display: inline-flex;
  align-items: center;
  min-block-size: 44px;
  padding-block: var(--oya-space-2);
}

${tag} .actions {
  display: flex;
  flex-wrap: wrap;
  gap: var(--oya-space-3);
}

${tag} .soft {
  color: var(--oya-color-ink-soft);
}

${tag} .notice {
  display: grid;
  justify-items: start;
  gap: var(--oya-space-2);
  padding: var(--oya-space-4);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

${tag} .notice.error {
  border-inline-start: 4px solid var(--oya-color-danger);
}

${tag} .notice-title {
  font-size: var(--oya-size-3);
  font-weight: 650;
  line-height: 1.3;
}

${tag} .notice ul {
  padding: 0;
  list-style: none;
}

${tag} .reference {
  color: var(--oya-color-ink-soft);
  font-size: var(--oya-size-1);
  overflow-wrap: anywhere;
}

${tag} .visually-hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

@media (forced-colors: active) {
  ${tag} .notice,
  ${tag} .placeholder {
    border: 1px solid CanvasText;
  }

  ${tag} .toggle[aria-pressed='true'] {
    border: 3px solid Highlight;
  }

  ${tag} .button.primary {
    forced-color-adjust: none;
    border-color: ButtonText;
    background: ButtonText;
    color: ButtonFace;
  }
}
`;
}
