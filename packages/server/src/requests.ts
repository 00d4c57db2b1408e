/** `npm run requests -- list`: what customers ask for and the utility decides on or does, for its people. */
import { parseArgs } from 'node:util';
import { LONGEST_REQUEST_WORDS, needsWords, PortalError, type PostalAddress } from '@oya/contract';
import { changeRequest, openRequests, utilityOfRequest, type Decided } from './agents/request-inbox.ts';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import { MAIL_PLACE_HELP, withMail } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { waitingRequests, type Decision } from './identity/change-requests.ts';
import { decideRequest } from './identity/decisions.ts';

const HELP = `Decides on the changes that customers ask for and that wait for the utility: other postal addresses; and takes further
what they want done: moves, another power or tariff, works, complaints, documents.

  npm run requests -- list
  npm run requests -- approve <id>
  npm run requests -- refuse <id> --reason "…"
  npm run requests -- open
  npm run requests -- take <id> --to <state> --words "…"

An approved address holds at once. The customer is told by mail, a refusal with its reason, word for word;
both stand in the customer's activity. A request is decided once: a second decision changes nothing.

open lists what is to be done; take says what became of one: in-progress, waiting (for the customer, with what is asked), done
or refused (with why). The customer reads the words in their account, and is told by mail that there are some.

Options
  --tenant <id>         list, open: only those of this utility (eneo, sicae…)
  --reason <sentence>   refuse: why, in words for the customer
  --to <state>          take: in-progress, waiting, done or refused
  --words <text>        take: for the customer; needed for waiting and refused
  --help                this text

${MAIL_PLACE_HELP}

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood.
`;

const LONGEST_REASON = 500;

type Command = { what: 'list' | 'open'; utility: string | undefined } | { what: 'decide'; id: string; decision: Decision } | { what: 'take'; id: string; step: Pick<Decided, 'state' | 'words'> };

const STATES = ['in-progress', 'waiting', 'done', 'refused'] as const;

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) =>
    useDatabase((db, config) => {
      if (command.what === 'decide') return decide(db, config, command.id, command.decision);
      if (command.what === 'take') return take(db, config, command.id, command.step);
      return command.what === 'list' ? list(db, command.utility) : listOpen(db, command.utility);
    }),
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

async function listOpen(db: Database, utility: string | undefined): Promise<number> {
  const all = await openRequests(db, utility);
  for (const { id, utilityId, customer, kind, number, state, sentAt } of all) console.log(`${id}\n  ${utilityId}, ${printable(customer ?? 'account closed')}, ${kind}, ${number}, ${state}, sent on ${timeText(new Date(sentAt))}`);
  console.log(all.length === 0 ? 'Nothing is to be done.' : `${all.length} to be done.`);
  return 0;
}

async function take(db: Database, config: Config, id: string, step: Pick<Decided, 'state' | 'words'>): Promise<number> {
  const utilityId = await utilityOfRequest(db, id);
  if (utilityId === undefined) {
    console.error(`There is no request ${printable(id)}. “open” says which there are.`);
    return 1;
  }
  try {
    const { number, customer } = await withMail(db, config, (place) => changeRequest(place, utilityId, id, { ...step, author: null }));
    console.log(`${number} is ${step.state}; ${customer === null ? 'its account is closed' : `${printable(customer)} is told by mail`}.`);
    return 0;
  } catch (error) {
    if (!(error instanceof PortalError) || error.kind !== 'conflict') throw error;
    console.error(`Request ${printable(id)} has ended already.`);
    return 1;
  }
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
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { reason: { type: 'string' }, to: { type: 'string' }, words: { type: 'string' }, tenant: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, id, ...more] = positionals;
  const reason = values.reason?.trim();
  if ((values.to !== undefined || values.words !== undefined) && verb !== 'take') return wrong('--to and --words go with take.');
  if ((verb === 'list' || verb === 'open') && id === undefined) return { what: verb, utility: values.tenant };
  if (verb !== 'approve' && verb !== 'refuse' && verb !== 'take') return wrong('Say what to do: list, approve, refuse, open or take.');
  if (id === undefined || more.length > 0) return wrong(`Name the one request to ${verb}, by the id that “list” or “open” shows.`);
  if (verb === 'take') {
    const state = STATES.find((each) => each === values.to);
    const words = values.words?.trim() || null;
    if (reason !== undefined || !state) return wrong(`Say what became of it: --to ${STATES.join(', ')}.`);
    if (needsWords(state) && words === null) return wrong('Say why, or what is asked, for the customer: --words "…".');
    if ((words?.length ?? 0) > LONGEST_REQUEST_WORDS) return wrong(`Say it in up to ${LONGEST_REQUEST_WORDS} characters.`);
    return { what: 'take', id, step: { state, words } };
  }
  if (verb === 'approve') return reason === undefined ? { what: 'decide', id, decision: { state: 'approved' } } : wrong('An approval has no reason.');
  if (!reason) return wrong('Say why, for the customer: --reason "…".');
  if (reason.length > LONGEST_REASON) return wrong(`Say it in up to ${LONGEST_REASON} characters.`);
  return { what: 'decide', id, decision: { state: 'refused', reason } };
}

function oneLine({ lines, postcode, city, country }: PostalAddress): string {
  return printable([...lines, `${postcode} ${city}`, country].join(', '));
}
