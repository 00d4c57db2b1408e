import {
  addPushDevice, alertChoices, canStillBeOut, concernsOf, followAlerts, giveMedicalNeed, instant, isStillSaid, localDay, maskEmail, parseInput, PortalError, removePushDevice, reportOutage, staleByOutages, updateAlertSettings, withdrawMedicalNeed,
  type AlertChoice, type AlertService, type AlertSettings, type Change, type Concern, type Contract, type Following, type Input, type Instant, type MedicalNeed, type Outage, type OutageBoard, type OutageMap, type OutageReport, type OutageUpdate, type Page, type PushDevice, type QuietHours, type Utility,
} from '@oya/contract';
import { alertRules, communeMap, outagesOf, type OutageScenario, type Persona } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';

/** A key for Web Push that nobody has the other half of: a browser takes it, and nothing ever comes. */
const PUSH_KEY = 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM';

interface Settings {
  choices: readonly AlertChoice[];
  muted: readonly string[];
  communes: readonly string[];
  quietHours: QuietHours | null;
  devices: (PushDevice & { readonly endpoint: string })[];
  medicalNeeds: MedicalNeed[];
}

/** Outages of a persona's utility, as a scenario of the demo tells them, and what its visitor wants to be told. */
export class Alerts {
  readonly #utility: Utility;
  readonly #contracts: Contracts;
  readonly #changes: ChangeLog;
  readonly #clock: () => Instant;
  readonly #phoneOf: (customer: Persona) => string | null;
  /** Told from the moment at which somebody first asks: an outage does not begin anew with each answer. */
  #outages: Outage[] | undefined;
  #scenario: OutageScenario;
  readonly #reports: (OutageReport & { readonly contractId: string | undefined })[] = [];
  readonly #settings = new Map<Persona['id'], Settings>();

  constructor(utility: Utility, contracts: Contracts, changes: ChangeLog, clock: () => Instant, scenario: OutageScenario, phoneOf: (customer: Persona) => string | null) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#changes = changes;
    this.#clock = clock;
    this.#scenario = scenario;
    this.#phoneOf = phoneOf;
  }

  getOutageBoard(): OutageBoard {
    const { territory, contacts } = this.#utility;
    const communes = territory.flatMap(({ code, name, postcode, energies }) => (code === undefined ? [] : [{ code, name, postcode, energies }]));
    return { items: this.#all, asOf: this.#clock(), communes, contacts };
  }

  getOutageMap(): OutageMap {
    return communeMap(this.#utility.id);
  }

  listConcerns(customer: Persona): Page<Concern> {
    const { territory, timeZone } = this.#utility;
    const contracts = this.#contractsOf(customer);
    const concerns = concernsOf(this.#all, contracts, territory, localDay(Date.parse(this.#clock()), timeZone));
    return { items: concerns.map((concern) => ({ ...concern, stillOutAt: this.#reports.findLast(({ outageId, contractId, reportedAt }) => outageId === concern.outageId && contractId === concern.contractId && this.#all.some((outage) => outage.id === outageId && isStillSaid(outage, reportedAt)))?.reportedAt ?? null })) };
  }

  reportOutage(customer: Persona | undefined, input: Input<'reportOutage'>): OutageReport {
    const { contractId, outageId, commune, since } = parseInput(reportOutage, input);
    const now = this.#clock();
    if (!this.#utility.territory.some(({ code }) => code === commune)) throw new PortalError('invalid', { detail: 'a commune that this utility does not serve', fields: [{ path: 'commune', code: 'unknown' }] });
    if (Date.parse(since) > Date.parse(now)) throw new PortalError('invalid', { detail: 'it cannot be cut from a time to come', fields: [{ path: 'since', code: 'future' }] });
    if (contractId !== undefined && !(customer && this.#contractsOf(customer).some(({ id }) => id === contractId))) throw new PortalError('not-found', { detail: 'no such contract' });
    const outage = outageId === undefined ? undefined : this.#all.find(({ id }) => id === outageId);
    if (outageId !== undefined && !(outage && (canStillBeOut(outage, Date.parse(now)) || outage.endedAt === null))) throw new PortalError('not-found', { detail: 'no such outage' });
    const report: OutageReport = { id: crypto.randomUUID(), reference: `S-${String(1001 + this.#reports.length)}`, reportedAt: now, outageId: outageId ?? null };
    this.#reports.push({ ...report, contractId });
    this.#changes.note(staleByOutages());
    return report;
  }

  /** What the network's people say of an outage. @throws RangeError when there is none */
  tell(outageId: string, update: Partial<Pick<OutageUpdate, 'state' | 'startsAt' | 'estimatedEnd' | 'note'>>): void {
    const outage = this.#all.find(({ id }) => id === outageId);
    if (!outage) throw new RangeError(`there is no outage "${outageId}"; there are: ${this.#all.map(({ id }) => id).join(', ')}`);
    const { state, startsAt, estimatedEnd } = { ...outage, ...update };
    const at = this.#clock();
    const after: Outage = { ...outage, state, startsAt, estimatedEnd, endedAt: state === 'restored' || state === 'cancelled' ? at : null, history: [...outage.history, { at, state, startsAt, estimatedEnd, note: update.note ?? null }] };
    this.#outages = this.#all.map((each) => (each === outage ? after : each));
    this.#changes.note(staleByOutages());
  }

  /** Another night. */
  set(scenario: OutageScenario): void {
    this.#scenario = scenario;
    this.#outages = undefined;
    this.#changes.note(staleByOutages());
  }

  describeAlerts(): AlertService {
    return { topics: [...alertRules.topics], channels: ['push', 'email', 'sms'], pushKey: PUSH_KEY, medical: alertRules.medical };
  }

  getAlertSettings(customer: Persona): AlertSettings {
    const { choices, muted, communes, quietHours, devices, medicalNeeds } = this.#of(customer);
    return {
      choices: alertChoices(choices, ['push', 'email', 'sms']),
      addresses: this.#contractsOf(customer).map(({ id, energy, site: { label, address, commune } }) => ({ contractId: id, energy, site: label, address: `${address}, ${commune}`, isMuted: muted.includes(id) })),
      communes: [...communes],
      quietHours,
      devices: devices.map(({ endpoint: _, ...device }) => device),
      medicalNeeds,
      email: maskEmail(customer.email),
      phone: this.#phoneOf(customer),
    };
  }

  updateAlertSettings(customer: Persona, input: Input<'updateAlertSettings'>): AlertSettings {
    const { choices, mutedContracts, communes, quietHours } = parseInput(updateAlertSettings, input);
    const settings = this.#of(customer);
    if (communes?.some((code) => !this.#utility.territory.some((served) => served.code === code))) throw new PortalError('invalid', { detail: 'a commune that this utility does not serve', fields: [{ path: 'communes', code: 'unknown' }] });
    if (choices?.some(({ channels }) => channels.includes('sms')) && this.#phoneOf(customer) === null) throw new PortalError('invalid', { detail: 'text messages need a number', fields: [{ path: 'choices', code: 'phone-needed' }] });
    if (choices) settings.choices = [...settings.choices, ...choices];
    if (mutedContracts) settings.muted = mutedContracts;
    if (communes) settings.communes = [...new Set(communes)];
    if (quietHours !== undefined) settings.quietHours = quietHours;
    return this.#changed(customer);
  }

  addPushDevice(customer: Persona, input: Input<'addPushDevice'>): AlertSettings {
    const { endpoint } = parseInput(addPushDevice, input).subscription;
    const settings = this.#of(customer);
    if (!settings.devices.some((device) => device.endpoint === endpoint)) settings.devices.push({ id: crypto.randomUUID(), label: 'Ce navigateur', addedAt: this.#clock(), endpointEnd: endpoint.slice(-16), endpoint });
    return this.#changed(customer);
  }

  removePushDevice(customer: Persona, input: Input<'removePushDevice'>): AlertSettings {
    const { deviceId } = parseInput(removePushDevice, input);
    const settings = this.#of(customer);
    const kept = settings.devices.filter(({ id }) => id !== deviceId);
    if (kept.length === settings.devices.length) throw new PortalError('not-found', { detail: 'no such device' });
    settings.devices = kept;
    return this.#changed(customer);
  }

  followAlerts(input: Input<'followAlerts'>): Following {
    const { subscription: _, ...following } = parseInput(followAlerts, input);
    return following;
  }

  giveMedicalNeed(customer: Persona, input: Input<'giveMedicalNeed'>): AlertSettings {
    const { contractId, phone, textVersion } = parseInput(giveMedicalNeed, input);
    this.#requireHeld(customer, contractId);
    if (textVersion !== alertRules.medical.version) throw new PortalError('conflict', { detail: 'the text has changed since it was shown' });
    const settings = this.#of(customer);
    settings.medicalNeeds = [...settings.medicalNeeds.filter((need) => need.contractId !== contractId), { contractId, phone, since: this.#clock(), textVersion }];
    return this.#changed(customer);
  }

  withdrawMedicalNeed(customer: Persona, input: Input<'withdrawMedicalNeed'>): AlertSettings {
    const { contractId } = parseInput(withdrawMedicalNeed, input);
    this.#requireHeld(customer, contractId);
    const settings = this.#of(customer);
    settings.medicalNeeds = settings.medicalNeeds.filter((need) => need.contractId !== contractId);
    return this.#changed(customer);
  }

  #contractsOf(customer: Persona): Contract[] {
    return this.#contracts.of(customer).map(({ contract }) => contract);
  }

  get #all(): Outage[] {
    this.#outages ??= outagesOf(this.#utility.id, instant(Date.parse(this.#clock())), this.#scenario);
    return this.#outages;
  }

  #requireHeld(customer: Persona, contractId: string): void {
    if (!this.#contractsOf(customer).some(({ id }) => id === contractId)) throw new PortalError('not-found', { detail: 'no such contract' });
    if (this.#contracts.holderOf(contractId) !== customer) throw new PortalError('forbidden', { detail: 'only the holder of a contract decides that' });
  }

  #changed(customer: Persona): AlertSettings {
    this.#changes.note([{ operation: 'getAlertSettings', input: {} } satisfies Change]);
    return this.getAlertSettings(customer);
  }

  #of({ id }: Persona): Settings {
    const settings: Settings = this.#settings.get(id) ?? { choices: [], muted: [], communes: [], quietHours: null, devices: [], medicalNeeds: [] };
    this.#settings.set(id, settings);
    return settings;
  }
}
