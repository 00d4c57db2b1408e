/** What the demo's contracts are charged: what the billing rules make of what their meters counted. */
import { addDays, addSteps, billSeries, localDay, stepStart, type Bill, type BilledReading, type Contract, type Instant, type LocalDay, type Meter, type MeterReading, type Tariff } from '@oya/contract';
import { dayNumber } from './generator/calendar.ts';
import { gasWattHours, profileWatts } from './generator/household.ts';
import { availability, freshness, measureDay } from './generator/measure.ts';
import { randomAt } from './generator/random.ts';
import type { Persona, PersonaMeter } from './personas.ts';
import { billingTariffOf } from './tariffs.ts';

export interface PersonaBill {
  /** As printed: two letters and ten digits, of which four are the month of its issue. */
  readonly number: string;
  readonly contractId: string;
  readonly issuedOn: LocalDay;
  readonly dueOn: LocalDay;
  readonly bill: Bill;
}

/** An invoice ends with a month, and is issued on the 12th of the next. */
const ISSUED_AFTER_DAYS = 11;
const DUE_AFTER_DAYS = 15;
/** Meters that report by themselves are billed each month, the others every second. */
const MONTHS_BETWEEN_HAND_READ = 2;
const MONTHS_BETWEEN_SETTLEMENTS = 12;
const LITRES_PER_CUBIC_METRE = 1000;
const WATT_HOURS_PER_KWH = 1000;
/** About what the utility supposes of gas. */
const WATT_HOURS_PER_CUBIC_METRE = 11_200;

/** Salts that keep these apart from the household's chances. */
const FIRST_INDEX = 41;
const ESTIMATE = 42;

/** Of a contract that is paid by instalments there is one a year. */
const SETTLED_YEARLY: ReadonlySet<Contract['id']> = new Set(['marc-electricity', 'yvette-electricity']);

/** All that is told of a day's invoices asks for the same: two years of a meter take a tenth of a second. */
const lastReckoned = new WeakMap<PersonaMeter, { readonly contract: Contract; readonly today: LocalDay; readonly bills: readonly PersonaBill[] }>();

const lastCollected = new WeakMap<PersonaMeter, MeterReading>();

/** The invoices of a contract that were issued until an instant, the oldest first; none where no meter has counted long enough for one. */
export function billsOf({ utility, meters }: Pick<Persona, 'utility' | 'meters'>, contract: Contract, now: Instant): readonly PersonaBill[] {
  const source = meters.find(({ meter }) => meter.contractId === contract.id);
  if (!source) return [];
  const numberOf = (end: LocalDay) => invoiceNumber(utility, issueOf(end), contract.deliveryPoint.slice(-6));

  const today = localDay(Date.parse(now), source.timeZone);
  const known = lastReckoned.get(source);
  if (known?.contract === contract && known.today === today) return known.bills;
  const tariff = billingTariffOf(contract);
  const days = billedDays(source, contract, tariff, now).filter((day, index) => index === 0 || issueOf(day) <= today);
  const [from, ...ends] = days;
  if (from === undefined || ends.length === 0) return [];
  const bills = billSeries({ from, ends, readings: readingsOf(source, withChange(source, days)), registers: source.meter.registers, tariff, idOf: numberOf }).map((bill): PersonaBill => {
    const { to } = bill.period;
    return { number: numberOf(to), contractId: contract.id, issuedOn: issueOf(to), dueOn: addDays(issueOf(to), DUE_AFTER_DAYS), bill };
  });
  lastReckoned.set(source, { contract, today, bills });
  return bills;
}

/** What a meter that reports by itself said last, until an instant; `undefined` of the others, and before it said anything. */
export function collectedReading(source: PersonaMeter, contract: Contract, now: Instant): MeterReading | undefined {
  const { measuredUntil } = freshness(source, now);
  if (source.meter.kind === 'hand-read' || measuredUntil === null) return undefined;
  // Indexes are those of midnights.
  const day = localDay(Date.parse(measuredUntil), source.timeZone);
  const known = lastCollected.get(source);
  if (known?.on === day) return known;
  const billed = billedDays(source, contract, billingTariffOf(contract), now).filter((each) => each < day);
  const last = readingsOf(source, withChange(source, [...(billed.length > 0 ? billed : [source.dataFrom ?? day]), day])).at(-1);
  const shown = last?.opening ?? last?.indexes ?? {};
  const reading: MeterReading = { id: `collected-${day}`, on: day, source: 'meter', state: 'accepted', indexes: Object.entries(shown).map(([register, index]) => ({ register, index })) };
  lastCollected.set(source, reading);
  return reading;
}

/** As printed: the utility, the month of its issue, and what tells it from others of that month. */
export function invoiceNumber(utility: string, issuedOn: LocalDay, own: string): string {
  return `${utility.slice(0, 2).toUpperCase()}${issuedOn.slice(2, 4)}${issuedOn.slice(5, 7)}${own}`;
}

/** When the invoice is issued that ends before a day. */
export function issueOf(end: LocalDay): LocalDay {
  return addDays(end, ISSUED_AFTER_DAYS);
}

/** By how many months the invoices of a contract go. */
export function monthsBetween(contract: Pick<Contract, 'id'>, source: Pick<PersonaMeter, 'readingMonths'> | undefined): number {
  if (SETTLED_YEARLY.has(contract.id)) return MONTHS_BETWEEN_SETTLEMENTS;
  return source?.readingMonths ? MONTHS_BETWEEN_HAND_READ : 1;
}

/** The days on which an invoice begins or ends: the first of months, since the meter, the contract and its prices are there. */
function billedDays(source: PersonaMeter, contract: Contract, { prices }: Tariff, now: Instant): LocalDay[] {
  const available = availability(source, now);
  const priced = prices.find(({ what }) => what === 'standing-charge')?.from;
  if (!available || priced === undefined) return [];
  const since = [contract.from, priced].reduce((latest, day) => (day > latest ? day : latest), available.from);
  const until = contract.to !== null && contract.to < available.to ? contract.to : available.to;
  const first = stepStart(since, 'month') === since ? since : addSteps(since, 'month', 1);
  const step = monthsBetween(contract, source);
  const days: LocalDay[] = [];
  for (let day = firstReal(source, first); day <= until; day = addSteps(day, 'month', step)) days.push(day);
  return days;
}

/** With the day on which the meter was replaced, where they enclose it. */
function withChange({ meter: { replaced } }: PersonaMeter, days: readonly LocalDay[]): LocalDay[] {
  const [first, last] = [days[0], days.at(-1)];
  const isWithin = replaced && first !== undefined && last !== undefined && first < replaced.on && replaced.on <= last;
  return isWithin ? [...new Set([...days, replaced.on])].sort() : [...days];
}

/** The indexes of a meter on days in order: as it showed them, or, of one that nobody read on that day, as the utility supposed. */
function readingsOf(source: PersonaMeter, days: readonly LocalDay[]): BilledReading[] {
  const { meter, seed } = source;
  const counted = meter.registers.map(({ code, digits }) => ({ code, digits, index: Math.floor(randomAt(seed, FIRST_INDEX, code.length) * 30_000) * unitOf(meter) }));
  const readings: BilledReading[] = [];
  for (const [at, day] of days.entries()) {
    const before = days[at - 1];
    let energy = 0;
    let volume = 0;
    for (let each = before ?? day; each < day; each = addDays(each, 1)) {
      const { registers, ...whole } = countedOn(source, each);
      for (const register of counted) register.index += meter.energy === 'gas' ? (whole.volume ?? 0) : ((registers ? registers[register.code] : whole.energy) ?? 0);
      energy += whole.energy ?? 0;
      volume += whole.volume ?? 0;
    }
    const last = readings.at(-1);
    const real: BilledReading = {
      day,
      quality: 'real',
      indexes: Object.fromEntries(counted.map(({ code, digits, index }) => [code, Math.floor(index / unitOf(meter)) % 10 ** digits])),
      ...(meter.replaced?.on === day && { opening: Object.fromEntries(meter.replaced.indexes.map(({ register, opening }) => [register, opening])) }),
      ...(meter.energy === 'gas' && volume > 0 && { wattHoursPerCubicMetre: Math.round((energy * LITRES_PER_CUBIC_METRE) / volume) }),
    };
    readings.push(last && before !== undefined && !isRead(source, day) ? estimated(source, last, before, day) : real);
    for (const register of counted) {
      const opening = real.opening?.[register.code];
      if (opening !== undefined) register.index = opening * unitOf(meter);
    }
  }
  return readings;
}

/** What the utility supposes of days that nobody read: the usual, and a little more or less. */
function estimated({ meter, household, seed }: PersonaMeter, last: BilledReading, from: LocalDay, day: LocalDay): BilledReading {
  let usual = 0;
  const isGas = meter.energy === 'gas';
  for (let each = from; each < day; each = addDays(each, 1)) usual += isGas ? gasWattHours(household, seed, dayNumber(each)) : profileWatts(household, dayNumber(each)) * 24;
  const supposed = (usual * (0.9 + 0.35 * randomAt(seed, ESTIMATE, dayNumber(day)))) / (isGas ? WATT_HOURS_PER_CUBIC_METRE : WATT_HOURS_PER_KWH) / meter.registers.length;
  return { day, quality: 'estimated', indexes: Object.fromEntries(meter.registers.map(({ code, digits }) => [code, (((last.opening ?? last.indexes)[code] ?? 0) + Math.round(supposed)) % 10 ** digits])) };
}

/** What the meter itself counted on a day, whatever became of it on its way to the portal. */
function countedOn(source: PersonaMeter, day: LocalDay) {
  return measureDay({ ...source, outages: [], meter: source.meter.loadCurve === 'collected' ? { ...source.meter, loadCurve: 'unavailable' } : source.meter }, day).energy;
}

function isRead({ readingMonths }: PersonaMeter, day: LocalDay): boolean {
  return !readingMonths || readingMonths.includes(Number(day.slice(5, 7)));
}

function firstReal(source: PersonaMeter, day: LocalDay): LocalDay {
  let first = day;
  while (!isRead(source, first)) first = addSteps(first, 'month', 1);
  return first;
}

/** Of a meter's count in Wh or litres, what its display counts by. */
function unitOf({ energy }: Pick<Meter, 'energy'>): number {
  return energy === 'gas' ? LITRES_PER_CUBIC_METRE : WATT_HOURS_PER_KWH;
}
