import { defineAdapter, type AdapterHandlers, type PortalAdapter } from '@oya/contract';
import { ContextProvider, ContextRoot } from '@lit/context';
import { installTokens } from '@oya/tokens';
import { clientContext } from './context.ts';
import { PortalClient } from './client.ts';
import type { Settings } from './settings.ts';

export interface Configuration extends Settings {
  /** An adapter, or the name of one that was registered. */
  adapter: PortalAdapter | AdapterHandlers | string;
  /** For adapters that talk to an API: the address below which the operations' paths lie. */
  baseUrl?: string | undefined;
  /**
   * For adapters that talk to an API without a cookie session: asks the page for the token to send. It stays in memory, and
   * is asked for anew when the API has refused it.
   */
  getToken?: ((refused?: string) => string | undefined | Promise<string | undefined>) | undefined;
  /** Whether the page says when its customer's session ends, and lets them sign in again over what is open (`<oya-session>`); default true. */
  session?: boolean | undefined;
  /** Further options, each adapter's own. */
  [option: string]: unknown;
}

export type AdapterFactory = (configuration: Configuration) => PortalAdapter | Promise<PortalAdapter>;

const factories = new Map<string, AdapterFactory>();

/** Makes an adapter known by name, so that a page without code of its own can choose it. */
export function registerAdapter(name: string, factory: AdapterFactory): void {
  factories.set(name, factory);
}

/** @throws Error that lists the known adapters when the name is not one of them */
export async function createClient(configuration: Configuration): Promise<PortalClient> {
  const { adapter, ...rest } = configuration;
  const { utility, lang, theme, timeZone, routes } = rest;
  return new PortalClient({ adapter: await resolveAdapter(adapter, configuration), utility, lang, theme, timeZone, routes });
}

async function resolveAdapter(adapter: Configuration['adapter'], configuration: Configuration): Promise<PortalAdapter> {
  if (typeof adapter === 'string') {
    const factory = factories.get(adapter);
    if (factory) return factory(configuration);
    throw new Error(`oya: no adapter is called "${adapter}". Known: ${[...factories.keys()].join(', ') || 'none'}.`);
  }
  // Whoever hands in bare handlers gets the same border as our own adapters: every answer is parsed.
  return 'perform' in adapter ? (adapter as PortalAdapter) : defineAdapter(adapter);
}

let pageProvider: ContextProvider<typeof clientContext> | undefined;

/**
 * Sets the page's default configuration: what elements use that have no `<oya-provider>` around them.
 * Calling it again replaces the client; elements follow.
 */
export async function configure(configuration: Configuration): Promise<PortalClient> {
  const client = await createClient(configuration);
  const root = document.documentElement;
  installTokens(document);
  if (configuration.theme) root.dataset['oyaTheme'] ??= configuration.theme;
  if (configuration.session ?? true) placeSessionWith(client);
  if (pageProvider) {
    pageProvider.setValue(client);
  } else {
    pageProvider = new ContextProvider(root, { context: clientContext, initialValue: client });
    // A provider on a plain element has no life cycle that would announce it to elements already waiting.
    pageProvider.hostConnected();
  }
  return client;
}

/** Once an element needs a customer, the page gets its `<oya-session>`, unless it has one where it wants it. */
function placeSessionWith(client: PortalClient): void {
  const place = () => {
    if (client.customerNeeded.value && !document.querySelector('oya-session')) document.body.append(document.createElement('oya-session'));
  };
  client.customerNeeded.subscribe(place);
}

let awaitsProviders = false;

/** Keeps the requests of elements that are defined before their provider, and answers them when it comes. */
export function awaitProviders(): void {
  if (awaitsProviders) return;
  awaitsProviders = true;
  new ContextRoot().attach(document.documentElement);
}
