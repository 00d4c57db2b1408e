/** Tempo: days in three colours, announced the day before. */
import * as z from 'zod/mini';
import { LocalDay } from './time.ts';

export const TempoColour = z.enum(['blue', 'white', 'red']);
export type TempoColour = z.infer<typeof TempoColour>;

/** The colour of a Tempo day, which runs from 06:00 to 06:00 and stands on the day on which it begins. */
export const TempoDay = z.object({ day: LocalDay, colour: TempoColour });
export type TempoDay = z.infer<typeof TempoDay>;

/** Minutes since midnight at which the colour changes. */
export const TEMPO_DAY_STARTS = 6 * 60;

/** The registers of a colour, peak and off-peak, by the names that French meters give them. */
export const TEMPO_REGISTERS: Readonly<Record<TempoColour, { readonly peak: string; readonly offPeak: string }>> = {
  blue: { peak: 'HPJB', offPeak: 'HCJB' },
  white: { peak: 'HPJW', offPeak: 'HCJW' },
  red: { peak: 'HPJR', offPeak: 'HCJR' },
};

/** Whether registers, by their codes, count by the colour of the day. */
export function countsByTempo(codes: readonly string[]): boolean {
  return codes.includes(TEMPO_REGISTERS.blue.peak);
}
