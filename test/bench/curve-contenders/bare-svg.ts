import { HEIGHT, segmentsOf, WIDTH, type Contender, type Segment, type Source } from './contender.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** The floor of what draws into an SVG: one path of as many segments as the picture has columns. */
export class BareSvg implements Contender {
  #segments: readonly Segment[] = [];
  #svg: SVGSVGElement | undefined;
  #shown = 0;

  prepare(source: Source): void {
    this.#segments = segmentsOf(source);
  }

  create(place: HTMLElement): void {
    this.#svg = document.createElementNS(SVG, 'svg');
    this.#svg.setAttribute('width', `${WIDTH}`);
    this.#svg.setAttribute('height', `${HEIGHT}`);
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('stroke', '#4a7ec2');
    this.#svg.append(path);
    place.append(this.#svg);
    this.show();
  }

  show(): void {
    // Never the same twice, or the browser would see that there is nothing to do.
    const shift = this.#shown++ % 2;
    let path = '';
    for (const [column, { from, to }] of this.#segments.entries()) path += `M${column} ${from + shift}V${to}`;
    this.#svg?.firstElementChild?.setAttribute('d', path);
  }

  destroy(): void {
    this.#svg?.remove();
  }
}
