/** What a file's contents are, in words, in days and in periods. Pure. */
import { addDays, addSteps, dayStart, instant, qualityAt, type DayEnergy, type EnergySeries, type Instant, type LocalDay, type Period, type Quality, type TimeZone } from '@oya/contract';
import { splitByDay, type Content, type CurveDay, type MaximumPowers, type MeasuredSeries, type MeterPeriod } from '@oya/formats';
import { daysOfIndexes } from './indexes.ts';
import { endOfMeasures } from './store.ts';

/** A day of what a file tells as a series. */
export type SeriesDay = CurveDay | DayEnergy;

export type OfMeter = Exclude<Content, { kind: 'access-rights' | 'ecowatt' | 'tempo' }>;

export function isOfMeter(content: Content): content is OfMeter {
  return 'deliveryPoint' in content;
}

const KINDS: Readonly<Record<Exclude<Content['kind'], 'series'>, string>> = {
  periods: 'consumption between readings',
  'maximum-power': 'greatest power of days',
  indexes: 'indexes',
  contract: 'what the network operator knows of the contract',
  'access-rights': 'who may ask for what of delivery points',
  ecowatt: 'EcoWatt signals',
  tempo: 'colours of Tempo days',
};

export function wordsFor(content: Content): string {
  if (content.kind === 'indexes') return `indexes of the register ${content.register} (${content.grid === 'supplier' ? 'as the contract counts' : 'as the network counts'})`;
  if (content.kind !== 'series') return KINDS[content.kind];
  const what = content.series.kind === 'curve' ? 'load curve' : `energy by ${content.series.step}`;
  return `${what}, ${content.direction}`;
}

/** What is worth saying whatever becomes of it. */
export function notesOn(content: Content): string[] {
  if (content.kind === 'access-rights') {
    const rights = content.rights.map(({ deliveryPoint, state, from, to }) => `${deliveryPoint}: ${state}${from === null ? '' : `, from ${from}`}${to === null ? '' : `, until ${to}`}`);
    return [...rights, 'nothing to store'];
  }
  if (content.kind === 'series' && content.cost) return [`the file says that it cost ${(content.cost.total / 100_000).toFixed(2)} ${content.cost.currency} in all; what the portal shows is reckoned from the prices of the contract`];
  return [];
}

export function periodOf(content: Content, days: readonly { day: LocalDay }[], timeZone: TimeZone | undefined): Period | null {
  if (content.kind === 'periods') return spanOf(content.periods.map(({ from, to }) => ({ from, to })));
  if (content.kind === 'series' && content.series.kind === 'energy' && content.series.step !== 'day') return spanOf(periodsOf(content.series));
  if (content.kind === 'indexes' && timeZone !== undefined) {
    const span = daysOfIndexes(content, timeZone);
    return span ? { from: span.first, to: addDays(span.last, 1) } : null;
  }
  const all = content.kind === 'series' ? days : 'days' in content ? content.days : [];
  return spanOf(all.map(({ day }) => ({ from: day, to: addDays(day, 1) })));
}

function spanOf(periods: readonly { from: LocalDay; to: LocalDay }[]): Period | null {
  return periods.reduce<Period | null>((span, { from, to }) => (span ? { from: from < span.from ? from : span.from, to: to > span.to ? to : span.to } : { from, to }), null);
}

export function isCurveDay(day: SeriesDay): day is CurveDay {
  return 'segments' in day;
}

export function isDayEnergy(day: SeriesDay): day is DayEnergy {
  return !isCurveDay(day);
}

export function daysOf({ series }: MeasuredSeries, timeZone: TimeZone): SeriesDay[] {
  if (series.kind === 'curve') return [...splitByDay(series, timeZone)];
  return series.step === 'day' ? series.values.map((energy, index) => dayOf(series, energy, index)) : [];
}

function dayOf({ from, quality, registers = [], volumes }: EnergySeries, energy: number | null, index: number): DayEnergy {
  const parts = registers.flatMap(({ code, values }) => (values[index] === null || values[index] === undefined ? [] : [[code, values[index]] as const]));
  return { day: addDays(from, index), energy, quality: qualityAt(quality, index), volume: volumes?.[index] ?? null, ...(parts.length > 0 && { registers: Object.fromEntries(parts) }) };
}

export function powersOf(series: MeasuredSeries['series']): MaximumPowers['days'] {
  if (series.kind !== 'energy' || series.step !== 'day' || series.maximumPower?.unit !== 'VA') return [];
  return series.maximumPower.values.map((voltAmperes, index) => ({ day: addDays(series.from, index), voltAmperes, at: null, quality: qualityOfPower(series.quality, index) }));
}

/** Months and years are periods between readings. */
export function periodsOf({ step, from, values, quality, volumes }: EnergySeries): MeterPeriod[] {
  return values.map((energy, index) => ({
    from: addSteps(from, step, index),
    to: addSteps(from, step, index + 1),
    energy,
    volume: volumes?.[index] ?? null,
    indexStart: null,
    indexEnd: null,
    quality: qualityAt(quality, index),
  }));
}

export function endOfPeriods(periods: readonly MeterPeriod[], timeZone: TimeZone): Instant | null {
  const span = spanOf(periods.filter(({ energy }) => energy !== null));
  return span && instant(dayStart(span.to, timeZone));
}

export function measuredUntil(days: readonly SeriesDay[], timeZone: TimeZone): Instant | null {
  const curveDays = days.filter(isCurveDay);
  if (curveDays.length > 0) return endOfMeasures(curveDays);
  const last = days.filter(isDayEnergy).findLast(({ energy }) => energy !== null);
  return last ? instant(dayStart(addDays(last.day, 1), timeZone)) : null;
}


/** The energy of a day may be missing where its power is there. */
function qualityOfPower(quality: string, index: number): Quality {
  const known = qualityAt(quality, index);
  return known === 'missing' ? 'real' : known;
}
