/**
 * For `node --import`: libraries as the build ships them, without what it leaves out. What tests of the kit reach must be
 * there; what only runs outside of pages has the libraries whole.
 */
import { registerHooks } from 'node:module';
import { cutDown, libraryOf } from '../../../cdn/build/leave-out.mjs';

const NOT_SHIPPED = /\/packages\/(server|formats|tools)\//;

// `node --test` runs each file in a process of its own.
if (!NOT_SHIPPED.test(process.argv[1] ?? '')) {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const library = libraryOf(url);
      return library ? { ...loaded, source: cutDown(String(loaded.source), library) } : loaded;
    },
  });
}
