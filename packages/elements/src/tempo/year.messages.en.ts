import type { Translation } from '@oya/core';
import type { fr } from './year.messages.ts';

export const en: Translation<typeof fr> = {
  title: 'The calendar of the season',
  label: 'Colours of the season, day by day. Arrow keys go from one day and week to another.',
  spoken: '{{day}}: {{colour}}',
  'spoken.maybe': '{{day}}: {{colour}}, may still change',
  'spoken.changed': '{{day}}: {{colour}}, announced as {{former}} first',
  blue: 'blue',
  white: 'white',
  red: 'red',
  unknown: 'colour unknown',
  maybe: 'may still change',
  hint: 'Touch a day to read it.',
  earlier: 'Show earlier months',
  table: 'Show the calendar in a table',
  caption: 'Days by colour and month',
  month: 'Month',
  'column.blue': 'Blue',
  'column.white': 'White',
  'column.red': 'Red',
  dated: '{{count}}: {{days}}',
};
