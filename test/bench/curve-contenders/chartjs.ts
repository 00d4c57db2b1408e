import { Chart, Decimation, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { HEIGHT, WIDTH, type Contender, type Source, type Span } from './contender.ts';

Chart.register(Decimation, LinearScale, LineController, LineElement, PointElement);

/** As its documentation advises for many points: no parsing, no animation, no points, decimation to minima and maxima. */
export class ChartJs implements Contender {
  #data: { x: number; y: number }[] = [];
  #chart: Chart<'line', { x: number; y: number }[]> | undefined;

  prepare({ from, stepMinutes, watts }: Source): void {
    this.#data = Array.from(watts, (y, index) => ({ x: from + index * stepMinutes * 60_000, y }));
  }

  create(place: HTMLElement): void {
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    place.append(canvas);
    this.#chart = new Chart(canvas, {
      type: 'line',
      data: { datasets: [{ data: this.#data, borderColor: '#4a7ec2', borderWidth: 1, pointRadius: 0 }] },
      options: {
        responsive: false,
        animation: false,
        parsing: false,
        normalized: true,
        plugins: { decimation: { enabled: true, algorithm: 'min-max' } },
        scales: { x: { type: 'linear', ticks: { maxRotation: 0, callback: (value) => new Date(Number(value)).toISOString().slice(0, 10) } }, y: { type: 'linear' } },
      },
    });
  }

  show({ from, to }: Span): void {
    const scale = this.#chart?.options.scales?.['x'];
    if (!scale) return;
    scale.min = from;
    scale.max = to;
    this.#chart?.update('none');
  }

  destroy(): void {
    const canvas = this.#chart?.canvas;
    this.#chart?.destroy();
    canvas?.remove();
  }
}
