import type { Translation } from '@oya/core';
import type { fr } from './mailed-code.messages.ts';

export const en: Translation<typeof fr> = {
  'left.minutes_one': 'This code is good for {{count}} more minute.',
  'left.minutes_other': 'This code is good for {{count}} more minutes.',
  'left.last': 'This code is good for less than a minute.',
  'left.ended': 'This code is no longer good. Ask for another.',
  'resend.wait_one': 'You can ask for another code in {{count}} second.',
  'resend.wait_other': 'You can ask for another code in {{count}} seconds.',
  'resend.minutes_one': 'You can ask for another code in {{count}} minute.',
  'resend.minutes_other': 'You can ask for another code in {{count}} minutes.',
  'resend.ready': 'You can ask for another code.',
};
