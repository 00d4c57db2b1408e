import { HEIGHT, segmentsOf, WIDTH, type Contender, type Segment, type Source } from './contender.ts';

/**
 * The floor of what draws on a canvas: one stroke of as many segments as the picture has columns. It reads no data, has no words and
 * answers nobody; what it costs, every curve on a canvas costs.
 */
export class BareCanvas implements Contender {
  #segments: readonly Segment[] = [];
  #canvas: HTMLCanvasElement | undefined;

  prepare(source: Source): void {
    this.#segments = segmentsOf(source);
  }

  create(place: HTMLElement): void {
    this.#canvas = document.createElement('canvas');
    this.#canvas.width = WIDTH;
    this.#canvas.height = HEIGHT;
    place.append(this.#canvas);
    this.show();
  }

  show(): void {
    const context = this.#canvas?.getContext('2d');
    if (!context) return;
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.beginPath();
    for (const [column, { from, to }] of this.#segments.entries()) {
      context.moveTo(column + 0.5, from);
      context.lineTo(column + 0.5, to);
    }
    context.strokeStyle = '#4a7ec2';
    context.stroke();
  }

  destroy(): void {
    this.#canvas?.remove();
  }
}
