import { defineAdapter, listMeters, PortalError, whoAmI, type AdapterHandlers, type InputOf } from '@oya/contract';
import { expect } from 'chai';
import { QueryObserver } from '@tanstack/query-core';
import { newIdempotencyKey, PortalClient, type Read } from './client.ts';

const signedIn = (id = 'camille') => ({ state: 'signed-in', customer: { id, displayName: id }, expiresAt: '2026-12-01T00:00:00Z' });
const signedOut = { state: 'signed-out' };
const meters = { items: [] };

function client(handlers: AdapterHandlers): PortalClient {
  return new PortalClient({ adapter: defineAdapter(handlers) });
}

/** Follows a resource as an element does, until it has settled. */
async function follow<O extends Read>(portal: PortalClient, operation: O, input: InputOf<O>): Promise<unknown> {
  const observer = new QueryObserver(portal.queries, { queryKey: portal.keyOf(operation, input), queryFn: ({ signal }) => portal.read(operation, input, signal) });
  return new Promise((resolve) => {
    const end = observer.subscribe((result) => {
      if (result.isFetching) return;
      end();
      resolve(result.data ?? result.error);
    });
  });
}

describe('the client', () => {
  it('asks once for a resource that several elements follow', async () => {
    let asked = 0;
    const portal = client({ whoAmI: async () => (asked++, signedOut) });
    await Promise.all([follow(portal, whoAmI, {}), follow(portal, whoAmI, {}), follow(portal, whoAmI, {})]);
    expect(asked).to.equal(1);
  });

  it('tries a read three times when a second try may help, and once when not', async () => {
    let asked = 0;
    const failing = (kind: 'unavailable' | 'not-found') =>
      client({ whoAmI: async () => (asked++, Promise.reject(new PortalError(kind, { retryAfterSeconds: 0 }))) });
    expect(await follow(failing('unavailable'), whoAmI, {})).to.be.instanceOf(PortalError);
    expect(asked).to.equal(3);
    asked = 0;
    await follow(failing('not-found'), whoAmI, {});
    expect(asked).to.equal(1);
  });

  it('sends a write once, with its key', async () => {
    const keys: (string | undefined)[] = [];
    const portal = client({
      signIn: async (_input, { idempotencyKey }) => {
        keys.push(idempotencyKey);
        throw new PortalError('unavailable');
      },
    });
    const key = newIdempotencyKey();
    const thrown = await portal.signIn({ login: 'a', password: 'b' }, key).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(PortalError);
    expect(keys).to.deep.equal([key]);
  });

  it('keeps what belongs to one customer from the next', async () => {
    let customer = 'camille';
    const portal = client({ signIn: async () => signedIn(customer), signOut: async () => signedOut, listMeters: async () => meters });
    await portal.signIn({ login: 'a', password: 'b' }, 'k1');
    await follow(portal, listMeters, { contractId: 'c' });
    expect(portal.queries.getQueryData(portal.keyOf(listMeters, { contractId: 'c' }))).to.deep.equal(meters);
    await portal.signOut();
    customer = 'lucien';
    await portal.signIn({ login: 'a', password: 'b' }, 'k2');
    expect(portal.queries.getQueriesData({ queryKey: ['listMeters'] })).to.deep.equal([]);
  });

  it('notices a session that ended by itself, and says so until the next sign-in', async () => {
    const portal = client({
      signIn: async () => signedIn(),
      listMeters: async () => Promise.reject(new PortalError('unauthenticated')),
    });
    await portal.signIn({ login: 'a', password: 'b' }, 'k1');
    await follow(portal, listMeters, { contractId: 'c' });
    expect(portal.session?.state).to.equal('signed-out');
    expect(portal.sessionExpired.value).to.equal(true);
    await portal.signIn({ login: 'a', password: 'b' }, 'k2');
    expect(portal.sessionExpired.value).to.equal(false);
  });

  it('agrees with another tab on sign-out', async () => {
    let state: object = signedIn();
    const handlers = { whoAmI: async () => state, signOut: async () => (state = signedOut) };
    const [here, there] = [client(handlers), client(handlers)];
    const ends = [here.use(), there.use()];
    const watching = new QueryObserver(there.queries, { queryKey: ['whoAmI', {}], queryFn: () => there.read(whoAmI, {}) });
    const told = new Promise<void>((resolve) => {
      const end = watching.subscribe(({ data }) => {
        if (data?.state !== 'signed-out') return;
        end();
        resolve();
      });
    });
    await follow(there, whoAmI, {});
    await here.signOut();
    await told;
    for (const end of ends) end();
    expect(there.session?.state).to.equal('signed-out');
  });

  it('leads to the portal on the page first, then to the site, then to where the utility says', () => {
    const portal = new PortalClient({ adapter: defineAdapter({}), routes: { consumption: '/conso', contact: '/contact' } });
    portal.queries.setQueryData(['describeUtility', {}], { routes: { contact: 'mailto:a@example.org', login: '/connexion' } });
    portal.sections.set({ consumption: '#/consumption' });
    expect(['consumption', 'contact', 'login', 'nowhere'].map((view) => portal.route(view))).to.deep.equal(['#/consumption', '/contact', '/connexion', undefined]);
    portal.sections.set({});
    expect(portal.route('consumption')).to.equal('/conso');
  });

  it('knows what the adapter does not offer', async () => {
    const portal = client({});
    expect(portal.supports(listMeters)).to.equal(false);
    const thrown = await portal.read(listMeters, { contractId: 'c' }).catch((error: unknown) => error);
    expect(thrown).to.have.property('kind', 'unsupported');
  });
});
