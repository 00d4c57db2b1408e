import type { Translation } from '@oya/core';
import type { fr } from './utility-picker.messages.ts';

export const en: Translation<typeof fr> = {
  title: 'Find your customer space',
  lead: 'Tell us your commune and your energy: we tell you who supplies you, and where your space is.',

  'commune.label': 'Your commune',
  'commune.hint': 'Its name or its postcode',
  'commune.clear': 'Clear the commune',
  'commune.choose': 'Choose your commune from the list',
  'commune.former': 'formerly {{name}}',
  communes: 'Communes',
  found_one: '{{count}} commune found. Choose it with the down arrow, then Enter.',
  found_other: '{{count}} communes found. Choose yours with the down arrow, then Enter.',
  more_one: '{{count}} more commune fits. Type more of the name or of the postcode.',
  more_other: '{{count}} more communes fit. Type more of the name or of the postcode.',
  'chosen.energy': '{{commune}}. Now choose your energy.',

  'energy.legend': 'Your energy',
  'energy.electricity': 'Electricity',
  'energy.gas': 'Gas',

  'supplier.electricity': 'Your electricity supplier',
  'supplier.gas': 'Your gas supplier',
  portal: 'Open my {{name}} space',
  'other.electricity': 'And your electricity? It is with {{name}}.',
  'other.gas': 'And your gas? It is with {{name}}.',
  'other.none.electricity': 'Electricity in this commune comes from another supplier: its name is on your bill.',
  'other.none.gas': 'Gas in this commune comes from another supplier: its name is on your bill.',
  announced: '{{name}}. {{reason}}',

  'none.electricity.title': 'Here, electricity comes from another supplier',
  'none.gas.title': 'Here, gas comes from another supplier',
  'none.text': 'Its name is on your bill, at the top of the first page. Not sure? Ask us.',

  'unknown.title': 'This commune is not in our list',
  'unknown.text': 'Check the spelling, or try the postcode. Still not there? We will tell you who supplies you.',
};
