import { defineMessages } from '@oya/core';

export const fr = {
  'sign-out.failed': 'Votre session est encore ouverte',
  hello: 'Bonjour {{name}}',
  'signed-in.until': 'Sans activité, votre session se ferme à {{time}}.',
  'signed-in.stays': 'Vous restez connecté sur cet appareil jusqu’au {{day}}.',
  'password-changed.title': 'Votre nouveau mot de passe est enregistré',
  'password-changed.text': 'Vos sessions ouvertes sur d’autres appareils sont fermées.',
  space: 'Aller à mon espace',
  'sign-out': 'Me déconnecter',
  'signing-out': 'Déconnexion en cours',
} as const;

export const cardMessages = defineMessages('login-card', fr, { en: () => import('./card.messages.en.ts').then(({ en }) => en) });
