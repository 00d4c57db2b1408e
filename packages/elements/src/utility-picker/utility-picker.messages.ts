import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Trouvez votre espace client',
  lead: 'Indiquez votre commune et votre énergie : nous vous disons qui vous fournit, et où est votre espace.',

  'commune.label': 'Votre commune',
  'commune.hint': 'Son nom ou son code postal',
  'commune.clear': 'Effacer la commune',
  'commune.choose': 'Choisissez votre commune dans la liste',
  'commune.former': 'anciennement {{name}}',
  communes: 'Communes',
  found_one: '{{count}} commune trouvée. Choisissez-la avec la flèche du bas, puis Entrée.',
  found_many: '{{count}} de communes trouvées. Choisissez la vôtre avec la flèche du bas, puis Entrée.',
  found_other: '{{count}} communes trouvées. Choisissez la vôtre avec la flèche du bas, puis Entrée.',
  more_one: '{{count}} autre commune correspond. Précisez le nom ou le code postal.',
  more_many: '{{count}} d’autres communes correspondent. Précisez le nom ou le code postal.',
  more_other: '{{count}} autres communes correspondent. Précisez le nom ou le code postal.',
  'chosen.energy': '{{commune}}. Indiquez maintenant votre énergie.',

  'energy.legend': 'Votre énergie',
  'energy.electricity': 'Électricité',
  'energy.gas': 'Gaz',

  'supplier.electricity': 'Votre fournisseur d’électricité',
  'supplier.gas': 'Votre fournisseur de gaz',
  portal: 'Ouvrir mon espace {{name}}',
  'other.electricity': 'Et votre électricité ? Elle est chez {{name}}.',
  'other.gas': 'Et votre gaz ? Il est chez {{name}}.',
  'other.none.electricity': 'L’électricité de cette commune vient d’un autre fournisseur : son nom est sur votre facture.',
  'other.none.gas': 'Le gaz de cette commune vient d’un autre fournisseur : son nom est sur votre facture.',
  announced: '{{name}}. {{reason}}',

  'none.electricity.title': 'Ici, l’électricité vient d’un autre fournisseur',
  'none.gas.title': 'Ici, le gaz vient d’un autre fournisseur',
  'none.text': 'Son nom est sur votre facture, en haut de la première page. Un doute ? Demandez-nous.',

  'unknown.title': 'Cette commune n’est pas dans notre liste',
  'unknown.text': 'Vérifiez l’orthographe, ou essayez le code postal. Vous ne la trouvez toujours pas ? Nous vous dirons qui vous fournit.',
} as const;

export const utilityPickerMessages = defineMessages('utility-picker', fr, { en: () => import('./utility-picker.messages.en.ts').then(({ en }) => en) });
