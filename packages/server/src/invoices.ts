/** `npm run invoices -- take <file>`: invoices that the utility's billing has issued, and what customers contest, ask and sign about them, for the utility's people. */
import { LocalDay } from '@oya/contract';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { attachmentsOfDispute } from './attachments/store.ts';
import { disputeZip } from './claims/dispute-file.ts';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import { MAIL_PLACE_HELP, withMail } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { Keys } from './identity/keys.ts';
import { answerDispute, openDisputes } from './invoices/disputes.ts';
import { instalmentChanges, readIssuedInstalments, takeInstalments } from './invoices/instalments.ts';
import { answerPlan, askedPlans, mandatesInForce } from './invoices/payment-means.ts';
import { readIssuedInvoice, takeInvoice } from './invoices/take-invoices.ts';
import { takeLines } from './taken-lines.ts';
import { UtilityDirectory } from './utilities.ts';

const HELP = `Takes in the invoices that billing has issued, and answers what customers contest and ask about them.

  npm run invoices -- take --tenant eneo <file…>
  npm run invoices -- disputes [--to <folder>]
  npm run invoices -- answer <number> --tenant eneo --words "…"
  npm run invoices -- plans
  npm run invoices -- accept-plan <id>
  npm run invoices -- refuse-plan <id> --words "…"
  npm run invoices -- mandates --tenant eneo
  npm run invoices -- instalments --tenant eneo <file…>
  npm run invoices -- instalment-changes --tenant eneo [--since 2026-11-01]

take reads one invoice as JSON on each line (in packages/server/src/invoices/take-invoices.ts: IssuedInvoice). Each must add
up: its lines to its totals, to the cent. The same invoice twice changes nothing; another with its number is refused, as what
was issued is only ever taken back by a credit note. The others of the file are taken. Customers who wish to be told are told
by mail, and open pages show it.
disputes shows what customers contest, and the names of the files that they sent; with --to it writes a ZIP of each, with
their words, their files and the invoice. These are personal: keep them where only those who answer can read them. answer ends a dispute, and its customer is told by mail that there is an answer.
plans shows who asks to pay in parts; accept-plan and refuse-plan answer, and the customer is told by mail.
instalments reads those of one contract for a year as JSON on each line (in packages/server/src/invoices/instalments.ts:
IssuedInstalments): what billing says now takes the place of what it said before. instalment-changes writes what customers
changed of those to come, within the utility's terms, as JSON, one on each line: read it before the next debits are announced.
mandates writes the debit mandates in force as JSON, one on each line, with whole account numbers: for the bank, and nobody else.

Options
  --tenant <id>         the utility (eneo, sicae…)
  --words <text>        answer, refuse-plan, accept-plan: what the customer reads
  --since <day>         instalment-changes: from that day on; default: all
  --to <folder>         disputes: where their ZIPs are written; it is made where there is none
  --help                this text

${MAIL_PLACE_HELP}

Ends with 0 when it was done, 1 when something was not, 2 when the command was not understood.
`;

const LONGEST_ANSWER = 2000;
const VERBS = ['take', 'disputes', 'answer', 'plans', 'accept-plan', 'refuse-plan', 'mandates', 'instalments', 'instalment-changes'] as const;
type Verb = (typeof VERBS)[number];
const WITH_WORDS: readonly Verb[] = ['answer', 'accept-plan', 'refuse-plan'];

type Command = { what: 'take'; files: string[]; utility: string } | { what: 'disputes'; utility: string | undefined; folder: string | undefined } | { what: 'answer'; number: string; utility: string; words: string } | { what: 'plans'; utility: string | undefined } | { what: 'decide'; id: string; state: 'accepted' | 'refused'; words: string | undefined } | { what: 'mandates'; utility: string } | { what: 'instalments'; files: string[]; utility: string } | { what: 'instalment-changes'; utility: string; since: string | undefined };

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) =>
    useDatabase((db, config) => {
      switch (command.what) {
        case 'take':
          return takeLines(db, config, command, (place, utility, line) => takeInvoice(place, utility, readIssuedInvoice(line)));
        case 'disputes':
          return disputes(db, config, command);
        case 'answer':
          return answer(db, config, command);
        case 'plans':
          return plans(db, command.utility);
        case 'decide':
          return decide(db, config, command);
        case 'instalments':
          return takeLines(db, config, command, (place, utility, line) => takeInstalments(place.db, utility, readIssuedInstalments(line)));
        case 'instalment-changes':
          return changes(db, command);
        case 'mandates':
          return mandates(db, config, command.utility);
      }
    }),
});

async function disputes(db: Database, { secret }: Config, { utility, folder }: Extract<Command, { what: 'disputes' }>): Promise<number> {
  const open = (await openDisputes(db)).filter(({ utilityId }) => utility === undefined || utilityId === utility);
  const utilities = new UtilityDirectory(db);
  await utilities.load();
  const keys = new Keys(db, secret);
  // What customers attach is theirs: nobody else of this machine reads it.
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const dispute of open) {
    const { id, utilityId, number, contractNumber, openedAt, words } = dispute;
    console.log(`${number}\n  ${utilityId}, contract ${printable(contractNumber)}, contested on ${timeText(openedAt)}: ${printable(words)}`);
    const files = await attachmentsOfDispute(db, id);
    if (files.length > 0) console.log(`  with ${files.map(({ name }) => printable(name)).join(', ')}`);
    const tenant = await utilities.find(utilityId);
    if (folder === undefined || !tenant) continue;
    const file = path.join(folder, `${utilityId}-${number}.zip`);
    await writeFile(file, await disputeZip(dispute, { db, ...tenant, now: Date.now(), keys }), { mode: 0o600 });
    console.log(`  written to ${printable(file)}`);
  }
  console.log(open.length === 0 ? 'Nothing is contested.' : `${open.length} ${open.length === 1 ? 'waits' : 'wait'} for an answer.`);
  return 0;
}

async function answer(db: Database, config: Config, { number, utility, words }: Extract<Command, { what: 'answer' }>): Promise<number> {
  const isAnswered = await withMail(db, config, (place) => answerDispute(place, utility, number, words));
  if (!isAnswered) {
    console.error(`No dispute about ${printable(number)} waits. “disputes” says which do.`);
    return 1;
  }
  console.log('Answered; its customer is told by mail.');
  return 0;
}

async function plans(db: Database, utility: string | undefined): Promise<number> {
  const asked = (await askedPlans(db)).filter(({ utilityId }) => utility === undefined || utilityId === utility);
  for (const { id, utilityId, contractNumber, askedAt, amount, parts, invoices, words } of asked) {
    console.log(`${id}\n  ${utilityId}, contract ${printable(contractNumber)}, asked on ${timeText(askedAt)}: ${(amount / 100).toFixed(2)} € of ${invoices.join(', ')} in ${parts.length} parts from ${parts[0]?.dueOn ?? ''}. ${printable(words)}`);
  }
  console.log(asked.length === 0 ? 'No plan waits.' : `${asked.length} ${asked.length === 1 ? 'waits' : 'wait'} for an answer.`);
  return 0;
}

async function decide(db: Database, config: Config, { id, state, words }: Extract<Command, { what: 'decide' }>): Promise<number> {
  if (await withMail(db, config, (place) => answerPlan(place, id, state, words))) {
    console.log(`The plan is ${state}; its customer is told by mail.`);
    return 0;
  }
  console.error(`No plan ${printable(id)} waits. “plans” says which do.`);
  return 1;
}

async function mandates(db: Database, { secret }: Config, utility: string): Promise<number> {
  for (const mandate of await mandatesInForce(db, new Keys(db, secret), utility)) console.log(JSON.stringify(mandate));
  return 0;
}

async function changes(db: Database, { utility, since }: Extract<Command, { what: 'instalment-changes' }>): Promise<number> {
  for (const change of await instalmentChanges(db, utility, new Date(since ?? 0))) console.log(JSON.stringify(change));
  return 0;
}

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { tenant: { type: 'string' }, words: { type: 'string' }, to: { type: 'string' }, since: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, ...names] = positionals;
  const { tenant: utility } = values;
  const words = values.words?.trim();
  if (!isVerb(verb)) return wrong(`Say what to do: ${VERBS.join(', ')}.`);
  if (words !== undefined && !WITH_WORDS.includes(verb)) return wrong(`--words goes with ${WITH_WORDS.join(', ')}.`);
  if (words !== undefined && words.length > LONGEST_ANSWER) return wrong(`--words takes up to ${LONGEST_ANSWER} characters.`);
  if (values.to !== undefined && verb !== 'disputes') return wrong('--to goes with disputes.');
  if (values.since !== undefined && verb !== 'instalment-changes') return wrong('--since goes with instalment-changes.');
  if (values.since !== undefined && !z.safeParse(LocalDay, values.since).success) return wrong('--since takes a day: 2026-11-01.');
  if (verb === 'plans') return names.length === 0 ? { what: 'plans', utility } : wrong('“plans” shows all: name none.');
  if (verb === 'accept-plan' || verb === 'refuse-plan') {
    const [id, ...others] = names;
    if (id === undefined || others.length > 0) return wrong('Name the one plan to answer, as “plans” shows it.');
    if (verb === 'refuse-plan' && !words) return wrong('Say why, as the customer reads it: --words "…".');
    return { what: 'decide', id, state: verb === 'accept-plan' ? 'accepted' : 'refused', words };
  }
  if (verb === 'disputes') return names.length === 0 ? { what: 'disputes', utility, folder: values.to } : wrong('“disputes” shows all: name none.');
  if (utility === undefined) return wrong('Say whose invoices they are: --tenant.');
  if (verb === 'mandates') return names.length === 0 ? { what: 'mandates', utility } : wrong('“mandates” writes all: name none.');
  if (verb === 'instalment-changes') return names.length === 0 ? { what: 'instalment-changes', utility, since: values.since } : wrong('“instalment-changes” writes all: name none.');
  if (verb === 'take' || verb === 'instalments') return names.length > 0 ? { what: verb, files: names, utility } : wrong('Name the files to take in.');
  const [number, ...more] = names;
  if (number === undefined || more.length > 0) return wrong('Name the one invoice to answer about, as “disputes” shows it.');
  if (!words) return wrong(`Say what the customer reads, in up to ${LONGEST_ANSWER} characters: --words "…".`);
  return { what: 'answer', number, utility, words };
}

function isVerb(verb: string | undefined): verb is Verb {
  return VERBS.some((known) => known === verb);
}
