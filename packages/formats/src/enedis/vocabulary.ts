/** What Enedis' words and letters mean, in every generation of its files. */
import { QUALITIES } from '@oya/contract';

/**
 * Nature of a value: `B` (brute) is what the meter measured. Every other letter (corrected, calculated, estimated,
 * rebuilt…) is a value that the operator made where the meter had none, which for a customer is an estimate.
 * A raw value whose plausibility index is not 0 is doubted by the operator and may be replaced: provisional.
 * The complementary state (power cut, clock set…) tells why a value is what it is, not how far to trust it.
 */
export function qualityOf(nature: string, plausibilityIndex = ''): string {
  if (nature !== '' && nature !== 'B') return QUALITIES.estimated;
  return plausibilityIndex === '' || plausibilityIndex === '0' ? QUALITIES.real : QUALITIES.provisional;
}

/** For values without their own letter: the stage of the whole file, `BRUT` or `Comptage Brut` being as measured. */
export function qualityOfStage(stage: string): string {
  return stage === '' || /brut/i.test(stage) ? QUALITIES.real : QUALITIES.estimated;
}

/** A PRM has 14 digits; anything else is masked. */
export function deliveryPointOf(text: string): string | null {
  return /^\d{14}$/.test(text) ? text : null;
}

/** Minutes of an ISO 8601 duration such as `PT30M` or `PT1H`; `undefined` for any other text. */
export function durationMinutes(text: string): number | undefined {
  const parts = /^PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?$/.exec(text);
  if (!parts) return undefined;
  const minutes = Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0);
  return minutes === 0 ? undefined : minutes;
}
