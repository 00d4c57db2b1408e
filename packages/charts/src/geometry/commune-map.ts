/** Communes of GeoJSON as paths of an SVG: no tiles, nothing asked of anybody. */
import type { OutageMap } from '@oya/contract';
import { geoPath, geoTransform, type GeoPermissibleObjects } from 'd3-geo';

export interface CommuneShape {
  readonly code: string;
  readonly name: string;
  /** Of the SVG's `d`. */
  readonly path: string;
  /** Where its number stands. */
  readonly centre: readonly [x: number, y: number];
}

export interface CommuneShapes {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly CommuneShape[];
}

/** Room for the outline of what lies at the edge. */
const MARGIN = 4;

/**
 * Some dozens of kilometres are flat: degrees are drawn as they are, longitudes shorter by the latitude. So the direction in
 * which a ring runs makes no difference, which files of all kinds get wrong.
 * @param width in the SVG's units; the height follows from the shapes
 */
export function communeShapes(map: OutageMap, width: number): CommuneShapes {
  if (map.features.length === 0) return { width, height: 0, shapes: [] };
  const whole = map as unknown as GeoPermissibleObjects;
  const [[, south], [, north]] = geoPath(geoTransform({})).bounds(whole);
  const narrower = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const flat = (scale: number, left: number, top: number) =>
    geoTransform({
      point(longitude, latitude) {
        this.stream.point((longitude * narrower - left) * scale + MARGIN, (top - latitude) * scale + MARGIN);
      },
    });
  const [[west], [east]] = geoPath(geoTransform({})).bounds(whole);
  const scale = (width - 2 * MARGIN) / ((east - west) * narrower);
  const path = geoPath(flat(scale, west * narrower, north)).digits(1);
  return {
    width,
    height: Math.ceil((north - south) * scale + 2 * MARGIN),
    shapes: map.features.map((feature) => {
      const shape = feature as unknown as GeoPermissibleObjects;
      return { code: feature.properties.commune, name: feature.properties.name, path: path(shape) ?? '', centre: path.centroid(shape) };
    }),
  };
}
