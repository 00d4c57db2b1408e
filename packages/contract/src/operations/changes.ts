import * as z from 'zod/mini';
import { Changes } from '../changes.ts';
import { operation } from './operation.ts';

export const listChanges = operation({
  name: 'listChanges',
  summary: 'What became stale for the customer since a cursor; without one: the cursor of now. Asked for as `text/event-stream`, the same as they happen (server-sent events).',
  method: 'GET',
  path: '/changes',
  auth: 'customer',
  input: z.object({ after: z.optional(z.string()) }),
  output: Changes,
  errors: ['invalid'],
});
