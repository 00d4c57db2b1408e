import { lightFormStyles } from '../light-form/light-form.styles.ts';

export const loginStyles = `${lightFormStyles('oya-login')}
oya-login .placeholder {
  min-block-size: calc(27.5 * var(--oya-rem));
  max-inline-size: calc(26 * var(--oya-rem));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-login .ways {
  display: flex;
  flex-wrap: wrap;
  gap: 0 var(--oya-space-5);
}

oya-login .ways :is(a, .as-link) {
  display: inline-flex;
  align-items: center;
  min-block-size: 44px;
}

oya-login .as-link {
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

oya-login .summary .as-link {
  min-block-size: 44px;
}

oya-login > :is(oya-login-card, oya-login-recovery) {
  display: block;
}

oya-login .checkbox {
  display: flex;
  align-items: start;
  gap: var(--oya-space-3);
}

oya-login [type='checkbox'] {
  flex: none;
  inline-size: calc(1.25 * var(--oya-rem));
  block-size: calc(1.25 * var(--oya-rem));
  margin: calc(0.125 * var(--oya-rem)) 0 0;
  accent-color: var(--oya-color-accent);
  cursor: pointer;
}

oya-login .checkbox label {
  cursor: pointer;
}
`;
