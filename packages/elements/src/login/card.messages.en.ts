import type { Translation } from '@oya/core';
import type { fr } from './card.messages.ts';

export const en: Translation<typeof fr> = {
  'sign-out.failed': 'Your session is still open',
  hello: 'Hello {{name}}',
  'signed-in.until': 'Without activity, your session closes at {{time}}.',
  'signed-in.stays': 'You stay signed in on this device until {{day}}.',
  'password-changed.title': 'Your new password is saved',
  'password-changed.text': 'Your sessions on other devices are closed.',
  space: 'Go to my space',
  'sign-out': 'Sign out',
  'signing-out': 'Signing out',
};
