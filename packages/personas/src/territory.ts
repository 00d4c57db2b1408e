import type { Commune, Contact, Territory } from '@oya/contract';
import { findUtility } from './utilities.ts';

/**
 * The demo's territory: Carmaux, the communes of the Ségala, and some around Carmaux that belong to neither utility's
 * electricity network. Names and postcodes are real; which of them a network serves is an example.
 */
const carmaux: Commune = { id: 'carmaux', name: 'Carmaux', postcodes: ['81400'], formerNames: ['Cramaux'] };

const segala: readonly Commune[] = [
  commune('Almayrac', '81190'),
  commune('Andouque', '81350'),
  commune('Crespin', '81350'),
  commune('Faussergues', '81340'),
  commune('Jouqueviel', '81190'),
  commune('Lédas-et-Penthiès', '81340'),
  commune('Mirandol-Bourgnounac', '81190', 'Mirandol'),
  commune('Monestiés', '81640', 'Monestiès'),
  commune('Montauriol', '81190'),
  commune('Montirat', '81190'),
  commune('Moularès', '81190'),
  commune('Padiès', '81340'),
  commune('Pampelonne', '81190'),
  commune('Rosières', '81400'),
  commune('Saint-Christophe', '81190'),
  commune('Saint-Jean-de-Marcel', '81350'),
  commune('Sainte-Gemme', '81190'),
  commune('Saussenac', '81350'),
  commune('Tanus', '81190'),
  commune('Tréban', '81190'),
  commune('Trévien', '81190'),
  commune('Valderiès', '81350'),
  commune('Valence-d’Albigeois', '81340', 'Valence'),
];

const around: readonly Commune[] = [
  commune('Blaye-les-Mines', '81400', 'Blaye'),
  commune('Cagnac-les-Mines', '81130', 'Cagnac'),
  commune('Labastide-Gabausse', '81400'),
  commune('Le Garric', '81450'),
  commune('Le Ségur', '81640'),
  commune('Saint-Benoît-de-Carmaux', '81400'),
  commune('Taïx', '81130'),
  commune('Virac', '81640'),
];

/** Which utility is whose, as the guide of OYA says it. Pages say where the portals are, by their routes. */
export const territory: Territory = {
  communes: [carmaux, ...segala, ...around],
  rules: [
    {
      communes: ['carmaux'],
      energies: ['electricity', 'gas'],
      utility: 'eneo',
      reason: { fr: 'À Carmaux, ENEO fournit l’électricité et le gaz.', en: 'In Carmaux, ENEO supplies both electricity and gas.' },
    },
    {
      communes: 'all',
      energies: ['gas'],
      utility: 'eneo',
      reason: { fr: 'Hors de Carmaux aussi, ENEO fournit le gaz.', en: 'Outside Carmaux too, ENEO supplies the gas.' },
    },
    {
      communes: segala.map(({ id }) => id),
      energies: ['electricity'],
      utility: 'sicae',
      reason: { fr: 'Dans les communes du Ségala, SICAE fournit l’électricité.', en: 'In the communes of the Ségala, SICAE supplies the electricity.' },
    },
  ],
  suppliers: ['eneo', 'sicae'].map((id) => ({ utility: id, name: findUtility(id).name, portal: `/${id}/espace-client`, contact: contactOf(id) })),
  contact: {
    label: { fr: 'Accueil OYA', en: 'OYA reception' },
    phone: '05 36 49 30 10',
    email: 'contact@oya-energies.fr',
    hours: { fr: 'Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h', en: 'Monday to Friday, 8:30 to 12:00 and 13:30 to 17:00' },
  },
};

function commune(name: string, postcode: string, ...formerNames: string[]): Commune {
  const id = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return { id, name, postcodes: [postcode], ...(formerNames.length > 0 && { formerNames }) };
}

function contactOf(id: string): Contact {
  const point = findUtility(id).contacts.find(({ purpose }) => purpose === 'customer-service');
  if (!point) throw new RangeError(`"${id}" has no customer service`);
  const { purpose: _purpose, ...contact } = point;
  return contact;
}
