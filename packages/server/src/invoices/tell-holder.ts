import type { Utility } from '@oya/contract';
import type { MailPlace } from '../command-mail.ts';
import { tell, tryFindAccount } from '../identity/accounts.ts';
import type { Message } from '../mail/messages.ts';

/** Tells a customer by mail what the utility's people have decided; whoever has closed their account is told nothing. */
export async function tellHolder({ db, utilities, outbox }: MailPlace, { utilityId, customerId }: { utilityId: string; customerId: string | null }, messageFor: (utility: Utility) => Message): Promise<void> {
  const utility = (await utilities.find(utilityId))?.utility;
  const account = utility && customerId !== null ? await tryFindAccount({ db, utility, customerId }) : undefined;
  if (utility && account) await tell(account, messageFor(utility), { outbox, utility });
}
