/**
 * Series as Green Button: an Atom feed of ESPI resources that other tools read. A load curve is written as the energy of
 * its intervals, in thousandths of a Wh, from which its power comes back exactly; a missing value has no interval.
 * Ids follow from what is written, so that the same data gives the same file.
 */
import { addSteps, dayStart, localDay, offsetMinutes, qualityAt, type Instant, type Quality, type TimeZone } from '@oya/contract';
import { ATOM, CODE_OF_QUALITY, COMMODITY, currencyCode, DELTA_DATA, ESPI, FLOW, SERVICE, UOM } from '../espi/vocabulary.ts';
import { gasDayStart } from '../gas-day.ts';
import { escapeXml } from './cells.ts';
import type { Export, ExportedSeries } from './export.ts';

const HOUR = 3600;
const MINUTE = 60_000;
const ROOT = '/espi/1_1/resource';
const CLOCKS = `${ROOT}/LocalTimeParameters/1`;
/** One of 10⁻³ Wh in a curve, one Wh elsewhere. */
const CURVE_EXPONENT = -3;

interface Interval {
  /** Epoch seconds. */
  readonly start: number;
  readonly duration: number;
  readonly value: number;
  readonly quality: Quality;
  readonly cost: number | null;
}

export type GreenButtonInput = Omit<Export, 'tables'>;

export function writeGreenButton({ series, title, author, updatedAt, timeZone }: GreenButtonInput): Uint8Array<ArrayBuffer> {
  const seed = `${title} ${series.map(({ deliveryPoint }) => deliveryPoint).join()}`;
  const entry = (path: string, name: string, related: readonly string[], content: string): string =>
    `<entry><id>${uuid(`${seed} ${path}`)}</id><link rel="self" href="${path}"/><link rel="up" href="${path.slice(0, path.lastIndexOf('/'))}"/>${related.map((href) => `<link rel="related" href="${href}"/>`).join('')}<title>${escapeXml(name)}</title><updated>${updatedAt}</updated><published>${updatedAt}</published><content type="application/xml">${content}</content></entry>`;

  const points = Map.groupBy(series, ({ deliveryPoint, energy }) => `${deliveryPoint} ${energy}`);
  const entries = [...points.values()].flatMap((ofPoint, point) => {
    const path = `${ROOT}/RetailCustomer/1/UsagePoint/${point + 1}`;
    const { deliveryPoint, energy } = ofPoint[0] as ExportedSeries;
    const place = deliveryPoint === null ? '' : `<ServiceDeliveryPoint><name>${escapeXml(deliveryPoint)}</name></ServiceDeliveryPoint>`;
    return [
      entry(path, deliveryPoint ?? energy, [`${path}/MeterReading`, CLOCKS], resource('UsagePoint', `<ServiceCategory><kind>${SERVICE[energy]}</kind></ServiceCategory>${place}`)),
      ...ofPoint.flatMap((one, index) => {
        const reading = `${path}/MeterReading/${index + 1}`;
        const type = `${ROOT}/ReadingType/${point + 1}-${index + 1}`;
        const blocks = blocksOf(one, timeZone);
        return [
          entry(reading, one.direction, [`${reading}/IntervalBlock`, type], resource('MeterReading', '')),
          entry(type, one.direction, [], readingType(one, blocks)),
          ...blocks.map((block, number) => entry(`${reading}/IntervalBlock/${number + 1}`, '', [], intervalBlock(block))),
        ];
      }),
    ];
  });
  const year = Number(localDay(lastInstant(series, updatedAt), timeZone).slice(0, 4));
  const clocks = entry(CLOCKS, timeZone, [], resource('LocalTimeParameters', clockRules(timeZone, year)));
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="${ATOM}"><id>${uuid(seed)}</id><title>${escapeXml(title)}</title><updated>${updatedAt}</updated><author><name>${escapeXml(author)}</name></author><link rel="self" href="${ROOT}/Subscription/1"/>\n${[clocks, ...entries].join('\n')}\n</feed>\n`,
  );
}

function resource(name: string, content: string): string {
  return `<${name} xmlns="${ESPI}">${content}</${name}>`;
}

function readingType({ series, energy, direction, costs }: ExportedSeries, blocks: readonly (readonly Interval[])[]): string {
  const durations = new Set(series.kind === 'curve' ? blocks.flat().map(({ duration }) => duration) : series.step === 'day' ? [24 * HOUR] : []);
  const fields: [name: string, value: string | number][] = [
    ['accumulationBehaviour', DELTA_DATA],
    ['commodity', COMMODITY[energy]],
    ...(costs ? [['currency', currencyCode(costs.currency)] as [string, string]] : []),
    // Normal values; energy; no phase of its own.
    ['dataQualifier', 12],
    ['flowDirection', direction === 'production' ? FLOW.reverse : FLOW.forward],
    ...(durations.size === 1 ? [['intervalLength', [...durations][0] as number] as [string, number]] : []),
    ['kind', 12],
    ['phase', 0],
    ['powerOfTenMultiplier', series.kind === 'curve' ? CURVE_EXPONENT : 0],
    ['timeAttribute', 0],
    ['uom', UOM.wattHours],
  ];
  return resource('ReadingType', fields.map(([name, value]) => `<${name}>${value}</${name}>`).join(''));
}

function intervalBlock(intervals: readonly Interval[]): string {
  const [first, last] = [intervals[0] as Interval, intervals.at(-1) as Interval];
  const readings = intervals.map(({ start, duration, value, quality, cost }) => {
    const paid = cost === null ? '' : `<cost>${cost}</cost>`;
    return `<IntervalReading>${paid}<ReadingQuality><quality>${CODE_OF_QUALITY[quality as keyof typeof CODE_OF_QUALITY]}</quality></ReadingQuality><timePeriod>${period(start, duration)}</timePeriod><value>${value}</value></IntervalReading>`;
  });
  return resource('IntervalBlock', `<interval>${period(first.start, last.start + last.duration - first.start)}</interval>${readings.join('')}`);
}

function period(start: number, duration: number): string {
  return `<duration>${duration}</duration><start>${start}</start>`;
}

/** A block for each local day of a curve, for each month of days, for each year of months. */
function blocksOf(series: ExportedSeries, timeZone: TimeZone): Interval[][] {
  const length = series.series.kind === 'curve' ? 10 : series.series.step === 'day' ? 7 : 4;
  const known = intervalsOf(series, timeZone).filter(({ quality }) => quality !== 'missing');
  return [...Map.groupBy(known, ({ start }) => localDay(start * 1000, timeZone).slice(0, length)).values()];
}

function intervalsOf({ series, energy, costs }: ExportedSeries, timeZone: TimeZone): Interval[] {
  if (series.kind === 'curve') {
    return series.segments.flatMap(({ start, stepMinutes, values, quality }, segment) => {
      const duration = stepMinutes * 60;
      return values.map((watts, index) => ({
        start: Date.parse(start) / 1000 + index * duration,
        duration,
        value: Math.round(((watts ?? 0) * duration * 10 ** -CURVE_EXPONENT) / HOUR),
        quality: watts === null ? 'missing' : qualityAt(quality, index),
        cost: costs?.columns[segment]?.[index] ?? null,
      }));
    });
  }
  const begin = energy === 'gas' ? gasDayStart : dayStart;
  const startOf = (index: number): number => begin(addSteps(series.from, series.step, index), timeZone) / 1000;
  return series.values.map((wattHours, index) => ({
    start: startOf(index),
    duration: startOf(index + 1) - startOf(index),
    value: wattHours ?? 0,
    quality: wattHours === null ? 'missing' : qualityAt(series.quality, index),
    cost: costs?.columns[0]?.[index] ?? null,
  }));
}

function lastInstant(series: readonly ExportedSeries[], updatedAt: Instant): number {
  const starts = series.map(({ series: one }) => Date.parse(one.kind === 'curve' ? (one.segments.at(-1)?.start ?? updatedAt) : one.from));
  return Math.max(...starts, ...(starts.length === 0 ? [Date.parse(updatedAt)] : []));
}

/** When clocks change, as the rules of ESPI: the n-th or the last weekday of a month, at an hour. */
function clockRules(timeZone: TimeZone, year: number): string {
  const offset = (at: number): number => offsetMinutes(at, timeZone);
  const changes: { at: number; before: number; after: number }[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  for (let at = Date.UTC(year, 0, 1); at < end; at += 24 * 60 * MINUTE) {
    const next = at + 24 * 60 * MINUTE;
    if (offset(at) === offset(next)) continue;
    let change = at;
    while (offset(change) === offset(at)) change += 15 * MINUTE;
    changes.push({ at: change, before: offset(at), after: offset(next) });
  }
  const forward = changes.find(({ before, after }) => after > before);
  const back = changes.find(({ before, after }) => after < before);
  const standard = forward?.before ?? back?.after ?? offset(Date.UTC(year, 0, 1));
  const rule = (change: { at: number; before: number } | undefined): string => (forward && back && change ? ruleOf(change.at + change.before * MINUTE) : 'FFFFFFFF');
  const saved = forward && back ? forward.after - forward.before : 0;
  return `<dstEndRule>${rule(back)}</dstEndRule><dstOffset>${saved * 60}</dstOffset><dstStartRule>${rule(forward)}</dstStartRule><tzOffset>${standard * 60}</tzOffset>`;
}

/** Month in bits 28–31, operator 25–27 (2 first weekday … 6 fifth, 7 last), weekday 17–19 (1 Monday), hour 12–16, seconds 0–11. */
function ruleOf(shown: number): string {
  const date = new Date(shown);
  const day = date.getUTCDate();
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const operator = day + 7 > daysInMonth ? 7 : Math.ceil(day / 7) + 1;
  const parts = (date.getUTCMonth() + 1) * 2 ** 28 + operator * 2 ** 25 + (date.getUTCDay() || 7) * 2 ** 17 + date.getUTCHours() * 2 ** 12 + date.getUTCMinutes() * 60;
  return parts.toString(16).toUpperCase().padStart(8, '0');
}

/** An id of version 8 (RFC 9562) from a text: the same text gives the same id. Not meant to withstand anybody. */
function uuid(text: string): string {
  const words = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((seed) => {
    let hash = seed;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) ^ (hash >>> 15);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
  });
  const hexadecimal = words.join('');
  const variant = ((parseInt(hexadecimal[16] as string, 16) & 3) | 8).toString(16);
  return `urn:uuid:${hexadecimal.slice(0, 8)}-${hexadecimal.slice(8, 12)}-8${hexadecimal.slice(13, 16)}-${variant}${hexadecimal.slice(17, 20)}-${hexadecimal.slice(20)}`;
}
