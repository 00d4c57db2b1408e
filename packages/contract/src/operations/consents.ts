/** Consents of a meter: how they stand, giving and withdrawing them, what happened to them, and the proof of it. */
import * as z from 'zod/mini';
import { Consent, ConsentChoice, ConsentEvent, ConsentName, PortalFile } from '../consents.ts';
import { page } from '../page.ts';
import { Id, LanguageTag } from '../portal.ts';
import { operation } from './operation.ts';

export const listConsents = operation({
  name: 'listConsents',
  summary: 'How each consent about a meter stands, with the words that are agreed to.',
  method: 'GET',
  path: '/meters/{meterId}/consents',
  auth: 'customer',
  input: z.object({ meterId: Id }),
  output: page(Consent),
  errors: ['not-found'],
});

export const giveConsents = operation({
  name: 'giveConsents',
  summary: 'Gives consents about a meter, each on its own; the network operator then works on them.',
  method: 'POST',
  path: '/meters/{meterId}/consents',
  auth: 'customer',
  input: z.object({ meterId: Id, choices: z.array(ConsentChoice).check(z.minLength(1)) }),
  output: page(Consent),
  // `invalid` with fields by `consentFaults`; `forbidden` for a reader; `conflict` for a meter about which nothing can be consented to.
  errors: ['invalid', 'not-found', 'forbidden', 'conflict'],
});

export const withdrawConsent = operation({
  name: 'withdrawConsent',
  summary: 'Withdraws a consent, and what cannot be without it: collection stops at once; it can be undone for a while, then the network operator is told and, where wished, what was collected is erased.',
  method: 'POST',
  path: '/meters/{meterId}/consents/withdrawals',
  auth: 'customer',
  input: z.extend(ConsentName, { meterId: Id, erase: z.boolean() }),
  output: page(Consent),
  // Withdrawing what is off changes nothing; `invalid` for a consent that this meter does not have; `forbidden` for a reader.
  errors: ['invalid', 'not-found', 'forbidden'],
});

export const undoWithdrawal = operation({
  name: 'undoWithdrawal',
  summary: 'Takes a withdrawal back while its `undo` lasts, with what went with it: all is as before.',
  method: 'POST',
  path: '/meters/{meterId}/consents/restorations',
  auth: 'customer',
  input: z.extend(ConsentName, { meterId: Id }),
  output: page(Consent),
  // `conflict`: its time is over, or nothing was withdrawn.
  errors: ['invalid', 'not-found', 'forbidden', 'conflict'],
});

export const listConsentEvents = operation({
  name: 'listConsentEvents',
  summary: 'All that happened to the consents about a meter, the latest first.',
  method: 'GET',
  path: '/meters/{meterId}/consents/events',
  auth: 'customer',
  input: z.object({ meterId: Id, after: z.optional(z.string()) }),
  output: page(ConsentEvent),
  errors: ['not-found'],
});

export const getConsentReceipt = operation({
  name: 'getConsentReceipt',
  summary: 'The receipt of one event of a consent, signed by the portal, for people (PDF) or for programs (JSON).',
  method: 'GET',
  path: '/meters/{meterId}/consents/events/{eventId}/receipt',
  auth: 'customer',
  input: z.object({ meterId: Id, eventId: Id, format: z.enum(['pdf', 'json']), lang: z.optional(LanguageTag) }),
  output: PortalFile,
  errors: ['not-found'],
});
