/** How tense the electricity network is. */
import * as z from 'zod/mini';
import { Ecowatt } from '../ecowatt.ts';
import { operation } from './operation.ts';

export const getEcowatt = operation({
  name: 'getEcowatt',
  summary: 'How tense the electricity network will be, today and the days after, by hour.',
  method: 'GET',
  path: '/ecowatt',
  auth: 'public',
  input: z.object({}),
  output: Ecowatt,
  errors: [],
});
