/**
 * A write that comes twice is done once. Whoever sends it names it with an idempotency key, and sends it again under
 * that key when no answer came; the second gets the answer of the first, its cookie included.
 *
 * - A row is claimed by its insert, so that of several sent at once, to several instances, one does the work.
 * - What was done is kept for a day. What was refused or failed did nothing that stays, and is not kept: the customer
 *   corrects and sends again, under the same key if the form has kept it, and a wait that is over is not told anew.
 * - An answer holds cookies, ids of sign-ups, names. It is sealed with a key made from the installation's secret and
 *   the idempotency key, of which the database has a digest only: with the database alone nobody opens it.
 *
 * Work and kept answer are not one transaction: a handler has several of its own, and sends mail. Where the process
 * dies between the two, the claim lies there until it expires, and the same write sent after that is done again, as
 * one without a key would be. What must not happen twice even then is guarded where it happens: a code is used up, an
 * account, a contract and an identifier are taken once.
 */
import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PortalError, type OperationName } from '@oya/contract';
import { sql } from 'kysely';
import type { Database } from '../database/open.ts';
import { digestOf } from '../identity/digests.ts';
import type { Keys } from '../identity/keys.ts';
import { seal, unseal } from '../identity/seal.ts';

/** What a second sending gets too. Every operation that is done answers 200. */
export interface Answer {
  readonly body: string;
  /** As in `Set-Cookie`. */
  readonly cookies: readonly string[];
}

/** One intent to write. */
export interface IntendedWrite {
  readonly utilityId: string;
  readonly operation: OperationName;
  /** Whose write it is, by whatever session; empty where nobody need be signed in. */
  readonly customerId: string;
  readonly idempotencyKey: string;
  /** As it was parsed. */
  readonly input: unknown;
}

export interface KeptAnswersParts {
  db: Database;
  keys: Keys;
  /** Epoch milliseconds. */
  now: () => number;
  /** An answer that could not be kept goes out all the same. */
  onError: (error: unknown) => void;
}

const LAST_MS = 24 * 3_600_000;
/** Longer than any operation takes: then whoever claimed it is dead. */
const CLAIM_LASTS_MS = 60_000;
/** Below the ten seconds after which an adapter gives up. */
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 100;
const SWEPT_AT_ONCE = 100;

const KEY_BYTES = 32;
/** A UUID is one, a counter is none: the key is half of what seals the answer. */
const KEY_FORM = /^[\x21-\x7e]{16,255}$/;

interface Names {
  readonly writeHash: string;
  readonly inputHash: string;
  readonly sealingKey: Buffer;
}

export class KeptAnswers {
  readonly #parts: KeptAnswersParts;

  constructor(parts: KeptAnswersParts) {
    this.#parts = parts;
  }

  /**
   * Does a write, or finds what it was answered when it was done.
   * @returns `again`: it had been done before
   * @throws PortalError `conflict` (`key-reused`) for another input under the same key; `unavailable` (`in-progress`)
   * while the first takes its time: a form keeps its key then, and sends it again under it. And whatever `work` throws.
   */
  async once(write: IntendedWrite, work: () => Promise<Answer>): Promise<{ answer: Answer; again: boolean }> {
    const names = await this.#nameOf(write);
    const patience = performance.now() + WAIT_MS;
    for (;;) {
      const claim = await this.#claim(names);
      if (claim !== undefined) return { answer: await this.#work(names, claim, work), again: false };
      const first = await this.#parts.db.selectFrom('kept_answer').select(['input_hash', 'answer']).where('write_hash', '=', names.writeHash).executeTakeFirst();
      if (first && first.input_hash !== names.inputHash) {
        throw new PortalError('conflict', { code: 'key-reused', detail: 'another input came under this idempotency key: make a new key when what is written changes' });
      }
      if (first && first.answer !== null) return { answer: unseal(first.answer, names.sealingKey) as Answer, again: true };
      if (performance.now() > patience) {
        throw new PortalError('unavailable', { code: 'in-progress', detail: 'the same write is under way: send it again under the same idempotency key', retryAfterSeconds: 2 });
      }
      await wait(LOOK_EVERY_MS);
    }
  }

  async #nameOf({ utilityId, operation, customerId, idempotencyKey, input }: IntendedWrite): Promise<Names> {
    const scope = [utilityId, operation, customerId];
    const bytes = Buffer.from(hkdfSync('sha256', await this.#parts.keys.of('answer'), idempotencyKey, JSON.stringify(scope), 2 * KEY_BYTES));
    return {
      writeHash: digestOf('write', ...scope, idempotencyKey),
      // With a key, as an input may be a password.
      inputHash: createHmac('sha256', bytes.subarray(KEY_BYTES)).update(JSON.stringify(input)).digest('hex'),
      sealingKey: bytes.subarray(0, KEY_BYTES),
    };
  }

  /** @returns what the claim is known by, or `undefined` where somebody else has it, or had it and has answered */
  async #claim({ writeHash, inputHash }: Names): Promise<string | undefined> {
    const { db, now } = this.#parts;
    const at = new Date(now());
    const row = { input_hash: inputHash, claim: randomUUID(), answer: null, expires_at: new Date(at.getTime() + CLAIM_LASTS_MS) };
    const claimed = await db
      .insertInto('kept_answer')
      .values({ write_hash: writeHash, ...row })
      .onConflict((conflict) => conflict.column('write_hash').doUpdateSet(row).where('kept_answer.expires_at', '<=', at))
      .returning('claim')
      .executeTakeFirst();
    return claimed?.claim;
  }

  async #work(names: Names, claim: string, work: () => Promise<Answer>): Promise<Answer> {
    const mine = { writeHash: names.writeHash, claim };
    try {
      const answer = await work();
      // What was done is done: its answer goes out, kept or not.
      await this.#keep(mine, seal(answer, names.sealingKey)).catch(this.#parts.onError);
      return answer;
    } catch (error) {
      await this.#release(mine).catch(this.#parts.onError);
      throw error;
    }
  }

  /** A claim that expired meanwhile may be somebody else's by now: each touches only its own. */
  async #keep({ writeHash, claim }: { writeHash: string; claim: string }, answer: string): Promise<void> {
    const { db, now } = this.#parts;
    const at = now();
    await db.updateTable('kept_answer').set({ answer, expires_at: new Date(at + LAST_MS) }).where('write_hash', '=', writeHash).where('claim', '=', claim).execute();
    // A few at a time, and none that another instance is at.
    await sql`delete from kept_answer where write_hash in (
      select write_hash from kept_answer where expires_at <= ${new Date(at)} order by expires_at limit ${SWEPT_AT_ONCE} for update skip locked)`.execute(db);
  }

  async #release({ writeHash, claim }: { writeHash: string; claim: string }): Promise<void> {
    await this.#parts.db.deleteFrom('kept_answer').where('write_hash', '=', writeHash).where('claim', '=', claim).execute();
  }
}

/**
 * @returns the key that a write is named with, if it is
 * @throws PortalError `invalid` (`malformed-key`)
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && KEY_FORM.test(header)) return header;
  throw new PortalError('invalid', { code: 'malformed-key', detail: 'an idempotency key is 16 to 255 visible ASCII characters without a space, and random: a UUID is one' });
}
