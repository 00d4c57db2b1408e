import {
  getConsentReceipt,
  getConsumption,
  giveConsents,
  listChanges,
  listConsentEvents,
  listConsents,
  listMeters,
  signIn,
  undoWithdrawal,
  withdrawConsent,
  answerConsumption, calendarStep, checkQuestion, CONFIRMED_FOR_MINUTES, daysToRead, instant, localDay, parseInput, PortalError,
  type Changes, type Consent, type ConsentEvent, type Consumption, type Contract, type Device, type Input, type Instant, type Meter, type Page, type Period, type PortalFile, type Session, type SignInAnswer, type Utility,
} from '@oya/contract';
import { availability, findPersona, freshness, measuredDays, powerUnitOf, tariffOf, weatherOn, type MeasuredDay, type Persona, type PersonaMeter } from '@oya/personas';
import { Accounts } from './accounts.ts';
import { ChangeLog } from './changes.ts';
import { Contracts } from './contracts.ts';
import type { Mailbox } from './mailbox.ts';
import { WrongProofs } from './proofs.ts';
import type { TraceBeside } from './traces.ts';

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
  /** What became stale; whatever changes something notes it here. */
  readonly changes = new ChangeLog();
  #session: ({ readonly persona: Persona; readonly lastsMs: number; readonly expiresAt: Instant } & Beginning) | null = null;
  /** Wrong passwords of whoever sits at an open browser. */
  readonly #guesses: WrongProofs;

  constructor(utility: Utility, clock: () => Instant, mailbox: Mailbox, trace: TraceBeside) {
    this.#utility = utility;
    this.#clock = clock;
    this.accounts = new Accounts(utility.id);
    this.#guesses = new WrongProofs(clock);
    this.contracts = new Contracts(utility, this.accounts, mailbox, clock, this.changes, trace);
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
    const shown = this.contracts.consents.measurements(source);
    // What is not collected any more stands still at its last day.
    const until = shown.until ?? now;
    const available = availability(shown.source, until);
    const { from, to } = shown.curve;
    const flows = measuredIn(shown.source, daysToRead(question, available), until)
      .map((day) => ((from === null || day.day >= from) && (to === null || day.day < to) ? day : withoutCurve(day)))
      .flatMap((day) => (question.direction === 'production' ? (day.production ?? []) : day));
    const { timeZone } = this.#utility;
    const state = {
      meter: source.meter, today: localDay(Date.parse(now), timeZone), available, freshness: freshness(shown.source, until),
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
    return { items: this.contracts.consents.give(this.#ownMeter(meterId), choices) };
  }

  withdrawConsent(input: Input<'withdrawConsent'>): Page<Consent> {
    const { meterId, erase, ...name } = parseInput(withdrawConsent, input);
    return { items: this.contracts.consents.withdraw(this.#ownMeter(meterId), name, erase) };
  }

  undoWithdrawal(input: Input<'undoWithdrawal'>): Page<Consent> {
    const { meterId, ...name } = parseInput(undoWithdrawal, input);
    return { items: this.contracts.consents.restore(this.#ownMeter(meterId), name) };
  }

  listConsentEvents(input: Input<'listConsentEvents'>): Page<ConsentEvent> {
    const { meterId, after } = parseInput(listConsentEvents, input);
    return this.contracts.consents.events(this.#meter(meterId).source, after);
  }

  async getConsentReceipt(input: Input<'getConsentReceipt'>): Promise<PortalFile> {
    const { meterId, eventId, format, lang = 'fr' } = parseInput(getConsentReceipt, input);
    const { source, contract } = this.#meter(meterId);
    const event = this.contracts.consents.event(source, eventId);
    const { receiptOf } = await import('./receipts.ts');
    return receiptOf({ event, utility: this.#utility, contract, meter: source.meter }, format, lang);
  }

  /** @throws PortalError `forbidden` for somebody who only reads its contract */
  #ownMeter(meterId: string): PersonaMeter {
    const { source, role } = this.#meter(meterId);
    if (role.role !== 'holder') throw new PortalError('forbidden', { detail: 'only the holder of a contract consents' });
    return source;
  }

  /** Those of the customer's contracts and meters, and what is of nobody in particular. */
  listChanges(input: Input<'listChanges'>): Changes {
    const customer = this.customer();
    const seen = new Set([...this.contracts.of(customer).map(({ contract }) => contract.id), ...this.contracts.metersOf(customer).map(({ meter }) => meter.id), ...this.contracts.threads.allOf(customer).map(({ id }) => id), ...this.contracts.requests.allOf(customer).map(({ id }) => id)]);
    return this.changes.since(parseInput(listChanges, input).after, ({ input: { contractId, meterId, threadId, serviceRequestId } }) => [contractId, meterId, threadId, serviceRequestId].every((id) => id === undefined || seen.has(id)));
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

/** Half-hours that are not collected, or have been erased. */
function withoutCurve({ production, ...day }: MeasuredDay): MeasuredDay {
  return { ...day, curve: [], ...(production && { production: { ...production, curve: [] } }) };
}

/** The same for what does not exist and for what is somebody else's. */
function notFound(what: string, id: string): PortalError {
  return new PortalError('not-found', { detail: `there is no ${what} "${id}" for this customer` });
}
