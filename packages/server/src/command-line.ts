/** What the command lines of the server share: what is asked of them, the database they work on, and how they end. */
import { ConfigError, readConfig, type Config } from './config.ts';
import { DatabaseError } from './database/errors.ts';
import { migrate } from './database/migrate.ts';
import { openDatabase, type Database } from './database/open.ts';

/** What is said in place of doing something: the help, or what was not understood. */
export interface Saying {
  readonly text: string;
  readonly code: number;
}

export type UseDatabase = <T>(work: (db: Database, config: Config) => Promise<T>) => Promise<T>;

export interface CommandLine<C extends object> {
  /** May throw what `parseArgs` throws. */
  parse(args: string[]): C | Saying;
  /** @returns the code to end with */
  perform(command: C, useDatabase: UseDatabase): Promise<number>;
  readonly help: string;
  /** Errors, beside those of settings and database, whose message is all that there is to say. */
  readonly expected?: readonly (new (message: string) => Error)[];
}

/** Ends with 2 when the command was not understood, with 1 when it could not be done, or as `perform` says. */
export async function runCommand<C extends object>({ parse, perform, help, expected = [] }: CommandLine<C>): Promise<void> {
  const command = understand(parse, help);
  if (isSaying(command)) {
    (command.code === 0 ? console.log : console.error)(command.text);
    process.exitCode = command.code;
    return;
  }
  try {
    process.exitCode = await perform(command, useDatabase);
  } catch (error) {
    if (![ConfigError, DatabaseError, ...expected].some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

/** What was wrong, and how it is right. */
export function notUnderstood(what: string, help: string): Saying {
  return { text: `${what}\n\n${help}`, code: 2 };
}

/** `2026-11-24 at 08:00 UTC`. */
export function timeText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}

/** What others wrote must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '�');
}

function understand<C extends object>(parse: CommandLine<C>['parse'], help: string): C | Saying {
  try {
    return parse(process.argv.slice(2));
  } catch (error) {
    return notUnderstood((error as Error).message, help);
  }
}

function isSaying(command: object): command is Saying {
  return 'text' in command && 'code' in command;
}

/** That of the settings, up to date, for as long as the work takes. */
const useDatabase: UseDatabase = async (work) => {
  const config = readConfig(process.env);
  const db = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await migrate(db);
    return await work(db, config);
  } finally {
    await db.destroy();
  }
};
