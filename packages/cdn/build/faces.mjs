import path from 'node:path';
import { rollup } from 'rollup';
import { globSync } from 'node:fs';

/**
 * What some elements show before the kit comes (`packages/cdn/src/faces/`): each is a bundle of its own, which shares no file
 * with the kit, so that it holds nothing that it does not use.
 * @param {string} root of the repository
 * @param {{ plugins: () => import('rollup').Plugin[]; minify: () => import('rollup').Plugin }} parts the same as the kit's
 * @returns {Promise<{ tags: Record<string, string>; chunks: import('rollup').OutputChunk[] }>} tag → file
 */
export async function buildFaces(root, { plugins, minify }) {
  const chunks = [];
  const tags = {};
  for (const file of globSync('packages/cdn/src/faces/*.ts', { cwd: root }).filter((each) => !/\.(messages|test)\b/.test(each)).toSorted()) {
    const name = path.basename(file, '.ts');
    const bundle = await rollup({
      input: { [`${name}-face`]: path.join(root, file) },
      // Of our own code too only what is used: a face imports whole packages for a few of their functions.
      treeshake: { moduleSideEffects: false },
      plugins: plugins(),
      onLog: (level, log, handle) => level === 'warn' && ['INVALID_ANNOTATION', 'CIRCULAR_DEPENDENCY'].includes(log.code) ? undefined : handle(level === 'warn' ? 'error' : level, log),
    });
    const { output } = await bundle.generate({ format: 'es', entryFileNames: '[name]-[hash].js', chunkFileNames: `${name}-face-[name]-[hash].js`, plugins: [minify()] });
    await bundle.close();
    for (const chunk of output) if (chunk.type === 'chunk') {
      chunks.push(chunk);
      if (chunk.isEntry) tags[`oya-${name}`] = chunk.fileName;
    }
  }
  return { tags, chunks };
}
