import type { Translation } from '@oya/core';
import type { fr } from './portal.messages.ts';

export const en: Translation<typeof fr> = {
  region: 'Customer space',
  skip: 'Skip to the content of the customer space',
  menu: 'Menu',
  'section.dashboard': 'Home',
  'section.consumption': 'Consumption',
  'section.invoices': 'Bills',
  'section.bill': 'My bill explained',
  'section.payment': 'Payment',
  'section.tariffs': 'Tariffs',
  'section.readings': 'Readings',
  'section.messages': 'Messages',
  'section.alerts': 'Outages and works',
  'section.consents': 'Consents',
  'section.contracts': 'Contracts',
  'section.profile': 'My account',
  'section.login': 'Sign in',
  'section.signup': 'Create an account',
  'signed-in': 'Signed in: {{name}}',
  'sign-out': 'Sign out',
  'signing-out': 'Signing out',
  'signed-out': 'Your session is closed.',
  'sign-out.failed': 'Your session is still open',
  'none.title': 'Your space is not available here yet',
  'none.text': 'Your supplier does not offer any online service yet. Its advisers can answer you.',
};
