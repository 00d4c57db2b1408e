import * as z from 'zod/mini';
import { Consumption, Direction, Id, Resolution } from '../portal.ts';
import { LocalDay } from '../time.ts';
import { operation } from './operation.ts';

export const getConsumption = operation({
  name: 'getConsumption',
  summary: 'What a meter consumed, or produced, over a period of local days, in columns, with the quality of each value.',
  method: 'GET',
  path: '/meters/{meterId}/consumption',
  auth: 'customer',
  input: z
    .object({ meterId: Id, resolution: Resolution, from: LocalDay, to: LocalDay, direction: z.optional(Direction) })
    .check(z.refine(({ from, to }) => from < to, { error: '`from` must be before `to`', path: ['to'] })),
  output: Consumption,
  errors: ['invalid', 'not-found', 'forbidden'],
});
