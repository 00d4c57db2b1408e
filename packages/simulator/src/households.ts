/** The meters behind the delivery points: what they measured, as far as it is published by now. */
import { addDays, clockTime, instant, localDay, type Contract, type LocalDay, type Period } from '@oya/contract';
import { measuredDays, personas, prospects, type MeasuredDay, type PersonaMeter } from '@oya/personas';

export interface DeliveryPoint {
  readonly id: string;
  readonly contract: Contract;
  readonly source: PersonaMeter;
}

/** What is wrong with data, where anything is. */
export interface DataWeather {
  /** Days of which nothing ever comes; of one point, or of all. */
  readonly holes: readonly (Period & { readonly deliveryPoint?: string | undefined })[];
  /** Days come so many hours later; of one point, or of all. */
  readonly late: readonly { readonly deliveryPoint?: string | undefined; readonly hours: number }[];
  /** A day is estimated until it is so many days old. */
  readonly estimatedDays: number;
}

export const FAIR_DATA: DataWeather = { holes: [], late: [], estimatedDays: 0 };

/** The time of day, in minutes, at which the day before is there: a gas day ends at 06:00 only. */
const PUBLISHED_FROM = { electricity: 8 * 60, gas: 14 * 60 } as const;
const HOUR = 3_600_000;

/** Every point of the demo with a meter that tells its days by itself, also those of customers without an account. */
export const deliveryPoints: ReadonlyMap<string, DeliveryPoint> = new Map(
  [...personas, ...prospects].flatMap(({ contracts, meters }) =>
    contracts.flatMap((contract) => meters.filter(({ meter, readingMonths }) => meter.contractId === contract.id && !readingMonths).map((source) => [contract.deliveryPoint, { id: contract.deliveryPoint, contract, source }] as const)),
  ),
);

export interface PublishedDay extends MeasuredDay {
  readonly isHole: boolean;
}

/**
 * The days of a period that are published by now, ascending; a day that the meter lost, or the weather, is among them
 * without its values.
 */
export function publishedDays({ id, source }: DeliveryPoint, period: Period, now: number, { holes, late, estimatedDays }: DataWeather): PublishedDay[] {
  const hours = late.reduce((sum, each) => sum + (each.deliveryPoint === undefined || each.deliveryPoint === id ? each.hours : 0), 0);
  const isPublished = (day: LocalDay): boolean => now >= clockTime(addDays(day, 1), PUBLISHED_FROM[source.meter.energy], source.timeZone) + hours * HOUR;
  const isHole = (day: LocalDay): boolean => holes.some(({ deliveryPoint, from, to }) => (deliveryPoint === undefined || deliveryPoint === id) && from <= day && day < to);
  const settled = addDays(localDay(now, source.timeZone), -estimatedDays);
  const days = asRead(source, period, now).filter(({ day }) => isPublished(day));
  return days.map((day) => ({ ...(day.day >= settled ? estimated(day) : day), isHole: isHole(day.day) }));
}

/**
 * The curve as it was recorded, and days as the indexes of midnight tell them, which a gap in the curve does not touch:
 * the generator gives the first for a meter whose curve is collected, the second for the others.
 */
function asRead(source: PersonaMeter, period: Period, now: number): MeasuredDay[] {
  const days = (loadCurve: 'collected' | 'consent-needed'): MeasuredDay[] => [...measuredDays({ ...source, meter: { ...source.meter, loadCurve } }, period, instant(now))];
  if (source.meter.energy === 'gas') return [...measuredDays(source, period, instant(now))];
  const curves = days('collected');
  return days('consent-needed').map((day, index) => ({
    ...day,
    curve: curves[index]?.curve ?? [],
    ...(day.production && { production: { ...day.production, curve: curves[index]?.production?.curve ?? [] } }),
  }));
}

/** What is told while the meter has not answered: about as much, evenly over the day. */
function estimated({ energy, curve, production, ...day }: MeasuredDay): MeasuredDay {
  const about = (flow: Pick<MeasuredDay, 'energy' | 'curve'>): Pick<MeasuredDay, 'energy' | 'curve'> => ({
    energy: { ...flow.energy, energy: flow.energy.energy === null ? null : (Math.round((flow.energy.energy * 1.05) / 1000) * 1000), quality: flow.energy.energy === null ? 'missing' : 'estimated' } as MeasuredDay['energy'],
    curve: flow.curve.map((segment) => {
      const known = segment.values.filter((value) => value !== null);
      const average = known.length === 0 ? null : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
      return { ...segment, values: segment.values.map(() => average), quality: (average === null ? 'm' : 'e').repeat(segment.values.length) };
    }),
  });
  return { ...day, ...about({ energy, curve }), ...(production && { production: about(production) }) };
}
