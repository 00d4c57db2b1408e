/** What can be agreed to about the personas' meters, in which words, and how it stands. */
import { addDays, instant, isOfCurve, purposesOf, type Consent, type ConsentPurpose, type ConsentRecipient, type ConsentText, type Instant } from '@oya/contract';
import type { PersonaMeter } from './personas.ts';

const DAY_MS = 86_400_000;
/** How long ago those asked whose network operator is still at work. */
const REQUESTED_DAYS = 4;
const VERSION = '2026-11';

/** Something that the demo's utilities ask their customers' consent to. */
export interface OfferedConsent {
  readonly purpose: ConsentPurpose;
  readonly recipient?: ConsentRecipient;
  readonly text: ConsentText;
}

/** In the words that the guide gives its buttons, and apart from each other, as the CNIL asks: what, for whom, what for, how long, and that it can be taken back. */
export const offeredConsents: readonly OfferedConsent[] = [
  offered('curve-recording', {
    title: { fr: 'Enregistrement de la demi-heure', en: 'Recording of half-hours' },
    text: {
      fr: 'J’accepte que le gestionnaire du réseau enregistre, par mon compteur, ma puissance moyenne de chaque demi-heure, et la garde 24 mois au plus. Sans cet accord, il ne relève que ma consommation de chaque jour. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
      en: 'I agree that the network operator records, by my meter, my average power of each half-hour, and keeps it for 24 months at most. Without this consent it only reads my consumption of each day. I can withdraw it at any time; nothing changes in my contract.',
    },
  }),
  offered('curve-collection', {
    title: { fr: 'Collecte de la demi-heure', en: 'Collection of half-hours' },
    text: {
      fr: 'J’accepte que mon fournisseur reçoive chaque jour du gestionnaire du réseau mes puissances de chaque demi-heure, pour me les montrer ici et m’aider à comprendre ma consommation. Cet accord demande aussi celui de l’enregistrement. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
      en: 'I agree that my supplier receives my power of each half-hour every day from the network operator, to show it to me here and to help me understand my consumption. This consent also needs the one to recording. I can withdraw it at any time; nothing changes in my contract.',
    },
  }),
  offered('daily-collection', {
    title: { fr: 'Collecte de la consommation de chaque jour', en: 'Collection of the consumption of each day' },
    text: {
      fr: 'J’accepte que mon fournisseur reçoive chaque jour du gestionnaire du réseau ma consommation de la veille, pour me la montrer ici. Il la garde 36 mois au plus. Sans cet accord, mes factures restent établies sur mes relevés. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
      en: 'I agree that my supplier receives my consumption of the day before from the network operator every day, to show it to me here. It keeps it for 36 months at most. Without this consent my invoices still follow my readings. I can withdraw it at any time; nothing changes in my contract.',
    },
  }),
  offered('maximum-power', {
    title: { fr: 'Collecte de la puissance maximale', en: 'Collection of the maximum power' },
    text: {
      fr: 'J’accepte que mon fournisseur reçoive chaque jour du gestionnaire du réseau la plus grande puissance que j’ai appelée la veille, pour me dire si ma puissance souscrite me convient. Il la garde 36 mois au plus. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
      en: 'I agree that my supplier receives the greatest power that I drew the day before from the network operator every day, to tell me whether my subscribed power suits me. It keeps it for 36 months at most. I can withdraw it at any time; nothing changes in my contract.',
    },
  }),
  offered(
    'third-party',
    {
      title: { fr: 'Partage avec la Maison de l’énergie', en: 'Sharing with Maison de l’énergie' },
      text: {
        fr: 'J’accepte que mon fournisseur transmette à la Maison de l’énergie du Ségala, association de conseil aux habitants, ma consommation de chaque jour, pour préparer un conseil gratuit sur mes économies d’énergie. Cet accord dure 12 mois. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
        en: 'I agree that my supplier hands my consumption of each day to Maison de l’énergie du Ségala, an association that advises residents, to prepare free advice on how I can save energy. This consent lasts 12 months. I can withdraw it at any time; nothing changes in my contract.',
      },
      months: 12,
    },
    { id: 'maison-energie', name: 'Maison de l’énergie du Ségala' },
  ),
];

/** How the consents about a meter stand at first; none about a meter that is read by hand. */
export function consentsOf({ meter, dataFrom }: Pick<PersonaMeter, 'meter' | 'dataFrom'>, now: Instant): Consent[] {
  const purposes = purposesOf(meter);
  const off: Pick<Consent, 'state' | 'since'> = { state: 'off', since: null };
  // In working hours of the day before the first value came; yesterday, where the first is still to come.
  const collected: typeof off = { state: 'active', since: instant(dataFrom === null ? Date.parse(now) - DAY_MS : Date.parse(`${addDays(dataFrom, -1)}T14:00:00Z`)) };
  const ofCurve = {
    collected,
    requested: { state: 'requested', since: instant(Date.parse(now) - REQUESTED_DAYS * DAY_MS) } as const,
    'consent-needed': off,
    unavailable: off,
  }[meter.loadCurve];
  return offeredConsents
    .filter(({ purpose }) => purposes.includes(purpose))
    .map(({ purpose, recipient, text }) => ({ purpose, ...(recipient && { recipient }), ...(isOfCurve(purpose) ? ofCurve : purpose === 'third-party' ? off : collected), text }));
}

function offered(purpose: ConsentPurpose, words: Omit<ConsentText, 'version'>, recipient?: ConsentRecipient): OfferedConsent {
  return { purpose, ...(recipient && { recipient }), text: { version: VERSION, ...words } };
}
