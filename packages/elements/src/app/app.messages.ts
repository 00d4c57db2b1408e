import { defineMessages } from '@oya/core';

export const fr = {
  region: 'Application',
  skip: 'Aller au contenu',
  'tab.alerts': 'Alertes',
  'tab.weather': 'Météo',
  'tab.steps': 'Démarches',
  'tab.emergency': 'Urgences',
  'tab.space': 'Mon espace',
  'title.alerts': 'Mes alertes',
  'title.weather': 'Météo de l’énergie',
  'title.steps': 'Mes démarches',
  'title.emergency': 'Urgences et dépannage',
  'title.space': 'Mon espace',
  'none.title': 'L’application n’a encore rien à montrer',
  'none.text': 'Votre fournisseur ne propose encore aucun service en ligne. Ses conseillers peuvent vous répondre.',
} as const;

export const appMessages = defineMessages('app', fr, { en: () => import('./app.messages.en.ts').then(({ en }) => en) });
