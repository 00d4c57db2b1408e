/** What a customer agrees to about a meter: one consent for each purpose and datum, never one box for two. */
import * as z from 'zod/mini';
import { LocalizedText } from './portal.ts';
import { Instant } from './time.ts';

/**
 * `curve-recording`: the meter and its network operator keep the half-hourly load curve.
 * `curve-collection`: the supplier receives it; useless without the first, and asked for apart from it.
 */
export const ConsentPurpose = z.enum(['curve-recording', 'curve-collection']);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** The words that are agreed to. What was agreed to is told by their version, which changes with each word. */
export const ConsentText = z.object({ version: z.string(), title: LocalizedText, text: LocalizedText });
export type ConsentText = z.infer<typeof ConsentText>;

/** Where a consent stands: never given, or withdrawn; given, the network operator works on it; in effect; or refused by the operator. */
export const Consent = z.object({
  purpose: ConsentPurpose,
  state: z.enum(['off', 'requested', 'active', 'failed']),
  /** When it came to its state; `null` for what was never given. */
  since: z.nullable(Instant),
  /** The words in force: those that a new choice agrees to. */
  text: ConsentText,
});
export type Consent = z.infer<typeof Consent>;

/** One choice of a customer, with the words they had before them. */
export const ConsentChoice = z.object({ purpose: ConsentPurpose, textVersion: z.string() });
export type ConsentChoice = z.infer<typeof ConsentChoice>;

/** Whether a consent is there to be given: what is given, or on its way, stays as it is. */
export function canBeGiven({ state }: Pick<Consent, 'state'>): boolean {
  return state === 'off' || state === 'failed';
}

/** What is wrong with choices, by place in the list: not the words in force, or a collection of what is not recorded. */
export function consentFaults(choices: readonly ConsentChoice[], consents: readonly Consent[]): { path: string; code: 'outdated-text' | 'needs-recording' }[] {
  const given = new Set(choices.map(({ purpose }) => purpose));
  return choices.flatMap(({ purpose, textVersion }, index): { path: string; code: 'outdated-text' | 'needs-recording' }[] => {
    const known = consents.find((consent) => consent.purpose === purpose);
    if (known?.text.version !== textVersion) return [{ path: `choices.${index}.textVersion`, code: 'outdated-text' }];
    const recording = consents.find((consent) => consent.purpose === 'curve-recording')?.state;
    const isRecorded = given.has('curve-recording') || recording === 'requested' || recording === 'active';
    return purpose === 'curve-collection' && !isRecorded ? [{ path: `choices.${index}.purpose`, code: 'needs-recording' }] : [];
  });
}

/** How a meter's load curve stands, from its consents: both are needed, and both must be in effect. */
export function loadCurveState(consents: readonly Pick<Consent, 'purpose' | 'state'>[]): 'collected' | 'requested' | 'consent-needed' {
  const states = ConsentPurpose.options.map((purpose) => consents.find((consent) => consent.purpose === purpose)?.state ?? 'off');
  if (states.every((state) => state === 'active')) return 'collected';
  return states.every((state) => state === 'active' || state === 'requested') ? 'requested' : 'consent-needed';
}
