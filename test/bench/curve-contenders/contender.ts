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
