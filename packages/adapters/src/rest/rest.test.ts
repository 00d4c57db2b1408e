import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addAttachment, getConsumption, listMeters, operationNames, operations, PortalError, signIn, signOut, whoAmI, type ErrorKind } from '@oya/contract';
import { restAdapter, type RestOptions } from './rest.ts';

const signedOut = { state: 'signed-out' };
const signedIn = { state: 'signed-in', customer: { id: 'camille', displayName: 'Camille' }, expiresAt: '2030-01-01T00:00:00Z' };

const held: unknown[] = [];

/** A portal that answers every request with what `answer` makes of it. */
function portal(answer: (request: Request) => Response | Promise<Response>, options: Partial<RestOptions> = {}) {
  const fetchFromIt: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    // A real fetch holds its request; without that, Node collects the request's signal before it fires.
    held.push(input, request);
    request.signal.throwIfAborted();
    return answer(request);
  };
  return restAdapter({ baseUrl: 'https://api.example/v1/', fetch: fetchFromIt, ...options });
}

function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
}

async function failure(promise: Promise<unknown> | undefined): Promise<PortalError> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError, `expected a PortalError, got ${String(thrown)}`);
    return thrown;
  }
  assert.fail('expected a failure');
}

describe('the REST adapter', () => {
  it('tells of each answer before it is handed on, with what was asked, and not of a refusal', async () => {
    const told: unknown[] = [];
    const adapter = portal((request) => (request.url.includes('/none/') ? json({}, { status: 404 }) : json({ items: [] }, { headers: { 'x-oya-kept-at': 'then' } })), {
      onAnswer: ({ name }, input, response) => told.push([name, input, response.headers.get('x-oya-kept-at')]),
    });
    await adapter.perform(listMeters, { contractId: 'c' }, {}).then(() => told.push('handed on'));
    await failure(adapter.perform(listMeters, { contractId: 'none' }, {}));
    assert.deepEqual(told, [['listMeters', { contractId: 'c' }, 'then'], 'handed on']);
  });

  it('sends path, query and body where the operation table says', async () => {
    const seen: string[] = [];
    const adapter = portal(async (request) => {
      seen.push(`${request.method} ${request.url} ${await request.text()}`);
      return json(request.url.includes('/session') ? (request.method === 'POST' ? signedIn : signedOut) : { items: [] });
    });
    await adapter.perform(listMeters, { contractId: 'a/b?c' }, {});
    await adapter.perform(signIn, { login: 'camille', password: 'x' }, {});
    await adapter.perform(signOut, {}, {});
    await failure(adapter.perform(getConsumption, { meterId: 'm', resolution: 'day', from: '2026-01-01', to: '2026-02-01' }, {}));
    assert.deepEqual(seen, [
      'GET https://api.example/v1/contracts/a%2Fb%3Fc/meters ',
      'POST https://api.example/v1/session {"login":"camille","password":"x"}',
      'DELETE https://api.example/v1/session ',
      'GET https://api.example/v1/meters/m/consumption?resolution=day&from=2026-01-01&to=2026-02-01 ',
    ]);
  });

  it('sends the cookie, the idempotency key and a token kept in memory', async () => {
    let seen: Request | undefined;
    const adapter = portal((request) => ((seen = request), json(signedIn)), { getToken: () => 't0' });
    await adapter.perform(signIn, { login: 'a', password: 'b' }, { idempotencyKey: 'k1' });
    assert.equal(seen?.credentials, 'include');
    assert.equal(seen?.headers.get('idempotency-key'), 'k1');
    assert.equal(seen?.headers.get('authorization'), 'Bearer t0');
  });

  /** Refuses every token but one; notes each request with its token and key. */
  function wanting(token: string, getToken: RestOptions['getToken']) {
    const seen: string[] = [];
    const adapter = portal(
      (request) => {
        const sent = request.headers.get('authorization');
        seen.push(`${request.method} ${sent} ${request.headers.get('idempotency-key')}`);
        return sent === `Bearer ${token}` ? json(signedOut) : new Response('', { status: 401 });
      },
      { ...(getToken && { getToken }) },
    );
    return { adapter, seen };
  }

  it('waits for a token, and asks for another once when it is refused, a write keeping its key', async () => {
    const asked: (string | undefined)[] = [];
    const { adapter, seen } = wanting('new', async (refused) => (asked.push(refused), refused === 'old' ? 'new' : 'old'));
    assert.deepEqual(await adapter.perform(signOut, {}, { idempotencyKey: 'k1' }), signedOut);
    assert.deepEqual(asked, [undefined, 'old']);
    assert.deepEqual(seen, ['DELETE Bearer old k1', 'DELETE Bearer new k1']);
  });

  it('asks once for another where several requests are refused at once, and again when the next is', async () => {
    let asked = 0;
    const { adapter } = wanting('new', async (refused) => {
      if (refused === undefined) return 'old';
      await new Promise((resolve) => setTimeout(resolve, 20));
      return ++asked === 1 ? undefined : 'new';
    });
    const refused = await Promise.allSettled([adapter.perform(whoAmI, {}, {}), adapter.perform(signOut, {}, {}), adapter.perform(whoAmI, {}, {})]);
    assert.deepEqual([asked, refused.map(({ status }) => status)], [1, ['rejected', 'rejected', 'rejected']]);
    assert.deepEqual(await Promise.all([adapter.perform(whoAmI, {}, {}), adapter.perform(signOut, {}, {})]), [signedOut, signedOut]);
    assert.equal(asked, 2);
  });

  it('takes a second refusal, the same token and none at all for an answer', async () => {
    for (const [renewed, requests] of [['other', 2], ['old', 1], [undefined, 1]] as const) {
      const { adapter, seen } = wanting('new', (refused) => (refused === undefined ? 'old' : renewed));
      assert.equal((await failure(adapter.perform(whoAmI, {}, {}))).kind, 'unauthenticated');
      assert.equal(seen.length, requests);
    }
  });

  it('does not ask again for what another token would not change, and says when none can be had', async () => {
    let asked = 0;
    const down = portal(() => new Response('', { status: 503 }), { getToken: () => (asked++, 't') });
    assert.equal((await failure(down.perform(whoAmI, {}, {}))).kind, 'unavailable');
    assert.equal(asked, 1);
    const lost = portal(() => json(signedOut), { getToken: () => Promise.reject(new Error('the page has no token')) });
    assert.match((await failure(lost.perform(whoAmI, {}, {}))).message, /no token/);
  });

  it('reads a problem document with its kind, code, fields and reference', async () => {
    const problem = { type: 'urn:oya:problem:invalid', title: 'invalid', status: 422, kind: 'invalid', code: 'c', requestId: 'r1', fields: [{ path: 'login', code: 'too-short' }] };
    const error = await failure(portal(() => json(problem, { status: 422, headers: { 'content-type': 'application/problem+json' } })).perform(whoAmI, {}, {}));
    assert.deepEqual([error.kind, error.code, error.requestId, error.fields], ['invalid', 'c', 'r1', [{ path: 'login', code: 'too-short' }]]);
  });

  const statuses: [number, ErrorKind][] = [[400, 'invalid'], [401, 'unauthenticated'], [403, 'forbidden'], [404, 'not-found'], [408, 'timeout'], [409, 'conflict'], [422, 'invalid'], [429, 'rate-limited'], [500, 'unavailable'], [501, 'unsupported'], [502, 'unavailable'], [503, 'unavailable'], [504, 'timeout']];
  for (const [status, kind] of statuses) {
    it(`takes a bare ${status} for ${kind}, whatever the body`, async () => {
      const html = portal(() => new Response('<h1>nginx</h1>', { status, headers: { 'content-type': 'text/html' } }));
      assert.equal((await failure(html.perform(whoAmI, {}, {}))).kind, kind);
      const hostile = portal(() => json({ kind: '__proto__', fields: 'no', detail: 7 }, { status }));
      assert.equal((await failure(hostile.perform(whoAmI, {}, {}))).kind, kind);
    });
  }

  it('keeps the request id of the header when the body has none', async () => {
    const error = await failure(portal(() => new Response('', { status: 503, headers: { 'x-request-id': 'r9' } })).perform(whoAmI, {}, {}));
    assert.equal(error.requestId, 'r9');
  });

  it('reads Retry-After in seconds and as a date', async () => {
    const seconds = await failure(portal(() => new Response('', { status: 429, headers: { 'retry-after': '7' } })).perform(whoAmI, {}, {}));
    assert.equal(seconds.retryAfterSeconds, 7);
    const date = new Date(Date.now() + 60_000).toUTCString();
    const dated = await failure(portal(() => new Response('', { status: 429, headers: { 'retry-after': date } })).perform(whoAmI, {}, {}));
    assert.ok(dated.retryAfterSeconds !== undefined && dated.retryAfterSeconds > 50 && dated.retryAfterSeconds <= 60);
  });

  it('calls an answer that is not JSON, is cut short or does not fit the contract malformed', async () => {
    for (const body of ['<html>', '{"state":"sig', '', '{"state":"asleep"}', 'null', '[]']) {
      assert.equal((await failure(portal(() => new Response(body)).perform(whoAmI, {}, {}))).kind, 'malformed', body);
    }
  });

  it('keeps the good rows of a page and counts the bad ones', async () => {
    const meter = { id: 'm', contractId: 'c', energy: 'gas', kind: 'gazpar', serialNumber: '1', registers: [], resolutions: ['day'], loadCurve: 'unavailable' };
    const page = await portal(() => json({ items: [meter, { id: 7 }, null] })).perform(listMeters, { contractId: 'c' }, {});
    assert.deepEqual([page?.items.length, page?.unreadable], [1, 2]);
  });

  it('takes an unreachable server for unavailable', async () => {
    assert.equal((await failure(portal(() => Promise.reject(new TypeError('fetch failed'))).perform(whoAmI, {}, {}))).kind, 'unavailable');
  });

  it('gives up on an answer that does not come, and on a body that stalls', async () => {
    const silent = portal((request) => new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))), { timeoutMs: 30 });
    assert.equal((await failure(silent.perform(whoAmI, {}, {}))).kind, 'timeout');
    const stalled = portal(
      (request) => new Response(new ReadableStream({ start: (controller) => request.signal.addEventListener('abort', () => controller.error(request.signal.reason)) })),
      { timeoutMs: 30 },
    );
    assert.equal((await failure(stalled.perform(whoAmI, {}, {}))).kind, 'timeout');
  });

  it('gives a large file the time that a weak network needs, and nothing else', async () => {
    const slow = portal(
      (request) =>
        new Promise((resolve, reject) => {
          request.signal.addEventListener('abort', () => reject(request.signal.reason as Error));
          setTimeout(() => resolve(json(request.url.endsWith('/attachments') ? { id: 'a', name: 'x.jpg', mediaType: 'image/jpeg', size: 1, addedAt: '2026-11-24T08:00:00Z' } : signedIn)), 150);
        }),
      { timeoutMs: 30 },
    );
    assert.equal((await slow.perform(addAttachment, { name: 'x.jpg', content: 'A'.repeat(16_000) }, {})).id, 'a');
    assert.equal((await failure(slow.perform(addAttachment, { name: 'x.jpg', content: 'A' }, {}))).kind, 'timeout');
    assert.equal((await failure(slow.perform(signIn, { login: 'a', password: 'b' }, {}))).kind, 'timeout');
  });

  it('passes on the abort of an element that has gone, as it is', async () => {
    const gone = new AbortController();
    const adapter = portal((request) => new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))));
    const asked = adapter.perform(whoAmI, {}, { signal: gone.signal });
    gone.abort();
    await assert.rejects(asked as Promise<unknown>, { name: 'AbortError' });
  });

  it('sends once: retries are the client’s task', async () => {
    let count = 0;
    await failure(portal(() => (count++, new Response('', { status: 503 }))).perform(whoAmI, {}, {}));
    assert.equal(count, 1);
  });

  it('offers only the operations that the API has', () => {
    const adapter = restAdapter({ baseUrl: 'https://api.example', operations: ['whoAmI'] });
    assert.deepEqual(operationNames.filter((name) => adapter.offers(operations[name])), ['whoAmI']);
  });
});
