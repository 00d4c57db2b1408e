import { LineChart } from 'echarts/charts';
import { DatasetComponent, DataZoomInsideComponent, GridComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { HEIGHT, WIDTH, type Contender, type Source, type Span } from './contender.ts';

use([LineChart, DatasetComponent, GridComponent, DataZoomInsideComponent, CanvasRenderer]);

/** As its documentation advises for many points: no animation, no symbols, columns in typed arrays, sampled to minima and maxima. */
export class ECharts implements Contender {
  #data: { time: Float64Array; watts: Float64Array } = { time: new Float64Array(), watts: new Float64Array() };
  #chart: EChartsType | undefined;

  prepare({ from, stepMinutes, watts }: Source): void {
    this.#data = { time: Float64Array.from(watts, (_, index) => from + index * stepMinutes * 60_000), watts: Float64Array.from(watts) };
  }

  create(place: HTMLElement): void {
    place.style.inlineSize = `${WIDTH}px`;
    place.style.blockSize = `${HEIGHT}px`;
    this.#chart = init(place);
    this.#chart.setOption({
      animation: false,
      dataset: { source: this.#data, dimensions: ['time', 'watts'] },
      xAxis: { type: 'time' },
      yAxis: { type: 'value' },
      dataZoom: [{ type: 'inside', filterMode: 'filter' }],
      series: [{ type: 'line', showSymbol: false, sampling: 'minmax', lineStyle: { width: 1 }, encode: { x: 'time', y: 'watts' } }],
    });
  }

  show({ from, to }: Span): void {
    this.#chart?.dispatchAction({ type: 'dataZoom', startValue: from, endValue: to });
  }

  destroy(): void {
    const place = this.#chart?.getDom();
    this.#chart?.dispose();
    place?.removeAttribute('style');
  }
}
