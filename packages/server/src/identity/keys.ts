/** The installation's secret, and the keys made from it: the same in every instance. */
import { hkdfSync, randomBytes } from 'node:crypto';
import type { Database } from '../database/open.ts';

/** `account` seals account numbers, `attachment` what customers attach, `answer` is half of what seals kept answers, `challenge` signs proofs of work, `code` guards the digests of short codes, `mail` seals mails that wait to be sent, `push` is what push services know the portal by, `receipt` the keys that sign receipts, `webhook` the secrets that sign webhooks. */
export type KeyPurpose = 'account' | 'attachment' | 'answer' | 'challenge' | 'code' | 'mail' | 'push' | 'receipt' | 'webhook';

const KEY_BYTES = 32;

export class Keys {
  readonly #db: Database;
  readonly #given: string | undefined;
  #secret: Promise<string> | undefined;

  /** @param secret of the settings; without it one is made and kept in the database */
  constructor(db: Database, secret: string | undefined) {
    this.#db = db;
    this.#given = secret;
  }

  async of(purpose: KeyPurpose): Promise<Buffer> {
    this.#secret ??= this.#find();
    return Buffer.from(hkdfSync('sha256', await this.#secret, '', `oya ${purpose}`, KEY_BYTES));
  }

  async #find(): Promise<string> {
    if (this.#given !== undefined) return this.#given;
    try {
      const made = randomBytes(KEY_BYTES).toString('base64url');
      // Of instances that start at once one is first, and all take what it wrote.
      await this.#db.insertInto('installation_secret').values({ name: 'main', value: made }).onConflict((conflict) => conflict.doNothing()).execute();
      const { value } = await this.#db.selectFrom('installation_secret').select('value').where('name', '=', 'main').executeTakeFirstOrThrow();
      return value;
    } catch (error) {
      this.#secret = undefined;
      throw error;
    }
  }
}
