/**
 * For `node --import`: libraries as the build ships them, without what it leaves out. What tests of the kit reach must be
 * there; what only runs outside of pages has the libraries whole.
 */
import { registerHooks } from 'node:module';
import path from 'node:path';
import { cutDown, libraryOf } from '../../../cdn/build/leave-out.mjs';

// End to end, pages have the kit as it was built, and only the server and its surroundings are in the process.
const NOT_SHIPPED = /\/packages\/(server|formats|simulator|tools)\/|\/test\/e2e\//;

// `node --test` runs each file in a process of its own.
if (!NOT_SHIPPED.test(path.resolve(process.argv[1] ?? ''))) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const library = libraryOf(url);
      return library ? { ...loaded, source: cutDown(String(loaded.source), library) } : loaded;
    },
  });
}
