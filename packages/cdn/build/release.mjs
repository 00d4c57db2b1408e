import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/**
 * What lies beside the chunks of a release:
 * - `oya.css`: tokens and anti-flash sheet, for pages that want them before the script;
 * - `sri.json`: file → integrity, for `<script integrity>` and the `integrity` of an import map;
 * - `manifest.json`: the files' sizes and imports, from which the budgets are checked.
 * @param {{ stylesheet: () => string | Promise<string>; elements: () => Record<string, string>; root: string; faces: Awaited<ReturnType<typeof import('./faces.mjs').buildFaces>> }} options
 * @returns {import('rollup').Plugin}
 */
export function release({ stylesheet, elements, root, faces }) {
  return {
    name: 'oya-release',
    // Chunks are named by their content: those of the last build would stay beside these.
    renderStart({ dir }) {
      rmSync(dir, { recursive: true, force: true });
    },
    async generateBundle(_options, bundle) {
      const unbuilt = Object.values(bundle).filter((output) => output.type === 'chunk' && /\bprocess\.env\b|\bOYA_VERSION\b/.test(output.code));
      if (unbuilt.length > 0) this.error(`What only a build knows is left in ${unbuilt.map(({ fileName }) => fileName).join(', ')}.`);
      for (const { fileName, code } of faces.chunks) this.emitFile({ type: 'asset', fileName, source: code });
      this.emitFile({ type: 'asset', fileName: 'oya.css', source: await stylesheet() });
    },
    writeBundle({ dir }, bundle) {
      const files = {};
      const integrity = {};
      // To this bundle those of a face are assets.
      const ofFaces = new Map(faces.chunks.map((chunk) => [chunk.fileName, chunk]));
      const chunkOf = (output) => (output.type === 'chunk' ? output : ofFaces.get(output.fileName));
      for (const output of Object.values(bundle).toSorted((left, right) => left.fileName.localeCompare(right.fileName))) {
        if (output.fileName.endsWith('.map')) continue;
        // From the disk: an integrity must be that of the bytes that travel.
        const bytes = readFileSync(path.join(dir, output.fileName));
        integrity[output.fileName] = `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
        files[output.fileName] = {
          bytes: bytes.length,
          brotli: brotli(bytes),
          imports: chunkOf(output)?.imports ?? [],
          dynamicImports: chunkOf(output)?.dynamicImports ?? [],
        };
      }
      const fileOf = (source) => {
        const id = path.join(root, source);
        return Object.values(bundle).find((output) => output.type === 'chunk' && output.facadeModuleId === id)?.fileName;
      };
      const manifest = {
        elements: Object.fromEntries(Object.entries(elements()).map(([tag, source]) => [tag, fileOf(source)])),
        faces: faces.tags,
        runtime: fileOf('packages/cdn/src/runtime.ts'),
        files,
      };
      write(dir, 'sri.json', integrity);
      write(dir, 'manifest.json', manifest);
      console.log(sizesTable(dir, files));
    },
  };
}

/** @returns {number} bytes on the wire, as a CDN compresses once for all */
function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length;
}

function write(dir, name, content) {
  writeFileSync(path.join(dir, name), `${JSON.stringify(content, null, 2)}\n`);
}

function sizesTable(dir, files) {
  const rows = Object.entries(files).toSorted(([, left], [, right]) => right.brotli - left.brotli);
  const width = Math.max(...rows.map(([name]) => name.length), 'together'.length);
  const line = (name, bytes, compressed) => `${name.padEnd(width)}  ${kilobytes(bytes)}  ${kilobytes(compressed)}`;
  return [
    `\n${path.relative(process.cwd(), dir) || dir}`,
    `${''.padEnd(width)}  ${'KB'.padStart(7)}  ${'brotli'.padStart(7)}`,
    ...rows.map(([name, { bytes, brotli: compressed }]) => line(name, bytes, compressed)),
    line('together', sum(rows, 'bytes'), sum(rows, 'brotli')),
    '',
  ].join('\n');
}

function sum(rows, field) {
  return rows.reduce((total, [, file]) => total + file[field], 0);
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1).padStart(7);
}
