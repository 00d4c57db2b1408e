/**
 * Structured logs without personal data: no addresses, cookies, bodies, queries or ids of customers' things.
 * A request is named by its id, which the customer sees too, and by the pattern of its route.
 */
import { LogController, type FastifyInstance } from 'fastify';
import type { Writable } from 'node:stream';

export function logOptions(level: string, stream?: Writable) {
  return {
    logger: { level, ...(stream && { stream }), serializers: { req: () => ({}), res: () => ({}), err: describeError } },
    // Fastify's own lines hold addresses and queries; `logRequests` writes ours.
    logController: new LogController({ disableRequestLogging: true }),
  };
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ...(request.problem && { problem: request.problem }),
      },
      'request',
    );
    done();
  });
}

/** A database driver hangs query, parameters and the row at fault on its errors: only these fields are logged. */
function describeError(error: Error & { code?: unknown }) {
  const { name, message, stack, code } = error;
  return { type: name, message, ...(typeof code === 'string' && { code }), stack: stack ?? '' };
}
