import { PortalError, type Change, type Changes } from '@oya/contract';

/** What became stale in the sandbox, from its beginning on, and who waits for it. */
export class ChangeLog {
  readonly #changes: Change[] = [];
  readonly #waiting = new Set<() => void>();

  /** What a part of the sandbox has changed: whoever follows is told. */
  note(changes: readonly Change[]): void {
    this.#changes.push(...changes);
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * @param isSeen whether it is of the customer's
   * @throws PortalError `invalid` for a cursor that is none
   */
  since(after: string | undefined, isSeen: (change: Change) => boolean): Changes {
    const cursor = String(this.#changes.length);
    if (after === undefined) return { cursor, changes: [] };
    if (!/^\d{1,9}$/.test(after)) throw new PortalError('invalid', { detail: 'that is no cursor', fields: [{ path: 'after', code: 'no-cursor' }] });
    // A page that kept the cursor of a sandbox before a reload.
    if (Number(after) > this.#changes.length) return { cursor, changes: [], isReset: true };
    const changes = new Map(this.#changes.slice(Number(after)).filter(isSeen).map((change) => [JSON.stringify(change), change]));
    return { cursor, changes: [...changes.values()] };
  }

  /** Settles with the next note; rejects, with the signal's reason, when whoever waits has gone. */
  noted(signal?: AbortSignal): Promise<void> {
    const noted = new Promise<void>((resolve, reject) => {
      signal?.throwIfAborted();
      const end = () => {
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', leave);
      };
      const wake = () => (end(), resolve());
      const leave = () => (end(), reject(signal?.reason as Error));
      this.#waiting.add(wake);
      signal?.addEventListener('abort', leave);
    });
    // Whoever waits may fail before it looks here.
    noted.catch(() => {});
    return noted;
  }
}
