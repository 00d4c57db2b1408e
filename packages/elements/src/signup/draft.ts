import { areValues, type Values } from '../light-form/form-values.ts';
import { drop, keep, kept } from '../light-form/kept.ts';

/** What a sign-up keeps through a reload of its page. Never passwords or codes. */
export interface Draft {
  readonly step: string;
  readonly values: Values;
  readonly signUpId: string | undefined;
  /** The proof and terms that began the sign-up. */
  readonly provedBy: string | undefined;
  /** Operation → key of the intent, so that a form sent again after a reload counts once. */
  readonly keys: Values;
}

/** The number changes with the shape: a draft of another version of the kit is not read. */
const PREFIX = 'oya-signup/1/';
const SECRETS: ReadonlySet<string> = new Set(['password', 'passwordAgain', 'code']);

export function keepDraft(utility: string, draft: Draft): void {
  const values = Object.fromEntries(Object.entries(draft.values).filter(([name]) => !SECRETS.has(name)));
  keep(PREFIX + utility, { ...draft, values });
}

export function findDraft(utility: string): Draft | undefined {
  const draft = kept(PREFIX + utility);
  return isDraft(draft) ? draft : undefined;
}

export function dropDraft(utility: string): void {
  drop(PREFIX + utility);
}

function isDraft(draft: unknown): draft is Draft {
  if (typeof draft !== 'object' || draft === null) return false;
  const { step, values, signUpId, provedBy, keys } = draft as Record<keyof Draft, unknown>;
  return typeof step === 'string' && areValues(values) && areValues(keys) && [signUpId, provedBy].every((each) => each === undefined || typeof each === 'string');
}
