import {
  billedIndexes, instant, listReadings, localDay, mergedReadings, parseInput, PortalError, sendReading, silentSince, staleByReadings, takenReading, withoutBusiness,
  type Contract, type Input, type Instant, type LocalDay, type Meter, type MeterReading, type MeterReadings, type Utility,
} from '@oya/contract';
import { billsOf, collectedReading, freshness, nextInvoiceOn, type Persona, type PersonaMeter } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';
import type { TraceBeside } from './traces.ts';

/** Readings at one utility's sandbox portal: those that the personas' invoices rest on, and what visitors send. */
export class Readings {
  readonly #utility: Utility;
  readonly #contracts: Contracts;
  readonly #changes: ChangeLog;
  readonly #clock: () => Instant;
  readonly #trace: TraceBeside;
  readonly #sent = new Map<Meter['id'], MeterReading[]>();

  constructor(utility: Utility, contracts: Contracts, changes: ChangeLog, clock: () => Instant, trace: TraceBeside) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#changes = changes;
    this.#clock = clock;
    this.#trace = trace;
  }

  listReadings(customer: Persona, input: Input<'listReadings'>): MeterReadings {
    const { source, isHolder } = this.#meter(customer, parseInput(listReadings, input).meterId);
    const known = this.readingsOf(source);
    return isHolder ? known : withoutBusiness(known);
  }

  sendReading(customer: Persona, input: Input<'sendReading'>): MeterReading {
    const { meterId, on, indexes, corrects, words = '', attachmentIds = [] } = parseInput(sendReading, input);
    const { source } = this.#meter(customer, meterId);
    const { meter } = source;
    const contract = this.#contracts.owned(customer, meter.contractId);
    if (meter.kind !== 'hand-read') throw new PortalError('unsupported', { code: 'collected', detail: 'this meter reports by itself: send its indexes by a message' });
    const now = Date.parse(this.#clock());
    const { readings, nextInvoiceOn: next } = this.readingsOf(source);
    const taken = takenReading({ on, indexes, corrects }, { meter, contract, readings, nextInvoiceOn: next, window: this.#utility.readingWindow, today: this.#today }, now);
    const photos = this.#contracts.invoices.attachments.giveTo(customer, attachmentIds, { what: 'reading', meterId });
    const reading: MeterReading = {
      id: crypto.randomUUID(), on, source: 'customer', state: taken.state, indexes: [...taken.indexes], sentAt: instant(now),
      ...(taken.isOutsideWindow && { isOutsideWindow: true }), ...(words !== '' && { words }), ...(photos.length > 0 && { photos }),
      correctableUntil: taken.correctableUntil,
    };
    this.#sent.set(meterId, [...(this.#sent.get(meterId) ?? []).map((each) => (each.id === corrects ? correctedOf(each) : each)), reading]);
    this.#changes.note(staleByReadings(meterId));
    return reading;
  }

  /**
   * Somebody of the utility looks at a reading that is under check, and takes it or not.
   * @throws RangeError when there is none
   */
  check(readingId: MeterReading['id'], isAccepted: boolean, answer?: string): void {
    const [meterId, sent] = [...this.#sent].find(([, readings]) => readings.some(({ id, state }) => id === readingId && state === 'under-check')) ?? [];
    if (meterId === undefined || !sent) throw new RangeError(`no reading "${readingId}" is under check`);
    this.#sent.set(meterId, sent.map((each) => (each.id === readingId ? { ...(isAccepted ? acceptedOf(each) : correctedOf(each)), ...(answer !== undefined && { answer }) } : each)));
    this.#changes.note(staleByReadings(meterId));
    const contractId = this.#contracts.meterSource(meterId)?.meter.contractId;
    if (contractId !== undefined) this.#trace(this.#contracts.holderOf(contractId), 'reading-checked', 'utility', contractId);
  }

  /** For whoever takes their data away. */
  readingsOf(source: PersonaMeter): MeterReadings {
    const { meter } = source;
    const household = this.#contracts.sourceOf({ id: meter.contractId } as Contract);
    const contract = household.contracts.find(({ id }) => id === meter.contractId) as Contract;
    const now = this.#clock();
    const bills = billsOf(household, contract, now);
    const collected = collectedReading(source, contract, now);
    const wattHoursPerCubicMetre = bills.flatMap(({ bill }) => bill.lines.flatMap((line) => (line.what === 'energy' && line.index.wattHoursPerCubicMetre) || [])).at(-1);
    const { measuredUntil } = freshness(source, now);
    const silent = meter.kind === 'hand-read' || measuredUntil === null ? undefined : silentSince(localDay(Date.parse(measuredUntil) - 1, source.timeZone), this.#today);
    return {
      meterId: meter.id,
      readings: mergedReadings([...(collected ? [collected] : []), ...(this.#sent.get(meter.id) ?? [])], billedIndexes(bills.map(({ number: id, bill }) => ({ id, bill })))),
      nextInvoiceOn: nextInvoiceOn(household, contract, now),
      ...(wattHoursPerCubicMetre !== undefined && { wattHoursPerCubicMetre }),
      ...(silent !== undefined && { silentSince: silent }),
    };
  }

  /** @throws PortalError for a meter that is not the customer's own */
  requireOwn(customer: Persona, meterId: string): void {
    this.#contracts.owned(customer, this.#meter(customer, meterId).source.meter.contractId);
  }

  #meter(customer: Persona, meterId: string): { source: PersonaMeter; isHolder: boolean } {
    const source = this.#contracts.metersOf(customer).find(({ meter }) => meter.id === meterId);
    if (!source) throw new PortalError('not-found', { detail: `there is no meter "${meterId}" for this customer` });
    return { source, isHolder: this.#contracts.of(customer).some(({ contract, role }) => contract.id === source.meter.contractId && role.role === 'holder') };
  }

  get #today(): LocalDay {
    return localDay(Date.parse(this.#clock()), this.#utility.timeZone);
  }
}

function correctedOf({ correctableUntil: _, ...reading }: MeterReading): MeterReading {
  return { ...reading, state: 'corrected' };
}

function acceptedOf({ correctableUntil: _, ...reading }: MeterReading): MeterReading {
  return { ...reading, state: 'accepted' };
}
