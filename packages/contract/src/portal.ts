/** What a portal speaks of: the utility, its customers' sessions, contracts, meters and what they consumed. */
import * as z from 'zod/mini';
import type { Procedure } from './procedures.ts';
import { RegisterColumn, Series, ValueColumn } from './series.ts';
import { Instant, LocalDay, Period, TimeZone } from './time.ts';
import { Cents, WattHours } from './units.ts';

/** Opaque to elements: they hand it back, never read it. */
export const Id = z.string().check(z.minLength(1), z.maxLength(64));

/** BCP 47: `fr`, `en-GB`. Mail is written in it. */
export const LanguageTag = z.string().check(z.minLength(2), z.maxLength(35));

export const Energy = z.enum(['electricity', 'gas']);
export type Energy = z.infer<typeof Energy>;

/** A sentence for customers, French being the source. */
export const LocalizedText = z.object({ fr: z.string(), en: z.optional(z.string()) });
export type LocalizedText = z.infer<typeof LocalizedText>;

/** A commune that the utility serves, and with which energies. */
export const ServedCommune = z.object({
  name: z.string(),
  postcode: z.string(),
  energies: z.array(Energy),
  /** INSEE's: what outages and the map know it by. Outages of a commune without one cannot be told. */
  code: z.optional(z.string()),
});
export type ServedCommune = z.infer<typeof ServedCommune>;

/** A way to reach the utility; `purpose` tells when. Phone numbers as people read them. */
export const ContactPoint = z.object({
  purpose: z.enum(['customer-service', 'electricity-breakdown', 'gas-emergency']),
  label: LocalizedText,
  phone: z.optional(z.string()),
  email: z.optional(z.string()),
  hours: z.optional(LocalizedText),
  /** Names of the communes it answers for; absent: wherever the utility is. */
  place: z.optional(z.array(z.string())),
  /** For those who cannot hear: a number that takes text messages, or the address of a relay service. */
  textRelay: z.optional(z.string()),
});
export type ContactPoint = z.infer<typeof ContactPoint>;

/** Who a supplier is in law, and what its invoices must say beside amounts. */
export const SupplierIdentity = z.object({
  /** As the law of its seat calls it: `SAS`, `SAEML`. */
  form: z.string(),
  /** Its share capital; absent for what has none. */
  capital: z.optional(Cents),
  /** SIREN: nine digits. */
  registration: z.string().check(z.regex(/^\d{9}$/)),
  /** The register and the number in it, as printed: `RCS Albi 000 000 000`. */
  register: z.string(),
  /** With its country: `FR` and eleven digits. */
  vatNumber: z.string(),
  address: z.object({
    lines: z.array(z.string()).check(z.minLength(1), z.maxLength(3)),
    postcode: z.string(),
    city: z.string(),
    /** ISO 3166-1, two letters. */
    country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  }),
  /** What follows from paying late, as the invoice must say to professionals. */
  latePayment: z.optional(LocalizedText),
  /** How to reach the médiateur national de l'énergie, or the one who stands in for it. */
  mediator: z.optional(LocalizedText),
});
export type SupplierIdentity = z.infer<typeof SupplierIdentity>;

/** When customers whose meter does not report by itself send its index: so many days before the day of the next invoice. */
export const ReadingWindow = z
  .object({
    opensDaysBefore: z.int().check(z.nonnegative()),
    closesDaysBefore: z.int().check(z.nonnegative()),
    /** For so long a reading that was sent can be replaced by a better one; default: `CORRECTION_HOURS`. */
    correctionHours: z.optional(z.int().check(z.nonnegative())),
  })
  .check(z.refine(({ opensDaysBefore, closesDaysBefore }) => closesDaysBefore <= opensDaysBefore, { error: 'closes before it opens' }));
export type ReadingWindow = z.infer<typeof ReadingWindow>;

/** How a utility answers messages. */
export const MessageService = z.object({
  /** Within so many of its working hours. */
  answerHours: z.int().check(z.minimum(1), z.maximum(400)),
  /** On which days somebody answers, Monday being 1; and between which times on the installation's clock. */
  days: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1)),
  opens: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
  closes: z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)),
});
export type MessageService = z.infer<typeof MessageService>;

/** Where the host site has its pages: name of a view → address. */
export const Routes = z.custom<Readonly<Record<string, string>>>(isRecordOfTexts, { error: 'expected addresses by name of view' });

/** What can be done there. Who shows or serves it reads it with `knownProcedures`: a page that does not loads no rules about it. */
export const Procedures = z.custom<Procedure[]>(Array.isArray, { error: 'expected a list' });

/** The installation's own description of a utility: nothing of it is in code. */
export const Utility = z.object({
  id: Id,
  name: z.string(),
  legalName: z.string(),
  timeZone: TimeZone,
  /** Name of a theme of `@oya/tokens`, or of one that the host page defines. */
  theme: z.string(),
  languages: z.array(z.string()).check(z.minLength(1)),
  territory: z.array(ServedCommune),
  contacts: z.array(ContactPoint),
  /** Printed on invoices. */
  legal: z.optional(SupplierIdentity),
  /** Absent where the utility reads all meters itself. */
  readingWindow: z.optional(ReadingWindow),
  /** Absent where it does not say by when it answers. */
  messages: z.optional(MessageService),
  /** What customers can have done, in this order; absent where the utility names nothing. */
  procedures: z.optional(Procedures),
  texts: z.object({
    slogan: LocalizedText,
    privacy: LocalizedText,
    /** What the utility calls the two views of consumption: in energy (“Ma mesure”) and in money (“Ma conso”). */
    measure: z.optional(LocalizedText),
    cost: z.optional(LocalizedText),
  }),
  /** Elements link there. */
  routes: Routes,
});
export type Utility = z.infer<typeof Utility>;

export const Customer = z.object({ id: Id, displayName: z.string() });
export type Customer = z.infer<typeof Customer>;

/** An open session. `answeredAt` is the portal's clock: that of a device may be wrong, and what is left is told by the difference. */
const SignedIn = z.object({ state: z.literal('signed-in'), customer: Customer, expiresAt: Instant, answeredAt: z.optional(Instant) });

/** Being signed out is an answer, not an error: a public page asks too. Asking does not prolong it. */
export const Session = z.discriminatedUnion('state', [z.object({ state: z.literal('signed-out') }), SignedIn]);
export type Session = z.infer<typeof Session>;

/**
 * What a sign-in leads to: a session, or, for an account whose validation code was never typed, back to the code
 * (`signUpId` is that of `getSignUp`). Only the right password leads there.
 */
export const SignInAnswer = z.discriminatedUnion('state', [SignedIn, z.object({ state: z.literal('unconfirmed'), signUpId: Id })]);
export type SignInAnswer = z.infer<typeof SignInAnswer>;

export const Site = z.object({ id: Id, label: z.string(), address: z.string(), postcode: z.string(), commune: z.string() });
export type Site = z.infer<typeof Site>;

/** A supply contract for one energy at one site's delivery point. */
export const Contract = z.object({
  id: Id,
  energy: Energy,
  site: Site,
  /** PRM (14 digits) for electricity; PCE (14 digits, or GI and 6 digits) for gas. */
  deliveryPoint: z.string(),
  /** As on the paper contract and the invoices. */
  number: z.string(),
  /** Whose name the contract is in. */
  holder: z.string(),
  offer: z.string(),
  /** Whether it counts by the colours of Tempo days now; absent where it does not, or nobody knows, or it has ended. */
  isTempo: z.optional(z.boolean()),
  subscribedPowerKva: z.nullable(z.number()),
  from: LocalDay,
  /** First day on which the contract no longer holds; `null` while it runs. */
  to: z.nullable(LocalDay),
});
export type Contract = z.infer<typeof Contract>;

/** What flows to the customer, or from them into the network. */
export const Direction = z.enum(['consumption', 'production']);
export type Direction = z.infer<typeof Direction>;

export const Resolution = z.enum(['half-hour', 'hour', 'day', 'month', 'year']);
export type Resolution = z.infer<typeof Resolution>;

/** A counter inside a meter: what it counts, and after how many digits it rolls over. */
export const Register = z.object({ code: z.string(), digits: z.int() });
export type Register = z.infer<typeof Register>;

/** Another meter took the place of one. */
export const MeterChange = z.object({
  on: LocalDay,
  /** Of the one that was taken away. */
  serialNumber: z.string(),
  /** What each register showed at last, and what that of the new one began with. */
  indexes: z.array(z.object({ register: z.string(), closing: z.int(), opening: z.int() })),
});
export type MeterChange = z.infer<typeof MeterChange>;

export const Meter = z.object({
  id: Id,
  contractId: Id,
  energy: Energy,
  kind: z.enum(['linky', 'gazpar', 'hand-read']),
  serialNumber: z.string(),
  registers: z.array(Register),
  /** The resolutions at which consumption can be asked for today, finest first. */
  resolutions: z.array(Resolution),
  /** The half-hourly curve: collected; asked of the network operator (since when: `listConsents`); possible once the customer consents; or not by this meter. */
  loadCurve: z.enum(['collected', 'requested', 'consent-needed', 'unavailable']),
  /** Whether it also measures what the customer feeds in: `getConsumption` with the direction `production`. */
  production: z.optional(z.boolean()),
  /** When it took the place of another one, the last time. */
  replaced: z.optional(MeterChange),
});
export type Meter = z.infer<typeof Meter>;

/** How recent the data is, and when more should come. */
export const Freshness = z.object({
  /** End of the last measured interval; `null` before the first. */
  measuredUntil: z.nullable(Instant),
  collectedAt: z.nullable(Instant),
  nextExpectedAt: z.nullable(Instant),
});
export type Freshness = z.infer<typeof Freshness>;

/** What the steps of an energy series cost at the contract's prices, tax included, in 10⁻⁸ €; `null` where no price is known. */
export const CostColumns = z.object({
  /** Of the energy alone. */
  energy: ValueColumn,
  /** What is due whatever is consumed, for the days of the step that have begun. */
  standingCharge: ValueColumn,
  /** `energy` by register. */
  registers: z.array(RegisterColumn),
});
export type CostColumns = z.infer<typeof CostColumns>;

/** The weather of the steps of an energy series, for the site or the station near it. */
export const WeatherColumns = z.object({
  /** Mean temperature in tenths of a degree Celsius. */
  temperature: ValueColumn,
  /** Heating degree days below 18 °C, in tenths: how cold the step was, summed over its days. */
  degreeDays: ValueColumn,
});
export type WeatherColumns = z.infer<typeof WeatherColumns>;

/**
 * What a meter consumed (or produced) over a period.
 * - `half-hour` and `hour` answer a load curve (average power in W; over an hour, W and Wh are the same number);
 *   a curve keeps the meter's own step where that is finer or coarser than half an hour.
 * - `day`, `month` and `year` answer energy in Wh, from the step that `period.from` lies in to the last step with
 *   a day before today: a day that is not over is not a missing day, a month that is not over is incomplete.
 */
export const Consumption = z.object({
  meterId: Id,
  resolution: Resolution,
  /** As it was asked for; absent is consumption. */
  direction: z.optional(Direction),
  period: Period,
  series: Series,
  /** Beside `day`, `month` and `year`, for consumption under a contract whose prices are known. */
  cost: z.optional(CostColumns),
  /** Beside `day`, `month` and `year`, where the portal knows it. */
  weather: z.optional(WeatherColumns),
  /** Energy of all that was measured in the period, before any rounding to hours; `null` when nothing was. */
  total: z.nullable(WattHours),
  /** What exists at all for this meter at this resolution, whatever was asked; `null` when nothing does. */
  available: z.nullable(Period),
  freshness: Freshness,
});
export type Consumption = z.infer<typeof Consumption>;

/** An object whose values are all texts. */
export function isRecordOfTexts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** What a phone dials: `tel:0536491030`; the nought of `+33 (0)5…` is for those who dial at home. */
export function dialled(phone: string): string {
  return `tel:${phone.replaceAll(/\(0\)|[^+\d]/g, '')}`;
}
