import { lightHostStyles } from '../light-host.styles.ts';

/**
 * Only the app's own parts, which say so by their class: what stands in its tabs brings styles of its own. On a phone the tabs
 * are under the thumb, clear of the line that the system draws there; where there is room they stand at the top.
 */
export const appStyles = `${lightHostStyles('oya-app')}
oya-app {
  --oya-app-tabs: calc(3.75 * var(--oya-rem));
  container-type: inline-size;
  min-block-size: 100dvh;
  background: var(--oya-color-surface);
  font-variant-numeric: tabular-nums;
}

oya-app .oya-app-part {
  all: revert;
  box-sizing: border-box;
  margin: 0;
  font: inherit;
  color: inherit;
  letter-spacing: inherit;
}

oya-app .oya-app-part[hidden] {
  display: none;
}

oya-app .oya-app-part.shell {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  align-content: start;
  min-block-size: 100dvh;
}

oya-app .oya-app-part.top {
  position: sticky;
  inset-block-start: 0;
  z-index: 2;
  border-block-end: 1px solid var(--oya-color-line);
  background: var(--oya-color-surface);
  padding-block-start: env(safe-area-inset-top, 0px);
}

oya-app .oya-app-part.bar {
  display: flex;
  align-items: baseline;
  gap: var(--oya-space-3);
  min-block-size: 52px;
  padding: var(--oya-space-3) max(var(--oya-space-4), env(safe-area-inset-right, 0px)) var(--oya-space-3) max(var(--oya-space-4), env(safe-area-inset-left, 0px));
}

oya-app .oya-app-part.title,
oya-app .oya-app-part.title > * {
  margin: 0;
  font-size: var(--oya-size-3);
  font-weight: 650;
  line-height: 1.3;
  color: inherit;
}

oya-app .oya-app-part.whose {
  margin-inline-start: auto;
  font-size: var(--oya-size-1);
  font-weight: 600;
  color: var(--oya-color-accent);
}

oya-app .oya-app-part.content {
  padding: var(--oya-space-5) max(var(--oya-space-4), env(safe-area-inset-right, 0px)) calc(var(--oya-app-tabs) + env(safe-area-inset-bottom, 0px) + var(--oya-space-6)) max(var(--oya-space-4), env(safe-area-inset-left, 0px));
}

oya-app .oya-app-part.tab-content {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-7);
}

oya-app .oya-app-part.tab-content[hidden] {
  display: none;
}

oya-app .oya-app-part.tabs {
  position: fixed;
  inset-block-end: 0;
  inset-inline: 0;
  z-index: 3;
  border-block-start: 1px solid var(--oya-color-line);
  background: var(--oya-color-surface);
  padding: 0 env(safe-area-inset-right, 0px) env(safe-area-inset-bottom, 0px) env(safe-area-inset-left, 0px);
}

oya-app .oya-app-part.items {
  display: grid;
  grid-auto-flow: column;
  grid-auto-columns: minmax(0, 1fr);
  padding: 0;
  list-style: none;
}

oya-app .oya-app-part.tab {
  display: grid;
  justify-items: center;
  align-content: start;
  gap: 2px;
  min-block-size: var(--oya-app-tabs);
  padding: var(--oya-space-2) 0 var(--oya-space-1);
  border-block-start: 3px solid transparent;
  color: var(--oya-color-ink-soft);
  font-size: clamp(0.6875rem, 3cqi, 0.8125rem);
  line-height: 1.2;
  text-align: center;
  text-decoration: none;
}

oya-app .oya-app-part.tab:hover {
  color: var(--oya-color-ink);
}

oya-app .oya-app-part.tab[aria-current] {
  border-block-start-color: var(--oya-color-accent);
  color: var(--oya-color-accent);
  font-weight: 650;
}

oya-app .oya-app-part.tab > svg {
  display: block;
  inline-size: 24px;
  block-size: 24px;
  fill: none;
  stroke: currentColor;
  stroke-width: 2;
}

oya-app .oya-app-part:focus-visible {
  outline: var(--oya-focus-width) solid var(--oya-focus-color, var(--oya-color-accent));
  outline-offset: calc(-1 * var(--oya-focus-gap));
  border-radius: var(--oya-radius);
}

oya-app .oya-app-part.title > :focus-visible {
  outline-offset: var(--oya-focus-gap);
  border-radius: 2px;
}

oya-app .oya-app-part.skip:not(:focus) {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

oya-app .oya-app-part.skip {
  position: absolute;
  z-index: 4;
  padding: var(--oya-space-3) var(--oya-space-4);
  border-radius: var(--oya-radius);
  background: var(--oya-color-accent);
  color: var(--oya-color-accent-ink);
  font-weight: 600;
  text-decoration: none;
}

oya-app > .placeholder {
  min-block-size: 100dvh;
}

oya-app > .placeholder > .visually-hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}

/* A notice of the page stands above the tabs, not on them. */
body:has(oya-app) oya-session > .foot {
  inset-block-end: calc(4.5rem + env(safe-area-inset-bottom, 0px));
}

@container (inline-size >= 52rem) {
  oya-app .oya-app-part.bar,
  oya-app .oya-app-part.items,
  oya-app .oya-app-part.content {
    inline-size: min(100%, calc(70 * var(--oya-rem)));
    margin-inline: auto;
  }

  oya-app .oya-app-part.tabs {
    position: static;
    border-block-start: 0;
    border-block-end: 1px solid var(--oya-color-line);
    padding: 0;
  }

  oya-app .oya-app-part.items {
    grid-auto-columns: max-content;
    padding-inline: var(--oya-space-4);
  }

  oya-app .oya-app-part.top {
    position: static;
    border-block-end: 0;
  }

  oya-app .oya-app-part.content {
    padding-block-end: var(--oya-space-7);
  }

  oya-app .oya-app-part.tab {
    grid-auto-flow: column;
    align-content: center;
    align-items: center;
    gap: var(--oya-space-2);
    min-block-size: 48px;
    padding: var(--oya-space-2) var(--oya-space-4);
    border-block-start: 0;
    border-block-end: 3px solid transparent;
    font-size: var(--oya-size-2);
  }

  oya-app .oya-app-part.tab[aria-current] {
    border-block-end-color: var(--oya-color-accent);
  }

  oya-app .oya-app-part.tab > svg {
    inline-size: 20px;
    block-size: 20px;
  }
}

@media (forced-colors: active) {
  oya-app .oya-app-part.tab[aria-current] {
    border-color: Highlight;
  }
}

@media print {
  oya-app .oya-app-part.tabs {
    display: none;
  }
}
`;
