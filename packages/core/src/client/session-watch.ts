import type { Session } from '@oya/contract';
import type { Slice } from './settings.ts';

/** How long before its end a session is told of it. WCAG 2.2.1 asks for 20 seconds; finding one's glasses takes longer. */
export const WARNING_MS = 120_000;
/** After the end, so that the portal has noticed it too. */
const GRACE_MS = 1000;
const RETRY_MS = 30_000;
/** Browsers stop long timers while a device sleeps: it is looked at the clock again now and then. */
const LONGEST_TIMER_MS = 600_000;

export interface SessionEnding {
  /** In milliseconds since 1970, on the portal's clock. */
  readonly at: number;
}

/**
 * Knows when the session ends, without prolonging it. Shortly before, the portal is asked once more: another tab or another
 * request may have prolonged it. What is left is counted from the moment of the answer, by the portal's own clock where it
 * tells it, so that a device with a wrong clock is warned in time.
 */
export class SessionWatch {
  readonly #ending: Slice<SessionEnding | undefined>;
  readonly #ask: () => Promise<unknown>;
  #at = 0;
  /** The end on this device's clock; `undefined` when there is none, or none that can be told. */
  #deadline: number | undefined;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param ending set from `WARNING_MS` before the end on
   * @param ask asks the portal for the session, and has it followed
   */
  constructor(ending: Slice<SessionEnding | undefined>, ask: () => Promise<unknown>) {
    this.#ending = ending;
    this.#ask = ask;
  }

  /** The portal has told where the session stands. */
  follow(session: Session): void {
    this.#deadline = undefined;
    if (session.state === 'signed-in') {
      this.#at = Date.parse(session.expiresAt);
      const left = this.#at - (session.answeredAt === undefined ? Date.now() : Date.parse(session.answeredAt));
      // A session that the portal calls open cannot be over: it is this device's clock that is wrong.
      if (left > 0) this.#deadline = Date.now() + left;
    }
    this.#tell();
    this.#plan();
  }

  /** For good: nobody uses the client any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  get #left(): number {
    return (this.#deadline ?? Infinity) - Date.now();
  }

  #tell(): void {
    if (this.#left > WARNING_MS) this.#ending.set(undefined);
    else if (this.#ending.value?.at !== this.#at) this.#ending.set({ at: this.#at });
  }

  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#deadline === undefined) return;
    const left = this.#left;
    this.#wait(left > WARNING_MS ? left - WARNING_MS : Math.max(0, left) + GRACE_MS);
  }

  #wait(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      if (milliseconds > LONGEST_TIMER_MS) this.#plan();
      else void this.#look();
    }, Math.min(milliseconds, LONGEST_TIMER_MS));
  }

  async #look(): Promise<void> {
    try {
      await this.#ask();
    } catch {
      // Not to be reached: what was known holds, and is told.
      this.#tell();
      if (this.#stopped) return;
      clearTimeout(this.#timer);
      this.#wait(this.#left > 0 ? this.#left + GRACE_MS : RETRY_MS);
    }
  }
}
