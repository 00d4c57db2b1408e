/** `npm run link -- --tenant eneo <reference>=<contract number>…`: says which customer of the portal a provider's reference is. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { notUnderstood, runCommand, type Saying } from './command-line.ts';
import { LinkError, linkReference, loadUtility, type Database } from './index.ts';

const HELP = `Links customers whom the utility's own sign-in knows (OYA_OIDC) to their contracts.

  npm run link -- --tenant <utility> <reference>=<contract number>…
  npm run link -- --tenant <utility> --file <file>

A reference is what the provider's tokens say in the claim that names the customer. Where the contract is in
an account, that account gets the reference; else the customer is made who holds it. The same again changes nothing.

Options
  --tenant <id>         the utility (eneo, sicae…)
  --file <file>         one <reference>=<contract number> a line; empty lines and those that begin with # are left out
  --help                this text

Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first

Ends with 0 when every one was linked, 1 when one was not, 2 when the command was not understood.
`;

const DONE = {
  account: 'the account of that contract has the reference now',
  customer: 'a customer was made who holds that contract',
  contract: 'the customer holds that contract, too',
  'nothing new': 'nothing new',
} as const;

await runCommand({
  help: HELP,
  parse,
  expected: [LinkError],
  perform: async ({ tenant, file, pairs: named }, useDatabase) => {
    const pairs = [...named, ...(file === undefined ? [] : await readPairs(file))];
    return useDatabase(async (db) => {
      const { id } = await loadUtility(db, tenant);
      return (await linkAll(db, id, pairs)) ? 0 : 1;
    });
  },
});

/** @returns whether all went well: one that does not keeps no other back */
async function linkAll(db: Database, utilityId: string, pairs: readonly string[]): Promise<boolean> {
  let well = true;
  for (const pair of pairs) {
    try {
      // A contract number has no `=`; a reference may.
      const [, reference, number] = /^(.+)=([^=]+)$/.exec(pair)?.map((part) => part.trim()) ?? [];
      if (!reference || !number) throw new LinkError('write <reference>=<contract number>');
      console.log(`${pair}: ${DONE[await linkReference(db, utilityId, reference, number)]}`);
    } catch (error) {
      if (!(error instanceof LinkError)) throw error;
      well = false;
      console.error(`${pair}: ${error.message}`);
    }
  }
  return well;
}

async function readPairs(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new LinkError(`${file} cannot be read: ${cause.code === 'ENOENT' ? 'there is no such file' : cause.message}`);
  });
  return text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

interface Command {
  tenant: string;
  file: string | undefined;
  pairs: string[];
}

function parse(args: string[]): Command | Saying {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { tenant: { type: 'string' }, file: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  if (values.tenant === undefined) return notUnderstood('Name the utility: --tenant eneo.', HELP);
  if (positionals.length === 0 && values.file === undefined) return notUnderstood('Name at least one reference, or a file of them.', HELP);
  return { tenant: values.tenant, file: values.file, pairs: positionals };
}
