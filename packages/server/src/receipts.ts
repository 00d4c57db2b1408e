/** `npm run receipts -- verify <file>`: whether receipts are as they were signed, and by which keys, for whoever is shown one. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { notUnderstood, printable, runCommand, timeText, type Saying } from './command-line.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';
import { Keys } from './identity/keys.ts';
import { verifyReceipt, type Verdict } from './receipts/signatures.ts';
import { keyIdOf, publicSigningKeys, rotateSigningKey, type PublicSigningKey } from './receipts/signing-keys.ts';

const HELP = `Says whether receipts of consents, PDF or JSON, are as the portal signed them, and looks after the keys that sign.

  npm run receipts -- verify <file…>
  npm run receipts -- verify <file…> --key keys.pem
  npm run --silent receipts -- keys > keys.pem
  npm run receipts -- rotate

verify says of each file whether it is genuine. With --key it needs neither database nor network: give the portal's public
keys to whoever shall be able to verify.
keys writes the public keys, those of before too, as PEM. What an older key signed stays genuine.
rotate has another key sign from now on, and throws the private half of the one of before away.

Options
  --key <file>          verify: public keys as “keys” writes them, one or several, instead of those of the database
  --help                this text

Database
  DATABASE_URL          a PostgreSQL; it may be in use by a running server
  OYA_DATA_DIR          the folder of the embedded database otherwise (data/demo); stop the server first
  OYA_SECRET            rotate: the server's, where it has one

Ends with 0 when all files are genuine, or it was done; 1 when a file is refused, or it could not be done; 2 when the command
was not understood.
`;

type Command = { what: 'verify'; files: string[]; keyFile: string | undefined } | { what: 'keys' } | { what: 'rotate' };

type FindKey = (keyId: string) => KeyObject | undefined;

/** The message says which file of keys, and what it should hold. */
class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

await runCommand({
  help: HELP,
  parse,
  expected: [KeyFileError],
  async perform(command, useDatabase) {
    if (command.what === 'keys') return useDatabase(showKeys);
    if (command.what === 'rotate') return useDatabase(rotate);
    const { files, keyFile } = command;
    if (keyFile === undefined) return useDatabase(async (db) => verifyFiles(files, amongst((await publicSigningKeys(db)).map(({ publicKey }) => publicKey)), false));
    return verifyFiles(files, amongst(await readKeys(keyFile)), true);
  },
});

async function verifyFiles(files: readonly string[], findKey: FindKey, isOffline: boolean): Promise<number> {
  let code = 0;
  for (const file of files) {
    const name = printable(path.basename(file));
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => error);
    if (bytes instanceof Error) {
      code = 1;
      console.error(`${name}: ${bytes.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${bytes.code ?? bytes.message})`}. Check its name.`);
      continue;
    }
    const verdict = verifyReceipt(bytes, findKey);
    if (verdict.isGenuine) {
      console.log(`${name}: genuine, signed with the key ${verdict.keyId}.${about(verdict)}`);
    } else {
      code = 1;
      console.error(`${name}: REFUSED. ${whyRefused(verdict, isOffline)}`);
    }
  }
  return code;
}

/** In one line: what the PDF says, whoever reads it sees. */
function about({ receipt }: Extract<Verdict, { isGenuine: true }>): string {
  if (!receipt) return ' It says what it said when it was signed.';
  const { event, contract, utility, issuedAt } = receipt;
  return printable(` ${utility.name} states: ${event.purpose}${event.recipient ? ` (${event.recipient.name})` : ''}, ${event.kind} at ${event.at}, contract ${contract.number} of ${contract.holder}; issued at ${issuedAt}.`);
}

function whyRefused(verdict: Extract<Verdict, { isGenuine: false }>, isOffline: boolean): string {
  switch (verdict.why) {
    case 'not-a-receipt':
      return 'It is no receipt of a portal, or what was signed is no longer recognised. Ask for the file as it was downloaded, not a copy that was printed, scanned or saved anew.';
    case 'example':
      return 'It is an example of a sandbox, which nobody has signed.';
    case 'altered':
      return 'It is not as it was signed: something was changed, dropped or added. Ask for the file as it was downloaded, or have the portal issue the receipt again.';
    case 'unknown-key':
      return `It names the key ${printable(verdict.keyId)}, which is not among ${isOffline ? 'those of --key' : 'those of this portal'}: it is another portal's, or was forged. ${isOffline ? 'Ask the portal for all its public keys (keys)' : 'If it is another portal’s, verify it with that one’s public keys (--key)'}.`;
  }
}

/** Text between the keys is allowed in PEM, and says which is which. */
async function showKeys(db: Database): Promise<number> {
  const keys = await publicSigningKeys(db);
  for (const key of keys) console.log(`${describe(key)}\n${pemOf(key)}`);
  if (keys.length === 0) console.error('There is no key yet: the first receipt makes it, or “rotate”.');
  return 0;
}

async function rotate(db: Database, { secret }: Config): Promise<number> {
  const key = await rotateSigningKey(db, new Keys(db, secret), Date.now());
  console.log(`${describe(key)}\n${pemOf(key)}Receipts are signed with it from now on; those of before stay genuine. Give it to whoever verifies with --key.`);
  return 0;
}

function describe({ keyId, createdAt, retiredAt }: PublicSigningKey): string {
  return `Key ${keyId}, made on ${timeText(createdAt)}, ${retiredAt ? `retired on ${timeText(retiredAt)}` : 'in use'}`;
}

function pemOf({ publicKey }: PublicSigningKey): string {
  return publicKey.export({ format: 'pem', type: 'spki' }) as string;
}

/** @throws KeyFileError */
async function readKeys(file: string): Promise<KeyObject[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KeyFileError(`The keys cannot be read: ${file} (${error.code ?? error.message}). Name the file that “keys” wrote.`);
  });
  const blocks = text.match(/-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g) ?? [];
  if (blocks.length === 0) throw new KeyFileError(`${file} holds no public key in PEM. Name the file that “keys” wrote.`);
  return blocks.map((block, index) => {
    const key = keyIn(block);
    if (key?.asymmetricKeyType !== 'ed25519') throw new KeyFileError(`The public key ${index + 1} of ${file} is damaged, or is not Ed25519. Name the file that “keys” wrote.`);
    return key;
  });
}

function keyIn(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** By what they are, whatever a file calls them. */
function amongst(keys: readonly KeyObject[]): FindKey {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  return (keyId) => byId.get(keyId);
}

function parse(args: string[]): Command | Saying {
  const wrong = (what: string) => notUnderstood(what, HELP);
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { key: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) return { text: HELP, code: 0 };
  const [verb, ...files] = positionals;
  if (verb !== 'verify' && verb !== 'keys' && verb !== 'rotate') return wrong('Say what to do: verify, keys or rotate.');
  if (verb === 'verify') return files.length > 0 ? { what: 'verify', files, keyFile: values.key } : wrong('Name the files to verify.');
  if (files.length > 0) return wrong(`“${verb}” takes no files.`);
  return values.key === undefined ? { what: verb } : wrong('--key goes with verify.');
}
