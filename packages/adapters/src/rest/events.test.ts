import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listChanges, PortalError, type Changes } from '@oya/contract';
import fc from 'fast-check';
import { restAdapter, type RestOptions } from './rest.ts';

const EVENT = { 'content-type': 'text/event-stream; charset=utf-8' };

function portal(answer: (request: Request) => Response | Promise<Response>, options: Partial<RestOptions> = {}) {
  const fetchFromIt: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    return answer(request);
  };
  return restAdapter({ baseUrl: 'https://api.example/v1', fetch: fetchFromIt, ...options });
}

/** A body that comes in pieces, and stays open unless told otherwise. */
function body(pieces: readonly Uint8Array[], { ends = true, onCancel = () => {} } = {}): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else if (ends) controller.close();
      else return new Promise(() => {});
    },
    cancel: onCancel,
  }, { highWaterMark: 0 });
}

const bytes = (text: string) => new TextEncoder().encode(text);
const told = (cursor: string, meterId = 'm'): Changes => ({ cursor, changes: [{ operation: 'getConsumption', input: { meterId } }] });
const written = (changes: Changes, newline = '\n') => `id: ${changes.cursor}${newline}data: ${JSON.stringify(changes)}${newline}${newline}`;

async function all(adapter: ReturnType<typeof portal>, context = {}, after?: string): Promise<Changes[]> {
  const got: Changes[] = [];
  for await (const changes of adapter.follow?.(listChanges, { after }, context) ?? assert.fail('it can be followed')) got.push(changes);
  return got;
}

async function failure(promise: Promise<unknown>): Promise<PortalError> {
  const thrown: unknown = await promise.then(() => assert.fail('expected a failure'), (error: unknown) => error);
  assert.ok(thrown instanceof PortalError, String(thrown));
  return thrown;
}

describe('the REST adapter, following', () => {
  it('reads the same events wherever the wire cuts them, within a letter too', async () => {
    const cases = fc.record({
      events: fc.array(fc.record({ cursor: fc.string({ unit: 'grapheme', minLength: 1 }), meterId: fc.string({ unit: 'grapheme' }) }), { maxLength: 5 }),
      newline: fc.constantFrom('\n', '\r\n', '\r'),
      cuts: fc.array(fc.nat(), { maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ events, newline, cuts }) => {
        const sent = events.map(({ cursor, meterId }) => told(cursor.replaceAll(/[\r\n]/g, ''), meterId));
        const whole = bytes(sent.map((changes) => `:${newline}${newline}event: message${newline}${written(changes, newline)}`).join(''));
        const borders = [...new Set([0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length])].sort((a, b) => a - b);
        const pieces = borders.slice(1).map((end, index) => whole.slice(borders[index], end));
        assert.deepEqual(await all(portal(() => new Response(body(pieces), { headers: EVENT }))), sent);
      }),
    );
  });

  it('asks for events after a cursor, with cookie and token, and with another token where the first is refused', async () => {
    const seen: string[] = [];
    const adapter = portal(
      ({ method, url, headers, credentials }) => {
        seen.push(`${method} ${url} ${headers.get('accept')} ${headers.get('authorization')} ${credentials}`);
        return headers.get('authorization') === 'Bearer new' ? new Response(body([bytes(written(told('2')))]), { headers: EVENT }) : new Response('', { status: 401 });
      },
      { getToken: (refused) => (refused === undefined ? 'old' : 'new') },
    );
    assert.deepEqual(await all(adapter, {}, '1~2:3:'), [told('2')]);
    assert.deepEqual(seen, ['old', 'new'].map((token) => `GET https://api.example/v1/changes?after=1%7E2%3A3%3A text/event-stream Bearer ${token} include`));
  });

  it('gives each event as it comes, and the connection back to the portal when nobody follows any more', async () => {
    let isCancelled = false;
    const adapter = portal(() => new Response(body([bytes(written(told('1')))], { ends: false, onCancel: () => void (isCancelled = true) }), { headers: EVENT }));
    for await (const changes of adapter.follow?.(listChanges, {}) ?? []) {
      assert.deepEqual(changes, told('1'));
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(isCancelled);
  });

  it('says when the portal sends something else, nothing, or what does not fit', async () => {
    assert.equal((await failure(all(portal(() => Response.json({ cursor: '1', changes: [] }))))).kind, 'unsupported');
    assert.equal((await failure(all(portal(() => new Response('', { status: 503 }))))).kind, 'unavailable');
    assert.equal((await failure(all(portal(() => new Response(body([bytes('data: {"cursor":1}\n\n')]), { headers: EVENT }))))).kind, 'malformed');
    assert.equal((await failure(all(portal(() => new Response(body([bytes('data: <html>\n\n')]), { headers: EVENT }))))).kind, 'malformed');
    assert.equal((await failure(all(portal(() => new Response(body([bytes(`data: ${'x'.repeat(1_100_000)}`)]), { headers: EVENT }))))).kind, 'malformed');
    assert.equal((await failure(all(portal(() => new Response(body([], { ends: false }), { headers: EVENT }), { timeoutMs: 30 })))).kind, 'timeout');
    assert.equal((await failure(all(portal((request) => new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason as Error))), { timeoutMs: 30 })))).kind, 'timeout');
  });

  it('does not wait for a portal that hears nothing of the end of the time it had', async () => {
    const opened = () => new Response(body([], { ends: false }), { headers: EVENT });
    const late = portal(() => new Promise((resolve) => setTimeout(() => resolve(opened()), 60)), { timeoutMs: 20 });
    assert.equal((await failure(all(late))).kind, 'timeout');
    const silent = portal(() => new Promise(() => {}), { timeoutMs: 20 });
    assert.equal((await failure(all(silent))).kind, 'timeout');
    const busy = portal(() => {
      const until = performance.now() + 40;
      while (performance.now() < until);
      return opened();
    }, { timeoutMs: 20 });
    assert.equal((await failure(all(busy))).kind, 'timeout');
  });

  it('passes on the abort of whoever has gone, as it is', async () => {
    const gone = new AbortController();
    const adapter = portal(() => new Response(body([], { ends: false }), { headers: EVENT }));
    const following = all(adapter, { signal: gone.signal });
    setTimeout(() => gone.abort(), 20);
    await assert.rejects(following, { name: 'AbortError' });
  });
});
