import { defineAdapter, listConsents, listMeters, PortalError, whoAmI, type AdapterHandlers, type AdapterStreams, type Changes } from '@oya/contract';
import { expect } from 'chai';
import { QueryObserver } from '@tanstack/query-core';
import { PortalClient } from './client.ts';

const signedIn = { state: 'signed-in', customer: { id: 'camille', displayName: 'Camille' }, expiresAt: '2099-01-01T00:00:00Z' };
const stale = (contractId: string) => ({ operation: 'listMeters', input: { contractId } });
const until = async (holds: () => boolean, within = 5000) => {
  for (const end = Date.now() + within; !holds(); ) {
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A portal whose stream the test feeds. */
class Portal {
  readonly asked: string[] = [];
  readonly afters: (string | undefined)[] = [];
  open = 0;
  #send: (changes: Changes) => void = () => {};
  #fail: (error: unknown) => void = () => {};

  client(handlers: AdapterHandlers = {}, streams?: AdapterStreams | null): PortalClient {
    const followed: AdapterStreams = { listChanges: ({ after }, { signal }) => this.#follow(after, signal) };
    const adapter = defineAdapter(
      {
        whoAmI: async () => signedIn,
        signOut: async () => ({ state: 'signed-out' }),
        listMeters: async ({ contractId }) => (this.asked.push(`meters ${contractId}`), { items: [] }),
        listConsents: async ({ meterId }) => (this.asked.push(`consents ${meterId}`), { items: [] }),
        listChanges: async ({ after }) => (this.asked.push(`changes ${after ?? ''}`), { cursor: '1', changes: [] }),
        ...handlers,
      },
      streams === null ? undefined : (streams ?? followed),
    );
    return new PortalClient({ adapter });
  }

  send(cursor: string, changes: Changes['changes'], isReset = false): void {
    this.#send({ cursor, changes, ...(isReset && { isReset }) });
  }

  fail(error: unknown): void {
    this.#fail(error);
  }

  async *#follow(after: string | undefined, signal: AbortSignal | undefined): AsyncGenerator<Changes> {
    this.afters.push(after);
    this.open++;
    try {
      yield { cursor: after ?? 'now', changes: [] };
      for (;;) {
        yield await new Promise<Changes>((resolve, reject) => {
          this.#send = resolve;
          this.#fail = reject;
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        });
      }
    } finally {
      this.open--;
    }
  }
}

describe('a page that follows changes', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    show('visible');
    for (const end of ends.splice(0)) end();
  });

  /** As tabs do that come to the front or go. */
  function show(visibility: DocumentVisibilityState): void {
    Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }

  /** Shows two contracts and the consents of a meter, for the customer who is signed in. */
  async function shown(portal: Portal, client: PortalClient): Promise<void> {
    ends.push(client.use());
    client.takeSession(signedIn as never);
    const keys = [client.keyOf(listMeters, { contractId: 'a' }), client.keyOf(listMeters, { contractId: 'b' })] as const;
    for (const [index, contractId] of ['a', 'b'].entries()) {
      ends.push(new QueryObserver(client.queries, { queryKey: keys[index] ?? [], queryFn: () => client.read(listMeters, { contractId }) }).subscribe(() => undefined));
    }
    ends.push(new QueryObserver(client.queries, { queryKey: client.keyOf(listConsents, { meterId: 'm' }), queryFn: () => client.read(listConsents, { meterId: 'm' }) }).subscribe(() => undefined));
    await until(() => portal.asked.filter((each) => !each.startsWith('changes')).length === 3);
  }

  it('asks anew for what a change names, and for nothing else', async () => {
    const portal = new Portal();
    await shown(portal, portal.client());
    await until(() => portal.open === 1);
    await pause(20);
    portal.asked.length = 0;
    portal.send('2', [stale('b')]);
    await until(() => portal.asked.length > 0);
    await pause(30);
    expect(portal.asked).to.deep.equal(['meters b']);
  });

  it('asks anew for all that is the customer’s when the portal can no longer tell what changed', async () => {
    const portal = new Portal();
    await shown(portal, portal.client());
    await until(() => portal.open === 1);
    await pause(20);
    portal.asked.length = 0;
    portal.send('2', [], true);
    await until(() => portal.asked.length >= 3);
    expect(portal.asked.sort()).to.deep.equal(['consents m', 'meters a', 'meters b']);
  });

  it('holds no connection while nobody looks at it, and learns what it missed when somebody does', async () => {
    const portal = new Portal();
    await shown(portal, portal.client());
    await until(() => portal.open === 1);
    await pause(20);
    portal.send('7', []);
    await pause(20);
    show('hidden');
    await until(() => portal.open === 0);
    await pause(50);
    expect(portal.afters.length).to.equal(1);
    show('visible');
    await until(() => portal.open === 1);
    expect(portal.afters).to.deep.equal([undefined, '7']);
  });

  it('follows again, from where it was, after the stream broke', async () => {
    const portal = new Portal();
    await shown(portal, portal.client());
    await until(() => portal.open === 1);
    await pause(20);
    portal.fail(new PortalError('unavailable'));
    await until(() => portal.afters.length === 2);
    expect(portal.afters).to.deep.equal([undefined, 'now']);
  });

  it('asks now and then where nothing can be followed', async () => {
    const portal = new Portal();
    await shown(portal, portal.client({}, null));
    await until(() => portal.asked.includes('changes '));
    expect(portal.open).to.equal(0);
  });

  it('asks now and then where following fails again and again', async () => {
    const portal = new Portal();
    let tries = 0;
    const client = portal.client({}, {
      async *listChanges() {
        tries++;
        throw new PortalError('timeout');
      },
    });
    await shown(portal, client);
    await until(() => portal.asked.includes('changes '), 14_000);
    expect(tries).to.equal(3);
  });

  it('asks for nothing at a portal that tells no changes, and leaves it at that when asked in vain', async () => {
    const portal = new Portal();
    let asked = 0;
    const client = portal.client({ listChanges: async () => (asked++, Promise.reject(new PortalError('unsupported'))) }, null);
    await shown(portal, client);
    await until(() => asked === 1);
    show('hidden');
    show('visible');
    await pause(50);
    expect(asked).to.equal(1);
  });

  it('learns from a stream that is refused that the session has ended', async () => {
    const portal = new Portal();
    let isOver = false;
    const client = portal.client({ whoAmI: async () => (isOver ? { state: 'signed-out' } : signedIn) });
    ends.push(new QueryObserver(client.queries, { queryKey: ['whoAmI', {}], queryFn: () => client.read(whoAmI, {}) }).subscribe(() => undefined));
    await shown(portal, client);
    await until(() => portal.open === 1);
    await pause(20);
    isOver = true;
    portal.fail(new PortalError('unauthenticated'));
    await until(() => client.session?.state === 'signed-out');
    await until(() => portal.open === 0);
    await pause(50);
    expect(portal.afters.length).to.equal(1);
  });

  it('ends with the customer’s leaving, and with its last user, on view or not', async () => {
    for (const visibility of ['visible', 'hidden'] as const) {
      const portal = new Portal();
      const client = portal.client();
      await shown(portal, client);
      await until(() => portal.open === 1);
      show(visibility);
      if (visibility === 'visible') await client.signOut();
      for (const end of ends.splice(0)) end();
      await until(() => portal.open === 0);
      show('visible');
      await pause(30);
      expect(portal.afters.length).to.equal(1);
    }
  });

  it('leaves nothing behind, however often it begins', async () => {
    const portal = new Portal();
    const client = portal.client();
    client.takeSession(signedIn as never);
    for (let mounts = 0; mounts < 50; mounts++) {
      const end = client.use();
      await until(() => portal.open === 1);
      end();
      await until(() => portal.open === 0);
    }
    show('hidden');
    show('visible');
    await pause(30);
    expect([portal.open, portal.afters.length]).to.deep.equal([0, 50]);
  });
});
