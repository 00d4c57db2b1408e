import { checkIdentifier, Identifier } from '@oya/contract';
import type { PortalClient } from '@oya/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface Host extends ReactiveControllerHost {
  readonly client: PortalClient | undefined;
}

/** Long enough not to ask at each letter. */
const PAUSE_MS = 500;

/** Asks while somebody types whether an identifier is free. What cannot be asked is left to the portal's last word. */
export class IdentifierCheck implements ReactiveController {
  status: 'unknown' | 'checking' | 'free' | 'taken' = 'unknown';

  readonly #host: Host;
  readonly #onAnswer: () => void;
  #identifier = '';
  /** The one that the account has, or that its sign-up has reserved: a portal calls it taken. */
  #own: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #question: AbortController | undefined;

  constructor(host: Host, onAnswer: () => void) {
    this.#host = host;
    this.#onAnswer = onAnswer;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /** What was typed is known to be taken; what a password manager put in its place was never asked for. */
  isTaken(typed: string): boolean {
    return this.status === 'taken' && typed.trim() === this.#identifier;
  }

  own(identifier: string): void {
    this.#own = this.#identifier = identifier;
    this.#stop();
    this.#show('unknown');
  }

  look(typed: string): void {
    const identifier = typed.trim();
    if (identifier === this.#identifier) return;
    this.#identifier = identifier;
    this.#stop();
    this.#show('unknown');
    if (identifier !== this.#own && Identifier.safeParse(identifier).success) this.#timer = setTimeout(() => void this.#ask(identifier), PAUSE_MS);
  }

  async #ask(identifier: string): Promise<void> {
    const { client } = this.#host;
    if (!client?.supports(checkIdentifier)) return;
    const question = (this.#question = new AbortController());
    this.#show('checking');
    const answer = await client.read(checkIdentifier, { identifier }, question.signal).catch(() => undefined);
    if (question.signal.aborted) return;
    this.#show(answer ? (answer.available ? 'free' : 'taken') : 'unknown');
    if (answer) this.#onAnswer();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#question?.abort();
  }

  #show(status: IdentifierCheck['status']): void {
    this.status = status;
    this.#host.requestUpdate();
  }
}
