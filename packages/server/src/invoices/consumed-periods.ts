/** What a contract consumed, as its invoices told it in the end. */
import { addSteps, daysBetween, daysInCommon, wattHours, type Bill, type InvoiceLine, type Period, type WattHours } from '@oya/contract';

/** The days of one invoice, and what was consumed in them. */
export interface ConsumedPeriod {
  readonly period: Period;
  readonly wattHours: WattHours;
  /** The same days a year before; `null` where not all of them were charged. */
  readonly yearBefore: WattHours | null;
}

export interface ChargedBill {
  readonly number: string;
  readonly bill: Bill;
}

type EnergyLine = Extract<InvoiceLine, { what: 'energy' }>;

/**
 * What each bill's days consumed: of what a later one gives back and reckons anew, only the later counts. Where a line goes
 * beyond the days that are asked for, it is shared out by their number.
 * @param bills without credit notes, the oldest first
 */
export function consumedPeriods(bills: readonly ChargedBill[]): ConsumedPeriod[] {
  const kept = keptLines(bills);
  const [first] = bills;
  return bills.map(({ bill: { period } }) => {
    const before = { from: addSteps(period.from, 'month', -12), to: addSteps(period.to, 'month', -12) };
    return { period, wattHours: energyIn(kept, period), yearBefore: first && first.bill.period.from <= before.from ? energyIn(kept, before) : null };
  });
}

function keptLines(bills: readonly ChargedBill[]): EnergyLine[] {
  const kept = new Map<string, EnergyLine>();
  for (const { number, bill } of bills) {
    for (const { invoiceId, line } of bill.givenBack) kept.delete(keyOf(invoiceId, line));
    for (const line of bill.lines) if (line.what === 'energy') kept.set(keyOf(number, line), line);
  }
  return [...kept.values()];
}

function keyOf(number: string, line: InvoiceLine): string {
  return [number, line.what, line.what === 'energy' && line.register, line.from, line.to].join(' ');
}

function energyIn(lines: readonly EnergyLine[], period: Period): WattHours {
  let energy = 0;
  for (const line of lines) {
    const days = daysInCommon(line, period);
    if (days > 0) energy += (line.wattHours * days) / daysBetween(line.from, line.to);
  }
  return wattHours(Math.round(energy));
}
