/** `npm run collect -- status`: how the nightly collection stands, and another try at once, for the utility's people. */
import { parseArgs } from 'node:util';
import { Collection } from './collection/collection.ts';
import { unblockCalls } from './collection/quota.ts';
import { startAnew } from './collection/states.ts';
import { collectionStatus, type StatusLine } from './collection/status.ts';
import { collectSoon, type Subject } from './collection/turns.ts';
import { notUnderstood, runCommand, type Saying } from './command-line.ts';
import { ConfigError, type Config } from './config.ts';
import { loadConnectors, requireConnected, type Connectors } from './connectors.ts';
import type { Database } from './database/open.ts';

const HELP = `Says how the nightly collection from network operators stands, and has it done.

  npm run collect -- status [meter]
  npm run collect -- run [meter]
  npm run collect -- retry [meter]

status shows each meter and dataset: what came, until when it is known, when it is tried next, and why there is nothing.
run collects at once, in this program: whoever is due, or the meter named, whatever it waits for.
retry forgets what went wrong, of the meter named or of all that are in trouble: the running server tries them again within a minute.

Options
  --tenant <id>         the utility, where two have a meter of that name (eneo, sicae…); of status, only those of this one
  --trouble             of status: only what somebody should look at
  --help                this text

Settings
  OYA_CONNECTORS        the file that says from whom; the variables with the credentials that it names
  DATABASE_URL          a PostgreSQL; it may be in use by a running server
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood. Times are UTC.
`;

type Verb = 'status' | 'run' | 'retry';
interface Command {
  verb: Verb;
  meter: string | undefined;
  utility: string | undefined;
  onlyTrouble: boolean;
}

const COLUMNS: readonly { readonly title: string; of(line: StatusLine): string }[] = [
  { title: 'utility', of: ({ utilityId }) => utilityId },
  { title: 'meter', of: ({ meterId }) => meterId },
  { title: 'dataset', of: ({ dataset }) => dataset },
  { title: 'state', of: ({ state }) => state },
  { title: 'known until', of: ({ collectedUntil }) => collectedUntil },
  { title: 'last data', of: ({ lastData }) => lastData },
  { title: 'next try', of: ({ nextTry }) => nextTry },
  { title: 'calls', of: ({ callsToday }) => String(callsToday) },
  { title: 'why', of: ({ why }) => why },
];

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) => useDatabase((db, config) => perform(command, db, config)),
});

async function perform({ verb, meter, utility, onlyTrouble }: Command, db: Database, config: Config): Promise<number> {
  if (config.connectorsFile === undefined) throw new ConfigError('Nothing is collected: OYA_CONNECTORS names no file. Set it to one like packages/server/connectors.example.json.');
  const connectors = await loadConnectors(config, process.env);
  requireConnected(connectors, (await db.selectFrom('utility').select('id').orderBy('id').execute()).map(({ id }) => id));
  const only = meter === undefined ? undefined : await findMeter(db, meter, utility);
  if (meter !== undefined && only === undefined) return 1;

  if (verb === 'retry') return retry(db, connectors, only, { utility, now: Date.now() });
  let faults = 0;
  if (verb === 'run') {
    if (only !== undefined) await collectSoon(db, only, Date.now());
    const collection = new Collection({
      db,
      connectors,
      now: Date.now,
      onError: (error) => {
        faults++;
        console.error(`${(error as Error).message} (unexpected; the database refused it or the program has a fault)`);
      },
    });
    while (await collection.round({ only }));
  }
  const lines = await collectionStatus(db, connectors, { utility, meter, now: Date.now() });
  console.log(table(onlyTrouble ? lines.filter(({ isTrouble }) => isTrouble) : lines));
  return faults > 0 ? 1 : 0;
}

async function retry(db: Database, connectors: Connectors, only: Subject | undefined, { utility, now }: { utility: string | undefined; now: number }): Promise<number> {
  const troubled = only !== undefined ? [only] : await inTrouble(db, connectors, utility);
  await unblockCalls(db);
  for (const subject of troubled) {
    await startAnew(db, subject, now);
    await collectSoon(db, subject, now);
  }
  console.log(troubled.length === 0 ? 'Nothing is in trouble.' : `${troubled.length} ${troubled.length === 1 ? 'is' : 'are'} tried again.`);
  return 0;
}

async function inTrouble(db: Database, connectors: Connectors, utility: string | undefined): Promise<Subject[]> {
  const rows = await db
    .selectFrom('collection_state as state')
    .leftJoin('meter', 'meter.key', 'state.meter_key')
    .select('state.meter_key')
    .distinct()
    .where('state.attempts', '>', 0)
    .where((is) => is.or([is('meter.utility_id', 'in', ['', ...Object.keys(connectors.utilities)]), is('state.meter_key', 'is', null)]))
    .$if(utility !== undefined, (query) => query.where('meter.utility_id', '=', utility as string))
    .execute();
  return rows.map(({ meter_key }) => meter_key);
}

async function findMeter(db: Database, wanted: string, utility: string | undefined): Promise<number | undefined> {
  const meters = await db
    .selectFrom('meter')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select('meter.key')
    .where((is) => is.or([is('meter.id', '=', wanted), is('contract.delivery_point', '=', wanted)]))
    .where('meter.removed_on', 'is', null)
    .$if(utility !== undefined, (query) => query.where('meter.utility_id', '=', utility as string))
    .execute();
  const [meter, ...others] = meters;
  if (meter && others.length === 0) return meter.key;
  console.error(meter ? `Several utilities have a meter “${wanted}”. Say whose it is: --tenant.` : `There is no meter “${wanted}”. “status” shows those that are collected.`);
  return undefined;
}

function table(lines: readonly StatusLine[]): string {
  if (lines.length === 0) return 'Nothing to show.';
  const rows = [COLUMNS.map(({ title }) => title), ...lines.map((line) => COLUMNS.map(({ of }) => of(line)))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

function parse(args: string[]): Command | Saying {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { tenant: { type: 'string' }, trouble: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, meter, ...more] = positionals;
  if (verb !== 'status' && verb !== 'run' && verb !== 'retry') return notUnderstood('Say what to do: status, run or retry.', HELP);
  if (more.length > 0) return notUnderstood(`Name one meter to ${verb}, or none for all.`, HELP);
  return { verb, meter, utility: values.tenant, onlyTrouble: values.trouble };
}
