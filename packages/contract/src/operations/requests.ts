/** What a customer asks the utility to do. A request is its customer's own: nobody who reads a contract sees it. */
import * as z from 'zod/mini';
import { PhoneNumber } from '../access.ts';
import { MOST_ATTACHMENTS } from '../attachments.ts';
import { Id } from '../portal.ts';
import { LONGEST_REQUEST_WORDS, RequestDetails, ServiceRequestDetails } from '../requests.ts';
import { operation } from './operation.ts';

const attachmentIds = z.optional(z.array(Id).check(z.maxLength(MOST_ATTACHMENTS)));

export const getServiceRequest = operation({
  name: 'getServiceRequest',
  summary: 'A request with what was asked for and every step of it.',
  method: 'GET',
  path: '/requests/{serviceRequestId}',
  auth: 'customer',
  input: z.object({ serviceRequestId: Id }),
  output: ServiceRequestDetails,
  errors: ['not-found'],
});

export const sendServiceRequest = operation({
  name: 'sendServiceRequest',
  summary: 'Asks for something that the utility has a form for: a move, another power or tariff, works, a claim, documents.',
  method: 'POST',
  path: '/requests',
  auth: 'customer',
  input: z.object({ details: RequestDetails, phone: PhoneNumber, attachmentIds }),
  output: ServiceRequestDetails,
  // `invalid` with the fields and codes of `RequestFault` below `details.`, or `phone` with `invalid`; `unsupported` for a kind
  // that the utility has no form for; `rate-limited` beyond `REQUESTS_AN_HOUR`.
  errors: ['invalid', 'unsupported', 'rate-limited'],
});

export const answerServiceRequest = operation({
  name: 'answerServiceRequest',
  summary: 'Gives what the utility asked for: the request goes on.',
  method: 'POST',
  path: '/requests/{serviceRequestId}/answers',
  auth: 'customer',
  input: z.object({ serviceRequestId: Id, words: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_REQUEST_WORDS)), attachmentIds }),
  output: ServiceRequestDetails,
  // `conflict`: nothing is asked any more.
  errors: ['not-found', 'invalid', 'conflict', 'rate-limited'],
});

export const withdrawServiceRequest = operation({
  name: 'withdrawServiceRequest',
  summary: 'Takes back a request that is open.',
  method: 'DELETE',
  path: '/requests/{serviceRequestId}',
  auth: 'customer',
  input: z.object({ serviceRequestId: Id }),
  output: ServiceRequestDetails,
  // `conflict`: it has ended meanwhile.
  errors: ['not-found', 'conflict'],
});
