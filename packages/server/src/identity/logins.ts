/**
 * The one form of an identifier or e-mail address, for storing and comparing: capitals, spaces around and
 * the ways to write an accent make no difference.
 */
export function canonicalLogin(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

/** An e-mail address has an `@`, an identifier never. */
export function isEmail(login: string): boolean {
  return login.includes('@');
}
