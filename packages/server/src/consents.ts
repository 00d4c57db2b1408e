/** `npm run consents -- list`: what the network operator works on, and what became of it, for the utility's people. */
import { parseArgs } from 'node:util';
import { notUnderstood, runCommand, type Saying } from './command-line.ts';
import type { Database } from './database/open.ts';
import { noteEvent } from './identity/audit.ts';
import { decideConsents, waitingConsents } from './identity/consents.ts';
import { readDevice } from './identity/devices.ts';
import { findAccountHolder } from './identity/proofs.ts';
import { UtilityDirectory } from './utilities.ts';

const HELP = `Says what became of the consents that customers gave and that the network operator works on.

  npm run consents -- list
  npm run consents -- activate <meter>
  npm run consents -- fail <meter>

Once both consents of a meter are active its half-hours are kept when they are imported, and its customer sees them.
A consent that failed can be given again. Both stand in the customer's activity; what was agreed to is never changed.

Options
  --tenant <id>         the utility, where two have a meter of that name (eneo, sicae…); list: only those of this one
  --help                this text

Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood.
`;

type Command = { what: 'list'; utility: string | undefined } | { what: 'active' | 'failed'; meter: string; utility: string | undefined };

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) => useDatabase((db) => (command.what === 'list' ? list(db, command.utility) : decide(db, command))),
});

async function list(db: Database, utility: string | undefined): Promise<number> {
  const waiting = (await waitingConsents(db)).filter(({ utilityId }) => utility === undefined || utilityId === utility);
  for (const { meterId, utilityId, deliveryPoint, purpose, at } of waiting) {
    console.log(`${meterId}\n  ${utilityId}, delivery point ${deliveryPoint}, ${purpose}, given on ${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC`);
  }
  console.log(waiting.length === 0 ? 'Nothing waits.' : `${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'}.`);
  return 0;
}

async function decide(db: Database, { what, meter: id, utility }: Exclude<Command, { what: 'list' }>): Promise<number> {
  const meters = await db
    .selectFrom('meter')
    .select(['key', 'id', 'utility_id', 'contract_id'])
    .where('id', '=', id)
    .$if(utility !== undefined, (query) => query.where('utility_id', '=', utility as string))
    .execute();
  const [meter, ...others] = meters;
  if (!meter || others.length > 0) {
    console.error(meter ? `Several utilities have a meter “${id}”. Say whose it is: --tenant.` : `There is no meter “${id}”. “list” says which wait.`);
    return 1;
  }
  const now = Date.now();
  const purposes = await decideConsents(db, { key: meter.key, utilityId: meter.utility_id }, what, now);
  if (purposes.length === 0) {
    console.error(`No consent of the meter ${id} waits: it was decided, or never given. “list” says which wait.`);
    return 1;
  }
  const utilities = new UtilityDirectory(db);
  const tenant = await utilities.find(meter.utility_id);
  const holder = await findAccountHolder(db, meter.utility_id, meter.contract_id);
  if (tenant && holder) {
    const place = { db, ...tenant, device: readDevice(undefined), now };
    for (const purpose of purposes) {
      await noteEvent(place, { kind: what === 'active' ? 'consent-activated' : 'consent-failed', customerId: holder.customerId, by: 'utility', channel: 'system', contractId: meter.contract_id, details: { meterId: id, purpose } });
    }
  }
  console.log(`${what === 'active' ? 'Active' : 'Failed'}: ${purposes.join(', ')}.`);
  return 0;
}

function parse(args: string[]): Command | Saying {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { tenant: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, meter, ...more] = positionals;
  if (verb === 'list' && meter === undefined) return { what: 'list', utility: values.tenant };
  if (verb !== 'activate' && verb !== 'fail') return notUnderstood('Say what to do: list, activate or fail.', HELP);
  if (meter === undefined || more.length > 0) return notUnderstood(`Name the one meter to ${verb}, as “list” shows it.`, HELP);
  return { what: verb === 'activate' ? 'active' : 'failed', meter, utility: values.tenant };
}
