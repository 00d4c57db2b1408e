import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const NAME = 'oya:catalogue';
const RESOLVED = `\0${NAME}`;

/**
 * Finds what the loader can bring, by where it stands: adding an element, a chart or an adapter is adding a folder.
 * @param {string} root of the repository
 * @returns {{ elements: Record<string, string>; adapters: Record<string, string> }} tag or name → file
 */
export function findChunks(root) {
  const elements = {};
  for (const file of globSync('packages/{elements,charts}/src/*/*.define.ts', { cwd: root }).toSorted()) {
    const tags = [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bdefine\(\s*'(oya-[a-z0-9-]+)'/g)].map(([, tag]) => tag);
    if (tags.length === 0) throw new Error(`${file} defines no element: it must call define('oya-…', …).`);
    for (const tag of tags) {
      if (elements[tag]) throw new Error(`<${tag}> is defined twice: in ${elements[tag]} and in ${file}.`);
      elements[tag] = file;
    }
  }
  const adapters = Object.fromEntries(
    globSync('packages/cdn/src/adapters/*.ts', { cwd: root })
      .toSorted()
      .map((file) => [path.basename(file, '.ts'), file]),
  );
  return { elements, adapters };
}

/**
 * The least height that each element keeps free while it loads, as its class says: `@placeholder 23.5rem`. With `@placeholder none`
 * it is left out: what the page writes inside is seen from the start.
 * @param {string} root of the repository
 * @returns {Record<string, string>} tag → CSS length
 */
export function findPlaceholders(root) {
  return Object.fromEntries(
    Object.entries(findChunks(root).elements).flatMap(([tag, file]) => {
      const source = readFileSync(path.join(root, file.replace('.define.ts', '.ts')), 'utf8');
      if (/@placeholder none/.test(source)) return [];
      return [[tag, /@placeholder ([\d.]+(?:rem|px))/.exec(source)?.[1] ?? '0']];
    }),
  );
}

/**
 * The module `oya:catalogue`: what the loader can bring, each with the address of its chunk.
 * The chunks are named as addresses rather than imported, so that the loader can ask for one a second time.
 * @param {string} root of the repository
 * @param {{ tags: Record<string, string> }} faces what some elements show before they come
 * @returns {import('rollup').Plugin}
 */
export function catalogue(root, faces) {
  return {
    name: 'oya-catalogue',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      const emitted = new Map();
      const address = (file, name) => {
        let reference = emitted.get(file);
        if (!reference) {
          reference = this.emitFile({ type: 'chunk', id: path.join(root, file), name, preserveSignature: 'strict' });
          emitted.set(file, reference);
        }
        return `import.meta.ROLLUP_FILE_URL_${reference}`;
      };
      const { elements, adapters } = findChunks(root);
      const table = (files, nameOf) =>
        `{ ${Object.entries(files).map(([key, file]) => `${JSON.stringify(key)}: ${address(file, nameOf(file))}`).join(', ')} }`;
      return [
        `export const elements = ${table(elements, (file) => path.basename(file, '.define.ts'))};`,
        `export const adapters = ${table(adapters, (file) => path.basename(file, '.ts'))};`,
        `export const faces = ${JSON.stringify(Object.fromEntries(Object.entries(faces.tags).map(([tag, file]) => [tag, `./${file}`])))};`,
        `export const runtime = ${address('packages/cdn/src/runtime.ts', 'runtime')};`,
      ].join('\n');
    },
    // `import()` resolves against the module it stands in, and all chunks lie beside the loader.
    resolveFileUrl: ({ relativePath }) => JSON.stringify(`./${relativePath}`),
  };
}
