/** What pages configure: fetched with the first element, configuration or call. */
import { restAdapter } from '@oya/adapters/rest';
import { configure as configureCore, registerAdapter, type Configuration, type PortalClient } from '@oya/core';
import { offerDigitReader } from '@oya/elements/digit-reader';

export { defineAdapter } from '@oya/contract';
export { announceElements, registerAdapter } from '@oya/core';

/**
 * As the core does. `digitReader: true` offers the one that lies beside the kit, which comes when somebody first asks for it;
 * `app` is the address of the site's service worker, with which the page is that of an app.
 */
export async function configure(configuration: Configuration): Promise<PortalClient> {
  const { digitReader, app } = configuration;
  if (digitReader === true) offerDigitReader(async () => (await import('./digits/digits.ts')).digitReader);
  const begin = app ? (await import('./app/app.ts')).expectApp(String(app)) : undefined;
  const client = await configureCore(configuration);
  begin?.(client);
  return client;
}

// Part of what every page needs, and smaller with it than in a file of its own; other adapters are.
registerAdapter('rest', async ({ baseUrl, getToken, app }) => {
  if (!baseUrl) throw new Error('oya: the adapter "rest" needs a "baseUrl", the address of the portal API, such as "https://api.example/v1".');
  return restAdapter({ baseUrl, ...(getToken && { getToken }), ...(app ? { onAnswer: (await import('./app/app.ts')).noteAnswer } : {}) });
});
