import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OutageMap } from '@oya/contract';
import { communeShapes } from './commune-map.ts';

const square = (west: number, south: number, size: number): [number, number][] => [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]];
const mapOf = (...rings: [number, number][][]): OutageMap => ({ type: 'FeatureCollection', features: rings.map((ring, index) => ({ type: 'Feature', properties: { commune: `8100${index}`, name: `Commune ${index}` }, geometry: { type: 'Polygon', coordinates: [ring] } })) });

describe('communes as shapes', () => {
  it('fill the width, north up, as high as they are', () => {
    const { height, shapes } = communeShapes(mapOf(square(2, 44, 0.1), square(2.1, 44.1, 0.1)), 400);
    // A degree of longitude is shorter than one of latitude there: what is square in degrees is upright.
    assert.ok(height > 500 && height < 600, String(height));
    const [southWest, northEast] = shapes;
    assert.ok((southWest?.centre[0] ?? 0) < (northEast?.centre[0] ?? 0));
    assert.ok((southWest?.centre[1] ?? 0) > (northEast?.centre[1] ?? 0));
    const numbers = shapes.flatMap(({ path }) => [...path.matchAll(/[\d.-]+/g)].map(Number));
    assert.ok(Math.min(...numbers) >= 0 && Math.max(...numbers) <= height);
  });

  it('are the same whichever way a ring runs', () => {
    const [one, other] = [square(2, 44, 0.1), square(2, 44, 0.1).toReversed()].map((ring) => communeShapes(mapOf(ring), 400));
    assert.deepEqual(one?.shapes[0]?.centre.map(Math.round), other?.shapes[0]?.centre.map(Math.round));
    assert.equal(one?.height, other?.height);
  });

  it('are none of none', () => {
    assert.deepEqual(communeShapes(mapOf(), 400), { width: 400, height: 0, shapes: [] });
  });
});
