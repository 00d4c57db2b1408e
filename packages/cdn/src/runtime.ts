/** What pages configure: fetched with the first element, configuration or call. */
import { restAdapter } from '@oya/adapters/rest';
import { registerAdapter } from '@oya/core';

export { defineAdapter } from '@oya/contract';
export { announceElements, configure, registerAdapter } from '@oya/core';

// Part of what every page needs, and smaller with it than in a file of its own; other adapters are.
registerAdapter('rest', ({ baseUrl, getToken }) => {
  if (!baseUrl) throw new Error('oya: the adapter "rest" needs a "baseUrl", the address of the portal API, such as "https://api.example/v1".');
  return restAdapter({ baseUrl, ...(getToken && { getToken }) });
});
