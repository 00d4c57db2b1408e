/** The service worker of the app that a page belongs to. */

export type WorkerHost = Pick<ServiceWorkerContainer, 'getRegistration' | 'ready'>;

/** A worker that is on its way is waited for; one that never comes must not hold up what asks. */
const PATIENCE_MS = 8000;

let isExpected = false;

/** This page brings the worker of its app. */
export function expectWorker(): void {
  isExpected = true;
}

/** @returns `undefined` where the page belongs to no app, or its worker does not come */
export async function appRegistration(workers: WorkerHost | undefined, patienceMs = PATIENCE_MS): Promise<ServiceWorkerRegistration | undefined> {
  if (!workers) return undefined;
  const known = await workers.getRegistration();
  if (known?.active) return known;
  // At the first visit an app's page asks before its worker is there. Other pages have none to wait for.
  if (!known && !isExpected) return undefined;
  return Promise.race([workers.ready, new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs))]);
}
