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
  client.sessionEnding.subscribe(() => {
    clearTimeout(timer);
    const ending = client.sessionEnding.value;
    // Prolonged or closed, another is told, or none.
    if (ending) timer = setTimeout(() => end(client), patienceMs);
  });
}

/** As if the portal had said so; whoever asks next asks the portal. */
function end(client: PortalClient): void {
  let isSaid = false;
  const say = ({ signal }: { signal: AbortSignal }): Promise<Session> => {
    if (isSaid) return client.read(whoAmI, {}, signal);
    isSaid = true;
    return Promise.resolve({ state: 'signed-out' });
  };
  void client.queries.fetchQuery({ queryKey: client.keyOf(whoAmI, {}), queryFn: say, staleTime: 0 });
}
