import { defineMessages } from '@oya/core';

export const fr = {
  or: 'ou',
  submit: 'Me connecter avec une clé d’accès',
  hint: 'Avec l’empreinte, le visage ou le code de votre appareil.',
  sending: 'Connexion en cours',
  'device.sending': 'Suivez les indications de votre appareil',
  'cancelled.title': 'La connexion avec la clé d’accès n’a pas abouti',
  'cancelled.text': 'Elle a été annulée, ou cet appareil n’a pas de clé pour votre espace. Réessayez, ou connectez-vous avec votre mot de passe.',
  'blocked.title': 'Votre navigateur n’a pas pu utiliser de clé d’accès ici',
  'blocked.text': 'Connectez-vous avec votre mot de passe.',
  'refused.title': 'Cette clé d’accès n’ouvre pas votre espace',
  'refused.text': 'Elle a peut-être été retirée, ou l’opération a duré trop longtemps. Réessayez, ou connectez-vous avec votre mot de passe.',
} as const;

export const loginPasskeysMessages = defineMessages('login-passkeys', fr, { en: () => import('./passkeys.messages.en.ts').then(({ en }) => en) });
