import { offsetMinutes } from '@oya/contract';
import { OyaLoadCurve, type CurveColumns, type CurveFormat } from '@oya/charts';
import { HEIGHT, WIDTH, type Contender, type Source, type Span } from './contender.ts';

customElements.define('oya-load-curve', OyaLoadCurve);

const timeZone = 'Europe/Paris';
const power = new Intl.NumberFormat('fr', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const tickFormats = {
  year: new Intl.DateTimeFormat('fr', { timeZone, year: 'numeric' }),
  month: new Intl.DateTimeFormat('fr', { timeZone, month: 'short' }),
  day: new Intl.DateTimeFormat('fr', { timeZone, day: 'numeric', month: 'short' }),
  time: new Intl.DateTimeFormat('fr', { timeZone, hour: 'numeric', minute: 'numeric' }),
};
/** How a page in French words a curve. */
export const curveFormat: CurveFormat = {
  value: (watts) => `${power.format(watts / 1000)} kW`,
  axis: (watts, withUnit) => `${power.format(watts / 1000)}${withUnit ? ' kW' : ''}`,
  tick: (instant, unit) => tickFormats[unit].format(instant),
  spoken: ({ from, watts }) => `${tickFormats.day.format(from)} : ${watts} W`,
  offsetMinutes: (instant) => offsetMinutes(instant, timeZone),
};

export class Oya implements Contender {
  #curve: CurveColumns[] = [];
  #chart: OyaLoadCurve | undefined;

  prepare({ from, stepMinutes, watts }: Source): void {
    // Letters as a parsed answer holds them, not the rope that `repeat` alone would leave.
    const quality = new TextDecoder().decode(new Uint8Array(watts.length).fill(114));
    this.#curve = [{ start: from, stepMinutes, values: watts, quality }];
  }

  create(place: HTMLElement): void {
    const chart = (this.#chart = document.createElement('oya-load-curve'));
    chart.style.inlineSize = `${WIDTH}px`;
    chart.style.setProperty('--oya-load-curve-height', `${HEIGHT}px`);
    chart.label = 'Puissance';
    chart.format = curveFormat;
    chart.curve = this.#curve;
    place.append(chart);
  }

  show(span: Span): void {
    if (this.#chart) this.#chart.window = span;
  }

  destroy(): void {
    this.#chart?.remove();
  }
}
