/** The end of an account: what was only its own is erased, what the utility keeps names nobody any more. */
import { PortalError } from '@oya/contract';
import { endMedicalNeeds } from '../alerts/medical-needs.ts';
import { waits } from '../attachments/store.ts';
import type { CustomerContext } from '../operations/context.ts';
import { languageFor, type Account } from './accounts.ts';
import { endEmailChange } from './email-changes.ts';

/**
 * Contracts, meters and invoices are the utility's and stay: with them an account can be made again.
 * @returns those who could read one of its contracts until now
 * @throws PortalError `unauthenticated` where it was closed a moment ago
 */
export async function eraseAccount(context: CustomerContext, { login, email }: Account): Promise<Pick<Account, 'email' | 'language'>[]> {
  const { db, utility, customerId, now } = context;
  return db.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('customer').select('id').where('utility_id', '=', utility.id).where('id', '=', customerId).forUpdate().executeTakeFirst();
    if (!row) throw new PortalError('unauthenticated', { detail: 'the account is closed' });

    const held = transaction.selectFrom('contract_access').select('contract_id').where('utility_id', '=', utility.id).where('customer_id', '=', customerId);
    const given = await transaction.deleteFrom('access_grant').where('utility_id', '=', utility.id).where('contract_id', 'in', held).returning(['email', 'language', 'state', 'customer_id']).execute();
    const readers: Pick<Account, 'email' | 'language'>[] = [];
    for (const grant of given.filter(({ state }) => state === 'active')) {
      const reader = await transaction.selectFrom('customer').select('language').where('utility_id', '=', utility.id).where('id', '=', grant.customer_id ?? '').executeTakeFirst();
      readers.push({ email: grant.email, language: reader ? languageFor(reader, utility) : grant.language });
    }

    await transaction.deleteFrom('sign_up').where('utility_id', '=', utility.id).where((is) => is.or([is('email', '=', email), is('identifier', '=', login)])).execute();
    await endEmailChange({ ...context, db: transaction });

    const nobody = { actor_id: null, device: null, contract_id: null, details: '{}' };
    await transaction.updateTable('audit_event').set({ customer_id: null, ...nobody }).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
    // In the accounts of others stays what was done on their contracts.
    await transaction.updateTable('audit_event').set({ actor_id: null, device: null }).where('utility_id', '=', utility.id).where('actor_id', '=', customerId).execute();

    // That a meter's curve was consented to is a proof that stays; whose consent it was is told by the contract alone.
    await transaction.updateTable('consent_event').set({ customer_id: null }).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();

    // What depended on consent ends with it; that there was one is a proof that stays.
    await endMedicalNeeds(transaction, { utilityId: utility.id, customerId }, now);
    // A supply that is cut is cut whoever said so, and nobody is called back any more.
    await transaction.updateTable('outage_report').set({ phone: null, words: null, address: '' }).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();

    // What nobody has seen goes; what was sent with a dispute, a reading, a message or a request stays with it, as its words do.
    await transaction.deleteFrom('attachment').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).where(waits).execute();

    // Credential, sessions, choices and browsers of alerts, accesses received, resets, requests and acceptances go with it.
    await transaction.deleteFrom('customer').where('utility_id', '=', utility.id).where('id', '=', customerId).execute();
    return readers;
  });
}
