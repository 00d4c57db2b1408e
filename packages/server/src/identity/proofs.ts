/** What somebody with the papers in hand knows, compared with what the utility knows. */
import { comparableName, type Proof } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { storable } from './credentials.ts';

export interface ProvedContract {
  id: string;
  number: string;
}

/** The contract that a proof is right for. */
export async function findProved(db: Database, utilityId: string, proof: Proof): Promise<ProvedContract | undefined> {
  return proof.kind === 'invoice' ? provedByInvoice(db, utilityId, proof) : provedByContract(db, utilityId, proof);
}

/** Whose account already shows a contract. One whom the utility's own sign-in lets in may have no address here. */
export async function findAccountHolder(db: Database, utilityId: string, contractId: string): Promise<{ customerId: string; email: string | undefined; language: string | null } | undefined> {
  const row = await db
    .selectFrom('contract_access as access')
    .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'access.utility_id').onRef('customer.id', '=', 'access.customer_id'))
    .leftJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'access.utility_id').onRef('credential.customer_id', '=', 'access.customer_id'))
    .select(['access.customer_id', 'credential.email', 'customer.language'])
    .where('access.utility_id', '=', utilityId)
    .where('access.contract_id', '=', contractId)
    .orderBy('access.customer_id')
    .limit(1)
    .executeTakeFirst();
  return row && { customerId: row.customer_id, email: row.email ?? undefined, language: row.language };
}

async function provedByInvoice(db: Database, utilityId: string, { number, total }: Extract<Proof, { kind: 'invoice' }>): Promise<ProvedContract | undefined> {
  const row = await db
    .selectFrom('invoice')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'invoice.utility_id').onRef('contract.id', '=', 'invoice.contract_id'))
    .select(['contract.id', 'contract.number', 'invoice.total_cents'])
    .where('invoice.utility_id', '=', utilityId)
    .where('invoice.number', '=', number)
    .executeTakeFirst();
  return row?.total_cents === total ? { id: row.id, number: row.number } : undefined;
}

async function provedByContract(db: Database, utilityId: string, proof: Extract<Proof, { kind: 'contract' }>): Promise<ProvedContract | undefined> {
  const rows = await db
    .selectFrom('contract')
    .select(['id', 'number', 'holder'])
    .where('utility_id', '=', utilityId)
    .where('delivery_point', '=', storable(proof.deliveryPoint))
    .execute();
  return rows.find(({ number, holder }) => comparableNumber(number) !== '' && comparableNumber(number) === comparableNumber(proof.contractNumber) && isNameOf(proof.lastName, holder));
}

/** Capitals, spaces and dashes make no difference. */
function comparableNumber(number: string): string {
  return number.normalize('NFKC').toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** The holder is printed with first names before; who types their whole name is right too. */
function isNameOf(typed: string, holder: string): boolean {
  const name = comparableName(typed);
  const whole = comparableName(holder);
  return name !== '' && (whole === name || whole.endsWith(` ${name}`));
}
