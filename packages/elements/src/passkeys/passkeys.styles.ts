import { lightFormStyles } from '../light-form/light-form.styles.ts';

export const passkeysStyles = `${lightFormStyles('oya-passkeys')}
oya-passkeys .placeholder {
  min-block-size: calc(12 * var(--oya-rem));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-passkeys > .view {
  max-inline-size: calc(40 * var(--oya-rem));
}

oya-passkeys > .view > p {
  max-inline-size: 65ch;
}

oya-passkeys .keys {
  display: grid;
  padding: 0;
  list-style: none;
}

oya-passkeys li {
  display: flex;
  flex-wrap: wrap;
  align-items: start;
  gap: var(--oya-space-3);
  padding-block: var(--oya-space-4);
  border-block-end: 1px solid var(--oya-color-line);
}

oya-passkeys li svg {
  margin-block-start: 0.125em;
  color: var(--oya-color-ink-soft);
}

oya-passkeys .about {
  flex: 1 1 calc(12 * var(--oya-rem));
  min-inline-size: 0;
}

oya-passkeys .label {
  font-weight: 600;
  overflow-wrap: anywhere;
}

oya-passkeys .sure {
  flex-basis: 100%;
}

oya-passkeys .button.danger,
oya-passkeys .button.danger:hover {
  border-color: transparent;
  background: var(--oya-color-danger);
  color: var(--oya-color-surface);
}

oya-passkeys .outcome {
  display: flex;
  gap: var(--oya-space-3);
}

oya-passkeys .outcome svg {
  margin-block-start: 0.125em;
  color: var(--oya-color-success);
}

oya-passkeys :is(.outcome, .notice-title):focus {
  outline: none;
}

oya-passkeys .add {
  justify-self: start;
}
`;
