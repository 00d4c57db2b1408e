import {
  activityGroup,
  changeAddress,
  changeIdentifier,
  changePassword,
  confirmEmailChange,
  closeAccount,
  endDevice,
  instant,
  isCommonPassword,
  KEPT_RECORDS,
  listActivity,
  maskEmail,
  mergeChoices,
  notificationsOf,
  parseInput,
  passwordFaults,
  PortalError,
  profileFaults,
  startEmailChange,
  updateProfile,
  withdrawRequest,
  type Activity,
  type ActivityKind,
  type ChangeRequest,
  type CodeSent,
  type Consumption,
  type DataExport,
  type Device,
  type Direction,
  type Input,
  type Instant,
  type Meter,
  type NotificationChoice,
  type Page,
  type PostalAddress,
  type Profile,
  type Session,
  type Utility,
} from '@oya/contract';
import { accessRules, accountRulesOf, findPersona, profileOf, type Persona } from '@oya/personas';
import type { SandboxAccount } from './accounts.ts';
import { MAY_EXIST } from './phone-numbers.ts';
import type { Mailbox } from './mailbox.ts';
import { MailedCode } from './mailed-code.ts';
import { REMEMBERED_MS, type SandboxPortal } from './portal.ts';
import type { TraceBeside } from './traces.ts';

const PAGE = 20;
/** The browser that asks; what it is, a sandbox does not know. */
const HERE = 'this-browser';

/** What a persona's account is beside what opens it; it begins as they have it, and changes as a visitor changes it. */
interface Account {
  phone: string | null;
  address: PostalAddress | null;
  language: string;
  chosen: readonly NotificationChoice[];
  passwordChangedAt: Instant | null;
  requests: ChangeRequest[];
  /** Those beside the one that asks. */
  devices: Device[];
  /** The newest first. */
  activity: Activity[];
  readonly code: MailedCode;
  newEmail: string | null;
}

/** The account of whoever is signed in. */
export class Profiles {
  readonly #utility: Utility;
  readonly #portal: SandboxPortal;
  readonly #mailbox: Mailbox;
  readonly #clock: () => Instant;
  readonly #accounts = new Map<Persona['id'], Account>();

  constructor(utility: Utility, portal: SandboxPortal, mailbox: Mailbox, clock: () => Instant) {
    this.#utility = utility;
    this.#portal = portal;
    this.#mailbox = mailbox;
    this.#clock = clock;
  }

  getProfile(customer: Persona): Profile {
    const { login, email } = this.#login(customer);
    const { phone, address, language, chosen, passwordChangedAt, requests, newEmail, code } = this.#of(customer);
    const { addressNeedsApproval, channels, keptYears } = accountRulesOf(this.#utility.id);
    return {
      customer: customer.customer,
      identifier: login,
      email,
      emailChange: newEmail === null ? null : { to: maskEmail(newEmail), ...code.times(this.#clock()) },
      phone,
      address,
      addressNeedsApproval,
      language,
      notifications: notificationsOf(chosen, channels),
      channels: [...channels],
      password: { changedAt: passwordChangedAt },
      requests: [...requests],
      closure: { contracts: this.#held(customer).length, kept: KEPT_RECORDS.filter((what) => keptYears[what] > 0).map((what) => ({ what, years: keptYears[what] })) },
    };
  }

  updateProfile(customer: Persona, input: Input<'updateProfile'>): Profile {
    const change = parseInput(updateProfile, input);
    const account = this.#of(customer);
    const { phone = account.phone, language = account.language, notifications } = change;
    const fields = profileFaults(change, { phone: account.phone, notifications: account.chosen }, { languages: this.#utility.languages, channels: accountRulesOf(this.#utility.id).channels, mayExist: (number) => MAY_EXIST.test(number) });
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'the account cannot be changed so', fields });
    const kinds: [boolean, ActivityKind][] = [
      [phone !== account.phone, 'phone-changed'],
      [language !== account.language, 'language-changed'],
      [notifications !== undefined, 'notifications-changed'],
    ];
    Object.assign(account, { phone, language, chosen: mergeChoices(account.chosen, notifications ?? []) });
    for (const [changed, kind] of kinds) if (changed) this.note(customer, kind);
    return this.getProfile(customer);
  }

  changeIdentifier(customer: Persona, input: Input<'changeIdentifier'>): Profile {
    const { identifier, currentPassword } = parseInput(changeIdentifier, input);
    this.#portal.confirmedCustomer(currentPassword);
    const holder = this.#portal.accounts.find(identifier);
    const account = this.#login(customer);
    if (holder && holder !== account) throw refused('identifier', 'taken');
    account.login = identifier.toLowerCase();
    this.note(customer, 'identifier-changed');
    this.#tell(account.email, 'Votre identifiant a changé');
    return this.getProfile(customer);
  }

  changePassword(customer: Persona, input: Input<'changePassword'>): Profile {
    const { password, currentPassword } = parseInput(changePassword, input);
    this.#portal.confirmedCustomer(currentPassword);
    const account = this.#login(customer);
    const faults = passwordFaults(password, accessRules.password, { personal: [account.login, account.email, customer.customer.displayName], isListed: isCommonPassword });
    if (faults.length > 0) throw new PortalError('invalid', { detail: 'the password is too weak', fields: faults.map((code) => ({ path: 'password', code })) });
    account.password = password;
    Object.assign(this.#of(customer), { passwordChangedAt: this.#clock(), devices: [] });
    this.note(customer, 'password-changed');
    this.#tell(account.email, 'Votre mot de passe a changé');
    return this.getProfile(customer);
  }

  startEmailChange(customer: Persona, input: Input<'startEmailChange'>): CodeSent {
    const { email: typed, currentPassword } = parseInput(startEmailChange, input);
    this.#portal.confirmedCustomer(currentPassword);
    const { email: before } = this.#login(customer);
    const email = typed.toLowerCase();
    if (email === before) throw refused('email', 'same');
    const account = this.#of(customer);
    const now = this.#clock();
    if (this.#portal.accounts.find(email)) {
      account.code.renewInVain(now);
      this.#tell(email, 'Vous avez déjà un compte');
    } else {
      this.#mailbox.send({ to: email, subject: 'Votre code pour changer d’adresse e-mail', code: account.code.renew(now) });
    }
    this.#tell(before, 'Quelqu’un demande à changer l’adresse e-mail de votre compte');
    account.newEmail = email;
    this.note(customer, 'email-change-asked');
    return { to: maskEmail(email), ...account.code.times(now) };
  }

  confirmEmailChange(customer: Persona, input: Input<'confirmEmailChange'>): Profile {
    const { code } = parseInput(confirmEmailChange, input);
    const account = this.#of(customer);
    if (account.newEmail === null) throw refused('code', 'ended');
    account.code.check(code, this.#clock());
    this.#login(customer).email = account.newEmail;
    account.newEmail = null;
    this.note(customer, 'email-changed');
    return this.getProfile(customer);
  }

  cancelEmailChange(customer: Persona): Profile {
    this.#of(customer).newEmail = null;
    return this.getProfile(customer);
  }

  changeAddress(customer: Persona, input: Input<'changeAddress'>): Profile {
    const { address } = parseInput(changeAddress, input);
    const account = this.#of(customer);
    if (account.requests.some(({ state }) => state === 'pending')) throw new PortalError('conflict', { detail: 'another address waits for approval' });
    if (accountRulesOf(this.#utility.id).addressNeedsApproval) {
      account.requests.unshift({ id: crypto.randomUUID(), what: 'address', address, askedAt: this.#clock(), state: 'pending', decidedAt: null, reason: null });
      this.note(customer, 'address-change-asked');
    } else {
      account.address = address;
      this.note(customer, 'address-changed');
    }
    return this.getProfile(customer);
  }

  withdrawRequest(customer: Persona, input: Input<'withdrawRequest'>): Profile {
    const { requestId } = parseInput(withdrawRequest, input);
    const account = this.#of(customer);
    const request = account.requests.find(({ id }) => id === requestId) ?? missing('request', requestId);
    if (request.state !== 'pending') throw new PortalError('conflict', { detail: 'the utility has decided' });
    account.requests = account.requests.map((each) => (each === request ? { ...each, state: 'withdrawn', decidedAt: this.#clock() } : each));
    this.note(customer, 'address-change-withdrawn');
    return this.getProfile(customer);
  }

  listDevices(customer: Persona): Page<Device> {
    const { session } = this.#portal;
    const here: Device = { id: HERE, current: true, kind: 'unknown', browser: null, system: null, lastUsedAt: this.#clock(), ...session };
    return { items: [here, ...this.#of(customer).devices] };
  }

  endDevice(customer: Persona, input: Input<'endDevice'>): Page<Device> {
    const { deviceId } = parseInput(endDevice, input);
    if (deviceId === HERE) throw new PortalError('conflict', { detail: 'this browser signs out instead' });
    const account = this.#of(customer);
    const device = account.devices.find(({ id }) => id === deviceId) ?? missing('device', deviceId);
    account.devices = account.devices.filter((each) => each !== device);
    this.note(customer, 'device-ended');
    return this.listDevices(customer);
  }

  endOtherDevices(customer: Persona): Page<Device> {
    this.#of(customer).devices = [];
    this.note(customer, 'devices-ended');
    return this.listDevices(customer);
  }

  listActivity(customer: Persona, input: Input<'listActivity'>): Page<Activity> {
    const { group, cursor } = parseInput(listActivity, input);
    const all = this.#of(customer).activity.filter(({ kind }) => group === undefined || activityGroup(kind) === group);
    const from = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
    if (cursor !== undefined && from === 0) throw refused('cursor', 'unknown');
    const items = all.slice(from, from + PAGE);
    const last = items.at(-1);
    return { items, ...(last && from + PAGE < all.length && { next: last.id }) };
  }

  exportData(customer: Persona): DataExport {
    const { contracts } = this.#portal;
    const { emailChange: _, ...profile } = this.getProfile(customer);
    const meters = contracts.metersOf(customer).map(({ meter }) => meter);
    const { id, name, legalName } = this.#utility;
    const held = contracts.of(customer).filter(({ role }) => role.role === 'holder').map(({ contract }) => contract);
    this.note(customer, 'data-downloaded');
    return {
      format: 'oya-data-export/1',
      madeAt: this.#clock(),
      utility: { id, name, legalName },
      about: {
        fr: 'Tout ce que votre espace client contient sur vous : compte, contrats, factures et paiements en centimes d’euro, mandats, échéanciers, contestations et fichiers joints, compteurs et leurs relevés, consommation en Wh et en W, accords, appareils, activité.',
        en: 'Everything that your customer space holds about you: account, contracts, bills and payments in cents, mandates, payment plans, contested bills and attached files, meters and their readings, consumption in Wh and W, consents, devices, activity.',
      },
      profile,
      contracts: contracts.of(customer).map(({ contract }) => contracts.getContract(customer, { contractId: contract.id })),
      meters,
      consumption: meters.flatMap((meter) => (meter.production ? (['consumption', 'production'] as const) : [undefined]).flatMap((direction) => this.#consumptionOf(meter, direction))),
      consents: contracts.metersOf(customer).flatMap((source) => contracts.consents.of(source).map((consent) => ({ ...consent, meterId: source.meter.id }))),
      consentEvents: contracts.metersOf(customer).flatMap((source) => contracts.consents.history(source).map((event) => ({ ...event, meterId: source.meter.id }))),
      invoices: held.flatMap(({ id }) => contracts.invoices.allOf(customer, id)),
      payments: held.flatMap((contract) => contracts.payments.allOf(contract.id)),
      paymentPlans: held.flatMap((contract) => contracts.paymentMeans.plansOf(contract).map((plan) => ({ ...plan, contractId: contract.id }))),
      mandates: held.flatMap((contract) => contracts.paymentMeans.mandatesOf(contract).map((mandate) => ({ ...mandate, contractId: contract.id }))),
      disputes: held.flatMap((contract) => contracts.invoices.disputesOf(contract).map((dispute) => ({ ...dispute, contractId: contract.id }))),
      readings: contracts.metersOf(customer).filter(({ meter }) => held.some(({ id }) => id === meter.contractId)).flatMap((source) => contracts.readings.readingsOf(source).readings.map((reading) => ({ ...reading, meterId: source.meter.id }))),
      threads: contracts.threads.allOf(customer),
      serviceRequests: contracts.requests.allOf(customer),
      attachments: contracts.invoices.attachments.listAttachments(customer).items,
      devices: this.listDevices(customer).items,
      activity: this.#of(customer).activity,
    };
  }

  closeAccount(customer: Persona, input: Input<'closeAccount'>): Session {
    this.#portal.confirmedCustomer(parseInput(closeAccount, input).currentPassword);
    const { email } = this.#login(customer);
    this.#portal.contracts.forget(customer);
    this.#portal.accounts.remove(customer);
    this.#accounts.delete(customer.id);
    this.#tell(email, 'Votre compte est fermé');
    return this.#portal.signOut();
  }

  /** Traces what was done on a customer's account: by themselves, where nobody else is named. */
  note(customer: Persona, kind: ActivityKind, { by = { role: 'self', name: customer.customer.displayName }, channel = 'web', contractId = null }: Partial<Pick<Activity, 'by' | 'channel' | 'contractId'>> = {}): void {
    this.#of(customer).activity.unshift({ id: crypto.randomUUID(), at: this.#clock(), kind, by, channel, device: null, contractId });
  }

  readonly noteBeside: TraceBeside = (customer, kind, by, contractId) => {
    if (customer) this.note(customer, kind, { by: { role: by, name: by === 'utility' ? this.#utility.name : null }, channel: 'system', contractId });
  };

  #of(customer: Persona): Account {
    const known = this.#accounts.get(customer.id);
    if (known) return known;
    const { notifications: chosen, devices, activity, requests, ...rest } = profileOf(customer.id, this.#clock());
    const account: Account = {
      ...rest,
      // An account that was made here has the number that was given then.
      phone: this.#portal.accounts.ofPersona(customer)?.phone ?? rest.phone,
      chosen,
      requests: [...requests],
      devices: devices.map((device) => ({ ...device, current: false, remembered: true, expiresAt: instant(Date.parse(device.lastUsedAt) + REMEMBERED_MS) })),
      activity: activity.map(({ by, ...each }) => ({ ...each, by: this.#actor(customer, by) })),
      code: new MailedCode(accessRules.codeDigits),
      newEmail: null,
    };
    this.#accounts.set(customer.id, account);
    return account;
  }

  #actor(customer: Persona, by: ReturnType<typeof profileOf>['activity'][number]['by']): Activity['by'] {
    if (typeof by === 'object') return { role: 'reader', name: findPersona(by.reader).customer.displayName };
    return { role: by, name: by === 'self' ? customer.customer.displayName : by === 'utility' ? this.#utility.name : null };
  }

  #login(customer: Persona): SandboxAccount {
    const account = this.#portal.accounts.ofPersona(customer);
    if (!account) throw new PortalError('unauthenticated', { detail: 'the account is closed' });
    return account;
  }

  #held(customer: Persona): unknown[] {
    return this.#portal.contracts.of(customer).filter(({ role, contract }) => role.role === 'holder' && contract.to === null);
  }

  /** Every day, and the load curve where there is one; else the coarser steps that there are. */
  #consumptionOf({ id: meterId, resolutions }: Meter, direction: Direction | undefined): Consumption[] {
    return (['day', 'half-hour'] as const).flatMap((wanted) => {
      const resolution = resolutions.includes(wanted) ? wanted : wanted === 'day' ? resolutions.find((each) => each === 'month') : undefined;
      if (!resolution) return [];
      const asked = { meterId, resolution, direction };
      const { available } = this.#portal.getConsumption({ ...asked, from: '2000-01-01', to: '2000-01-02' });
      return available ? [this.#portal.getConsumption({ ...asked, ...available })] : [];
    });
  }

  #tell(to: string, subject: string): void {
    this.#mailbox.send({ to, subject });
  }
}

function refused(path: string, code: string): PortalError {
  return new PortalError('invalid', { detail: `${path} is ${code}`, fields: [{ path, code }] });
}

/** The same for what does not exist and for what is somebody else's. */
function missing(what: string, id: string): never {
  throw new PortalError('not-found', { detail: `there is no ${what} "${id}" for this customer` });
}
