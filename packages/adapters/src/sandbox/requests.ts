import {
  answerServiceRequest, getServiceRequest, isOpen, localDay, parseInput, PortalError, requestNumber, REQUESTS_AN_HOUR, requireRequest, requireStep, sendServiceRequest, staleByServiceRequests, withdrawServiceRequest, withDoubts,
  type AttachmentPurpose, type Input, type Instant, type Page, type RequestDetails, type RequestState, type RequestStep, type ServiceRequest, type ServiceRequestDetails, type Utility,
} from '@oya/contract';
import { requestsOfPersona, type Persona } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';
import { MAY_EXIST } from './phone-numbers.ts';
import type { TraceBeside } from './traces.ts';

const HOUR_MS = 3_600_000;

interface Kept extends Pick<ServiceRequestDetails, 'id' | 'number' | 'details' | 'phone'> {
  readonly owner: Persona;
  readonly steps: RequestStep[];
}

/** Requests at one utility's sandbox portal: those of the personas, and what visitors ask for. */
export class Requests {
  readonly #utility: Utility;
  readonly #contracts: Contracts;
  readonly #changes: ChangeLog;
  readonly #clock: () => Instant;
  readonly #trace: TraceBeside;
  /** The oldest first. */
  readonly #kept = new Map<Persona['id'], Kept[]>();

  constructor(utility: Utility, contracts: Contracts, changes: ChangeLog, clock: () => Instant, trace: TraceBeside) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#changes = changes;
    this.#clock = clock;
    this.#trace = trace;
  }

  listServiceRequests(customer: Persona): Page<ServiceRequest> {
    return { items: this.allOf(customer).map(({ id, number, kind, state, sentAt, changedAt }) => ({ id, number, kind, state, sentAt, changedAt })) };
  }

  getServiceRequest(customer: Persona, input: Input<'getServiceRequest'>): ServiceRequestDetails {
    return shown(this.#request(customer, parseInput(getServiceRequest, input).serviceRequestId));
  }

  sendServiceRequest(customer: Persona, input: Input<'sendServiceRequest'>): ServiceRequestDetails {
    const { details, phone, attachmentIds = [] } = parseInput(sendServiceRequest, input);
    const noted = this.#judged(customer, details, attachmentIds.length);
    if (!MAY_EXIST.test(phone)) throw new PortalError('invalid', { detail: 'no such phone number', fields: [{ path: 'phone', code: 'invalid' }] });
    this.#countAsking(customer);
    const kept: Kept = { id: crypto.randomUUID(), number: requestNumber(crypto.getRandomValues(new Uint8Array(8))), owner: customer, details: noted, phone, steps: [] };
    this.#append(kept, { state: 'received', by: 'customer', author: null, words: null }, attachmentIds, { what: 'request', about: details.kind });
    this.#of(customer).push(kept);
    return shown(kept);
  }

  answerServiceRequest(customer: Persona, input: Input<'answerServiceRequest'>): ServiceRequestDetails {
    const { serviceRequestId: requestId, words, attachmentIds = [] } = parseInput(answerServiceRequest, input);
    const kept = this.#request(customer, requestId);
    requireStep(stateOf(kept), 'in-progress', 'customer', words);
    this.#countAsking(customer);
    this.#append(kept, { state: 'in-progress', by: 'customer', author: null, words }, attachmentIds, { what: 'request', about: requestId });
    return shown(kept);
  }

  withdrawServiceRequest(customer: Persona, input: Input<'withdrawServiceRequest'>): ServiceRequestDetails {
    const kept = this.#request(customer, parseInput(withdrawServiceRequest, input).serviceRequestId);
    if (stateOf(kept) !== 'withdrawn') {
      requireStep(stateOf(kept), 'withdrawn', 'customer', null);
      this.#append(kept, { state: 'withdrawn', by: 'customer', author: null, words: null });
    }
    return shown(kept);
  }

  /** The utility takes a request further. @throws RangeError where there is no such request */
  change(requestId: string, state: RequestState, words: string | null = null, author = 'Chloé, service clients'): void {
    const kept = [...this.#kept.values()].flat().find(({ id }) => id === requestId);
    if (!kept) throw new RangeError(`there is no request "${requestId}"`);
    requireStep(stateOf(kept), state, 'utility', words);
    this.#append(kept, { state, by: 'utility', author, words });
    this.#trace(kept.owner, 'request-changed', 'utility', null);
  }

  /** @throws PortalError for a request that is not the customer's */
  requireOwn(customer: Persona, requestId: string): void {
    this.#request(customer, requestId);
  }

  /** With every step: what is open first, the latest first; for whoever takes their data away, too. */
  allOf(customer: Persona): ServiceRequestDetails[] {
    return this.#of(customer).map(shown).reverse().sort((one, other) => Number(isOpen(other)) - Number(isOpen(one)));
  }

  #append(kept: Kept, step: Omit<RequestStep, 'at' | 'attachments'>, attachmentIds: readonly string[] = [], purpose?: AttachmentPurpose): void {
    const attachments = purpose ? this.#contracts.invoices.attachments.giveTo(kept.owner, attachmentIds, purpose) : [];
    kept.steps.push({ ...step, at: this.#clock(), ...(attachments.length > 0 && { attachments }) });
    this.#changes.note(staleByServiceRequests(kept.id));
  }

  /** @returns the same, with what is odd about readings */
  #judged(customer: Persona, details: RequestDetails, files: number): RequestDetails {
    const today = localDay(Date.parse(this.#clock()), this.#utility.timeZone);
    const contracts = this.#contracts.of(customer).flatMap(({ contract, role }) => (role.role === 'holder' ? [contract] : []));
    const meters = this.#contracts.metersOf(customer).map(({ meter }) => meter).filter(({ contractId }) => contracts.some(({ id }) => id === contractId));
    requireRequest(details, this.#utility, { today, contracts, meters, files });
    if (details.kind !== 'moving' || !details.leaving?.readings) return details;
    const readings = details.leaving.readings.map((reading) => {
      const meter = meters.find(({ id }) => id === reading.meterId);
      const contract = contracts.find(({ id }) => id === meter?.contractId);
      if (!meter || !contract) return reading;
      const known = this.#contracts.readings.listReadings(customer, { meterId: meter.id });
      return withDoubts(reading, { meter, contract, readings: known.readings, nextInvoiceOn: known.nextInvoiceOn, window: this.#utility.readingWindow, today });
    });
    return { ...details, leaving: { ...details.leaving, readings } };
  }

  #of(customer: Persona): Kept[] {
    let kept = this.#kept.get(customer.id);
    if (!kept) {
      kept = requestsOfPersona(customer).map(({ id, number, details, phone, steps }): Kept => ({ id, number, details, phone, owner: customer, steps: [...steps] }));
      this.#kept.set(customer.id, kept);
    }
    return kept;
  }

  #request(customer: Persona, requestId: string): Kept {
    const kept = this.#of(customer).find(({ id }) => id === requestId);
    if (!kept) throw new PortalError('not-found', { detail: `there is no request "${requestId}" of this customer` });
    return kept;
  }

  #countAsking(customer: Persona): void {
    const since = Date.parse(this.#clock()) - HOUR_MS;
    const asked = this.#of(customer).flatMap(({ steps }) => steps).filter(({ by, state, at }) => by === 'customer' && state !== 'withdrawn' && Date.parse(at) > since).map(({ at }) => Date.parse(at));
    if (asked.length >= REQUESTS_AN_HOUR) throw new PortalError('rate-limited', { detail: 'too many requests within an hour', retryAfterSeconds: Math.ceil((Math.min(...asked) - since) / 1000) });
  }
}

function stateOf({ steps }: Pick<Kept, 'steps'>): RequestState {
  return steps.at(-1)?.state ?? 'received';
}

function shown(kept: Kept): ServiceRequestDetails {
  const { id, number, details, phone, steps } = kept;
  const [first, last] = [steps[0] as RequestStep, steps.at(-1) as RequestStep];
  return { id, number, kind: details.kind, state: last.state, sentAt: first.at, changedAt: last.at, details, phone, steps: [...steps] };
}
