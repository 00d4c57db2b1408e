import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Connectez-vous à votre espace',
  'login.label': 'Identifiant ou adresse e-mail',
  'login.empty': 'Saisissez votre identifiant ou votre adresse e-mail',
  'login.invalid': 'Vérifiez votre identifiant ou votre adresse e-mail',
  'password.label': 'Mot de passe',
  'password.empty': 'Saisissez votre mot de passe',
  'password.invalid': 'Vérifiez votre mot de passe',
  submit: 'Me connecter',
  sending: 'Connexion en cours',
  forgotten: 'Mot de passe oublié',
  signup: 'Créer mon compte',
  'fields.title': 'Il manque une information pour vous connecter',
  'wrong.title': 'Cet identifiant et ce mot de passe ne vont pas ensemble',
  'wrong.text': 'Vérifiez les majuscules et les minuscules du mot de passe. Vous pouvez aussi utiliser votre adresse e-mail à la place de l’identifiant.',
  'wrong.forgotten': 'Choisir un nouveau mot de passe',
  'sign-out.failed': 'Votre session est encore ouverte',
  hello: 'Bonjour {{name}}',
  'signed-in.text': 'Votre session est ouverte.',
  'signed-out.text': 'Votre session est fermée.',
  space: 'Aller à mon espace',
  'sign-out': 'Me déconnecter',
  'signing-out': 'Déconnexion en cours',
} as const;

export const loginMessages = defineMessages('login', fr, { en: () => import('./login.messages.en.ts').then(({ en }) => en) });
