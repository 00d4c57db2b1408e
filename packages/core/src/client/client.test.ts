import { addAttachment, defineAdapter, listMeters, operation, PortalError, whoAmI, type AdapterHandlers, type InputOf, type PortalAdapter } from '@oya/contract';
import * as z from 'zod/mini';
import { expect } from 'chai';
import { QueryObserver } from '@tanstack/query-core';
import { newIdempotencyKey, PortalClient, type Read } from './client.ts';
import { WARNING_MS } from './session-watch.ts';

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
    expect(portal.queries.getQueryCache().findAll({ queryKey: ['listMeters'] })).to.deep.equal([]);
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

  it('takes a page whose token is refused, when it has no other, for one to which nobody is signed in', async () => {
    const portal = client({ whoAmI: async () => Promise.reject(new PortalError('unauthenticated', { code: 'token-refused' })) });
    await follow(portal, whoAmI, {});
    expect(portal.session?.state).to.equal('signed-out');
    expect(portal.sessionExpired.value).to.equal(false);
  });

  it('asks for the session whenever somebody comes back to the page, and for nothing else that is fresh', async () => {
    const asked: string[] = [];
    const portal = client({
      whoAmI: async () => (asked.push('session'), signedIn()),
      listMeters: async () => (asked.push('meters'), meters),
    });
    const end = portal.use();
    const observers = [
      new QueryObserver(portal.queries, { queryKey: ['whoAmI', {}], queryFn: () => portal.read(whoAmI, {}) }),
      new QueryObserver(portal.queries, { queryKey: ['listMeters', {}], queryFn: () => portal.read(listMeters, { contractId: 'c' }) }),
    ].map((observer) => observer.subscribe(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 20));
    window.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const stop of [...observers, end]) stop();
    expect(asked).to.deep.equal(['session', 'meters', 'session']);
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

describe('the end of a session', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A portal whose clock may be another than this device's. */
  function portalOf(session: { left: number; clockAhead?: number; extendedBy?: number }) {
    const asked: string[] = [];
    const answer = () => {
      const now = Date.now() + (session.clockAhead ?? 0);
      return session.left > 0 ? { ...signedIn(), expiresAt: precise(now + session.left), answeredAt: precise(now) } : signedOut;
    };
    const handlers: AdapterHandlers = {
      whoAmI: async () => (asked.push('whoAmI'), answer()),
      extendSession: async () => (asked.push('extendSession'), (session.left = session.extendedBy ?? 0), answer()),
    };
    const portal = client(handlers);
    ends.push(portal.use());
    return { portal, asked, handlers };
  }

  it('is told two minutes before, after the portal was asked once more', async () => {
    const session = { left: WARNING_MS + 60 };
    const { portal, asked } = portalOf(session);
    await follow(portal, whoAmI, {});
    expect(portal.sessionEnding.value).to.equal(undefined);
    session.left = WARNING_MS - 10;
    await until(() => portal.sessionEnding.value !== undefined);
    expect(asked).to.deep.equal(['whoAmI', 'whoAmI']);
    expect(portal.sessionEnding.value?.at).to.be.closeTo(Date.now() + WARNING_MS, 200);
  });

  it('is not told when another request has prolonged it', async () => {
    const session = { left: WARNING_MS + 60 };
    const { portal, asked } = portalOf(session);
    await follow(portal, whoAmI, {});
    session.left = WARNING_MS * 2;
    await until(() => asked.length === 2);
    await pause(30);
    expect(portal.sessionEnding.value).to.equal(undefined);
  });

  it('goes by the portal’s clock, whatever the device’s says', async () => {
    for (const clockAhead of [-86_400_000, 86_400_000]) {
      const { portal } = portalOf({ left: WARNING_MS - 1000, clockAhead });
      await follow(portal, whoAmI, {});
      await until(() => portal.sessionEnding.value !== undefined);
      expect(portal.sessionEnding.value?.at).to.be.closeTo(Date.now() + clockAhead + WARNING_MS - 1000, 200);
    }
    const calm = portalOf({ left: WARNING_MS * 3, clockAhead: -86_400_000 });
    await follow(calm.portal, whoAmI, {});
    await pause(30);
    expect(calm.portal.sessionEnding.value).to.equal(undefined);
  });

  it('is not believed where a portal that tells no time calls a session open that should be over', async () => {
    const portal = client({ whoAmI: async () => ({ ...signedIn(), expiresAt: '2020-01-01T00:00:00Z' }) });
    ends.push(portal.use());
    await follow(portal, whoAmI, {});
    expect([portal.session?.state, portal.sessionEnding.value]).to.deep.equal(['signed-in', undefined]);
  });

  it('is put off by the customer, in every tab', async () => {
    const session = { left: 60_000, extendedBy: WARNING_MS * 2 };
    const { portal, handlers } = portalOf(session);
    const other = client(handlers);
    ends.push(other.use());
    await Promise.all([follow(portal, whoAmI, {}), follow(other, whoAmI, {})]);
    const watching = new QueryObserver(other.queries, { queryKey: ['whoAmI', {}], queryFn: () => other.read(whoAmI, {}) });
    ends.push(watching.subscribe(() => undefined));
    await until(() => [portal, other].every(({ sessionEnding }) => sessionEnding.value !== undefined));
    await portal.extendSession();
    await until(() => [portal, other].every(({ sessionEnding }) => !sessionEnding.value));
  });

  it('signs out when it comes, and says that the session ended by itself', async () => {
    const session = { left: 30 };
    const { portal } = portalOf(session);
    await follow(portal, whoAmI, {});
    session.left = 0;
    await until(() => portal.session?.state === 'signed-out');
    expect([portal.sessionExpired.value, portal.sessionEnding.value]).to.deep.equal([true, undefined]);
  });

  it('is followed by no timer once nobody uses the client', async () => {
    const { portal, asked } = portalOf({ left: WARNING_MS + 30 });
    await follow(portal, whoAmI, {});
    for (const end of ends.splice(0)) end();
    await pause(80);
    expect(asked).to.have.length(1);
  });
});

describe('a write whose session has ended', () => {
  const rename = operation({
    name: 'rename', summary: 'Changes something.', method: 'POST', path: '/name', auth: 'customer', input: z.object({ name: z.string() }), output: z.object({ name: z.string() }), errors: [],
  });

  /** A portal with a session that `expire` ends; it notes what was written. */
  function open(isBusy: () => boolean = () => false) {
    let customer: string | undefined;
    const written: (string | undefined)[] = [];
    const own = defineAdapter({
      signIn: async ({ login }) => signedIn((customer = login)),
      signOut: async () => ((customer = undefined), signedOut),
      whoAmI: async () => (customer ? signedIn(customer) : signedOut),
      listMeters: async () => (customer ? meters : Promise.reject(new PortalError('unauthenticated'))),
    });
    const adapter: PortalAdapter = {
      offers: (asked) => asked.name === 'rename' || own.offers(asked),
      perform: async (asked, input, context) => {
        if (asked.name !== 'rename') return own.perform(asked, input, context);
        if (!customer) throw new PortalError('unauthenticated');
        written.push(context?.idempotencyKey);
        return input as never;
      },
    };
    const portal = new PortalClient({ adapter });
    const takeBack = portal.offerSignIn(isBusy);
    return { portal, written, takeBack, expire: () => (customer = undefined), signIn: (login: string) => portal.signIn({ login, password: 'p' }, newIdempotencyKey()) };
  }

  it('is cancelled by who no longer wants it: not sent at all, or no longer waited for', async () => {
    let begun = 0;
    const portal = client({
      addAttachment: (_, { signal }) => {
        begun++;
        return new Promise((__, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
      },
    });
    for (const isUnderWay of [false, true]) {
      const cancel = new AbortController();
      const sent = portal.write(addAttachment, { name: 'x.pdf', content: 'A' }, 'k1', cancel.signal).catch((error: unknown) => error);
      if (isUnderWay) await until(() => begun === 1);
      cancel.abort();
      expect(await sent).to.equal(cancel.signal.reason);
      expect(begun).to.equal(isUnderWay ? 1 : 0);
    }
  });

  it('waits for the customer, and goes once, with its key', async () => {
    const { portal, written, expire, signIn } = open();
    await signIn('camille');
    await follow(portal, listMeters, { contractId: 'c' });
    portal.selectedContract.set('c');
    expire();
    const write = portal.write(rename, { name: 'n' }, 'k1');
    await until(() => portal.interrupted.value === 'camille');
    expect([portal.sessionExpired.value, written.length]).to.deep.equal([true, 0]);
    await signIn('camille');
    expect(await write).to.deep.equal({ name: 'n' });
    expect(written).to.deep.equal(['k1']);
    expect([portal.interrupted.value, portal.selectedContract.value]).to.deep.equal([undefined, 'c']);
    expect(portal.queries.getQueryData(portal.keyOf(listMeters, { contractId: 'c' }))).to.deep.equal(meters);
  });

  it('is refused when another customer signs in, of whom nothing of the first is left', async () => {
    const { portal, written, expire, signIn } = open();
    await signIn('camille');
    await follow(portal, listMeters, { contractId: 'c' });
    expire();
    const refused = portal.write(rename, { name: 'n' }, 'k1').catch((error: unknown) => error);
    await until(() => portal.interrupted.value === 'camille');
    await signIn('lucien');
    expect(await refused).to.have.property('kind', 'unauthenticated');
    expect(written).to.deep.equal([]);
    expect(portal.queries.getQueryCache().findAll({ queryKey: ['listMeters'] })).to.deep.equal([]);
  });

  it('is refused when the customer declines, and when nobody offers to sign in over it', async () => {
    const { portal, takeBack, expire, signIn } = open();
    await signIn('camille');
    expire();
    const declined = portal.write(rename, { name: 'n' }, 'k1').catch((error: unknown) => error);
    await until(() => portal.interrupted.value === 'camille');
    portal.declineSignIn();
    expect(await declined).to.have.property('kind', 'unauthenticated');
    expect([portal.interrupted.value, portal.session?.state, portal.sessionExpired.value]).to.deep.equal([undefined, 'signed-out', true]);
    takeBack();
    await signIn('camille');
    expire();
    expect(await portal.write(rename, { name: 'n' }, 'k2').catch((error: unknown) => error)).to.have.property('kind', 'unauthenticated');
    expect(portal.interrupted.value).to.equal(undefined);
  });

  it('keeps what is on the screen when the time runs out only where something was typed', async () => {
    for (const isBusy of [true, false]) {
      const { portal, expire, signIn } = open(() => isBusy);
      await signIn('camille');
      await follow(portal, listMeters, { contractId: 'c' });
      expire();
      await portal.queries.fetchQuery({ queryKey: ['whoAmI', {}], queryFn: () => portal.read(whoAmI, {}), staleTime: 0 });
      expect([portal.interrupted.value, portal.sessionExpired.value]).to.deep.equal([isBusy ? 'camille' : undefined, true]);
      expect(portal.queries.getQueryCache().findAll({ queryKey: ['listMeters'] })).to.have.length(isBusy ? 1 : 0);
    }
  });
});

/** With its fraction of a second. */
function precise(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 5 s in vain');
    await pause(5);
  }
}
