/** What becomes of a reading that a customer sends: the page warns by it, the server decides by it. */
import type { Contract, Meter, ReadingWindow } from './portal.ts';
import { energyCost, type Tariff } from './cost.ts';
import { registerHistories } from './reading-history.ts';
import { judgeIndex, type RegisterJudgement } from './reading-plausibility.ts';
import { readingDayFault, windowOn, type ReadingDayFault } from './reading-window.ts';
import type { MeterReading, MeterReadings, ReadIndex, ReadingDoubt, ReadingReason, ReadingState } from './readings.ts';
import { addDays, daysBetween, type LocalDay } from './time.ts';
import { exactCost, type ExactCost } from './units.ts';

/** Where a utility does not say for how long a reading can be corrected. */
export const CORRECTION_HOURS = 48;

/** What somebody sends. */
export interface SentReading {
  readonly on: LocalDay;
  readonly indexes: readonly { readonly register: string; readonly index: number; readonly reason?: ReadingReason | undefined }[];
  readonly corrects?: MeterReading['id'] | undefined;
}

/** What it is judged by. */
export interface ReadingPlace extends Pick<MeterReadings, 'nextInvoiceOn'> {
  readonly readings: readonly MeterReading[];
  readonly meter: Pick<Meter, 'registers' | 'energy' | 'replaced'>;
  readonly contract: Pick<Contract, 'subscribedPowerKva'>;
  readonly window: ReadingWindow | undefined;
  readonly today: LocalDay;
}

/**
 * Why a reading is not taken as it is: what is wrong with its day (`path` is `on`) or with an index (`indexes.` and its register).
 * - `missing`, `unknown`: a register of the meter without an index, an index of none
 * - `digits`: no whole number, or more digits than the register has
 * - a doubt: it is taken once the customer has said why (`reason`)
 */
export interface ReadingFault {
  readonly path: string;
  readonly code: ReadingDayFault | ReadingDoubt | 'missing' | 'unknown' | 'digits';
}

export interface ReadingVerdict {
  /** None: it is taken. */
  readonly faults: readonly ReadingFault[];
  /** Of the registers whose index can be judged. */
  readonly judgements: readonly RegisterJudgement[];
  /** As it is kept, with what was odd about it. */
  readonly indexes: readonly ReadIndex[];
  readonly state: Extract<ReadingState, 'transmitted' | 'under-check'>;
  readonly isOutsideWindow: boolean;
}

/** What may explain what is odd, the likeliest first. Each is taken as it is said, and looked at. */
export const READING_REASONS: Readonly<Record<ReadingDoubt, readonly ReadingReason[]>> = {
  'rolled-over': ['rolled-over', 'meter-replaced', 'last-index-wrong'],
  lower: ['last-index-wrong', 'meter-replaced', 'rolled-over', 'confirmed'],
  'far-above': ['confirmed', 'last-index-wrong', 'meter-replaced'],
};

/** Judges a reading against the last real one and the history of the season. */
export function judgeReading({ on, indexes, corrects }: SentReading, { meter, contract, readings, nextInvoiceOn, window, today }: ReadingPlace): ReadingVerdict {
  const faults: ReadingFault[] = [];
  const known = readings.filter(({ id, state }) => id !== corrects && state !== 'estimated' && state !== 'corrected').map(({ on: day }) => day).sort();
  const dayFault = readingDayFault(on, today, known);
  if (dayFault) faults.push({ path: 'on', code: dayFault });
  for (const { register } of indexes) if (!meter.registers.some(({ code }) => code === register)) faults.push({ path: `indexes.${register}`, code: 'unknown' });

  const judgements: RegisterJudgement[] = [];
  const kept: ReadIndex[] = [];
  for (const history of registerHistories(meter, readings, contract, corrects)) {
    const { code, digits } = history.register;
    const path = `indexes.${code}`;
    const sent = indexes.find(({ register }) => register === code);
    if (!sent) {
      faults.push({ path, code: 'missing' });
    } else if (!Number.isInteger(sent.index) || sent.index < 0 || sent.index >= 10 ** digits) {
      faults.push({ path, code: 'digits' });
    } else {
      const judgement = judgeIndex(history, { day: on, index: sent.index });
      const { doubt } = judgement;
      const reason = doubt && sent.reason && READING_REASONS[doubt].includes(sent.reason) ? sent.reason : undefined;
      // On a day that cannot be, nothing is asked about what it showed.
      if (doubt && !reason && !dayFault) faults.push({ path, code: doubt });
      judgements.push(judgement);
      kept.push({ register: code, index: sent.index, ...(doubt && { doubt }), ...(reason && { reason }) });
    }
  }
  const { state } = windowOn(today, nextInvoiceOn, window);
  return { faults, judgements, indexes: kept, state: kept.every(isPlain) ? 'transmitted' : 'under-check', isOutsideWindow: state === 'early' || state === 'late' };
}

/** Whether the customer may still send another one in its place. */
export function canBeCorrected({ correctableUntil, state }: Pick<MeterReading, 'correctableUntil' | 'state'>, now: number): boolean {
  return (state === 'transmitted' || state === 'under-check') && correctableUntil !== undefined && now < Date.parse(correctableUntil);
}

/**
 * What was counted since the last real index costs, tax included, the same on each of its days.
 * @param wattHours of one register
 * @returns `undefined` where a day has no price
 */
export function costSince(register: string, wattHours: number, from: LocalDay, to: LocalDay, tariff: Tariff): ExactCost | undefined {
  const days = Math.max(1, daysBetween(from, to));
  let all = 0;
  for (let day = 0; day < days; day++) {
    const share = Math.floor((wattHours * (day + 1)) / days) - Math.floor((wattHours * day) / days);
    const cost = energyCost(addDays(from, day), register, share, tariff);
    if (cost === undefined) return undefined;
    all += cost;
  }
  return exactCost(all);
}

/** Nothing to look at: not odd, or a turn of the register that its customer has seen too. */
function isPlain({ doubt, reason }: ReadIndex): boolean {
  return doubt === undefined || (doubt === 'rolled-over' && reason === 'rolled-over');
}
