/**
 * The stretch of the load curve on view in a page's fragment: `#oya-curve=29400000-29443200`, in minutes since 1970. Beside
 * the section that a portal keeps there: `#/consumption?oya-curve=…`. Pure: the browser's history is the element's business.
 */
import { splitFragment } from './fragment.ts';

const NAME = 'oya-curve';
const MINUTE = 60_000;

/** In epoch milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export function stretchIn(hash: string): Stretch | undefined {
  const [, from, to] = /^(\d{1,9})-(\d{1,9})$/.exec(splitFragment(hash).parameters.get(NAME) ?? '') ?? [];
  return from !== undefined && to !== undefined && Number(from) < Number(to) ? { from: Number(from) * MINUTE, to: Number(to) * MINUTE } : undefined;
}

/** The fragment with another stretch, or with none. What else stands in it stays, but for a mere place on the page, which cannot stand beside it. */
export function withStretch(hash: string, stretch: Stretch | undefined): string {
  const { path, parameters } = splitFragment(hash);
  if (stretch) parameters.set(NAME, `${Math.round(stretch.from / MINUTE)}-${Math.round(stretch.to / MINUTE)}`);
  else parameters.delete(NAME);
  const query = parameters.toString();
  if (path === '') return query === '' ? '' : `#${query}`;
  return `#${path}${query === '' ? '' : `?${query}`}`;
}

/** What `link` takes as the fragment of a route that leads to a stretch of the curve. */
export function fragmentForStretch(route: string, stretch: Stretch): string {
  return withStretch(/#.*$/.exec(route)?.[0] ?? '', stretch).slice(1);
}
