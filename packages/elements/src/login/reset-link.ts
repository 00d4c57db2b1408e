/** What the mail of a new password links to: the reset, and the code that would otherwise be typed. */
export interface ResetLink {
  readonly resetId: string;
  readonly code: string;
}

const FRAGMENT = /^#oya-reset=([^.&]+)\.(\d{4,10})$/;

/**
 * Takes the reset out of the page's address. It is gone from there at once, and from the history with it: whoever uses the
 * device next, or is sent the address, finds no code in it.
 */
export function takeResetLink(): ResetLink | undefined {
  const [, resetId, code] = FRAGMENT.exec(location.hash) ?? [];
  if (resetId === undefined || code === undefined) return undefined;
  history.replaceState(history.state, '', location.pathname + location.search);
  return { resetId: decodeURIComponent(resetId), code };
}
