/** For `node --import`: libraries as the build ships them, without what it leaves out. What tests reach must be there. */
import { registerHooks } from 'node:module';
import { cutDown, libraryOf } from '../../../cdn/build/leave-out.mjs';

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const library = libraryOf(url);
    return library ? { ...loaded, source: cutDown(String(loaded.source), library) } : loaded;
  },
});
