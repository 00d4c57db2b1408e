import { Slice } from '../client/settings.ts';

/** A newer version of the app that waits for this one to be closed. Call it, and it takes over at once: the page loads anew. */
export const appUpdate = new Slice<(() => void) | undefined>(undefined);
