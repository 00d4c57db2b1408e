/** The days of Tempo, in three colours, announced the day before. */
import * as z from 'zod/mini';
import { page } from './page.ts';
import { TempoColour } from './tempo.ts';
import { Instant, LocalDay } from './time.ts';

/** The colour of a Tempo day, which runs from 06:00 to 06:00 and stands on the day on which it begins. */
export const TempoDay = z.object({
  day: LocalDay,
  colour: TempoColour,
  /** RTE says that it may still change. */
  isProvisional: z.optional(z.boolean()),
  /** The day was announced in another colour before. */
  changed: z.optional(z.object({ from: TempoColour, at: Instant })),
});
export type TempoDay = z.infer<typeof TempoDay>;

export const TempoDays = z.object({
  ...page(TempoDay).shape,
  /** Where calendar programs subscribe to these days (iCalendar); absent where there is no such calendar. */
  calendar: z.optional(z.string()),
  /** The portal's clock: which hour it is, a device may have wrong. */
  answeredAt: z.optional(Instant),
});
export type TempoDays = z.infer<typeof TempoDays>;
