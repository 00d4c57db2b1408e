/** By which the network's people, or their systems, say what is cut and planned: a token in place of a session. */
import { PortalError } from '@oya/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { requireAgent, type Agent } from '../agents/agents.ts';
import type { Database } from '../database/open.ts';
import { changeOutage, createOutage, NewOutage, OutageChange, type NewsSink, type OutagePlace } from '../outages/keep-outage.ts';
import { importOutages } from '../outages/import-outages.ts';
import { medicalCalls, outagesOfOperator, reportsOfOperator } from '../outages/operators.ts';
import type { Tenant, UtilityDirectory } from '../utilities.ts';

export interface OperatorRoutesOptions {
  readonly db: Database;
  readonly utilities: UtilityDirectory;
  readonly news: NewsSink;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const BASE = '/:utility/v1/operators';
/** Streets of a storm. */
const BODY_BYTES = 1024 * 1024;
const FILE_BYTES = 5 * 1024 * 1024;

type Params = { readonly utility: string; readonly outageId: string };

export async function mountOperatorRoutes(app: FastifyInstance, { db, utilities, news, now }: OperatorRoutesOptions): Promise<void> {
  await app.register((scope, _options, done) => {
    const operatorOf = async (request: FastifyRequest): Promise<{ agent: Agent; tenant: Tenant; outageId: string; place: OutagePlace }> => {
      const { utility: id, outageId } = request.params as Params;
      const tenant = await utilities.find(id);
      if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
      const [, token] = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
      const agent = await requireAgent(db, id, token, 'network', { address: request.ip, now: now() });
      return { agent, tenant, outageId, place: { db, utility: tenant.utility, news, now: now(), agentId: agent.id } };
    };
    scope.addHook('onSend', (_request, reply, _payload, sent) => {
      reply.header('cache-control', 'private, no-store');
      sent();
    });
    scope.get(`${BASE}/me`, async (request) => ({ name: (await operatorOf(request)).agent.name }));
    scope.get(`${BASE}/outages`, async (request) => ({ items: await outagesOfOperator(db, (await operatorOf(request)).tenant.utility.id) }));
    scope.post(`${BASE}/outages`, { bodyLimit: BODY_BYTES }, async (request, reply) => {
      const { place } = await operatorOf(request);
      const kept = await createOutage(place, bodyOf(NewOutage, request));
      return reply.code(kept.is === 'new' ? 201 : 200).send(kept);
    });
    scope.addContentTypeParser(['text/csv', 'application/octet-stream'], { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.post(`${BASE}/outages/import`, { bodyLimit: FILE_BYTES }, async (request) => {
      const { place } = await operatorOf(request);
      if (!(request.body instanceof Uint8Array)) throw new PortalError('invalid', { detail: 'send the CSV file itself, as text/csv' });
      return importOutages(place, request.body);
    });
    scope.patch(`${BASE}/outages/:outageId`, { bodyLimit: BODY_BYTES }, async (request) => {
      const { place, outageId } = await operatorOf(request);
      return changeOutage(place, outageId, bodyOf(OutageChange, request));
    });
    scope.get(`${BASE}/outages/:outageId/medical`, async (request) => {
      const { agent, tenant, outageId } = await operatorOf(request);
      return { items: await medicalCalls(db, tenant.utility, outageId, agent, now()) };
    });
    scope.get(`${BASE}/reports`, async (request) => ({ items: await reportsOfOperator(db, (await operatorOf(request)).tenant.utility.id) }));
    done();
  });
}

/** What is not known is a mistake: a name that was spelt otherwise would change nothing, and nobody would be told. */
function bodyOf<S extends z.ZodMiniObject>(shape: S, request: FastifyRequest): z.output<S> {
  const { body } = request;
  const unknown = body !== null && typeof body === 'object' ? Object.keys(body).filter((name) => !Object.hasOwn(shape.shape, name)) : [];
  if (unknown.length > 0) {
    const fields = unknown.map((path) => ({ path, code: 'unknown', detail: `there is no field ${path}: there are ${Object.keys(shape.shape).join(', ')}` }));
    throw new PortalError('invalid', { detail: fields.map(({ detail }) => detail).join('; '), fields });
  }
  const result = z.safeParse(shape, body);
  if (result.success) return result.data;
  // Of several things that are wrong with a field, the first says enough.
  const faults = new Map(result.error.issues.toReversed().map(({ path, message }) => [path.join('.') || 'body', message]));
  const fields = [...faults].toReversed().slice(0, 20).map(([path, detail]) => ({ path, code: 'invalid', detail }));
  throw new PortalError('invalid', { detail: fields.map(({ path, detail }) => `${path}: ${detail}`).join('; '), fields });
}
