import { defineMessages } from '@oya/core';

export const fr = {
  title: 'La prochaine fois, sans mot de passe',
  text: 'Cet appareil peut vous reconnaître avec votre empreinte, votre visage ou son code : c’est une clé d’accès, plus sûre qu’un mot de passe.',
  add: 'Créer une clé d’accès',
  dismiss: 'Non merci',
  added: 'Votre clé d’accès est prête. À votre prochaine connexion, choisissez « Me connecter avec une clé d’accès ».',
} as const;

export const passkeyOfferMessages = defineMessages('passkey-offer', fr, { en: () => import('./passkey-offer.messages.en.ts').then(({ en }) => en) });
