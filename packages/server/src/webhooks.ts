/** `npm run webhooks -- list`: which systems of a utility hear of what customers do, and how that goes, for the utility's people. */
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { Keys } from './identity/keys.ts';
import { WebhookDeliveries } from './webhooks/deliveries.ts';
import { addEndpoint, findEndpoint, listDeliveries, pauseEndpoint, queueTest, removeEndpoint, resend, resumeEndpoint, rotateSecret, WebhookRefused, type Endpoint } from './webhooks/endpoints.ts';

const HELP = `Tells systems of a utility what customers do in the portal (Standard Webhooks), and says how that goes.

  npm run webhooks -- add --tenant eneo --url https://crm.eneo.example/webhooks [--events payment.*,consent.*]
  npm run webhooks -- list [--tenant eneo]
  npm run webhooks -- pause <endpoint>
  npm run webhooks -- resume <endpoint>
  npm run webhooks -- rotate <endpoint>
  npm run webhooks -- remove <endpoint>
  npm run webhooks -- test <endpoint>
  npm run webhooks -- deliveries [--tenant eneo] [--failed]
  npm run webhooks -- resend <delivery>

add prints the secret that the receiver verifies signatures with. It is not shown again.
list shows the endpoints, and why one that is suspended or has ended is.
pause keeps what happens until resume sends it; resume takes one up again that was suspended or has ended, too.
rotate prints a new secret; the former one signs too for a day.
remove forgets an endpoint and all that waits for it.
test sends webhook.test and says what the receiver answers.
deliveries shows the latest, at most a hundred; resend sends one of them once more, under the same id.
Of an endpoint's id the first letters are enough. packages/server/WEBHOOKS.md says what is sent, and what a receiver does.

Options
  --tenant <id>         the utility (eneo, sicae…)
  --url <address>       add: where to send to
  --events <list>       add: types, groups as payment.*, separated by commas; default: * for everything
  --allow-private       add: the address may lie in a private network; http may be used to this machine
  --failed              deliveries: only what failed and is given up or tried again
  --help                this text

Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server, which sends
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first
  OYA_SECRET            the server's, where it has one

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood. Times are UTC.
`;

const MOST_DELIVERIES = 100;
const TEST_WITHIN_MS = 20_000;

type Command =
  | { verb: 'add'; utilityId: string; url: string; events: string[]; allowsPrivate: boolean }
  | { verb: 'list'; utilityId: string | undefined }
  | { verb: 'deliveries'; utilityId: string | undefined; failed: boolean }
  | { verb: 'resend'; delivery: number }
  | { verb: 'pause' | 'resume' | 'rotate' | 'remove' | 'test'; endpoint: string };

await runCommand({ help: HELP, parse, expected: [WebhookRefused], perform: (command, useDatabase) => useDatabase((db, config) => perform(command, db, config)) });

async function perform(command: Command, db: Database, { secret: installation }: Config): Promise<number> {
  const place = { db, keys: new Keys(db, installation), now: Date.now() };
  switch (command.verb) {
    case 'add': {
      const { id, secret } = await addEndpoint(place, command);
      console.log(`It is told from now on.\nendpoint  ${id}\nsecret    ${secret}\nGive the secret to the receiver: it is not shown again.`);
      return 0;
    }
    case 'list':
      return list(db, command.utilityId);
    case 'deliveries':
      return deliveries(db, command);
    case 'resend':
      await resend(db, command.delivery, place.now);
      console.log('A running server sends it at once.');
      return 0;
    default:
      return look(command.verb, await findEndpoint(db, command.endpoint), place);
  }
}

async function look(verb: 'pause' | 'resume' | 'rotate' | 'remove' | 'test', endpoint: Endpoint, place: { db: Database; keys: Keys; now: number }): Promise<number> {
  const { db, now } = place;
  if (verb === 'test') return test(endpoint, place);
  if (verb === 'pause') await pauseEndpoint(db, endpoint);
  if (verb === 'resume') await resumeEndpoint(db, endpoint.id, now);
  if (verb === 'remove') await removeEndpoint(db, endpoint.id);
  if (verb === 'rotate') {
    const { secret, bothUntil } = await rotateSecret(place, endpoint);
    console.log(`secret    ${secret}\nGive it to the receiver: it is not shown again. The former one signs too until ${timeText(bothUntil)}.`);
  } else console.log(verb === 'pause' ? 'It is told nothing until “resume”; what happens meanwhile waits.' : verb === 'resume' ? 'It is told again, and what waited is sent.' : 'It is forgotten.');
  return 0;
}

/** By the running server or by this program, whoever comes first. */
async function test(endpoint: Endpoint, { db, keys, now }: { db: Database; keys: Keys; now: number }): Promise<number> {
  if (endpoint.state !== 'active') throw new WebhookRefused(`It is ${endpoint.state}${endpoint.reason === null ? '' : ` (${endpoint.reason})`}: “resume” first.`);
  const key = await queueTest(db, endpoint, now);
  const sender = new WebhookDeliveries({ db, keys, now: Date.now, onError: (error) => console.error((error as Error).message) });
  for (const end = now + TEST_WITHIN_MS; Date.now() < end; await wait(200)) {
    await sender.attend(endpoint.id);
    const { state, answer } = await db.selectFrom('webhook_delivery').select(['state', 'answer']).where('key', '=', key).executeTakeFirstOrThrow();
    if (answer === null) continue;
    console.log(`The receiver ${printable(answer)}.`);
    return state === 'delivered' ? 0 : 1;
  }
  console.error('It waits behind others that the receiver does not take: see “deliveries --failed”.');
  return 1;
}

async function list(db: Database, utilityId: string | undefined): Promise<number> {
  const endpoints = await db
    .selectFrom('webhook_endpoint as endpoint')
    .selectAll()
    .select(({ selectFrom }) => selectFrom('webhook_delivery as delivery').select(({ fn }) => fn.countAll<string>().as('count')).whereRef('delivery.endpoint_id', '=', 'endpoint.id').where('delivery.state', '=', 'waiting').as('waiting'))
    .$if(utilityId !== undefined, (query) => query.where('utility_id', '=', utilityId as string))
    .orderBy('utility_id')
    .orderBy('created_at')
    .execute();
  if (endpoints.length === 0) console.log('Nobody is told anything. “add” changes that.');
  for (const { id, utility_id, url, events, state, reason, failing_since, waiting } of endpoints) {
    const trouble = reason ?? (failing_since && `fails since ${timeText(failing_since)}: see “deliveries --failed”`);
    console.log(`${id}  ${utility_id}  ${state}  ${printable(url)}  ${events.join(',')}  ${waiting ?? 0} waiting${trouble ? `\n  ${printable(trouble)}` : ''}`);
  }
  return 0;
}

async function deliveries(db: Database, only: { utilityId: string | undefined; failed: boolean }): Promise<number> {
  const lines = await listDeliveries(db, { ...only, limit: MOST_DELIVERIES });
  if (lines.length === 0) console.log('Nothing to show.');
  for (const { key, id, type, endpointId, state, attempts, at, nextAt, answer } of lines) {
    const next = state === 'waiting' && attempts > 0 ? `  again ${timeText(nextAt)}` : '';
    console.log(`${key}  ${timeText(at)}  ${type}  ${endpointId.slice(0, 8)}  ${state}  ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}${answer === null ? '' : `  ${printable(answer)}`}${next}  ${id}`);
  }
  return 0;
}

function parse(args: string[]): Command | Saying {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { tenant: { type: 'string' }, url: { type: 'string' }, events: { type: 'string', default: '*' }, 'allow-private': { type: 'boolean', default: false }, failed: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, what, ...more] = positionals;
  const utilityId = values.tenant;
  switch (verb) {
    case 'add':
      if (utilityId === undefined || values.url === undefined || what !== undefined) return notUnderstood('Say who and where to: add --tenant eneo --url https://…', HELP);
      return { verb, utilityId, url: values.url, events: values.events.split(',').map((each) => each.trim()).filter(Boolean), allowsPrivate: values['allow-private'] };
    case 'list':
      return what === undefined ? { verb, utilityId } : notUnderstood('list takes no name.', HELP);
    case 'deliveries':
      return what === undefined ? { verb, utilityId, failed: values.failed } : notUnderstood('deliveries takes no name.', HELP);
    case 'resend':
      return what !== undefined && /^\d{1,9}$/.test(what) && more.length === 0 ? { verb, delivery: Number(what) } : notUnderstood('Name one delivery by its number: “deliveries” shows them.', HELP);
    case 'pause':
    case 'resume':
    case 'rotate':
    case 'remove':
    case 'test':
      return what !== undefined && more.length === 0 ? { verb, endpoint: what } : notUnderstood(`Name one endpoint to ${verb}: “list” shows them.`, HELP);
    default:
      return notUnderstood('Say what to do: add, list, pause, resume, rotate, remove, test, deliveries or resend.', HELP);
  }
}
