import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../paths.ts';

/** Tests beside the code. Those that import `node:test` run on Node, all others in the browser. */
const BESIDE_THE_CODE = 'packages/*/{src,test}/**/*.test.ts';

export function nodeTests(): string[] {
  return globSync(BESIDE_THE_CODE, { cwd: ROOT }).filter(runsOnNode).toSorted();
}

export function browserTests(): string[] {
  return globSync(BESIDE_THE_CODE, { cwd: ROOT }).filter((file) => !runsOnNode(file)).toSorted();
}

function runsOnNode(file: string): boolean {
  return /from 'node:test'/.test(readFileSync(path.join(ROOT, file), 'utf8'));
}
