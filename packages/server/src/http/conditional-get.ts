/** What programs and pages ask for again and again: whoever has it as it is gets no copy. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Sends a text with its tag, or says that it is what they have. The tag is a weak one: proxies that compress what passes
 * through make each tag weak, and a weak one comes back as it went.
 * @param toldApart what makes it another one, where that is not every character of it
 */
export function sendUnlessKnown(request: FastifyRequest, reply: FastifyReply, text: string, toldApart = text): FastifyReply {
  const hash = createHash('sha256').update(toldApart).digest('base64url').slice(0, 22);
  reply.header('etag', `W/"${hash}"`);
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? [];
  return known.includes(`"${hash}"`) ? reply.code(304).send() : reply.send(text);
}
