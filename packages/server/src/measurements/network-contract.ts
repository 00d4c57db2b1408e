/** What a network operator's file says of a contract, beside what the portal holds. Nothing is changed: the report tells. */
import { offPeakOn, type ClockRange, type LocalDay } from '@oya/contract';
import type { NetworkContract } from '@oya/formats';
import type { KnownMeter } from './meters.ts';

export function compareContract(told: NetworkContract, { subscribedPower, offPeak }: Pick<KnownMeter, 'subscribedPower' | 'offPeak'>, today: LocalDay): string[] {
  const notes: string[] = [];
  const isOtherPower = told.subscribedPowerKva !== null && told.subscribedPowerKva !== subscribedPower;
  if (isOtherPower) notes.push(`subscribed power: ${told.subscribedPowerKva} kVA by the file, ${subscribedPower === null ? 'unknown' : `${subscribedPower} kVA`} here`);
  const [theirs, ours] = [told.offPeakHours === null ? null : rangesOf(told.offPeakHours), offPeakOn(offPeak, today)?.ranges ?? []];
  const isOtherHours = theirs !== null && textOf(theirs) !== textOf(ours);
  if (isOtherHours) notes.push(`off-peak hours: ${told.offPeakHours} by the file, ${textOf(ours) || 'none'} here`);
  if (told.offPeakHours !== null && theirs === null) notes.push(`off-peak hours: “${told.offPeakHours}” is not understood; ${textOf(ours) || 'none'} here`);
  const others = [told.tariff, told.from === null ? null : `since ${told.from}`, ...Object.entries(told.details).map(([name, value]) => `${name}: ${value}`)].filter((each) => each !== null);
  if (others.length > 0) notes.push(`the file also says: ${others.join('; ')}`);
  notes.push(isOtherPower || isOtherHours ? 'nothing was changed: correct the contract where the file is right' : 'what both know is the same; nothing was changed');
  return notes;
}

/** `HC (22H30-6H30)`; `null` for what has no hours in it. */
function rangesOf(text: string): ClockRange[] | null {
  const ranges = [...text.matchAll(/(\d{1,2})\s*[hH:]\s*(\d{2})\s*(?:-|–|à)\s*(\d{1,2})\s*[hH:]\s*(\d{2})/g)].map(([, fromHour = '', fromMinute = '', toHour = '', toMinute = '']) => ({
    from: `${fromHour.padStart(2, '0')}:${fromMinute}`,
    to: `${toHour.padStart(2, '0')}:${toMinute}`,
  }));
  return ranges.length > 0 ? ranges : null;
}

function textOf(ranges: readonly ClockRange[]): string {
  return ranges.map(({ from, to }) => `${from}-${to === '24:00' ? '00:00' : to}`).sort().join(', ');
}
