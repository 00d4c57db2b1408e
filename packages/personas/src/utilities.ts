import { cents, type ContactPoint, type Energy, type ServedCommune, type SupplierIdentity, type Utility } from '@oya/contract';
import { proceduresOf } from './procedures.ts';

/** Around the end of the days that the next invoice charges. */
const MESSAGES = { answerHours: 14, days: [1, 2, 3, 4, 5], opens: '08:30', closes: '17:00' };
const READING_WINDOW = { opensDaysBefore: 20, closesDaysBefore: 6 };

/**
 * The demo's two utilities, as their installations would describe them. The communes are real; which of them
 * a network serves is an example. Phone numbers are from the ranges that ARCEP keeps for fiction (05 36 49, and 06 39 98 for text messages);
 * codes of communes are INSEE's from memory, and an installation brings its own; numbers of companies, taxes and accounts are
 * of nobody: SIREN of zeros, and a bank 99999 that does not exist.
 */
export const utilities: readonly Utility[] = [
  {
    id: 'eneo',
    name: 'ENEO',
    legalName: 'ENEO, entreprise locale de distribution de Carmaux',
    timeZone: 'Europe/Paris',
    theme: 'eneo',
    languages: ['fr', 'en'],
    territory: [
      served('Carmaux', '81400', '81060', ['electricity', 'gas']),
      served('Monestiés', '81640', '81170', ['gas']),
      served('Rosières', '81400', '81230', ['gas']),
    ],
    contacts: [
      customerService('05 36 49 10 10'),
      electricityBreakdown('05 36 49 10 20', '06 39 98 10 20'),
      {
        purpose: 'gas-emergency',
        label: { fr: 'Urgence gaz : odeur ou fuite', en: 'Gas emergency: smell or leak' },
        phone: '05 36 49 10 30',
        textRelay: '06 39 98 10 30',
        hours: aroundTheClock(),
      },
    ],
    legal: legal({ form: 'SAEML', capital: cents(1_500_000_00), registration: '000000018', vatNumber: 'FR66000000018', street: '1 place de l’Exemple', postcode: '81400', city: 'Carmaux' }),
    readingWindow: READING_WINDOW,
    messages: MESSAGES,
    procedures: proceduresOf({ tariffs: ['base', 'peak-offpeak', 'tempo'] }),
    texts: texts('ENEO'),
    routes: routes(),
  },
  {
    id: 'sicae',
    name: 'SICAE',
    legalName: 'SICAE du Carmausin',
    timeZone: 'Europe/Paris',
    theme: 'sicae',
    languages: ['fr', 'en'],
    territory: [
      served('Mirandol-Bourgnounac', '81190', '81168', ['electricity']),
      served('Monestiés', '81640', '81170', ['electricity']),
      served('Moularès', '81190', '81186', ['electricity']),
      served('Pampelonne', '81190', '81201', ['electricity']),
      served('Rosières', '81400', '81230', ['electricity']),
      served('Sainte-Gemme', '81190', '81249', ['electricity']),
      served('Tanus', '81190', '81292', ['electricity']),
      served('Valderiès', '81350', '81306', ['electricity']),
    ],
    contacts: [customerService('05 36 49 20 10'), electricityBreakdown('05 36 49 20 20', '06 39 98 20 20')],
    legal: legal({ form: 'SICAE, société coopérative à capital variable', registration: '000000026', vatNumber: 'FR90000000026', street: '2 rue de l’Exemple', postcode: '81350', city: 'Valderiès' }),
    readingWindow: READING_WINDOW,
    messages: MESSAGES,
    procedures: proceduresOf({ tariffs: ['base', 'peak-offpeak', 'tempo'] }),
    texts: texts('SICAE'),
    routes: routes(),
  },
];

/** @throws RangeError when there is no such utility, naming those there are. */
export function findUtility(id: string): Utility {
  const utility = utilities.find((candidate) => candidate.id === id);
  if (!utility) throw new RangeError(`there is no utility "${id}"; there are: ${utilities.map((known) => known.id).join(', ')}`);
  return utility;
}

function legal({ street, postcode, city, ...identity }: Pick<SupplierIdentity, 'form' | 'capital' | 'registration' | 'vatNumber'> & { street: string; postcode: string; city: string }): SupplierIdentity {
  return {
    ...identity,
    register: `RCS Albi ${identity.registration.replace(/(\d{3})(?=\d)/g, '$1 ')} (exemple)`,
    address: { lines: [street], postcode, city, country: 'FR' },
    latePayment: {
      fr: 'Pour les professionnels, un retard de paiement donne lieu à des pénalités de trois fois le taux d’intérêt légal et à une indemnité de 40 € pour frais de recouvrement. Aucun escompte pour paiement anticipé.',
      en: 'For businesses, late payment entails penalties of three times the legal interest rate and a charge of €40 for recovery costs. No discount for early payment.',
    },
    mediator: {
      fr: 'Libre réponse n° 59252, 75443 Paris Cedex 09, ou energie-mediateur.fr',
      en: 'Libre réponse n° 59252, 75443 Paris Cedex 09, or energie-mediateur.fr',
    },
  };
}

function served(name: string, postcode: string, code: string, energies: Energy[]): ServedCommune {
  return { name, postcode, code, energies };
}

function customerService(phone: string): ContactPoint {
  return {
    purpose: 'customer-service',
    label: { fr: 'Service clients', en: 'Customer service' },
    phone,
    email: 'contact@oya-energies.fr',
    hours: { fr: 'Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h', en: 'Monday to Friday, 8:30 to 12:00 and 13:30 to 17:00' },
  };
}

function electricityBreakdown(phone: string, textRelay: string): ContactPoint {
  return {
    purpose: 'electricity-breakdown',
    label: { fr: 'Dépannage électricité', en: 'Electricity breakdown' },
    phone,
    textRelay,
    hours: aroundTheClock(),
  };
}

function aroundTheClock() {
  return { fr: 'Tous les jours, à toute heure', en: 'Every day, at any hour' };
}

function texts(name: string): Utility['texts'] {
  return {
    slogan: {
      fr: 'L\'énergie est notre avenir, économisons-la !',
      en: 'Energy is our future, let\'s save it!',
    },
    privacy: {
      fr: `${name} utilise vos données de consommation pour votre contrat et pour vous les montrer ici. `
        + 'Le détail à la demi-heure demande votre accord, que vous pouvez retirer à tout moment.',
      en: `${name} uses your consumption data for your contract and to show it to you here. `
        + 'The half-hourly detail needs your consent, which you can withdraw at any time.',
    },
    measure: { fr: 'Ma mesure', en: 'My measurements' },
    cost: { fr: 'Ma conso', en: 'My costs' },
  };
}

function routes(): Utility['routes'] {
  return {
    login: '/espace-client#connexion',
    signup: '/creer-un-compte',
    space: '/espace-client',
    consumption: '/espace-client#consommation',
    bill: '/comprendre-ma-facture',
    contracts: '/espace-client#contrats',
    profile: '/espace-client#compte',
    consents: '/mon-espace#/consents',
    invoices: '/mon-espace#/invoices',
    readings: '/mon-espace#/readings',
    messages: '/mon-espace#/messages',
    alerts: '/mon-espace#/alerts',
    payment: '/mon-espace#/payment',
    procedures: '/mon-espace#/procedures',
    emergency: '/urgence',
    app: '/application/#steps',
    contact: 'mailto:contact@oya-energies.fr',
  };
}
