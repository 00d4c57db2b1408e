import { isCommonPassword, passwordFaults, passwordRules, type PasswordFault, type PasswordPolicy } from '@oya/contract';
import type { Translate } from '@oya/core';
import { html, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { formShapes } from './form-shapes.ts';
import type { fr } from './password-rules.messages.ts';

type Words = Translate<typeof fr>;

/** What a new password still lacks, by the rules that the portal will judge it by. */
export function faultsOf(password: string, policy: PasswordPolicy, personal: readonly string[]): PasswordFault[] {
  return passwordFaults(password, policy, { personal, isListed: isCommonPassword });
}

export function ruleWords(rule: PasswordFault, { minLength }: PasswordPolicy, t: Words): string {
  return t(rule, { count: minLength });
}

/**
 * The rules of a new password, each with a tick once it is kept: a shape and a word beside the colour. Nothing is ticked
 * before something is typed.
 */
export function passwordRulesList(id: string, password: string, policy: PasswordPolicy, personal: readonly string[], t: Words): TemplateResult {
  const faults = new Set(faultsOf(password, policy, personal));
  return html`<div class="rules" id=${id}>
    <p>${t('title')}</p>
    <ul>
      ${passwordRules(policy).map((rule) => {
        const kept = password !== '' && !faults.has(rule);
        return html`<li class=${kept ? 'kept' : ''}>
          ${icon(kept ? 'check' : formShapes.circle)}<span><span class="visually-hidden">${t(kept ? 'kept' : 'missing')}</span> ${ruleWords(rule, policy, t)}</span>
        </li>`;
      })}
    </ul>
  </div>`;
}

/** The same as one sentence, for those who hear it. */
export function passwordRulesSentence(password: string, policy: PasswordPolicy, personal: readonly string[], t: Words): string {
  const faults = faultsOf(password, policy, personal);
  return faults.length === 0 ? t('all-kept') : t('left', { list: faults.map((rule) => ruleWords(rule, policy, t)).join(', ') });
}
