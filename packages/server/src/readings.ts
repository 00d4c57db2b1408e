/** `npm run readings -- export`: readings that customers sent, with what is odd about them, for the utility's people and its billing. */
import { LocalDay } from '@oya/contract';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { openFilesOf } from './attachments/store.ts';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import { MAIL_PLACE_HELP, withMail } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { Keys } from './identity/keys.ts';
import { checkReading, readingRows, readingsToCheck } from './readings/check-readings.ts';
import { readReplacedMeter, takeMeterChange } from './readings/meter-changes.ts';
import { takeLines } from './taken-lines.ts';
import { UtilityDirectory } from './utilities.ts';

const HELP = `Readings that customers sent: to take along, to look at where they are odd, and the meters that were replaced.

  npm run readings -- export --tenant eneo --to readings.csv [--since 2026-11-01]
  npm run readings -- checks [--tenant eneo] [--to <folder>]
  npm run readings -- accept <id> [--words "…"]
  npm run readings -- set-aside <id> --words "…"
  npm run readings -- meter-changes --tenant eneo <file…>

export writes a CSV with a row for each register: what was read, and what is odd about it and why. What was decided on since that
day comes again, in its new state: a reading is known by its id.
checks shows what waits to be looked at; with --to it writes the photos that came with it, named by the reading. These show
somebody's home: keep them where only those who answer can see them. accept takes a reading, set-aside does not: the customer is told by mail that there is
an answer, and reads your words in their account.
meter-changes reads the change of one meter as JSON on each line (in packages/server/src/readings/meter-changes.ts:
ReplacedMeter): readings go on from what the new one began with.
What your people read on a route is taken in by “npm run import”: a CSV with the columns point de livraison, date, cadran, index.

Options
  --tenant <id>         the utility (eneo, sicae…)
  --since <day>         export: what was sent or decided on from that day on; default: all
  --to <file>           export: where the CSV is written; it holds what customers wrote: keep it where only those who bill read it
  --to <folder>         checks: where photos are written; it is made where there is none
  --words <text>        accept, set-aside: what the customer reads
  --help                this text

${MAIL_PLACE_HELP}

Ends with 0 when it was done, 1 when something was not, 2 when the command was not understood.
`;

const LONGEST_ANSWER = 2000;
const VERBS = ['export', 'checks', 'accept', 'set-aside', 'meter-changes'] as const;
type Verb = (typeof VERBS)[number];

type Command =
  | { what: 'export'; utility: string; since: string | undefined; file: string }
  | { what: 'checks'; utility: string | undefined; folder: string | undefined }
  | { what: 'decide'; id: string; isAccepted: boolean; words: string | undefined }
  | { what: 'meter-changes'; utility: string; files: string[] };

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) =>
    useDatabase((db, config) => {
      switch (command.what) {
        case 'export':
          return exported(db, command);
        case 'checks':
          return checks(db, config, command);
        case 'decide':
          return decide(db, config, command);
        case 'meter-changes':
          return takeLines(db, config, command, (place, utility, line) => takeMeterChange(place.db, utility, readReplacedMeter(line)));
      }
    }),
});

async function exported(db: Database, { utility: id, since, file }: Extract<Command, { what: 'export' }>): Promise<number> {
  const utilities = new UtilityDirectory(db);
  await utilities.load();
  const tenant = await utilities.find(id);
  if (!tenant) {
    console.error(`There is no utility “${printable(id)}” here.`);
    return 1;
  }
  const [{ writeCsv }, { readingTable }] = await Promise.all([import('@oya/formats/write/csv'), import('./readings/reading-table.ts')]);
  const rows = await readingRows(db, id, new Date(since ?? 0));
  await writeFile(file, writeCsv(readingTable(rows), { timeZone: tenant.utility.timeZone }), { mode: 0o600 });
  console.log(`${printable(file)}: ${rows.length} ${rows.length === 1 ? 'index' : 'indexes'}.`);
  return 0;
}

async function checks(db: Database, { secret }: Config, { utility, folder }: Extract<Command, { what: 'checks' }>): Promise<number> {
  const waiting = await readingsToCheck(db, utility);
  const keys = new Keys(db, secret);
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { id, utilityId, contractNumber, serialNumber, on, indexes, words, sentAt } of waiting) {
    const shown = indexes.map(({ register, index, doubt, reason }) => `${register} ${index}${doubt ? ` (${doubt}: ${reason ?? ''})` : ''}`).join(', ');
    console.log(`${id}\n  ${utilityId}, contract ${printable(contractNumber)}, meter ${printable(serialNumber)}, of ${on}, sent on ${timeText(sentAt)}: ${shown}. ${printable(words)}`);
    const photos = await openFilesOf(db, 'reading_id', id, keys);
    if (photos.length > 0) console.log(`  with ${photos.length === 1 ? 'a photo' : `${photos.length} photos`}`);
    if (folder === undefined) continue;
    for (const [at, { bytes }] of photos.entries()) {
      const file = path.join(folder, `${id}-${at + 1}.jpg`);
      await writeFile(file, bytes, { mode: 0o600 });
      console.log(`  written to ${printable(file)}`);
    }
  }
  console.log(waiting.length === 0 ? 'Nothing waits to be looked at.' : `${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'} to be looked at.`);
  return 0;
}

async function decide(db: Database, config: Config, { id, isAccepted, words }: Extract<Command, { what: 'decide' }>): Promise<number> {
  if (await withMail(db, config, (place) => checkReading(place, id, isAccepted, words))) {
    console.log(`The reading is ${isAccepted ? 'accepted' : 'set aside'}; its customer is told by mail.`);
    return 0;
  }
  console.error(`No reading ${printable(id)} is under check. “checks” says which are.`);
  return 1;
}

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { tenant: { type: 'string' }, words: { type: 'string' }, to: { type: 'string' }, since: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, ...names] = positionals;
  const { tenant: utility, since, to: file } = values;
  const words = values.words?.trim();
  if (!isVerb(verb)) return wrong(`Say what to do: ${VERBS.join(', ')}.`);
  if (words !== undefined && verb !== 'accept' && verb !== 'set-aside') return wrong('--words goes with accept and set-aside.');
  if (words !== undefined && words.length > LONGEST_ANSWER) return wrong(`--words takes up to ${LONGEST_ANSWER} characters.`);
  if (since !== undefined && verb !== 'export') return wrong('--since goes with export.');
  if (file !== undefined && verb !== 'export' && verb !== 'checks') return wrong('--to goes with export and checks.');
  if (since !== undefined && !z.safeParse(LocalDay, since).success) return wrong('--since takes a day: 2026-11-01.');
  if (verb === 'checks') return names.length === 0 ? { what: 'checks', utility, folder: file } : wrong('“checks” shows all: name none.');
  if (verb === 'accept' || verb === 'set-aside') {
    const [id, ...others] = names;
    if (id === undefined || others.length > 0) return wrong('Name the one reading, as “checks” shows it.');
    if (verb === 'set-aside' && !words) return wrong('Say why, as the customer reads it: --words "…".');
    return { what: 'decide', id, isAccepted: verb === 'accept', words };
  }
  if (utility === undefined) return wrong('Say whose they are: --tenant.');
  if (verb === 'meter-changes') return names.length > 0 ? { what: 'meter-changes', utility, files: names } : wrong('Name the files to take in.');
  if (names.length > 0) return wrong('“export” writes all: name none.');
  return file === undefined ? wrong('Say where to: --to readings.csv.') : { what: 'export', utility, since, file };
}

function isVerb(verb: string | undefined): verb is Verb {
  return VERBS.some((known) => known === verb);
}
