/** Which utility supplies an energy in a commune: data of an installation, and the two questions that people have about it. */
import * as z from 'zod/mini';
import { comparableName } from './names.ts';
import { ContactPoint, Energy, Id, LocalizedText } from './portal.ts';

const Name = z.string().check(z.maxLength(120), z.refine((name) => comparableName(name) !== '', { error: 'a name has letters' }));

/** A way to ask people. */
export const Contact = z
  .omit(ContactPoint, { purpose: true })
  .check(z.refine(({ phone, email }) => Boolean(phone ?? email), { error: 'a contact has a phone number or an e-mail address' }));
export type Contact = z.infer<typeof Contact>;

export const Commune = z.object({
  /** Opaque; the INSEE code is a good one. */
  id: Id,
  name: Name,
  postcodes: z.array(z.string().check(z.regex(/^\d{5}$/, 'a postcode has five digits'))).check(z.minLength(1)),
  /** Under which people look for it as well: an older spelling, a commune that was merged into it. */
  formerNames: z.optional(z.array(Name)),
});
export type Commune = z.infer<typeof Commune>;

export const TerritoryRule = z.object({
  /** Ids of communes, or all of them. */
  communes: z.union([z.literal('all'), z.array(Id).check(z.minLength(1))], { error: 'write "all", or a list of ids of communes' }),
  energies: z.array(Energy).check(z.minLength(1)),
  /** Whose id stands among the suppliers. */
  utility: Id,
  /** One sentence: why this utility. */
  reason: LocalizedText,
});
export type TerritoryRule = z.infer<typeof TerritoryRule>;

export const Supplier = z.object({
  /** Id of the utility. */
  utility: Id,
  name: z.string().check(z.minLength(1)),
  /** Address of its portal, from the page that asks; the page's route `portal-<utility>` wins. */
  portal: z.string().check(z.regex(/^(https?:\/\/|\/)/, 'write an address as https://www.eneo.example/espace-client, or as /espace-client on the same site')),
  contact: Contact,
});
export type Supplier = z.infer<typeof Supplier>;

export const Territory = z.object({
  communes: z.array(Commune).check(z.minLength(1)),
  /** In order: the first that fits a commune and an energy decides. */
  rules: z.array(TerritoryRule).check(z.minLength(1)),
  suppliers: z.array(Supplier).check(z.minLength(1)),
  /** For whoever lives elsewhere, or whom none of the suppliers serves. */
  contact: Contact,
});
export type Territory = z.infer<typeof Territory>;

export type SupplyAnswer =
  | { readonly state: 'supplied'; readonly supplier: Supplier; readonly reason: LocalizedText }
  /** None of this installation's utilities supplies that energy there. */
  | { readonly state: 'not-supplied'; readonly contact: Contact };

/** Who supplies an energy in a commune, and why. There is an answer to everything. */
export function supplierFor({ rules, suppliers, contact }: Territory, communeId: Commune['id'], energy: Energy): SupplyAnswer {
  const rule = rules.find(({ communes, energies }) => energies.includes(energy) && (communes === 'all' || communes.includes(communeId)));
  const supplier = rule && suppliers.find(({ utility }) => utility === rule.utility);
  return rule && supplier ? { state: 'supplied', supplier, reason: rule.reason } : { state: 'not-supplied', contact };
}

export interface CommuneMatch {
  readonly commune: Commune;
  /** The former name through which it was found, when its own does not fit what was typed. */
  readonly formerName?: string;
  /** What was typed is the whole of that name. */
  readonly whole: boolean;
}

/** How well a name fits, the best first. Every own name that fits as well comes before a former one. */
const FITS = ['whole', 'beginning', 'words'] as const;

/**
 * The communes that fit what was typed, the best first: by name, former name or postcode. Accents, capitals, hyphens and
 * apostrophes make no difference, “St” is “Saint”, and each word may be cut short.
 */
export function searchCommunes({ communes }: Territory, typed: string): CommuneMatch[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  return communes
    .flatMap((commune) => {
      const match = matchOf(commune, words);
      return match ? [match] : [];
    })
    .sort((one, other) => one.rank - other.rank || compare(one.key, other.key))
    .map(({ match }) => match);
}

function matchOf(commune: Commune, typed: readonly string[]): { match: CommuneMatch; rank: number; key: string } | undefined {
  const key = wordsOf(commune.name).join(' ');
  const own = fitOf(commune.name, commune.postcodes, typed);
  if (own !== undefined) return { match: { commune, whole: isWhole(own) }, rank: own * 2, key };
  let best: { formerName: string; fit: number } | undefined;
  for (const formerName of commune.formerNames ?? []) {
    const fit = fitOf(formerName, commune.postcodes, typed);
    if (fit !== undefined && (best === undefined || fit < best.fit)) best = { formerName, fit };
  }
  return best && { match: { commune, formerName: best.formerName, whole: isWhole(best.fit) }, rank: best.fit * 2 + 1, key };
}

function isWhole(fit: number): boolean {
  return FITS[fit] === 'whole';
}

/** An index of `FITS`. A word of digits may begin a postcode, so that `81400 Carmaux` is found as well as either. */
function fitOf(name: string, postcodes: readonly string[], typed: readonly string[]): number | undefined {
  const words = wordsOf(name);
  const whole = words.join(' ');
  const sought = typed.join(' ');
  if (whole === sought) return FITS.indexOf('whole');
  // “lesegur” is “Le Ségur”.
  if (whole.startsWith(sought) || words.join('').startsWith(typed.join(''))) return FITS.indexOf('beginning');
  const fits = (part: string) => words.some((word) => word.startsWith(part)) || (/^\d+$/.test(part) && postcodes.some((postcode) => postcode.startsWith(part)));
  return typed.every(fits) ? FITS.indexOf('words') : undefined;
}

const SHORTENED: ReadonlyMap<string, string> = new Map([['st', 'saint'], ['ste', 'sainte'], ['sts', 'saints'], ['stes', 'saintes']]);

function wordsOf(text: string): string[] {
  return comparableName(text)
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .split(' ')
    .filter(Boolean)
    .map((word) => SHORTENED.get(word) ?? word);
}

/** By code, not by locale: the names are comparable already, and a collator costs 55 ms at first. */
function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
