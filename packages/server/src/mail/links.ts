import type { Utility } from '@oya/contract';

/**
 * The address of a page of the utility's site, for a mail.
 * @param site origin that routes without one are below
 * @param fragment what the elements on that page read: it never reaches a server
 * @returns `undefined` where the utility does not say where its pages are
 */
export function pageAddress({ routes }: Utility, site: string | undefined, view: 'signup' | 'login' | 'contracts' | 'profile' | 'consents' | 'invoices' | 'readings' | 'messages' | 'procedures' | 'alerts', fragment?: string): string | undefined {
  // Whoever has no page of its own for signing up, for contracts, consents, invoices, readings, messages, requests, alerts or the account has it where one signs in.
  const route = routes[view] ?? routes['login'];
  if (route === undefined || !URL.canParse(route, site)) return undefined;
  const address = new URL(route, site);
  if (address.protocol !== 'https:' && address.protocol !== 'http:') return undefined;
  if (fragment !== undefined) address.hash = fragment;
  return address.href;
}
