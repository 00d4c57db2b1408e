/** A data folder belongs to one process: two that open it corrupt it without an error. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { DatabaseError } from './errors.ts';

/** A lock that nobody renews for so long was left by a machine that stopped. Longer than starting PGlite may block the process. */
const STALE_AFTER_MS = 60_000;

interface Owner {
  pid: number;
  host: string;
}

/** What this process holds: its own id does not tell that another process had the same one before. */
const held = new Set<string>();

/**
 * Locks a data folder, making it where it is absent; recovers the lock of a process that is gone.
 * @returns a function that gives the folder free
 * @throws DatabaseError naming the folder and what to do
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const absolute = path.resolve(folder);
  const lockfilePath = path.join(absolute, 'lock');
  const ownerFile = path.join(absolute, 'owner.json');
  const acquire = () =>
    lock(absolute, {
      lockfilePath,
      stale: STALE_AFTER_MS,
      onCompromised: (error) => {
        // Somebody removed the lock by hand: going on could corrupt the data.
        console.error(`The lock of the data folder ${absolute} is gone (${error.message}): stopping before another process opens it.`);
        process.exit(1);
      },
    });

  let release: () => Promise<void>;
  try {
    await mkdir(absolute, { recursive: true });
    try {
      release = await acquire();
    } catch (error) {
      const owner = isLocked(error) ? await readOwner(ownerFile) : undefined;
      if (!owner || held.has(absolute) || isAlive(owner)) throw error;
      await rm(lockfilePath, { recursive: true, force: true });
      release = await acquire();
    }
    await writeFile(ownerFile, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Owner));
  } catch (error) {
    throw await explain(error, absolute, ownerFile);
  }
  held.add(absolute);
  return async () => {
    held.delete(absolute);
    await rm(ownerFile, { force: true });
    await release();
  };
}

async function explain(error: unknown, folder: string, ownerFile: string): Promise<DatabaseError> {
  if (isLocked(error)) {
    const owner = await readOwner(ownerFile);
    const who = owner ? `process ${owner.pid} on ${owner.host}` : 'another process';
    return new DatabaseError(
      `The data folder ${folder} is in use by ${who}, most likely a running server.`,
      'Stop that process first, or give this one another folder (OYA_DATA_DIR), or let both use one PostgreSQL (DATABASE_URL).',
      error,
    );
  }
  return new DatabaseError(
    `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`,
    'Make it writable for this user, or name another folder in OYA_DATA_DIR.',
    error,
  );
}

function isLocked(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ELOCKED';
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host }: Owner): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
