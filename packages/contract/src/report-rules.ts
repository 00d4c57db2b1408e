/** What can be reported of a supply that is cut, and of which outage it is. */
import type { FieldError } from './errors.ts';
import { concernOf, type Place } from './outage-places.ts';
import { canStillBeOut, outagePhase } from './outage-rules.ts';
import type { Outage } from './outages.ts';
import type { ServedCommune } from './portal.ts';
import type { Instant } from './time.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Longer ago, it is another matter. */
const OLDEST_DAYS = 30;
/** Somebody else's clock may be ahead of the portal's. */
export const CLOCKS_DIFFER_MS = 5 * MINUTE;

export interface ReportRules {
  readonly territory: readonly Pick<ServedCommune, 'code'>[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Whether somebody can have such a phone number. */
  readonly mayExist: (phone: string) => boolean;
}

export function reportFaults({ commune, since, phone }: { readonly commune: string; readonly since: Instant; readonly phone?: string | undefined }, { territory, now, mayExist }: ReportRules): FieldError[] {
  const at = Date.parse(since);
  const faults: [boolean, FieldError][] = [
    [!territory.some(({ code }) => code === commune), { path: 'commune', code: 'unknown' }],
    [at > now + CLOCKS_DIFFER_MS, { path: 'since', code: 'future' }],
    [at < now - OLDEST_DAYS * DAY, { path: 'since', code: 'too-old' }],
    [phone !== undefined && !mayExist(phone), { path: 'phone', code: 'invalid' }],
  ];
  return faults.flatMap(([isFault, fault]) => (isFault ? [fault] : []));
}

/** Whether it can be said of an outage: it is under way, or was restored so lately that somebody may still be without supply. */
export function isReportable(outage: Outage, now: number): boolean {
  return outagePhase(outage, now) === 'current' || canStillBeOut(outage, now);
}

/** Of several under way that reach the place, one whose street is named. */
export function outageThere<T extends Outage>(outages: readonly T[], { energy, ...place }: Place & Pick<Outage, 'energy'>, now: number): T | undefined {
  const current = outages.filter((outage) => outage.energy === energy && outagePhase(outage, now) === 'current');
  const reaching = (by: 'address' | 'commune') => current.find((outage) => concernOf(outage, place) === by);
  return reaching('address') ?? reaching('commune');
}
