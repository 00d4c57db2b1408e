import { defineMessages } from '@oya/core';

/** The rules of a new password, for forms that set one. */
export const fr = {
  title: 'Votre mot de passe contient :',
  kept: 'Respecté :',
  missing: 'À respecter :',
  length: 'au moins {{count}} caractères',
  lower: 'une lettre minuscule',
  upper: 'une lettre majuscule',
  digit: 'un chiffre',
  special: 'un caractère spécial, comme ! ? - ou €',
  common: 'autre chose qu’un mot de passe trop courant',
  personal: 'autre chose que votre nom, votre identifiant ou votre e-mail',
  left: 'Il manque encore : {{list}}.',
  'all-kept': 'Votre mot de passe respecte toutes les règles.',
} as const;

export const passwordRulesMessages = defineMessages('password-rules', fr, { en: () => import('./password-rules.messages.en.ts').then(({ en }) => en) });
