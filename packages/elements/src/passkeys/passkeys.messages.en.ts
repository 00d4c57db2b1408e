import type { Translation } from '@oya/core';
import type { fr } from './passkeys.messages.ts';

export const en: Translation<typeof fr> = {
  title: 'Your passkeys',
  what: 'A passkey opens your account with the fingerprint, face or code of your device, without a password.',
  why: 'It is safer: it works on our site only, and nobody can guess it or make you tell it.',
  add: 'Add a passkey',
  'no-browser': 'This browser cannot add one. Open this page in an up-to-date browser, or on your phone.',
  synced: 'Shared between your devices: losing one of them does not lose it.',
  single: 'On one device only.',
  created: 'Added on {{day}}',
  used: 'Last used on {{day}} at {{time}}',
  'used.never': 'Never used',
  remove: 'Remove',
  'remove.what': 'the passkey “{{label}}”',
  'remove.title': 'Remove the passkey “{{label}}”?',
  'remove.text': 'It will no longer open your account. Your password still works.',
  'remove.confirm': 'Remove the passkey',
  'remove.sending': 'One moment…',
  'remove.keep': 'Keep it',
  added: 'The passkey “{{label}}” is ready. Next time you sign in, choose “Sign in with a passkey”.',
  removed: 'The passkey “{{label}}” no longer opens your account. Delete it from the passwords kept on your device too.',
};
