import path from 'node:path';

/** Where the repository lies. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What can be made again at any time: logs, stamps, caches of tools. */
export const CACHE = path.join(ROOT, '.cache');
