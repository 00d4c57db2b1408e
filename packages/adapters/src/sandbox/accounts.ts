import { personas, prospects, type Persona } from '@oya/personas';

/** An account of the sandbox: whose it is, and what opens it. */
export interface SandboxAccount {
  readonly persona: Persona;
  login: string;
  email: string;
  phone?: string | undefined;
  password: string;
}

/** The accounts of one utility's sandbox portal; they begin as the personas' and change as a visitor changes them. */
export class Accounts {
  readonly #accounts: SandboxAccount[];
  /** Customers without an account, as long as they have none. */
  readonly #prospects: Persona[];

  constructor(utility: string) {
    const ofUtility = (persona: Persona) => persona.utility === utility;
    this.#accounts = personas.filter(ofUtility).map((persona) => ({ persona, login: persona.login, email: persona.email, password: persona.password }));
    this.#prospects = prospects.filter(ofUtility);
  }

  get prospects(): readonly Persona[] {
    return this.#prospects;
  }

  /** By identifier or e-mail address; capitals and spaces around make no difference. */
  find(typed: string): SandboxAccount | undefined {
    const login = typed.trim().toLowerCase();
    return this.#accounts.find((account) => account.login === login || account.email === login);
  }

  ofPersona(persona: Persona): SandboxAccount | undefined {
    return this.#accounts.find((account) => account.persona.id === persona.id);
  }

  /** A customer gets an account. */
  add(account: SandboxAccount): void {
    this.#accounts.push({ ...account, login: account.login.toLowerCase(), email: account.email.toLowerCase() });
    const index = this.#prospects.indexOf(account.persona);
    if (index >= 0) this.#prospects.splice(index, 1);
  }

  /** The account is closed; whoever had it is a customer without one. */
  remove(persona: Persona): void {
    const index = this.#accounts.findIndex((account) => account.persona.id === persona.id);
    if (index < 0) return;
    this.#accounts.splice(index, 1);
    this.#prospects.push(persona);
  }
}
