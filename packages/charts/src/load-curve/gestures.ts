/** What hands do on the curve, told as intents: read here, move by, zoom about. */
export interface GestureIntents {
  /** Part of the time is shown, so that there is something to move. */
  readonly isZoomed: () => boolean;
  /** `null` when the pointer has gone. x in pixels from the left of the picture. */
  readonly read: (x: number | null) => void;
  /** Moves the picture by pixels to the right. */
  readonly drag: (by: number) => void;
  readonly zoom: (factor: number, x: number) => void;
}

/** Zoom per pixel of wheel: a notch of a hundred pixels shows about a fifth more or less. */
const WHEEL_ZOOM = 0.002;
/** From here on, in ms, a finger that rested before it slides goes on reading. */
const HOLD = 250;
/** Firefox tells wheels in lines. */
const LINE = 16;

/**
 * Hears pointer and wheel on an element. Fingers: one reads where it presses and as it slides; once the picture is zoomed, one
 * that slides at once moves it, and one that has rested reads on. Two zoom and move. Up and down scrolls the page. Mouse: moving reads, dragging moves, a double click zooms. The wheel scrolls the page as everywhere, and
 * zooms with Ctrl (as a pinch on a touchpad does) or while the picture has the focus; sideways it moves.
 */
export class CurveGestures {
  readonly #target: HTMLElement;
  readonly #intents: GestureIntents;
  readonly #pointers = new Map<number, number>();
  /** When the first pointer came down, and whether it has read or moved since; `undefined` until it slides. */
  #pressedAt = 0;
  #reads: boolean | undefined;

  constructor(target: HTMLElement, intents: GestureIntents) {
    this.#target = target;
    this.#intents = intents;
  }

  /** As long as the element lives: what it hears of itself keeps nothing else alive. */
  listen(): void {
    const target = this.#target;
    target.addEventListener('pointerdown', this.#down);
    target.addEventListener('pointermove', this.#move);
    target.addEventListener('pointerup', this.#up);
    target.addEventListener('pointercancel', this.#cancel);
    target.addEventListener('pointerleave', this.#leave);
    target.addEventListener('dblclick', (event) => this.#intents.zoom(0.5, this.#x(event)));
    target.addEventListener('wheel', this.#wheel, { passive: false });
  }

  /** Fingers that were down when the element left the page are not heard again. */
  forget(): void {
    this.#pointers.clear();
  }

  readonly #down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, this.#x(event));
    this.#target.setPointerCapture(event.pointerId);
    if (this.#pointers.size > 1) return;
    this.#pressedAt = event.timeStamp;
    this.#reads = undefined;
    this.#intents.read(this.#x(event));
  };

  readonly #move = (event: PointerEvent): void => {
    const x = this.#x(event);
    const before = this.#pointers.get(event.pointerId);
    if (before === undefined) {
      this.#intents.read(x);
      return;
    }
    if (this.#pointers.size === 2) {
      const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1] ?? x;
      const [spreadBefore, spread] = [Math.abs(before - other), Math.abs(x - other)];
      if (spread > 1 && spreadBefore > 1) this.#intents.zoom(spreadBefore / spread, (x + other) / 2);
      this.#intents.drag((x - before) / 2);
      this.#reads = false;
    } else {
      this.#reads ??= !this.#intents.isZoomed() || (event.pointerType === 'touch' && event.timeStamp - this.#pressedAt >= HOLD);
      if (this.#reads) this.#intents.read(x);
      else this.#intents.drag(x - before);
    }
    this.#pointers.set(event.pointerId, x);
  };

  readonly #up = (event: PointerEvent): void => {
    this.#pointers.delete(event.pointerId);
  };

  /** The browser has taken the finger to scroll the page: nothing was meant to be read. */
  readonly #cancel = (event: PointerEvent): void => {
    this.#up(event);
    this.#intents.read(null);
  };

  readonly #leave = (event: PointerEvent): void => {
    // A finger that leaves has read: what it read stays until the next touch. A mouse that leaves reads no more.
    if (event.pointerType === 'mouse') this.#intents.read(null);
  };

  readonly #wheel = (event: WheelEvent): void => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const zooms = event.ctrlKey || this.#target.matches(':focus');
    if (isSideways && this.#intents.isZoomed()) this.#intents.drag(-sideways * unit);
    else if (!isSideways && zooms) this.#intents.zoom(Math.exp(event.deltaY * unit * WHEEL_ZOOM), this.#x(event));
    else return;
    event.preventDefault();
  };

  #x(event: MouseEvent): number {
    return event.clientX - this.#target.getBoundingClientRect().left;
  }
}
