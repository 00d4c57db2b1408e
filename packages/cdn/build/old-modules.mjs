/** Libraries of the readers that are modules of Node's old kind, which browsers do not know: made into modules of the new kind. */
import { build } from 'esbuild';

/** Of each what we import. */
const IMPORTED = { papaparse: 'default', saxes: 'SaxesParser' };
const OLD = new RegExp(`/node_modules/(${Object.keys(IMPORTED).join('|')})/`);

/**
 * @param {string} file
 * @returns the library as one module, with all it needs; `undefined` for any other file
 */
export async function asModule(file) {
  const name = OLD.exec(file)?.[1];
  if (name === undefined) return undefined;
  const { outputFiles } = await build({
    stdin: { contents: `export { ${IMPORTED[name]} } from ${JSON.stringify(file)};`, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    // What papaparse asks for on Node alone.
    external: ['stream'],
    write: false,
  });
  return outputFiles[0].text;
}

/** For Rollup. */
export function newModules() {
  return {
    name: 'oya-new-modules',
    async transform(_code, id) {
      const code = await asModule(id);
      return code && { code, map: { mappings: '' } };
    },
  };
}
