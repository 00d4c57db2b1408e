/** Planned works as an entry of one's calendar: what it is whoever writes it, in whatever words. */
import type { Outage } from './outages.ts';
import { instant, type Instant } from './time.ts';

const HOUR = 3_600_000;
/** Works of which nobody said the end. */
const USUAL_HOURS = 4;

export interface WorksEntry {
  /** The same wherever it comes from: works that were downloaded and are subscribed to stand in a calendar once. */
  readonly uid: string;
  readonly start: Instant;
  readonly end: Instant;
  /** What comes after a change takes the place of what was before. */
  readonly sequence: number;
  /** When that was said. */
  readonly stamp: Instant;
  readonly status: 'confirmed' | 'cancelled';
}

export function worksEntry({ id, state, startsAt, estimatedEnd, history }: Pick<Outage, 'id' | 'state' | 'startsAt' | 'estimatedEnd' | 'history'>): WorksEntry {
  return {
    uid: `works-${id}@oya`,
    start: startsAt,
    end: estimatedEnd ?? instant(Date.parse(startsAt) + USUAL_HOURS * HOUR),
    sequence: history.length - 1,
    stamp: history.at(-1)?.at ?? startsAt,
    status: state === 'cancelled' ? 'cancelled' : 'confirmed',
  };
}
