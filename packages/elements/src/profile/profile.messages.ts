import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Mon compte',
  edit: 'Modifier',
  add: 'Ajouter',

  // How one is reached
  contact: 'Coordonnées',
  email: 'Adresse e-mail',
  'email.of': 'l’adresse e-mail',
  'email.waits': 'Une nouvelle adresse, {{to}}, attend son code.',
  'email.code': 'Saisir le code',
  phone: 'Téléphone',
  'phone.of': 'le téléphone',
  'phone.none': 'Aucun numéro',
  address: 'Adresse postale',
  'address.of': 'l’adresse postale',
  'address.none': 'Aucune adresse',
  'request.pending': 'Nouvelle adresse en cours de vérification, demandée le {{day}}',
  'request.pending.text': 'Votre fournisseur vérifie ce changement. D’ici là, votre adresse actuelle reste valable.',
  'request.refused': 'Votre demande du {{day}} n’a pas été acceptée',
  'request.refused.text': 'Votre adresse n’a pas changé. Vous pouvez faire une autre demande.',
  'request.reason': 'Motif : {{reason}}',
  'withdrawal.open': 'Retirer ma demande',

  // What opens the account
  security: 'Identifiant et mot de passe',
  identifier: 'Identifiant',
  'identifier.of': 'l’identifiant',
  password: 'Mot de passe',
  'password.of': 'le mot de passe',
  'password.since': 'Choisi le {{day}}',
  'password.set': 'Choisi à la création du compte',
  'password.none': 'Votre compte s’ouvre sans mot de passe.',

  // What one is told of
  told: 'Langue et notifications',
  language: 'Langue de nos messages',
  'language.of': 'la langue de nos messages',
  notifications: 'Ce que nous vous envoyons',
  'notifications.of': 'ce que nous vous envoyons',
  'notifications.security': 'Et toujours par e-mail : ce qui touche à la sécurité de votre compte.',
  'notifications.none': 'Rien, sauf ce qui touche à la sécurité de votre compte, toujours par e-mail.',
  'notifications.alerts': 'Coupures, travaux, EcoWatt et Tempo : choisir mes alertes',
  choice: '{{topic}} : {{channels}}',
  'topic.invoices': 'Factures',
  'topic.readings': 'Relevés du compteur',
  'topic.consumption': 'Consommation',
  'topic.news': 'Actualités et conseils',
  'channel.email': 'e-mail',
  'channel.sms': 'SMS',
  'channel.letter': 'courrier',

  // Devices, activity, data, the end
  devices: 'Appareils connectés',
  'devices.text': 'Là où votre compte est ouvert. Fermez ce que vous ne reconnaissez pas, puis changez de mot de passe.',
  activity: 'Activité',
  'activity.text': 'Ce qui a été fait avec votre compte et vos contrats.',
  data: 'Mes données',
  'data.text': 'Tout ce que votre espace client contient sur vous.',
  'export.open': 'Télécharger mes données',
  closure: 'Fermer mon compte',
  'closure.text': 'Vos contrats et votre fourniture d’énergie continuent sans lui.',
  'closure.open': 'Fermer mon compte',
  'farewell.title': 'Votre compte est fermé',
  'farewell.text': 'Vos contrats continuent : rien ne change pour votre fourniture d’énergie. Votre fournisseur vous répond toujours par téléphone et par courrier.',
  'farewell.again': 'Vous pourrez créer un nouveau compte quand vous le voudrez, avec une facture ou un contrat.',
  'farewell.contact': 'Écrire au service clients',
  'farewell.signup': 'Créer un compte',
} as const;

export const profileMessages = defineMessages('profile', fr, { en: () => import('./profile.messages.en.ts').then(({ en }) => en) });
