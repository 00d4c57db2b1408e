import type { Translation } from '@oya/core';
import type { fr } from './passkeys.messages.ts';

export const en: Translation<typeof fr> = {
  or: 'or',
  submit: 'Sign in with a passkey',
  hint: 'With the fingerprint, face or code of your device.',
  sending: 'Signing in',
  'device.sending': 'Follow the steps on your device',
  'cancelled.title': 'Signing in with the passkey did not work out',
  'cancelled.text': 'It was cancelled, or this device has no passkey for your account. Try again, or sign in with your password.',
  'blocked.title': 'Your browser could not use a passkey here',
  'blocked.text': 'Sign in with your password.',
  'refused.title': 'This passkey does not open your account',
  'refused.text': 'Perhaps it was removed, or it took too long. Try again, or sign in with your password.',
};
