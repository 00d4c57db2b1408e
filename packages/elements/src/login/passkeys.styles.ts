import { lightFormStyles } from '../light-form/light-form.styles.ts';

const TAG = 'oya-login-passkeys';

export const loginPasskeysStyles = `${lightFormStyles(TAG)}
${TAG} .view {
  gap: var(--oya-space-3);
}

${TAG} .or {
  display: flex;
  align-items: center;
  gap: var(--oya-space-3);
  color: var(--oya-color-ink-soft);
}

${TAG} .line {
  flex: 1;
  border-block-start: 1px solid var(--oya-color-line);
}
`;
