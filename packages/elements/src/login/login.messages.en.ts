import type { Translation } from '@oya/core';
import type { fr } from './login.messages.ts';

export const en: Translation<typeof fr> = {
  title: 'Sign in to your customer space',
  'login.label': 'Identifier or e-mail address',
  'login.empty': 'Enter your identifier or your e-mail address',
  'login.invalid': 'Check your identifier or your e-mail address',
  'password.label': 'Password',
  'password.empty': 'Enter your password',
  'password.invalid': 'Check your password',
  submit: 'Sign in',
  sending: 'Signing in',
  forgotten: 'Forgotten password',
  signup: 'Create my account',
  'fields.title': 'Some information is missing to sign you in',
  'wrong.title': 'This identifier and this password do not go together',
  'wrong.text': 'Check the capital and small letters of the password. You can also use your e-mail address in place of the identifier.',
  'wrong.forgotten': 'Choose a new password',
  'sign-out.failed': 'Your session is still open',
  hello: 'Hello {{name}}',
  'signed-in.text': 'Your session is open.',
  'signed-out.text': 'Your session is closed.',
  space: 'Go to my space',
  'sign-out': 'Sign out',
  'signing-out': 'Signing out',
};
