import { valueAxis, valueToY, type ValueAxis } from './value-axis.ts';

/** One bar, in pixels of the plot; x runs in reading direction, y from the top. */
export interface Bar {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BarLayout {
  readonly axis: ValueAxis;
  /** Width of one place on the axis. */
  readonly band: number;
  /** `null` where there is no value. */
  readonly bars: readonly (Bar | null)[];
  /** The same places in the previous period; `null` where it has no value. */
  readonly previous: readonly (Bar | null)[];
  /** Height of the zero line. */
  readonly zero: number;
}

export interface BarPlot {
  readonly values: readonly (number | null)[];
  readonly previous?: readonly (number | null)[] | undefined;
  /** Places on the axis; at least as many as there are values. */
  readonly slots: number;
  readonly width: number;
  readonly height: number;
}

const WIDEST_BAR = 56;
/** A measured zero is a hairline, so that it differs from a missing value. */
const LOWEST_BAR = 1;

/** Places bars on an axis that starts at zero and holds both periods. */
export function layoutBars({ values, previous = [], slots, width, height }: BarPlot): BarLayout {
  const axis = axisOf(values, previous);
  const places = Math.max(1, slots, values.length);
  const band = width / places;
  const gap = Math.min(band / 2, Math.max(1, Math.min(band * 0.28, 10)));
  const barWidth = Math.min(band - gap, WIDEST_BAR);
  const zero = valueToY(0, axis, height);

  const place = (value: number | null | undefined, index: number): Bar | null => {
    if (value === null || value === undefined) return null;
    const end = valueToY(value, axis, height);
    const barHeight = Math.max(Math.abs(zero - end), Math.min(LOWEST_BAR, height));
    const y = value < 0 ? Math.min(zero, height - barHeight) : Math.max(0, zero - barHeight);
    return { index, x: index * band + (band - barWidth) / 2, y, width: barWidth, height: barHeight };
  };
  return { axis, band, zero, bars: values.map(place), previous: previous.slice(0, places).map(place) };
}

/** The place under a horizontal position in reading direction; always one of `count`. */
export function barAt(x: number, band: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(x / band)));
}

/** How long a bar lasts. */
export type BarStep = 'half-hour' | 'hour' | 'day' | 'month' | 'year';

const HOURS_OF_DAY = 24;
/** Hours between labels, as clocks have them. */
const HOURS = [1, 2, 3, 6, 12];

/**
 * The places whose labels fit beside each other. Days by sevens from a week on, so that those of a month are the same weekday;
 * hours by whole parts of the day.
 */
export function labelledPlaces(places: number, band: number, labelWidth: number, step: BarStep): number[] {
  const all = Array.from({ length: places }, (_, index) => index);
  if (step !== 'hour' && step !== 'half-hour') {
    const interval = labelInterval(band, labelWidth);
    return all.filter((index) => index % interval === 0);
  }
  const perHour = step === 'hour' ? 1 : 2;
  const hours = HOURS.find((each) => each * perHour * band >= labelWidth) ?? HOURS_OF_DAY;
  const labelled: number[] = [];
  for (const index of all) {
    const before = labelled.at(-1);
    if (clockOf(index, places, perHour) % (hours * perHour) === 0 && (before === undefined || (index - before) * band >= labelWidth)) labelled.push(index);
  }
  return labelled;
}

/**
 * What the clock shows at a place of a day, in steps since midnight. A day of 23 or 25 hours changes its clocks in the night
 * (in Europe at 01:00 UTC), so from three o'clock on its places are counted from its end.
 */
function clockOf(index: number, places: number, perHour: number): number {
  const change = places - HOURS_OF_DAY * perHour;
  const isChanged = Math.abs(change) <= perHour && index >= 2 * perHour + Math.max(0, change);
  return isChanged ? index - change : index;
}

/** Every how many places a label fits. */
function labelInterval(band: number, labelWidth: number): number {
  const needed = labelWidth / band;
  for (const interval of [1, 2, 3]) if (needed <= interval) return interval;
  let weeks = 7;
  while (weeks < needed) weeks *= 2;
  return weeks;
}

function axisOf(...columns: (readonly (number | null)[])[]): ValueAxis {
  let lowest = 0;
  let highest = 0;
  for (const column of columns) {
    for (const value of column) {
      if (value === null) continue;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
  }
  return valueAxis(lowest, highest);
}
