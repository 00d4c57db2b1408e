import type { CodeSent } from '@oya/contract';
import type { Translate } from '@oya/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { fr } from './mailed-code.messages.ts';

type Words = Translate<typeof fr>;

export type Moment = 'two-minutes-left' | 'ended' | 'resend';

const MINUTE_MS = 60_000;
const MINUTE_S = 60;
const TWO_MINUTES = 2;
/** A figure that changes each second draws the eye away from the field. */
const RESEND_STEP_S = 10;

/** What is left of a code, told in steps that one can read. */
export class CodeClock implements ReactiveController {
  /** Minutes begun; 0 once the code has ended. */
  minutesLeft = 0;
  /** Until another can be sent; 0 from then on. */
  secondsToResend = 0;

  readonly #host: ReactiveControllerHost;
  readonly #onMoment: (moment: Moment) => void;
  #code: CodeSent | undefined;
  /** How far the browser's clock is behind the portal's. */
  #behindMs = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, onMoment: (moment: Moment) => void) {
    this.#host = host;
    this.#onMoment = onMoment;
    host.addController(this);
  }

  get ended(): boolean {
    return this.minutesLeft === 0;
  }

  hostConnected(): void {
    if (this.#code) this.#start();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  follow(code: CodeSent | undefined): void {
    if (code === this.#code) return;
    this.#code = code;
    clearInterval(this.#timer);
    if (!code) return;
    this.#behindMs = code.answeredAt === undefined ? 0 : Date.parse(code.answeredAt) - Date.now();
    this.#read();
    this.#start();
  }

  #start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 1000);
  }

  #tick(): void {
    const before = [this.minutesLeft, this.secondsToResend] as const;
    this.#read();
    const [minutes, seconds] = before;
    if (minutes === this.minutesLeft && seconds === this.secondsToResend) return;
    this.#host.requestUpdate();
    if (seconds > 0 && this.secondsToResend === 0) this.#onMoment('resend');
    if (minutes > TWO_MINUTES && this.minutesLeft === TWO_MINUTES) this.#onMoment('two-minutes-left');
    if (minutes > 0 && this.ended) this.#onMoment('ended');
  }

  #read(): void {
    if (!this.#code) return;
    const now = Date.now() + this.#behindMs;
    const until = (instant: string) => Math.max(0, Date.parse(instant) - now);
    this.minutesLeft = Math.ceil(until(this.#code.expiresAt) / MINUTE_MS);
    this.secondsToResend = Math.ceil(until(this.#code.resendAt) / 1000 / RESEND_STEP_S) * RESEND_STEP_S;
  }
}

export function timeLeft({ minutesLeft, ended }: CodeClock, t: Words): string {
  if (ended) return t('left.ended');
  return minutesLeft === 1 ? t('left.last') : t('left.minutes', { count: minutesLeft });
}

export function resendDelay(seconds: number, t: Words): string {
  return seconds > MINUTE_S ? t('resend.minutes', { count: Math.ceil(seconds / MINUTE_S) }) : t('resend.wait', { count: Math.ceil(seconds) });
}
