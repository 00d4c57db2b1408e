/** Consents of a meter: how they stand, and giving them. */
import * as z from 'zod/mini';
import { Consent, ConsentChoice } from '../consents.ts';
import { page } from '../page.ts';
import { Id } from '../portal.ts';
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
  // `invalid` with fields by `consentFaults`; `forbidden` for a reader; `conflict` for a meter without a load curve to consent to.
  errors: ['invalid', 'not-found', 'forbidden', 'conflict'],
});
