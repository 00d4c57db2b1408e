import uPlot from 'uplot';
import { HEIGHT, WIDTH, type Contender, type Source, type Span } from './contender.ts';

export class UPlot implements Contender {
  #data: uPlot.AlignedData = [[], []];
  #plot: uPlot | undefined;

  prepare({ from, stepMinutes, watts }: Source): void {
    const seconds = Float64Array.from(watts, (_, index) => from / 1000 + index * stepMinutes * 60);
    this.#data = [seconds, Float64Array.from(watts)];
  }

  create(place: HTMLElement): void {
    const options: uPlot.Options = { width: WIDTH, height: HEIGHT, legend: { show: false }, series: [{}, { stroke: '#4a7ec2', width: 1 }] };
    this.#plot = new uPlot(options, this.#data, place);
  }

  show({ from, to }: Span): void {
    this.#plot?.setScale('x', { min: from / 1000, max: to / 1000 });
  }

  destroy(): void {
    this.#plot?.destroy();
  }
}
