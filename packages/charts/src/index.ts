/** Charts: geometry as pure functions, and the elements that draw it. They speak only through the `format` they are given. */
export { OyaBarChart, OyaBarReadEvent, OyaBarSelectEvent, type BarFormat, type BarLine } from './bar-chart/bar-chart.ts';
export type { BarPart } from './bar-chart/stacked-bar.ts';
export type { BarStep } from './geometry/bars.ts';
export { curveColumns, MISSING, type CurveColumns, type CurvePoint, type TimeWindow } from './geometry/columns.ts';
export type { TickUnit } from './geometry/time-axis.ts';
export type { CurveBand, CurveLimit } from './load-curve/curve-painter.ts';
export type { Form, FormWords } from './key/key.ts';
export { OyaLoadCurve, OyaWindowChangeEvent, type CurveFormat } from './load-curve/load-curve.ts';
export type { Tone } from './tones/tones.ts';
