/** The proof of work of a form (ALTCHA): signed, good for twenty minutes, and for one form. */
import { createChallenge, extractParams, verifySolution } from 'altcha-lib/v1';
import type { Challenge } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { digestOf } from './digests.ts';

/** On a slow phone about a second, on a laptop a tenth of it. */
const LARGEST_NUMBER = 50_000;
const LASTS_MS = 20 * 60_000;

export async function makeChallenge(key: Buffer, now: number): Promise<Challenge> {
  const { algorithm, challenge, salt, signature } = await createChallenge({
    hmacKey: key.toString('hex'),
    maxnumber: LARGEST_NUMBER,
    expires: new Date(now + LASTS_MS),
  });
  return { algorithm, challenge, salt, signature, maxNumber: LARGEST_NUMBER };
}

/** Whether it is solved; a right solution is used up by that. */
export async function acceptSolution(db: Database, solution: string, key: Buffer, now: number): Promise<boolean> {
  const challenge = await readSolution(solution, key, now);
  if (!challenge) return false;
  await db.deleteFrom('used_challenge').where('expires_at', '<', new Date(now)).execute();
  const noted = await db
    .insertInto('used_challenge')
    .values({ challenge_hash: digestOf(challenge.signature), expires_at: new Date(challenge.expiresAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return noted.numInsertedOrUpdatedRows === 1n;
}

async function readSolution(solution: string, key: Buffer, now: number): Promise<{ signature: string; expiresAt: number } | undefined> {
  try {
    // Our own clock tells whether it is too old.
    if (!(await verifySolution(solution, key.toString('hex'), false))) return undefined;
    const payload = JSON.parse(Buffer.from(solution, 'base64').toString()) as { salt: string; signature: string };
    const expiresAt = Number(extractParams(solution)['expires']) * 1000;
    return expiresAt > now ? { signature: payload.signature, expiresAt } : undefined;
  } catch {
    // Whatever it was, it is no solution.
    return undefined;
  }
}
