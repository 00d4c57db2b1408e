import type { Translation } from '@oya/core';
import type { fr } from './consent-failure.messages.ts';

export const en: Translation<typeof fr> = {
  'other-holder': 'The network operator knows another holder for this meter. Check the name on your contract with us, then give your consent again.',
  'meter-silent': 'Your meter does not answer the network operator. This is not your doing. Wait a few days, then give your consent again.',
  'meter-unable': 'According to the network operator, your meter cannot measure this for the moment. Contact us to know what is possible.',
  'no-answer': 'The network operator did not answer in time. This is not your doing. You can give your consent again.',
  refused: 'The network operator could not act on your request. You can give your consent again; if it happens again, contact us.',
};
