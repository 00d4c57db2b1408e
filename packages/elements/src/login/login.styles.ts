import { lightFormStyles } from '../light-form/light-form.styles.ts';

export const loginStyles = `${lightFormStyles('oya-login')}
oya-login .placeholder {
  min-block-size: 23.5rem;
  max-inline-size: 26rem;
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-login .ways {
  display: flex;
  flex-wrap: wrap;
  gap: 0 var(--oya-space-5);
}

oya-login .ways a {
  display: inline-flex;
  align-items: center;
  min-block-size: 44px;
}
`;
