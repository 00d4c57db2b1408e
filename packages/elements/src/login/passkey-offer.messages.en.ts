import type { Translation } from '@oya/core';
import type { fr } from './passkey-offer.messages.ts';

export const en: Translation<typeof fr> = {
  title: 'Next time, without a password',
  text: 'This device can recognise you by your fingerprint, your face or its code: that is a passkey, safer than a password.',
  add: 'Create a passkey',
  dismiss: 'No thanks',
  added: 'Your passkey is ready. Next time you sign in, choose “Sign in with a passkey”.',
};
