import { lightFormStyles } from '../light-form/light-form.styles.ts';

const TAG = 'oya-login-card';

export const cardStyles = `${lightFormStyles(TAG)}
${TAG} .card {
  gap: var(--oya-space-5);
  max-inline-size: calc(32 * var(--oya-rem));
  padding: var(--oya-space-5);
  border: 1px solid var(--oya-color-line);
  border-radius: var(--oya-radius);
}

${TAG} .who {
  display: flex;
  align-items: start;
  gap: var(--oya-space-4);
}

${TAG} .initials {
  display: grid;
  flex: none;
  place-items: center;
  inline-size: calc(3.5 * var(--oya-rem));
  block-size: calc(3.5 * var(--oya-rem));
  border-radius: 50%;
  background: color-mix(in oklab, var(--oya-color-accent) 14%, transparent);
  color: var(--oya-color-accent);
  font-size: var(--oya-size-3);
  font-weight: 650;
}

${TAG} .notice.done {
  display: flex;
  gap: var(--oya-space-3);
}

${TAG} .notice.done svg {
  margin-block-start: calc(0.25 * var(--oya-rem));
  color: var(--oya-color-success);
}
`;
