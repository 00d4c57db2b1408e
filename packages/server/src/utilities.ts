/** The utilities of this installation: what the database says of them, checked. */
import { AccessRules, PaymentTerms, Procedure, Utility } from '@oya/contract';
import { readIban } from '@oya/contract/iban';
import * as z from 'zod/mini';
import { AlertRules } from './alerts/alert-rules.ts';
import { DatabaseError } from './database/errors.ts';
import type { Database } from './database/open.ts';
import { AccountRules } from './identity/account-rules.ts';

/** A change in the database is seen by every instance after so long. */
const REREAD_AFTER_MS = 30_000;

/** A utility of this installation, how it lets its customers in, and what it lets them do with their accounts. */
export interface Tenant {
  readonly utility: Utility;
  readonly access: AccessRules;
  readonly accountRules: AccountRules;
  /** How it is paid. */
  readonly paymentTerms: PaymentTerms;
  readonly alertRules: AlertRules;
}

/** @throws DatabaseError when the description in the database does not fit the contract */
export async function loadUtility(db: Database, id: string): Promise<Utility> {
  const row = await db.selectFrom('utility').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new DatabaseError(`There is no utility “${id}”.`, 'Add its row to the table utility, or seed the demo.');
  return parseUtility(row);
}

/** Keeps the utilities at hand, so that a request does not ask the database whose portal it is. */
export class UtilityDirectory {
  readonly #db: Database;
  #utilities: Promise<ReadonlyMap<string, Tenant>> | undefined;
  #readAt = 0;

  constructor(db: Database) {
    this.#db = db;
  }

  async find(id: string): Promise<Tenant | undefined> {
    if (!this.#utilities || performance.now() - this.#readAt > REREAD_AFTER_MS) await this.load();
    return (await this.#utilities)?.get(id);
  }

  async ids(): Promise<string[]> {
    return [...((await this.#utilities)?.keys() ?? [])];
  }

  /** @throws DatabaseError when a description, the rules of access, accounts or alerts, or the terms of payment, do not fit the contract */
  async load(): Promise<void> {
    this.#readAt = performance.now();
    const previous = this.#utilities;
    this.#utilities = this.#read();
    try {
      await this.#utilities;
    } catch (error) {
      // A mistake made while the server runs must not take the portal down; one made before must be seen at the start.
      this.#utilities = previous;
      throw error;
    }
  }

  async #read(): Promise<ReadonlyMap<string, Tenant>> {
    const rows = await this.#db.selectFrom('utility').selectAll().execute();
    return new Map(rows.map((row) => [row.id, tenantOf(row)]));
  }
}

function tenantOf(row: { id: string; description: unknown; access_rules: unknown; account_rules: unknown; payment_terms: unknown; alert_rules: unknown }): Tenant {
  const { id } = row;
  const paymentTerms = parse(PaymentTerms, row.payment_terms, 'payment_terms', id);
  requireOneAccount(row, paymentTerms);
  return {
    utility: parseUtility(row),
    access: parse(AccessRules, row.access_rules, 'access_rules', id),
    accountRules: parse(AccountRules, row.account_rules, 'account_rules', id),
    paymentTerms,
    alertRules: parse(AlertRules, row.alert_rules, 'alert_rules', id),
  };
}

/** A description that names the account of transfers too, as older ones did. */
const DescribedAccount = z.object({ legal: z.object({ account: z.object({ iban: z.string() }) }) });

/** Money follows what is printed: there is one account, and it can exist. */
function requireOneAccount({ id, description }: { id: string; description: unknown }, { transfer }: PaymentTerms): void {
  if (transfer && 'fault' in readIban(transfer.iban)) {
    throw new DatabaseError(`The payment_terms of the utility “${id}” name “${transfer.iban}” as the account of transfers, which is no account number that transfers reach.`, 'Correct transfer.iban in its row in the table utility.');
  }
  const described = DescribedAccount.safeParse(description);
  if (!described.success) return;
  const { iban } = described.data.legal.account;
  if (compact(iban) === compact(transfer?.iban ?? '')) return;
  throw new DatabaseError(
    `The description of the utility “${id}” says that transfers go to ${iban} (legal.account), and its payment_terms ${transfer ? `that they go to ${transfer.iban} (transfer)` : 'name no account for them'}.`,
    'Say it in payment_terms.transfer alone, which invoices print too, and take legal.account out of the description in the table utility.',
  );
}

function compact(iban: string): string {
  return iban.replaceAll(/\s/g, '').toUpperCase();
}

function parseUtility({ id, description }: { id: string; description: unknown }): Utility {
  const utility = parse(Utility, description, 'description', id);
  // A page leaves out what it does not understand; who wrote it is told.
  parse(z.array(Procedure), utility.procedures ?? [], 'description', id, 'procedures.');
  if (utility.id !== id) throw new DatabaseError(`The utility “${id}” calls itself “${utility.id}” in its description.`, 'Correct its row in the table utility.');
  return utility;
}

function parse<S extends z.ZodMiniType>(schema: S, value: unknown, column: string, id: string, within = ''): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `  ${within}${path.join('.') || column}: ${message}`);
  throw new DatabaseError(`The ${column} of the utility “${id}” does not fit the contract:\n${faults.join('\n')}`, 'Correct its row in the table utility.');
}
