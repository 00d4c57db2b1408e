/** Readings of a meter: sent by its customer, taken by the utility's people, collected by the network, or known by an invoice. */
import * as z from 'zod/mini';
import { Attachment } from './attachments.ts';
import { Id } from './portal.ts';
import { Instant, LocalDay } from './time.ts';

/** What is odd about an index: see `judgeIndex`. */
export const ReadingDoubt = z.enum(['lower', 'rolled-over', 'far-above']);
export type ReadingDoubt = z.infer<typeof ReadingDoubt>;

/**
 * What the customer says of an odd index, from where they stand.
 * - `confirmed`: that is what the meter shows
 * - `rolled-over`: the register has begun anew
 * - `meter-replaced`: it is another meter
 * - `last-index-wrong`: the index before was not what the meter showed
 */
export const ReadingReason = z.enum(['confirmed', 'rolled-over', 'meter-replaced', 'last-index-wrong']);
export type ReadingReason = z.infer<typeof ReadingReason>;

/** Where a reading comes from: `route` from the utility's people who go from meter to meter, `meter` by itself, `invoice` where nothing else tells. */
export const ReadingSource = z.enum(['customer', 'route', 'meter', 'invoice']);
export type ReadingSource = z.infer<typeof ReadingSource>;

/**
 * Where a reading stands.
 * - `transmitted`: nothing is odd about it; `under-check`: somebody of the utility looks at it; `accepted`: and has taken it
 * - `used`: an invoice was reckoned by it; `estimated`: nobody read, and an invoice supposed it
 * - `corrected`: another one has taken its place
 */
export const ReadingState = z.enum(['transmitted', 'under-check', 'accepted', 'used', 'estimated', 'corrected']);
export type ReadingState = z.infer<typeof ReadingState>;

/** What one register showed. */
export const ReadIndex = z.object({
  register: z.string(),
  /** Whole kWh, or whole m³ of gas. */
  index: z.int(),
  doubt: z.optional(ReadingDoubt),
  reason: z.optional(ReadingReason),
});
export type ReadIndex = z.infer<typeof ReadIndex>;

/** What a meter showed on a day. */
export const MeterReading = z.object({
  id: Id,
  on: LocalDay,
  source: ReadingSource,
  state: ReadingState,
  /** One for each register. */
  indexes: z.array(ReadIndex),
  /** The invoice that used or supposed it. */
  invoiceId: z.optional(Id),
  sentAt: z.optional(Instant),
  /** It came when the utility does not ask for readings: it may be too late for the next invoice. */
  isOutsideWindow: z.optional(z.boolean()),
  /** The customer's. */
  words: z.optional(z.string()),
  photos: z.optional(z.array(Attachment)),
  /** What the utility said of it. */
  answer: z.optional(z.string()),
  /** The customer may send another one in its place until then. */
  correctableUntil: z.optional(Instant),
});
export type MeterReading = z.infer<typeof MeterReading>;

/** What is known of a meter's readings, and of the invoice that the next one is for. */
export const MeterReadings = z.object({
  meterId: Id,
  /** The latest first. */
  readings: z.array(MeterReading),
  /** Around when the next invoice is issued; `null` where none is foreseen. */
  nextInvoiceOn: z.nullable(LocalDay),
  /** Of gas: Wh of each m³ on the last invoice that says. */
  wattHoursPerCubicMetre: z.optional(z.int()),
  /** Of a meter that reports by itself: the last day that it told of, where it has been silent since. */
  silentSince: z.optional(LocalDay),
});
export type MeterReadings = z.infer<typeof MeterReadings>;
