import { defineMessages } from '@oya/core';

export const fr = {
  region: 'Espace client',
  skip: 'Aller au contenu de l’espace client',
  menu: 'Menu',
  'section.dashboard': 'Accueil',
  'section.consumption': 'Consommation',
  'section.invoices': 'Factures',
  'section.bill': 'Comprendre ma facture',
  'section.payment': 'Paiement',
  'section.tariffs': 'Tarifs',
  'section.tempo': 'Tempo',
  'section.ecowatt': 'EcoWatt',
  'section.readings': 'Relevés',
  'section.messages': 'Messages',
  'section.alerts': 'Coupures et travaux',
  'section.procedures': 'Démarches',
  'section.emergency': 'Urgence et dépannage',
  'section.consents': 'Accords',
  'section.contracts': 'Contrats',
  'section.profile': 'Mon compte',
  'section.login': 'Connexion',
  'section.signup': 'Créer un compte',
  'signed-in': 'Connecté : {{name}}',
  'sign-out': 'Me déconnecter',
  'signing-out': 'Déconnexion en cours',
  'signed-out': 'Votre session est fermée.',
  'sign-out.failed': 'Votre session est encore ouverte',
  'none.title': 'Votre espace n’est pas encore disponible ici',
  'none.text': 'Votre fournisseur ne propose encore aucun service en ligne. Ses conseillers peuvent vous répondre.',
} as const;

export const portalMessages = defineMessages('portal', fr, { en: () => import('./portal.messages.en.ts').then(({ en }) => en) });
