/** What a portal does with a reading that comes in: for server and sandbox, as `judgeReading` decides. */
import { PortalError } from './errors.ts';
import { canBeCorrected, CORRECTION_HOURS, judgeReading, type ReadingPlace, type ReadingVerdict, type SentReading } from './reading-judgement.ts';
import type { MeterReading, MeterReadings } from './readings.ts';
import { instant, type Instant } from './time.ts';

const HOUR_MS = 3_600_000;

export interface TakenReading extends Pick<ReadingVerdict, 'indexes' | 'state' | 'isOutsideWindow'> {
  /** The one that it takes the place of. */
  readonly corrected: MeterReading | undefined;
  readonly correctableUntil: Instant;
}

/** @throws PortalError `invalid` with what is wrong or to be asked; `conflict` where the one to correct cannot be any more */
export function takenReading(sent: SentReading, place: ReadingPlace, now: number): TakenReading {
  const corrected = sent.corrects === undefined ? undefined : place.readings.find(({ id }) => id === sent.corrects);
  if (sent.corrects !== undefined && !(corrected && canBeCorrected(corrected, now))) throw new PortalError('conflict', { code: 'not-correctable', detail: 'that reading cannot be corrected any more: send a message about it' });
  const { faults, indexes, state, isOutsideWindow } = judgeReading(sent, place);
  if (faults.length > 0) throw new PortalError('invalid', { code: 'reading', detail: 'see READINGS.md of the contract: correct the index, or send it again with a reason', fields: faults.map(({ path, code }) => ({ path, code })) });
  return { indexes, state, isOutsideWindow, corrected, correctableUntil: instant(now + (place.window?.correctionHours ?? CORRECTION_HOURS) * HOUR_MS) };
}

/** Invoices, words and photos are the holder's own business: who reads a contract sees what the meter showed. */
export function withoutBusiness({ readings, ...known }: MeterReadings): MeterReadings {
  return { ...known, readings: readings.map(({ id, on, source, state, indexes }) => ({ id, on, source, state, indexes: indexes.map(({ register, index }) => ({ register, index })) })) };
}
