/** The repository as the structure tests see it. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

const NOT_OURS = new Set(['node_modules', '.git', '.cache', 'dist', 'data']);

/** Files of the repository that fit a pattern, as paths from its root with forward slashes. */
export function find(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT, exclude: (name) => NOT_OURS.has(path.basename(name)) })
    .map((file) => file.split(path.sep).join('/'))
    .toSorted();
}

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}
