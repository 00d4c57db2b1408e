import { readFileSync } from 'node:fs';

const SUFFIX = '?maps';

/**
 * Gives d3-geo a copy of its own of d3-array: what it needs of that would otherwise travel with the charts, to pages that show
 * no map.
 * @returns {import('rollup').Plugin}
 */
export function mapsApart() {
  return {
    name: 'oya-maps-apart',
    async resolveId(source, importer) {
      if (source !== 'd3-array' || !importer?.includes('/d3-geo/')) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      return resolved && { ...resolved, id: resolved.id + SUFFIX };
    },
    load: (id) => (id.endsWith(SUFFIX) ? readFileSync(id.slice(0, -SUFFIX.length), 'utf8') : null),
  };
}
