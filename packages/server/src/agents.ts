/** `npm run agents -- add`: who answers customers' messages for a utility, and who says what is cut. */
import { parseArgs } from 'node:util';
import { addAgent, AGENT_DUTIES, agentsOf, revokeAgent, type AgentDuty } from './agents/agents.ts';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import { UtilityDirectory } from './utilities.ts';

const HELP = `Who works for a utility: each has a token of their own, to answer customers' messages and requests, or to say
what is cut.

  npm run agents -- add --tenant eneo --name "Service clients" [--for messages]
  npm run agents -- add --tenant eneo --name "Conduite du réseau" --for network
  npm run agents -- list [--tenant eneo]
  npm run agents -- revoke <id>

add prints the token, once: it is kept nowhere. Customers see the name beside what was answered. revoke takes effect at once.

Options
  --tenant <id>         the utility (eneo, sicae…)
  --name <text>         add: how customers see who answers, in up to 80 characters
  --for <list>          add: messages (default): reads and answers what customers write, reads and decides their requests;
                        network: announces outages and works, sees what customers report and whom to call before works;
                        both separated by a comma
  --help                this text

Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first

Ends with 0 when it was done, 1 when it was not, 2 when the command was not understood.
`;

const LONGEST_NAME = 80;

type Command = { what: 'add'; utility: string; name: string; duties: AgentDuty[] } | { what: 'list'; utility: string | undefined } | { what: 'revoke'; id: string };

await runCommand<Command>({
  help: HELP,
  parse,
  perform: (command, useDatabase) =>
    useDatabase(async (db) => {
      if (command.what === 'list') {
        const all = await agentsOf(db, command.utility);
        for (const { id, utilityId, name, duties, createdAt, revokedAt } of all) console.log(`${id}  ${utilityId}  ${printable(name)}, for ${duties.join(' and ')}, since ${timeText(createdAt)}${revokedAt ? `, revoked on ${timeText(revokedAt)}` : ''}`);
        console.log(all.length === 0 ? 'There is nobody yet.' : `${all.length} in all.`);
        return 0;
      }
      if (command.what === 'revoke') {
        if (await revokeAgent(db, command.id, Date.now())) {
          console.log('Revoked.');
          return 0;
        }
        console.error(`No token ${printable(command.id)} holds. “list” says which do.`);
        return 1;
      }
      const utilities = new UtilityDirectory(db);
      await utilities.load();
      if (!(await utilities.find(command.utility))) {
        console.error(`There is no utility “${printable(command.utility)}” here.`);
        return 1;
      }
      console.log(await addAgent(db, command.utility, command.name, Date.now(), command.duties));
      return 0;
    }),
});

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { tenant: { type: 'string' }, name: { type: 'string' }, for: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, ...names] = positionals;
  const { tenant: utility, for: duties = 'messages' } = values;
  const listed = duties.split(',').map((duty) => duty.trim());
  const name = values.name?.trim();
  if (verb !== 'add' && verb !== 'list' && verb !== 'revoke') return wrong('Say what to do: add, list, revoke.');
  if (name !== undefined && verb !== 'add') return wrong('--name goes with add.');
  if (values.for !== undefined && verb !== 'add') return wrong('--for goes with add.');
  const unknown = listed.find((duty) => !isDuty(duty));
  if (unknown !== undefined) return wrong(`Nobody is for “${unknown}”: write ${AGENT_DUTIES.join(' or ')}.`);
  if (verb === 'list') return names.length === 0 ? { what: 'list', utility } : wrong('“list” shows all: name none.');
  if (verb === 'revoke') {
    const [id, ...others] = names;
    return id === undefined || others.length > 0 ? wrong('Name the one token to revoke, as “list” shows it.') : { what: 'revoke', id };
  }
  if (names.length > 0) return wrong('Say who with --name.');
  if (utility === undefined) return wrong('Say for whom they work: --tenant.');
  return name ? (name.length <= LONGEST_NAME ? { what: 'add', utility, name, duties: listed.filter(isDuty) } : wrong(`--name takes up to ${LONGEST_NAME} characters.`)) : wrong('Say how customers see them: --name "Service clients".');
}

function isDuty(text: string): text is AgentDuty {
  return (AGENT_DUTIES as readonly string[]).includes(text);
}
