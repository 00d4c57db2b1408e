/** Getting in: what a portal asks of somebody who makes an account, and the rules that screen and server share about it. */
import * as z from 'zod/mini';
import { Id, LocalizedText } from './portal.ts';
import { Instant } from './time.ts';
import { Cents } from './units.ts';

/** What a password must have; a tenant's own. Longer is always allowed, up to `LONGEST_PASSWORD`. */
export const PasswordPolicy = z.object({
  minLength: z.int().check(z.minimum(8), z.maximum(64)),
  lower: z.boolean(),
  upper: z.boolean(),
  digit: z.boolean(),
  special: z.boolean(),
});
export type PasswordPolicy = z.infer<typeof PasswordPolicy>;

export const LONGEST_PASSWORD = 1024;

/** A version of the general terms, as accepted with an account: the version is recorded. */
export const Terms = z.object({ version: z.string().check(z.minLength(1)), address: z.string(), title: LocalizedText });
export type Terms = z.infer<typeof Terms>;

/** How one proves to be a customer. */
export const ProofKind = z.enum(['invoice', 'contract']);
export type ProofKind = z.infer<typeof ProofKind>;

/** The rules of an installation for making accounts. */
export const AccessRules = z.object({
  terms: Terms,
  proofs: z.array(ProofKind).check(z.minLength(1)),
  password: PasswordPolicy,
  /** Digits of a validation code: seven are the fewest with 20 bits. */
  codeDigits: z.int().check(z.minimum(7), z.maximum(10)),
  /** Customers may add passkeys, and sign in with them. */
  passkeys: z.optional(z.boolean()),
});
export type AccessRules = z.infer<typeof AccessRules>;

/** Two letters and ten digits, as printed on the invoice. `readInvoiceNumber` makes it from what people type. */
export const InvoiceNumber = z.string().check(z.regex(/^[A-Z]{2}\d{10}$/));

/** What only somebody with the papers in hand knows. */
export const Proof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('invoice'), number: InvoiceNumber, total: Cents }),
  z.object({
    kind: z.literal('contract'),
    contractNumber: z.string().check(z.minLength(1), z.maxLength(32)),
    deliveryPoint: z.string().check(z.regex(/^(\d{14}|GI\d{6})$/)),
    lastName: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
  }),
]);
export type Proof = z.infer<typeof Proof>;

/** Without what a mail program could take for a list of addresses, a name, or nothing to be seen. */
export const EmailAddress = z.string().check(z.trim(), z.maxLength(254), z.regex(/^[^\s@<>()[\]\\,;:"\p{C}]+@[^\s@<>()[\]\\,;:"\p{C}]+\.[^\s@<>()[\]\\,;:"\p{C}]+$/u));
/** Chosen freely; without `@`, so that it is never taken for an e-mail address. */
export const Identifier = z.string().check(z.trim(), z.minLength(4), z.maxLength(64), z.regex(/^[\p{L}\p{N}._-]+$/u));
/** E.164: `+33612345678`. */
export const PhoneNumber = z.string().check(z.regex(/^\+[1-9]\d{6,14}$/));
export const NewPassword = z.string().check(z.minLength(1), z.maxLength(LONGEST_PASSWORD));
/**
 * That it is the customer who asks for what could lock them out or let others in: the password, or else a sign-in in the same
 * browser within the last ten minutes by a passkey or by the host site. An operation that takes it refuses with `invalid` on
 * `currentPassword` (`wrong`), or `forbidden` with the code `confirmation-needed` where there is neither.
 */
export const confirmation = { currentPassword: z.optional(NewPassword) };
export const CONFIRMED_FOR_MINUTES = 10;
export const Code = z.string().check(z.regex(/^\d{4,10}$/));

/** A proof of work for a browser that wants to send a form (ALTCHA): it keeps robots busy and asks nothing of people. */
export const Challenge = z.object({ algorithm: z.string(), challenge: z.string(), salt: z.string(), signature: z.string(), maxNumber: z.int() });
export type Challenge = z.infer<typeof Challenge>;
/** The solved challenge, base64 JSON as ALTCHA writes it. */
export const ChallengeSolution = z.string().check(z.minLength(1), z.maxLength(4096));

/** A code is on its way. Said alike whether or not there is such an account. */
export const CodeSent = z.object({
  /** The address, mostly hidden: `c•••••@example.org`. */
  to: z.string(),
  expiresAt: Instant,
  /** From then on another can be sent. */
  resendAt: Instant,
  /** The portal's clock as it answered: that of a browser may be wrong, and what is left of a code is told by their difference. */
  answeredAt: z.optional(Instant),
});
export type CodeSent = z.infer<typeof CodeSent>;

/** Where a sign-up stands. Its id is a secret that only the browser, or the mail, of the person who makes it holds. */
export const SignUp = z.discriminatedUnion('state', [
  z.object({ state: z.literal('proved'), id: Id, proof: ProofKind, expiresAt: Instant }),
  z.object({ state: z.literal('code-sent'), id: Id, proof: ProofKind, expiresAt: Instant, code: CodeSent }),
]);
export type SignUp = z.infer<typeof SignUp>;

/**
 * The number of an invoice from what people type (`ab 1234 567 890`, `AB-1234567890`): letters raised, spaces, dots and
 * dashes gone. `undefined` when it is not two letters and ten digits.
 */
export function readInvoiceNumber(typed: string): string | undefined {
  const number = typed.normalize('NFKC').replaceAll(/[\s.\-‐-―/_]/gu, '').toUpperCase();
  return /^[A-Z]{2}\d{10}$/.test(number) ? number : undefined;
}

/**
 * An amount from what people type: `123,45`, `123.45`, `1 234,50 €`, `1.234,50`, `123`. `undefined` when it cannot be told
 * for sure: a single separator with three digits after it (`1.234`) is a thousand, as on an invoice; `12,3` is 12,30.
 */
export function readAmount(typed: string): Cents | undefined {
  const text = typed.normalize('NFKC').replaceAll(/[\s'’]/gu, '').replace(/^(?:€|EUR)|(?:€|EUR)$/i, '').replace(/^[−–]/, '-');
  const match = /^([+-]?)(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', decimals = ''] = match;
  // One sign groups thousands, the other begins the cents: the same for both is a mistake.
  const grouping = /[.,]/.exec(whole)?.[0];
  if (grouping && (whole.match(/[.,]/g)?.some((each) => each !== grouping) || (decimals && text.at(-decimals.length - 1) === grouping))) return undefined;
  const value = Number(whole.replaceAll(/[.,]/g, '')) * 100 + Number(decimals.padEnd(2, '0'));
  if (!Number.isSafeInteger(value)) return undefined;
  return (sign === '-' && value !== 0 ? -value : value) as Cents;
}

/** A delivery point from what people type: `08 123 456 789 012` or `gi 123456`; `undefined` when it is none. */
export function readDeliveryPoint(typed: string): string | undefined {
  const point = typed.normalize('NFKC').replaceAll(/[\s.\-]/gu, '').toUpperCase();
  return /^(\d{14}|GI\d{6})$/.test(point) ? point : undefined;
}

export type PasswordFault = 'length' | 'lower' | 'upper' | 'digit' | 'special' | 'common' | 'personal';

/** What a policy asks for, in the order in which it is shown. `common` and `personal` always hold. */
export function passwordRules({ lower, upper, digit, special }: PasswordPolicy): PasswordFault[] {
  return ['length', ...(lower ? ['lower' as const] : []), ...(upper ? ['upper' as const] : []), ...(digit ? ['digit' as const] : []), ...(special ? ['special' as const] : []), 'common', 'personal'];
}

/**
 * What is wrong with a new password. Length counts characters as people see them.
 * @param personal the identifier, e-mail address and name, none of which may be the password's main part
 * @param isListed whether a word is on a list of common passwords; asked for the password without capitals, and for its
 *   letters without the digits and signs around them, so that `Soleil-2026` is known for what it is
 */
export function passwordFaults(password: string, policy: PasswordPolicy, { personal = [], isListed }: { personal?: readonly string[]; isListed: (word: string) => boolean }): PasswordFault[] {
  const text = password.normalize('NFKC');
  const lowered = text.toLowerCase();
  const core = lowered.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const faults: Record<PasswordFault, boolean> = {
    length: [...text].length < policy.minLength,
    lower: !/\p{Ll}/u.test(text),
    upper: !/\p{Lu}/u.test(text),
    digit: !/\p{Nd}/u.test(text),
    special: !/[^\p{L}\p{N}\s]/u.test(text),
    common: isListed(lowered) || (core.length >= 4 && isListed(core)),
    personal: personal.some((each) => isMainPart(each, lowered)),
  };
  return passwordRules(policy).filter((rule) => faults[rule]);
}

/** A word of the person's own that makes up most of the password. */
function isMainPart(own: string, password: string): boolean {
  const words = [own.toLowerCase(), ...own.toLowerCase().split(/[^\p{L}\p{N}]+/u)];
  return words.some((word) => word.length >= 4 && password.includes(word) && word.length * 2 > password.length);
}
