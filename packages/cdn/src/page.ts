import type { AdapterHandlers, PortalAdapter } from '@oya/contract';
import type { AdapterFactory, Configuration, PortalClient } from '@oya/core';

/**
 * What the scripts of a host page use, as `window.oya`. It is there once `oya-loaded` has been dispatched on
 * the document; what an answer needs is fetched when it is first asked for.
 */
export interface OyaPage {
  readonly version: string;
  /** Sets the page's default configuration; wins over the page's configuration script. */
  configure(configuration: Configuration): Promise<PortalClient>;
  /** Makes an adapter from handlers: every answer is parsed with the contract's schema. */
  defineAdapter(handlers: AdapterHandlers): Promise<PortalAdapter>;
  /** Makes an adapter known by name. Call it while `oya-loaded` is dispatched, and the configuration script may name it. */
  registerAdapter(name: string, factory: AdapterFactory): Promise<void>;
  /**
   * Serves elements in a shadow root too, which the loader does not see by itself.
   * @returns a function that ends it
   */
  watch(root: ShadowRoot): () => void;
  /** Settles when the page's configuration and the elements found so far have arrived, or could not be had. */
  whenReady(): Promise<void>;
}

declare global {
  interface Window {
    oya?: OyaPage;
  }
  interface DocumentEventMap {
    'oya-loaded': Event;
  }
}
