/** The script that a page includes. It loads nothing but itself until the page needs it. */
import * as catalogue from 'oya:catalogue';
import { startLoader } from './loader.ts';
import { version } from './version.ts';

const present: { version?: unknown } | undefined = window.oya;

// An element with the id "oya" answers to `window.oya` too, but has no version.
if (typeof present?.version !== 'string') startLoader(catalogue, version);
else if (present.version !== version) {
  console.warn(`oya: version ${present.version} is already on this page; version ${version} leaves it in place. Include one of them.`);
}
