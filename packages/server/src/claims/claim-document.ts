/** All that speaks for a claim about an invoice, whatever it is written as. */
import { addSteps, PortalError, type Consumption, type CurveSegment, type EnergySeries, type InvoiceDetails, type Meter, type Period } from '@oya/contract';
import type { StoredFile } from '../attachments/store.ts';
import type { InvoiceDocument } from '../invoices/invoice-document.ts';
import { readConsumption } from '../operations/consumption.ts';
import { listMeters } from '../operations/contracts.ts';
import type { CustomerContext } from '../operations/context.ts';

/** What a meter measured on the days of an invoice. */
export interface MeasuredByMeter {
  readonly meter: Meter;
  /** From the first to the last day of the invoice; `null` where the meter tells no days, or measured none of these. */
  readonly days: EnergySeries | null;
  /** The energy of the same days a year before, in Wh; `null` where not all of them are known. */
  readonly yearBefore: number | null;
  /** Of all that was measured on the days of the invoice, in Wh. */
  readonly total: number | null;
  /** The half-hours, where their customer consents to them. */
  readonly curve: readonly CurveSegment[];
  /** Why there are none. */
  readonly withoutCurve: 'no-consent' | 'not-measured' | null;
}

export interface ClaimDocument {
  readonly invoice: InvoiceDocument;
  /** The one of the same days a year before, or else the one before. */
  readonly compared: { readonly details: InvoiceDetails; readonly isYearBefore: boolean } | null;
  /** In the customer's own words; may be empty. */
  readonly words: string;
  readonly files: readonly StoredFile[];
  readonly measured: readonly MeasuredByMeter[];
  /** Epoch milliseconds. */
  readonly madeAt: number;
}

/** Of the meters of an invoice's contract, those that measured on its days. */
export async function readMeasured({ contractId, period }: Pick<InvoiceDetails, 'contractId' | 'period'>, context: CustomerContext): Promise<MeasuredByMeter[]> {
  const { items } = await listMeters({ contractId }, context);
  const measured: MeasuredByMeter[] = [];
  // One after the other: no claim holds more connections than a page does.
  for (const meter of items) {
    const days = await ask(meter, 'day', period, context);
    const curve = await ask(meter, 'half-hour', period, context);
    const before = days === undefined ? undefined : await ask(meter, 'day', { from: addSteps(period.from, 'month', -12), to: addSteps(period.to, 'month', -12) }, context);
    const segments = curve?.series.kind === 'curve' ? curve.series.segments : [];
    const series = days?.series.kind === 'energy' && days.total !== null ? days.series : null;
    if (series === null && segments.length === 0 && items.length > 1) continue;
    const isConsented = meter.loadCurve !== 'consent-needed' && meter.loadCurve !== 'requested';
    measured.push({
      meter,
      days: series,
      yearBefore: before?.series.kind === 'energy' && before.series.values.length > 0 && !before.series.values.includes(null) ? before.total : null,
      total: days?.total ?? null,
      curve: segments,
      withoutCurve: segments.length > 0 ? null : isConsented ? 'not-measured' : 'no-consent',
    });
  }
  return measured;
}

/** `undefined` where the meter does not tell it, or its customer has not agreed to it. */
async function ask({ id: meterId }: Meter, resolution: 'day' | 'half-hour', { from, to }: Period, context: CustomerContext): Promise<Consumption | undefined> {
  try {
    return await readConsumption({ meterId, resolution, from, to }, context);
  } catch (error) {
    if (error instanceof PortalError && (error.kind === 'forbidden' || error.kind === 'invalid')) return undefined;
    throw error;
  }
}
