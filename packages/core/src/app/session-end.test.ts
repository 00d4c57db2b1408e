import { defineAdapter, PortalError, whoAmI, type Session } from '@oya/contract';
import { expect } from 'chai';
import { PortalClient } from '../client/client.ts';
import { endSessionUntold } from './session-end.ts';

const PATIENCE_MS = 40;

/** A portal whose session ends within a minute, and that can be out of reach. */
function portal() {
  const state = { isReached: true, isSilent: false, session: session(60_000) as Session };
  const adapter = defineAdapter({
    async whoAmI(_input, { signal }) {
      if (state.isSilent) return new Promise<never>((_, reject) => signal?.addEventListener('abort', () => reject(new PortalError('timeout'))));
      if (!state.isReached) throw new PortalError('offline');
      return state.session;
    },
  });
  const client = new PortalClient({ adapter });
  client.queries.setDefaultOptions({ queries: { ...client.queries.getDefaultOptions().queries, retry: false } });
  endSessionUntold(client, PATIENCE_MS);
  const ask = () => client.queries.fetchQuery({ queryKey: client.keyOf(whoAmI, {}), queryFn: ({ signal }) => client.read(whoAmI, {}, signal), staleTime: 0 });
  return { state, client, ask, end: client.use() };
}

function session(lastsMs: number): Session {
  const now = Date.now();
  return { state: 'signed-in', customer: { id: 'c', displayName: 'C' }, expiresAt: new Date(now + lastsMs).toISOString(), answeredAt: new Date(now).toISOString() };
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a session whose end passes without a network', () => {
  it('is over on the page of an app, and what was its customer’s is forgotten', async () => {
    const { state, client, ask, end } = portal();
    await ask();
    client.queries.setQueryData(['listContracts', {}, 'c'], { items: [] });
    while (!client.sessionEnding.value) await wait(5);
    state.isReached = false;
    await wait(3 * PATIENCE_MS);
    expect(client.session?.state).to.equal('signed-out');
    expect(client.sessionExpired.value).to.equal(true);
    expect(client.queries.getQueryData(['listContracts', {}, 'c'])).to.equal(undefined);
    state.isReached = true;
    await client.queries.refetchQueries({ queryKey: ['whoAmI'] });
    await ask();
    expect(client.session?.state, 'the portal is asked again').to.equal('signed-in');
    end();
  });

  it('is over as well while the portal is being asked and does not answer', async () => {
    const { state, client, ask, end } = portal();
    await ask();
    while (!client.sessionEnding.value) await wait(5);
    state.isSilent = true;
    const hangs = ask().catch(() => {});
    await wait(3 * PATIENCE_MS);
    expect(client.session?.state).to.equal('signed-out');
    await hangs;
    end();
  });

  it('goes on when it was prolonged meanwhile', async () => {
    const { state, client, ask, end } = portal();
    await ask();
    while (!client.sessionEnding.value) await wait(5);
    state.session = session(3_600_000);
    await ask();
    await wait(3 * PATIENCE_MS);
    expect(client.session?.state).to.equal('signed-in');
    end();
  });
});
