import type { Translation } from '@oya/core';
import type { fr } from './light-form.messages.ts';

export const en: Translation<typeof fr> = {
  'password.show': 'Show',
  'password.show.what': 'password',
  'password.shown': 'Your password is visible',
  'password.hidden': 'Your password is hidden',
  'caps-lock': 'Caps Lock is on: your password is being typed in capitals.',
  'limited.title': 'Too many tries in a short time',
  'limited.text': 'This protects your account. Wait a few minutes, then try again.',
  'limited.seconds_one': 'This protects your account. You can try again in {{count}} second.',
  'limited.seconds_other': 'This protects your account. You can try again in {{count}} seconds.',
  'limited.minutes_one': 'This protects your account. You can try again in {{count}} minute.',
  'limited.minutes_other': 'This protects your account. You can try again in {{count}} minutes.',
  'offline.title': 'You are offline',
  'offline.text': 'Check your internet connection, then try again. What you typed is kept.',
  'timeout.title': 'The answer is taking too long',
  'timeout.text': 'The network may be slow. Try again. What you typed is kept.',
  'unavailable.title': 'We cannot reach your customer space right now',
  'unavailable.text': 'Try again in a few minutes. What you typed is kept.',
};
