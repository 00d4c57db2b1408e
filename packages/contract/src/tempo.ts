/** The offer Tempo: which colours there are, and when and on which register each counts. */
import * as z from 'zod/mini';

export const TempoColour = z.enum(['blue', 'white', 'red']);
export type TempoColour = z.infer<typeof TempoColour>;

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
