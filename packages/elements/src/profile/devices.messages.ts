import { defineMessages } from '@oya/core';

export const fr = {
  name: '{{browser}} sur {{system}}',
  'kind.this': 'Ce navigateur',
  'kind.computer': 'Un ordinateur',
  'kind.phone': 'Un téléphone',
  'kind.tablet': 'Une tablette',
  'kind.unknown': 'Un appareil',
  here: 'Cet appareil, en ce moment',
  used: 'Utilisé {{when}}',
  since: 'Connecté depuis {{when}}, {{way}}.',
  'way.password': 'avec le mot de passe',
  'way.passkey': 'avec une clé d’accès',
  'way.code': 'avec un code reçu par e-mail',
  'way.host': 'par le site de votre fournisseur',
  remembered: 'Il reste connecté.',
  end: 'Déconnecter',
  'end.of': ': {{name}}',
  'end.title': 'Déconnecter {{name}} ?',
  'end.text': 'Il faudra s’y connecter à nouveau pour voir votre espace.',
  'end.done': 'Cet appareil est déconnecté.',
  'others.submit': 'Déconnecter tous les autres',
  'others.title': 'Déconnecter tous les autres appareils ?',
  'others.text': 'Vous restez connecté ici. Ailleurs, il faudra se connecter à nouveau.',
  'others.done': 'Tous les autres appareils sont déconnectés.',
  keep: 'Ne rien changer',
  sending: 'Un instant',
} as const;

export const devicesMessages = defineMessages('profile-devices', fr, { en: () => import('./devices.messages.en.ts').then(({ en }) => en) });
