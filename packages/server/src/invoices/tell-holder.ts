import type { Utility } from '@oya/contract';
import type { Transaction } from 'kysely';
import type { MailPlace } from '../command-mail.ts';
import type { Schema } from '../database/schema.ts';
import { tell, tryFindAccount } from '../identity/accounts.ts';
import type { Message } from '../mail/messages.ts';

/**
 * Tells a customer by mail what the utility's people have decided; whoever has closed their account is told nothing.
 * @param within what is decided, for which the outbox was prepared: neither is done without the other, as who decides again
 *   what is decided is refused
 */
export async function tellHolder(within: Transaction<Schema>, { utility, outbox }: { readonly utility: Utility; readonly outbox: MailPlace['outbox'] }, customerId: string | null, message: Message): Promise<void> {
  const account = customerId === null ? undefined : await tryFindAccount({ db: within, utility, customerId });
  if (account) await tell(account, message, { outbox, utility }, within);
}
