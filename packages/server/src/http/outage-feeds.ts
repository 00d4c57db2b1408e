/** What anybody subscribes to, at addresses that programs keep for years. */
import { PortalError, type Outage } from '@oya/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Database } from '../database/open.ts';
import { languageOf } from '../mail/messages.ts';
import { capAlert, capIndex } from '../outages/cap.ts';
import { outageFeed, worksCalendar } from '../outages/feeds.ts';
import { boardOf, findOutage } from '../outages/read-outages.ts';
import type { Tenant, UtilityDirectory } from '../utilities.ts';
import { sendUnlessKnown } from './conditional-get.ts';
import { sitesOf } from './origins.ts';

export interface OutageFeedsOptions {
  readonly db: Database;
  readonly config: Config;
  readonly utilities: UtilityDirectory;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const BASE = '/:utility/v1';
/** Programs ask each few minutes: whoever stands between may answer for so long. */
const CACHED_SECONDS = 60;

const KINDS = { atom: 'application/atom+xml', rss: 'application/rss+xml', cap: 'application/atom+xml', ics: 'text/calendar' } as const;
type Kind = keyof typeof KINDS;

export function mountOutageFeeds(app: FastifyInstance, { db, config, utilities, now }: OutageFeedsOptions): void {
  const tenantOf = async (request: FastifyRequest): Promise<Tenant> => {
    const tenant = await utilities.find((request.params as { utility: string }).utility);
    if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
    return tenant;
  };
  const apiUrlOf = (request: FastifyRequest, { utility }: Tenant) => `${request.protocol}://${request.host}/${utility.id}/v1`;

  const siteOf = ({ utility }: Tenant) => sitesOf(utility.id, config.origins)[0];

  for (const kind of Object.keys(KINDS) as Kind[]) {
    app.get(`${BASE}/outages.${kind}`, async (request, reply) => {
      const tenant = await tenantOf(request);
      const { utility } = tenant;
      const { commune, lang } = request.query as { readonly commune?: string; readonly lang?: string };
      if (commune !== undefined && !utility.territory.some(({ code }) => code === commune)) throw new PortalError('not-found', { code: 'unknown-commune', detail: 'this utility serves no commune of that INSEE code' });
      const { items } = await boardOf(db, utility, now());
      const outages = commune === undefined ? items : items.filter(({ areas }) => areas.some((area) => area.commune === commune));
      const apiUrl = apiUrlOf(request, tenant);
      const query = new URLSearchParams({ ...(commune !== undefined && { commune }), ...(lang !== undefined && { lang: languageOf(lang) }) }).toString();
      const self = `${apiUrl}/outages.${kind}${query === '' ? '' : `?${query}`}`;
      return answer(request, reply, KINDS[kind], written(kind, outages, { utility, self, apiUrl, now: now(), site: siteOf(tenant), language: languageOf(lang ?? utility.languages[0] ?? 'fr') }));
    });
  }

  app.get(`${BASE}/outages/:document`, async (request, reply) => {
    const tenant = await tenantOf(request);
    const [, id] = /^(.+)\.cap$/.exec((request.params as { document: string }).document) ?? [];
    if (id === undefined) throw new PortalError('not-found', { detail: 'no such document: an outage’s alert ends in .cap' });
    const outage = await findOutage(db, tenant.utility.id, id);
    return answer(request, reply, 'application/cap+xml', capAlert(outage, { utility: tenant.utility, apiUrl: apiUrlOf(request, tenant), site: siteOf(tenant), now: now() }));
  });
}

type Place = Parameters<typeof outageFeed>[1] & Parameters<typeof capIndex>[2];

function written(kind: Kind, outages: readonly Outage[], place: Place): string {
  switch (kind) {
    case 'atom':
    case 'rss':
      return outageFeed(outages, place)[kind];
    case 'cap':
      return capIndex(outages, place.self, place);
    case 'ics':
      return worksCalendar(outages, place);
  }
}

function answer(request: FastifyRequest, reply: FastifyReply, type: string, text: string): FastifyReply {
  return sendUnlessKnown(request, reply.header('cache-control', `public, max-age=${CACHED_SECONDS}`).type(`${type}; charset=utf-8`), text);
}
