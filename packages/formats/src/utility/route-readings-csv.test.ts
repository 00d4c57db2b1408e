import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { detect, FormatError } from '../index.ts';
import { lines, read, readAll, refusal } from '../testing/reading.ts';
import { routeReadingsCsv, routes } from '../testing/route.ts';

const HEAD = 'point de livraison;date;cadran;index';

describe('readings of a route', () => {
  it('are what was written, register by register', async () => {
    await fc.assert(
      fc.asyncProperty(routes(), async (contents) => {
        const file = routeReadingsCsv(contents);
        assert.equal(await detect(file), 'route-readings-csv');
        const byMeter = (all: readonly object[]) => all.map((each) => JSON.stringify(each, Object.keys(each).sort())).sort();
        const told = (await readAll(file)) as typeof contents;
        assert.deepEqual(byMeter(told), byMeter(contents));
        assert.deepEqual(told.map(({ readings }) => readings).flat().length, contents.flatMap(({ readings }) => readings).length);
      }),
      { numRuns: 60 },
    );
  });

  it('need neither hour, nor unit, nor register, nor an order of columns', async () => {
    const [content] = await readAll(lines('Index;Jour;PDL', '37 900;2026-11-24;00810000000303'));
    assert.deepEqual(content, { kind: 'indexes', deliveryPoint: '00810000000303', energy: 'electricity', direction: 'consumption', register: 'BASE', grid: 'supplier', unit: 'Wh', readings: [{ at: '2026-11-24T11:00:00Z', value: 37_900_000, quality: 'real' }] });
  });

  it('say which rows are none, and lose nothing of the others', async () => {
    const { rows } = await read(lines(HEAD, '123;24/11/2026;BASE;1', '00810000000303;31/02/2026;BASE;1', '00810000000303;24/11/2026;BASE;37900,5', '00810000000303;24/11/2026;BASE;', '00810000000303;24/11/2026;BASE;37900'));
    assert.deepEqual([rows.read, rows.empty, rows.skipped.map(({ line, reason }) => [line, reason.slice(0, 30)])], [1, 1, [
      [2, 'the delivery point is neither '], [3, '2026-02-31 is not in the calen'], [4, '“37900,5” is no index: whole k'],
    ]]);
  });

  it('are not taken for another format, and another format not for them', async () => {
    assert.equal(await detect(new TextEncoder().encode('point de livraison;date;valeur\n00810000000303;24/11/2026;1\n')), null);
    assert.ok((await refusal(new TextEncoder().encode('point de livraison;date;valeur\n00810000000303;24/11/2026;1\n'))) instanceof FormatError);
  });
});
