import { ContextProvider } from '@lit/context';
import { describeUtility, PortalError, type PortalAdapter } from '@oya/contract';
import { clientContext, createClient, PortalClient, Resource, type Configuration, type ResourceHost } from '@oya/core';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { providerStyles } from './provider.styles.ts';

/** What decides which client the children get; another language or theme is only a setting of the same client. */
const MAKES_CLIENT = ['client', 'configuration', 'adapter', 'baseUrl', 'utility'] as const;

/**
 * Gives the elements inside it their client: which utility, through which adapter, in which language and theme. It wins
 * over the page's configuration, so that two utilities can stand on one page.
 *
 * Attributes win over `configuration`. When neither can be used, the console says why and the elements inside say that
 * the space cannot be reached, instead of waiting for ever.
 *
 * @summary The client, language and theme of the elements inside it.
 * @slot - The elements that use this client.
 * @attr {string} lang - BCP 47 language of the elements inside; default: the page's.
 */
export class OyaProvider extends LitElement implements ResourceHost {
  static override styles = providerStyles;

  /** Name of a registered adapter; default `rest`. */
  @property() adapter: string | undefined;
  /** Address of the utility's API, below which the operations lie. */
  @property({ attribute: 'base-url' }) baseUrl: string | undefined;
  /** Id of the utility, as the adapter knows it. */
  @property() utility: string | undefined;
  /** Name of a token theme; default: the utility's own. */
  @property() theme: string | undefined;
  @property() override lang = '';
  /** All there is to configure, from code: also adapters as objects, `routes` and each adapter's own options. */
  @property({ attribute: false }) configuration: Configuration | undefined;

  #given: PortalClient | undefined;
  #client: PortalClient | undefined;
  /** Counts clients asked for: one that comes after a later one was asked for is not used. */
  #attempt = 0;
  readonly #context = new ContextProvider<typeof clientContext, this>(this, { context: clientContext });
  readonly #description = new Resource(this, describeUtility, () => (this.#ownTheme ? undefined : {}));

  /** The client that the children use. Set it to share one client between providers; it then keeps its own settings. */
  @property({ attribute: false })
  get client(): PortalClient | undefined {
    return this.#given ?? this.#client;
  }

  set client(client: PortalClient | undefined) {
    this.#given = client;
  }

  /** The provider has no states of its own to derive from its resource. */
  addResource(): void {}

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated || MAKES_CLIENT.some((name) => changed.has(name))) this.#provide();
    else if ((changed.has('lang') || changed.has('theme')) && !this.#given) this.#applySettings();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }

  protected override updated(): void {
    const theme = this.#ownTheme ?? this.#description.data?.theme;
    if (theme) this.dataset['oyaTheme'] = theme;
    else delete this.dataset['oyaTheme'];
  }

  get #ownTheme(): string | undefined {
    return this.theme || this.configuration?.theme || this.#given?.settings.value.theme;
  }

  #provide(): void {
    const attempt = ++this.#attempt;
    if (this.#given) {
      this.#context.setValue(this.#given);
      return;
    }
    void this.#makeClient().then((client) => {
      if (attempt !== this.#attempt) return;
      this.#client = client;
      this.#applySettings();
      this.#context.setValue(client);
      // Not through the `client` property, which would ask for a client again.
      this.requestUpdate();
    });
  }

  async #makeClient(): Promise<PortalClient> {
    const { adapter, baseUrl, utility } = this;
    try {
      return await createClient({
        adapter: 'rest',
        ...this.configuration,
        ...(adapter && { adapter }),
        ...(baseUrl && { baseUrl }),
        ...(utility && { utility }),
      });
    } catch (cause) {
      console.error('oya: <oya-provider> has no usable configuration; its elements will say that the space cannot be reached.', cause);
      return new PortalClient({ adapter: unreachable(cause) });
    }
  }

  /** Language and theme change without a new client: nothing is asked again and nobody is signed out. */
  #applySettings(): void {
    const settings = this.#client?.settings;
    settings?.set({
      ...settings.value,
      lang: this.lang || this.configuration?.lang,
      theme: this.theme || this.configuration?.theme,
    });
  }
}

/** Stands where no adapter could be made: asking for the session, as every element does, fails with words. */
function unreachable(cause: unknown): PortalAdapter {
  return {
    offers: () => true,
    perform: () => Promise.reject(new PortalError('unavailable', { detail: '<oya-provider> has no usable configuration.', cause })),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-provider': OyaProvider;
  }
}
