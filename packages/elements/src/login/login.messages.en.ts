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
  'remember.label': 'Stay signed in on this device',
  'remember.hint': 'Only on a device of your own.',
  'expired.kept': 'Sign in to go on where you were. What you typed is kept.',
  submit: 'Sign in',
  sending: 'Signing in',
  forgotten: 'Forgotten password',
  'forgotten-identifier': 'Forgotten identifier',
  signup: 'Create my account',
  'fields.title': 'Some information is missing to sign you in',
  'wrong.title': 'This identifier and this password do not go together',
  'wrong.text': 'Check the capital and small letters of the password. You can also use your e-mail address in place of the identifier.',
  'wrong.forgotten': 'Choose a new password',
  'unconfirmed.title': 'One step is left to open your account',
  'unconfirmed.text': 'Your e-mail address is not confirmed yet. Enter the code that you received, or ask for another.',
  'unconfirmed.action': 'Confirm my e-mail address',
  'unconfirmed.contact': 'Your e-mail address is not confirmed yet. Follow the link in the e-mail that you received when you created the account.',
  'signed-out.text': 'Your session is closed.',
};
