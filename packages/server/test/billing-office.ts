import assert from 'node:assert/strict';
import type { MailPlace } from '../src/command-mail.ts';
import { Keys } from '../src/identity/keys.ts';
import { Jobs } from '../src/jobs/jobs.ts';
import { Outbox } from '../src/mail/outbox.ts';
import type { TestServer } from '../src/testing.ts';
import { UtilityDirectory } from '../src/utilities.ts';

/** Does what a command of the utility's people does, beside a server that runs and sends the mail. @param site where links of the mail lead */
export async function asOperator<T>({ db }: Pick<TestServer, 'db'>, now: number, work: (place: MailPlace) => Promise<T>, site = 'https://eneo.example'): Promise<T> {
  const utilities = new UtilityDirectory(db);
  await utilities.load();
  const jobs = new Jobs({ db, onError: (error) => assert.fail(error) });
  const outbox = new Outbox({ jobs, keys: new Keys(db, undefined), utilities, transport: undefined, from: 'portal@example.org' });
  await jobs.start();
  try {
    await outbox.start();
    return await work({ db, utilities, outbox, siteOf: () => site, now });
  } finally {
    await jobs.stop();
  }
}
