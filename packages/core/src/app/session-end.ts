import { whoAmI, type Session } from '@oya/contract';
import type { PortalClient } from '../client/client.ts';
import { WARNING_MS } from '../client/session-watch.ts';

/** The end was told `WARNING_MS` before, and the portal was asked once more when it came. */
const PATIENCE_MS = WARNING_MS + 5000;

/**
 * Ends a session whose end has passed while the portal cannot be asked: the page of an app stays open without a network, and
 * shows nothing then that the portal would not show. What was typed stays, as with any session that ends.
 */
export function endSessionUntold(client: PortalClient, patienceMs = PATIENCE_MS): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = Infinity;
  const look = () => {
    clearTimeout(timer);
    const left = over - Date.now();
    if (left > 0) timer = setTimeout(look, left);
    else {
      over = Infinity;
      void end(client);
    }
  };
  // A timer sleeps while the device does.
  document.addEventListener('visibilitychange', () => over < Infinity && look());
  client.sessionEnding.subscribe(() => {
    clearTimeout(timer);
    // Prolonged or closed, another is told, or none.
    over = client.sessionEnding.value ? Date.now() + patienceMs : Infinity;
    if (over < Infinity) look();
  });
}

/** As if the portal had said so; whoever asks next asks the portal. */
async function end(client: PortalClient): Promise<void> {
  const queryKey = client.keyOf(whoAmI, {});
  // Who asks already, and has no answer yet, would be waited for in its place.
  await Promise.all(client.queries.getQueryCache().findAll({ queryKey }).map((query) => query.cancel({ revert: true })));
  let isSaid = false;
  const say = ({ signal }: { signal: AbortSignal }): Promise<Session> => {
    if (isSaid) return client.read(whoAmI, {}, signal);
    isSaid = true;
    return Promise.resolve({ state: 'signed-out' });
  };
  await client.queries.fetchQuery({ queryKey, queryFn: say, staleTime: 0 });
}
