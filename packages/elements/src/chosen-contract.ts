import type { Contract } from '@oya/contract';
import { warnOnce, type OyaElement } from '@oya/core';

/** The contract that an element shows: its own attribute's, else the one selected on the page, else the first. */
export function chosenContract({ contract: own, client, localName }: OyaElement, contracts: readonly Contract[] | undefined): Contract | undefined {
  if (!contracts) return undefined;
  const wanted = own ?? client?.selectedContract.value;
  const found = contracts.find(({ id }) => id === wanted);
  if (own !== undefined && !found && contracts.length > 0) warnOnce(`<${localName}>: this customer has no contract "${own}"; the first one is shown.`);
  return found ?? contracts[0];
}
