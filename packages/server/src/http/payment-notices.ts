/** Where payment providers tell what came of payments: no session, no origin, but a signature. */
import { PortalError } from '@oya/contract';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { Database } from '../database/open.ts';
import type { Outbox } from '../mail/outbox.ts';
import { NoticeRefused } from '../payments/payment-provider.ts';
import type { PaymentsOfUtilities } from '../payments/payment-settings.ts';
import { requirePayments, takeNotice } from '../payments/take-notice.ts';
import type { UtilityDirectory } from '../utilities.ts';
import { sitesOf } from './origins.ts';

export interface NoticeOptions {
  readonly db: Database;
  readonly config: Config;
  readonly utilities: UtilityDirectory;
  readonly outbox: Outbox;
  readonly payments: PaymentsOfUtilities;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export async function mountPaymentNotices(app: FastifyInstance, { db, config, utilities, outbox, payments, now }: NoticeOptions): Promise<void> {
  await app.register((scope, _options, done) => {
    // A signature is of the bytes as they came.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    scope.post('/:utility/v1/payment-notices', async (request, reply) => {
      const { utility: id } = request.params as { utility: string };
      const tenant = await utilities.find(id);
      if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
      const settings = requirePayments(payments[id]);
      const place = { db, tenant, settings, outbox, site: sitesOf(id, config.origins)[0] };
      try {
        const taken = await takeNotice(place, { body: (request.body as Buffer | undefined) ?? Buffer.alloc(0), headers: request.headers, now: now() });
        if (taken.how === 'unfit') request.log.error({ payment: taken.notice.tryId, event: taken.notice.eventId }, 'a payment notice does not fit its payment: another amount, currency or mode');
        return await reply.type('text/plain; charset=utf-8').send('taken');
      } catch (error) {
        if (!(error instanceof NoticeRefused)) throw error;
        request.log.warn({ reason: error.message }, 'a payment notice was refused');
        return reply.code(400).type('text/plain; charset=utf-8').send('refused');
      }
    });
    done();
  });
}
