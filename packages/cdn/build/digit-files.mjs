import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const NAME = 'oya:digit-files';
const RESOLVED = `\0${NAME}`;
const CORE = 'tesseract.js-core/tesseract-core-simd-lstm';
const DATA = '@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz';

/**
 * What the digit reader needs beside the kit: its worker, Tesseract's WebAssembly and what it has learnt. None of it is part
 * of any page that does not ask for the reader.
 * @param {string} root of the repository
 * @returns {import('rollup').Plugin}
 */
export function digitFiles(root) {
  const find = createRequire(path.join(root, 'packages/cdn/package.json'));
  return {
    name: 'oya-digit-files',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      const address = (file) => `import.meta.ROLLUP_FILE_URL_${this.emitFile(file)}`;
      // Its licence (Apache 2.0) asks to travel along.
      this.emitFile({ type: 'asset', fileName: 'tesseract-licence.txt', source: readFileSync(find.resolve('tesseract.js-core/LICENSE')) });
      const asset = (name) => ({ type: 'asset', name: path.basename(name), source: readFileSync(find.resolve(name)) });
      return [
        `export const worker = ${address({ type: 'chunk', id: path.join(root, 'packages/cdn/src/digits/digit-worker.ts'), name: 'digit-worker' })};`,
        `export const wasm = ${address(asset(`${CORE}.wasm`))};`,
        `export const data = ${address(asset(DATA))};`,
      ].join('\n');
    },
    // It is written for scripts and for Node; here it is a module of a worker.
    transform: (code, id) => (id.endsWith(`${CORE}.js`) ? { code: `${code}\nexport { TesseractCore };`, map: null } : null),
  };
}
