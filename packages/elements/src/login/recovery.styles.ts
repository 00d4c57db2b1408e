import { lightFormStyles } from '../light-form/light-form.styles.ts';
import { passwordRulesStyles } from '../light-form/password-rules.styles.ts';

const TAG = 'oya-login-recovery';

export const recoveryStyles = `${lightFormStyles(TAG)}${passwordRulesStyles(TAG)}
${TAG} [hidden] {
  display: none;
}

${TAG} .head {
  display: grid;
  gap: var(--oya-space-3);
}

${TAG} .back {
  display: inline-flex;
  align-items: center;
  gap: var(--oya-space-2);
  justify-self: start;
  min-block-size: 44px;
}

${TAG} .one-code input {
  max-inline-size: calc(12 * var(--oya-rem));
  font-size: var(--oya-size-4);
  font-variant-numeric: tabular-nums;
  letter-spacing: 0.12em;
}

${TAG} .help {
  display: grid;
  gap: var(--oya-space-2);
  padding-block-start: var(--oya-space-5);
  border-block-start: 1px solid var(--oya-color-line);
}

${TAG} .help-title {
  font-weight: 650;
}
`;
