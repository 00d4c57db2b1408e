import type { Translation } from '@oya/core';
import type { fr } from './app-status.messages.ts';

export const en: Translation<typeof fr> = {
  'kept.offline': 'Data from {{when}}: you are offline.',
  'kept.unreachable': 'Data from {{when}}: we cannot reach your account at the moment.',
  offline: 'You are offline.',
  unreachable: 'We cannot reach your account at the moment.',
  update: 'A new version of the app is ready.',
  'update.now': 'Use it now',
};
