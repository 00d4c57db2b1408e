/**
 * What the same days would have cost under other tariffs. Nothing is guessed: a day that a tariff cannot be reckoned for
 * is left out of all of them, and why is told. The day is the atom, as in `cost.ts`, so that parts add up to the whole.
 */
import type { DayEnergy } from './consumption.ts';
import type { OffPeak } from './contracts.ts';
import { energyCosts, standingChargeOf, type Tariff } from './cost.ts';
import type { ReferenceTariff } from './reference-tariffs.ts';
import { energyByRegister, registersOfDay } from './registers.ts';
import { energyOf, type CurveSegment } from './series.ts';
import { TEMPO_REGISTERS, TempoColour } from './tempo.ts';
import { addDays, stepStart, type LocalDay, type Period, type TimeZone } from './time.ts';
import { exactCost, sum, type ExactCost } from './units.ts';

/** A measured day, as finely as it is known: its half-hours, its registers, or its energy alone. */
export interface TwinDay extends Pick<DayEnergy, 'day' | 'energy' | 'registers'> {
  readonly curve?: readonly Pick<CurveSegment, 'start' | 'stepMinutes' | 'values'>[] | undefined;
}

/** What has to be known beside the days. */
export interface TwinHousehold {
  /** `null`: not known, and to be asked for. */
  readonly subscribedPowerKva: number | null;
  /** Empty: not known, and to be asked for. */
  readonly offPeak: readonly OffPeak[];
  readonly tempoColour: (day: LocalDay) => TempoColour | undefined;
  readonly timeZone: TimeZone;
  /** Wh that a water heater would take in off-peak hours each day instead of in peak hours, at most; default 0. */
  readonly movedWattHours?: number | undefined;
}

/** Why a day cannot be reckoned: nothing measured; no half-hours to tell when; off-peak hours, colour or price not known. */
export type TwinGap = 'not-measured' | 'no-half-hours' | 'no-off-peak-hours' | 'no-colour' | 'no-price';

/** Why a tariff cannot be reckoned at all. */
export type TwinRefusal = 'power-unknown' | 'power-without-price';

/** Consecutive days that one reason keeps from being reckoned. */
export interface TwinMissing extends Period {
  readonly reason: TwinGap;
}

export interface TwinCost {
  readonly energy: ExactCost;
  readonly standingCharge: ExactCost;
  readonly total: ExactCost;
}

export interface TwinMonth extends TwinCost {
  /** Its first day. */
  readonly month: LocalDay;
  /** How many of its days were reckoned. */
  readonly days: number;
}

export interface TwinResult {
  readonly tariff: ReferenceTariff;
  /** Over the days of the comparison; absent where the tariff takes no part in it. */
  readonly cost: TwinCost | undefined;
  readonly months: readonly TwinMonth[];
  /** Wh, by register. */
  readonly registers: Readonly<Record<string, number>>;
  /** Wh that moved from peak to off-peak hours. */
  readonly moved: number;
  readonly refusal: TwinRefusal | undefined;
  /** Days of the period that this tariff cannot be reckoned for, ascending. */
  readonly missing: readonly TwinMissing[];
}

export interface TwinComparison {
  /** In the order of the tariffs. */
  readonly results: readonly TwinResult[];
  /** The days that every tariff with a cost is reckoned over: the same for all. */
  readonly days: readonly LocalDay[];
  readonly period: Period;
}

/** The water of a family's tank of 200 litres, warmed by some 20 °C: what it takes on many a day. */
export const USUAL_WATER_HEATER_WH = 4000;

/** The last twelve whole months that end with or before the last measured day; what there is of them where it is less. */
export function lastTwelveMonths(measured: Period): Period {
  const to = stepStart(measured.to, 'month');
  // Less than a whole month: what there is.
  if (to <= measured.from) return measured;
  const from = `${Number(to.slice(0, 4)) - 1}${to.slice(4)}`;
  return { from: from > measured.from ? from : measured.from, to };
}

/**
 * Days under several tariffs. A tariff for which no day can be reckoned takes no part; the others are compared over the
 * days that can be reckoned for all of them, never partial against whole.
 */
export function compareTariffs(tariffs: readonly ReferenceTariff[], days: Iterable<TwinDay>, household: TwinHousehold, period: Period): TwinComparison {
  const measured = new Map<LocalDay, TwinDay>();
  for (const day of days) if (period.from <= day.day && day.day < period.to) measured.set(day.day, day);
  const reckoned = tariffs.map((tariff) => reckon(tariff, measured, household, period));
  const taking = reckoned.filter(({ days: own }) => own.size > 0);
  const common = taking.length === 0 ? [] : [...(taking[0] as Reckoned).days.keys()].filter((day) => taking.every(({ days: own }) => own.has(day)));
  return { results: reckoned.map((each) => resultOf(each, common)), days: common, period };
}

interface ReckonedDay extends TwinCost {
  readonly registers: Readonly<Record<string, number>>;
  readonly moved: number;
}

interface Reckoned {
  readonly tariff: ReferenceTariff;
  /** Ascending. */
  readonly days: ReadonlyMap<LocalDay, ReckonedDay>;
  readonly refusal?: TwinRefusal;
  readonly missing: readonly TwinMissing[];
}

function reckon(tariff: ReferenceTariff, measured: ReadonlyMap<LocalDay, TwinDay>, household: TwinHousehold, { from, to }: Period): Reckoned {
  const { subscribedPowerKva } = household;
  if (subscribedPowerKva === null) return { tariff, days: new Map(), refusal: 'power-unknown', missing: [] };
  const prices = tariff.powers.find(({ kva }) => kva === subscribedPowerKva)?.prices;
  if (!prices) return { tariff, days: new Map(), refusal: 'power-without-price', missing: [] };
  const days = new Map<LocalDay, ReckonedDay>();
  const missing: TwinMissing[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const own = reckonDay(tariff.kind, { prices, taxes: tariff.taxes }, measured.get(day), day, household);
    if (typeof own !== 'string') {
      days.set(day, own);
      continue;
    }
    const last = missing.at(-1);
    if (last?.reason === own && last.to === day) missing[missing.length - 1] = { ...last, to: addDays(day, 1) };
    else missing.push({ reason: own, from: day, to: addDays(day, 1) });
  }
  return { tariff, days, missing };
}

function reckonDay(kind: ReferenceTariff['kind'], tariff: Tariff, measured: TwinDay | undefined, day: LocalDay, household: TwinHousehold): ReckonedDay | TwinGap {
  if (!measured || measured.energy === null) return 'not-measured';
  const counted = registersUnder(kind, measured, household);
  if (typeof counted === 'string') return counted;
  const { registers, moved } = shifted(kind, counted, household.movedWattHours ?? 0);
  const costs = energyCosts(day, registers, tariff);
  const standingCharge = standingChargeOf(day, tariff);
  if (!costs || standingCharge === undefined) return 'no-price';
  const energy = sum(Object.values(costs));
  return { energy, standingCharge, total: sum([energy, standingCharge]), registers, moved };
}

/** A day's energy by register, and what of each peak register could be moved. */
interface Counted {
  readonly registers: Readonly<Record<string, number>>;
  readonly movable: Readonly<Record<string, number>>;
}

/** What the meter counted holds; only where it counted otherwise do half-hours tell. */
function registersUnder(kind: ReferenceTariff['kind'], measured: TwinDay, { offPeak, tempoColour, timeZone }: TwinHousehold): Counted | TwinGap {
  const { day, registers, curve } = measured;
  const energy = measured.energy ?? 0;
  if (kind === 'base') return { registers: { BASE: energy }, movable: {} };
  const codes = PAIRS[kind].flat();
  const isCounted = registers !== undefined && Object.keys(registers).every((code) => codes.includes(code)) && total(registers) === energy;
  const hasCurve = curve !== undefined && energyOf(curve) === energy;
  if (!isCounted && !hasCurve) return 'no-half-hours';
  const stretches = registersOfDay(day, { registers: codes, offPeak, tempoColour }, timeZone);
  if (!isCounted && !stretches) return kind === 'tempo' ? 'no-colour' : 'no-off-peak-hours';
  const byRegister = isCounted ? registers : energyByRegister(day, curve ?? [], stretches ?? [], timeZone);
  // Where half-hours are known, what runs all day is no water heater.
  const movable = hasCurve && stretches ? energyByRegister(day, aboveBase(curve), stretches, timeZone) : byRegister;
  return { registers: byRegister, movable };
}

/** A curve without what is drawn all day: the least power of it. */
function aboveBase(curve: NonNullable<TwinDay['curve']>): NonNullable<TwinDay['curve']> {
  let base = Infinity;
  for (const { values } of curve) for (const watts of values) if (watts !== null && watts < base) base = watts;
  return curve.map((segment) => ({ ...segment, values: segment.values.map((watts) => watts && watts - base) }));
}

/** Peak register beside the off-peak register of the night that follows it: of Tempo, that of the same colour. */
export const PAIRS: Readonly<Record<Exclude<ReferenceTariff['kind'], 'base'>, readonly (readonly [string, string])[]>> = {
  'peak-off-peak': [['HP', 'HC']],
  tempo: TempoColour.options.map((colour) => [TEMPO_REGISTERS[colour].peak, TEMPO_REGISTERS[colour].offPeak]),
};

/** Never more than was drawn in peak hours. Under one price when it is drawn changes nothing. */
function shifted(kind: ReferenceTariff['kind'], { registers, movable }: Counted, most: number): { registers: Readonly<Record<string, number>>; moved: number } {
  if (kind === 'base' || most <= 0) return { registers, moved: 0 };
  const after: Record<string, number> = { ...registers };
  let moved = 0;
  for (const [peak, offPeak] of PAIRS[kind]) {
    const amount = Math.max(0, Math.min(most - moved, movable[peak] ?? 0, after[peak] ?? 0));
    if (amount === 0) continue;
    after[peak] = (after[peak] ?? 0) - amount;
    after[offPeak] = (after[offPeak] ?? 0) + amount;
    moved += amount;
  }
  return { registers: after, moved };
}

function resultOf({ tariff, days, refusal, missing }: Reckoned, common: readonly LocalDay[]): TwinResult {
  const own = days.size === 0 ? [] : common;
  const registers: Record<string, number> = {};
  const months = new Map<LocalDay, TwinMonth>();
  let moved = 0;
  for (const day of own) {
    const reckoned = days.get(day) as ReckonedDay;
    moved += reckoned.moved;
    for (const [code, wattHours] of Object.entries(reckoned.registers)) registers[code] = (registers[code] ?? 0) + wattHours;
    const month = stepStart(day, 'month');
    const before = months.get(month) ?? { month, days: 0, ...NOTHING };
    months.set(month, { month, days: before.days + 1, ...added(before, reckoned) });
  }
  const cost = own.length === 0 ? undefined : [...months.values()].reduce<TwinCost>(added, NOTHING);
  return { tariff, cost, months: [...months.values()], registers, moved, refusal, missing };
}

const NOTHING: TwinCost = { energy: exactCost(0), standingCharge: exactCost(0), total: exactCost(0) };

function added(left: TwinCost, right: TwinCost): TwinCost {
  return { energy: sum([left.energy, right.energy]), standingCharge: sum([left.standingCharge, right.standingCharge]), total: sum([left.total, right.total]) };
}

function total(registers: Readonly<Record<string, number>>): number {
  return Object.values(registers).reduce((all, wattHours) => all + wattHours, 0);
}
