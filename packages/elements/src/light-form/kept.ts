/** What a form keeps through a reload of its page, until its tab is closed. Never passwords or codes. */

// eslint-disable-next-line no-restricted-globals -- a draft ends with its tab, and holds no secret of a session
const storage = (): Storage => sessionStorage;

export function keep(key: string, draft: unknown): void {
  quietly(() => storage().setItem(key, JSON.stringify(draft)));
}

/** Whatever stands there: other scripts of the page can write it. */
export function kept(key: string): unknown {
  return quietly(() => JSON.parse(storage().getItem(key) ?? 'null') as unknown);
}

export function drop(key: string): void {
  quietly(() => storage().removeItem(key));
}

/** Storage may be full or forbidden: then a reload keeps nothing, and all else works. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
