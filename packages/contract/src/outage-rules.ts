/** What is said of an outage: where it stands now, and what of it is news. Without a schema: the public page is light. */
import type { Outage, OutageUpdate } from './outages.ts';
import type { Instant } from './time.ts';

const HOUR = 3_600_000;

/** For so long after it was restored, somebody who is still without supply says so of that outage. */
export const STILL_OUT_HOURS = 48;
/** Works of which nobody said how they ended are over so long after their expected end. */
const FORGOTTEN_HOURS = 24;

export type OutagePhase = 'current' | 'planned' | 'past';

/** Where an outage stands on the clock. */
export function outagePhase(outage: Pick<Outage, 'kind' | 'state' | 'startsAt' | 'estimatedEnd'>, now: number): OutagePhase {
  const { kind, state, startsAt, estimatedEnd } = outage;
  if (state === 'restored' || state === 'cancelled') return 'past';
  if (state === 'planned' && Date.parse(startsAt) > now) return 'planned';
  if (kind === 'works' && estimatedEnd !== null && Date.parse(estimatedEnd) + FORGOTTEN_HOURS * HOUR < now) return 'past';
  return 'current';
}

/** Whether its expected end has passed without a word of its being restored. */
export function isOverdue(outage: Pick<Outage, 'kind' | 'state' | 'startsAt' | 'estimatedEnd'>, now: number): boolean {
  return outagePhase(outage, now) === 'current' && outage.estimatedEnd !== null && Date.parse(outage.estimatedEnd) < now;
}

/** Current ones by those that began last, planned ones by the next, past ones by the last that ended. */
export function byPhase<T extends Pick<Outage, 'kind' | 'state' | 'startsAt' | 'estimatedEnd' | 'endedAt'>>(outages: readonly T[], now: number): Record<OutagePhase, T[]> {
  const of = (phase: OutagePhase) => outages.filter((outage) => outagePhase(outage, now) === phase);
  const ended = ({ endedAt, estimatedEnd, startsAt }: T) => endedAt ?? estimatedEnd ?? startsAt;
  return {
    current: of('current').sort((one, other) => descending(one.startsAt, other.startsAt)),
    planned: of('planned').sort((one, other) => descending(other.startsAt, one.startsAt)),
    past: of('past').sort((one, other) => descending(ended(one), ended(other))),
  };
}

/** The ends that were expected before, the oldest first: each with when it was said. The one that holds is not among them. */
export function formerEnds({ history, estimatedEnd }: Pick<Outage, 'history' | 'estimatedEnd'>): { readonly at: Instant; readonly estimatedEnd: Instant }[] {
  const said: { at: Instant; estimatedEnd: Instant }[] = [];
  for (const update of history) if (update.estimatedEnd !== null && said.at(-1)?.estimatedEnd !== update.estimatedEnd) said.push({ at: update.at, estimatedEnd: update.estimatedEnd });
  return said.at(-1)?.estimatedEnd === estimatedEnd ? said.slice(0, -1) : said;
}

/** Whether somebody without supply reports it of this outage, rather than as a new one. */
export function canStillBeOut({ state, endedAt }: Pick<Outage, 'state' | 'endedAt'>, now: number): boolean {
  return state === 'restored' && endedAt !== null && now - Date.parse(endedAt) < STILL_OUT_HOURS * HOUR;
}

/** Whether what somebody reported holds: what was said before it was restored does not say that they are still out. */
export function isStillSaid({ endedAt }: Pick<Outage, 'endedAt'>, reportedAt: Instant): boolean {
  return endedAt === null || Date.parse(reportedAt) >= Date.parse(endedAt);
}

/** What of an outage is news, by which it is told once. `extended` is told, as if announced, to those alone who have not been told of it. */
export type OutageNews = 'announced' | 'extended' | 'changed' | 'started' | 'end-moved' | 'restored' | 'cancelled';

/**
 * What an update tells that the ones before did not; `undefined`: nothing that anybody need be told of.
 * @param isWider whether it reaches places that it did not reach before
 */
export function outageNews(before: OutageUpdate | undefined, after: OutageUpdate, isWider = false): OutageNews | undefined {
  const { state } = after;
  if (state === 'restored' || state === 'cancelled') return before && before.state !== state ? state : undefined;
  // It was over and is not: as if told anew.
  if (!before || before.state === 'restored' || before.state === 'cancelled') return 'announced';
  const hasSameEnd = before.estimatedEnd === after.estimatedEnd;
  const otherwise = isWider ? 'extended' : undefined;
  if (state === 'planned') return before.state === 'planned' && before.startsAt === after.startsAt && hasSameEnd ? otherwise : 'changed';
  if (before.state === 'planned') return 'started';
  return hasSameEnd ? otherwise : 'end-moved';
}

function descending(one: string, other: string): number {
  return Date.parse(other) - Date.parse(one);
}
