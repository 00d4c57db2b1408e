/** Charts: geometry as pure functions, and the elements that draw it. They speak only through the `format` they are given. */
export { OyaBarChart, OyaBarReadEvent, OyaBarSelectEvent, type BarFormat } from './bar-chart/bar-chart.ts';
export { curveColumns, MISSING, type CurveColumns, type CurvePoint, type TimeWindow } from './geometry/columns.ts';
export type { TickUnit } from './geometry/time-axis.ts';
export { OyaLoadCurve, OyaWindowChangeEvent, type CurveFormat } from './load-curve/load-curve.ts';
