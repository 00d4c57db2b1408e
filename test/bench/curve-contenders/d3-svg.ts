import { axisBottom, axisLeft, line, max, scaleLinear, scaleUtc, select, type Selection } from 'd3';
import { HEIGHT, WIDTH, type Contender, type Source, type Span } from './contender.ts';

interface Point {
  readonly at: Date;
  readonly watts: number;
}

const MARGIN = { left: 40, bottom: 24, top: 8, right: 8 };

/** A line as the first page of any tutorial draws it: every point in one SVG path. */
export class D3Svg implements Contender {
  #data: Point[] = [];
  #extent: Span = { from: 0, to: 1 };
  #svg: Selection<SVGSVGElement, unknown, null, undefined> | undefined;

  prepare(source: Source): void {
    this.#extent = source;
    this.#data = Array.from(source.watts, (watts, index) => ({ at: new Date(source.from + index * source.stepMinutes * 60_000), watts }));
  }

  create(place: HTMLElement): void {
    this.#svg = select(place).append('svg').attr('width', WIDTH).attr('height', HEIGHT);
    this.#svg.append('clipPath').attr('id', 'plot').append('rect').attr('x', MARGIN.left).attr('width', WIDTH - MARGIN.left).attr('height', HEIGHT);
    this.#svg.append('g').attr('class', 'x').attr('transform', `translate(0,${HEIGHT - MARGIN.bottom})`);
    this.#svg.append('g').attr('class', 'y').attr('transform', `translate(${MARGIN.left},0)`);
    this.#svg.append('path').attr('fill', 'none').attr('stroke', '#4a7ec2').attr('clip-path', 'url(#plot)');
    this.show(this.#extent);
  }

  show({ from, to }: Span): void {
    const x = scaleUtc([new Date(from), new Date(to)], [MARGIN.left, WIDTH - MARGIN.right]);
    const y = scaleLinear([0, max(this.#data, ({ watts }) => watts) ?? 1], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice();
    this.#svg?.select<SVGGElement>('.x').call(axisBottom(x));
    this.#svg?.select<SVGGElement>('.y').call(axisLeft(y));
    const path = line<Point>(({ at }) => x(at), ({ watts }) => y(watts));
    this.#svg?.select('path:not(.domain)').attr('d', path(this.#data));
  }

  destroy(): void {
    this.#svg?.remove();
  }
}
