import type { Translation } from '@oya/core';
import type { fr } from './devices.messages.ts';

export const en: Translation<typeof fr> = {
  name: '{{browser}} on {{system}}',
  'kind.computer': 'A computer',
  'kind.phone': 'A phone',
  'kind.tablet': 'A tablet',
  'kind.unknown': 'A device',
  here: 'This device, right now',
  used: 'Used {{when}}',
  since: 'Signed in {{when}}, {{way}}.',
  'way.password': 'with the password',
  'way.passkey': 'with a passkey',
  'way.code': 'with a code received by e-mail',
  'way.host': 'by your supplier’s site',
  remembered: 'It stays signed in.',
  end: 'Sign out',
  'end.of': ': {{name}}',
  'end.title': 'Sign out {{name}}?',
  'end.text': 'One will have to sign in again there to see your space.',
  'end.done': 'That device is signed out.',
  'others.submit': 'Sign out all the others',
  'others.title': 'Sign out all other devices?',
  'others.text': 'You stay signed in here. Elsewhere one will have to sign in again.',
  'others.done': 'All other devices are signed out.',
  keep: 'Change nothing',
  sending: 'One moment',
};
