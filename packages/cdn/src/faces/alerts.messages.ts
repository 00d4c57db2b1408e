import { defineMessages } from '@oya/core';

export const fr = {
  loading: 'Chargement',
  'failed.title': 'Nous n’arrivons pas à lire les coupures en ce moment',
  'failed.text': 'Vérifiez votre connexion et réessayez. En cas d’urgence, appelez le dépannage.',
  retry: 'Réessayer',
} as const;

export const faceMessages = defineMessages('alerts-face', fr, { en: () => import('./alerts.messages.en.ts').then((module) => module.en) });
