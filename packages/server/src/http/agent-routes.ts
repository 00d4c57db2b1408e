/** What the utility's people answer customers by: a token in place of a session, and the threads and requests of their utility alone. */
import { LONGEST_ATTACHMENT_TEXT, LONGEST_MESSAGE, LONGEST_REQUEST_WORDS, MOST_ATTACHMENTS, PortalError } from '@oya/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { requireAgent, type Agent } from '../agents/agents.ts';
import { answerThread, inboxOf, inboxThread, readByAgent, setStateByAgent } from '../agents/inbox.ts';
import { changeRequest, inboxRequest, requestsToAnswer } from '../agents/request-inbox.ts';
import { handedIn, type ReadyFile } from '../attachments/made-anew.ts';
import type { AttachmentScanner } from '../attachments/scanner.ts';
import { openCustomersFile } from '../attachments/store.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/open.ts';
import type { Keys } from '../identity/keys.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { UtilityDirectory } from '../utilities.ts';
import { sitesOf } from './origins.ts';

export interface AgentRoutesOptions {
  readonly db: Database;
  readonly config: Config;
  readonly utilities: UtilityDirectory;
  readonly outbox: Outbox;
  readonly keys: Keys;
  readonly scanner: AttachmentScanner;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const BASE = '/:utility/v1/agents';
const BODY_BYTES = MOST_ATTACHMENTS * LONGEST_ATTACHMENT_TEXT + 64 * 1024;

const Answer = z.object({
  words: z.string().check(z.minLength(1), z.maxLength(LONGEST_MESSAGE)),
  /** In base 64, as customers hand theirs in. */
  files: z.optional(z.array(z.object({ name: z.string().check(z.maxLength(300)), content: z.string().check(z.minLength(1), z.maxLength(LONGEST_ATTACHMENT_TEXT)) })).check(z.maxLength(MOST_ATTACHMENTS))),
});
const State = z.object({ state: z.enum(['open', 'closed']) });
const Decision = z.object({
  state: z.enum(['in-progress', 'waiting', 'done', 'refused']),
  words: z.optional(z.string().check(z.trim(), z.maxLength(LONGEST_REQUEST_WORDS))),
});

type Params = { readonly utility: string; readonly threadId: string; readonly requestId: string; readonly attachmentId: string };

export async function mountAgentRoutes(app: FastifyInstance, { db, config, utilities, outbox, keys, scanner, now }: AgentRoutesOptions): Promise<void> {
  await app.register((scope, _options, done) => {
    const agentOf = async (request: FastifyRequest): Promise<{ agent: Agent; utilityId: string; params: Params }> => {
      const params = request.params as Params;
      if (!(await utilities.find(params.utility))) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
      const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      return { agent: await requireAgent(db, params.utility, token, 'messages', { address: request.ip, now: now() }), utilityId: params.utility, params };
    };
    const siteOf = (id: string) => sitesOf(id, config.origins)[0];
    scope.addHook('onSend', (_request, reply, _payload, sent) => {
      reply.header('cache-control', 'private, no-store');
      sent();
    });
    scope.get(`${BASE}/me`, async (request) => ({ name: (await agentOf(request)).agent.name }));
    scope.get(`${BASE}/threads`, async (request) => ({ items: await inboxOf(db, (await agentOf(request)).utilityId) }));
    scope.get(`${BASE}/threads/:threadId`, async (request) => {
      const { utilityId, params } = await agentOf(request);
      return inboxThread(db, utilityId, params.threadId);
    });
    scope.post(`${BASE}/threads/:threadId/messages`, { bodyLimit: BODY_BYTES }, async (request) => {
      const { agent, utilityId, params } = await agentOf(request);
      const { words, files = [] } = bodyOf(Answer, request);
      const ready: ReadyFile[] = [];
      for (const { name, content } of files) ready.push(await handedIn(name, content, scanner));
      return answerThread({ db, utilities, outbox, siteOf, now: now(), keys }, utilityId, params.threadId, agent, words, ready);
    });
    scope.post(`${BASE}/threads/:threadId/reading`, async (request) => {
      const { utilityId, params } = await agentOf(request);
      return readByAgent(db, utilityId, params.threadId, now());
    });
    scope.put(`${BASE}/threads/:threadId/state`, async (request) => {
      const { utilityId, params } = await agentOf(request);
      return setStateByAgent(db, utilityId, params.threadId, bodyOf(State, request).state);
    });
    scope.get(`${BASE}/requests`, async (request) => ({ items: await requestsToAnswer(db, (await agentOf(request)).utilityId) }));
    scope.get(`${BASE}/requests/:requestId`, async (request) => {
      const { utilityId, params } = await agentOf(request);
      return inboxRequest(db, utilityId, params.requestId);
    });
    scope.put(`${BASE}/requests/:requestId/state`, async (request) => {
      const { agent, utilityId, params } = await agentOf(request);
      const { state, words = '' } = bodyOf(Decision, request);
      return changeRequest({ db, utilities, outbox, siteOf, now: now() }, utilityId, params.requestId, { state, words: words === '' ? null : words, author: agent.name });
    });
    scope.get(`${BASE}/attachments/:attachmentId`, async (request, reply) => {
      const { utilityId, params } = await agentOf(request);
      const file = await openCustomersFile(params.attachmentId, utilityId, { db, keys });
      if (!file) throw new PortalError('not-found', { detail: 'no such file' });
      return reply.type(file.mediaType).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`).send(file.bytes);
    });
    done();
  });
}

function bodyOf<S extends z.ZodMiniType>(shape: S, request: FastifyRequest): z.output<S> {
  const result = z.safeParse(shape, request.body);
  if (!result.success) throw new PortalError('invalid', { detail: result.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`).join('; ') });
  return result.data;
}
