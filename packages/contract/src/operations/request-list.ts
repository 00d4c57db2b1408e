/** What a customer has asked for, as a page shows it before anybody opens one. */
import * as z from 'zod/mini';
import { page } from '../page.ts';
import { ServiceRequest } from '../request-list.ts';
import { operation } from './operation.ts';

export const listServiceRequests = operation({
  name: 'listServiceRequests',
  summary: 'What the customer has asked for, and how it stands: what is open first, the latest first.',
  method: 'GET',
  path: '/requests',
  auth: 'customer',
  input: z.object({}),
  output: page(ServiceRequest),
  errors: [],
});
