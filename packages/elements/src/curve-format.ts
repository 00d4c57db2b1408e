/** How power over time is worded wherever a load curve stands: in the consumption, and beside the bill that it belongs to. */
import type { CurveFormat } from '@oya/charts';
import { offsetMinutes } from '@oya/contract';
import type { Format } from '@oya/core';

/** The words of a curve; the same as long as they are kept, because charts draw anew when they get others. */
export function curveFormat(format: Format, spoken: CurveFormat['spoken']): CurveFormat {
  return {
    value: (watts) => format.power(watts),
    axis: (watts, withUnit) => axisFigure(format, watts / 1000, withUnit ? 'kW' : ''),
    tick: (instant) => shortTime(format, instant),
    spoken,
    offsetMinutes: (instant) => offsetMinutes(instant, format.timeZone),
  };
}

/** With the decimals that a small axis needs. */
export function axisFigure(format: Format, value: number, unit: string): string {
  const figure = format.number(value, Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2);
  return unit ? `${figure}\u202f${unit}` : figure;
}

/** On the hour without minutes: `18 h`, `6 pm`. */
export function shortTime(format: Format, instant: number): string {
  return format.time(instant).replace(/[:\u202f]00(?=\D*$)/, '');
}
