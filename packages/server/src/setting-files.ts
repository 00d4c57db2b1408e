/** Settings that are files: what an installation says of itself beyond a line. */
import { readFile } from 'node:fs/promises';
import { ConfigError } from './config.ts';

export interface SettingFile {
  readonly path: string;
  /** The variable that names it. */
  readonly setting: string;
  /** What it holds, as a sentence about it begins and goes on: `The territory`, `is`. */
  readonly subject: string;
  readonly verb: 'is' | 'are';
}

/** @throws ConfigError where the file cannot be read, or is not JSON */
export async function readSettingFile(file: SettingFile): Promise<unknown> {
  const text = await readFile(file.path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new ConfigError(`${file.setting} names ${file.path}, which cannot be read: ${reason}. Correct the path, or unset it.`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw faultIn(file, `not JSON: ${(error as Error).message}`);
  }
}

/** @param mistakes a line for each, with where it stands */
export function mistakesIn(file: SettingFile, mistakes: string, example: string): ConfigError {
  return faultIn(file, `not right:\n${mistakes}\nAn example stands in ${example}.`);
}

function faultIn({ path, setting, subject, verb }: SettingFile, what: string): ConfigError {
  return new ConfigError(`${subject} in ${path} (${setting}) ${verb} ${what}`);
}
