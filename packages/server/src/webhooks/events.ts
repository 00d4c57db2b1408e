/** Everything that a system of the utility can hear of, each with what it is told: ids and states, no words and no names. */
import { Cents, ConsentFailure, ConsentPurpose, LocalDay, ReadingState, RequestKind } from '@oya/contract';
import * as z from 'zod/mini';

interface Declared {
  /** When it is told. */
  readonly about: string;
  readonly data: z.ZodMiniObject;
  readonly example: Readonly<Record<string, unknown>>;
}

const Id = z.string().check(z.minLength(1));

const paymentData = z.object({ contractId: Id, paymentId: Id, invoiceIds: z.array(Id), amount: Cents, isTrial: z.boolean() });
const consentData = z.object({ contractId: Id, meterId: Id, purpose: ConsentPurpose, recipientId: z.optional(Id), eventId: Id });
const planData = z.object({ contractId: Id, planId: Id });
const mandateData = z.object({ contractId: Id, reference: Id });
const readingData = z.object({ contractId: Id, meterId: Id, readingId: Id, on: LocalDay, state: ReadingState });

const requestData = z.object({ requestId: Id, kind: RequestKind });

const payment = { contractId: 'martin-home', paymentId: '0c4b1f6e-6d0e-4f0c-9a5e-3f1d8f1f7f10', invoiceIds: ['FA0000012345'], amount: 8420, isTrial: false };
const consent = { contractId: 'martin-home', meterId: 'martin-linky', purpose: 'curve-collection', eventId: '7b0f7d43-9a35-4b6d-a4b6-0a9f2a3f6a55' };
const plan = { contractId: 'martin-home', planId: '5d5c9a4e-8a35-4c62-a6a7-1f0f4a3c2b10' };
const mandate = { contractId: 'martin-home', reference: 'C-2024-0042-1' };
const reading = { contractId: 'martin-gas', meterId: 'martin-gas-meter', readingId: '1f8b7a52-2f0e-4a86-9c5c-6c1d2c8e7d11', on: '2026-11-24', state: 'transmitted' };
const request = { requestId: '6a1d0c8e-2b7f-4f6e-9d3a-5c4b3a2f1e0d', kind: 'moving' };

/** Adding one is adding it here, and an `announce` where it happens. Names are as the specification has them: letters, digits, `_` and dots. */
export const WEBHOOK_EVENTS = {
  'consent.active': declare('A consent took effect: what it is about may be collected.', consentData, consent),
  'consent.erased': declare('What was collected by a consent that was withdrawn so is erased.', consentData, consent),
  'consent.expired': declare('A consent for a time came to its end.', consentData, consent),
  'consent.failed': declare('The network operator did not bring a consent about.', z.extend(consentData, { failure: ConsentFailure }), { ...consent, failure: 'meter-silent' }),
  'consent.given': declare('A customer gave a consent. It is in effect with `consent.active`.', consentData, consent),
  'consent.restored': declare('A customer took a withdrawal back in time: the consent stands as before.', consentData, consent),
  'consent.withdrawn': declare('A customer withdrew a consent: nothing is collected from now on. With `erases`, what was collected is erased once the withdrawal can no longer be taken back.', z.extend(consentData, { erases: z.boolean() }), { ...consent, erases: true }),
  'instalments.changed': declare('A customer changed the instalments that are still to come.', z.object({ contractId: Id, from: LocalDay, amount: Cents }), { contractId: 'martin-home', from: '2027-01-05', amount: 9500 }),
  'invoice.contested': declare('A customer contested an invoice. Answer with `npm run invoices`.', z.object({ contractId: Id, invoiceId: Id, disputeId: Id }), { contractId: 'martin-home', invoiceId: 'FA0000012345', disputeId: '3f6d7b7c-0b9d-4d0a-8f70-0d0d1a2b3c4d' }),
  'mandate.revoked': declare('A mandate for debits no longer holds.', mandateData, mandate),
  'mandate.signed': declare('A customer signed a mandate for debits; one of before no longer holds.', mandateData, mandate),
  'message.written': declare('A customer wrote a message.', z.object({ threadId: Id, messageId: Id, topic: Id }), { threadId: 'c3d1b7a0-57f6-4f7b-8a54-0a1b2c3d4e5f', messageId: 'd4e2c8b1-68a7-4c8c-9b65-1b2c3d4e5f60', topic: 'reading' }),
  'payment.failed': declare('The provider refused a card payment. The customer may try again, which is another payment.', paymentData, payment),
  'payment.refunded': declare('All or part of a card payment went back to the customer.', paymentData, payment),
  'payment.succeeded': declare('A card payment came in. With `isTrial` no money moved.', paymentData, payment),
  'payment_plan.requested': declare('A customer asked to pay in parts. Answer with `npm run invoices`.', planData, plan),
  'payment_plan.withdrawn': declare('A customer no longer asks for a plan.', planData, plan),
  'reading.corrected': declare('A customer corrected what they had read; `corrects` is the reading that no longer counts.', z.extend(readingData, { corrects: Id }), { ...reading, corrects: '2a9c8b63-3a1f-4b97-8d6d-7d2e3d9f8e22' }),
  'reading.submitted': declare('A customer sent what a meter showed. `state` says whether it counts already.', readingData, reading),
  'request.completed': declare('A customer gave what was asked of them for a request.', requestData, request),
  'request.sent': declare('A customer asked for something: a move, another power or tariff, works, a claim, documents.', requestData, request),
  'request.withdrawn': declare('A customer took a request back.', requestData, request),
  'webhook.test': declare('Somebody tries an endpoint out. Sent to that endpoint alone, whatever it asks for.', z.object({ endpointId: Id }), { endpointId: '9e107d9d-372b-4b8e-9d2e-6f3a1b2c3d4e' }),
} as const satisfies Readonly<Record<string, Declared>>;

export type WebhookType = keyof typeof WEBHOOK_EVENTS;

/** What happened. */
export type WebhookEvent = { [T in WebhookType]: { readonly type: T; readonly data: z.infer<(typeof WEBHOOK_EVENTS)[T]['data']> } }[WebhookType];

export const WEBHOOK_TYPES = Object.keys(WEBHOOK_EVENTS) as WebhookType[];

/** What an endpoint asks for is a type, all of a group (`payment.*`), or everything (`*`). */
export function isAskedFor(type: WebhookType, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))));
}

/** What is told of one subject is told in the order in which it happened. */
export function subjectOf({ type, data }: WebhookEvent): string {
  if ('contractId' in data) return `contract:${data.contractId}`;
  if ('requestId' in data) return `request:${data.requestId}`;
  return 'threadId' in data ? `thread:${data.threadId}` : type;
}

/**
 * What is sent, as text.
 * @throws a ZodError for what is not as it was declared; what was not declared is left out
 */
export function bodyOf({ type, data }: WebhookEvent, at: number): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: WEBHOOK_EVENTS[type].data.parse(data) });
}

function declare<T extends z.ZodMiniObject>(about: string, data: T, example: Readonly<Record<string, unknown>>) {
  return { about, data, example };
}
