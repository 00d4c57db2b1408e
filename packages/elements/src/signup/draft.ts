import type { Values } from '../light-form/form-values.ts';

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

// eslint-disable-next-line no-restricted-globals -- a draft ends with its tab, and holds no secret of a session
const storage = (): Storage => sessionStorage;

export function keepDraft(utility: string, draft: Draft): void {
  const values = Object.fromEntries(Object.entries(draft.values).filter(([name]) => !SECRETS.has(name)));
  quietly(() => storage().setItem(PREFIX + utility, JSON.stringify({ ...draft, values })));
}

export function findDraft(utility: string): Draft | undefined {
  const kept = quietly(() => JSON.parse(storage().getItem(PREFIX + utility) ?? 'null') as unknown);
  return isDraft(kept) ? kept : undefined;
}

export function dropDraft(utility: string): void {
  quietly(() => storage().removeItem(PREFIX + utility));
}

/** Storage may be full or forbidden: then a reload keeps nothing, and all else works. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Other scripts of the page can write there. */
function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false;
  const { step, values, signUpId, provedBy, keys } = kept as Record<keyof Draft, unknown>;
  return typeof step === 'string' && areTexts(values) && areTexts(keys) && [signUpId, provedBy].every((each) => each === undefined || typeof each === 'string');
}

function areTexts(values: unknown): values is Values {
  return typeof values === 'object' && values !== null && Object.values(values).every((value) => typeof value === 'string');
}
