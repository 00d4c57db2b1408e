import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Le calendrier de la saison',
  label: 'Couleurs de la saison, jour par jour. Les flèches vont d’un jour et d’une semaine à l’autre.',
  spoken: '{{day}} : {{colour}}',
  'spoken.maybe': '{{day}} : {{colour}}, peut encore changer',
  'spoken.changed': '{{day}} : {{colour}}, annoncé {{former}} d’abord',
  blue: 'bleu',
  white: 'blanc',
  red: 'rouge',
  unknown: 'couleur inconnue',
  maybe: 'peut encore changer',
  hint: 'Touchez un jour pour le lire.',
  earlier: 'Voir les mois précédents',
  table: 'Voir le calendrier dans un tableau',
  caption: 'Jours par couleur et par mois',
  month: 'Mois',
  'column.blue': 'Bleus',
  'column.white': 'Blancs',
  'column.red': 'Rouges',
  dated: '{{count}} : {{days}}',
} as const;

export const yearMessages = defineMessages('tempo-year', fr, { en: () => import('./year.messages.en.ts').then(({ en }) => en) });
