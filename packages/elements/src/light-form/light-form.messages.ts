import { defineMessages } from '@oya/core';

/** What every form in the light DOM may have to say. */
export const fr = {
  'password.show': 'Afficher',
  'password.show.what': 'le mot de passe',
  'password.shown': 'Votre mot de passe est visible',
  'password.hidden': 'Votre mot de passe est masqué',
  'caps-lock': 'La touche Verr. Maj est active : votre mot de passe s’écrit en majuscules.',
  'limited.title': 'Trop d’essais en peu de temps',
  'limited.text': 'C’est une protection de votre compte. Attendez quelques minutes, puis réessayez.',
  'limited.seconds_one': 'C’est une protection de votre compte. Vous pourrez réessayer dans {{count}} seconde.',
  'limited.seconds_many': 'C’est une protection de votre compte. Vous pourrez réessayer dans {{count}} secondes.',
  'limited.seconds_other': 'C’est une protection de votre compte. Vous pourrez réessayer dans {{count}} secondes.',
  'limited.minutes_one': 'C’est une protection de votre compte. Vous pourrez réessayer dans {{count}} minute.',
  'limited.minutes_many': 'C’est une protection de votre compte. Vous pourrez réessayer dans {{count}} minutes.',
  'limited.minutes_other': 'C’est une protection de votre compte. Vous pourrez réessayer dans {{count}} minutes.',
  'offline.title': 'Vous êtes hors connexion',
  'offline.text': 'Vérifiez votre connexion à internet, puis réessayez. Ce que vous avez saisi est gardé.',
  'timeout.title': 'La réponse met trop de temps à arriver',
  'timeout.text': 'Le réseau est peut-être lent. Réessayez. Ce que vous avez saisi est gardé.',
  'unavailable.title': 'Nous n’arrivons pas à joindre votre espace en ce moment',
  'unavailable.text': 'Réessayez dans quelques minutes. Ce que vous avez saisi est gardé.',
} as const;

export const lightFormMessages = defineMessages('light-form', fr, { en: () => import('./light-form.messages.en.ts').then(({ en }) => en) });
