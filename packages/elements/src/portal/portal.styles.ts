import { lightHostStyles } from '../light-host.styles.ts';

/**
 * The portal's own parts, and nothing inside its sections: each part says so by its class, because elements in the light DOM
 * that stand in a section, as the sign-in does, bring styles of their own. What the host's rules would add is first taken
 * back to what the browser itself says.
 */
export const portalStyles = `${lightHostStyles('oya-portal')}
oya-portal {
  container-type: inline-size;
  font-variant-numeric: tabular-nums;
}

oya-portal .oya-part {
  all: revert;
  box-sizing: border-box;
  margin: 0;
  font: inherit;
  color: inherit;
  letter-spacing: inherit;
}

oya-portal .oya-part::before,
oya-portal .oya-part::after {
  content: none;
}

oya-portal .oya-part[hidden] {
  display: none;
}

oya-portal .oya-part > svg {
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
  inline-size: calc(1.25 * var(--oya-rem));
  block-size: calc(1.25 * var(--oya-rem));
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
}

oya-portal .oya-part > svg * {
  fill: inherit;
  stroke: inherit;
  stroke-width: inherit;
}

oya-portal .oya-part.unseen,
oya-portal .oya-part.skip:not(:focus),
oya-portal > .placeholder > .visually-hidden {
  position: absolute;
  padding: 0;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

oya-portal .oya-part:focus-visible {
  outline: var(--oya-focus-width) solid var(--oya-focus-color, var(--oya-color-accent));
  outline-offset: var(--oya-focus-gap);
}

oya-portal .oya-part.shell {
  position: relative;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-5);
  padding-left: env(safe-area-inset-left, 0px);
  padding-right: env(safe-area-inset-right, 0px);
}

oya-portal .oya-part.section {
  position: relative;
  scroll-margin-block-start: var(--oya-space-6);
}

/* A form without anything beside it stands in the middle of what the site gives the space. */
oya-portal .oya-part.section.alone {
  inline-size: min(100%, calc(26 * var(--oya-rem)));
  margin-inline: auto;
}

oya-portal .oya-part.skip {
  position: absolute;
  inset-block-start: 0;
  inset-inline-start: 0;
  z-index: 2;
  padding: var(--oya-space-3) var(--oya-space-4);
  border-radius: var(--oya-radius);
  background: var(--oya-color-accent);
  color: var(--oya-color-accent-ink);
  font-weight: 600;
  text-decoration: none;
}

oya-portal .oya-part.menu-button {
  display: flex;
  align-items: center;
  gap: var(--oya-space-3);
  inline-size: 100%;
  min-block-size: 48px;
  padding: var(--oya-space-2) var(--oya-space-4);
  border: 1px solid var(--oya-color-line-strong, currentColor);
  border-radius: var(--oya-radius);
  background: transparent;
  text-align: start;
  cursor: pointer;
}

oya-portal .oya-part.menu-words {
  font-weight: 600;
}

oya-portal .oya-part.menu-current {
  margin-inline-start: auto;
  overflow-wrap: anywhere;
  color: var(--oya-color-ink-soft);
}

oya-portal .oya-part.menu {
  display: none;
  gap: var(--oya-space-3);
  padding-block: var(--oya-space-2) var(--oya-space-3);
  border-block-end: 1px solid var(--oya-color-line);
}

oya-portal .oya-part.menu.open {
  display: grid;
}

oya-portal .oya-part.items {
  display: grid;
  gap: var(--oya-space-1);
  padding: 0;
  list-style: none;
}

oya-portal .oya-part.item {
  display: flex;
  align-items: center;
  gap: var(--oya-space-3);
  inline-size: 100%;
  min-block-size: 44px;
  padding: var(--oya-space-2) var(--oya-space-4);
  border: 0;
  border-radius: var(--oya-radius);
  background: transparent;
  color: var(--oya-color-ink);
  line-height: 1.25;
  text-align: start;
  text-decoration: none;
  cursor: pointer;
}

oya-portal .oya-part.item:hover {
  background: color-mix(in oklab, currentColor 7%, transparent);
}

oya-portal .oya-part.item[aria-current='page'] {
  background: color-mix(in oklab, var(--oya-color-accent) 12%, transparent);
  color: var(--oya-color-accent);
  font-weight: 650;
}

oya-portal .oya-part.who {
  display: grid;
  gap: var(--oya-space-1);
  padding-block-start: var(--oya-space-3);
  border-block-start: 1px solid var(--oya-color-line);
}

oya-portal .oya-part.name {
  padding-inline: var(--oya-space-4);
  overflow-wrap: anywhere;
  font-size: var(--oya-size-1);
  color: var(--oya-color-ink-soft);
}

oya-portal .oya-part.item.leave {
  color: var(--oya-color-ink-soft);
}

oya-portal .oya-part.item[aria-disabled='true'] {
  opacity: 0.6;
  cursor: default;
}

oya-portal .oya-part.item.leave:dir(rtl) > svg {
  transform: scaleX(-1);
}

oya-portal .oya-part.failure {
  padding: var(--oya-space-3) var(--oya-space-4);
  border-inline-start: 4px solid var(--oya-color-danger);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
  font-size: var(--oya-size-1);
}

oya-portal .oya-part.strong {
  font-weight: 650;
}

oya-portal > .placeholder {
  min-block-size: var(--oya-placeholder-size, calc(36 * var(--oya-rem)));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

:is(oya-portal, oya-portal > .shell > .content) > .notice {
  display: grid;
  justify-items: start;
  gap: var(--oya-space-3);
  padding: var(--oya-space-5);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
  max-inline-size: 65ch;
}

:is(oya-portal, oya-portal > .shell > .content) > .notice.error {
  border-inline-start: 4px solid var(--oya-color-danger);
}

:is(oya-portal, oya-portal > .shell > .content) > .notice > * {
  all: revert;
  box-sizing: border-box;
  margin: 0;
  font: inherit;
  color: inherit;
}

:is(oya-portal, oya-portal > .shell > .content) > .notice > .notice-title {
  font-size: var(--oya-size-3);
  line-height: 1.3;
  font-weight: 650;
}

:is(oya-portal, oya-portal > .shell > .content) > .notice > .button {
  min-block-size: 44px;
  padding: var(--oya-space-2) var(--oya-space-4);
  border: 1px solid var(--oya-color-line-strong, currentColor);
  border-radius: var(--oya-radius);
  background: transparent;
  font-weight: 600;
  cursor: pointer;
}

:is(oya-portal, oya-portal > .shell > .content) > .notice > .button:focus-visible {
  outline: var(--oya-focus-width) solid var(--oya-focus-color, var(--oya-color-accent));
  outline-offset: var(--oya-focus-gap);
}

:is(oya-portal, oya-portal > .shell > .content) > .notice > .reference {
  font-size: var(--oya-size-1);
  color: var(--oya-color-ink-soft);
  overflow-wrap: anywhere;
}

@container (inline-size >= 52rem) {
  oya-portal .oya-part.shell:has(> .nav) {
    grid-template-columns: calc(12.5 * var(--oya-rem)) minmax(0, 1fr);
    gap: var(--oya-space-7);
    align-items: start;
  }

  oya-portal .oya-part.menu-button {
    display: none;
  }

  oya-portal .oya-part.menu {
    display: grid;
    gap: var(--oya-space-4);
    padding: 0;
    border: 0;
  }
}

@media (forced-colors: active) {
  oya-portal .oya-part.item[aria-current='page'] {
    outline: 2px solid Highlight;
    outline-offset: -2px;
  }

  oya-portal .oya-part.item[aria-current='page']:focus-visible {
    outline-offset: 2px;
  }

  oya-portal > .placeholder,
  :is(oya-portal, oya-portal > .shell > .content) > .notice {
    border: 1px solid CanvasText;
  }
}

@media print {
  oya-portal .oya-part.nav {
    display: none;
  }
}
`;
