/** Which section an address asks for, and the address of each. Pure: the browser's history is the portal's business. */

import { splitFragment } from '../fragment.ts';

/** `hash`: `#/consumption`; `path`: `<base>/consumption`; `none`: the address is the host's alone. */
export type Routing = 'hash' | 'path' | 'none';
export const ROUTINGS: readonly Routing[] = ['hash', 'path', 'none'];

export interface Place {
  readonly routing: Routing;
  /** Path of the page that holds the portal, for `path`. */
  readonly base: string;
}

/** What a link to a section says; without a route of its own it only names the section. */
export function addressOf(section: string, { routing, base }: Place): string {
  return routing === 'path' ? `${base.replace(/\/+$/, '')}/${section}` : `#/${section}`;
}

/** The fragment that says beside a section what a link to it says; `undefined` where that is no more than the section. */
export function fragmentWith(href: string, section: string, place: Place): string | undefined {
  const parameters = splitFragment(/#.*$/.exec(href)?.[0] ?? '').parameters.toString().replaceAll('%2F', '/');
  if (parameters === '') return undefined;
  return place.routing === 'hash' ? `${addressOf(section, place)}?${parameters}` : `#${parameters}`;
}

/**
 * The section that an address asks for; `null` when it asks for the portal as such, `undefined` when it says nothing about
 * the portal: an anchor of the host page leaves the portal as it is.
 */
export function sectionAt({ hash, pathname }: Pick<Location, 'hash' | 'pathname'>, { routing, base }: Place): string | null | undefined {
  if (routing === 'none') return undefined;
  if (routing === 'path') {
    const below = base.replace(/\/+$/, '');
    if (pathname !== below && !pathname.startsWith(`${below}/`)) return undefined;
    return firstSegment(pathname.slice(below.length));
  }
  if (hash === '' || hash === '#') return null;
  return hash.startsWith('#/') ? firstSegment(hash.slice(1)) : undefined;
}

function firstSegment(path: string): string | null {
  const [, segment] = /^\/([^/?#]+)/.exec(path) ?? [];
  return segment ?? null;
}
