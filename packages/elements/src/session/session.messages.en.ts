import type { Translation } from '@oya/core';
import type { fr } from './session.messages.ts';

export const en: Translation<typeof fr> = {
  label: 'Your session',
  'ending.title': 'Your session ends at {{time}}',
  'ending.text': 'After that you will have to sign in again.',
  stay: 'Stay signed in',
  staying: 'One moment',
  stayed: 'You stay signed in.',
  'stay.failed': 'We could not prolong your session. Try again.',
  'sign-out': 'Sign out',
  'sign-out.failed': 'Your session is still open. Try to sign out again.',
  'ended.title': 'Your session has ended',
  'ended.text': 'It closes after a time without activity, to protect your data.',
  'sign-in': 'Sign in again',
  close: 'Close',
  'over.label': 'Sign in again to continue',
  decline: 'Do not sign in again',
};
