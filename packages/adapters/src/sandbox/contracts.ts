import {
  acceptAccess,
  accessHolds,
  addContract,
  getContract,
  inviteAccess,
  listAccess,
  localDay,
  maskEmail,
  parseInput,
  PortalError,
  revokeAccess,
  staleByConsents,
  type AccessGrant,
  type Consent,
  type ConsentFailure,
  type Contract,
  type ContractDetails,
  type ContractRole,
  type Input,
  type Instant,
  type LocalDay,
  type Page,
  type Proof,
  type Utility,
} from '@oya/contract';
import { papersOf, personaGrants, personas, prospects, type Persona, type PersonaMeter } from '@oya/personas';
import type { Accounts } from './accounts.ts';
import type { ChangeLog } from './changes.ts';
import { Consents } from './consents.ts';
import { Invoices } from './invoices.ts';
import { Payments } from './payments.ts';
import type { Mailbox } from './mailbox.ts';
import { PaymentMeansOfContracts } from './payment-means.ts';
import { provesContract, WrongProofs } from './proofs.ts';
import { Readings } from './readings.ts';
import { Requests } from './requests.ts';
import { Threads } from './threads.ts';
import type { TraceBeside } from './traces.ts';

/** A contract that a customer sees, and what they may do with it. */
interface Held {
  readonly contract: Contract;
  readonly role: ContractRole;
}

interface Grant {
  readonly id: string;
  readonly contractId: string;
  readonly email: string;
  readonly language: string;
  readonly invitedAt: Instant;
  readonly until: LocalDay | null;
  /** What the mailed link holds; nobody can accept what was never mailed. */
  readonly secret: string | null;
  reader: Persona | null;
  state: AccessGrant['state'];
}

/** Who holds and who reads which contract at one utility's sandbox portal. */
export class Contracts {
  readonly #utility: Utility;
  readonly #accounts: Accounts;
  readonly #mailbox: Mailbox;
  readonly #clock: () => Instant;
  /** Customers of the utility, with or without an account. */
  readonly #customers: readonly Persona[];
  /** Contracts that were added by proof: id → id of the persona who added it. */
  readonly #added = new Map<Contract['id'], Persona['id']>();
  readonly #grants: Grant[];
  readonly #wrongProofs: WrongProofs;
  readonly consents: Consents;
  readonly invoices: Invoices;
  readonly payments: Payments;
  readonly paymentMeans: PaymentMeansOfContracts;
  readonly readings: Readings;
  readonly threads: Threads;
  readonly requests: Requests;

  constructor(utility: Utility, accounts: Accounts, mailbox: Mailbox, clock: () => Instant, changes: ChangeLog, trace: TraceBeside) {
    this.#utility = utility;
    this.#accounts = accounts;
    this.#mailbox = mailbox;
    this.#clock = clock;
    this.#wrongProofs = new WrongProofs(clock);
    this.consents = new Consents({
      clock,
      holderOf: ({ contractId }) => this.#find(contractId)?.holder ?? null,
      remind: ({ contractId }, consent) => this.#remind(contractId, consent),
      changed: (meter) => changes.note(staleByConsents(meter)),
    });
    this.paymentMeans = new PaymentMeansOfContracts(utility, this, changes, clock, trace);
    this.payments = new Payments({ clock, mailbox, changes, trace, owned: (customer, contractId) => this.owned(customer, contractId).id, emailOf: (customer) => accounts.ofPersona(customer)?.email, invoicesOf: (contractId) => this.invoices.listed(this.#find(contractId) as Contract) });
    this.invoices = new Invoices(utility, this, this.payments, changes, clock, trace);
    this.readings = new Readings(utility, this, changes, clock, trace);
    this.threads = new Threads(utility, this, changes, clock);
    this.requests = new Requests(utility, this, changes, clock, trace);
    this.#customers = [...personas, ...prospects].filter((persona) => persona.utility === utility.id);
    this.#grants = personaGrants
      .filter((grant) => grant.utility === utility.id)
      .map(({ readerId, ...grant }) => ({ ...grant, language: 'fr', secret: null, reader: this.#customers.find(({ id }) => id === readerId) ?? null }));
  }

  /** What a customer holds, then what others let them read; what has ended comes last. */
  of(customer: Persona): Held[] {
    const own = [...customer.contracts, ...this.#addedBy(customer)].map((contract): Held => ({ contract, role: { role: 'holder' } }));
    const read = this.#grants.flatMap(({ contractId, reader, until, ...grant }): Held[] => {
      const contract = reader?.id === customer.id && this.#stateOf({ until, ...grant }) === 'active' ? this.#find(contractId) : undefined;
      return contract ? [{ contract, role: { role: 'reader', until } }] : [];
    });
    return [...own, ...read].sort((a, b) => Number(a.contract.to !== null) - Number(b.contract.to !== null));
  }

  /** The meters of all that a customer may see. */
  metersOf(customer: Persona): PersonaMeter[] {
    const visible = new Set(this.of(customer).map(({ contract }) => contract.id));
    return this.#meters.filter(({ meter }) => visible.has(meter.contractId)).map((source) => this.consents.applied(source));
  }

  /**
   * The network operator brings into effect what was agreed to about a meter, or tells why it cannot.
   * @throws RangeError when there is no such meter at this utility
   */
  decideConsents(meterId: string, decision: 'active' | ConsentFailure): void {
    const source = this.meterSource(meterId);
    if (!source) throw new RangeError(`there is no meter "${meterId}"; there are: ${this.#meters.map(({ meter }) => meter.id).join(', ')}`);
    this.consents.decide(source, decision);
  }

  getContract(customer: Persona, input: Input<'getContract'>): ContractDetails {
    const { contract, role } = this.#visible(customer, parseInput(getContract, input).contractId);
    const papers = papersOf(contract);
    return { contract, role, ...papers, payment: role.role === 'holder' ? this.paymentMeans.meansOf(contract) : null };
  }

  addContract(customer: Persona, input: Input<'addContract'>): Contract {
    const { proof } = parseInput(addContract, input);
    this.#wrongProofs.check();
    const contract = this.#proved(proof);
    const holder = contract && this.#holderOf(contract);
    if (contract && holder?.id === customer.id) throw new PortalError('conflict', { detail: 'the account has this contract already' });
    if (!contract || holder) {
      this.#wrongProofs.note();
      throw new PortalError('invalid', { code: 'proof-refused', detail: 'no contract without an account has these papers' });
    }
    this.#wrongProofs.forget();
    this.#added.set(contract.id, customer.id);
    return contract;
  }

  listAccess(customer: Persona, input: Input<'listAccess'>): Page<AccessGrant> {
    const { id } = this.owned(customer, parseInput(listAccess, input).contractId);
    return { items: this.#grants.filter(({ contractId }) => contractId === id).map((grant) => this.#shown(grant)) };
  }

  inviteAccess(customer: Persona, input: Input<'inviteAccess'>): AccessGrant {
    const { contractId, email: typed, until, language } = parseInput(inviteAccess, input);
    const contract = this.owned(customer, contractId);
    const email = typed.toLowerCase();
    if (email === this.#accounts.ofPersona(customer)?.email) throw new PortalError('invalid', { detail: 'that is the holder', fields: [{ path: 'email', code: 'own' }] });
    if (!accessHolds(until, this.#today)) throw new PortalError('invalid', { detail: 'the last day is over', fields: [{ path: 'until', code: 'past' }] });
    const known = this.#grants.find((grant) => grant.contractId === contractId && grant.email === email && this.#stateOf(grant) !== 'ended');
    if (known) throw new PortalError('conflict', { detail: 'that address has an access or an invitation' });
    const secret = crypto.randomUUID();
    const grant: Grant = { id: crypto.randomUUID(), contractId, email, language, invitedAt: this.#clock(), until, secret, reader: null, state: 'invited' };
    this.#grants.push(grant);
    this.#mailbox.send({ to: email, subject: subjects(language).invited(contract.holder), link: `#oya-access=${secret}` });
    return this.#shown(grant);
  }

  revokeAccess(customer: Persona, input: Input<'revokeAccess'>): AccessGrant {
    const { contractId, grantId } = parseInput(revokeAccess, input);
    const contract = this.owned(customer, contractId);
    const grant = this.#grants.find((candidate) => candidate.id === grantId && candidate.contractId === contractId);
    if (!grant) throw notFound('access', grantId);
    // Somebody who never answered has nothing to be told.
    if (this.#stateOf(grant) === 'active') this.#mailbox.send({ to: grant.email, subject: subjects(grant.language).takenBack(contract.holder) });
    grant.state = 'ended';
    return this.#shown(grant);
  }

  acceptAccess(customer: Persona, input: Input<'acceptAccess'>): Contract {
    const { invitationId } = parseInput(acceptAccess, input);
    const grant = this.#grants.find(({ secret }) => secret === invitationId);
    const contract = grant && this.#find(grant.contractId);
    const state = grant && this.#stateOf(grant);
    if (!grant || !contract || state === 'ended' || (state === 'active' && grant.reader?.id !== customer.id)) throw notFound('invitation', invitationId);
    const holder = this.#holderOf(contract);
    if (holder?.id === customer.id) throw new PortalError('conflict', { detail: 'that is the customer\'s own contract' });
    if (state === 'invited') {
      grant.reader = customer;
      grant.state = 'active';
      const holderEmail = holder && this.#accounts.ofPersona(holder)?.email;
      if (holderEmail) this.#mailbox.send({ to: holderEmail, subject: subjects(grant.language).accepted(customer.customer.displayName) });
    }
    return contract;
  }

  /** The customer's account is closed: what was added to it can be added elsewhere, and what they gave or were given ends. */
  forget(customer: Persona): void {
    const own = this.of(customer).filter(({ role }) => role.role === 'holder').map(({ contract }) => contract.id);
    for (const grant of this.#grants) if (own.includes(grant.contractId) || grant.reader?.id === customer.id) grant.state = 'ended';
    for (const id of own) this.#added.delete(id);
  }

  #remind(contractId: Contract['id'], { text: { title }, expiresOn = '' }: Consent): void {
    const holder = this.holderOf(contractId);
    const email = holder && this.#accounts.ofPersona(holder)?.email;
    if (email) this.#mailbox.send({ to: email, subject: `Votre accord « ${title.fr} » prend fin le ${expiresOn.split('-').toReversed().join('/')}` });
  }

  /** The household that a contract was made for, whoever has added it to an account. */
  sourceOf({ id }: Contract): Persona {
    return this.#customers.find(({ contracts }) => contracts.some((contract) => contract.id === id)) as Persona;
  }

  /** Whose account a contract is in, by its id. */
  holderOf(contractId: Contract['id']): Persona | undefined {
    const contract = this.#find(contractId);
    return contract && this.#holderOf(contract);
  }

  /** A meter of the utility, whosever it is. */
  meterSource(meterId: string): PersonaMeter | undefined {
    return this.#meters.find(({ meter }) => meter.id === meterId);
  }

  get #meters(): PersonaMeter[] {
    return this.#customers.flatMap(({ meters }) => meters);
  }

  get #now(): number {
    return Date.parse(this.#clock());
  }

  get #today(): LocalDay {
    return localDay(this.#now, this.#utility.timeZone);
  }

  #addedBy(customer: Persona): Contract[] {
    return [...this.#added].flatMap(([contractId, personaId]) => (personaId === customer.id ? (this.#find(contractId) ?? []) : []));
  }

  #find(contractId: string): Contract | undefined {
    return this.#customers.flatMap(({ contracts }) => contracts).find(({ id }) => id === contractId);
  }

  /** Whose account a contract is in. */
  #holderOf({ id }: Contract): Persona | undefined {
    const added = this.#added.get(id);
    return this.#customers.find((persona) => persona.id === added || (persona.contracts.some((contract) => contract.id === id) && this.#accounts.ofPersona(persona)));
  }

  #visible(customer: Persona, contractId: string): Held {
    const held = this.of(customer).find(({ contract }) => contract.id === contractId);
    if (!held) throw notFound('contract', contractId);
    return held;
  }

  /** @throws PortalError `forbidden` for somebody who only reads it */
  owned(customer: Persona, contractId: string): Contract {
    const { contract, role } = this.#visible(customer, contractId);
    if (role.role !== 'holder') throw new PortalError('forbidden', { detail: 'only the holder of a contract may do or see that' });
    return contract;
  }

  #stateOf({ state, until }: Pick<Grant, 'state' | 'until'>): AccessGrant['state'] {
    return accessHolds(until, this.#today) ? state : 'ended';
  }

  #shown({ id, email, reader, invitedAt, until, state }: Grant): AccessGrant {
    return { id, email: maskEmail(email), name: reader?.customer.displayName ?? null, state: this.#stateOf({ state, until }), invitedAt, until };
  }

  /** An invoice proves the contract that it is for, the papers of a contract that contract. */
  #proved(proof: Proof): Contract | undefined {
    if (proof.kind === 'invoice') return this.invoices.provedBy(proof, this.#customers);
    return this.#customers.flatMap(({ contracts }) => contracts).find((contract) => provesContract(proof, contract));
  }
}

interface Subjects {
  invited(holder: string): string;
  accepted(reader: string): string;
  takenBack(holder: string): string;
}

function subjects(language: string): Subjects {
  return language.startsWith('fr')
    ? {
        invited: (holder) => `${holder} partage un contrat d’énergie avec vous`,
        accepted: (reader) => `${reader} voit maintenant votre contrat`,
        takenBack: (holder) => `${holder} ne partage plus son contrat avec vous`,
      }
    : {
        invited: (holder) => `${holder} shares an energy contract with you`,
        accepted: (reader) => `${reader} can now see your contract`,
        takenBack: (holder) => `${holder} no longer shares the contract with you`,
      };
}

/** The same for what does not exist and for what is somebody else's. */
function notFound(what: string, id: string): PortalError {
  return new PortalError('not-found', { detail: `there is no ${what} "${id}" for this customer` });
}
