/** Work a slice at a time: returns whether it is finished. */
export type SlicedWork = (hasTime: () => boolean) => boolean;

/** Before the first slice, in ms: what is new on the page comes first. */
const REST = 250;
/** Least time left in an idle period that is worth a slice, in ms. */
const WORTH = 2;
/** Where idle periods are not told (WebKit): time for a slice in ms, and a pause that lets the page breathe. */
const SLICE = 4;
const PAUSE = 30;

/** Does work while the page has nothing better to do, then calls `done`. @returns what stops it */
export function whenIdle(work: SlicedWork, done: () => void): () => void {
  const told = typeof requestIdleCallback === 'function';
  let handle = 0;
  let cancel: (handle: number) => void = clearTimeout;
  const turn = (hasTime: () => boolean): void => {
    if (work(hasTime)) done();
    else next();
  };
  const next = (): void => {
    if (told) {
      cancel = cancelIdleCallback;
      handle = requestIdleCallback((deadline) => turn(() => deadline.timeRemaining() > WORTH));
    } else {
      handle = window.setTimeout(() => {
        const end = performance.now() + SLICE;
        turn(() => performance.now() < end);
      }, PAUSE);
    }
  };
  handle = window.setTimeout(next, REST);
  return () => cancel(handle);
}
