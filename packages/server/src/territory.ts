/** Which utility of this installation is whose: read from a file once, and checked. */
import { readFile } from 'node:fs/promises';
import { readTerritory, TerritoryError, type Territory } from '@oya/contract';
import { territory as demoTerritory } from '@oya/personas';
import { ConfigError, type Config } from './config.ts';

/**
 * @returns what the file says, or else the demo's own, where the demo is served; `undefined` when nobody said
 * @throws ConfigError that tells each mistake in the file, with where it stands
 */
export async function loadTerritory({ territoryFile, demo }: Pick<Config, 'territoryFile' | 'demo'>): Promise<Territory | undefined> {
  if (territoryFile === undefined) return demo ? demoTerritory : undefined;
  const text = await readFile(territoryFile, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new ConfigError(`OYA_TERRITORY names ${territoryFile}, which cannot be read: ${reason}. Correct the path, or unset it.`);
  });
  try {
    return readTerritory(JSON.parse(text));
  } catch (error) {
    if (error instanceof TerritoryError) {
      throw new ConfigError(`The territory in ${territoryFile} (OYA_TERRITORY) is not right:\n${error.message.replaceAll(/^/gm, '  ')}\nAn example stands in packages/server/territory.example.json.`);
    }
    if (error instanceof SyntaxError) throw new ConfigError(`The territory in ${territoryFile} (OYA_TERRITORY) is not JSON: ${error.message}`);
    throw error;
  }
}
