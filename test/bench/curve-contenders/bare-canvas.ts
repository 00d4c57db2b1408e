import { HEIGHT, WIDTH, type Contender, type Source } from './contender.ts';

/**
 * The floor: a canvas, and one stroke of as many segments as the picture has columns. It reads no data, has no words and
 * answers nobody; what it costs, every curve on a canvas costs.
 */
export class BareCanvas implements Contender {
  #segments: readonly { readonly from: number; readonly to: number }[] = [];
  #canvas: HTMLCanvasElement | undefined;

  prepare({ watts }: Source): void {
    const share = watts.length / WIDTH;
    const highest = watts.reduce((most, value) => Math.max(most, value), 0);
    const y = (value: number) => Math.round(HEIGHT * (1 - value / highest));
    this.#segments = Array.from({ length: WIDTH }, (_, column) => {
      const values = watts.subarray(Math.floor(column * share), Math.ceil((column + 1) * share));
      return { from: y(Math.max(...values)) - 1, to: y(Math.min(...values)) + 1 };
    });
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
