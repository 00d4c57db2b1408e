import { extendSession, whoAmI } from '@oya/contract';
import { OyaElement, OyaSignedOutEvent, Resource, type PortalClient } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { sessionMessages } from './session.messages.ts';
import { sessionStyles } from './session.styles.ts';

/** Typing there is signing in, not being in the middle of something. */
const NOT_TYPED_IN = ['oya-login', 'oya-session'];

/**
 * Says at the foot of the page, two minutes before, when the session ends, and prolongs it with one click. When it has ended
 * in the middle of something, the sign-in comes over whatever is open: nothing that was typed is lost, and a request that
 * waited for it is sent once, after signing in. Otherwise a quiet notice offers to sign in again.
 *
 * A page has one by itself once an element needs a customer, unless its configuration says `"session": false`; put it
 * somewhere to have it for the elements of an `<oya-provider>`. It stands in the light DOM, up to the document, as the
 * fields of the sign-in inside it must. The sign-in is `<oya-login>`, which the loader fetches; a page that imports the
 * elements itself imports that one too.
 *
 * @summary Tells when the session ends, prolongs it, and signs in again over what is open.
 * @event {OyaSignedOutEvent} oya-signed-out - The customer has signed out.
 */
export class OyaSession extends OyaElement {
  static override readonly messages = sessionMessages;
  static override readonly lightStyles = sessionStyles;

  @state() private busy: 'staying' | 'leaving' | undefined;
  @state() private failed: 'stay.failed' | 'sign-out.failed' | undefined;
  /** The sign-in was asked for with the notice of a session that has ended. */
  @state() private asked = false;
  /** The notice that the session has ended was closed. */
  @state() private dismissed = false;
  @state() private announcement = '';

  /** Asks for the session where no other element does: without it nobody would know when it ends. */
  readonly #session = new Resource(this, whoAmI, () => ({}), { blocking: false });
  #followed: PortalClient | undefined;
  #ends: (() => void)[] = [];
  /** Something was typed in an element since the customer came. */
  #typed = false;

  /** There is nothing to keep room for. */
  protected override renderLoading(): unknown {
    return nothing;
  }

  protected override renderReady(): unknown {
    return html`${this.#foot()} ${this.#over()}
      <p class="visually-hidden" role="status">${this.#hasEnded ? `${this.words(sessionMessages)('ended.title')}.` : this.announcement}</p>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('input', this.#noteTyping);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('input', this.#noteTyping);
    this.#follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#follow(this.client);
    if (this.#session.data?.state !== 'signed-in') return;
    this.asked = false;
    this.dismissed = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const dialog = this.querySelector('dialog');
    if (!dialog) return;
    if (this.#isOver && !dialog.open) {
      dialog.showModal();
      // Not on the button that declines: the fields come next.
      dialog.focus();
    }
    // The browser gives the focus back to where it was.
    if (!this.#isOver && dialog.open) dialog.close();
  }

  get #isOver(): boolean {
    return this.asked || this.client?.interrupted.value !== undefined;
  }

  /** Nobody was in the middle of anything: it is said, and that is all. */
  get #hasEnded(): boolean {
    return (this.client?.sessionExpired.value ?? false) && !this.dismissed && !this.#isOver && !isSignInShown();
  }

  #foot(): unknown {
    const ending = this.client?.sessionEnding.value;
    if (!ending && !this.#hasEnded) return nothing;
    const t = this.words(sessionMessages);
    return html`<section class="foot" aria-label=${t('label')}>
      <div class="bar">
        ${ending ? this.#endingSoon(ending.at) : this.#ended()}
      </div>
    </section>`;
  }

  #endingSoon(at: number): TemplateResult {
    const t = this.words(sessionMessages);
    return html`<div class="what">
        <p class="title">${t('ending.title', { time: this.format.time(at) })}</p>
        ${this.failed ? html`<p class="failed" role="alert">${t(this.failed)}</p>` : html`<p class="soft">${t('ending.text')}</p>`}
      </div>
      <div class="actions">
        ${this.client?.supports(extendSession)
          ? html`<button type="button" class="own primary" aria-disabled=${this.busy ? 'true' : nothing} @click=${this.#stay}>
              ${this.busy === 'staying' ? t('staying') : t('stay')}
            </button>`
          : nothing}
        <button type="button" class="own" aria-disabled=${this.busy ? 'true' : nothing} @click=${this.#leave}>
          ${this.busy === 'leaving' ? t('staying') : t('sign-out')}
        </button>
      </div>`;
  }

  #ended(): TemplateResult {
    const t = this.words(sessionMessages);
    return html`<div class="what">
        <p class="title">${t('ended.title')}</p>
        <p class="soft">${t('ended.text')}</p>
      </div>
      <div class="actions">
        <button type="button" class="own primary" @click=${() => (this.asked = true)}>${t('sign-in')}</button>
        <button type="button" class="own" @click=${() => (this.dismissed = true)}>${t('close')}</button>
      </div>`;
  }

  /** The sign-in over what is open. It is made when it is needed: its fields are nobody's before. */
  #over(): TemplateResult {
    const t = this.words(sessionMessages);
    const isOver = this.#isOver;
    return html`<dialog
      class="over"
      tabindex="-1"
      aria-label=${t('over.label')}
      @cancel=${this.#decline}
      @close=${this.#onClose}
      @oya-signed-in=${stopHere}
      @oya-ready=${this.#onSignInReady}
    >
      ${isOver
        ? html`<oya-login .headingLevel=${this.headingLevel} .lang=${this.lang}></oya-login>
            <div class="decline"><button type="button" class="own" @click=${this.#decline}>${t('decline')}</button></div>`
        : nothing}
    </dialog>`;
  }

  readonly #stay = (): Promise<void> => this.#do('staying', 'stay.failed', async (client) => {
    await client.extendSession();
    this.announcement = this.words(sessionMessages)('stayed');
  });

  readonly #leave = (): Promise<void> => this.#do('leaving', 'sign-out.failed', async (client) => {
    await client.signOut();
    this.dispatchEvent(new OyaSignedOutEvent());
  });

  async #do(busy: 'staying' | 'leaving', failed: 'stay.failed' | 'sign-out.failed', what: (client: PortalClient) => Promise<void>): Promise<void> {
    const { client } = this;
    if (this.busy || !client) return;
    this.busy = busy;
    this.failed = undefined;
    try {
      await what(client);
    } catch {
      this.failed = failed;
    } finally {
      this.busy = undefined;
    }
  }

  readonly #decline = (): void => {
    this.asked = false;
    this.dismissed = true;
    this.#typed = false;
    this.client?.declineSignIn();
  };

  /** A browser may close a dialog by its own means. */
  readonly #onClose = (): void => {
    if (this.#isOver) this.#decline();
  };

  /** The sign-in may come later than the dialog: its first field then gets the focus, if nothing else has it. */
  readonly #onSignInReady = {
    capture: true,
    handleEvent: () => {
      const dialog = this.querySelector('dialog');
      if (dialog?.open && document.activeElement === dialog) dialog.querySelector<HTMLElement>('oya-login input')?.focus();
    },
  };

  readonly #noteTyping = (event: Event): void => {
    const elements = event.composedPath().filter((target): target is Element => target instanceof Element && target.localName.startsWith('oya-'));
    if (elements.length > 0 && !elements.some(({ localName }) => NOT_TYPED_IN.includes(localName))) this.#typed = true;
  };

  #follow(client: PortalClient | undefined): void {
    if (client === this.#followed) return;
    for (const end of this.#ends) end();
    this.#followed = client;
    this.#ends = client
      ? [client.offerSignIn(() => this.#typed), client.sessionEnding.subscribe(() => this.#onEnding(client)), client.interrupted.subscribe(() => this.requestUpdate())]
      : [];
  }

  #onEnding(client: PortalClient): void {
    const ending = client.sessionEnding.value;
    this.failed = undefined;
    // Told once, to those who do not see the foot of the page.
    if (ending) this.announcement = `${this.words(sessionMessages)('ending.title', { time: this.format.time(ending.at) })}.`;
    this.requestUpdate();
  }
}

/** To the page, whoever signs in again has been there all the time. */
function stopHere(event: Event): void {
  event.stopPropagation();
}

/** The page shows its own sign-in already. */
function isSignInShown(): boolean {
  return [...document.querySelectorAll('oya-login')].some((login) => login.checkVisibility() && !login.closest('oya-session'));
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-session': OyaSession;
  }
}
