/** What a customer agrees to about a meter: one consent for each purpose and datum, never one box for two. */
import * as z from 'zod/mini';
import { Id, LocalizedText, type Meter } from './portal.ts';
import { addDays, addSteps, daysBetween, Instant, LocalDay } from './time.ts';

/**
 * `curve-recording`: the meter and its network operator keep the half-hourly load curve.
 * `curve-collection`: the supplier receives it; useless without the first, and asked for apart from it.
 * `daily-collection`: the supplier receives the consumption of each day.
 * `maximum-power`: the supplier receives the greatest power of each day.
 * `third-party`: the supplier hands consumption on to one recipient, named beside the purpose.
 */
export const ConsentPurpose = z.enum(['curve-recording', 'curve-collection', 'daily-collection', 'maximum-power', 'third-party']);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** The two that half-hours need. */
export const CURVE_PURPOSES = ['curve-recording', 'curve-collection'] as const satisfies readonly ConsentPurpose[];

/** Who gets what a customer shares. */
export const ConsentRecipient = z.object({ id: Id, name: z.string() });
export type ConsentRecipient = z.infer<typeof ConsentRecipient>;

/** The words that are agreed to. What was agreed to is told by their version, which changes with each word. */
export const ConsentText = z.object({
  version: z.string(),
  title: LocalizedText,
  text: LocalizedText,
  /** For how long one agrees; absent: until one withdraws it. */
  months: z.optional(z.int().check(z.positive())),
});
export type ConsentText = z.infer<typeof ConsentText>;

/** What keeps a consent from taking effect: the operator knows another holder; the meter does not answer, or cannot do it; no answer came in time; anything else. */
export const ConsentFailure = z.enum(['other-holder', 'meter-silent', 'meter-unable', 'no-answer', 'refused']);
export type ConsentFailure = z.infer<typeof ConsentFailure>;

/** Off: never given, withdrawn, or expired; given, the network operator works on it; in effect; or not brought about. */
export const ConsentState = z.enum(['off', 'requested', 'active', 'failed']);
export type ConsentState = z.infer<typeof ConsentState>;

/** Where a consent stands. */
export const Consent = z.object({
  purpose: ConsentPurpose,
  /** Of `third-party`, and of no other. */
  recipient: z.optional(ConsentRecipient),
  state: ConsentState,
  /** When it came to its state; `null` for what was never given. */
  since: z.nullable(Instant),
  /** The words in force: those that a new choice agrees to. */
  text: ConsentText,
  /** Why it failed. */
  failure: z.optional(ConsentFailure),
  /** The first day on which it no longer holds, where it ends by itself. */
  expiresOn: z.optional(LocalDay),
  /** Withdrawn so lately that it can be taken back: until when, and whether what was collected is then erased. */
  undo: z.optional(z.object({ until: Instant, erases: z.boolean() })),
});
export type Consent = z.infer<typeof Consent>;

/** Names one consent of a meter. */
export const ConsentName = z.object({ purpose: ConsentPurpose, recipientId: z.optional(Id) });
export type ConsentName = z.infer<typeof ConsentName>;

/** One choice of a customer, with the words they had before them. */
export const ConsentChoice = z.extend(ConsentName, { textVersion: z.string() });
export type ConsentChoice = z.infer<typeof ConsentChoice>;

/** One thing that happened to a consent; it is never changed. */
export const ConsentEvent = z.object({
  id: Id,
  purpose: ConsentPurpose,
  recipient: z.optional(ConsentRecipient),
  /** `restored`: a withdrawal was taken back. `erased`: what had been collected is gone. `reminded`: the customer was told that it ends soon. */
  kind: z.enum(['requested', 'active', 'failed', 'withdrawn', 'restored', 'expired', 'erased', 'reminded']),
  /** Where the consent stood after it. */
  state: ConsentState,
  at: Instant,
  actor: z.enum(['customer', 'utility', 'network-operator', 'system']),
  /** The customer who did it, where the portal still knows. */
  name: z.nullable(z.string()),
  channel: z.enum(['web', 'mail', 'phone', 'counter', 'system']),
  /** The words that it is about; `null` for what was agreed to elsewhere. */
  text: z.nullable(ConsentText),
  failure: z.optional(ConsentFailure),
  /** Of a withdrawal: whether what was collected is to be erased. */
  erases: z.optional(z.boolean()),
});
export type ConsentEvent = z.infer<typeof ConsentEvent>;

/** A file that the portal made, in base64. */
export const PortalFile = z.object({ name: z.string(), mediaType: z.string(), content: z.string() });
export type PortalFile = z.infer<typeof PortalFile>;

/** What can be consented to about a meter. */
export function purposesOf({ kind, loadCurve }: Pick<Meter, 'kind' | 'loadCurve'>): ConsentPurpose[] {
  if (kind === 'hand-read') return [];
  const purposes: ConsentPurpose[] = ConsentPurpose.options.filter((purpose) => loadCurve !== 'unavailable' || !isOfCurve(purpose));
  // Gas has no power.
  return kind === 'gazpar' ? purposes.filter((purpose) => purpose !== 'maximum-power') : purposes;
}

export function isOfCurve(purpose: ConsentPurpose): purpose is (typeof CURVE_PURPOSES)[number] {
  return (CURVE_PURPOSES as readonly ConsentPurpose[]).includes(purpose);
}

/** Whether that consent is meant. */
export function isNamed({ purpose, recipient }: Pick<Consent, 'purpose' | 'recipient'>, name: ConsentName): boolean {
  return purpose === name.purpose && recipient?.id === name.recipientId;
}

export function nameOf({ purpose, recipient }: Pick<Consent, 'purpose' | 'recipient'>): ConsentName {
  return recipient ? { purpose, recipientId: recipient.id } : { purpose };
}

/** Whether a consent is there to be given: what is given, or on its way, stays as it is. */
export function canBeGiven({ state }: Pick<Consent, 'state'>): boolean {
  return state === 'off' || state === 'failed';
}

/** Whether a consent is there to be withdrawn: also while the network operator works on it. */
export function canBeWithdrawn({ state }: Pick<Consent, 'state'>): boolean {
  return state === 'requested' || state === 'active';
}

/** Whether a consent concerns the network operator, who must do its part, or the supplier alone. */
export function needsOperator(purpose: ConsentPurpose): boolean {
  return purpose !== 'third-party';
}

/** Whether the portal holds anything that a withdrawal may erase. */
export function hasData(purpose: ConsentPurpose): boolean {
  return purpose !== 'third-party';
}

/** The first day on which a consent that took effect on a day, for so many months, no longer holds: that of the same number, or the month's last. */
export function expiryOf(day: LocalDay, months: number): LocalDay {
  const month = addSteps(day, 'month', months);
  const [same, last] = [addDays(month, Number(day.slice(8)) - 1), addDays(addSteps(month, 'month', 1), -1)];
  return same < last ? same : last;
}

/** How long before a consent ends by itself its customer is reminded of it. */
export const REMINDER_DAYS = 30;

export function endsSoon({ expiresOn }: Pick<Consent, 'expiresOn'>, today: LocalDay): boolean {
  return expiresOn !== undefined && daysBetween(today, expiresOn) <= REMINDER_DAYS;
}

/** What goes with a withdrawal: a curve that is not recorded cannot be collected. */
export function withdrawnWith(name: ConsentName, consents: readonly Consent[]): Consent[] {
  return consents.filter((consent) => canBeWithdrawn(consent) && (isNamed(consent, name) || (name.purpose === 'curve-recording' && consent.purpose === 'curve-collection')));
}

/** What is wrong with choices, by place in the list: nothing of this meter, not the words in force, or a collection of what is not recorded. */
export function consentFaults(choices: readonly ConsentChoice[], consents: readonly Consent[]): { path: string; code: 'unknown' | 'outdated-text' | 'needs-recording' }[] {
  const given = new Set(choices.map(({ purpose }) => purpose));
  return choices.flatMap((choice, index): { path: string; code: 'unknown' | 'outdated-text' | 'needs-recording' }[] => {
    const known = consents.find((consent) => isNamed(consent, choice));
    if (!known) return [{ path: `choices.${index}.purpose`, code: 'unknown' }];
    if (known.text.version !== choice.textVersion) return [{ path: `choices.${index}.textVersion`, code: 'outdated-text' }];
    const recording = consents.find((consent) => consent.purpose === 'curve-recording')?.state;
    const isRecorded = given.has('curve-recording') || recording === 'requested' || recording === 'active';
    return choice.purpose === 'curve-collection' && !isRecorded ? [{ path: `choices.${index}.purpose`, code: 'needs-recording' }] : [];
  });
}

/** How a meter's load curve stands, from its consents: both are needed, and both must be in effect. */
export function loadCurveState(consents: readonly Pick<Consent, 'purpose' | 'state'>[]): 'collected' | 'requested' | 'consent-needed' {
  const states = CURVE_PURPOSES.map((purpose) => consents.find((consent) => consent.purpose === purpose)?.state ?? 'off');
  if (states.every((state) => state === 'active')) return 'collected';
  return states.every((state) => state === 'active' || state === 'requested') ? 'requested' : 'consent-needed';
}
