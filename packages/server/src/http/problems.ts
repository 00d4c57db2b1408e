/** Every error leaves as a problem document (RFC 9457), and nothing of the inside with it. */
import { fromProblem, PortalError, toProblem, type ProblemDocument } from '@oya/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Kind of the problem that the request ended with, for the log. */
    problem?: ProblemDocument['kind'];
  }
}

export function answerProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, toProblem(new PortalError('not-found', { detail: 'no such resource' }), request.id)));
  app.setErrorHandler((error: FastifyError | PortalError, request, reply) => sendProblem(request, reply, problemOf(error, request)));
}

/** For an address that the router cannot even read; no hook has run yet. */
export function answerUnreadableRequest(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  sendProblem(request, reply, problemOf(error, request));
}

function problemOf(error: FastifyError | PortalError, request: FastifyRequest): ProblemDocument {
  if (error instanceof PortalError && error.kind !== 'malformed') return toProblem(error, request.id);
  const status = (error as FastifyError).statusCode ?? 500;
  if (status >= 400 && status < 500) {
    // What Fastify itself refused: no JSON, too large, another media type. The kind is ours, the status stays.
    return { ...toProblem(fromProblem(status, { detail: error.message }), request.id), status };
  }
  request.log.error({ err: error }, 'request failed');
  return { ...toProblem(new PortalError('unavailable'), request.id), status: 500 };
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ProblemDocument): FastifyReply {
  request.problem = problem.kind;
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
