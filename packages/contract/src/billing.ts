/**
 * What an invoice charges, from the indexes of a meter and a tariff whose prices are without tax. Days on which a price or a
 * tax changes part a line in two; where no index of such a day is known it is reckoned by the days before and after. What was
 * charged by an estimated index is given back line by line once a real one is known, and reckoned anew: estimates leave no
 * trace in what is paid in the end.
 */
import { pricesOn, type ContractPrice, type DatedTax } from './contracts.ts';
import { rateOn, type Tariff } from './cost.ts';
import { negative, reversed, totalsOf } from './invoice-lines.ts';
import type { Bill, IndexQuality, InvoiceLine } from './invoices.ts';
import type { Register } from './portal.ts';
import { shareOfMonths } from './line-quantities.ts';
import { daysBetween, type LocalDay, type Period } from './time.ts';
import { atRate, cents, cost, sum, unitPrice, wattHours, type Cents, type UnitPrice } from './units.ts';

/** What the registers of a meter showed when a day began. */
export interface BilledReading {
  readonly day: LocalDay;
  readonly quality: Exclude<IndexQuality, 'calculated'>;
  /** Register → whole kWh, or whole m³ of gas. */
  readonly indexes: Readonly<Record<string, number>>;
  /** Where another meter took its place on that day: what that one began with. */
  readonly opening?: Readonly<Record<string, number>> | undefined;
  /** Of gas: Wh of each m³ counted since the reading before. */
  readonly wattHoursPerCubicMetre?: number | undefined;
}

export interface BillingQuestion {
  /** The days whose standing charge is due. */
  readonly period: Period;
  /** In the order of their days; the first and the last bound what is charged. Fewer than two charge no energy. */
  readonly readings: readonly BilledReading[];
  readonly registers: readonly Register[];
  /** Without tax; `network-fixed` a month and `network-energy` a kWh are the network's part of it. */
  readonly tariff: Tariff;
  /** Lines of earlier invoices for days that these readings reckon anew. */
  readonly givenBack?: Bill['givenBack'] | undefined;
}

const MILLI_KWH = 1000;

/**
 * Reckons what an invoice charges.
 * @throws RangeError for days without a price, for readings out of order, without a register, or below the one before by more than the meter rolls over
 */
export function billFor({ period, readings, registers, tariff, givenBack = [] }: BillingQuestion): Bill {
  const lines = [...standingChargeLines(period, tariff), ...energyLines(readings, registers, tariff)];
  const charged = [...lines, ...givenBack.map(({ line }) => reversed(line))];
  const network = networkShare(charged, tariff);
  return { period, lines, givenBack: [...givenBack], totals: totalsOf(charged), ...(network !== undefined && { network }) };
}

export interface BillingSeries extends Pick<BillingQuestion, 'registers' | 'tariff'> {
  /** The first day that is charged. */
  readonly from: LocalDay;
  /** The days before which each invoice ends, in order. */
  readonly ends: readonly LocalDay[];
  /** In the order of their days: one at least of `from` and of each of `ends`; that of `from` is real. */
  readonly readings: readonly BilledReading[];
  /** What the invoice that ends before that day is called by those that give back a line of it. */
  readonly idOf: (end: LocalDay) => string;
}

/**
 * Reckons invoice after invoice. One that ends with an estimated index goes on from the index before; one that ends with a
 * real index begins with the real index before, and gives back what was charged by estimates since.
 * @throws RangeError as `billFor` does, and where a day has no reading
 */
export function billSeries({ from, ends, readings, registers, tariff, idOf }: BillingSeries): Bill[] {
  const at = (day: LocalDay) => {
    const index = readings.findIndex((reading) => reading.day === day);
    if (index < 0) throw new RangeError(`There is no reading of ${day}: read or estimate the indexes of the days on which invoices begin and end.`);
    return index;
  };
  let begins = from;
  let realSince = from;
  let sinceReal: Bill['givenBack'] = [];
  return ends.map((end): Bill => {
    const reading = readings[at(end)];
    const isReal = reading?.quality === 'real';
    const known = readings.slice(at(isReal ? realSince : begins), at(end) + 1).filter(({ quality, day }) => !isReal || quality === 'real' || day === realSince);
    const bill = billFor({ period: { from: begins, to: end }, readings: known, registers, tariff, givenBack: isReal ? sinceReal : [] });
    sinceReal = isReal ? [] : [...sinceReal, ...bill.lines.filter(({ what }) => what === 'energy' || what === 'excise').map((line) => ({ invoiceId: idOf(end), line }))];
    begins = end;
    if (isReal) realSince = end;
    return bill;
  });
}

function standingChargeLines(period: Period, tariff: Tariff): InvoiceLine[] {
  const parts = stretches(period, tariff, (day) => {
    const onDay = pricesOn(tariff.prices, day).filter(({ unit }) => unit === 'month');
    const price = onDay.find(({ what }) => what === 'standing-charge')?.price;
    if (price === undefined) throw new RangeError(`There is no standing charge on ${day}: give the tariff a price for that day, or bill other days.`);
    return [price, onDay.find(({ what }) => what === 'network-fixed')?.price ?? 0, rateOn(tariff.taxes ?? [], 'cta', day), rateOn(tariff.taxes ?? [], 'vat-standing-charge', day)] as const;
  });
  const charges = parts.map(({ from, to, values: [price, , , vatRate] }): InvoiceLine => ({ what: 'standing-charge', from, to, price, net: shareOfMonths(price, { from, to }), vatRate }));
  const contributions = parts.flatMap(({ from, to, values: [, networkFixed, rate, vatRate] }): InvoiceLine[] => {
    if (networkFixed === 0 || rate === 0) return [];
    const base = shareOfMonths(unitPrice(networkFixed), { from, to });
    return [{ what: 'cta', from, to, base, rate, net: cents(Number(atRate(BigInt(base), rate))), vatRate }];
  });
  return [...charges, ...contributions];
}

function energyLines(readings: readonly BilledReading[], registers: readonly Register[], tariff: Tariff): InvoiceLine[] {
  const [first] = readings;
  const last = readings.at(-1);
  if (!first || !last || first === last) return [];
  const period = { from: first.day, to: last.day };
  const energy = registers.flatMap((register) => {
    const parts = stretches(period, tariff, (day) => {
      const price = pricesOn(tariff.prices, day).find(({ what, unit }) => what === register.code && unit === 'kWh')?.price;
      if (price === undefined) throw new RangeError(`There is no price for ${register.code} on ${day}: give the tariff one, or bill other days.`);
      return [price, rateOn(tariff.taxes ?? [], 'vat-energy', day), coefficientOn(readings, day), metersUntil(readings, day)] as const;
    }, readings);
    return parts.map(({ from, to, values: [price, vatRate, coefficient] }): InvoiceLine => {
      const [start, end] = [indexAt(readings, register, from), indexAt(readings, register, to)];
      const counted = end.total - start.total;
      const energy = wattHours(counted * (coefficient ?? MILLI_KWH));
      return {
        what: 'energy',
        register: register.code,
        from,
        to,
        index: { start: start.opening ?? start.shown, end: end.shown, startQuality: start.quality, endQuality: end.quality, ...(coefficient !== undefined && { wattHoursPerCubicMetre: coefficient }) },
        wattHours: energy,
        price,
        net: cost(energy, price),
        vatRate,
      };
    });
  });
  const taxedDays = stretches(period, tariff, (day) => [unitPrice(rateOn(tariff.taxes ?? [], 'excise', day)), rateOn(tariff.taxes ?? [], 'vat-energy', day), coefficientOn(readings, day)] as const, readings);
  const excise = taxedDays.flatMap(({ from, to, values: [rate, vatRate, coefficient] }): InvoiceLine[] => {
    if (rate === 0) return [];
    const counted = registers.reduce((total, register) => total + indexAt(readings, register, to).total - indexAt(readings, register, from).total, 0);
    const taxed = wattHours(counted * (coefficient ?? MILLI_KWH));
    return [{ what: 'excise', from, to, wattHours: taxed, rate, net: cost(taxed, rate), vatRate }];
  });
  return [...energy, ...excise];
}

/** What of lines without VAT goes to the network; `undefined` where the tariff does not say. */
function networkShare(lines: readonly InvoiceLine[], tariff: Tariff): Cents | undefined {
  const priceOn = (what: string, day: LocalDay): UnitPrice | undefined => pricesOn(tariff.prices, day).find((price) => price.what === what)?.price;
  const parts = lines.flatMap((line): (Cents | undefined)[] => {
    if (line.what === 'standing-charge') {
      const share = (price: UnitPrice, days: Period) => (line.net < 0 ? negative(shareOfMonths(price, days)) : shareOfMonths(price, days));
      return eachPrice(line, tariff, (day) => priceOn('network-fixed', day)).map(({ price, ...days }) => price && share(price, days));
    }
    // Within a line the network's price may change: its energy is of those days by their number, as that of an unknown index is.
    if (line.what === 'energy') {
      const days = daysBetween(line.from, line.to);
      return eachPrice(line, tariff, (day) => priceOn('network-energy', day)).map(({ price, from, to }) => price && cost(wattHours(Math.round((line.wattHours * daysBetween(from, to)) / days)), price));
    }
    return [];
  });
  return parts.length === 0 || parts.includes(undefined) ? undefined : sum(parts as Cents[]);
}

function eachPrice(period: Period, tariff: Tariff, priceOn: (day: LocalDay) => UnitPrice | undefined): (Period & { price: UnitPrice | undefined })[] {
  return stretches(period, tariff, (day) => [priceOn(day)] as const).map(({ from, to, values: [price] }) => ({ from, to, price }));
}

/** Stretches of days on which the same holds: it may change where the tariff does, and with each reading. */
function stretches<V extends readonly unknown[]>({ from, to }: Period, { prices, taxes = [] }: Tariff, valuesOn: (day: LocalDay) => V, readings: readonly BilledReading[] = []): (Period & { values: V })[] {
  const changes = [...prices.flatMap(daysOf), ...taxes.flatMap(daysOf), ...readings.map(({ day }) => day)].filter((day): day is LocalDay => day !== null && from < day && day < to);
  const days = [from, ...new Set(changes.sort())];
  const parts: { from: LocalDay; to: LocalDay; values: V }[] = [];
  for (const [index, day] of days.entries()) {
    const values = valuesOn(day);
    const before = parts.at(-1);
    const end = days[index + 1] ?? to;
    if (before && values.every((value, at) => value === before.values[at])) before.to = end;
    else parts.push({ from: day, to: end, values });
  }
  return parts;
}

function daysOf({ from, to }: ContractPrice | DatedTax): (LocalDay | null)[] {
  return [from, to];
}

interface KnownIndex {
  /** Counted on from the first reading's index: it does not roll over. */
  readonly total: number;
  /** What the meter showed; and, where another took its place on that day, what that one began with. */
  readonly shown: number;
  readonly opening?: number | undefined;
  readonly quality: IndexQuality;
}

/** What a register had counted when a day began: as read, or in proportion to the days between two readings. */
function indexAt(readings: readonly BilledReading[], register: Register, day: LocalDay): KnownIndex {
  let total = 0;
  // What the meter in place shows beyond what was counted in all.
  let offset = 0;
  const shown = (counted: number) => (counted + offset) % 10 ** register.digits;
  for (const [at, reading] of readings.entries()) {
    const index = reading.indexes[register.code];
    if (index === undefined) throw new RangeError(`The reading of ${reading.day} has no index of ${register.code}.`);
    const before = readings[at - 1];
    if (!before) {
      total = index;
    } else {
      const counted = countedBetween(before, reading, register);
      if (day < reading.day) {
        const share = Math.floor((counted * daysBetween(before.day, day)) / daysBetween(before.day, reading.day));
        return { total: total + share, shown: shown(total + share), quality: 'calculated' };
      }
      total += counted;
    }
    const opening = reading.opening && openingOf(reading, register);
    if (reading.day === day) return { total, shown: shown(total), opening, quality: reading.quality };
    if (opening !== undefined) offset = opening - total;
  }
  throw new RangeError(`No reading bounds ${day}.`);
}

/** What a register begins to count from, after a reading. */
function openingOf({ day, indexes, opening = indexes }: BilledReading, { code }: Pick<Register, 'code'>): number {
  const index = opening[code];
  if (index === undefined) throw new RangeError(`The reading of ${day} has no index of ${code} of the meter that took its place.`);
  return index;
}

function countedBetween(before: BilledReading, reading: BilledReading, { code, digits }: Register): number {
  if (reading.day <= before.day) throw new RangeError(`The reading of ${reading.day} does not come after that of ${before.day}.`);
  const counted = (reading.indexes[code] ?? 0) - openingOf(before, { code });
  if (counted >= 0) return counted;
  const rolledOver = counted + 10 ** digits;
  // More than half of what the meter counts before it begins anew is no rollover, but an index that is wrong.
  if (rolledOver < 0 || rolledOver > 10 ** digits / 2) {
    throw new RangeError(`The index of ${code} on ${reading.day} is lower than on ${before.day}, and the meter has not rolled over: check both.`);
  }
  return rolledOver;
}

/** How many meters had been taken away when a day began. */
function metersUntil(readings: readonly BilledReading[], day: LocalDay): number {
  return readings.filter((reading) => reading.opening && reading.day <= day).length;
}

function coefficientOn(readings: readonly BilledReading[], day: LocalDay): number | undefined {
  return readings.find((reading) => day < reading.day)?.wattHoursPerCubicMetre;
}
