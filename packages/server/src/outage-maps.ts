/** The shapes of the communes of each utility: read from a file once, and checked. */
import { OutageMap } from '@oya/contract';
import { communeMap, utilities } from '@oya/personas';
import * as z from 'zod/mini';
import type { Config } from './config.ts';
import { mistakesIn, readSettingFile } from './setting-files.ts';

/** By the utility's id. */
export type OutageMaps = Readonly<Record<string, OutageMap>>;

const OutageMaps = z.record(z.string(), OutageMap);

/**
 * @returns what the file says, or else the demo's own, where the demo is served
 * @throws ConfigError that tells which utility's map is not right
 */
export async function loadOutageMaps({ mapFile, demo }: Pick<Config, 'mapFile' | 'demo'>): Promise<OutageMaps> {
  if (mapFile === undefined) return demo ? demoMaps() : {};
  const file = { path: mapFile, setting: 'OYA_MAP', subject: 'The map', verb: 'is' } as const;
  const result = z.safeParse(OutageMaps, await readSettingFile(file));
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`).join('\n');
  throw mistakesIn(file, mistakes, 'packages/server/map.example.json');
}

export function demoMaps(): OutageMaps {
  return Object.fromEntries(utilities.map(({ id }) => [id, communeMap(id)]));
}
