import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzz } from './testing/fuzz.ts';
import { FORMATS } from './index.ts';

/** `npm run fuzz` runs more, on seeds of its own. */
const RUNS = 300;

describe('files that went wrong', () => {
  for (const { name, title } of FORMATS) {
    it(`give a result that keeps the contract, or a FormatError: ${title}`, async () => {
      const { accepted, refused, failure } = await fuzz(name, { runs: RUNS, seed: 1, limitMs: 20_000 });
      assert.equal(failure, undefined, `npm run fuzz -- ${name} --seed ${failure?.seed} --runs 1`);
      // Mutations that are all refused, or none, would show nothing.
      assert.ok(accepted > RUNS / 20 && refused > RUNS / 100, `${accepted} accepted, ${refused} refused`);
    });
  }
});
