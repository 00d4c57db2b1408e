import type { Instant } from '@oya/contract';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const MINUTE = 60_000;

/** Draws an element anew with every minute that begins, while it is on the page. */
export class MinuteClock implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setTimeout(() => {
      this.#host.requestUpdate();
      this.hostConnected();
    }, MINUTE - (Date.now() % MINUTE));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}

/** What time it is by the portal's clock, in epoch milliseconds: that of a device may be wrong. */
export function clockOf({ data, answeredAt }: { readonly data: { readonly answeredAt?: Instant | undefined } | undefined; readonly answeredAt: number }): number {
  return data?.answeredAt === undefined ? Date.now() : Date.parse(data.answeredAt) + Date.now() - answeredAt;
}
