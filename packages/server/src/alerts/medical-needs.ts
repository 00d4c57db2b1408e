/** Equipment at home that somebody's health depends on: health data (GDPR, article 9), with the proof of its consent. */
import { instant, localDay, type LocalizedText, type MedicalConsent, type Utility } from '@oya/contract';
import type { Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { CustomerContext } from '../operations/context.ts';

export type MedicalHappening = { readonly utilityId: string; readonly contractId: string; readonly customerId: string | null; readonly textVersion: string } & (
  | { readonly kind: 'given'; readonly words: string; readonly language: string }
  | { readonly kind: 'withdrawn' | 'contract-ended' | 'account-closed' }
);

/** Adds to the proof: what was said before is never changed. */
export async function appendMedicalEvent(transaction: Transaction<Schema>, { utilityId, contractId, customerId, textVersion, ...what }: MedicalHappening, now: number): Promise<void> {
  const agreed = what.kind === 'given' ? { words: what.words, language: what.language } : {};
  await transaction.insertInto('medical_need_event').values({ id: randomUUID(), utility_id: utilityId, contract_id: contractId, customer_id: customerId, kind: what.kind, at: new Date(now), text_version: textVersion, ...agreed }).execute();
}

/** What a customer consented to and took back, the latest first. */
export async function medicalConsentsOf({ db, utility, customerId }: Pick<CustomerContext, 'db' | 'utility' | 'customerId'>): Promise<MedicalConsent[]> {
  const rows = await db.selectFrom('medical_need_event').selectAll().where('utility_id', '=', utility.id).where('customer_id', '=', customerId).where('kind', '<>', 'account-closed').$narrowType<{ kind: MedicalConsent['what'] }>().orderBy('key', 'desc').execute();
  return rows.map(({ contract_id, kind, at, text_version, words }) => ({ contractId: contract_id, what: kind, at: instant(at.getTime()), textVersion: text_version, text: words }));
}

/** Whoever has left is not to be called any more: the numbers go, and the proof says why. */
export async function endMedicalNeedsOfLeft(db: Database, { id: utilityId, timeZone }: Utility, now: number): Promise<void> {
  const left = await db
    .selectFrom('medical_need as need')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'need.utility_id').onRef('contract.id', '=', 'need.contract_id'))
    .select('need.contract_id')
    .where('need.utility_id', '=', utilityId)
    .where('contract.valid_to', '<=', localDay(now, timeZone))
    .execute();
  for (const { contract_id: contractId } of left) {
    await db.transaction().execute(async (transaction) => {
      const ended = await transaction.deleteFrom('medical_need').where('utility_id', '=', utilityId).where('contract_id', '=', contractId).returning(['customer_id', 'text_version']).executeTakeFirst();
      // Another instance may have been first.
      if (ended) await appendMedicalEvent(transaction, { utilityId, contractId, customerId: ended.customer_id, kind: 'contract-ended', textVersion: ended.text_version }, now);
    });
  }
}

/** With the account all of them end: the numbers go, and what proves them names nobody any more. */
export async function endMedicalNeeds(transaction: Transaction<Schema>, { utilityId, customerId }: { readonly utilityId: string; readonly customerId: string }, now: number): Promise<void> {
  const ended = await transaction.deleteFrom('medical_need').where('utility_id', '=', utilityId).where('customer_id', '=', customerId).returning(['contract_id', 'text_version']).execute();
  for (const { contract_id: contractId, text_version: textVersion } of ended) await appendMedicalEvent(transaction, { utilityId, contractId, customerId: null, kind: 'account-closed', textVersion }, now);
  await transaction.updateTable('medical_need_event').set({ customer_id: null }).where('utility_id', '=', utilityId).where('customer_id', '=', customerId).execute();
}

/** What was agreed to, in the language in which it was shown: French where there are no words in theirs. */
export function medicalWords({ fr, en }: LocalizedText, language: string): { readonly words: string; readonly language: string } {
  return /^en\b/i.test(language) && en !== undefined ? { words: en, language: 'en' } : { words: fr, language: 'fr' };
}
