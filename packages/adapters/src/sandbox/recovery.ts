import {
  isCommonPassword,
  maskEmail,
  parseInput,
  passwordFaults,
  PortalError,
  requestIdentifier,
  requestPasswordReset,
  resetPassword,
  type Input,
  type Instant,
  type Output,
} from '@oya/contract';
import { accessRules, type Persona } from '@oya/personas';
import type { Accounts, SandboxAccount } from './accounts.ts';
import type { Mailbox } from './mailbox.ts';
import { MailedCode } from './mailed-code.ts';

interface Reset {
  /** Nobody's, where no account has what was typed: its code is never right. */
  readonly account: SandboxAccount | undefined;
  readonly code: MailedCode;
  id: string;
}

/** The ways back into an account of one utility's sandbox portal. Whether there is one is told by mail alone, never by an answer. */
export class Recovery {
  readonly #accounts: Accounts;
  readonly #mailbox: Mailbox;
  readonly #clock: () => Instant;
  /** By what was typed, so that asking again is slowed down alike for an account that exists and for one that does not. */
  readonly #resets = new Map<string, Reset>();
  readonly #reminders = new Map<string, MailedCode>();

  constructor(accounts: Accounts, mailbox: Mailbox, clock: () => Instant) {
    this.#accounts = accounts;
    this.#mailbox = mailbox;
    this.#clock = clock;
  }

  requestPasswordReset(input: Input<'requestPasswordReset'>): Output<'requestPasswordReset'> {
    const { login } = parseInput(requestPasswordReset, input);
    const account = this.#accounts.find(login);
    const reset = kept(this.#resets, login.toLowerCase(), () => ({ account, code: new MailedCode(accessRules.codeDigits), id: '' }));
    if (account) {
      const code = reset.code.renew(this.#clock());
      reset.id = crypto.randomUUID();
      this.#mailbox.send({ to: account.email, subject: 'Votre nouveau mot de passe', code, link: `#oya-reset=${reset.id}.${code}` });
    } else {
      reset.code.renewInVain(this.#clock());
      reset.id = crypto.randomUUID();
    }
    return { resetId: reset.id, ...reset.code.times(this.#clock()) };
  }

  /** @returns whose session is to be opened */
  resetPassword(input: Input<'resetPassword'>): Persona {
    const { resetId, code, password } = parseInput(resetPassword, input);
    const [key, reset] = [...this.#resets].find(([, { id }]) => id === resetId) ?? [];
    if (key === undefined || !reset) throw new PortalError('invalid', { detail: 'there is no such reset, or it has ended', fields: [{ path: 'code', code: 'ended' }] });
    const { account } = reset;
    reset.code.check(code, this.#clock());
    if (!account) throw new PortalError('invalid', { detail: 'the code is wrong', fields: [{ path: 'code', code: 'wrong' }] });
    const personal = [account.login, account.email, account.persona.customer.displayName];
    const faults = passwordFaults(password, accessRules.password, { personal, isListed: isCommonPassword });
    if (faults.length > 0) throw new PortalError('invalid', { detail: 'the password is too weak', fields: faults.map((fault) => ({ path: 'password', code: fault })) });
    account.password = password;
    for (const [typed, other] of this.#resets) if (other.account === account) this.#resets.delete(typed);
    return account.persona;
  }

  requestIdentifier(input: Input<'requestIdentifier'>): Output<'requestIdentifier'> {
    const { email } = parseInput(requestIdentifier, input);
    const account = this.#accounts.find(email);
    const reminder = kept(this.#reminders, email.toLowerCase(), () => new MailedCode(accessRules.codeDigits));
    reminder.renewInVain(this.#clock());
    if (account) this.#mailbox.send({ to: account.email, subject: `Votre identifiant : ${account.login}` });
    return { to: maskEmail(email), ...reminder.times(this.#clock()) };
  }
}

function kept<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}
