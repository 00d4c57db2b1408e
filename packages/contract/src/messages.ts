/** What customers and their utility write to each other. */
import * as z from 'zod/mini';
import { Attachment } from './attachments.ts';
import { page } from './page.ts';
import { Id } from './portal.ts';
import { Instant, LocalDay } from './time.ts';

/** What a thread is about: whoever answers finds it by that. */
export const ThreadTopic = z.enum(['invoice', 'reading', 'outage', 'contract', 'other']);
export type ThreadTopic = z.infer<typeof ThreadTopic>;

/** The customer's own that a thread is about; `label` is what they know it by: the number of an invoice, a meter, a contract. */
export const ThreadSubject = z.discriminatedUnion('what', [
  z.object({ what: z.literal('invoice'), contractId: Id, invoiceId: Id, label: z.string() }),
  z.object({ what: z.literal('meter'), contractId: Id, meterId: Id, label: z.string() }),
  z.object({ what: z.literal('contract'), contractId: Id, label: z.string() }),
]);
export type ThreadSubject = z.infer<typeof ThreadSubject>;

/** Indexes that the customer read themselves, where the meter reports and did not, or reported wrongly. */
export const MessageReading = z.object({
  meterId: Id,
  on: LocalDay,
  /** Whole kWh, or whole m³ of gas. */
  indexes: z.array(z.object({ register: z.string(), index: z.int().check(z.nonnegative()) })).check(z.minLength(1), z.maxLength(16)),
});
export type MessageReading = z.infer<typeof MessageReading>;

export const ThreadSide = z.enum(['customer', 'utility']);
export type ThreadSide = z.infer<typeof ThreadSide>;

export const Message = z.object({
  id: Id,
  from: ThreadSide,
  /** Who of the utility wrote it, as they are called towards customers. */
  author: z.nullable(z.string()),
  at: Instant,
  words: z.string(),
  attachments: z.optional(z.array(Attachment)),
  reading: z.optional(MessageReading),
  /** When the other side read it. */
  readAt: z.nullable(Instant),
});
export type Message = z.infer<typeof Message>;

export const Thread = z.object({
  id: Id,
  topic: ThreadTopic,
  about: z.optional(ThreadSubject),
  state: z.enum(['open', 'closed']),
  openedAt: Instant,
  lastAt: Instant,
  lastFrom: ThreadSide,
  /** The beginning of what was written last. */
  preview: z.string(),
  /** Messages of the utility that the customer has not read. */
  unread: z.int(),
  /** By when the utility means to answer what was written last; `null` where it has, or does not say. */
  answerBy: z.nullable(Instant),
});
export type Thread = z.infer<typeof Thread>;

/** Those of a customer, the latest first. */
export const ThreadList = z.extend(page(Thread), {
  /** In all threads, whatever was asked for. */
  unread: z.int(),
});
export type ThreadList = z.infer<typeof ThreadList>;

export const ThreadDetails = z.extend(Thread, {
  /** The oldest first. */
  messages: z.array(Message),
});
export type ThreadDetails = z.infer<typeof ThreadDetails>;
