/** What of a file its customer lets the portal keep. Pure. */
import type { ConsentPurpose } from '@oya/contract';
import { powersOf, type OfMeter } from './contents.ts';
import type { KnownMeter } from './meters.ts';

export interface Consented {
  /** What may be kept; `undefined` where nothing may. */
  readonly content: OfMeter | undefined;
  /** What is left out and why, sentence by sentence. */
  readonly leftOut: readonly string[];
}

/**
 * What lies between two readings, and what a contract says, needs no consent; nor does anything of a meter that is read by hand.
 * An index of each midnight is the consumption of each day in other words, so it needs the same consent.
 */
export function consentedPart(content: OfMeter, meter: Pick<KnownMeter, 'id' | 'loadCurve' | 'collected'>): Consented {
  const may = (purpose: ConsentPurpose) => meter.collected.includes(purpose);
  if (content.kind === 'indexes') return may('daily-collection') ? all(content) : none(refusal('indexes', meter.id, 'the consumption of each day'));
  if (content.kind === 'maximum-power') return may('maximum-power') ? all(content) : none(refusal('the greatest power of days', meter.id, 'it'));
  if (content.kind !== 'series') return all(content);
  const { series, ...rest } = content;
  if (series.kind === 'curve') {
    const why = meter.loadCurve === 'unavailable' ? 'this kind of meter has none' : 'its customer has not consented to the half-hourly curve, or the consent is not in effect';
    return meter.loadCurve === 'collected' ? all(content) : none(`The file holds a load curve, which must not be kept for the meter ${meter.id}: ${why}. Import daily values instead.`);
  }
  const powers = powersOf(series);
  const keepsPowers = powers.days.length === 0 || may('maximum-power');
  const keepsDays = series.step !== 'day' || may('daily-collection');
  const leftOut = [
    ...(keepsDays ? [] : [refusal('the consumption of days', meter.id, 'it')]),
    ...(keepsPowers ? [] : [refusal('the greatest power of days', meter.id, 'it')]),
  ];
  if (keepsDays) {
    const { maximumPower: _, ...energies } = series;
    return { content: keepsPowers ? content : { ...rest, series: energies }, leftOut };
  }
  const isPowers = keepsPowers && powers.days.length > 0;
  return { content: isPowers ? { deliveryPoint: content.deliveryPoint, energy: content.energy, direction: content.direction, kind: 'maximum-power', ...powers } : undefined, leftOut };
}

function all(content: OfMeter): Consented {
  return { content, leftOut: [] };
}

function none(why: string): Consented {
  return { content: undefined, leftOut: [why] };
}

function refusal(what: string, meterId: string, to: string): string {
  return `The file holds ${what}, which must not be kept for the meter ${meterId}: its customer has not consented to ${to}, or the consent is not in effect.`;
}
