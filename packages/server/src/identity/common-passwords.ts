/** The long list of passwords that people choose, beside the short one that the screen warns of. */
import { isCommonPassword, passwordFaults, PortalError, type FieldError, type PasswordPolicy } from '@oya/contract';
import { dictionary } from '@zxcvbn-ts/language-common';

const listed: ReadonlySet<string> = new Set(dictionary['passwords-common']);

export function isListed(word: string): boolean {
  return isCommonPassword(word) || listed.has(word);
}

/** Each fault of a new password as a refused field. */
export function passwordErrors(password: string, policy: PasswordPolicy, personal: readonly string[]): FieldError[] {
  return passwordFaults(password, policy, { personal, isListed }).map((code) => ({ path: 'password', code }));
}

/** @throws PortalError `invalid`, naming each fault */
export function requireGoodPassword(password: string, policy: PasswordPolicy, personal: readonly string[]): void {
  const fields = passwordErrors(password, policy, personal);
  if (fields.length > 0) throw new PortalError('invalid', { detail: 'the password does not satisfy the rules', fields });
}
