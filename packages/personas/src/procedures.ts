/** What customers of the demo's utilities can have done. */
import type { LocalizedText, Procedure } from '@oya/contract';

const ADDRESS: LocalizedText = { fr: 'Votre nouvelle adresse', en: 'Your new address' };
const DAYS: LocalizedText = { fr: 'Les dates de votre départ et de votre arrivée', en: 'The days on which you leave and arrive' };
const INDEXES: LocalizedText = { fr: 'Ce qu’affichent les compteurs, si vous pouvez les lire', en: 'What the meters show, if you can read them' };
const PHONE: LocalizedText = { fr: 'Un téléphone où vous joindre', en: 'A phone on which we reach you' };
const BILL: LocalizedText = { fr: 'Une facture récente, pour votre puissance d’aujourd’hui', en: 'A recent bill, for your power of today' };
const PERMIT: LocalizedText = { fr: 'L’adresse du chantier, et le permis de construire s’il y en a un', en: 'The address of the site, and the planning permission if there is one' };
const WHEN: LocalizedText = { fr: 'La date à laquelle vous avez besoin du courant ou du gaz', en: 'The day on which you need power or gas' };
const FACTS: LocalizedText = { fr: 'Ce qui s’est passé, et quand', en: 'What happened, and when' };
const PHOTOS: LocalizedText = { fr: 'Des photos ou des courriers, si vous en avez', en: 'Photos or letters, if you have some' };
const FILES: LocalizedText = { fr: 'Le document, en photo ou en PDF', en: 'The document, as a photo or PDF' };

/** @param tariffs what can be subscribed to */
export function proceduresOf({ tariffs }: { tariffs: readonly ('base' | 'peak-offpeak' | 'tempo')[] }): Procedure[] {
  return [
    { id: 'demenager', kind: 'moving', way: { by: 'form' }, haveAtHand: [ADDRESS, DAYS, INDEXES, PHONE] },
    { id: 'puissance-ou-tarif', kind: 'power-or-tariff', way: { by: 'form', tariffs: [...tariffs] }, haveAtHand: [BILL, PHONE] },
    { id: 'raccordement', kind: 'connection', way: { by: 'form' }, haveAtHand: [PERMIT, WHEN, PHONE] },
    { id: 'reclamation', kind: 'claim', way: { by: 'form' }, haveAtHand: [FACTS, PHOTOS, PHONE] },
    { id: 'documents', kind: 'documents', way: { by: 'form' }, haveAtHand: [FILES] },
    { id: 'espace', kind: 'customer-space', way: { by: 'link', to: 'space' }, haveAtHand: [] },
    { id: 'ma-mesure', kind: 'measure', way: { by: 'link', to: 'consumption' }, haveAtHand: [] },
    { id: 'ma-conso', kind: 'cost', way: { by: 'link', to: 'consumption' }, haveAtHand: [] },
  ];
}
