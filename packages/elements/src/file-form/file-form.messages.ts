import { defineMessages } from '@oya/core';

export const fr = {
  'files.adding': 'Ajout de {{name}}',
  'files.added': '{{name}} est dans le dossier.',
  'files.waits': 'En attente',
  'files.prepares': 'Préparation',
  'files.sends': 'Envoi en cours',
  'files.cancel': 'Annuler',
  'files.cancelled': 'L’envoi de {{name}} est annulé.',
  'files.remove': 'Retirer',
  'files.removed': '{{name}} est retiré.',
  'files.failed': 'Téléchargement impossible. Réessayez.',
  size: '{{size}} ko',
  'size.large': '{{size}} Mo',
  'fault.too-large': '{{name}} est trop grand. Choisissez un fichier de 5 Mo au plus.',
  'fault.kind': '{{name}} n’est ni une photo (JPEG, PNG, WebP) ni un PDF. Choisissez un autre fichier.',
  'fault.unreadable': '{{name}} ne se lit pas : il est peut-être abîmé. Choisissez-le à nouveau, ou un autre.',
  'fault.infected': '{{name}} contient un virus et n’a pas été gardé.',
  'fault.scanner-away': '{{name}} ne peut pas être vérifié en ce moment. Réessayez dans quelques minutes.',
  'fault.too-many': '{{name}} est de trop. Retirez un fichier d’abord.',
  'fault.too-many-waiting': '{{name}} est de trop : des fichiers attendent aussi pour d’autres factures. Envoyez-les ou retirez-les d’abord.',
  'fault.other': '{{name}} n’a pas pu être ajouté. Réessayez.',
  'coming.title': 'Un fichier est encore en route',
  'coming.text': 'Attendez qu’il soit dans la liste, ou annulez son envoi, puis recommencez.',
} as const;

export const fileFormMessages = defineMessages('file-form', fr, { en: () => import('./file-form.messages.en.ts').then(({ en }) => en) });
