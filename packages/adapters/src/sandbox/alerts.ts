import {
  addPushDevice, alertChoices, concernsOf, followAlerts, giveMedicalNeed, instant, isReportable, isStillSaid, localDay, maskEmail, maskPhone, outageThere, parseInput, placeOf, PortalError, removePushDevice, reportFaults, reportOutage, staleByOutages, updateAlertSettings, withdrawMedicalNeed,
  type ActivityKind, type AlertChoice, type AlertService, type AlertSettings, type Change, type Concern, type Contract, type Following, type Input, type Instant, type MedicalNeed, type Outage, type OutageBoard, type OutageMap, type OutageReport, type OutageUpdate, type Page, type PushDevice, type QuietHours, type Utility,
} from '@oya/contract';
import { alertRules, communeMap, outagesOf, type OutageScenario, type Persona } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';
import { MAY_EXIST } from './phone-numbers.ts';

/** A key for Web Push that nobody has the other half of: a browser takes it, and nothing ever comes. */
const PUSH_KEY = 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM';

/** What a customer did with their own account, and with which of their contracts. */
type Trace = (customer: Persona, kind: ActivityKind, contractId?: Contract['id']) => void;

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
  readonly #trace: Trace;
  /** Told from the moment at which somebody first asks: an outage does not begin anew with each answer. */
  #outages: Outage[] | undefined;
  #scenario: OutageScenario;
  readonly #reports: (OutageReport & { readonly contractId: string | undefined })[] = [];
  readonly #settings = new Map<Persona['id'], Settings>();

  constructor(utility: Utility, contracts: Contracts, changes: ChangeLog, clock: () => Instant, scenario: OutageScenario, phoneOf: (customer: Persona) => string | null, trace: Trace) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#changes = changes;
    this.#clock = clock;
    this.#scenario = scenario;
    this.#phoneOf = phoneOf;
    this.#trace = trace;
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
    const concerns = concernsOf(this.#all, this.#ownOf(customer), territory, localDay(Date.parse(this.#clock()), timeZone));
    return { items: concerns.map((concern) => ({ ...concern, stillOutAt: this.#stillOutAt(concern) })) };
  }

  reportOutage(customer: Persona | undefined, input: Input<'reportOutage'>): OutageReport {
    const { contractId, outageId, ...told } = parseInput(reportOutage, input);
    const reportedAt = this.#clock();
    const now = Date.parse(reportedAt);
    const { territory } = this.#utility;
    const fields = reportFaults(told, { territory, now, mayExist: (phone) => MAY_EXIST.test(phone) });
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be reported like this', fields });
    const contract = customer && this.#ownOf(customer).find(({ id }) => id === contractId);
    if (contractId !== undefined && !contract) throw new PortalError('not-found', { detail: 'no such contract' });
    const place = { energy: contract?.energy ?? told.energy, commune: told.commune, address: told.address, ...(contract && placeOf(contract.site, territory)) };
    const outage = outageId === undefined ? outageThere(this.#all, place, now) : this.#all.find(({ id }) => id === outageId);
    if (outageId !== undefined && !(outage && isReportable(outage, now))) throw new PortalError('not-found', { detail: 'no such outage any more' });
    const report: OutageReport = { id: crypto.randomUUID(), reference: `S-${String(1001 + this.#reports.length)}`, reportedAt, outageId: outage?.id ?? null };
    this.#reports.push({ ...report, contractId });
    if (customer) this.#trace(customer, 'outage-reported');
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
    const phone = this.#phoneOf(customer);
    return {
      choices: alertChoices(choices, ['push', 'email', 'sms']),
      addresses: this.#ownOf(customer).map(({ id, energy, site: { label, address, commune } }) => ({ contractId: id, energy, site: label, address: `${address}, ${commune}`, isMuted: muted.includes(id) })),
      communes: [...communes],
      quietHours,
      devices: devices.map(({ endpoint: _, ...device }) => device),
      medicalNeeds,
      email: maskEmail(customer.email),
      phone: phone === null ? null : maskPhone(phone),
    };
  }

  updateAlertSettings(customer: Persona, input: Input<'updateAlertSettings'>): AlertSettings {
    const { choices, mutedContracts, communes, quietHours } = parseInput(updateAlertSettings, input);
    const settings = this.#of(customer);
    if (communes?.some((code) => !this.#utility.territory.some((served) => served.code === code))) throw new PortalError('invalid', { detail: 'a commune that this utility does not serve', fields: [{ path: 'communes', code: 'unknown' }] });
    if (choices?.some(({ channels }) => channels.includes('sms')) && this.#phoneOf(customer) === null) throw new PortalError('invalid', { detail: 'text messages need a number', fields: [{ path: 'choices', code: 'phone-needed' }] });
    const before = JSON.stringify(this.getAlertSettings(customer));
    if (choices) settings.choices = [...settings.choices, ...choices];
    if (mutedContracts) settings.muted = mutedContracts;
    if (communes) settings.communes = [...new Set(communes)];
    if (quietHours !== undefined) settings.quietHours = quietHours;
    if (JSON.stringify(this.getAlertSettings(customer)) !== before) this.#trace(customer, 'alerts-changed');
    return this.#changed(customer);
  }

  addPushDevice(customer: Persona, input: Input<'addPushDevice'>): AlertSettings {
    const { endpoint } = parseInput(addPushDevice, input).subscription;
    const settings = this.#of(customer);
    if (!settings.devices.some((device) => device.endpoint === endpoint)) {
      settings.devices.push({ id: crypto.randomUUID(), label: 'Ce navigateur', addedAt: this.#clock(), endpointEnd: endpoint.slice(-16), endpoint });
      this.#trace(customer, 'alert-device-added');
    }
    return this.#changed(customer);
  }

  removePushDevice(customer: Persona, input: Input<'removePushDevice'>): AlertSettings {
    const { deviceId } = parseInput(removePushDevice, input);
    const settings = this.#of(customer);
    const kept = settings.devices.filter(({ id }) => id !== deviceId);
    if (kept.length === settings.devices.length) throw new PortalError('not-found', { detail: 'no such device' });
    settings.devices = kept;
    this.#trace(customer, 'alert-device-removed');
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
    this.#trace(customer, 'medical-need-given', contractId);
    return this.#changed(customer);
  }

  withdrawMedicalNeed(customer: Persona, input: Input<'withdrawMedicalNeed'>): AlertSettings {
    const { contractId } = parseInput(withdrawMedicalNeed, input);
    this.#requireHeld(customer, contractId);
    const settings = this.#of(customer);
    const kept = settings.medicalNeeds.filter((need) => need.contractId !== contractId);
    if (kept.length < settings.medicalNeeds.length) this.#trace(customer, 'medical-need-withdrawn', contractId);
    settings.medicalNeeds = kept;
    return this.#changed(customer);
  }

  /** Contracts that the customer holds and has not left. What somebody else lets them read is that one's to be told of. */
  #ownOf(customer: Persona): Contract[] {
    const today = localDay(Date.parse(this.#clock()), this.#utility.timeZone);
    return this.#contracts.of(customer).flatMap(({ contract, role }) => (role.role === 'holder' && (contract.to === null || contract.to > today) ? [contract] : []));
  }

  #stillOutAt(concern: Pick<Concern, 'outageId' | 'contractId'>): Instant | null {
    const outage = this.#all.find(({ id }) => id === concern.outageId);
    const last = this.#reports.findLast(({ outageId, contractId }) => outageId === concern.outageId && contractId === concern.contractId);
    return outage && last && isStillSaid(outage, last.reportedAt) ? last.reportedAt : null;
  }

  get #all(): Outage[] {
    this.#outages ??= outagesOf(this.#utility.id, instant(Date.parse(this.#clock())), this.#scenario);
    return this.#outages;
  }

  #requireHeld(customer: Persona, contractId: string): void {
    if (!this.#contracts.of(customer).some(({ contract }) => contract.id === contractId)) throw new PortalError('not-found', { detail: 'no such contract' });
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
