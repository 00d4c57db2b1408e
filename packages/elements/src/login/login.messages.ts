import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Connectez-vous à votre espace',
  'login.label': 'Identifiant ou adresse e-mail',
  'login.empty': 'Saisissez votre identifiant ou votre adresse e-mail',
  'login.invalid': 'Vérifiez votre identifiant ou votre adresse e-mail',
  'password.label': 'Mot de passe',
  'password.empty': 'Saisissez votre mot de passe',
  'password.invalid': 'Vérifiez votre mot de passe',
  'remember.label': 'Rester connecté sur cet appareil',
  'remember.hint': 'Seulement sur un appareil personnel.',
  'expired.kept': 'Connectez-vous pour continuer là où vous en étiez. Ce que vous avez saisi est gardé.',
  submit: 'Me connecter',
  sending: 'Connexion en cours',
  forgotten: 'Mot de passe oublié',
  'forgotten-identifier': 'Identifiant oublié',
  signup: 'Créer mon compte',
  'fields.title': 'Il manque une information pour vous connecter',
  'wrong.title': 'Cet identifiant et ce mot de passe ne vont pas ensemble',
  'wrong.text': 'Vérifiez les majuscules et les minuscules du mot de passe. Vous pouvez aussi utiliser votre adresse e-mail à la place de l’identifiant.',
  'wrong.forgotten': 'Choisir un nouveau mot de passe',
  'unconfirmed.title': 'Il reste une étape pour ouvrir votre compte',
  'unconfirmed.text': 'Votre adresse e-mail n’est pas encore confirmée. Saisissez le code que vous avez reçu, ou demandez-en un autre.',
  'unconfirmed.action': 'Confirmer mon adresse e-mail',
  'unconfirmed.contact': 'Votre adresse e-mail n’est pas encore confirmée. Suivez le lien de l’e-mail que vous avez reçu à la création du compte.',
  'signed-out.text': 'Votre session est fermée.',
} as const;

export const loginMessages = defineMessages('login', fr, { en: () => import('./login.messages.en.ts').then(({ en }) => en) });
