const WAIT_BEFORE_RETRY_MS = 600;

/**
 * Imports a chunk that lies beside the loader; a failure is tried once more.
 * @param path relative to the loader
 */
export async function importChunk<T>(path: string): Promise<T> {
  try {
    return (await import(path)) as T;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, WAIT_BEFORE_RETRY_MS * (1 + Math.random())));
    // Firefox and WebKit remember a module that failed for the life of the page: another try needs another address.
    return (await import(`${path}?retry=${Date.now()}`)) as T;
  }
}

/** Lets a chunk travel at the same time as what must be there before it. */
export function preloadChunk(path: string): void {
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = new URL(path, import.meta.url).href;
  document.head.append(link);
}
