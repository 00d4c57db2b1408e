/** The utilities of this installation: what the database says of them, checked. */
import { Utility } from '@oya/contract';
import { DatabaseError } from './database/errors.ts';
import type { Database } from './database/open.ts';

/** A change in the database is seen by every instance after so long. */
const REREAD_AFTER_MS = 30_000;

/** @throws DatabaseError when the description in the database does not fit the contract */
export async function loadUtility(db: Database, id: string): Promise<Utility> {
  const row = await db.selectFrom('utility').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new DatabaseError(`There is no utility “${id}”.`, 'Add its row to the table utility, or seed the demo.');
  return parse(row);
}

/** Keeps the utilities at hand, so that a request does not ask the database whose portal it is. */
export class UtilityDirectory {
  readonly #db: Database;
  #utilities: Promise<ReadonlyMap<string, Utility>> | undefined;
  #readAt = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  async find(id: string): Promise<Utility | undefined> {
    if (!this.#utilities || performance.now() - this.#readAt > REREAD_AFTER_MS) await this.load();
    return (await this.#utilities)?.get(id);
  }

  /** @throws DatabaseError when a description does not fit the contract */
  async load(): Promise<void> {
    this.#readAt = performance.now();
    const previous = this.#utilities;
    this.#utilities = this.#read();
    try {
      await this.#utilities;
    } catch (error) {
      // A mistake made while the server runs must not take the portal down; one made before must be seen at the start.
      this.#utilities = previous;
      throw error;
    }
  }

  async #read(): Promise<ReadonlyMap<string, Utility>> {
    const rows = await this.#db.selectFrom('utility').selectAll().execute();
    return new Map(rows.map((row) => [row.id, parse(row)]));
  }
}

function parse({ id, description }: { id: string; description: unknown }): Utility {
  const result = Utility.safeParse(description);
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `  ${path.join('.') || 'description'}: ${message}`);
    throw new DatabaseError(`The description of the utility “${id}” does not fit the contract:\n${faults.join('\n')}`, 'Correct its row in the table utility.');
  }
  if (result.data.id !== id) throw new DatabaseError(`The utility “${id}” calls itself “${result.data.id}” in its description.`, 'Correct its row in the table utility.');
  return result.data;
}
