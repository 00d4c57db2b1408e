import { getChallenge, PortalError } from '@oya/contract';
import type { PortalClient } from '@oya/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Host extends ReactiveControllerHost {
  readonly client: PortalClient | undefined;
}

/** Solves the portal's challenge while somebody fills in a form, and keeps the solution until the form is sent. */
export class RobotCheck implements ReactiveController {
  status: 'idle' | 'working' | 'done' | 'failed' = 'idle';

  readonly #host: Host;
  #solution: Promise<string> | undefined;
  #work: AbortController | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.forget();
  }

  /** Begins, unless it is at work or done. */
  start(): void {
    if (!this.#solution) this.solution().catch(() => undefined);
  }

  /**
   * Waits for the solution; a check that has failed begins anew.
   * @throws PortalError
   */
  solution(): Promise<string> {
    return (this.#solution ??= this.#solve());
  }

  /** Each solution is good for one form. */
  forget(): void {
    this.#work?.abort();
    this.#solution = undefined;
    this.#show('idle');
  }

  async #solve(): Promise<string> {
    const work = (this.#work = new AbortController());
    this.#show('working');
    try {
      const { client } = this.#host;
      if (!client) throw new PortalError('unavailable');
      const [{ solve }, challenge] = await Promise.all([import('./proof-of-work.ts'), client.read(getChallenge, {}, work.signal)]);
      const solution = await solve(challenge, work.signal);
      this.#show('done');
      return solution;
    } catch (thrown) {
      if (!work.signal.aborted) {
        this.#solution = undefined;
        this.#show('failed');
      }
      throw PortalError.from(thrown);
    }
  }

  #show(status: RobotCheck['status']): void {
    this.status = status;
    this.#host.requestUpdate();
  }
}
