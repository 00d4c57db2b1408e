import { defineMessages } from '@oya/core';

/** How long a mailed code is good, and when another can be sent. */
export const fr = {
  'left.minutes_one': 'Ce code est valable encore {{count}} minute.',
  'left.minutes_many': 'Ce code est valable encore {{count}} minutes.',
  'left.minutes_other': 'Ce code est valable encore {{count}} minutes.',
  'left.last': 'Ce code est valable encore moins d’une minute.',
  'left.ended': 'Ce code n’est plus valable. Demandez-en un autre.',
  'resend.wait_one': 'Vous pourrez demander un autre code dans {{count}} seconde.',
  'resend.wait_many': 'Vous pourrez demander un autre code dans {{count}} secondes.',
  'resend.wait_other': 'Vous pourrez demander un autre code dans {{count}} secondes.',
  'resend.minutes_one': 'Vous pourrez demander un autre code dans {{count}} minute.',
  'resend.minutes_many': 'Vous pourrez demander un autre code dans {{count}} minutes.',
  'resend.minutes_other': 'Vous pourrez demander un autre code dans {{count}} minutes.',
  'resend.ready': 'Vous pouvez demander un autre code.',
} as const;

export const mailedCodeMessages = defineMessages('mailed-code', fr, { en: () => import('./mailed-code.messages.en.ts').then(({ en }) => en) });
