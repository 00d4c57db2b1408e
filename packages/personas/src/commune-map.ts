/**
 * The communes of the demo as shapes: where they lie is about right, their borders are nobody's. Each is what is nearer to its
 * church than to any other, as far as it reaches. An installation brings the official ones (IGN's Admin Express, for instance).
 */
import type { OutageMap } from '@oya/contract';
import { randomAt } from './generator/random.ts';
import { findUtility } from './utilities.ts';

type Point = readonly [longitude: number, latitude: number];

/** By INSEE code. */
const CENTRES: ReadonlyMap<string, Point> = new Map([
  ['81060', [2.158, 44.05]],
  ['81168', [2.165, 44.141]],
  ['81170', [2.097, 44.071]],
  ['81186', [2.287, 44.065]],
  ['81201', [2.244, 44.121]],
  ['81230', [2.191, 44.04]],
  ['81249', [2.222, 44.073]],
  ['81292', [2.315, 44.103]],
  ['81306', [2.231, 44.014]],
]);

const CORNERS = 40;
/** In degrees of latitude: some five kilometres. */
const REACH = 0.047;
/** A degree of longitude is shorter than one of latitude here. */
const NARROWER = Math.cos((44 * Math.PI) / 180);

/** Those that the utility serves. */
export function communeMap(utilityId: string): OutageMap {
  const { territory } = findUtility(utilityId);
  return {
    type: 'FeatureCollection',
    features: territory.flatMap(({ code, name }) => {
      const centre = code === undefined ? undefined : CENTRES.get(code);
      if (code === undefined || !centre) return [];
      return [{ type: 'Feature', properties: { commune: code, name }, geometry: { type: 'Polygon', coordinates: [ringAround(code, centre)] } }];
    }),
  };
}

/** Against the clock and closed, as RFC 7946 has it. */
function ringAround(code: string, centre: Point): Point[] {
  let ring = Array.from({ length: CORNERS }, (_, index): Point => {
    const angle = (2 * Math.PI * index) / CORNERS;
    const reach = REACH * (0.82 + 0.24 * randomAt(Number(code), index) + 0.1 * Math.sin(3 * angle + Number(code)));
    return [centre[0] + (reach * Math.cos(angle)) / NARROWER, centre[1] + reach * Math.sin(angle)];
  });
  for (const [other, place] of CENTRES) if (other !== code) ring = nearer(ring, centre, place);
  const rounded = ring.map(([longitude, latitude]): Point => [round(longitude), round(latitude)]);
  return [...rounded, rounded[0] as Point];
}

/** What of a shape is nearer to one place than to another (Sutherland and Hodgman's cut by a line). */
function nearer(ring: readonly Point[], to: Point, than: Point): Point[] {
  const gain = (point: Point) => distance(point, than) - distance(point, to);
  return ring.flatMap((point, index) => {
    const before = ring.at(index - 1) as Point;
    const [here, there] = [gain(point), gain(before)];
    const isCrossed = here >= 0 !== there >= 0;
    const part = there / (there - here);
    const crossing: Point[] = isCrossed ? [[before[0] + (point[0] - before[0]) * part, before[1] + (point[1] - before[1]) * part]] : [];
    return here >= 0 ? [...crossing, point] : crossing;
  });
}

/** Squared. */
function distance(one: Point, other: Point): number {
  return ((one[0] - other[0]) * NARROWER) ** 2 + (one[1] - other[1]) ** 2;
}

/** To some ten metres. */
function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
