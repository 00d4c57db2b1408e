/**
 * A chart as sound: the higher the value, the higher the tone. What is estimated sounds otherwise than what is measured, and a
 * gap is a soft tick. For whoever hears better than they see, and loaded when they ask for it.
 */

export interface SoundOptions {
  /** The values of the lowest and the highest tone; a value beyond sounds as they do. */
  readonly min: number;
  readonly max: number;
  readonly msPerValue: number;
  /** A value begins to sound: the reading line follows. */
  readonly onValue: (index: number) => void;
  /** Stops the sound. */
  readonly signal?: AbortSignal;
  /** What sounds; when it leaves the document, it stops. */
  readonly chart?: Element;
}

/** A sound that plays. It stops by itself at its end, with Escape, and when the page is left. */
export interface Playback {
  /** Fulfilled when it has ended or was stopped. */
  readonly finished: Promise<void>;
  readonly isPaused: boolean;
  /** Applies from the next value on. */
  msPerValue: number;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** Two octaves, from A3 on: where most people, and small loudspeakers, hear well. */
const LOWEST_HZ = 220;
const OCTAVES = 2;
const LOUD = 0.2;
const SOFT = 0.04;
/** Seconds in which a tone comes and goes, so that it does not click. */
const EDGE = 0.012;
/** Share of its time that a tone sounds. */
const SOUNDING = 0.85;
const TICK_SECONDS = 0.03;
const TICK_HZ = 1200;

/** The tone of a value. Equal differences sound like equal steps. */
export function pitchOf(value: number, min: number, max: number): number {
  const share = max > min ? Math.max(0, Math.min(1, (value - min) / (max - min))) : 0.5;
  return LOWEST_HZ * 2 ** (OCTAVES * share);
}

/**
 * Plays values one after the other. Call it from a click or a key.
 * @param quality letters of the contract, one per value
 * @throws Error when this browser makes no sound, or was not asked to by the customer
 */
export async function play(values: readonly (number | null)[], quality: string, options: SoundOptions): Promise<Playback> {
  if (typeof AudioContext !== 'function') throw new Error('This browser has no AudioContext, so the chart cannot be played as sound. Offer its table instead.');
  if (navigator.userActivation?.hasBeenActive === false) throw new Error('Sound begins with a click or a key of the customer only: call play() from their handler.');
  const context = new AudioContext();
  await context.resume();
  return new Player(context, values, quality, options);
}

class Player implements Playback {
  readonly finished: Promise<void>;
  msPerValue: number;
  isPaused = false;
  readonly #context: AudioContext;
  readonly #values: readonly (number | null)[];
  readonly #quality: string;
  readonly #options: SoundOptions;
  readonly #ended = new AbortController();
  #next = 0;
  #timer = 0;
  #finish: () => void = () => {};

  constructor(context: AudioContext, values: readonly (number | null)[], quality: string, options: SoundOptions) {
    this.#context = context;
    this.#values = values;
    this.#quality = quality;
    this.#options = options;
    this.msPerValue = options.msPerValue;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    const { signal } = this.#ended;
    const stop = () => this.stop();
    addEventListener('pagehide', stop, { signal });
    document.addEventListener('visibilitychange', () => document.hidden && stop(), { signal });
    document.addEventListener('keydown', (event) => event.key === 'Escape' && stop(), { signal, capture: true });
    options.signal?.addEventListener('abort', stop, { signal });
    if (options.signal?.aborted) stop();
    else this.#step();
  }

  pause(): void {
    if (this.#ended.signal.aborted || this.isPaused) return;
    this.isPaused = true;
    clearTimeout(this.#timer);
    this.#context.suspend().catch(() => undefined);
  }

  resume(): void {
    if (this.#ended.signal.aborted || !this.isPaused) return;
    this.isPaused = false;
    // Refused when it is stopped before it sounds again.
    this.#context.resume().catch(() => undefined);
    this.#step();
  }

  stop(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    clearTimeout(this.#timer);
    void this.#context.close();
    this.#finish();
  }

  #step(): void {
    const index = this.#next++;
    if (index >= this.#values.length || this.#options.chart?.isConnected === false) {
      this.stop();
      return;
    }
    const { min, max, onValue } = this.#options;
    const value = this.#values[index] ?? null;
    const isMeasured = (this.#quality[index] ?? 'r') === 'r';
    if (value === null) this.#tone('square', TICK_HZ, TICK_SECONDS, SOFT / 2);
    else this.#tone(isMeasured ? 'triangle' : 'square', pitchOf(value, min, max), (this.msPerValue / 1000) * SOUNDING, isMeasured ? LOUD : SOFT);
    onValue(index);
    this.#timer = window.setTimeout(() => this.#step(), this.msPerValue);
  }

  #tone(type: OscillatorType, hertz: number, seconds: number, loudness: number): void {
    const start = this.#context.currentTime;
    const edge = Math.min(EDGE, seconds / 3);
    const oscillator = new OscillatorNode(this.#context, { type, frequency: hertz });
    const gain = new GainNode(this.#context, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(loudness, start + edge);
    gain.gain.setValueAtTime(loudness, start + seconds - edge);
    gain.gain.linearRampToValueAtTime(0, start + seconds);
    oscillator.connect(gain).connect(this.#context.destination);
    oscillator.start(start);
    oscillator.stop(start + seconds);
  }
}
