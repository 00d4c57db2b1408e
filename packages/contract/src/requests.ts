/** What customers ask their utility to do, and what becomes of it. */
import * as z from 'zod/mini';
import { PhoneNumber } from './access.ts';
import { Attachment } from './attachments.ts';
import { Energy, Id } from './portal.ts';
import { TariffOption } from './power-and-tariff.ts';
import { PostalAddress } from './profile.ts';
import { ReadingDoubt } from './readings.ts';
import { RequestState, ServiceRequest } from './request-list.ts';
import { Instant, LocalDay } from './time.ts';

/** In characters. */
export const LONGEST_REQUEST_WORDS = 4000;

const words = z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_REQUEST_WORDS));
const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(120), z.regex(/^\P{C}+$/u));
const index = z.int().check(z.nonnegative());

/** What a meter showed on the way out. */
const LeavingReading = z.object({
  meterId: Id,
  on: LocalDay,
  /** Whole kWh, or whole m³ of gas. What was odd is noted by the portal, and refused by nobody. */
  indexes: z.array(z.object({ register: z.string(), index, doubt: z.optional(ReadingDoubt) })).check(z.minLength(1), z.maxLength(16)),
});

/** Out of a place, into another, or both at once. */
export const MovingDetails = z.object({
  kind: z.literal('moving'),
  leaving: z.optional(
    z.object({
      /** Those that end: electricity and gas of one place, for example. */
      contractIds: z.array(Id).check(z.minLength(1), z.maxLength(10)),
      on: LocalDay,
      readings: z.optional(z.array(LeavingReading).check(z.maxLength(10))),
      /** Who comes after, where that is known: their supply then goes on without a cut. */
      successor: z.optional(name),
    }),
  ),
  /** Absent for who leaves the utility's territory. */
  entering: z.optional(
    z.object({
      on: LocalDay,
      energies: z.array(Energy).check(z.minLength(1), z.maxLength(2)),
      /** What the meters there showed, where somebody could look. */
      indexes: z.optional(z.array(z.object({ energy: Energy, index })).check(z.maxLength(2))),
    }),
  ),
  /** Where they live then: the place that is supplied, or where the last invoice goes. */
  address: PostalAddress,
  words: z.optional(words),
});
export type MovingDetails = z.infer<typeof MovingDetails>;

export const PowerOrTariffDetails = z.object({
  kind: z.literal('power-or-tariff'),
  contractId: Id,
  /** Another subscribed power, in kVA. */
  powerKva: z.optional(z.int().check(z.positive())),
  tariff: z.optional(TariffOption),
  /** Absent: as soon as it can be. */
  on: z.optional(LocalDay),
  words: z.optional(words),
});
export type PowerOrTariffDetails = z.infer<typeof PowerOrTariffDetails>;

/** What is done at a place: a first connection, a supply for a site or a feast, another place for the meter, three phases, the end of the connection. */
export const ConnectionWork = z.enum(['new-connection', 'temporary', 'meter-move', 'three-phase', 'removal']);
export type ConnectionWork = z.infer<typeof ConnectionWork>;

export const ConnectionDetails = z.object({
  kind: z.literal('connection'),
  energy: Energy,
  work: ConnectionWork,
  address: PostalAddress,
  /** The date that would suit. */
  on: LocalDay,
  powerKva: z.optional(z.int().check(z.positive())),
  words: z.optional(words),
});
export type ConnectionDetails = z.infer<typeof ConnectionDetails>;

export const ClaimTopic = z.enum(['invoice', 'outage', 'damage', 'work', 'service', 'other']);
export type ClaimTopic = z.infer<typeof ClaimTopic>;

export const ClaimDetails = z.object({
  kind: z.literal('claim'),
  topic: ClaimTopic,
  contractId: z.optional(Id),
  /** When it happened. */
  on: z.optional(LocalDay),
  words,
});
export type ClaimDetails = z.infer<typeof ClaimDetails>;

export const DocumentKind = z.enum(['identity', 'lease', 'bank-details', 'company', 'conformity', 'other']);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const DocumentsDetails = z.object({
  kind: z.literal('documents'),
  document: DocumentKind,
  contractId: z.optional(Id),
  words: z.optional(words),
});
export type DocumentsDetails = z.infer<typeof DocumentsDetails>;

export const RequestDetails = z.discriminatedUnion('kind', [MovingDetails, PowerOrTariffDetails, ConnectionDetails, ClaimDetails, DocumentsDetails]);
export type RequestDetails = z.infer<typeof RequestDetails>;

/** What became of it: each step with its time, and who took it. */
export const RequestStep = z.object({
  state: RequestState,
  at: Instant,
  by: z.enum(['customer', 'utility']),
  /** Who of the utility, as they are called towards customers. */
  author: z.nullable(z.string()),
  /** What was asked, answered or explained. */
  words: z.nullable(z.string()),
  attachments: z.optional(z.array(Attachment)),
});
export type RequestStep = z.infer<typeof RequestStep>;

export const ServiceRequestDetails = z.extend(ServiceRequest, {
  details: RequestDetails,
  /** Where they are reached about it. */
  phone: PhoneNumber,
  /** The oldest first; the first is that it was sent, with its files. */
  steps: z.array(RequestStep),
});
export type ServiceRequestDetails = z.infer<typeof ServiceRequestDetails>;
