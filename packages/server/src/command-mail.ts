import { createNewsQueue, newsQueue } from './alerts/news-queue.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { sitesOf } from './http/origins.ts';
import { Keys } from './identity/keys.ts';
import { Jobs } from './jobs/jobs.ts';
import { Outbox } from './mail/outbox.ts';
import type { NewsSink } from './outages/keep-outage.ts';
import { UtilityDirectory } from './utilities.ts';

/** Where a command does what customers are told of. */
export interface MailPlace {
  readonly db: Database;
  readonly utilities: UtilityDirectory;
  readonly outbox: Pick<Outbox, 'prepare' | 'post'>;
  readonly siteOf: (utilityId: string) => string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Of commands whose work customers are told of by mail: where they find what they need. */
export const MAIL_PLACE_HELP = `Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server, which sends the mail
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first, it sends
                        the mail when it is started again
  OYA_SECRET            the server's, where it has one
  OYA_ORIGINS           the server's: where the link of the mail leads`;

/** For as long as the work takes; the mail waits in the queue for a running server. */
export async function withMail<T>(db: Database, { secret, mailFrom: from, origins }: Config, work: (place: MailPlace & { readonly news: NewsSink }) => Promise<T>): Promise<T> {
  const utilities = new UtilityDirectory(db);
  await utilities.load();
  const jobs = new Jobs({ db, onError: (error) => console.error(error.message) });
  const outbox = new Outbox({ jobs, keys: new Keys(db, secret), utilities, transport: undefined, from });
  await jobs.start();
  try {
    await outbox.start();
    await createNewsQueue(jobs);
    return await work({ db, news: newsQueue(jobs), utilities, outbox, siteOf: (utilityId) => sitesOf(utilityId, origins)[0], now: Date.now() });
  } finally {
    await jobs.stop();
  }
}
