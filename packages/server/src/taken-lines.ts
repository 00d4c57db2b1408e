/** Files of other systems of the utility, one thing on each line as JSON: each line is taken, known or refused by itself. */
import type { Utility } from '@oya/contract';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { printable } from './command-line.ts';
import { withMail, type MailPlace } from './command-mail.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open.ts';

export type Taken = 'taken' | 'known';

/** Why a line was not taken: in words, for whoever sends it. */
export class LineRefused extends Error {
  override readonly name = 'LineRefused';
}

/**
 * What stands on a line of a file of billing's, by its shape.
 * @param what a line holds, for whoever wrote something else
 * @throws LineRefused
 */
export function readLine<S extends z.ZodMiniType>(shape: S, line: string, what: string): z.output<S> {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    throw new LineRefused(`it is not JSON: write ${what} on each line`);
  }
  const result = z.safeParse(shape, given);
  if (!result.success) throw new LineRefused(result.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`).join('; '));
  return result.data;
}

type TakeLine = (place: MailPlace, utility: Utility, line: string) => Promise<Taken>;

/** Takes in files line by line: one that is refused keeps the others from nothing. */
export async function takeLines(db: Database, config: Config, { files, utility: id }: { readonly files: readonly string[]; readonly utility: string }, takeLine: TakeLine): Promise<number> {
  return withMail(db, config, async (place) => {
    const tenant = await place.utilities.find(id);
    if (!tenant) {
      console.error(`There is no utility “${printable(id)}” here.`);
      return 1;
    }
    let code = 0;
    for (const file of files) {
      const name = printable(path.basename(file));
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
      if (text instanceof Error) {
        code = 1;
        console.error(`${name}: ${text.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${text.code ?? text.message})`}. Check its name.`);
        continue;
      }
      const counts = { taken: 0, known: 0, refused: 0 };
      for (const [index, line] of text.split('\n').entries()) {
        if (line.trim() === '') continue;
        counts[await takenOrRefused(() => takeLine(place, tenant.utility, line), `${name}, line ${index + 1}`)]++;
      }
      if (counts.refused > 0) code = 1;
      console.log(`${name}: ${counts.taken} taken, ${counts.known} known already, ${counts.refused} refused.`);
    }
    return code;
  });
}

async function takenOrRefused(take: () => Promise<Taken>, where: string): Promise<Taken | 'refused'> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof LineRefused)) throw error;
    console.error(`${where}: ${printable(error.message)}.`);
    return 'refused';
  }
}
