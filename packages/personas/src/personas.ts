import type { Contract, Customer, LocalDay, LocalizedText, Meter, Period, Resolution, Site, TimeZone } from '@oya/contract';
import { billsOf } from './bills.ts';
import type { Household } from './generator/household.ts';

/** A customer of the demo, with all there is to sign in as them and to generate what their meters measured. */
export interface Persona {
  readonly id: string;
  /** Id of one of `utilities`. */
  readonly utility: string;
  readonly login: string;
  readonly email: string;
  readonly password: string;
  readonly customer: Customer;
  /** One sentence that says what this household shows. */
  readonly story: LocalizedText;
  readonly contracts: readonly Contract[];
  /**
   * What proves to be this customer, beside the contract: an invoice that lies on the table.
   * @throws RangeError of whom none was issued yet
   */
  readonly invoice: PaperInvoice;
  readonly meters: readonly PersonaMeter[];
}

export interface PaperInvoice {
  readonly contractId: string;
  /** Two letters and ten digits. */
  readonly number: string;
  /** In cents, tax included. */
  readonly totalCents: number;
  readonly issuedOn: LocalDay;
}

/** A persona as written down here; contracts get their holder, and the persona an invoice, by `withPapers`. */
type Described = Omit<Persona, 'contracts' | 'invoice'> & { readonly contracts: readonly Omit<Contract, 'holder' | 'number'>[] };

/** A meter, and what the generator needs to know of it. */
export interface PersonaMeter {
  readonly meter: Meter;
  readonly timeZone: TimeZone;
  /** The first day with data; `null` as long as nothing was collected. */
  readonly dataFrom: LocalDay | null;
  /** Sets this meter's chance apart from the others'; the weather is the same for all. */
  readonly seed: number;
  /** What stands behind the meter. */
  readonly household: Household;
  /** Days on which nothing came from the meter. */
  readonly outages: readonly Period[];
  /** The day on which the meter went over to another step from a local minute of the day on, until midnight. */
  readonly stepChange?: { readonly day: LocalDay; readonly fromMinute: number; readonly stepMinutes: number };
  /** Of what flowed until it was replaced (`meter.replaced`), how much the meter before it counted. */
  readonly countedBefore?: number;
  /** Only of hand-read meters: the months (1–12) on whose first day somebody reads the index. */
  readonly readingMonths?: readonly number[];
}

/** The same for all, so that whoever tries the demo types one password. It satisfies the guide's rule. */
const PASSWORD = 'Cascade-81400';
/** When the invoices were printed that lie on their tables. */
const PAPERS_AT = '2026-10-13T08:00:00Z';
const TIME_ZONE = 'Europe/Paris';

const CURVE_AND_UP: Resolution[] = ['half-hour', 'hour', 'day', 'month', 'year'];
const DAYS_AND_UP: Resolution[] = ['day', 'month', 'year'];
const MONTHS_AND_UP: Resolution[] = ['month', 'year'];

const PEAK_AND_OFF_PEAK = [{ code: 'HP', digits: 6 }, { code: 'HC', digits: 6 }];
const BASE = [{ code: 'BASE', digits: 6 }];
const SIX_OF_TEMPO = ['HPJB', 'HCJB', 'HPJW', 'HCJW', 'HPJR', 'HCJR'].map((code) => ({ code, digits: 6 }));

const CARMAUX = { postcode: '81400', commune: 'Carmaux' };

const accounts: readonly Described[] = [
  {
    ...account('camille', 'eneo', 'Camille Durand'),
    story: {
      fr: 'Une famille de quatre, chauffée à l\'électricité, avec un Linky et deux ans de demi-heures en heures pleines et creuses.',
      en: 'A family of four with electric heating, a Linky meter and two years of half-hours at peak and off-peak prices.',
    },
    contracts: [
      electricity('camille-electricity', site('camille-home', 'Maison', '12 rue des Acacias', CARMAUX), '00810000000101', 'Heures creuses', 9, '2019-09-01'),
    ],
    meters: [
      {
        meter: linky('camille-linky', 'camille-electricity', 'L00000000101', PEAK_AND_OFF_PEAK, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 101,
        household: {
          occupants: 4, heatLossWattsPerKelvin: 115, baseWatts: 170, hotWater: 'off-peak-tank', cooks: true,
          // Set for the hours before October 2026: since they changed the water is heated at peak prices, as happens.
          tankMinute: 22 * 60 + 30,
          presence: 'at-work', limitWatts: 9000,
        },
        outages: [{ from: '2025-06-17', to: '2025-06-19' }],
        stepChange: { day: '2026-03-11', fromMinute: 12 * 60, stepMinutes: 10 },
      },
    ],
  },
  {
    ...account('lucien', 'eneo', 'Lucien Fabre'),
    story: {
      fr: 'Un appartement avec un Linky, sans accord pour la demi-heure : les jours, et l\'offre d\'en voir plus.',
      en: 'A flat with a Linky meter and no half-hourly consent: days, and the offer to see more.',
    },
    contracts: [
      electricity('lucien-electricity', site('lucien-home', 'Appartement', '3 place Jean-Jaurès', CARMAUX), '00810000000202', 'Base', 6, '2021-03-15'),
    ],
    meters: [
      {
        meter: linky('lucien-linky', 'lucien-electricity', 'L00000000202', BASE, 'consent-needed'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 202,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 55, baseWatts: 90, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 6000,
        },
        outages: [{ from: '2026-01-21', to: '2026-01-23' }],
      },
    ],
  },
  {
    ...account('odette', 'eneo', 'Odette Galtier'),
    story: {
      fr: 'Un compteur relevé à la main : des mois, estimés entre deux relevés.',
      en: 'A meter read by hand: months, estimated between two readings.',
    },
    contracts: [
      electricity('odette-electricity', site('odette-home', 'Maison', '8 chemin de la Verrerie', CARMAUX), '00810000000303', 'Base', 6, '2004-05-01'),
    ],
    meters: [
      {
        meter: {
          id: 'odette-meter', contractId: 'odette-electricity', energy: 'electricity', kind: 'hand-read',
          serialNumber: 'M00000000303', registers: [{ code: 'BASE', digits: 5 }], resolutions: MONTHS_AND_UP, loadCurve: 'unavailable',
        },
        timeZone: TIME_ZONE,
        dataFrom: '2023-10-01',
        seed: 303,
        household: {
          occupants: 1, heatLossWattsPerKelvin: 0, baseWatts: 70, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 6000,
        },
        outages: [],
        // She reads it each month of the heating season; in between the utility comes once, in July.
        readingMonths: [1, 2, 3, 4, 7, 10, 11, 12],
      },
    ],
  },
  {
    ...account('nadia', 'eneo', 'Nadia Benali'),
    story: {
      fr: 'Le gaz et l\'électricité à la même adresse : un Gazpar, jour par jour, et un Linky à la demi-heure.',
      en: 'Gas and electricity at one address: a Gazpar meter by day and a Linky meter by half-hour.',
    },
    contracts: [
      electricity('nadia-electricity', nadiaHome(), '00810000000404', 'Base', 6, '2022-07-01'),
      gas('nadia-gas', nadiaHome(), '00810000000405', 'Gaz chauffage', '2022-07-01'),
    ],
    meters: [
      {
        meter: linky('nadia-linky', 'nadia-electricity', 'L00000000404', BASE, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 404,
        household: {
          occupants: 3, heatLossWattsPerKelvin: 0, baseWatts: 130, hotWater: 'none', cooks: true,
          presence: 'at-work', limitWatts: 6000,
        },
        outages: [],
      },
      {
        meter: {
          id: 'nadia-gazpar', contractId: 'nadia-gas', energy: 'gas', kind: 'gazpar',
          serialNumber: 'G00000000405', registers: [{ code: 'BASE', digits: 5 }], resolutions: DAYS_AND_UP, loadCurve: 'unavailable',
        },
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 405,
        household: {
          occupants: 3, heatLossWattsPerKelvin: 165, baseWatts: 0, hotWater: 'boiler', cooks: true,
          presence: 'at-work', limitWatts: 24_000,
        },
        outages: [{ from: '2025-11-08', to: '2025-11-10' }],
      },
    ],
  },
  {
    ...account('emma', 'eneo', 'Emma Laurens'),
    story: {
      fr: 'Une nouvelle cliente : le contrat est là, la première mesure pas encore.',
      en: 'A new customer: the contract is there, the first measurement is not yet.',
    },
    contracts: [
      electricity('emma-electricity', site('emma-home', 'Appartement', '27 avenue Albert-Thomas', CARMAUX), '00810000000505', 'Base', 6, '2026-11-16'),
    ],
    meters: [
      {
        meter: linky('emma-linky', 'emma-electricity', 'L00000000505', BASE, 'consent-needed'),
        timeZone: TIME_ZONE,
        dataFrom: null,
        seed: 505,
        household: {
          occupants: 1, heatLossWattsPerKelvin: 60, baseWatts: 60, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-work', limitWatts: 6000,
        },
        outages: [],
      },
    ],
  },
  {
    ...account('sofiane', 'eneo', 'Sofiane Meziane'),
    story: {
      fr: 'Il a donné ses accords pour la demi-heure il y a quelques jours : le gestionnaire du réseau les traite.',
      en: 'He gave his consents to the half-hour a few days ago: the network operator is working on them.',
    },
    contracts: [
      electricity('sofiane-electricity', site('sofiane-home', 'Appartement', '14 boulevard Augustin-Malroux', CARMAUX), '00810000001111', 'Base', 6, '2025-05-01'),
    ],
    meters: [
      {
        meter: linky('sofiane-linky', 'sofiane-electricity', 'L00000001111', BASE, 'requested'),
        timeZone: TIME_ZONE,
        dataFrom: '2025-05-01',
        seed: 1111,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 60, baseWatts: 85, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-work', limitWatts: 6000,
        },
        outages: [],
      },
    ],
  },
  {
    ...account('yvette', 'eneo', 'Yvette Roucairol'),
    story: {
      fr: 'Des mensualités, et un compteur défectueux remplacé en septembre : l’ancien comptait trop peu, la régularisation sera lourde.',
      en: 'Instalments, and a faulty meter replaced in September: the old one counted too little, and the settlement will be heavy.',
    },
    contracts: [
      electricity('yvette-electricity', site('yvette-home', 'Maison', '22 rue du Cérou', CARMAUX), '00810000001414', 'Base', 9, '2012-04-01'),
    ],
    meters: [
      {
        meter: {
          ...linky('yvette-linky', 'yvette-electricity', 'L00000001414', BASE, 'consent-needed'),
          replaced: { on: '2026-09-15', serialNumber: 'L00000000914', indexes: [{ register: 'BASE', closing: 20_298, opening: 0 }] },
        },
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 1414,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 70, baseWatts: 130, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 9000,
        },
        countedBefore: 0.68,
        outages: [],
      },
    ],
  },
  {
    ...account('ines', 'eneo', 'Inès Carrère'),
    story: {
      fr: 'Des panneaux solaires sur le toit : ce que la maison prend au réseau, et ce qu’elle lui donne. Ses prix sont hors taxes.',
      en: 'Solar panels on the roof: what the house takes from the network, and what it gives. Her prices are without tax.',
    },
    contracts: [
      electricity('ines-electricity', site('ines-home', 'Maison', '9 chemin du Candou', CARMAUX), '00810000001212', 'Soleil', 6, '2025-03-01'),
    ],
    meters: [
      {
        meter: { ...linky('ines-linky', 'ines-electricity', 'L00000001212', BASE, 'collected'), production: true },
        timeZone: TIME_ZONE,
        dataFrom: '2025-03-01',
        seed: 1212,
        household: {
          occupants: 3, heatLossWattsPerKelvin: 30, baseWatts: 120, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-work', limitWatts: 6000, solarWatts: 3000,
        },
        outages: [{ from: '2026-05-20', to: '2026-05-21' }],
      },
    ],
  },
  {
    ...account('marc', 'sicae', 'Marc Assié'),
    story: {
      fr: 'Une maison du Ségala chauffée par une pompe à chaleur, avec un Linky à la demi-heure.',
      en: 'A house in the Ségala with a heat pump and a half-hourly Linky meter.',
    },
    contracts: [
      electricity(
        'marc-electricity',
        site('marc-home', 'Maison', '5 route du Viaur', { postcode: '81190', commune: 'Tanus' }),
        '00810000000606', 'Heures creuses', 9, '2020-02-01',
      ),
    ],
    meters: [
      {
        meter: linky('marc-linky', 'marc-electricity', 'L00000000606', PEAK_AND_OFF_PEAK, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 606,
        household: {
          // A heat pump takes about a third of what the walls lose.
          occupants: 3, heatLossWattsPerKelvin: 60, baseWatts: 140, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 9000,
        },
        outages: [{ from: '2026-02-12', to: '2026-02-14' }],
      },
    ],
  },
  {
    ...account('helene', 'sicae', 'Hélène Cazals'),
    story: {
      fr: 'Deux adresses sous un même compte : la maison principale et une maison de famille, souvent vide.',
      en: 'Two addresses under one account: the main home and a family house that often stands empty.',
    },
    contracts: [
      electricity(
        'helene-electricity',
        site('helene-home', 'Maison principale', '18 rue de l\'Église', { postcode: '81350', commune: 'Valderiès' }),
        '00810000000707', 'Base', 6, '2018-06-01',
      ),
      electricity(
        'helene-second-electricity',
        site('helene-second-home', 'Maison de famille', 'Lieu-dit Les Tilleuls', { postcode: '81190', commune: 'Mirandol-Bourgnounac' }),
        '00810000000708', 'Base', 3, '2012-01-01',
      ),
    ],
    meters: [
      {
        meter: linky('helene-linky', 'helene-electricity', 'L00000000707', BASE, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 707,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 0, baseWatts: 110, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-work', limitWatts: 6000,
        },
        outages: [],
      },
      {
        meter: linky('helene-second-linky', 'helene-second-electricity', 'L00000000708', BASE, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 708,
        household: {
          occupants: 3, heatLossWattsPerKelvin: 70, baseWatts: 40, hotWater: 'off-peak-tank', cooks: true,
          presence: 'second-home', limitWatts: 3000,
        },
        outages: [],
      },
    ],
  },
  {
    ...account('julien', 'sicae', 'Julien Roques'),
    story: {
      fr: 'Une ferme en Tempo : six prix, et un poêle qu’on allume les jours rouges.',
      en: 'A farmhouse on Tempo: six prices, and a stove that is lit on red days.',
    },
    contracts: [
      electricity('julien-electricity', site('julien-home', 'Ferme', 'Lieu-dit Le Bruc', { postcode: '81190', commune: 'Pampelonne' }), '00810000001313', 'Tempo', 12, '2023-09-01'),
    ],
    meters: [
      {
        meter: linky('julien-linky', 'julien-electricity', 'L00000001313', SIX_OF_TEMPO, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 1313,
        household: {
          occupants: 3, heatLossWattsPerKelvin: 130, baseWatts: 210, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 12_000, sparesRedDays: true,
        },
        outages: [{ from: '2025-12-18', to: '2025-12-19' }],
      },
    ],
  },
  {
    ...account('gilles', 'sicae', 'Gilles Bonnet'),
    story: {
      fr: 'Depuis la mi-octobre, quelque chose tourne jour et nuit dans la maison, et personne ne l’a remarqué.',
      en: 'Since mid-October something has been running day and night in the house, and nobody has noticed.',
    },
    contracts: [
      electricity('gilles-electricity', site('gilles-home', 'Maison', '3 chemin du Pont', { postcode: '81190', commune: 'Tanus' }), '00810000001515', 'Base', 6, '2015-11-01'),
    ],
    meters: [
      {
        meter: linky('gilles-linky', 'gilles-electricity', 'L00000001515', BASE, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2025-06-01',
        seed: 1515,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 0, baseWatts: 105, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-work', limitWatts: 6000, runsSince: { day: '2026-10-17', watts: 210 },
        },
        outages: [],
      },
    ],
  },
  {
    ...account('lea', 'sicae', 'Léa Cazals'),
    story: {
      fr: 'Un contrat terminé, et la maison de famille que sa mère partage avec elle : elle voit, elle ne change rien.',
      en: 'A contract that has ended, and the family house that her mother shares with her: she sees it and changes nothing.',
    },
    contracts: [
      {
        ...electricity('lea-electricity', site('lea-flat', 'Studio', '2 rue du Moulin', { postcode: '81350', commune: 'Valderiès' }), '00810000000810', 'Base', 3, '2023-09-01'),
        to: '2026-07-01',
      },
    ],
    // The meter stayed in the flat: it is the next tenant's.
    meters: [],
  },
  {
    ...account('bernard', 'eneo', 'Bernard Alric'),
    story: {
      fr: 'Trois compteurs relevés à la main, sur deux sites : heures creuses et gaz à la maison, un atelier à côté.',
      en: 'Three meters read by hand at two sites: off-peak hours and gas at home, a workshop nearby.',
    },
    contracts: [
      electricity('bernard-electricity', bernardHome(), '00810000001606', 'Heures creuses', 9, '2011-09-01'),
      gas('bernard-gas', bernardHome(), '00810000001607', 'Gaz chauffage', '2011-09-01'),
      electricity('bernard-workshop', site('bernard-workshop-site', 'Atelier', '12 rue du Puits', CARMAUX), '00810000001608', 'Base', 6, '2016-03-01'),
    ],
    meters: [
      {
        meter: {
          id: 'bernard-meter', contractId: 'bernard-electricity', energy: 'electricity', kind: 'hand-read',
          serialNumber: 'M00000001606', registers: [{ code: 'HP', digits: 5 }, { code: 'HC', digits: 5 }], resolutions: MONTHS_AND_UP, loadCurve: 'unavailable',
        },
        timeZone: TIME_ZONE,
        dataFrom: '2024-04-01',
        seed: 1606,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 0, baseWatts: 110, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 9000,
        },
        outages: [],
        readingMonths: [2, 4, 8, 10, 12],
      },
      {
        meter: {
          id: 'bernard-gas-meter', contractId: 'bernard-gas', energy: 'gas', kind: 'hand-read',
          serialNumber: 'G00000001607', registers: [{ code: 'BASE', digits: 5 }], resolutions: MONTHS_AND_UP, loadCurve: 'unavailable',
        },
        timeZone: TIME_ZONE,
        dataFrom: '2024-04-01',
        seed: 1607,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 140, baseWatts: 0, hotWater: 'none', cooks: false,
          presence: 'at-home', limitWatts: 24_000,
        },
        outages: [],
        readingMonths: [4, 8, 10, 12],
      },
      {
        meter: {
          id: 'bernard-workshop-meter', contractId: 'bernard-workshop', energy: 'electricity', kind: 'hand-read',
          serialNumber: 'M00000001608', registers: [{ code: 'BASE', digits: 5 }], resolutions: MONTHS_AND_UP, loadCurve: 'unavailable',
        },
        timeZone: TIME_ZONE,
        dataFrom: '2024-04-01',
        seed: 1608,
        household: {
          occupants: 1, heatLossWattsPerKelvin: 0, baseWatts: 40, hotWater: 'none', cooks: false,
          presence: 'at-work', limitWatts: 6000,
        },
        outages: [],
        readingMonths: [4, 10],
      },
    ],
  },
  {
    ...account('roland', 'sicae', 'Roland Cazals'),
    story: {
      fr: 'Un Linky qui ne répond plus depuis quelques jours.',
      en: 'A Linky meter that has been silent for some days.',
    },
    contracts: [
      electricity('roland-electricity', site('roland-home', 'Maison', '5 route du Viaur', { postcode: '81190', commune: 'Tanus' }), '00810000001709', 'Base', 6, '2019-06-01'),
    ],
    meters: [
      {
        meter: linky('roland-linky', 'roland-electricity', 'L00000001709', BASE, 'consent-needed'),
        timeZone: TIME_ZONE,
        dataFrom: '2025-06-01',
        seed: 1709,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 0, baseWatts: 90, hotWater: 'none', cooks: true,
          presence: 'at-home', limitWatts: 6000,
        },
        outages: [{ from: '2026-11-17', to: '9999-12-31' }],
      },
    ],
  },
];

/** Customers with a contract and an invoice in hand, but no account yet: who tries to sign up. */
const withoutAccount: readonly Described[] = [
  {
    ...account('paul', 'eneo', 'Paul Vidal'),
    story: {
      fr: 'Un client sans compte, sa facture à la main : pour essayer l\'inscription.',
      en: 'A customer without an account, invoice in hand: to try signing up.',
    },
    contracts: [
      electricity('paul-electricity', site('paul-home', 'Maison', '6 rue des Verriers', CARMAUX), '00810000000909', 'Base', 6, '2017-10-01'),
    ],
    meters: [
      {
        meter: linky('paul-linky', 'paul-electricity', 'L00000000909', BASE, 'consent-needed'),
        timeZone: TIME_ZONE,
        dataFrom: '2024-10-01',
        seed: 909,
        household: {
          occupants: 2, heatLossWattsPerKelvin: 0, baseWatts: 120, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-work', limitWatts: 6000,
        },
        outages: [],
      },
    ],
  },
  {
    ...account('jeanne', 'sicae', 'Jeanne Rouquette'),
    story: {
      fr: 'Une cliente de la SICAE sans compte, avec son contrat.',
      en: 'A customer of SICAE without an account, with her contract.',
    },
    contracts: [
      electricity('jeanne-electricity', site('jeanne-home', 'Ferme', 'Lieu-dit La Borie', { postcode: '81190', commune: 'Pampelonne' }), '00810000001010', 'Heures creuses', 12, '2009-04-01'),
    ],
    meters: [
      {
        meter: linky('jeanne-linky', 'jeanne-electricity', 'L00000001010', PEAK_AND_OFF_PEAK, 'collected'),
        timeZone: TIME_ZONE,
        dataFrom: '2025-10-01',
        seed: 1010,
        household: {
          occupants: 4, heatLossWattsPerKelvin: 90, baseWatts: 260, hotWater: 'off-peak-tank', cooks: true,
          presence: 'at-home', limitWatts: 12_000,
        },
        outages: [],
      },
    ],
  },
];

/** Who can sign in. */
export const personas: readonly Persona[] = accounts.map(withPapers);

/** Who cannot yet: the same as a persona, but whoever signs up chooses login, e-mail address and password. */
export const prospects: readonly Persona[] = withoutAccount.map(withPapers);

/** @throws RangeError when there is no such persona, naming those there are. */
export function findPersona(id: string): Persona {
  const persona = personas.find((candidate) => candidate.id === id);
  if (!persona) throw new RangeError(`there is no persona "${id}"; there are: ${personas.map((known) => known.id).join(', ')}`);
  return persona;
}

function account(id: string, utility: string, displayName: string) {
  const login = displayName.normalize('NFD').replace(/[^A-Za-z ]/g, '').toLowerCase().replace(' ', '.');
  // example.org is kept for examples (RFC 2606): no mail of a demo reaches anybody.
  return { id, utility, login, email: `${login}@example.org`, password: PASSWORD, customer: { id: `${id}-customer`, displayName } };
}

function site(id: string, label: string, address: string, place: { postcode: string; commune: string }): Site {
  return { id, label, address, ...place };
}

function bernardHome(): Site {
  return site('bernard-home', 'Maison', '3 rue du Candou', CARMAUX);
}

function nadiaHome(): Site {
  return site('nadia-home', 'Maison', '41 rue de la Mine', CARMAUX);
}

function electricity(id: string, at: Site, deliveryPoint: string, offer: string, subscribedPowerKva: number, from: LocalDay): Described['contracts'][number] {
  return { id, energy: 'electricity', site: at, deliveryPoint, offer, ...(offer === 'Tempo' && { isTempo: true }), subscribedPowerKva, from, to: null };
}

function gas(id: string, at: Site, deliveryPoint: string, offer: string, from: LocalDay): Described['contracts'][number] {
  return { id, energy: 'gas', site: at, deliveryPoint, offer, subscribedPowerKva: null, from, to: null };
}

function linky(id: string, contractId: string, serialNumber: string, registers: Meter['registers'], loadCurve: 'collected' | 'requested' | 'consent-needed'): Meter {
  return {
    id, contractId, energy: 'electricity', kind: 'linky', serialNumber, registers, loadCurve,
    resolutions: loadCurve === 'collected' ? CURVE_AND_UP : DAYS_AND_UP,
  };
}

/** The numbers on the customer's papers follow the delivery point, so that none is the same as another. */
function withPapers({ contracts, ...persona }: Described): Persona {
  const prefix = persona.utility.slice(0, 2).toUpperCase();
  const papers = contracts.map((contract) => ({ ...contract, number: `${prefix}-${contract.deliveryPoint.slice(-6)}`, holder: persona.customer.displayName }));
  let paper: PaperInvoice | undefined;
  return {
    ...persona,
    contracts: papers,
    // Reckoning one takes a while, and most who meet a persona ask for none.
    get invoice() {
      return (paper ??= paperInvoiceOf({ ...persona, contracts: papers }));
    },
  };
}

function paperInvoiceOf({ id, contracts, ...persona }: Omit<Persona, 'invoice'>): PaperInvoice {
  const last = contracts.flatMap((contract) => billsOf(persona, contract, PAPERS_AT).slice(-1)).at(0);
  if (!last) throw new RangeError(`no invoice of "${id}" was issued before ${PAPERS_AT}`);
  return { contractId: last.contractId, number: last.number, totalCents: last.bill.totals.total, issuedOn: last.issuedOn };
}
