/** Whom an outage reaches: by commune, street and number. */
import { comparableName } from './names.ts';
import type { Concern, ConcernedBy, Outage, OutageArea, OutageStreet } from './outages.ts';
import type { Contract, ServedCommune, Site } from './portal.ts';
import type { LocalDay } from './time.ts';

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

const STREET_KINDS = new Set(['allee', 'allees', 'avenue', 'boulevard', 'chemin', 'cite', 'cours', 'esplanade', 'faubourg', 'impasse', 'lotissement', 'mail', 'montee', 'passage', 'place', 'promenade', 'quai', 'residence', 'rond', 'route', 'rue', 'ruelle', 'sente', 'sentier', 'square', 'traverse', 'venelle', 'voie']);

/** Whether a comparable name is that of a street, as `grande rue` is too, and not of a hamlet. */
function isStreet(name: string): boolean {
  return name.split(' ', 2).some((word) => STREET_KINDS.has(word));
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
  const named = streets.filter(({ name }) => comparableStreet(name) === street);
  if (named.some((part) => holdsNumber(part, number))) return 'address';
  // A hamlet or a farm without a street may be on any line that is cut.
  return street === '' || (number === undefined && (named.length > 0 || !isStreet(street))) ? 'commune' : undefined;
}

/** Whether an outage reaches places that it did not reach before. */
export function reachesMore(before: readonly OutageArea[], after: readonly OutageArea[]): boolean {
  return after.some(({ commune, streets }) => {
    const known = before.filter((area) => area.commune === commune);
    if (known.some((area) => area.streets.length === 0)) return false;
    const parts = known.flatMap((area) => area.streets);
    return streets.length === 0 || !streets.every((street) => parts.some((part) => isSamePart(part, street)));
  });
}

/** The commune of a site by its code, among those that the utility serves; a place that it does not serve is reached by nothing. */
export function placeOf({ address, postcode, commune }: Pick<Site, 'address' | 'postcode' | 'commune'>, served: readonly Pick<ServedCommune, 'name' | 'postcode' | 'code'>[]): Place | undefined {
  const sought = comparableName(commune);
  const named = served.filter(({ name, code }) => code !== undefined && comparableName(name) === sought);
  const code = (named.find((each) => each.postcode === postcode) ?? named[0])?.code;
  return code === undefined ? undefined : { commune: code, address };
}

/** What of the outages on a board reaches some contracts: of the contract's own energy. */
export function concernsOf(outages: readonly Outage[], contracts: readonly Pick<Contract, 'id' | 'energy' | 'site' | 'to'>[], served: readonly Pick<ServedCommune, 'name' | 'postcode' | 'code'>[], today: LocalDay): Omit<Concern, 'stillOutAt'>[] {
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

function isSamePart(one: OutageStreet, other: OutageStreet): boolean {
  return comparableStreet(one.name) === comparableStreet(other.name) && one.from === other.from && one.to === other.to && one.side === other.side;
}

function holdsNumber({ from, to, side }: OutageStreet, number: number | undefined): boolean {
  if (from === undefined && to === undefined && side === undefined) return true;
  if (number === undefined) return false;
  const isOnSide = side === undefined || (number % 2 === 1) === (side === 'odd');
  return isOnSide && number >= (from ?? 1) && number <= (to ?? Infinity);
}
