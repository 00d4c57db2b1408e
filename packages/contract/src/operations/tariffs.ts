/** What a household could be charged by, and the colours of Tempo days. */
import * as z from 'zod/mini';
import { ReferenceTariffs } from '../reference-tariffs.ts';
import { TempoDays } from '../tempo-days.ts';
import { LocalDay } from '../time.ts';
import { operation } from './operation.ts';

export const describeTariffs = operation({
  name: 'describeTariffs',
  summary: 'The tariffs for electricity that households can be compared under, with their dated prices.',
  method: 'GET',
  path: '/tariffs',
  auth: 'public',
  input: z.object({}),
  output: ReferenceTariffs,
  errors: [],
});

export const listTempoDays = operation({
  name: 'listTempoDays',
  summary: 'The colours of the Tempo days of a period that are known, ascending; some may still change.',
  method: 'GET',
  path: '/tempo-days',
  auth: 'public',
  input: z.object({ from: LocalDay, to: LocalDay }).check(z.refine(({ from, to }) => from < to, { error: '`from` must be before `to`', path: ['to'] })),
  output: TempoDays,
  errors: ['invalid'],
});
