/**
 * Follows what changes at the portal for the customer who is signed in, so that it shows without a reload: what a change
 * names is asked for anew, and nothing else. Fetched once somebody is signed in; a page loads nothing of it before.
 *
 * - Only while the page is on view and online: many open tabs hold no connections. A cursor tells what was missed.
 * - By the adapter's stream, or by asking every half minute where there is none or where it fails again and again.
 * - What changes between the first answers and the first cursor is the one thing untold; answers are stale after a minute.
 */
import { listChanges, PortalError, type Change, type Changes } from '@oya/contract';
import type { Query } from '@tanstack/query-core';
import type { PortalClient } from './client.ts';

const POLL_MS = 30_000;
/** Of streams that end or fail before they have lasted; then the portal is asked now and then, and followed again after some times. */
const STREAM_TRIES = 3;
const POLLS_BEFORE_NEXT_STREAM = 10;
/** A stream that holds so long was not at fault. */
const LASTING_MS = 10_000;
const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** What belongs to a customer is kept under a third part of its name. */
const PUBLIC_KEY_LENGTH = 2;

/** @param ended aborts when the customer has left, or nobody uses the client any more */
export async function followChanges(client: PortalClient, ended: AbortSignal): Promise<void> {
  let after: string | undefined;
  let canFollow = client.adapter.follow !== undefined;
  /** One after the other: streams that did not last, and tries of any kind. */
  let broken = 0;
  let failures = 0;
  let polls = 0;
  let present = AbortSignal.abort();

  const take = (changes: Changes) => {
    after = changes.cursor;
    const isStale = changes.isReset ? ({ queryKey }: Query) => queryKey.length > PUBLIC_KEY_LENGTH : (query: Query) => changes.changes.some((change) => names(change, query));
    void client.queries.invalidateQueries({ predicate: isStale });
  };
  const stream = async () => {
    const began = performance.now();
    try {
      for await (const changes of client.adapter.follow?.(listChanges, { after }, { signal: present }) ?? []) {
        if (present.aborted) return;
        take(changes);
      }
    } finally {
      broken = performance.now() - began >= LASTING_MS ? 0 : broken + 1;
    }
    // The portal ended it, as one does that is about to stop: another instance may answer.
    failures = broken || 1;
  };
  const poll = async () => {
    take(await client.read(listChanges, { after }, present));
    failures = 0;
    if (++polls % POLLS_BEFORE_NEXT_STREAM === 0) broken = 0;
    await wait(POLL_MS * (0.9 + 0.2 * Math.random()), present);
  };

  while (!ended.aborted) {
    if (present.aborted) {
      present = await presence(ended);
      broken = failures = 0;
      continue;
    }
    const streams = canFollow && broken < STREAM_TRIES;
    try {
      await (streams ? stream() : poll());
    } catch (thrown) {
      if (present.aborted) continue;
      const { kind, retryAfterSeconds = 0 } = PortalError.from(thrown);
      failures++;
      // Who cannot be followed may be asked; who has no changes to tell has none the next time.
      if (kind === 'unsupported' || kind === 'not-found') {
        if (!streams) return;
        canFollow = false;
        continue;
      }
      if (kind === 'invalid') after = undefined;
      // The session may have ended elsewhere: the page learns it now rather than with the next click.
      if (kind === 'unauthenticated') void client.queries.invalidateQueries({ queryKey: ['whoAmI', {}] });
      // Too many pages follow: this one asks.
      if (kind === 'rate-limited' && streams) broken = STREAM_TRIES;
      else await wait(retryAfterSeconds * 1000, present);
    }
    // Full jitter: pages that lost the same portal do not come back together.
    if (failures > 0) await wait(Math.random() * Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** failures), present);
  }
}

/** Whether a kept answer is one of those that a change names. */
function names({ operation, input }: Change, { queryKey: [name, asked] }: Query): boolean {
  return name === operation && Object.entries(input).every(([field, value]) => String((asked as Record<string, unknown> | undefined)?.[field]) === value);
}

/**
 * Waits until the page is on view and online.
 * @returns a signal that aborts once it is not, or when all is ended
 */
async function presence(ended: AbortSignal): Promise<AbortSignal> {
  const away = new AbortController();
  const present = AbortSignal.any([ended, away.signal]);
  await new Promise<void>((resolve) => {
    let wasPresent = false;
    const look = () => {
      const isPresent = document.visibilityState === 'visible' && navigator.onLine;
      if (isPresent || ended.aborted) resolve();
      else if (wasPresent) away.abort();
      wasPresent ||= isPresent;
    };
    document.addEventListener('visibilitychange', look, { signal: present });
    for (const name of ['online', 'offline']) addEventListener(name, look, { signal: present });
    ended.addEventListener('abort', look, { signal: present });
    look();
  });
  return present;
}

/** Ends at once when the page is away. */
function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || milliseconds <= 0) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
