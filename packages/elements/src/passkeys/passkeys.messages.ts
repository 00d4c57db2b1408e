import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Vos clés d’accès',
  what: 'Une clé d’accès ouvre votre espace avec l’empreinte, le visage ou le code de votre appareil, sans mot de passe.',
  why: 'Elle est plus sûre : elle ne marche que sur notre site, et personne ne peut la deviner ni vous la faire dire.',
  add: 'Ajouter une clé d’accès',
  'no-browser': 'Ce navigateur ne permet pas d’en ajouter une. Ouvrez cette page dans un navigateur à jour, ou sur votre téléphone.',
  synced: 'Partagée entre vos appareils : perdre l’un d’eux ne la perd pas.',
  single: 'Sur un seul appareil.',
  created: 'Ajoutée le {{day}}',
  used: 'Utilisée la dernière fois le {{day}} à {{time}}',
  'used.never': 'Jamais utilisée',
  remove: 'Retirer',
  'remove.what': 'la clé « {{label}} »',
  'remove.title': 'Retirer la clé « {{label}} » ?',
  'remove.text': 'Elle n’ouvrira plus votre espace. Votre mot de passe reste valable.',
  'remove.confirm': 'Retirer la clé',
  'remove.sending': 'Un instant…',
  'remove.keep': 'La garder',
  added: 'La clé « {{label}} » est prête. À votre prochaine connexion, choisissez « Me connecter avec une clé d’accès ».',
  removed: 'La clé « {{label}} » n’ouvre plus votre espace. Effacez-la aussi des mots de passe enregistrés sur votre appareil.',
} as const;

export const passkeysMessages = defineMessages('passkeys', fr, { en: () => import('./passkeys.messages.en.ts').then(({ en }) => en) });
