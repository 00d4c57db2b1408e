/** The tariffs that households can be compared under: read from a file once, and checked. */
import { readReferenceTariffs, TariffsError, type ReferenceTariffs } from '@oya/contract';
import { referenceTariffs as demoTariffs } from '@oya/personas';
import type { Config } from './config.ts';
import { mistakesIn, readSettingFile } from './setting-files.ts';

/**
 * @returns what the file says, or else the demo's own, where the demo is served; `undefined` when nobody said
 * @throws ConfigError that tells each mistake in the file, with where it stands
 */
export async function loadTariffs({ tariffsFile, demo }: Pick<Config, 'tariffsFile' | 'demo'>): Promise<ReferenceTariffs | undefined> {
  if (tariffsFile === undefined) return demo ? demoTariffs : undefined;
  const file = { path: tariffsFile, setting: 'OYA_TARIFFS', subject: 'The tariffs', verb: 'are' } as const;
  const content = await readSettingFile(file);
  try {
    return readReferenceTariffs(content);
  } catch (error) {
    if (error instanceof TariffsError) throw mistakesIn(file, error.message.replaceAll(/^/gm, '  '), 'packages/server/tariffs.example.json');
    throw error;
  }
}
