/** Customers whom the utility's own sign-in knows under a reference of its own. */
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from './credentials.ts';

export async function findReferenced(db: Database, utilityId: string, reference: string): Promise<{ customerId: string; displayName: string } | undefined> {
  const row = await db
    .selectFrom('customer')
    .select(['id', 'display_name'])
    .where('utility_id', '=', utilityId)
    .where('external_reference', '=', storable(reference))
    .executeTakeFirst();
  return row && { customerId: row.id, displayName: row.display_name };
}

/** `account`: the contract's account has the reference now; `customer`: a customer was made; `contract`: the customer has it, too. */
export type Linked = 'account' | 'customer' | 'contract' | 'nothing new';

export class LinkError extends Error {
  override readonly name = 'LinkError';
}

/**
 * Says that whoever the provider calls so holds a contract. Where the contract is in an account, that account gets the
 * reference, beside its own way in; else the customer is made who holds it.
 * @throws LinkError where it would make one customer of two, or two of one
 */
export async function linkReference(db: Database, utilityId: string, reference: string, contractNumber: string): Promise<Linked> {
  return db.transaction().execute(async (transaction) => {
    const contract = await findContract(transaction, utilityId, contractNumber);
    const holders = await transaction
      .selectFrom('contract_access as access')
      .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'access.utility_id').onRef('customer.id', '=', 'access.customer_id'))
      .select(['customer.id', 'customer.external_reference'])
      .where('access.utility_id', '=', utilityId)
      .where('access.contract_id', '=', contract.id)
      .execute();
    const known = (await findReferenced(transaction, utilityId, reference))?.customerId;
    if (holders.some(({ id }) => id === known)) return 'nothing new';
    const [holder, another] = holders;
    if (another) throw new LinkError('the contract is in several accounts');
    if (holder) {
      if (holder.external_reference !== null) throw new LinkError('the contract is that of a customer with another reference');
      if (known !== undefined) throw new LinkError('the reference is that of another customer, with other contracts');
      await transaction.updateTable('customer').set({ external_reference: reference }).where('utility_id', '=', utilityId).where('id', '=', holder.id).execute();
      return 'account';
    }
    const customer_id = known ?? (await makeCustomer(transaction, utilityId, reference, contract.holder));
    await transaction.insertInto('contract_access').values({ utility_id: utilityId, customer_id, contract_id: contract.id }).execute();
    // Whoever was on the way to an account for this contract is too late.
    await transaction.deleteFrom('sign_up').where('utility_id', '=', utilityId).where('contract_id', '=', contract.id).execute();
    return known === undefined ? 'customer' : 'contract';
  });
}

async function findContract(db: Transaction<Schema>, utilityId: string, number: string): Promise<{ id: string; holder: string }> {
  const found = await db.selectFrom('contract').select(['id', 'holder']).where('utility_id', '=', utilityId).where('number', '=', number).forUpdate().execute();
  const [contract, another] = found;
  if (!contract) throw new LinkError('there is no contract with that number');
  if (another) throw new LinkError('several contracts have that number');
  return contract;
}

async function makeCustomer(db: Transaction<Schema>, utility_id: string, external_reference: string, display_name: string): Promise<string> {
  const id = randomUUID();
  await db.insertInto('customer').values({ utility_id, id, display_name, external_reference }).execute();
  return id;
}
