import { defineMessages } from '@oya/core';

export const fr = {
  label: 'Votre session',
  'ending.title': 'Votre session se termine à {{time}}',
  'ending.text': 'Ensuite, il faudra vous connecter de nouveau.',
  stay: 'Rester connecté',
  staying: 'Un instant',
  stayed: 'Vous restez connecté.',
  'stay.failed': 'Nous n’avons pas pu prolonger votre session. Réessayez.',
  'sign-out': 'Me déconnecter',
  'sign-out.failed': 'Votre session est encore ouverte. Réessayez de vous déconnecter.',
  'ended.title': 'Votre session est terminée',
  'ended.text': 'Elle se ferme après un temps sans activité, pour protéger vos données.',
  'sign-in': 'Me reconnecter',
  close: 'Fermer',
  'over.label': 'Se reconnecter pour continuer',
  decline: 'Ne pas me reconnecter',
} as const;

export const sessionMessages = defineMessages('session', fr, { en: () => import('./session.messages.en.ts').then(({ en }) => en) });
