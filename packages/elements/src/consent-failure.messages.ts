import { defineMessages } from '@oya/core';

/** Why a consent did not come about, and what to do. */
export const fr = {
  'other-holder': 'Le gestionnaire du réseau connaît un autre titulaire pour ce compteur. Vérifiez le nom écrit sur votre contrat avec nous, puis donnez à nouveau votre accord.',
  'meter-silent': 'Votre compteur ne répond pas au gestionnaire du réseau. Ce n’est pas de votre fait. Attendez quelques jours, puis donnez à nouveau votre accord.',
  'meter-unable': 'D’après le gestionnaire du réseau, votre compteur ne permet pas cette mesure pour le moment. Contactez-nous pour savoir ce qui est possible.',
  'no-answer': 'Le gestionnaire du réseau n’a pas répondu à temps. Ce n’est pas de votre fait. Vous pouvez donner à nouveau votre accord.',
  refused: 'Le gestionnaire du réseau n’a pas pu donner suite à votre demande. Vous pouvez donner à nouveau votre accord ; si cela recommence, contactez-nous.',
} as const;

export const consentFailureMessages = defineMessages('consent-failure', fr, { en: () => import('./consent-failure.messages.en.ts').then(({ en }) => en) });
