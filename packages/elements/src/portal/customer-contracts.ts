import { listContracts } from '@oya/contract';
import { Resource, type ResourceHost } from '@oya/core';

/**
 * What some sections depend on. It comes by itself, as a portal for visitors does without it.
 * @returns whether a contract of the customer follows the colours of Tempo days
 */
export function followContracts(host: ResourceHost): () => boolean {
  const contracts = new Resource(host, listContracts, () => ({}), { blocking: false });
  return () => contracts.data?.items.some(({ isTempo }) => isTempo) ?? false;
}
