import type { Translation } from '@oya/core';
import type { fr } from './password-rules.messages.ts';

export const en: Translation<typeof fr> = {
  title: 'Your password has:',
  kept: 'Kept:',
  missing: 'Still missing:',
  length: 'at least {{count}} characters',
  lower: 'a lower-case letter',
  upper: 'an upper-case letter',
  digit: 'a digit',
  special: 'a special character, such as ! ? - or €',
  common: 'something other than a very common password',
  personal: 'something other than your name, identifier or e-mail',
  left: 'Still missing: {{list}}.',
  'all-kept': 'Your password keeps all the rules.',
};
