/** Green Button feeds as utilities write them, with what one or the other leaves out or writes its own way. */
const ROOT = '/espi/1_1/resource';

export interface FeedOptions {
  /** Fields of the reading type, in place of those of Wh by the hour; `null`: there is none. */
  type?: Readonly<Record<string, string | number>> | null;
  readings: readonly { start: string | number; duration?: string | number; value?: string | number; cost?: string | number; quality?: number }[];
  /** Blocks that the readings are dealt out to, all in one entry. */
  blocks?: number;
  /** Put before the names of the elements of ESPI. */
  prefix?: string;
  serviceKind?: number;
  localTime?: { tzOffset: number; dstOffset: number };
}

export const WATT_HOURS: Readonly<Record<string, string | number>> = { accumulationBehaviour: 4, commodity: 1, currency: 978, flowDirection: 1, intervalLength: 3600, kind: 12, powerOfTenMultiplier: 0, uom: 72 };

/** @param more entries of another meter, or anything else to stand before the end of the feed */
export function feed({ type = WATT_HOURS, readings, blocks = 1, prefix = '', serviceKind = 0, localTime }: FeedOptions, more = ''): string {
  const element = (name: string, content: string): string => `<${prefix}${name}>${content}</${prefix}${name}>`;
  const resource = (name: string, content: string): string => `<${prefix}${name} xmlns${prefix === '' ? '' : `:${prefix.slice(0, -1)}`}="http://naesb.org/espi">${content}</${prefix}${name}>`;
  const entry = (self: string, up: string, related: readonly string[], content: string): string =>
    `<entry><link rel="self" href="https://data.example${self}"/><link rel="up" href="${up}"/>${related.map((href) => `<link rel="related" href="${href}/"/>`).join('')}<content>${content}</content></entry>`;

  const point = `${ROOT}/RetailCustomer/9/UsagePoint/1`;
  const reading = `${point}/MeterReading/1`;
  const intervals = readings.map(({ start, duration, value, cost, quality }) =>
    element('IntervalReading', [
      cost === undefined ? '' : element('cost', String(cost)),
      quality === undefined ? '' : element('ReadingQuality', element('quality', String(quality))),
      element('timePeriod', (duration === undefined ? '' : element('duration', String(duration))) + element('start', String(start))),
      value === undefined ? '' : element('value', String(value)),
    ].join('')));
  const dealt = Array.from({ length: blocks }, (_, block) => intervals.slice(Math.floor((block * intervals.length) / blocks), Math.floor(((block + 1) * intervals.length) / blocks)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
    entry(point, `${ROOT}/RetailCustomer/9/UsagePoint`, [`${point}/MeterReading`], resource('UsagePoint', element('ServiceCategory', element('kind', String(serviceKind))))),
    localTime ? entry(`${ROOT}/LocalTimeParameters/1`, `${ROOT}/LocalTimeParameters`, [], resource('LocalTimeParameters', element('dstOffset', String(localTime.dstOffset)) + element('tzOffset', String(localTime.tzOffset)))) : '',
    entry(reading, `${point}/MeterReading`, [`${reading}/IntervalBlock`, ...(type ? [`${ROOT}/ReadingType/7`] : [])], resource('MeterReading', '')),
    type ? entry(`${ROOT}/ReadingType/7`, `${ROOT}/ReadingType`, [], resource('ReadingType', Object.entries(type).map(([name, value]) => element(name, String(value))).join(''))) : '',
    entry(`${reading}/IntervalBlock/1`, `${reading}/IntervalBlock`, [], dealt.map((some) => resource('IntervalBlock', element('interval', element('start', '0')) + some.join(''))).join('')),
    more,
    '</feed>',
  ].join('\n');
}
