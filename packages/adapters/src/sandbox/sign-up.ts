import {
  checkIdentifier,
  confirmSignUp,
  getSignUp,
  instant,
  isCommonPassword,
  maskEmail,
  parseInput,
  passwordFaults,
  PortalError,
  resendSignUpCode,
  startSignUp,
  submitSignUp,
  type AccessRules,
  type Challenge,
  type FieldError,
  type Input,
  type Instant,
  type Output,
  type Proof,
  type SignUp,
} from '@oya/contract';
import { accessRules, type Persona } from '@oya/personas';
import { createChallenge, verifySolution } from 'altcha-lib/v1';
import type { Accounts } from './accounts.ts';
import type { Invoices } from './invoices.ts';
import type { Mailbox } from './mailbox.ts';
import { MailedCode } from './mailed-code.ts';
import { provesContract, WrongProofs } from './proofs.ts';

const SIGN_UP_MS = 24 * 3_600_000;
const CHALLENGE_MS = 20 * 60_000;
/** A real proof of work that a slow phone still does at once. */
const HARDEST_NUMBER = 500;

interface Pending {
  readonly id: string;
  readonly persona: Persona;
  readonly proof: Proof['kind'];
  readonly expiresAt: Instant;
  readonly code: MailedCode;
  account?: { email: string; phone: string | undefined; identifier: string; password: string };
}

/** Accounts being made at one utility's sandbox portal, by the rules that a server keeps. */
export class SignUps {
  readonly #accounts: Accounts;
  readonly #invoices: Invoices;
  readonly #mailbox: Mailbox;
  readonly #clock: () => Instant;
  readonly #pending = new Map<string, Pending>();
  /** Challenges given out, each good for one form. */
  readonly #challenges = new Map<string, number>();
  readonly #hmacKey = crypto.randomUUID();
  readonly #wrongProofs: WrongProofs;

  constructor(accounts: Accounts, invoices: Invoices, mailbox: Mailbox, clock: () => Instant) {
    this.#accounts = accounts;
    this.#invoices = invoices;
    this.#mailbox = mailbox;
    this.#clock = clock;
    this.#wrongProofs = new WrongProofs(clock);
  }

  describeAccess(): AccessRules {
    return accessRules;
  }

  async getChallenge(): Promise<Challenge> {
    const { algorithm, challenge, salt, signature, maxnumber } = await createChallenge({ hmacKey: this.#hmacKey, maxnumber: HARDEST_NUMBER });
    this.#challenges.set(salt, this.#now + CHALLENGE_MS);
    return { algorithm, challenge, salt, signature, maxNumber: maxnumber ?? HARDEST_NUMBER };
  }

  checkIdentifier(input: Input<'checkIdentifier'>): Output<'checkIdentifier'> {
    const { identifier } = parseInput(checkIdentifier, input);
    return { identifier, available: !this.#isTaken(identifier) };
  }

  startSignUp(input: Input<'startSignUp'>): SignUp {
    const { proof, termsVersion } = parseInput(startSignUp, input);
    this.#wrongProofs.check();
    if (termsVersion !== accessRules.terms.version) throw new PortalError('invalid', { code: 'terms-changed', detail: `the terms are now ${accessRules.terms.version}` });
    // Only customers without an account are looked at: a proof that was used is as wrong as one that never was.
    const persona = this.#accounts.prospects.find((prospect) => this.#proves(proof, prospect));
    if (!persona) {
      this.#wrongProofs.note();
      throw new PortalError('invalid', { code: 'proof-refused', detail: 'no customer without an account has these papers' });
    }
    this.#wrongProofs.forget();
    const pending: Pending = { id: crypto.randomUUID(), persona, proof: proof.kind, expiresAt: instant(this.#now + SIGN_UP_MS), code: new MailedCode(accessRules.codeDigits) };
    this.#pending.set(pending.id, pending);
    return this.#stateOf(pending);
  }

  getSignUp(input: Input<'getSignUp'>): SignUp {
    return this.#stateOf(this.#find(parseInput(getSignUp, input).signUpId));
  }

  async submitSignUp(input: Input<'submitSignUp'>): Promise<SignUp> {
    const { signUpId, email, phone, identifier, password, challenge } = parseInput(submitSignUp, input);
    const pending = this.#find(signUpId);
    const fields: FieldError[] = [];
    if (this.#isTaken(identifier, pending)) fields.push({ path: 'identifier', code: 'taken' });
    const personal = [identifier, email, pending.persona.customer.displayName];
    for (const code of passwordFaults(password, accessRules.password, { personal, isListed: isCommonPassword })) fields.push({ path: 'password', code });
    if (!(await this.#isSolved(challenge))) fields.push({ path: 'challenge', code: 'unsolved' });
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'the account cannot be made with this', fields });
    this.#send(pending, { email, phone, identifier, password });
    return this.#stateOf(pending);
  }

  resendSignUpCode(input: Input<'resendSignUpCode'>): SignUp {
    const { signUpId, email } = parseInput(resendSignUpCode, input);
    const pending = this.#find(signUpId);
    if (!pending.account) throw notFound();
    this.#send(pending, { ...pending.account, ...(email !== undefined && { email }) });
    return this.#stateOf(pending);
  }

  /** @returns whose session is to be opened */
  confirmSignUp(input: Input<'confirmSignUp'>): Persona {
    const { signUpId, code } = parseInput(confirmSignUp, input);
    const pending = this.#find(signUpId);
    if (!pending.account) throw notFound();
    pending.code.check(code, this.#clock());
    const { email, phone, identifier, password } = pending.account;
    this.#accounts.add({ persona: pending.persona, login: identifier, email, phone, password });
    this.#pending.delete(signUpId);
    return pending.persona;
  }

  /** Where the right password of an account without a confirmed address leads: back to its code. */
  unconfirmed({ login, password }: Input<'signIn'>): Output<'signIn'> | undefined {
    const typed = login.trim().toLowerCase();
    const found = [...this.#pending.values()].find(({ account }) => account && [account.identifier.toLowerCase(), account.email.toLowerCase()].includes(typed) && account.password === password);
    return found && this.#isOpen(found) ? { state: 'unconfirmed', signUpId: found.id } : undefined;
  }

  get #now(): number {
    return Date.parse(this.#clock());
  }

  /** Mails a code, or, where the address has an account, tells its owner; the answer is the same. */
  #send(pending: Pending, account: NonNullable<Pending['account']>): void {
    if (this.#accounts.find(account.email)) {
      pending.code.renewInVain(this.#clock());
      this.#mailbox.send({ to: account.email, subject: 'Vous avez déjà un compte' });
    } else {
      const code = pending.code.renew(this.#clock());
      this.#mailbox.send({ to: account.email, subject: 'Votre code de validation', code, link: `#oya-signup=${pending.id}` });
    }
    pending.account = account;
  }

  #stateOf({ id, proof, expiresAt, account, code }: Pending): SignUp {
    const known = { id, proof, expiresAt };
    return account ? { state: 'code-sent', ...known, code: { to: maskEmail(account.email), ...code.times(this.#clock()) } } : { state: 'proved', ...known };
  }

  #find(id: string): Pending {
    const pending = this.#pending.get(id);
    if (!pending || !this.#isOpen(pending)) throw notFound();
    return pending;
  }

  /** Not too old, and nobody else has made the customer's account meanwhile. */
  #isOpen({ persona, expiresAt }: Pending): boolean {
    return Date.parse(expiresAt) > this.#now && this.#accounts.prospects.includes(persona);
  }

  #isTaken(identifier: string, own?: Pending): boolean {
    const reserved = [...this.#pending.values()].some((pending) => pending !== own && this.#isOpen(pending) && pending.account?.identifier.toLowerCase() === identifier.toLowerCase());
    return reserved || this.#accounts.find(identifier) !== undefined;
  }

  #proves(proof: Proof, prospect: Persona): boolean {
    if (proof.kind === 'invoice') return this.#invoices.provedBy(proof, [prospect]) !== undefined;
    return prospect.contracts.some((contract) => provesContract(proof, contract));
  }

  async #isSolved(solution: string): Promise<boolean> {
    const salt = saltOf(solution);
    const goodUntil = salt === undefined ? undefined : this.#challenges.get(salt);
    if (salt === undefined || goodUntil === undefined || goodUntil <= this.#now) return false;
    this.#challenges.delete(salt);
    return verifySolution(solution, this.#hmacKey, false);
  }
}

function saltOf(solution: string): string | undefined {
  try {
    const { salt } = JSON.parse(atob(solution)) as { salt?: unknown };
    return typeof salt === 'string' ? salt : undefined;
  } catch {
    return undefined;
  }
}

/** The same for what does not exist and for what has ended. */
function notFound(): PortalError {
  return new PortalError('not-found', { detail: 'there is no such sign-up, or it has ended' });
}
