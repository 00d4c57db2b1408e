import type { Translation } from '@oya/core';
import type { fr } from './file-form.messages.ts';

export const en: Translation<typeof fr> = {
  'files.adding': 'Adding {{name}}',
  'files.added': '{{name}} is in the file.',
  'files.waits': 'Waiting',
  'files.prepares': 'Preparing',
  'files.sends': 'Sending',
  'files.cancel': 'Cancel',
  'files.cancelled': 'Sending {{name}} is cancelled.',
  'files.remove': 'Remove',
  'files.removed': '{{name}} is removed.',
  'files.failed': 'Download failed. Try again.',
  size: '{{size}} kB',
  'size.large': '{{size}} MB',
  'fault.too-large': '{{name}} is too large. Choose a file of at most 5 MB.',
  'fault.kind': '{{name}} is neither a photo (JPEG, PNG, WebP) nor a PDF. Choose another file.',
  'fault.unreadable': '{{name}} cannot be read: it may be damaged. Choose it again, or another.',
  'fault.infected': '{{name}} holds a virus and was not kept.',
  'fault.scanner-away': '{{name}} cannot be checked at the moment. Try again in a few minutes.',
  'fault.too-many': '{{name}} is one too many. Remove a file first.',
  'fault.too-many-waiting': '{{name}} is one too many: files wait for other bills as well. Send or remove those first.',
  'fault.other': '{{name}} could not be added. Try again.',
  'coming.title': 'A file is still on its way',
  'coming.text': 'Wait until it is in the list, or cancel it, then try again.',
};
