/** Passwords are kept as Argon2id hashes, by Node's own crypto. */
import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's recommendation: 19 MiB, two passes, one lane. Hashes say with what they were made, so this may grow. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2 as never);

/** What stands for a password nobody has: checking it costs what checking a real one does. */
const NOBODY = phc(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

/** @returns a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive('argon2id', { message: typed(password), nonce: salt, tagLength: HASH_BYTES, ...COST });
  return phc(COST, salt, hash);
}

/**
 * Whether a password is the one that was hashed. Takes as long for `undefined`, where there is no account,
 * as for a wrong password.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const { cost, salt, hash } = parsePhc(stored ?? NOBODY);
  const derived = await derive('argon2id', { message: typed(password), nonce: salt, tagLength: hash.length, ...cost });
  return timingSafeEqual(derived, hash) && stored !== undefined;
}

/** An accent is one character or two, as the keyboard has it: the same password all the same. */
function typed(password: string): string {
  return password.normalize('NFKC');
}

type Cost = { [K in keyof typeof COST]: number };

function phc({ memory, passes, parallelism }: Cost, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

function parsePhc(text: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(text);
  if (!match) throw new Error('a stored password hash is not an Argon2id PHC string');
  const [, memory, passes, parallelism, salt, hash] = match as unknown as [string, string, string, string, string, string];
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** PHC strings carry no padding. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
