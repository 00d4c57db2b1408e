/** Which utility of this installation is whose: read from a file once, and checked. */
import { readTerritory, TerritoryError, type Territory } from '@oya/contract';
import { territory as demoTerritory } from '@oya/personas';
import type { Config } from './config.ts';
import { mistakesIn, readSettingFile } from './setting-files.ts';

/**
 * @returns what the file says, or else the demo's own, where the demo is served; `undefined` when nobody said
 * @throws ConfigError that tells each mistake in the file, with where it stands
 */
export async function loadTerritory({ territoryFile, demo }: Pick<Config, 'territoryFile' | 'demo'>): Promise<Territory | undefined> {
  if (territoryFile === undefined) return demo ? demoTerritory : undefined;
  const file = { path: territoryFile, setting: 'OYA_TERRITORY', subject: 'The territory', verb: 'is' } as const;
  const content = await readSettingFile(file);
  try {
    return readTerritory(content);
  } catch (error) {
    if (error instanceof TerritoryError) throw mistakesIn(file, error.message.replaceAll(/^/gm, '  '), 'packages/server/territory.example.json');
    throw error;
  }
}
