import {
  getConsumption,
  giveConsents,
  listConsents,
  listMeters,
  signIn,
  answerConsumption, calendarStep, checkQuestion, CONFIRMED_FOR_MINUTES, daysToRead, instant, localDay, parseInput, PortalError,
  type Consent, type Consumption, type Contract, type Device, type Input, type Instant, type Meter, type Page, type Period, type Session, type SignInAnswer, type Utility,
} from '@oya/contract';
import { availability, findPersona, freshness, measuredDays, powerUnitOf, tariffOf, weatherOn, type MeasuredDay, type Persona, type PersonaMeter } from '@oya/personas';
import { Accounts } from './accounts.ts';
import { Contracts } from './contracts.ts';
import type { Mailbox } from './mailbox.ts';
import { WrongProofs } from './proofs.ts';

/** How long a session holds after signing in, and after it was prolonged. */
const SESSION_MS = 12 * 3_600_000;
/** The same on a device of the customer's own. */
export const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** How and when a session was opened. */
type Beginning = Pick<Device, 'way' | 'signedInAt'>;

type SignedIn = Extract<Session, { state: 'signed-in' }>;

/** One utility's portal with one visitor, answering from the personas by the contract's rules. */
export class SandboxPortal {
  readonly #utility: Utility;
  readonly #clock: () => Instant;
  readonly accounts: Accounts;
  readonly contracts: Contracts;
  #session: ({ readonly persona: Persona; readonly lastsMs: number; readonly expiresAt: Instant } & Beginning) | null = null;
  /** Wrong passwords of whoever sits at an open browser. */
  readonly #guesses: WrongProofs;

  constructor(utility: Utility, clock: () => Instant, mailbox: Mailbox) {
    this.#utility = utility;
    this.#clock = clock;
    this.accounts = new Accounts(utility.id);
    this.#guesses = new WrongProofs(clock);
    this.contracts = new Contracts(utility, this.accounts, mailbox, clock);
  }

  /** @throws RangeError when there is no such persona at this utility */
  openSession(personaId: string): SignedIn {
    const persona = findPersona(personaId);
    return this.openSessionOf(persona);
  }

  openSessionOf(persona: Persona, lastsMs = SESSION_MS, { way, signedInAt }: Beginning = { way: 'password', signedInAt: this.#clock() }): SignedIn {
    if (persona.utility !== this.#utility.id) {
      throw new RangeError(`"${persona.id}" is a customer of "${persona.utility}"; this sandbox is "${this.#utility.id}"`);
    }
    const answeredAt = this.#clock();
    const expiresAt = instant(Date.parse(answeredAt) + lastsMs);
    this.#session = { persona, lastsMs, expiresAt, way, signedInAt };
    return { state: 'signed-in', customer: persona.customer, expiresAt, answeredAt };
  }

  openByPasskey(persona: Persona, remember = false): SignedIn {
    return this.openSessionOf(persona, remember ? REMEMBERED_MS : SESSION_MS, { way: 'passkey', signedInAt: this.#clock() });
  }

  closeSession(): void {
    this.#session = null;
  }

  describeUtility(): Utility {
    return this.#utility;
  }

  signIn(input: Input<'signIn'>): SignInAnswer {
    const { login, password, remember = false } = parseInput(signIn, input);
    const account = this.accounts.find(login);
    if (account?.password !== password) {
      throw new PortalError('unauthenticated', { code: 'wrong-credentials', detail: 'no customer has this login with this password' });
    }
    return this.openSessionOf(account.persona, remember ? REMEMBERED_MS : SESSION_MS);
  }

  signOut(): Session {
    this.closeSession();
    return this.whoAmI();
  }

  whoAmI(): Session {
    const answeredAt = this.#clock();
    if (this.#session && Date.parse(this.#session.expiresAt) <= Date.parse(answeredAt)) this.closeSession();
    if (!this.#session) return { state: 'signed-out' };
    return { state: 'signed-in', customer: this.#session.persona.customer, expiresAt: this.#session.expiresAt, answeredAt };
  }

  extendSession(): Session {
    const session = this.whoAmI();
    // Prolonging it changes nothing of how it began.
    return this.#session ? this.openSessionOf(this.#session.persona, this.#session.lastsMs, this.#session) : session;
  }

  listContracts(): Page<Contract> {
    return { items: this.contracts.of(this.customer()).map(({ contract }) => contract) };
  }

  listMeters(input: Input<'listMeters'>): Page<Meter> {
    const customer = this.customer();
    const { contractId } = parseInput(listMeters, input);
    if (!this.contracts.of(customer).some(({ contract }) => contract.id === contractId)) throw notFound('contract', contractId);
    return { items: this.contracts.metersOf(customer).map(({ meter }) => meter).filter((meter) => meter.contractId === contractId) };
  }

  getConsumption(input: Input<'getConsumption'>): Consumption {
    const { meterId, ...question } = parseInput(getConsumption, input);
    const { source, contract } = this.#meter(meterId);
    checkQuestion(source.meter, question);

    const now = this.#clock();
    const available = availability(source, now);
    const flows = measuredIn(source, daysToRead(question, available), now).flatMap((day) => (question.direction === 'production' ? (day.production ?? []) : day));
    const { timeZone } = this.#utility;
    const state = {
      meter: source.meter, today: localDay(Date.parse(now), timeZone), available, freshness: freshness(source, now),
      tariff: tariffOf(contract), weather: weatherOn, powerUnit: powerUnitOf(source.meter),
    };
    const byStep = calendarStep(question.resolution) !== undefined;
    return answerConsumption(question, state, byStep ? { days: flows.map(({ energy }) => energy) } : { curve: flows.flatMap(({ curve }) => curve) });
  }

  listConsents(input: Input<'listConsents'>): Page<Consent> {
    return { items: this.contracts.consents.of(this.#meter(parseInput(listConsents, input).meterId).source) };
  }

  giveConsents(input: Input<'giveConsents'>): Page<Consent> {
    const { meterId, choices } = parseInput(giveConsents, input);
    const { source, role } = this.#meter(meterId);
    if (role.role !== 'holder') throw new PortalError('forbidden', { detail: 'only the holder of a contract consents' });
    return { items: this.contracts.consents.give(source, choices) };
  }

  /** A meter that the customer may see, and what it counts for. */
  #meter(meterId: string) {
    const customer = this.customer();
    const source = this.contracts.metersOf(customer).find(({ meter }) => meter.id === meterId);
    const held = this.contracts.of(customer).find(({ contract }) => contract.id === source?.meter.contractId);
    if (!source || !held) throw notFound('meter', meterId);
    return { source, ...held };
  }

  /**
   * Who is signed in.
   * @throws PortalError `unauthenticated` without a session
   */
  customer(): Persona {
    this.whoAmI();
    if (!this.#session) throw new PortalError('unauthenticated', { detail: 'there is no session, or it has ended' });
    return this.#session.persona;
  }

  /**
   * Who is signed in, once it is certain that it is them: see `confirmation` in the contract.
   * @throws PortalError `unauthenticated`, `invalid` or `forbidden`
   */
  confirmedCustomer(currentPassword: string | undefined): Persona {
    const persona = this.customer();
    if (currentPassword === undefined) {
      const { way, signedInAt } = this.session;
      const isFresh = Date.parse(this.#clock()) - Date.parse(signedInAt) < CONFIRMED_FOR_MINUTES * 60_000;
      if (!(isFresh && (way === 'passkey' || way === 'host'))) throw new PortalError('forbidden', { code: 'confirmation-needed', detail: 'the password, or a sign-in by passkey a moment ago' });
      return persona;
    }
    this.#guesses.check();
    if (this.accounts.ofPersona(persona)?.password !== currentPassword) {
      this.#guesses.note();
      throw new PortalError('invalid', { detail: 'that is not the password of the account', fields: [{ path: 'currentPassword', code: 'wrong' }] });
    }
    this.#guesses.forget();
    return persona;
  }

  /** How, since when and until when the customer is signed in. */
  get session(): Beginning & Pick<Device, 'remembered' | 'expiresAt'> {
    if (!this.#session) throw new PortalError('unauthenticated');
    const { way, lastsMs, signedInAt, expiresAt } = this.#session;
    return { way, remembered: lastsMs > SESSION_MS, signedInAt, expiresAt };
  }
}

function measuredIn(source: PersonaMeter, period: Period | null, now: Instant): MeasuredDay[] {
  return period ? [...measuredDays(source, period, now)] : [];
}

/** The same for what does not exist and for what is somebody else's. */
function notFound(what: string, id: string): PortalError {
  return new PortalError('not-found', { detail: `there is no ${what} "${id}" for this customer` });
}
