import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { PortalError, type ReferenceTariffs, type Territory } from '@oya/contract';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { constants } from 'node:zlib';
import { alertWays } from '../alerts/alert-ways.ts';
import { newsQueue } from '../alerts/news-queue.ts';
import { AlertNotices } from '../alerts/notices.ts';
import { PushSender } from '../alerts/push-sender.ts';
import { smsGateway, type SmsSender } from '../alerts/sms.ts';
import { startForgetting } from '../attachments/forgetting.ts';
import { clamdScanner, NO_SCANNER, type AttachmentScanner } from '../attachments/scanner.ts';
import { ChangeStreams } from '../changes/change-streams.ts';
import { Collection } from '../collection/collection.ts';
import type { Config } from '../config.ts';
import { NO_CONNECTORS, requireConnected, type Connectors } from '../connectors.ts';
import { isMigrated } from '../database/migrate.ts';
import type { Database } from '../database/open.ts';
import { Keys } from '../identity/keys.ts';
import { Jobs } from '../jobs/jobs.ts';
import { codesByMail } from '../mail/code-sender.ts';
import { Outbox } from '../mail/outbox.ts';
import { smtpTransport, type MailTransport } from '../mail/transport.ts';
import { ConsentJobs } from '../network/consent-jobs.ts';
import { HttpOperator } from '../network/http-operator.ts';
import { manualOperator } from '../network/manual-operator.ts';
import type { NetworkOperator } from '../network/network-operator.ts';
import type { OutageMaps } from '../outage-maps.ts';
import type { PaymentsOfUtilities } from '../payments/payment-settings.ts';
import { requireUtilities, type Providers } from '../providers.ts';
import { UtilityDirectory } from '../utilities.ts';
import { WebhookDeliveries } from '../webhooks/deliveries.ts';
import { logOptions, logRequests } from './log.ts';
import { mountAgentRoutes } from './agent-routes.ts';
import { allowOrigins, sitesOf } from './origins.ts';
import { mountOutageFeeds } from './outage-feeds.ts';
import { mountOperatorRoutes } from './operator-routes.ts';
import { mountPaymentNotices } from './payment-notices.ts';
import { answerProblems, answerUnreadableRequest } from './problems.ts';
import { mountOperations } from './routes.ts';
import { closeSilentConnections } from './silent-connections.ts';
import { mountTempoCalendar } from './tempo-calendar.ts';

export interface ServerOptions {
  db: Database;
  config: Config;
  /** Which utility of this installation is whose; default: nobody is told. */
  territory?: Territory | undefined;
  /** What households can be compared under; default: nothing. */
  tariffs?: ReferenceTariffs | undefined;
  /** The shapes of whose communes; default: none. */
  maps?: OutageMaps | undefined;
  /** Who else signs in whose customers; default: nobody. */
  providers?: Providers | undefined;
  /** Who tells what meters measure; default: nobody, and nothing is collected. */
  connectors?: Connectors | undefined;
  /** Who takes whose card payments; default: nobody. */
  payments?: PaymentsOfUtilities | undefined;
  /** Epoch milliseconds; default: the clock. */
  now?: (() => number) | undefined;
  /** Where logs go; default: standard output. */
  logStream?: Writable | undefined;
  /** How mail leaves; default: by `SMTP_URL`. */
  transport?: MailTransport | undefined;
}

/** The largest body that an operation of today sends is a sign-up; what takes files says so in `routes.ts`. */
const LARGEST_BODY = 64 * 1024;
/** A year of half-hours is compressed in half a millisecond; levels 5 to 9 take twice as long or more, for two hundredths of its bytes. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 6;
/** Each chunk is a way to a thread and back: a year of half-hours fits into one. */
const COMPRESSED_AT_ONCE = 64 * 1024;
const COMPRESS_FROM_BYTES = 1024;

/**
 * The portal API over a migrated database. It listens when told to, and is closed before its database.
 * @throws DatabaseError (at `ready` or `listen`) when a utility's description does not fit the contract
 */
export function createServer({ db, config, territory, tariffs, maps = {}, providers = {}, connectors = NO_CONNECTORS, payments = {}, now = Date.now, logStream, transport = config.smtpUrl === undefined ? undefined : smtpTransport(config.smtpUrl) }: ServerOptions): FastifyInstance {
  const options: FastifyServerOptions = {
    ...logOptions(config.logLevel, logStream),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: LARGEST_BODY,
    trustProxy: (_address, hop) => hop < config.trustedProxies,
    frameworkErrors: (error, request, reply) => answerUnreadableRequest(error, request as FastifyRequest, reply as FastifyReply),
  };
  const app = fastify(options);
  const utilities = new UtilityDirectory(db);
  const keys = new Keys(db, config.secret);
  const jobs = new Jobs({ db, onError: (error) => app.log.error({ err: error }, 'jobs') });
  const changeStreams = new ChangeStreams({ db, now, onError: (error) => app.log.error({ err: error }, 'changes') });
  const outbox = new Outbox({ jobs, keys, utilities, transport, from: config.mailFrom });
  const collection = new Collection({ db, connectors, now, onError: (error, meter) => app.log.error({ err: error, meter }, 'collection') });
  const webhooks = new WebhookDeliveries({ db, keys, now, onError: (error) => app.log.error({ err: error }, 'webhooks') });
  const ways = alertWays(config, keys);
  const notices = new AlertNotices({
    db,
    jobs,
    utilities,
    outbox,
    push: new PushSender({ keys, contact: `mailto:${config.mailFrom}`, pushServices: config.pushServices }),
    sms: smsOf(config),
    channels: ways.channels,
    siteOf: (utilityId) => sitesOf(utilityId, config.origins)[0],
    now,
    onError: (error) => app.log.error({ err: error }, 'alerts'),
  });
  const consentJobs = new ConsentJobs({
    db,
    jobs,
    utilities,
    outbox,
    operator: operatorOf(config),
    patienceDays: config.networkOperator.days,
    siteOf: (utilityId) => sitesOf(utilityId, config.origins)[0],
    onActive: () => collection.begin(),
    now,
    onError: (error) => app.log.error({ err: error }, 'network operator'),
  });

  answerProblems(app);
  logRequests(app);
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  // An API sends no page: whatever a browser is made to open here loads nothing.
  app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } });
  app.register(async (api) => {
    await allowOrigins(api, config.origins);
    await api.register(rateLimit, {
      max: config.requestsPerMinute,
      timeWindow: 60_000,
      // Counted by instance: what guards passwords is counted in the database.
      errorResponseBuilder: (_request, { ttl }) => new PortalError('rate-limited', { detail: 'too many requests', retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)) }),
    });
    await api.register(cookie);
    await api.register(compress, {
      encodings: ['br', 'gzip'],
      threshold: COMPRESS_FROM_BYTES,
      brotliOptions: { chunkSize: COMPRESSED_AT_ONCE, params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } },
      zlibOptions: { chunkSize: COMPRESSED_AT_ONCE, level: GZIP_LEVEL },
    });
    mountOperations(api, { db, config, utilities, territory, tariffs, maps, providers, payments, changeStreams, now, keys, outbox, codes: codesByMail(outbox), consentJobs, alertWays: ways, scanner: scannerOf(config, (error) => app.log.error({ err: error }, 'attachment scanner')) });
    await mountAgentRoutes(api, { db, config, utilities, outbox, keys, scanner: scannerOf(config, (error) => app.log.error({ err: error }, 'attachment scanner')), now });
    mountOutageFeeds(api, { db, config, utilities, now });
    await mountOperatorRoutes(api, { db, utilities, news: newsQueue(jobs), now });
    await mountPaymentNotices(api, { db, config, utilities, outbox, payments, now });
    mountTempoCalendar(api, { db, utilities, now });
  });
  app.get('/health', () => ({ status: 'ok' }));
  app.get('/ready', async () => {
    await requireReady(db);
    return { status: 'ready' };
  });
  app.addHook('onReady', async () => {
    await utilities.load();
    requireUtilities(providers, await utilities.ids());
    requireConnected(connectors, await utilities.ids());
    requireUtilities(payments, await utilities.ids(), 'OYA_PAYMENTS');
    await jobs.start();
    await outbox.start();
    await collection.start(jobs);
    await consentJobs.start();
    await notices.start();
    await webhooks.start(jobs);
    await startForgetting({ jobs, db, now });
    await changeStreams.start();
    if (!transport) app.log.warn('no mail is sent: SMTP_URL is not set');
  });
  closeSilentConnections(app);
  // Answers without an end would keep the server open.
  app.addHook('preClose', () => changeStreams.stop().catch((error: unknown) => app.log.error({ err: error }, 'changes')));
  app.addHook('onClose', async () => {
    collection.stop();
    notices.stop();
    await webhooks.stop().catch((error: unknown) => app.log.error({ err: error }, 'webhooks'));
    // A database that is gone must not keep the server from closing.
    await jobs.stop().catch((error: unknown) => app.log.error({ err: error }, 'jobs'));
    transport?.close();
  });
  return app;
}

function scannerOf({ attachmentScan }: Config, onError: (error: unknown) => void): AttachmentScanner {
  return attachmentScan === undefined ? NO_SCANNER : clamdScanner(attachmentScan, onError);
}

function smsOf({ sms: { url, token } }: Config): SmsSender | undefined {
  return url === undefined ? undefined : smsGateway({ url, token });
}

function operatorOf({ networkOperator: { url, token } }: Config): NetworkOperator {
  return url === undefined ? manualOperator : new HttpOperator({ url, token });
}

/**
 * Listens, or closes what the server has begun meanwhile: its job queue would keep the process alive.
 * @throws what kept it from listening
 */
export async function listen(app: FastifyInstance, place: { host: string; port: number }): Promise<void> {
  try {
    await app.listen(place);
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Ready to answer: the database does, and is in the state that this version needs. */
async function requireReady(db: Database): Promise<void> {
  let migrated: boolean;
  try {
    await sql`select 1`.execute(db);
    migrated = await isMigrated(db);
  } catch (cause) {
    throw new PortalError('unavailable', { detail: 'the database does not answer', cause });
  }
  if (!migrated) throw new PortalError('unavailable', { detail: 'the database is not migrated' });
}
