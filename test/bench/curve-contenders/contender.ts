/** A chart library on trial, in the page. */

/** Epoch milliseconds, `to` excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The measurements that all contenders draw. */
export interface Source extends Span {
  readonly stepMinutes: number;
  /** Average power in W, none missing. */
  readonly watts: Int32Array;
}

export interface Contender {
  /** Brings the data into the form that this library likes best: before the clock starts. */
  prepare(source: Source): void;
  create(place: HTMLElement): void;
  show(span: Span): void;
  destroy(): void;
}

/** Size of every picture, in CSS pixels. */
export const WIDTH = 900;
export const HEIGHT = 300;

/** A vertical line of the picture, in pixels from its top. */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

/** What a picture of everything comes down to: for each pixel column, from its highest to its lowest value. */
export function segmentsOf({ watts }: Source): Segment[] {
  const share = watts.length / WIDTH;
  const highest = watts.reduce((most, value) => Math.max(most, value), 0);
  const y = (value: number) => Math.round(HEIGHT * (1 - value / highest));
  return Array.from({ length: WIDTH }, (_, column) => {
    const values = watts.subarray(Math.floor(column * share), Math.ceil((column + 1) * share));
    return { from: y(Math.max(...values)) - 1, to: y(Math.min(...values)) + 1 };
  });
}
