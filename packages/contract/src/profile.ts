/** The account and the person behind it: how they are reached, where they are signed in, what was done. */
import * as z from 'zod/mini';
import { CodeSent, EmailAddress, Identifier, PhoneNumber } from './access.ts';
import type { AlertSettings } from './alerts.ts';
import type { Attachment } from './attachments.ts';
import type { InvoiceDetails, InvoiceDispute } from './invoices.ts';
import type { Mandate, PaymentPlan } from './payment-means.ts';
import type { Payment } from './payments.ts';
import { Consent, ConsentEvent } from './consents.ts';
import { ContractDetails } from './contracts.ts';
import type { FieldError } from './errors.ts';
import { Consumption, Customer, type Energy, Id, LanguageTag, LocalizedText, Meter } from './portal.ts';
import type { ThreadDetails } from './messages.ts';
import type { MeterReading } from './readings.ts';
import type { ServiceRequestDetails } from './requests.ts';
import { Instant, type LocalDay } from './time.ts';

const oneLine = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest), z.regex(/^\P{C}+$/u));

/** Where letters go; not where energy is supplied. */
export const PostalAddress = z.object({
  /** Street and number, then what else finds the door. */
  lines: z.array(oneLine(120)).check(z.minLength(1), z.maxLength(3)),
  postcode: oneLine(16),
  city: oneLine(120),
  /** ISO 3166-1, two letters. */
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
});
export type PostalAddress = z.infer<typeof PostalAddress>;

export const NOTIFICATION_CHANNELS = ['email', 'sms', 'letter'] as const;
export const NotificationChannel = z.enum(NOTIFICATION_CHANNELS);
export type NotificationChannel = z.infer<typeof NotificationChannel>;

/** What one can be told of. What concerns the safety of the account is always mailed, and is not a choice; of outages and works one is told as `AlertSettings` say. */
export const NOTIFICATION_TOPICS = ['invoices', 'readings', 'consumption', 'news'] as const;
export const NotificationTopic = z.enum(NOTIFICATION_TOPICS);
export type NotificationTopic = z.infer<typeof NotificationTopic>;

/** By which ways one is told of something; by none is a choice too. */
export const NotificationChoice = z.object({ topic: NotificationTopic, channels: z.array(NotificationChannel).check(z.maxLength(NOTIFICATION_CHANNELS.length)) });
export type NotificationChoice = z.infer<typeof NotificationChoice>;

/** What those are told of who have chosen nothing: by mail, of what concerns their contracts. */
const TOLD_UNASKED: readonly NotificationTopic[] = ['invoices', 'readings'];

/** A choice for every topic, in their order: what a customer has chosen, by the ways that the utility has, and else what it does unasked. */
export function notificationsOf(chosen: readonly NotificationChoice[], channels: readonly NotificationChannel[]): NotificationChoice[] {
  return NOTIFICATION_TOPICS.map((topic) => {
    const told = chosen.findLast((choice) => choice.topic === topic)?.channels ?? (TOLD_UNASKED.includes(topic) ? ['email' as const] : []);
    return { topic, channels: channels.filter((channel) => told.includes(channel)) };
  });
}

/** Choices after some were made anew: each topic once, the last word on it. */
export function mergeChoices(known: readonly NotificationChoice[], told: readonly NotificationChoice[]): NotificationChoice[] {
  const all = [...known, ...told];
  return NOTIFICATION_TOPICS.flatMap((topic) => {
    const choice = all.findLast((each) => each.topic === topic);
    return choice ? [{ topic, channels: [...new Set(choice.channels)] }] : [];
  });
}

/** What changes at once, and what is absent and stays. */
export interface ProfileChange {
  readonly phone?: string | null | undefined;
  readonly language?: string | undefined;
  readonly notifications?: readonly NotificationChoice[] | undefined;
}

/**
 * What is wrong with a change of phone, language or choices.
 * @param account as it is; its choices as they were made, without what `notificationsOf` adds
 * @param utility its languages and ways, and whether a phone number may be somebody's
 */
export function profileFaults(
  { phone, language, notifications = [] }: ProfileChange,
  account: { readonly phone: string | null; readonly notifications: readonly NotificationChoice[] },
  utility: { readonly languages: readonly string[]; readonly channels: readonly NotificationChannel[]; mayExist(phone: string): boolean },
): FieldError[] {
  const { languages, channels } = utility;
  const after = phone === undefined ? account.phone : phone;
  const bySms = notificationsOf(mergeChoices(account.notifications, notifications), channels).some((choice) => choice.channels.includes('sms'));
  const faults: [boolean, FieldError][] = [
    [after !== null && after !== account.phone && !utility.mayExist(after), { path: 'phone', code: 'invalid' }],
    [language !== undefined && !languages.includes(language), { path: 'language', code: 'unknown' }],
    [notifications.some((choice) => choice.channels.some((channel) => !channels.includes(channel))), { path: 'notifications', code: 'unknown-channel' }],
    [bySms && after === null, { path: 'notifications', code: 'phone-needed' }],
  ];
  return faults.flatMap(([isFault, fault]) => (isFault ? [fault] : []));
}

/** A change that the utility decides on: it holds once approved. */
export const ChangeRequest = z.object({
  id: Id,
  what: z.literal('address'),
  address: PostalAddress,
  askedAt: Instant,
  state: z.enum(['pending', 'approved', 'refused', 'withdrawn']),
  decidedAt: z.nullable(Instant),
  /** The utility's words, where it refused. */
  reason: z.nullable(z.string()),
});
export type ChangeRequest = z.infer<typeof ChangeRequest>;

export const KEPT_RECORDS = ['invoices', 'contracts', 'consumption', 'activity'] as const;

/** What closing the account leads to. */
export const ClosureTerms = z.object({
  /** Contracts that go on without the account: closing it ends no supply. */
  contracts: z.int(),
  /** What the law makes the utility keep, and for how many years. */
  kept: z.array(z.object({ what: z.enum(KEPT_RECORDS), years: z.int() })),
});
export type ClosureTerms = z.infer<typeof ClosureTerms>;

export const Profile = z.object({
  customer: Customer,
  identifier: Identifier,
  email: EmailAddress,
  /** Another address waits for its code; until then the one above holds. */
  emailChange: z.nullable(CodeSent),
  phone: z.nullable(PhoneNumber),
  address: z.nullable(PostalAddress),
  /** Whether an address holds at once, or once the utility has approved it. */
  addressNeedsApproval: z.boolean(),
  language: LanguageTag,
  notifications: z.array(NotificationChoice),
  /** The ways that this utility has. */
  channels: z.array(NotificationChannel),
  /** `null` for an account that is opened in another way: by the host site, or by passkeys alone. */
  password: z.nullable(z.object({ changedAt: z.nullable(Instant) })),
  /** Those of the last months, the newest first. */
  requests: z.array(ChangeRequest),
  closure: ClosureTerms,
});
export type Profile = z.infer<typeof Profile>;

/** How somebody got in. */
export const SIGN_IN_WAYS = ['password', 'passkey', 'code', 'host'] as const;
export const SignInWay = z.enum(SIGN_IN_WAYS);
export type SignInWay = z.infer<typeof SignInWay>;

/** A browser that is signed in. Its names are what it says of itself: `Firefox`, `Windows`. */
export const Device = z.object({
  id: Id,
  /** The one that asks. */
  current: z.boolean(),
  kind: z.enum(['computer', 'phone', 'tablet', 'unknown']),
  browser: z.nullable(z.string()),
  system: z.nullable(z.string()),
  way: SignInWay,
  remembered: z.boolean(),
  signedInAt: Instant,
  lastUsedAt: Instant,
  expiresAt: Instant,
});
export type Device = z.infer<typeof Device>;

/** What is traced, by what it concerns. A kind that an element has no words for is shown in general ones. */
export const ACTIVITY = {
  access: ['signed-in', 'signed-out', 'sign-in-refused', 'password-changed', 'password-reset', 'device-ended', 'devices-ended', 'passkey-added', 'passkey-removed'],
  account: [
    'account-created',
    'email-change-asked',
    'email-changed',
    'phone-changed',
    'identifier-changed',
    'language-changed',
    'notifications-changed',
    'alerts-changed',
    'alert-device-added',
    'alert-device-removed',
    'outage-reported',
    'address-change-asked',
    'address-change-withdrawn',
    'address-change-refused',
    'address-changed',
    'data-downloaded',
  ],
  contracts: ['contract-added', 'proof-refused', 'access-given', 'access-accepted', 'access-taken-back'],
  readings: [],
  payments: [
    'card-payment-paid',
    'card-payment-refused',
    'card-payment-refunded',
    'invoice-contested',
    'dispute-answered',
    'mandate-signed',
    'mandate-revoked',
    'instalments-changed',
    'reading-sent',
    'reading-corrected',
    'reading-checked',
    'message-sent',
    'message-answered',
    'payment-plan-asked',
    'payment-plan-withdrawn',
    'payment-plan-accepted',
    'payment-plan-refused',
  ],
  consents: ['consent-given', 'consent-activated', 'consent-failed', 'consent-withdrawn', 'consent-restored', 'consent-expired', 'consent-erased', 'medical-need-given', 'medical-need-withdrawn'],
  requests: ['request-sent', 'request-completed', 'request-withdrawn', 'request-changed'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ActivityGroup = keyof typeof ACTIVITY;
export type ActivityKind = (typeof ACTIVITY)[ActivityGroup][number];
export const ActivityGroup = z.enum(Object.keys(ACTIVITY) as [ActivityGroup, ...ActivityGroup[]]);

/** One thing that was done: who, when, by which channel. */
export const Activity = z.object({
  id: Id,
  at: Instant,
  /** An `ActivityKind`, or one that came later. */
  kind: z.string().check(z.maxLength(64), z.regex(/^[a-z][a-z-]*$/)),
  by: z.object({
    /** The customer; somebody who may read one of the contracts; the utility's people; its machines; somebody unknown. */
    role: z.enum(['self', 'reader', 'utility', 'system', 'unknown']),
    name: z.nullable(z.string()),
  }),
  channel: z.enum(['web', 'mail', 'phone', 'counter', 'system']),
  /** What the browser said of itself: `Firefox, Windows`. */
  device: z.nullable(z.string()),
  contractId: z.nullable(Id),
});
export type Activity = z.infer<typeof Activity>;

/** The group of a kind; that of what is done to the account, for a kind that came later. */
export function activityGroup(kind: string): ActivityGroup {
  const groups = Object.entries(ACTIVITY) as [ActivityGroup, readonly string[]][];
  return groups.find(([, kinds]) => kinds.includes(kind))?.[0] ?? 'account';
}

/** One consent to the utility's knowing of such equipment, or its end; what proves it. */
export interface MedicalConsent {
  readonly contractId: string;
  readonly what: 'given' | 'withdrawn' | 'contract-ended';
  readonly at: Instant;
  readonly textVersion: string;
  /** What was agreed to, as it was shown. */
  readonly text: string | null;
}

export interface ReportedOutage {
  readonly reference: string;
  readonly reportedAt: Instant;
  readonly since: Instant;
  readonly energy: Energy;
  readonly address: string;
  readonly phone: string | null;
  readonly words: string | null;
}

interface OfContract {
  readonly contractId: string;
}

/** Not checked on the way: it is saved, and a page that saves it would load all that invoices and payments are. */
function told<T>() {
  return z.optional(z.array(z.custom<T>((value) => typeof value === 'object' && value !== null)));
}

/** Everything that the portal holds of a customer, to take away. Field by field as the operations tell it. */
export const DataExport = z.object({
  format: z.literal('oya-data-export/1'),
  madeAt: Instant,
  utility: z.object({ id: Id, name: z.string(), legalName: z.string() }),
  /** What the parts are, for a person who opens the file. */
  about: LocalizedText,
  profile: z.omit(Profile, { emailChange: true }),
  contracts: z.array(ContractDetails),
  meters: z.array(Meter),
  /** By meter: every day, and the load curve where there is one. */
  consumption: z.array(Consumption),
  /** By meter, with the words that were agreed to. */
  consents: z.array(z.extend(Consent, { meterId: Id })),
  /** By meter, the latest first: all that happened to them. Absent where the portal keeps no history. */
  consentEvents: z.optional(z.array(z.extend(ConsentEvent, { meterId: Id }))),
  // What follows is of all contracts that the customer holds, and absent where the portal has no such thing.
  /** As `getInvoice` tells them. */
  invoices: told<InvoiceDetails>(),
  /** Those by card, and what became of them, as `listPayments` tells them. */
  payments: told<Payment>(),
  /** With what the utility answered; the latest first. */
  paymentPlans: told<PaymentPlan & OfContract>(),
  /** Those that were revoked, or that another took the place of, too: the latest first. */
  mandates: told<Mandate & OfContract & { readonly revokedOn: LocalDay | null }>(),
  /** What was contested and answered, with the names of the files that went with it: the latest first. */
  disputes: told<InvoiceDispute & OfContract & { readonly invoiceId: string }>(),
  /** What the meters showed, as `listReadings` tells it: the latest first. */
  readings: told<MeterReading & { readonly meterId: string }>(),
  /** What they and the utility wrote to each other: the latest thread first. */
  threads: told<ThreadDetails>(),
  /** What they asked for, with every step of it: the latest first. */
  serviceRequests: told<ServiceRequestDetails>(),
  /** Files of the customer's that go with nothing yet. */
  attachments: told<Attachment>(),
  /** What they are told of by the portal's own accord, where and how, as `getAlertSettings` tells it. */
  alerts: z.optional(z.custom<AlertSettings>((value) => typeof value === 'object' && value !== null)),
  /** What was consented to, and taken back, of equipment that somebody's health depends on: the latest first. */
  medicalConsents: told<MedicalConsent>(),
  /** Outages that they reported: the latest first. Words and number as long as they are kept. */
  outageReports: told<ReportedOutage>(),
  devices: z.array(Device),
  activity: z.array(Activity),
});
export type DataExport = z.infer<typeof DataExport>;
