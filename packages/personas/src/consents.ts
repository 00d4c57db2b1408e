/** What the personas have agreed to about their meters, and in which words. */
import { ConsentPurpose, instant, type Consent, type ConsentText, type Instant } from '@oya/contract';
import type { PersonaMeter } from './personas.ts';

const DAY_MS = 86_400_000;
/** How long ago those asked whose network operator is still at work. */
const REQUESTED_DAYS = 4;

const VERSION = '2026-09';

/** In the words that the guide gives its two buttons, and apart from each other, as the CNIL asks: what, for whom, how long, and that it can be taken back. */
export const consentTexts: Readonly<Record<ConsentPurpose, ConsentText>> = {
  'curve-recording': {
    version: VERSION,
    title: { fr: 'Enregistrement de la demi-heure', en: 'Recording of half-hours' },
    text: {
      fr: 'J’accepte que le gestionnaire du réseau enregistre, par mon compteur, ma puissance moyenne de chaque demi-heure, et la garde 24 mois au plus. Sans cet accord, il ne relève que ma consommation de chaque jour. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
      en: 'I agree that the network operator records, by my meter, my average power of each half-hour, and keeps it for 24 months at most. Without this consent it only reads my consumption of each day. I can withdraw it at any time; nothing changes in my contract.',
    },
  },
  'curve-collection': {
    version: VERSION,
    title: { fr: 'Collecte de la demi-heure', en: 'Collection of half-hours' },
    text: {
      fr: 'J’accepte que mon fournisseur reçoive chaque jour du gestionnaire du réseau mes puissances de chaque demi-heure, pour me les montrer ici et m’aider à comprendre ma consommation. Cet accord demande aussi celui de l’enregistrement. Je peux le retirer à tout moment ; rien ne change à mon contrat.',
      en: 'I agree that my supplier receives my power of each half-hour every day from the network operator, to show it to me here and to help me understand my consumption. This consent also needs the one to recording. I can withdraw it at any time; nothing changes in my contract.',
    },
  },
};

/** How the consents of a meter stand at first; none of a meter that has no load curve. */
export function consentsOf({ meter, dataFrom }: Pick<PersonaMeter, 'meter' | 'dataFrom'>, now: Instant): Consent[] {
  if (meter.loadCurve === 'unavailable') return [];
  const [state, since] = {
    // The day before the first half-hour came, in working hours.
    collected: ['active', dataFrom && instant(Date.parse(`${dataFrom}T14:00:00Z`) - DAY_MS)],
    requested: ['requested', instant(Date.parse(now) - REQUESTED_DAYS * DAY_MS)],
    'consent-needed': ['off', null],
  }[meter.loadCurve] as [Consent['state'], Instant | null];
  return ConsentPurpose.options.map((purpose) => ({ purpose, state, since, text: consentTexts[purpose] }));
}
