/** The readings of a meter as one history: what was sent and collected, and what invoices were reckoned by. */
import type { Bill } from './invoices.ts';
import type { Contract, Energy, Meter } from './portal.ts';
import type { KnownIndex, RegisterHistory } from './reading-plausibility.ts';
import type { MeterReading, ReadIndex } from './readings.ts';
import { addDays, daysBetween, type LocalDay } from './time.ts';

/** How a meter's display is read: what it counts, and how many digits behind the comma are not sent. */
export interface MeterDisplay {
  readonly unit: 'kWh' | 'm³';
  readonly decimals: number;
}

/** What an invoice says that the registers showed on a day. */
export interface BilledIndexes {
  readonly invoiceId: string;
  readonly on: LocalDay;
  readonly isReal: boolean;
  readonly indexes: readonly ReadIndex[];
}

/** A meter that reports by itself and has not for longer is told to be silent: a day or two are caught up with. */
const SILENT_AFTER_DAYS = 3;
const HOURS = 24;

export function displayOf(energy: Energy): MeterDisplay {
  return energy === 'gas' ? { unit: 'm³', decimals: 3 } : { unit: 'kWh', decimals: 1 };
}

/** The last day that such a meter told of, where it has been silent since. */
export function silentSince(lastDay: LocalDay, today: LocalDay): LocalDay | undefined {
  return daysBetween(lastDay, today) > SILENT_AFTER_DAYS ? lastDay : undefined;
}

/**
 * The indexes at the ends of invoices, each under the invoice that ended with it; what was reckoned in between is no reading.
 * @param bills in the order of their days, without credit notes
 */
export function billedIndexes(bills: readonly { readonly id: string; readonly bill: Pick<Bill, 'lines'> }[]): BilledIndexes[] {
  const known = new Map<LocalDay, { invoiceId: string; isReal: boolean; byRegister: Map<string, number> }>();
  for (const { id, bill } of bills) {
    const energy = bill.lines.filter((line) => line.what === 'energy');
    // What an invoice ends with, before what one begins with: another meter may begin with something else on that day.
    const ends = energy.map(({ register, index, to }) => ({ register, on: to, index: index.end, quality: index.endQuality }));
    const starts = energy.map(({ register, index, from }) => ({ register, on: from, index: index.start, quality: index.startQuality }));
    for (const { register, on, index, quality } of [...ends, ...starts]) {
      if (quality === 'calculated') continue;
      const ofDay = known.get(on) ?? { invoiceId: id, isReal: true, byRegister: new Map<string, number>() };
      if (ofDay.byRegister.has(register)) continue;
      ofDay.byRegister.set(register, index);
      if (quality === 'estimated') ofDay.isReal = false;
      known.set(on, ofDay);
    }
  }
  return [...known].map(([on, { byRegister, ...rest }]) => ({ ...rest, on, indexes: [...byRegister].map(([register, index]) => ({ register, index })) }));
}

/**
 * One history, the latest first: a reading that an invoice was reckoned by is `used` by it, and what only invoices know has
 * a place of its own.
 * @param own sent, taken or collected
 */
export function mergedReadings(own: readonly MeterReading[], billed: readonly BilledIndexes[]): MeterReading[] {
  const left = new Set(billed);
  const merged = own.map((reading): MeterReading => {
    if (reading.state === 'corrected') return reading;
    const use = billed.find((each) => left.has(each) && each.isReal && isSame(each, reading));
    if (!use) return reading;
    left.delete(use);
    const { correctableUntil: _, ...used } = reading;
    return { ...used, state: 'used', invoiceId: use.invoiceId };
  });
  const others = [...left].map(({ invoiceId, on, isReal, indexes }): MeterReading => ({ id: `${invoiceId}-${on}`, on, source: 'invoice', state: isReal ? 'used' : 'estimated', indexes: [...indexes], invoiceId }));
  return [...merged, ...others].sort((a, b) => compare(b.on, a.on) || compare(b.sentAt ?? '', a.sentAt ?? '') || compare(a.id, b.id));
}

/**
 * What is known of each register of a meter, by its readings. What is under check, estimated or corrected is no real index.
 * @param leftOut id of a reading that another one is to take the place of
 */
export function registerHistories({ registers, energy, replaced }: Pick<Meter, 'registers' | 'energy' | 'replaced'>, readings: readonly MeterReading[], { subscribedPowerKva }: Pick<Contract, 'subscribedPowerKva'>, leftOut?: string): RegisterHistory[] {
  const counting = readings.filter(({ id }) => id !== leftOut);
  return registers.map((register) => {
    const known = (which: (reading: MeterReading) => boolean) =>
      counting.filter(which).flatMap(({ on, indexes }): KnownIndex[] => indexes.filter((each) => each.register === register.code).map(({ index }) => ({ day: on, index }))).sort((a, b) => compare(a.day, b.day));
    const change = replaced?.indexes.find((each) => each.register === register.code);
    const isOld = ({ on }: MeterReading) => replaced !== undefined && on <= replaced.on;
    const isSupposed = ({ state }: MeterReading) => state === 'estimated';
    const atChange = (index: number | undefined): KnownIndex[] => (replaced && index !== undefined ? [{ day: replaced.on, index }] : []);
    // Indexes of the day itself stand on the change: which of both meters an invoice means cannot be told.
    const real = [...atChange(change?.opening), ...known((reading) => isReal(reading) && !isOld(reading))];
    const estimated = known((reading) => isSupposed(reading) && !isOld(reading)).at(-1);
    return {
      register,
      real,
      ...(replaced && { ofMeterBefore: [...known((reading) => isReal(reading) && reading.on < replaced.on), ...atChange(change?.closing)] }),
      ...(estimated && { estimated }),
      ...(energy === 'electricity' && subscribedPowerKva !== null && { mostADay: subscribedPowerKva * HOURS }),
    };
  });
}

/** Whether somebody or something has read it, and nobody doubts it. */
export function isReal({ state }: Pick<MeterReading, 'state'>): boolean {
  return state === 'transmitted' || state === 'accepted' || state === 'used';
}

/** An invoice has the index of when a day began: it may have taken that of the day before, or of the day itself. */
function isSame({ on, indexes }: BilledIndexes, reading: MeterReading): boolean {
  const isNear = addDays(on, -1) <= reading.on && reading.on <= addDays(on, 1);
  return isNear && indexes.every(({ register, index }) => reading.indexes.some((each) => each.register === register && each.index === index));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
