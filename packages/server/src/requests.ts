/** `npm run requests -- list`: what customers ask for and the utility decides on, for its people. */
import { parseArgs } from 'node:util';
import type { PostalAddress } from '@oya/contract';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import { MAIL_PLACE_HELP, withMail } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { waitingRequests, type Decision } from './identity/change-requests.ts';
import { decideRequest } from './identity/decisions.ts';

const HELP = `Decides on the changes that customers ask for and that wait for the utility: other postal addresses.

  npm run requests -- list
  npm run requests -- approve <id>
  npm run requests -- refuse <id> --reason "…"

An approved address holds at once. The customer is told by mail, a refusal with its reason, word for word;
both stand in the customer's activity. A request is decided once: a second decision changes nothing.

Options
  --tenant <id>         list: only those of this utility (eneo, sicae…)
  --reason <sentence>   refuse: why, in words for the customer
  --help                this text

${MAIL_PLACE_HELP}

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood.
`;

const LONGEST_REASON = 500;

type Command = { what: 'list'; utility: string | undefined } | { what: 'decide'; id: string; decision: Decision };

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) => useDatabase((db, config) => (command.what === 'list' ? list(db, command.utility) : decide(db, config, command.id, command.decision))),
});

async function list(db: Database, utility: string | undefined): Promise<number> {
  const waiting = (await waitingRequests(db)).filter(({ utility_id }) => utility === undefined || utility_id === utility);
  for (const request of waiting) {
    console.log(`${request.id}\n  ${request.utility_id}, ${printable(request.display_name)}, asked on ${timeText(request.asked_at)}`);
    console.log(`  from ${request.address_before ? oneLine(request.address_before) : 'no address'}\n  to   ${oneLine(request.address)}`);
  }
  console.log(waiting.length === 0 ? 'Nothing waits.' : `${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'}.`);
  return 0;
}

async function decide(db: Database, config: Config, id: string, decision: Decision): Promise<number> {
  const decided = await withMail(db, config, (place) => decideRequest(place, id, decision));
  if (!decided) {
    console.error(`No request ${printable(id)} waits: it was decided or withdrawn, or there is none. “list” says what waits.`);
    return 1;
  }
  console.log(`${decision.state === 'approved' ? 'Approved' : 'Refused'}; ${printable(decided.displayName)} is told by mail.`);
  return 0;
}

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { reason: { type: 'string' }, tenant: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, id, ...more] = positionals;
  const reason = values.reason?.trim();
  if (verb === 'list' && id === undefined) return { what: 'list', utility: values.tenant };
  if (verb !== 'approve' && verb !== 'refuse') return wrong('Say what to do: list, approve or refuse.');
  if (id === undefined || more.length > 0) return wrong(`Name the one request to ${verb}, by the id that “list” shows.`);
  if (verb === 'approve') return reason === undefined ? { what: 'decide', id, decision: { state: 'approved' } } : wrong('An approval has no reason.');
  if (!reason) return wrong('Say why, for the customer: --reason "…".');
  if (reason.length > LONGEST_REASON) return wrong(`Say it in up to ${LONGEST_REASON} characters.`);
  return { what: 'decide', id, decision: { state: 'refused', reason } };
}

function oneLine({ lines, postcode, city, country }: PostalAddress): string {
  return printable([...lines, `${postcode} ${city}`, country].join(', '));
}
