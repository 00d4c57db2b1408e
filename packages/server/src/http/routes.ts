/** The contract's operation table as routes: the one place where a request becomes an operation. */
import {
  isRead,
  LONGEST_ATTACHMENT_TEXT,
  operationNames,
  operations,
  parseInput,
  PortalError,
  type Input,
  type Operation,
  type OperationName,
  type OutageBoard,
  type ReferenceTariffs,
  type Territory,
} from '@oya/contract';
import { openApiDocument } from '@oya/contract/openapi';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import manifest from '../../package.json' with { type: 'json' };
import type { ChangeStreams } from '../changes/change-streams.ts';
import type { Config } from '../config.ts';
import { AccessTokens } from '../identity/access-tokens.ts';
import { readDevice } from '../identity/devices.ts';
import type { SessionUse } from '../identity/sessions.ts';
import type { CustomerContext, PublicContext, SignIn } from '../operations/context.ts';
import { handlers } from '../operations/handlers.ts';
import { openInvoiceLink } from '../operations/invoices.ts';
import type { OutageMaps } from '../outage-maps.ts';
import type { PaymentsOfUtilities } from '../payments/payment-settings.ts';
import type { Providers } from '../providers.ts';
import type { Tenant, UtilityDirectory } from '../utilities.ts';
import { CookieSession, type SessionPlace } from './browser-session.ts';
import { sendUnlessKnown } from './conditional-get.ts';
import { KeptAnswers, readIdempotencyKey, type Answer } from './kept-answers.ts';
import { isPageOf, passkeySiteOf, requireOrigin, siteOf } from './origins.ts';
import { readBearer, TokenSession } from './token-session.ts';

/** What every handler gets besides what is of its request. */
type Shared = Pick<PublicContext, 'db' | 'keys' | 'outbox' | 'codes' | 'consentJobs' | 'scanner' | 'alertWays'>;

export interface RouteOptions extends Shared {
  config: Config;
  utilities: UtilityDirectory;
  territory: Territory | undefined;
  tariffs: ReferenceTariffs | undefined;
  maps: OutageMaps;
  providers: Providers;
  payments: PaymentsOfUtilities;
  changeStreams: ChangeStreams;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Everything of one utility lies below its id, so that an adapter's base URL is `https://host/eneo/v1`. */
const BASE = '/:utility/v1';

/** A file in base 64, its name and what JSON puts around them. */
const LARGEST_ATTACHMENT_BODY = LONGEST_ATTACHMENT_TEXT + 4096;

/** They make a file and change nothing: done twice they harm nobody, and what they answer is too large and too personal to be kept. */
const MAKES_FILES: readonly OperationName[] = ['createClaimFile'];

/** What an open page asks for by itself, whether or not anybody sits before it: it prolongs no session. */
const UNATTENDED: readonly OperationName[] = ['listChanges'];

/** Handlers of public operations do not see these. */
const NOBODY: Whose = { customerId: '', signIn: { sessionId: null, way: 'password', at: 0 } satisfies SignIn };

type AnyHandler = (input: unknown, context: CustomerContext) => Promise<unknown>;

export function mountOperations(app: FastifyInstance, options: RouteOptions): void {
  const { config, utilities, territory, tariffs, maps, providers, payments, changeStreams, now, db, keys, outbox, codes, consentJobs, scanner, alertWays } = options;
  const consentUndoMs = config.consentUndoMinutes * 60_000;
  const accessTokens = new Map(Object.entries(providers).map(([id, provider]) => [id, new AccessTokens(provider, (error) => app.log.error({ err: error }, 'sign-in provider'))]));
  const keptAnswers = new KeptAnswers({ db, keys, now, onError: (error) => app.log.error({ err: error }, 'kept answers') });

  for (const name of operationNames) {
    const operation: Operation = operations[name];
    const handle = handlers[name] as unknown as AnyHandler;
    app.route({
      method: operation.method,
      ...(name === 'addAttachment' && { bodyLimit: LARGEST_ATTACHMENT_BODY }),
      url: BASE + operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const tenant = await findTenant(utilities, request);
        const { utility } = tenant;
        const place = { db, ...tenant, device: readDevice(request.headers['user-agent']), now: now() };
        const token = readBearer(request.headers.authorization);
        const sessionAt = (at: number) => {
          const sessionPlace: SessionPlace = { request, reply, config, ...place, now: at };
          return token === undefined ? new CookieSession(sessionPlace) : new TokenSession(sessionPlace, token, accessTokens.get(utility.id));
        };
        const session = sessionAt(place.now);
        // A token comes from the page's own script, whose site the browser has asked about before; a cookie comes by itself.
        if (!isRead(operation) && token === undefined) requireOrigin(request, utility.id, config.origins);
        const whose = operation.auth === 'customer' ? await requireCustomer(session, UNATTENDED.includes(name) ? 'look' : 'use') : NOBODY;
        const input = parseInput(operation, inputOf(request, operation));
        if (name === 'listChanges' && wantsEvents(request)) {
          const { customerId } = whose;
          const holds = async () => (await sessionAt(now()).find('look'))?.customerId === customerId;
          const events = await changeStreams.open({ utility, customerId, holds, after: lastEventId(request) ?? (input as Input<'listChanges'>).after });
          // Proxies that would gather or compress what passes through leave this alone.
          return reply.header('cache-control', 'private, no-store, no-transform').header('x-accel-buffering', 'no').type('text/event-stream; charset=utf-8').send(events);
        }
        const perform = async (): Promise<Answer> => {
          const answer = await handle(input, { ...place, ...whose, keys, outbox, codes, consentJobs, scanner, alertWays, consentUndoMs, territory, tariffs, map: maps[utility.id], session, address: request.ip, site: siteOf(request, utility.id, config.origins), apiUrl: `${request.protocol}://${request.host}/${utility.id}/v1`, passkeys: passkeySiteOf(utility.id, config), payments: payments[utility.id], isOwnPage: (page) => isPageOf(page, request, utility.id, config.origins) });
          if (config.checkAnswers) checkAnswer(name, answer);
          return { body: JSON.stringify(answer), cookies: cookiesOf(reply) };
        };
        // What a customer sees belongs to nobody's cache.
        reply.header('cache-control', 'private, no-store').type('application/json; charset=utf-8');
        if (name === 'getOutageBoard') return sendBoard(request, reply, (await perform()).body);
        if (name === 'getOutageMap') {
          const { body } = await perform();
          // Once there is one: what refuses it stays nobody's.
          reply.header('cache-control', 'public, max-age=3600');
          return body;
        }
        const idempotencyKey = isRead(operation) || MAKES_FILES.includes(name) ? undefined : readIdempotencyKey(request.headers['idempotency-key']);
        if (idempotencyKey === undefined) return (await perform()).body;
        const { answer, again } = await keptAnswers.once({ utilityId: utility.id, operation: name, customerId: whose.customerId, idempotencyKey, input }, perform);
        if (again) reply.header('idempotency-replayed', 'true');
        if (again && answer.cookies.length > 0) reply.header('set-cookie', [...answer.cookies]);
        return answer.body;
      },
    });
  }

  app.get(`${BASE}/documents/:secret`, async (request, reply) => {
    const { utility, paymentTerms } = await findTenant(utilities, request);
    const { secret } = request.params as { secret: string };
    const document = await openInvoiceLink(secret, { db, utility, paymentTerms, now: now() });
    reply.header('cache-control', 'private, no-store').header('referrer-policy', 'no-referrer');
    // A person reads this in a tab of its own.
    if (!document) return reply.code(410).type('text/plain; charset=utf-8').send('Ce lien ne sert qu’une fois, et tout de suite. Ouvrez la facture de nouveau depuis votre espace client.\n\nThis link works once, and at once. Open the bill from your account again.\n');
    return reply.type('application/pdf').header('content-disposition', `inline; filename="${document.name}"`).send(document.bytes);
  });

  app.get(`${BASE}/openapi.json`, async (request, reply) => {
    const { utility } = await findTenant(utilities, request);
    reply.header('cache-control', 'public, max-age=3600');
    return openApiDocument({ version: manifest.version, servers: [`/${utility.id}/v1`] });
  });
}

/**
 * The board is everybody's, and asked for anew by all pages that are open whenever something changes: whoever has it as it is
 * gets no copy. Caches ask each time, as one that answered by itself would hide what a page has just been told of.
 */
function sendBoard(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  // By the minute: what is under way and what is planned is told apart by the portal's clock.
  const { asOf, ...board } = JSON.parse(body) as OutageBoard;
  const toldApart = JSON.stringify([asOf.slice(0, 'YYYY-MM-DDTHH:MM'.length), board]);
  return sendUnlessKnown(request, reply.header('cache-control', 'public, no-cache'), body, toldApart);
}

async function findTenant(utilities: UtilityDirectory, request: FastifyRequest): Promise<Tenant> {
  const { utility: id } = request.params as { utility: string };
  const tenant = await utilities.find(id);
  if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
  return tenant;
}

type Whose = Pick<CustomerContext, 'customerId' | 'signIn'>;

async function requireCustomer(session: CookieSession | TokenSession, use: SessionUse): Promise<Whose> {
  const open = await session.find(use);
  if (!open) throw new PortalError('unauthenticated', { detail: 'sign in first' });
  const { customerId, way, startedAt: at } = open;
  return { customerId, signIn: { sessionId: 'id' in open ? open.id : null, way, at } };
}

/** Whoever asks for both, or for anything, gets one answer. */
function wantsEvents({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && /^\s*text\/event-stream\s*(;|$)/i.test(headers.accept ?? '');
}

/** Where a browser's own `EventSource` was when its connection broke: nearer than the address that it began with. */
function lastEventId({ headers }: FastifyRequest): string | undefined {
  const { 'last-event-id': id } = headers;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function cookiesOf(reply: FastifyReply): string[] {
  return [reply.getHeader('set-cookie') ?? []].flat().map(String);
}

/** The fields of an input travel in the path, and in the query of a read or the body of a write; the path wins. */
function inputOf(request: FastifyRequest, operation: Operation): Record<string, unknown> {
  const { utility: _utility, ...inPath } = request.params as Record<string, string>;
  const inQuery = isRead(operation) || operation.method === 'DELETE';
  const rest = inQuery ? request.query : request.body;
  if (rest !== undefined && rest !== null && (typeof rest !== 'object' || Array.isArray(rest))) {
    throw new PortalError('invalid', { detail: 'the body must be a JSON object' });
  }
  return { ...(rest as Record<string, unknown> | null | undefined), ...inPath };
}

/** A mistake of ours is found here rather than in the customer's browser: no row is left out, the answer fails. */
function checkAnswer(name: OperationName, answer: unknown): void {
  const result = (operations[name].output as z.ZodMiniType).safeParse(answer);
  if (result.success) return;
  const faults = result.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`${name}: the answer does not fit the contract: ${faults.join('; ')}`);
}
