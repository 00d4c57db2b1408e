import type { Translation } from '@oya/core';
import type { fr } from './app.messages.ts';

export const en: Translation<typeof fr> = {
  region: 'App',
  skip: 'Skip to content',
  'tab.alerts': 'Alerts',
  'tab.weather': 'Forecast',
  'tab.steps': 'Services',
  'tab.emergency': 'Emergency',
  'tab.space': 'My account',
  'title.alerts': 'My alerts',
  'title.weather': 'Energy forecast',
  'title.steps': 'My services',
  'title.emergency': 'Emergency and breakdowns',
  'title.space': 'My account',
  'none.title': 'The app has nothing to show yet',
  'none.text': 'Your supplier offers no online services yet. Its advisers can answer you.',
};
