/** Messages between a customer and the utility. They are the customer's own: nobody who reads a contract sees them. */
import * as z from 'zod/mini';
import { MOST_ATTACHMENTS } from '../attachments.ts';
import { LONGEST_MESSAGE } from '../message-rules.ts';
import { MessageReading, ThreadDetails, ThreadList, ThreadTopic } from '../messages.ts';
import { Id } from '../portal.ts';
import { operation } from './operation.ts';

const written = {
  words: z.string().check(z.minLength(1), z.maxLength(LONGEST_MESSAGE)),
  attachmentIds: z.optional(z.array(Id).check(z.maxLength(MOST_ATTACHMENTS))),
  reading: z.optional(MessageReading),
};

export const listThreads = operation({
  name: 'listThreads',
  summary: 'The customer’s threads, the latest first; with a query, those that hold all its words.',
  method: 'GET',
  path: '/threads',
  auth: 'customer',
  input: z.object({ query: z.optional(z.string().check(z.maxLength(200))) }),
  output: ThreadList,
  errors: [],
});

export const getThread = operation({
  name: 'getThread',
  summary: 'A thread with all that was written in it.',
  method: 'GET',
  path: '/threads/{threadId}',
  auth: 'customer',
  input: z.object({ threadId: Id }),
  output: ThreadDetails,
  errors: ['not-found'],
});

export const startThread = operation({
  name: 'startThread',
  summary: 'Writes to the utility about something new.',
  method: 'POST',
  path: '/threads',
  auth: 'customer',
  input: z.object({
    topic: ThreadTopic,
    about: z.optional(z.discriminatedUnion('what', [z.object({ what: z.literal('invoice'), contractId: Id, invoiceId: Id }), z.object({ what: z.literal('meter'), contractId: Id, meterId: Id }), z.object({ what: z.literal('contract'), contractId: Id })])),
    ...written,
  }),
  output: ThreadDetails,
  // `rate-limited` beyond `MESSAGES_AN_HOUR`.
  errors: ['not-found', 'forbidden', 'invalid'],
});

export const writeMessage = operation({
  name: 'writeMessage',
  summary: 'Goes on in a thread; one that is closed is open again.',
  method: 'POST',
  path: '/threads/{threadId}/messages',
  auth: 'customer',
  input: z.object({ threadId: Id, ...written }),
  output: ThreadDetails,
  errors: ['not-found', 'invalid'],
});

export const markThreadRead = operation({
  name: 'markThreadRead',
  summary: 'The customer has read what the utility wrote in a thread until now.',
  method: 'POST',
  path: '/threads/{threadId}/reading',
  auth: 'customer',
  input: z.object({ threadId: Id }),
  output: ThreadDetails,
  errors: ['not-found'],
});

export const setThreadState = operation({
  name: 'setThreadState',
  summary: 'Closes a thread, or opens it again.',
  method: 'PUT',
  path: '/threads/{threadId}/state',
  auth: 'customer',
  input: z.object({ threadId: Id, state: z.enum(['open', 'closed']) }),
  output: ThreadDetails,
  errors: ['not-found'],
});
