/** Outages as alerts that warning systems read: the Common Alerting Protocol 1.2 of OASIS, and an Atom index of them. */
import { outagePhase, withOffset, type Instant, type Outage, type Utility } from '@oya/contract';
import { pageAddress } from '../mail/links.ts';
import type { Language } from '../mail/messages.ts';
import { xmlDocument, type XmlElement } from '../xml-element.ts';
import { areaText, outageText } from './outage-text.ts';

/** Where an alert is from. */
export interface CapPlace {
  readonly utility: Utility;
  /** Where this utility's API is, as whoever asks knows it. */
  readonly apiUrl: string;
  /** Where the utility's pages are. */
  readonly site: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

const DAY_MS = 86_400_000;
/** What reaches more is no matter of a street any more. */
const MANY_HOUSEHOLDS = 1000;
const LANGUAGES = [['fr', 'fr-FR'], ['en', 'en-GB']] as const satisfies readonly (readonly [Language, string])[];

/** The last message on an outage; it names those before it. */
export function capAlert(outage: Outage, place: CapPlace): string {
  const { utility } = place;
  const last = outage.history.length - 1;
  const sent = (index: number) => capTime(outage.history[index]?.at ?? outage.startsAt, utility);
  const before = outage.history.slice(0, -1).map((_said, index) => `${senderOf(place)},${identifierOf(outage, index, place)},${sent(index)}`);
  return xmlDocument([
    'alert',
    [
      ['identifier', identifierOf(outage, last, place)],
      ['sender', senderOf(place)],
      ['sent', sent(last)],
      ['status', 'Actual'],
      ['msgType', messageType(outage)],
      ['scope', 'Public'],
      before.length === 0 ? undefined : ['references', before.join(' ')],
      ...LANGUAGES.map(([language, tag]) => infoOf(outage, language, tag, place)),
    ],
    { xmlns: 'urn:oasis:names:tc:emergency:cap:1.2' },
  ]);
}

/** Of what is under way or to come, and of what ended within a day: what was told must be taken back where it was heard. */
export function isTold(outage: Outage, now: number): boolean {
  return outagePhase(outage, now) !== 'past' || (outage.endedAt !== null && now - Date.parse(outage.endedAt) < DAY_MS);
}

export function capIndex(outages: readonly Outage[], self: string, place: CapPlace): string {
  const { utility, apiUrl } = place;
  const told = outages.filter((outage) => isTold(outage, place.now));
  const changedAt = (outage: Outage) => outage.history.at(-1)?.at ?? outage.startsAt;
  const updated = told.map(changedAt).sort().at(-1) ?? '1970-01-01T00:00:00Z';
  return xmlDocument([
    'feed',
    [
      ['id', self],
      ['title', `Coupures et travaux, ${utility.name} (CAP)`],
      ['updated', updated],
      ['author', [['name', utility.legalName]]],
      ['link', '', { rel: 'self', type: 'application/atom+xml', href: self }],
      ...told.map((outage): XmlElement => {
        const { title, body } = outageText(outage, 'fr', utility.timeZone);
        const href = `${apiUrl}/outages/${encodeURIComponent(outage.id)}.cap`;
        return ['entry', [['id', href], ['title', title], ['updated', changedAt(outage)], ['published', outage.history[0]?.at ?? outage.startsAt], ['link', '', { rel: 'alternate', type: 'application/cap+xml', href }], ['summary', body]]];
      }),
    ],
    { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'fr' },
  ]);
}

function infoOf(outage: Outage, language: Language, tag: string, { utility, apiUrl, site, now }: CapPlace): XmlElement {
  const { title, body } = outageText(outage, language, utility.timeZone);
  const { kind, energy, state, startsAt, estimatedEnd, endedAt, areas, households } = outage;
  const isOver = state === 'restored' || state === 'cancelled';
  const isPlanned = outagePhase(outage, now) === 'planned';
  const gas = energy === 'gas';
  const event = { fr: `${kind === 'works' ? 'Travaux : coupure' : 'Coupure'} ${gas ? 'de gaz' : 'd’électricité'}`, en: `${kind === 'works' ? 'Planned works' : 'Outage'}: ${gas ? 'gas' : 'electricity'}` };
  // Who reads alerts drops one that has expired: what lasts longer than expected has no end that is known.
  const expectedEnd = estimatedEnd !== null && Date.parse(estimatedEnd) > now ? estimatedEnd : null;
  const expires = isOver ? (endedAt === null ? null : new Date(Date.parse(endedAt) + DAY_MS).toISOString()) : expectedEnd;
  const contact = utility.contacts.find(({ purpose }) => purpose === (gas ? 'gas-emergency' : 'electricity-breakdown'))?.phone;
  return [
    'info',
    [
      ['language', tag],
      ['category', 'Infra'],
      ['event', event[language]],
      ['responseType', isOver ? 'AllClear' : isPlanned ? 'Prepare' : 'Monitor'],
      ['urgency', isOver ? 'Past' : isPlanned ? 'Future' : 'Immediate'],
      ['severity', households !== null && households >= MANY_HOUSEHOLDS ? 'Moderate' : 'Minor'],
      ['certainty', isPlanned ? 'Likely' : 'Observed'],
      ['onset', capTime(startsAt, utility)],
      expires === null ? undefined : ['expires', capTime(expires, utility)],
      ['senderName', utility.legalName],
      ['headline', title],
      ['description', body],
      ['web', pageAddress(utility, site, 'alerts') ?? `${apiUrl}/outages.atom`],
      contact === undefined ? undefined : ['contact', contact],
      ...areas.map((area): XmlElement => ['area', [['areaDesc', areaText(area, language)], ['geocode', [['valueName', 'INSEE'], ['value', area.commune]]]]]),
    ],
  ];
}

/** A restored supply is the last word on an alert, and no mistake that is called back; works that were called off are. */
function messageType({ state, history }: Outage): 'Alert' | 'Update' | 'Cancel' {
  if (state === 'cancelled') return 'Cancel';
  return history.length === 1 ? 'Alert' : 'Update';
}

/** Neither spaces, commas nor what XML escapes may stand in one. */
function identifierOf({ id }: Outage, index: number, { utility, apiUrl }: CapPlace): string {
  return `${new URL(apiUrl).hostname}.${utility.id}.${id}.${index + 1}`.replaceAll(/[\s,<&]/g, '_');
}

function senderOf({ utility, apiUrl }: CapPlace): string {
  return `${utility.id}@${new URL(apiUrl).hostname}`;
}

/** With an offset in figures: `Z` is not allowed. */
function capTime(at: Instant, { timeZone }: Utility): string {
  return withOffset(Math.floor(Date.parse(at) / 1000) * 1000, timeZone);
}
