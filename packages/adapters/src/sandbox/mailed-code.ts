import { instant, PortalError, type Instant } from '@oya/contract';

const LIFE_MS = 10 * 60_000;
const PAUSE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MOST_TRIES = 5;
const MOST_SENDS_AN_HOUR = 3;

/** The codes of one intent: one at a time is good, for ten minutes and five tries; another comes after a minute, three an hour. */
export class MailedCode {
  readonly #digits: number;
  #sends: number[] = [];
  #current: { readonly code: string | undefined; readonly expiresAt: number; tries: number } | undefined;

  constructor(digits: number) {
    this.#digits = digits;
  }

  /** The code before ends. */
  renew(now: Instant): string {
    const at = Date.parse(now);
    const wait = this.#waitAt(at);
    if (wait > 0) throw new PortalError('rate-limited', { detail: 'too many codes in a short time', retryAfterSeconds: Math.ceil(wait / 1000) });
    this.#sends = [...this.#sends.filter((sent) => sent > at - HOUR_MS), at];
    const code = randomDigits(this.#digits);
    this.#current = { code, expiresAt: at + LIFE_MS, tries: 0 };
    return code;
  }

  /** As `renew`, for an address that must get no code: nothing that is typed is right. */
  renewInVain(now: Instant): void {
    this.renew(now);
    if (this.#current) this.#current = { ...this.#current, code: undefined };
  }

  times(now: Instant): { expiresAt: Instant; resendAt: Instant; answeredAt: Instant } {
    const at = Date.parse(now);
    return { expiresAt: instant(this.#current?.expiresAt ?? at), resendAt: instant(at + Math.max(0, this.#waitAt(at))), answeredAt: now };
  }

  /** @throws PortalError `invalid` on `code`: `wrong` or `ended` */
  check(typed: string, now: Instant): void {
    const current = this.#current;
    if (!current || Date.parse(now) >= current.expiresAt || current.tries >= MOST_TRIES) throw refused('ended');
    current.tries += 1;
    if (typed !== current.code) throw refused(current.tries >= MOST_TRIES ? 'ended' : 'wrong');
  }

  /** How long until another may be sent, in milliseconds. */
  #waitAt(at: number): number {
    const inHour = this.#sends.filter((sent) => sent > at - HOUR_MS);
    const [oldest] = inHour.slice(-MOST_SENDS_AN_HOUR);
    const last = inHour.at(-1);
    return Math.max(last === undefined ? 0 : last + PAUSE_MS - at, inHour.length >= MOST_SENDS_AN_HOUR && oldest !== undefined ? oldest + HOUR_MS - at : 0);
  }
}

function refused(code: 'wrong' | 'ended'): PortalError {
  return new PortalError('invalid', { detail: `the code is ${code}`, fields: [{ path: 'code', code }] });
}

function randomDigits(count: number): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(random % 10 ** count).padStart(count, '0');
}
