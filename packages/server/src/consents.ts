/** `npm run consents -- list`: what the network operator works on, and what became of it, for the utility's people. */
import { parseArgs } from 'node:util';
import { ConsentFailure, ConsentPurpose } from '@oya/contract';
import { notUnderstood, runCommand, timeText, type Saying } from './command-line.ts';
import { MAIL_PLACE_HELP, withMail } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { settleConsents, type ConsentedMeter } from './identity/consent-decisions.ts';
import { consentEventOf, consentEvents, endedConsents, waitingConsents, type WaitingConsent } from './identity/consents.ts';

const HELP = `Says what became of the consents that customers gave and that the network operator works on.

  npm run consents -- list
  npm run consents -- activate <meter>
  npm run consents -- fail <meter> --reason other-holder
  npm run consents -- history <meter>

“list” shows what waits for the network operator, and what it has to end: consents withdrawn for good, or expired, in the
last 30 days. Once both consents to the curve of a meter are active its half-hours are kept when they are imported, and its
customer sees them. A consent that failed can be given again. The customer is told by mail; decisions stand in the customer's
activity; what was agreed to is never changed. Where a network operator answers by itself (OYA_NETWORK_OPERATOR), the
running server asks it, and nothing has to be said here.

Options
  --tenant <id>         the utility, where two have a meter of that name (eneo, sicae…); list: only those of this one
  --only <purpose>      activate, fail: only this one: ${ConsentPurpose.options.join(', ')}
  --reason <why>        fail: ${ConsentFailure.options.join(', ')} (refused)
  --help                this text

${MAIL_PLACE_HELP}

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood.
`;

const SHOWN_MS = 30 * 86_400_000;

type Command =
  | { what: 'list'; utility: string | undefined }
  | { what: 'history'; meter: string; utility: string | undefined }
  | { what: 'decide'; meter: string; utility: string | undefined; decision: 'active' | ConsentFailure; only: ConsentPurpose | undefined };

await runCommand({
  help: HELP,
  parse,
  perform: (command, useDatabase) =>
    useDatabase((db, config) => {
      if (command.what === 'list') return list(db, command.utility);
      return command.what === 'history' ? history(db, command) : decide(db, config, command);
    }),
});

async function list(db: Database, utility: string | undefined): Promise<number> {
  const ofUtility = (consents: WaitingConsent[]) => consents.filter(({ utilityId }) => utility === undefined || utilityId === utility);
  const now = Date.now();
  const waiting = ofUtility(await waitingConsents(db));
  const words = { requested: 'given', restored: 'given again', expired: 'expired' } as const;
  const show = ({ meterId, utilityId, deliveryPoint, purpose, kind, at }: WaitingConsent) =>
    console.log(`${meterId}\n  ${utilityId}, delivery point ${deliveryPoint}, ${purpose}, ${words[kind as keyof typeof words] ?? kind} on ${timeText(at)}`);
  waiting.forEach(show);
  console.log(waiting.length === 0 ? 'Nothing waits.' : `${waiting.length} ${waiting.length === 1 ? 'waits' : 'wait'}.`);
  const ended = ofUtility(await endedConsents(db, now - SHOWN_MS, now));
  if (ended.length === 0) return 0;
  console.log('\nTo be ended by the network operator, where that has not been done:');
  ended.forEach(show);
  return 0;
}

async function history(db: Database, { meter: id, utility }: Extract<Command, { what: 'history' }>): Promise<number> {
  const meter = await findMeter(db, id, utility);
  if (!meter) return 1;
  const rows = await consentEvents(db, meter.key).execute();
  for (const { at, purpose, recipient, kind, state, actor, text, failure, erases } of rows.map(consentEventOf)) {
    const details = [failure, erases === undefined ? undefined : erases ? 'to be erased' : 'kept', text ? `words of ${text.version}` : undefined].filter((each) => each !== undefined);
    console.log(`${timeText(new Date(at))}  ${purpose}${recipient ? ` (${recipient.name})` : ''}: ${kind}, by ${actor}${details.length > 0 ? `, ${details.join(', ')}` : ''}; then ${state}`);
  }
  if (rows.length === 0) console.log(`Nothing was ever consented to about the meter ${id}.`);
  return 0;
}

async function decide(db: Database, config: Config, { meter: id, utility, decision, only }: Extract<Command, { what: 'decide' }>): Promise<number> {
  const meter = await findMeter(db, id, utility);
  if (!meter) return 1;
  const purposes = await withMail(db, config, (place) => settleConsents(place, meter, decision, 'utility', { purpose: only }));
  if (purposes.length === 0) {
    console.error(`No consent of the meter ${id} waits${only === undefined ? '' : ` that is ${only}`}: it was decided, or never given. “list” says which wait.`);
    return 1;
  }
  console.log(`${decision === 'active' ? 'Active' : `Failed (${decision})`}: ${purposes.join(', ')}.`);
  return 0;
}

/** Says what is wrong where there is not exactly one. */
async function findMeter(db: Database, id: string, utility: string | undefined): Promise<ConsentedMeter | undefined> {
  const meters = await db
    .selectFrom('meter')
    .select(['key', 'id', 'utility_id as utilityId', 'contract_id as contractId'])
    .where('id', '=', id)
    .$if(utility !== undefined, (query) => query.where('utility_id', '=', utility as string))
    .execute();
  const [meter, ...others] = meters;
  if (meter && others.length === 0) return meter;
  console.error(meter ? `Several utilities have a meter “${id}”. Say whose it is: --tenant.` : `There is no meter “${id}”. “list” says which wait.`);
  return undefined;
}

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { tenant: { type: 'string' }, only: { type: 'string' }, reason: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, meter, ...more] = positionals;
  const { tenant: utility, only: purpose, reason } = values;
  if (verb !== 'list' && verb !== 'activate' && verb !== 'fail' && verb !== 'history') return wrong('Say what to do: list, activate, fail or history.');
  if (reason !== undefined && verb !== 'fail') return wrong('Only what fails has a reason.');
  if (purpose !== undefined && verb !== 'activate' && verb !== 'fail') return wrong('--only goes with activate and fail.');
  if (verb === 'list') return meter === undefined ? { what: 'list', utility } : wrong('“list” shows all meters: name none.');
  if (meter === undefined || more.length > 0) return wrong(`Name the one meter to ${verb === 'history' ? 'tell of' : verb}, as “list” shows it.`);
  if (verb === 'history') return { what: 'history', meter, utility };
  const only = ConsentPurpose.options.find((option) => option === purpose);
  if (purpose !== undefined && only === undefined) return wrong(`There is no purpose “${purpose}”. Say one of ${ConsentPurpose.options.join(', ')}.`);
  const failure = ConsentFailure.options.find((option) => option === (reason ?? 'refused'));
  if (failure === undefined) return wrong(`There is no reason “${reason ?? ''}”. Say one of ${ConsentFailure.options.join(', ')}.`);
  return { what: 'decide', meter, utility, decision: verb === 'activate' ? 'active' : failure, only };
}
