/** PGlite's files in memory, as they were kept in a folder: copied at once, where a dump is unpacked file by file. */
import { MemoryFS, type PGlite } from '@electric-sql/pglite';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where PGlite has its data. */
const DATA = '/pglite/data';

/** What a folder holds; `bytes` is `null` for a folder within it. */
export interface KeptFile {
  readonly name: string;
  readonly bytes: Uint8Array | null;
}

/** Folders before what they hold. */
export function readFolder(folder: string): KeptFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return { name: path.relative(folder, file), bytes: entry.isDirectory() ? null : readFileSync(file) };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

type EmscriptenOptions = Parameters<MemoryFS['init']>[1];

export class FilledMemory extends MemoryFS {
  readonly #files: readonly KeptFile[];

  constructor(files: readonly KeptFile[]) {
    super();
    this.#files = files;
  }

  override async init(pglite: PGlite, given: EmscriptenOptions): Promise<{ emscriptenOpts: EmscriptenOptions }> {
    const { emscriptenOpts } = await super.init(pglite, given);
    const { preRun = [] } = emscriptenOpts;
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [
          ...preRun,
          ({ FS }) => {
            FS.mkdirTree(DATA);
            for (const { name, bytes } of this.#files) {
              if (bytes) FS.writeFile(`${DATA}/${name}`, Uint8Array.from(bytes), { canOwn: true });
              else FS.mkdir(`${DATA}/${name}`);
            }
          },
        ],
      },
    };
  }
}
