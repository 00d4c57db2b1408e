/** What is said when a sign-up does not go on: words that help, and reveal nothing of who has an account. Pure. */
import { PortalError, type PasswordPolicy, type Proof } from '@oya/contract';
import type { MessageKey, Translate } from '@oya/core';
import { resendDelay } from '../light-form/code-clock.ts';
import type { Refusal } from '../light-form/light-form.ts';
import type { fr as codeTexts } from '../light-form/mailed-code.messages.ts';
import type { fr as rulesTexts } from '../light-form/password-rules.messages.ts';
import type { Faults } from './checks.ts';
import type { fr } from './signup.messages.ts';

/** The words, and what they speak of. */
export interface RefusalWords {
  readonly t: Translate<typeof fr>;
  readonly rules: Translate<typeof rulesTexts>;
  readonly code: Translate<typeof codeTexts>;
  readonly codeDigits: number;
  readonly policy: PasswordPolicy;
  /** What the password that is typed still lacks. */
  readonly rulesLeft: string;
  /** The address that is typed replaces another. */
  readonly newEmail: boolean;
}

const FIELDS = { invoice: ['number', 'total'], contract: ['contractNumber', 'deliveryPoint', 'lastName'] } as const;
const RULES = ['length', 'lower', 'upper', 'digit', 'special', 'common', 'personal'] as const;

export function refusalOfFields(faults: Faults, { t, codeDigits, rulesLeft }: RefusalWords): Refusal {
  const words = [...faults].map(([name, fault]): [string, string] => {
    const text = t(`${name}.${fault}` as MessageKey<typeof fr>, { count: codeDigits });
    return [name, fault === 'faults' ? `${text}. ${rulesLeft}` : text];
  });
  return titled(new Map(words), t);
}

export function refusalOfTerms({ t }: RefusalWords): Refusal {
  return { title: t('terms.changed.title'), text: t('terms.changed.text'), fields: new Map([['terms', t('terms.empty')]]) };
}

/** The same for wrong papers, for those of somebody else, and for a customer who has an account. */
export function refusalOfProof(kind: Proof['kind'], hasOther: boolean, { t }: RefusalWords): Refusal {
  return {
    title: t(`refused.${kind}.title`),
    text: t(hasOther ? `refused.${kind}.text` : 'refused.only'),
    fields: new Map(FIELDS[kind].map((name) => [name, t(`${name}.check`)])),
  };
}

/** The portal has looked at the fields and refused some; `undefined` when it names none of ours. */
export function refusalByPortal(error: PortalError, words: RefusalWords): Refusal | undefined {
  const { t, newEmail } = words;
  const codes = (path: string) => error.fields.filter((field) => field.path === path).map(({ code }) => code);
  const [code] = codes('code');
  if (code !== undefined) {
    const fault = code === 'ended' ? 'ended' : 'wrong';
    return { title: t(`code.${fault}.title`), text: t(`code.${fault}.text`), fields: new Map([['code', t('code.wrong')]]) };
  }
  if (isOnlyUnsolved(error)) return { title: t('robot.unsolved.title'), text: t('robot.unsolved.text') };
  const fields = new Map<string, string>();
  for (const name of [...FIELDS.invoice, ...FIELDS.contract]) if (codes(`proof.${name}`).length > 0) fields.set(name, t(`${name}.check`));
  if (codes('email').length > 0) fields.set(newEmail ? 'newEmail' : 'email', t('email.invalid'));
  if (codes('phone').length > 0) fields.set('phone', t('phone.invalid'));
  if (codes('identifier').length > 0) fields.set('identifier', t(codes('identifier').includes('taken') ? 'identifier.taken' : 'identifier.invalid'));
  if (codes('password').length > 0) fields.set('password', passwordWords(codes('password'), words));
  return fields.size > 0 ? titled(fields, t) : undefined;
}

export function refusalOfResend({ retryAfterSeconds: seconds = 0 }: PortalError, { t, code }: RefusalWords): Refusal {
  const title = t('resend.limited.title');
  if (seconds <= 0) return { title };
  return { title, text: resendDelay(seconds, code) };
}

/** Nothing is wrong but the proof of work, which is made anew without a word. */
export function isOnlyUnsolved(thrown: unknown): boolean {
  return thrown instanceof PortalError && thrown.fields.length > 0 && thrown.fields.every(({ path }) => path === 'challenge');
}

function passwordWords(codes: readonly string[], { t, rules, policy }: RefusalWords): string {
  const list = RULES.filter((rule) => codes.includes(rule)).map((rule) => rules(rule, { count: policy.minLength }));
  return list.length === 0 ? t('password.faults') : `${t('password.faults')}. ${rules('left', { list: list.join(', ') })}`;
}

function titled(fields: ReadonlyMap<string, string>, t: RefusalWords['t']): Refusal {
  return { title: t(fields.size > 1 ? 'fields.title.several' : 'fields.title'), fields };
}
