/** Equipment at home that somebody's health depends on: health data (GDPR, article 9), with the proof of its consent. */
import type { LocalizedText } from '@oya/contract';
import type { Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Schema } from '../database/schema.ts';

export type MedicalHappening = { readonly utilityId: string; readonly contractId: string; readonly customerId: string | null; readonly textVersion: string } & (
  | { readonly kind: 'given'; readonly words: string; readonly language: string }
  | { readonly kind: 'withdrawn' | 'account-closed' }
);

/** Adds to the proof: what was said before is never changed. */
export async function appendMedicalEvent(transaction: Transaction<Schema>, { utilityId, contractId, customerId, textVersion, ...what }: MedicalHappening, now: number): Promise<void> {
  const agreed = what.kind === 'given' ? { words: what.words, language: what.language } : {};
  await transaction.insertInto('medical_need_event').values({ id: randomUUID(), utility_id: utilityId, contract_id: contractId, customer_id: customerId, kind: what.kind, at: new Date(now), text_version: textVersion, ...agreed }).execute();
}

/** What was agreed to, in the language in which it was shown: French where there are no words in theirs. */
export function medicalWords({ fr, en }: LocalizedText, language: string): { readonly words: string; readonly language: string } {
  return /^en\b/i.test(language) && en !== undefined ? { words: en, language: 'en' } : { words: fr, language: 'fr' };
}
