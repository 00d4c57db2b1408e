/** `npm run outages -- import`: what is cut and what is planned, from a list or one by one, for the utility's people. */
import { instant, Instant, OUTAGE_STATES, PortalError, type OutageState, type Utility } from '@oya/contract';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import { MAIL_PLACE_HELP, withMail } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { importOutages } from './outages/import-outages.ts';
import { changeOutage, type OutagePlace } from './outages/keep-outage.ts';
import { outagesOfOperator, reportsOfOperator } from './outages/operators.ts';

const HELP = `What is cut and what is planned: customers whom it concerns are told by the running server, once for each change.

  npm run outages -- import --tenant eneo <file…>
  npm run outages -- list --tenant eneo
  npm run outages -- set <id> --tenant eneo [--state restored] [--start <time>] [--end <time>] [--note "…"] [--note-en "…"]
  npm run outages -- reports --tenant eneo

import reads a CSV (UTF-8 or Latin-1, ; or ,) with the columns référence, nature (coupure, travaux), énergie, cause, commune (its
INSEE code, or its name), rue, de, à, côté (pair, impair), foyers, état, début, fin, note, note en; a line for each street, under one
reference. Times are those of the utility: 24/11/2026 17:30. A line that says nothing is refused with its reason, and keeps the others
from nothing. Imported again, what is known is changed, and what is the same tells nobody anything.
list shows what is under way, planned and over, with how many customers have reported it.
set says how one stands: states are ${OUTAGE_STATES.join(', ')}.
reports shows what customers report, the latest first; it holds addresses and numbers of people.
Systems of the utility do the same over HTTP: packages/server/src/http/operator-routes.ts, by a token of “npm run agents -- add --for network”.

Options
  --tenant <id>         the utility (eneo, sicae…)
  --state <state>       set: how it stands
  --start, --end <time> set: an instant, 2026-11-24T17:30:00Z; --end unknown: nobody can say
  --note, --note-en     set: what customers read beside it, in French, and in English
  --help                this text

${MAIL_PLACE_HELP}

Ends with 0 when it was done, 1 when something was not, 2 when the command was not understood. Times are UTC.
`;

type Command =
  | { what: 'import'; utility: string; files: string[] }
  | { what: 'list' | 'reports'; utility: string }
  | { what: 'set'; utility: string; id: string; change: Parameters<typeof changeOutage>[2] };

await runCommand<Command>({ help: HELP, parse, perform: (command, useDatabase) => useDatabase((db, config) => perform(command, db, config)) });

async function perform(command: Command, db: Database, config: Config): Promise<number> {
  return withMail(db, config, async ({ utilities, news, now }) => {
    const tenant = await utilities.find(command.utility);
    if (!tenant) {
      console.error(`There is no utility “${printable(command.utility)}” here.`);
      return 1;
    }
    const { utility } = tenant;
    const place: OutagePlace = { db, utility, news, now, agentId: null };
    switch (command.what) {
      case 'import':
        return imported(place, command.files);
      case 'list':
        return listed(db, utility);
      case 'reports':
        return reported(db, utility);
      case 'set':
        return set(place, command.id, command.change);
    }
  });
}

async function imported(place: OutagePlace, files: readonly string[]): Promise<number> {
  let code = 0;
  for (const file of files) {
    const name = printable(path.basename(file));
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
    if (bytes instanceof Error) {
      code = 1;
      console.error(`${name}: ${bytes.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${bytes.code ?? bytes.message})`}. Check its name.`);
      continue;
    }
    try {
      const { counts, refused } = await importOutages(place, bytes);
      for (const { line, reason } of refused) console.error(`${name}, line ${line}: ${printable(reason)}.`);
      if (refused.length > 0) code = 1;
      console.log(`${name}: ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} known already, ${refused.length} ${refused.length === 1 ? 'line' : 'lines'} refused.`);
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      code = 1;
      console.error(`${name}: ${printable(error.message)}`);
    }
  }
  return code;
}

async function listed(db: Database, { id }: Utility): Promise<number> {
  const all = await outagesOfOperator(db, id);
  for (const { id: outageId, reference, kind, energy, state, startsAt, estimatedEnd, areas, reports, stillOut } of all) {
    const where = areas.map(({ name, streets }) => (streets.length === 0 ? name : `${name} (${streets.map((street) => street.name).join(', ')})`)).join(', ');
    const told = reports === 0 ? '' : `, reported ${reports} ${reports === 1 ? 'time' : 'times'}${stillOut > 0 ? `, ${stillOut} still out` : ''}`;
    console.log(`${outageId}${reference === null ? '' : ` (${printable(reference)})`}  ${kind} of ${energy}, ${state}, ${timeText(new Date(startsAt))}${estimatedEnd === null ? '' : ` to ${timeText(new Date(estimatedEnd))}`}, ${printable(where)}${told}`);
  }
  console.log(all.length === 0 ? 'Nothing is cut, and nothing is planned.' : `${all.length} in all.`);
  return 0;
}

async function reported(db: Database, { id }: Utility): Promise<number> {
  const all = await reportsOfOperator(db, id);
  for (const { reference, reportedAt, energy, commune, address, extent, since, phone, words, outageId } of all) {
    console.log(`${reference}  ${timeText(new Date(reportedAt))}, ${energy} off since ${timeText(new Date(since))} (${extent}), ${commune} ${printable(address)}${phone === null ? '' : `, ${phone}`}${outageId === null ? '' : `, of ${outageId}`}${words === null ? '' : `: ${printable(words)}`}`);
  }
  console.log(all.length === 0 ? 'Nobody has reported anything.' : `${all.length} in all.`);
  return 0;
}

async function set(place: OutagePlace, id: string, change: Parameters<typeof changeOutage>[2]): Promise<number> {
  try {
    const { is, news, outage } = await changeOutage(place, id, change);
    console.log(is === 'unchanged' ? 'It is so already: nobody is told anything.' : `It is ${outage.state}${news === null ? '. Nothing of that is told.' : `. Customers are told: ${news}.`}`);
    return 0;
  } catch (error) {
    if (!(error instanceof PortalError)) throw error;
    console.error(error.kind === 'not-found' ? `There is no outage ${printable(id)}. “list” says which there are.` : `${printable(error.message)}.`);
    return 1;
  }
}

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { tenant: { type: 'string' }, state: { type: 'string' }, start: { type: 'string' }, end: { type: 'string' }, note: { type: 'string' }, 'note-en': { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, ...names] = positionals;
  const { tenant: utility, state, start, end, note, 'note-en': noteEn } = values;
  if (verb !== 'import' && verb !== 'list' && verb !== 'reports' && verb !== 'set') return wrong('Say what to do: import, list, set, reports.');
  if (utility === undefined) return wrong('Say whose: --tenant.');
  const isSaid = [state, start, end, note, noteEn].some((value) => value !== undefined);
  if (isSaid && verb !== 'set') return wrong('--state, --start, --end and notes go with set.');
  if (verb === 'import') return names.length > 0 ? { what: 'import', utility, files: names } : wrong('Name the files to import.');
  if (verb !== 'set') return names.length === 0 ? { what: verb, utility } : wrong(`“${verb}” shows all: name none.`);
  const [id, ...others] = names;
  if (id === undefined || others.length > 0) return wrong('Name the one outage, as “list” shows it.');
  if (!isSaid) return wrong('Say what changes: --state, --start, --end or --note.');
  if (state !== undefined && !isState(state)) return wrong(`“${state}” is no state: write one of ${OUTAGE_STATES.join(', ')}.`);
  for (const [name, time] of [['--start', start], ['--end', end === 'unknown' ? undefined : end]] as const) {
    if (time !== undefined && !Instant.safeParse(time).success) return wrong(`${name} takes an instant in UTC: 2026-11-24T17:30:00Z.`);
  }
  if (noteEn !== undefined && note === undefined) return wrong('A note is in French first: --note.');
  return {
    what: 'set',
    utility,
    id,
    change: {
      ...(state !== undefined && { state }),
      ...(start !== undefined && { startsAt: instant(Date.parse(start)) }),
      ...(end !== undefined && { estimatedEnd: end === 'unknown' ? null : instant(Date.parse(end)) }),
      ...(note !== undefined && { note: { fr: note, ...(noteEn !== undefined && { en: noteEn }) } }),
    },
  };
}

function isState(text: string): text is OutageState {
  return (OUTAGE_STATES as readonly string[]).includes(text);
}
