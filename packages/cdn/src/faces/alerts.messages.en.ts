import type { Translation } from '@oya/core';
import type { fr } from './alerts.messages.ts';

export const en: Translation<typeof fr> = {
  loading: 'Loading',
  'failed.title': 'We cannot read the interruptions at the moment',
  'failed.text': 'Check your connection and try again. In an emergency, call the breakdown service.',
  retry: 'Try again',
};
