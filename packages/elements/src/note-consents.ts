import { listConsents, type OperationName, type OutputOf } from '@oya/contract';
import type { PortalClient } from '@oya/core';

/** What else follows from the consents about a meter. */
const FOLLOWING: readonly unknown[] = ['getConsumption', 'listConsentEvents'] satisfies OperationName[];
const ALSO_FOLLOWING: readonly unknown[] = ['listMeters', 'listActivity'] satisfies OperationName[];

/** All elements of the page show how the consents about a meter stand now, and ask anew for what follows from them. */
export function noteConsents(client: PortalClient, meterId: string, answer: OutputOf<typeof listConsents>): void {
  client.queries.setQueryData(client.keyOf(listConsents, { meterId }), answer);
  void client.queries.invalidateQueries({
    predicate: ({ queryKey: [name, input] }) => ALSO_FOLLOWING.includes(name) || (FOLLOWING.includes(name) && (input as { meterId?: string } | undefined)?.meterId === meterId),
  });
}
