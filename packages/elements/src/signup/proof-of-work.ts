/** Its own chunk: it comes with the step that asks for it. */
import { PortalError, type Challenge } from '@oya/contract';
import { solveChallenge } from 'altcha-lib/v1';

/** Numbers tried before the page gets a turn: some ten milliseconds on a phone. */
const SLICE = 200;

/**
 * Finds the number that a challenge asks for, in slices, so that the page stays at hand meanwhile.
 * @throws PortalError when there is none, which only a broken challenge has
 */
export async function solve({ algorithm, challenge, salt, signature, maxNumber }: Challenge, signal: AbortSignal): Promise<string> {
  for (let from = 0; from <= maxNumber; from += SLICE) {
    signal.throwIfAborted();
    const solution = await solveChallenge(challenge, salt, algorithm, Math.min(from + SLICE - 1, maxNumber), from).promise;
    if (solution) return btoa(JSON.stringify({ algorithm, challenge, number: solution.number, salt, signature }));
    await new Promise((resolve) => setTimeout(resolve));
  }
  throw new PortalError('malformed', { detail: 'the challenge has no solution' });
}
