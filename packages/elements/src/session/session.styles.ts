import { lightHostStyles } from '../light-host.styles.ts';

/** Only its own parts are styled here: the sign-in inside the dialog brings its styles itself. */
const OWN = 'oya-session :where(.foot, .foot *, dialog, .decline, .decline *)';

export const sessionStyles = `${lightHostStyles('oya-session')}
${OWN} {
  all: revert;
  box-sizing: border-box;
  font: inherit;
  color: inherit;
  letter-spacing: inherit;
}

oya-session .visually-hidden {
  position: absolute;
  inline-size: 1px;
  block-size: 1px;
  margin: 0;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

oya-session > .foot {
  position: fixed;
  inset-block-end: var(--oya-space-4);
  inset-inline: var(--oya-space-4);
  z-index: 2147483000;
  container-type: inline-size;
  max-inline-size: calc(52 * var(--oya-rem));
  margin-inline: auto;
  border: 1px solid var(--oya-color-line-strong, currentColor);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface);
  box-shadow: 0 8px 24px rgb(0 0 0 / 18%);
}

oya-session .foot > .bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-3) var(--oya-space-5);
  padding: var(--oya-space-4);
}

oya-session .bar > .what {
  flex: 1 1 calc(18 * var(--oya-rem));
  min-inline-size: 0;
}

oya-session .what > p.title {
  margin: 0;
  font-size: var(--oya-size-3);
  font-weight: 650;
  line-height: 1.3;
  font-variant-numeric: tabular-nums;
}

oya-session .what > p.soft,
oya-session .what > p.failed {
  margin: var(--oya-space-1) 0 0;
  color: var(--oya-color-ink-soft);
}

oya-session .what > p.failed {
  color: var(--oya-color-danger);
  font-weight: 600;
}

oya-session .bar > .actions {
  display: flex;
  flex-wrap: wrap;
  gap: var(--oya-space-3);
}

oya-session :is(.actions, .decline) > .own {
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
  cursor: pointer;
}

oya-session :is(.actions, .decline) > .own:hover {
  background: color-mix(in oklab, currentColor 8%, transparent);
}

oya-session :is(.actions, .decline) > .own.primary {
  border-color: transparent;
  background: var(--oya-color-accent);
  color: var(--oya-color-accent-ink);
}

oya-session :is(.actions, .decline) > .own.primary:hover {
  background: color-mix(in oklab, var(--oya-color-accent) 88%, var(--oya-color-ink));
}

oya-session :is(.actions, .decline) > .own[aria-disabled='true'] {
  opacity: 0.6;
  cursor: default;
}

oya-session :is(.actions, .decline) > .own:focus-visible {
  outline: 2px solid var(--oya-focus-color, var(--oya-color-accent));
  outline-offset: 2px;
}

oya-session > dialog.over {
  inline-size: min(calc(30 * var(--oya-rem)), 100vw - 2 * var(--oya-space-4));
  max-inline-size: none;
  max-block-size: calc(100dvh - 2 * var(--oya-space-4));
  margin: auto;
  padding: var(--oya-space-6);
  overflow: auto;
  border: 0;
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface);
  box-shadow: 0 16px 48px rgb(0 0 0 / 30%);
}

oya-session > dialog.over:not([open]) {
  display: none;
}

oya-session > dialog.over:focus {
  outline: none;
}

oya-session > dialog.over::backdrop {
  background: color-mix(in oklab, var(--oya-color-surface-raised) 72%, transparent);
  backdrop-filter: blur(14px);
}

oya-session .decline {
  margin-block-start: var(--oya-space-4);
}

@media (width < 30rem) {
  oya-session > dialog.over {
    padding: var(--oya-space-4);
  }

  oya-session .bar > .actions,
  oya-session .actions > button {
    flex: 1 1 auto;
  }
}

@media (forced-colors: active) {
  oya-session > dialog.over {
    border: 1px solid CanvasText;
  }

  oya-session :is(.actions, .decline) > .own.primary {
    border-color: ButtonText;
  }
}
`;
