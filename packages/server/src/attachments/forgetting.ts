/** What customers attached and never sent goes by itself, and not only when somebody attaches something again. */
import type { Database } from '../database/open.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { forgetUnused } from './store.ts';

const QUEUE = 'attachments-sweep';
/** At night, when nobody waits for the database. */
const EACH_NIGHT = '23 3 * * *';

interface ForgettingParts {
  jobs: Pick<Jobs, 'createQueue' | 'work' | 'send' | 'schedule'>;
  db: Database;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Each night, and at once, for what waited while no server ran. */
export async function startForgetting({ jobs, db, now }: ForgettingParts): Promise<void> {
  await jobs.createQueue(QUEUE, { policy: 'stately', retryLimit: 2, retryDelay: 30, expireInSeconds: 300, deleteAfterSeconds: 1 });
  await jobs.work(QUEUE, () => forgetUnused(db, now()), { atOnce: 1 });
  await jobs.schedule(QUEUE, EACH_NIGHT, 'UTC');
  await jobs.send(QUEUE, {}, { singletonKey: 'sweep' });
}
