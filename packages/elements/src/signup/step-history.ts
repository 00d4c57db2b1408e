import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What marks an entry of the browser's history as one of ours, beside whatever state the host page keeps there. */
const MARK = 'oyaSignup';

interface Mark {
  readonly step: string;
  /** How many entries of ours lie before it. */
  readonly depth: number;
}

/**
 * Lets the browser's Back and Forward walk through the steps. Entries have the address of the page and the state that the
 * host's router keeps, with our mark beside it: a router that meets one sees where it already is. Entries without our mark
 * are the host's: we neither answer nor change them, but for the mark on the one that the form stands on.
 */
export class StepHistory implements ReactiveController {
  readonly #onStep: (step: string) => void;

  constructor(host: ReactiveControllerHost, onStep: (step: string) => void) {
    this.#onStep = onStep;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('popstate', this.#onPopState);
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#onPopState);
  }

  /** The step before is one Back away. */
  get leadsBack(): boolean {
    return (markOf(history.state)?.depth ?? 0) > 0;
  }

  /** Another step follows. */
  push(from: string, to: string): void {
    const mark = markOf(history.state) ?? { step: from, depth: 0 };
    write('replaceState', { ...mark, step: from });
    write('pushState', { step: to, depth: mark.depth + 1 });
  }

  /** Another step stands in place of this one. */
  replace(step: string): void {
    const mark = markOf(history.state);
    if (mark) write('replaceState', { ...mark, step });
  }

  back(): void {
    history.back();
  }

  readonly #onPopState = ({ state }: PopStateEvent): void => {
    const mark = markOf(state);
    if (mark) this.#onStep(mark.step);
  };
}

function markOf(state: unknown): Mark | undefined {
  const mark = isPlain(state) ? (state[MARK] as Partial<Mark> | undefined) : undefined;
  return typeof mark?.step === 'string' && typeof mark.depth === 'number' ? (mark as Mark) : undefined;
}

function write(method: 'pushState' | 'replaceState', mark: Mark): void {
  const { state } = history as { state: unknown };
  // A router that keeps something else than an object there would not find it again.
  if (state !== null && !isPlain(state)) return;
  try {
    history[method]({ ...state, [MARK]: mark }, '');
  } catch {
    // Browsers limit how often a page may do this; the steps work without.
  }
}

function isPlain(state: unknown): state is Record<string, unknown> {
  return typeof state === 'object' && state !== null && [Object.prototype, null].includes(Object.getPrototypeOf(state) as object | null);
}
