import { lightFormStyles } from '../light-form/light-form.styles.ts';

export const loginStyles = `${lightFormStyles('oya-login')}
oya-login .placeholder {
  min-block-size: calc(27.5 * var(--oya-rem));
  max-inline-size: calc(26 * var(--oya-rem));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-login > :is(oya-login-card, oya-login-recovery) {
  display: block;
}
`;
