import type { Session } from '@oya/contract';
import { expect } from 'chai';
import { Answers, LONGEST_DAYS, pathPattern } from './answers.ts';
import { KEPT_AT, Keeper } from './keeper.ts';

const SCOPE = new URL('/test-app/', location.href).href;
const API = new URL('/test-api/', location.href).href;
const MINUTE = 60_000;
const DAY = 86_400_000;
const START = Date.parse('2026-11-24T17:30:00Z');

let now: number;
let keeper: Keeper;
let answers: Answers;

function start(scope = SCOPE): void {
  keeper = new Keeper({ scope, caches, now: () => now, forgotten: (name) => answers.forget(name) });
  answers = new Answers(keeper, () => now, caches);
}

function signedIn(id: string, minutes = 30, clockBehindMs = 0): Session {
  const portalNow = now + clockBehindMs;
  return { state: 'signed-in', customer: { id, displayName: id }, expiresAt: new Date(portalNow + minutes * MINUTE).toISOString(), answeredAt: new Date(portalNow).toISOString() };
}

/** What the network says: an answer of a status, or nothing. */
function network(answer: unknown, status = 200): void {
  window.fetch = async () => {
    if (answer === undefined) throw new TypeError('Failed to fetch');
    return Response.json(answer, { status });
  };
}

// What the library asks of a worker, and a page has not; and it need not tell us what it does.
class ExtendableEvent extends Event {
  waitUntil(promise: Promise<unknown>): void {
    pending.push(promise.catch(() => {}));
  }
}
class FetchEvent extends ExtendableEvent {}
Object.assign(window, { ExtendableEvent, FetchEvent, __WB_DISABLE_DEV_LOGS: true });

const realFetch = window.fetch;
const pending: Promise<unknown>[] = [];
const event = new FetchEvent('fetch');

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await answers.forCustomer(new Request(API + path, { headers }), event);
  await Promise.all(pending);
  return response;
}

/** What is shown of a path: the network's answer, one with its age, or nothing. */
async function shown(path: string): Promise<unknown> {
  try {
    const response = await ask(path);
    return { ...((await response.json()) as object), ...(response.headers.has(KEPT_AT) && { keptAt: response.headers.get(KEPT_AT) }) };
  } catch {
    return undefined;
  }
}

describe('what an app keeps', () => {
  beforeEach(() => {
    now = START;
    start();
  });
  afterEach(async () => {
    window.fetch = realFetch;
    for (const name of await caches.keys()) await caches.delete(name);
  });

  it('is shown without a network as it was, with when it came', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: [1] });
    expect(await shown('contracts')).to.deep.equal({ items: [1] });
    now += 5 * MINUTE;
    network(undefined);
    start();
    expect(await shown('contracts')).to.deep.equal({ items: [1], keptAt: '2026-11-24T17:30:00.000Z' });
    expect(await shown('contracts/1')).to.equal(undefined);
  });

  it('tells the session as the portal would now: what is left of it goes on without a network', async () => {
    await keeper.learn(signedIn('c1', 30));
    now += 10 * MINUTE;
    const presence = await keeper.presence();
    const told = presence && keeper.answerFor(presence);
    const session = (await told?.json()) as Extract<Session, { state: 'signed-in' }>;
    expect(Date.parse(session.expiresAt) - Date.parse(session.answeredAt ?? '')).to.equal(20 * MINUTE);
    expect(told?.headers.get(KEPT_AT)).to.equal('2026-11-24T17:30:00.000Z');
  });

  it('goes when the session ends, by the portal’s clock and not by that of the device', async () => {
    await keeper.learn(signedIn('c1', 30, -3 * 60 * MINUTE));
    network({ items: [1] });
    await shown('contracts');
    network(undefined);
    now += 29 * MINUTE;
    expect(await shown('contracts')).to.have.property('items');
    now += 2 * MINUTE;
    expect(await shown('contracts')).to.equal(undefined);
    expect(await caches.keys()).to.deep.equal([]);
  });

  it('goes when the clock of the device was set back', async () => {
    await keeper.learn(signedIn('c1'));
    now -= 60 * MINUTE;
    expect(await keeper.presence()).to.equal(undefined);
  });

  it('is not what came before the worker heard whose it is, also with a clock that was set back', async () => {
    network({ items: ['of whom?'] });
    expect(await shown('contracts')).to.deep.equal({ items: ['of whom?'] });
    await keeper.learn(signedIn('c1'));
    now -= 60 * MINUTE;
    await shown('contracts');
    expect((await caches.keys()).filter((name) => name.includes(' of '))).to.deep.equal([]);
    network(undefined);
    expect(await shown('contracts')).to.equal(undefined);
  });

  it('goes with the sign-out, and a worker that was stopped knows no better', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: [1] });
    await shown('contracts');
    await keeper.learn({ state: 'signed-out' });
    start();
    network(undefined);
    expect(await shown('contracts')).to.equal(undefined);
    expect(await caches.keys()).to.deep.equal([]);
  });

  it('is never another customer’s', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: ['of c1'] });
    await shown('contracts');
    await keeper.learn(signedIn('c2'));
    network(undefined);
    expect(await shown('contracts')).to.equal(undefined);
    // Nor does it come back with the first one.
    await keeper.learn(signedIn('c1'));
    expect(await shown('contracts')).to.equal(undefined);
  });

  it('is nobody’s when another has come while it was on its way', async () => {
    await keeper.learn(signedIn('c1'));
    let answer: (response: Response) => void = () => {};
    window.fetch = () => new Promise((resolve) => (answer = resolve));
    const coming = ask('contracts');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await keeper.learn(signedIn('c2'));
    answer(Response.json({ items: ['of whom?'] }));
    await coming;
    network(undefined);
    expect(await shown('contracts')).to.equal(undefined);
    await keeper.learn(signedIn('c1'));
    expect(await shown('contracts')).to.equal(undefined);
  });

  it('goes when the portal no longer knows the session, but not with a token that has to be renewed', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: [1] });
    await shown('contracts');
    network({}, 401);
    await ask('contracts', { authorization: 'Bearer old' });
    expect(await keeper.presence()).not.to.equal(undefined);
    await ask('contracts');
    expect(await keeper.presence()).to.equal(undefined);
  });

  it('is no older than a month', async () => {
    await keeper.learn(signedIn('c1', 90 * 24 * 60));
    network({ items: [1] });
    await shown('contracts');
    network(undefined);
    now += (LONGEST_DAYS - 1) * DAY;
    expect(await shown('contracts')).to.have.property('items');
    now += 2 * DAY;
    expect(await shown('contracts')).to.equal(undefined);
  });

  it('goes when the portal shows it no longer, and nothing else with it', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: [1] });
    await shown('contracts/1');
    await shown('contracts');
    network({ kind: 'not-found' }, 404);
    expect((await ask('contracts/1')).status).to.equal(404);
    network(undefined);
    expect(await shown('contracts/1')).to.equal(undefined);
    expect(await shown('contracts')).to.have.property('items');
  });

  it('is not an answer that failed', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: [1] });
    await shown('contracts');
    network({ title: 'down' }, 503);
    expect((await ask('contracts')).status).to.equal(503);
    network(undefined);
    expect(await shown('contracts')).to.have.property('items');
  });

  it('of two apps on one origin keeps apart', async () => {
    await keeper.learn(signedIn('c1'));
    network({ items: ['first app'] });
    await shown('contracts');
    start(new URL('/test-app/second/', location.href).href);
    network(undefined);
    expect(await shown('contracts')).to.equal(undefined);
    await keeper.learn(signedIn('c1'));
    await keeper.forget();
    start();
    expect(await shown('contracts')).to.have.property('items');
  });
});

describe('a path of the contract', () => {
  it('fits the addresses of its operation, and no others', () => {
    const pattern = pathPattern('/contracts/{contractId}/invoices/{invoiceId}');
    expect(pattern.test('/contracts/a.b/invoices/f-1')).to.equal(true);
    for (const other of ['/contracts/a/invoices', '/contracts/a/invoices/f/file', '/contracts/a/b/invoices/f', '/x/contracts/a/invoices/f']) expect(pattern.test(other), other).to.equal(false);
  });
});
