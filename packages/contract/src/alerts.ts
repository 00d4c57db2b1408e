/** What somebody is told of by the portal's own accord: of which things, where, by which ways, and not at night. */
import * as z from 'zod/mini';
import { ClockTime } from './contracts.ts';
import { PhoneNumber } from './access.ts';
import { Energy, Id, LanguageTag, LocalizedText } from './portal.ts';
import { CommuneCode } from './outages.ts';
import { Instant } from './time.ts';

export const ALERT_TOPICS = ['outages', 'works', 'ecowatt', 'tempo'] as const;
export const AlertTopic = z.enum(ALERT_TOPICS);
export type AlertTopic = z.infer<typeof AlertTopic>;

export const ALERT_CHANNELS = ['push', 'email', 'sms'] as const;
export const AlertChannel = z.enum(ALERT_CHANNELS);
export type AlertChannel = z.infer<typeof AlertChannel>;

/** By which ways one is told of something; by none is a choice too. */
export const AlertChoice = z.object({ topic: AlertTopic, channels: z.array(AlertChannel).check(z.maxLength(ALERT_CHANNELS.length)) });
export type AlertChoice = z.infer<typeof AlertChoice>;

/** A time of the night, on the installation's clock, in which nobody is woken: what comes then waits for its end. */
export const QuietHours = z.object({ from: ClockTime, to: ClockTime }).check(z.refine(({ from, to }) => from !== to, { error: 'begins when it ends' }));
export type QuietHours = z.infer<typeof QuietHours>;

/** Communes that one follows beside one's own addresses. */
export const MOST_COMMUNES = 20;
const followed = z.array(CommuneCode).check(z.maxLength(MOST_COMMUNES));
const base64url = (bytes: number) => z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}=*$`)));

/** Where a browser receives (Web Push, RFC 8030), and the keys by which only it can read (RFC 8291). */
export const PushSubscription = z.object({
  endpoint: z.string().check(z.maxLength(1024), z.regex(/^https?:\/\//)),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** A browser that receives. */
export const PushDevice = z.object({
  id: Id,
  /** What the browser says of itself: `Chrome, Android`. */
  label: z.string(),
  addedAt: Instant,
  /** The end of its endpoint, by which a browser knows itself. */
  endpointEnd: z.string(),
});
export type PushDevice = z.infer<typeof PushDevice>;

/** Equipment at home that somebody's health depends on: health data, kept only with an explicit consent, and only to be told of planned works in person. */
export const MedicalNeed = z.object({ contractId: Id, phone: PhoneNumber, since: Instant, textVersion: z.string() });
export type MedicalNeed = z.infer<typeof MedicalNeed>;

export const AlertSettings = z.object({
  /** One for each topic, in their order. */
  choices: z.array(AlertChoice),
  /** The customer's own addresses, all told of unless muted. */
  addresses: z.array(z.object({ contractId: Id, energy: Energy, site: z.string(), address: z.string(), isMuted: z.boolean() })),
  communes: followed,
  quietHours: z.nullable(QuietHours),
  devices: z.array(PushDevice),
  medicalNeeds: z.array(MedicalNeed),
  /** Where mail and text messages go, shortened: `l…@exemple.fr`; `null`: the account has none. */
  email: z.nullable(z.string()),
  phone: z.nullable(z.string()),
});
export type AlertSettings = z.infer<typeof AlertSettings>;

/** What the utility offers. */
export const AlertService = z.object({
  topics: z.array(AlertTopic),
  channels: z.array(AlertChannel),
  /** The utility's public key for Web Push (VAPID, RFC 8292), base64url; `null`: it has none. */
  pushKey: z.nullable(z.string()),
  /** What is consented to for equipment at home; `null`: the utility does not offer it. */
  medical: z.nullable(z.object({ text: LocalizedText, version: z.string() })),
  /** Absolute addresses of what programs subscribe to. */
  feeds: z.optional(z.object({ atom: z.string(), rss: z.string(), cap: z.string(), calendar: z.string() })),
});
export type AlertService = z.infer<typeof AlertService>;

/** Somebody without an account who is told by push. */
export const Following = z.object({ communes: followed, topics: z.array(AlertTopic), quietHours: z.nullable(QuietHours), language: LanguageTag });
export type Following = z.infer<typeof Following>;
