import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byPhase, getOutageBoard, getOutageMap, parseOutput } from '@oya/contract';
import { communeMap } from './commune-map.ts';
import { OUTAGE_SCENARIOS, outagesOf } from './outages.ts';
import { utilities } from './utilities.ts';

const now = '2026-11-24T17:43:00Z';

describe('outages of the demo', () => {
  for (const { id } of utilities) {
    it(`${id}: fit the contract in every scenario, each with its own id`, () => {
      for (const scenario of OUTAGE_SCENARIOS) {
        const items = outagesOf(id, now, scenario);
        const board = parseOutput(getOutageBoard, { items, asOf: now, communes: [], contacts: [] });
        assert.equal(board.unreadable, undefined);
        assert.equal(new Set(items.map((outage) => outage.id)).size, items.length);
      }
    });

    it(`${id}: an ordinary week has works to come and something past, a night of storm has many outages, a calm one none`, () => {
      const phases = (scenario: (typeof OUTAGE_SCENARIOS)[number]) => {
        const { current, planned, past } = byPhase(outagesOf(id, now, scenario), Date.parse(now));
        return [current.length > 0, planned.length > 0, past.length > 0];
      };
      assert.deepEqual(phases('ordinary'), [false, true, true]);
      assert.deepEqual(phases('outage'), [true, true, true]);
      assert.ok(byPhase(outagesOf(id, now, 'storm'), Date.parse(now)).current.length > 5);
      assert.deepEqual(outagesOf(id, now, 'calm'), []);
    });

    it(`${id}: the map has a shape for every commune with a code, and none overlaps the church of another`, () => {
      const map = parseOutput(getOutageMap, communeMap(id));
      assert.equal(map.features.length, utilities.find((each) => each.id === id)?.territory.length);
      assert.ok(map.features.every(({ geometry }) => geometry.type === 'Polygon' && (geometry.coordinates[0]?.length ?? 0) > 6));
    });
  }
});
