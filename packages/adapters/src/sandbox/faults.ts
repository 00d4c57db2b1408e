import { PortalError, type ErrorKind, type OperationName } from '@oya/contract';
import { pause } from './pause.ts';

/**
 * What can go wrong with an operation: an error of that kind; `slow`, an answer after eight seconds; `silent`, no answer
 * until the caller gives up; `one-bad-row`, a list whose last row does not fit the contract.
 */
export type Fault = ErrorKind | 'slow' | 'silent' | 'one-bad-row';

const SLOW_MS = 8000;
/** What a portal that is too busy asks for. */
const RETRY_AFTER_SECONDS = 30;
/** Fits the schema of no answer. */
const MALFORMED_ANSWER = '<html>502 Bad Gateway</html>';

/** The faults that are switched on, by operation. */
export class Faults {
  readonly #byOperation: Map<OperationName | '*', Fault>;
  #failures = 0;

  constructor(faults: Partial<Record<OperationName | '*', Fault>> = {}) {
    this.#byOperation = new Map(Object.entries(faults) as [OperationName | '*', Fault][]);
  }

  set(operation: OperationName | '*', fault: Fault | null): void {
    if (fault === null) this.#byOperation.delete(operation);
    else this.#byOperation.set(operation, fault);
  }

  clear(): void {
    this.#byOperation.clear();
  }

  /** Answers through the operation's fault, if it has one. A write that fails has not happened. */
  async pass(operation: OperationName, answer: () => unknown, signal?: AbortSignal): Promise<unknown> {
    const fault = this.#byOperation.get(operation) ?? this.#byOperation.get('*');
    switch (fault) {
      case undefined:
        return answer();
      case 'slow':
        await pause(SLOW_MS, signal);
        return answer();
      case 'silent':
        return pause(Infinity, signal);
      case 'malformed':
        return MALFORMED_ANSWER;
      case 'one-bad-row':
        return spoilLastRow(await answer());
      default:
        throw this.#error(fault, operation);
    }
  }

  #error(kind: ErrorKind, operation: OperationName): PortalError {
    this.#failures += 1;
    return new PortalError(kind, {
      detail: `${operation}: the sandbox was told to fail with "${kind}"`,
      requestId: `sandbox-${this.#failures}`,
      ...(kind === 'rate-limited' && { retryAfterSeconds: RETRY_AFTER_SECONDS }),
    });
  }
}

function spoilLastRow(answer: unknown): unknown {
  const items = (answer as { items?: unknown[] }).items;
  return items ? { ...(answer as object), items: [...items.slice(0, -1), { id: null }] } : answer;
}
