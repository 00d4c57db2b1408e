/** What is said of an outage: where it stands now, whom it reaches, what of it is news. Without a schema: the public page is light. */
import { comparableName } from './names.ts';
import type { Concern, ConcernedBy, Outage, OutageArea, OutageStreet, OutageUpdate } from './outages.ts';
import type { Contract, ServedCommune, Site } from './portal.ts';
import type { Instant, LocalDay } from './time.ts';

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

/** A postal address, as far as it can be told from one line: `12 bis, rue de la Mine`. */
export interface StreetAddress {
  readonly number?: number;
  /** Comparable; empty where the line names none. */
  readonly street: string;
}

/** Words between a number and its street that tell the two apart, and make no difference to where it is. */
const REPETITION = /^(bis|ter|quater|[a-d])(?=[\s,])/i;

export function streetAddress(line: string): StreetAddress {
  const [, digits = '', rest = ''] = /^\s*(\d{1,4})?\s*,?\s*(.*)$/s.exec(line) ?? [];
  const street = comparableStreet(digits === '' ? rest : rest.replace(REPETITION, ''));
  return digits === '' ? { street } : { number: Number(digits), street };
}

const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['av', 'avenue'], ['ave', 'avenue'], ['bd', 'boulevard'], ['bld', 'boulevard'], ['blvd', 'boulevard'], ['ch', 'chemin'], ['che', 'chemin'],
  ['imp', 'impasse'], ['pl', 'place'], ['r', 'rue'], ['rte', 'route'], ['sq', 'square'], ['st', 'saint'], ['ste', 'sainte'], ['gal', 'general'], ['dr', 'docteur'],
]);

/** A street's name for comparing: as people and as lists shorten it. */
export function comparableStreet(name: string): string {
  return comparableName(name).split(' ').map((word) => SHORT_FORMS.get(word) ?? word).join(' ');
}

/** A place that may be reached: a commune, and an address in it where it is known. */
export interface Place {
  readonly commune: string;
  readonly address?: string | undefined;
}

/** Whether an outage reaches a place; `undefined`: it does not. */
export function concernOf({ areas }: { readonly areas: readonly OutageArea[] }, { commune, address }: Place): ConcernedBy | undefined {
  const within = areas.filter((area) => area.commune === commune);
  if (within.length === 0) return undefined;
  const streets = within.flatMap((area) => area.streets);
  if (within.some((area) => area.streets.length === 0) || address === undefined) return 'commune';
  const { number, street } = streetAddress(address);
  // A hamlet or a farm without a street may be on any line that is cut.
  if (street === '') return 'commune';
  const named = streets.filter(({ name }) => comparableStreet(name) === street);
  if (named.some((part) => holdsNumber(part, number))) return 'address';
  return named.length > 0 && number === undefined ? 'commune' : undefined;
}

/** The commune of a site by its code, among those that the utility serves; a place that it does not serve is reached by nothing. */
export function placeOf({ address, postcode, commune }: Pick<Site, 'address' | 'postcode' | 'commune'>, served: readonly Pick<ServedCommune, 'name' | 'postcode' | 'code'>[]): Place | undefined {
  const sought = comparableName(commune);
  const named = served.filter(({ name, code }) => code !== undefined && comparableName(name) === sought);
  const code = (named.find((each) => each.postcode === postcode) ?? named[0])?.code;
  return code === undefined ? undefined : { commune: code, address };
}

/** What of the outages on a board reaches some contracts: of the contract's own energy. */
export function concernsOf(outages: readonly Outage[], contracts: readonly Pick<Contract, 'id' | 'energy' | 'site' | 'to'>[], served: readonly ServedCommune[], today: LocalDay): Omit<Concern, 'stillOutAt'>[] {
  const places = contracts.flatMap(({ id, energy, site, to }) => {
    const place = to !== null && to <= today ? undefined : placeOf(site, served);
    return place ? [{ contractId: id, energy, site: site.label, place }] : [];
  });
  return outages.flatMap((outage) =>
    places.flatMap(({ contractId, energy, site, place }) => {
      const by = energy === outage.energy ? concernOf(outage, place) : undefined;
      return by ? [{ outageId: outage.id, contractId, site, by }] : [];
    }),
  );
}

function holdsNumber({ from, to, side }: OutageStreet, number: number | undefined): boolean {
  if (from === undefined && to === undefined && side === undefined) return true;
  if (number === undefined) return false;
  const isOnSide = side === undefined || (number % 2 === 1) === (side === 'odd');
  return isOnSide && number >= (from ?? 1) && number <= (to ?? Infinity);
}

/** What of an outage is news, by which it is told once. */
export type OutageNews = 'announced' | 'changed' | 'started' | 'end-moved' | 'restored' | 'cancelled';

/** What an update tells that the ones before did not; `undefined`: nothing that anybody need be told of. */
export function outageNews(before: OutageUpdate | undefined, after: OutageUpdate): OutageNews | undefined {
  if (!before) return after.state === 'restored' || after.state === 'cancelled' ? undefined : 'announced';
  const hasNewState = before.state !== after.state;
  if (hasNewState && (after.state === 'restored' || after.state === 'cancelled')) return after.state;
  if (before.state === 'planned' && after.state === 'planned') return before.startsAt === after.startsAt && before.estimatedEnd === after.estimatedEnd ? undefined : 'changed';
  if (before.state === 'planned') return 'started';
  // It was over and is not: as if told anew.
  if (hasNewState && (before.state === 'restored' || before.state === 'cancelled')) return 'announced';
  return before.estimatedEnd === after.estimatedEnd ? undefined : 'end-moved';
}

function descending(one: string, other: string): number {
  return Date.parse(other) - Date.parse(one);
}
