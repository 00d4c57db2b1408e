import { defineMessages } from '@oya/core';

export const fr = {
  'kept.offline': 'Données du {{when}} : vous êtes hors connexion.',
  'kept.unreachable': 'Données du {{when}} : nous n’arrivons pas à joindre votre espace en ce moment.',
  offline: 'Vous êtes hors connexion.',
  unreachable: 'Nous n’arrivons pas à joindre votre espace en ce moment.',
  update: 'Une nouvelle version de l’application est prête.',
  'update.now': 'L’utiliser maintenant',
} as const;

export const appStatusMessages = defineMessages('app-status', fr, { en: () => import('./app-status.messages.en.ts').then(({ en }) => en) });
