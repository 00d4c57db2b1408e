import { canBeCancelled, cancelPayment, describePayment, getPayment, PortalError, returnFromPayment, type Payment } from '@oya/contract';
import { Intent, OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { notePayment } from '../note-payment.ts';
import { spaceStyles } from '../space.styles.ts';
import { payMessages } from './pay.messages.ts';
import { payStyles } from './pay.styles.ts';
import { PROVIDERS } from './payment-provider.ts';

/** Most answers come within seconds; then less and less often, and after two minutes only when asked. */
const ASK_AFTER_MS = [1500, 2000, 3000, 5000, 8000, 13_000, 21_000, 34_000, 34_000];

/**
 * What became of a payment, in words: on the way back from the provider's page, or while one is under way. Part of
 * `oya-invoices`, which fetches it.
 */
export class OyaInvoicesPayment extends OyaLightForm {
  static override readonly messages = payMessages;
  static override styles = [OyaElement.styles, spaceStyles, payStyles];

  @property({ attribute: false }) contractId = '';
  @property({ attribute: false }) paymentId = '';
  /** The customer has just come back from the provider's page. */
  @property({ attribute: false }) isReturn = false;
  /** Begins another payment of the same invoices. */
  @property({ attribute: false }) pay: (invoiceIds: readonly string[]) => void = () => {};
  /** Nothing more is to be said of it. */
  @property({ attribute: false }) close: () => void = () => {};

  @state() private asked = 0;

  readonly #payment = new Resource(this, getPayment, () => (this.paymentId === '' ? undefined : { contractId: this.contractId, paymentId: this.paymentId }));
  readonly #offer = new Resource(this, describePayment, () => ({ contractId: this.contractId }), { blocking: false });
  readonly #cancel = new Intent();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #returned: string | undefined;
  #said: Payment['state'] | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const payment = this.#payment.data;
    if (!payment) return;
    void this.#return();
    this.#askAgain(payment);
    if (payment.state === this.#said) return;
    const before = this.#said;
    this.#said = payment.state;
    // What it pays is shown elsewhere on the page, too.
    if (before !== undefined && this.client) notePayment(this.client, payment);
    if (this.isReturn && before === undefined) this.moveFocus('.payment-title');
  }

  protected override renderLoading(): unknown {
    return nothing;
  }

  /** An address may name what is no payment of this customer: the list says all there is to say. */
  protected override renderError(error: PortalError): unknown {
    return error.kind === 'not-found' ? nothing : super.renderError(error);
  }

  protected override renderUnsupported(): unknown {
    return nothing;
  }

  protected override renderReady(): unknown {
    const payment = this.#payment.data;
    if (!payment) return nothing;
    const t = this.words(payMessages);
    const { invoices, isTrial } = payment;
    const stands = this.#toldAs(payment);
    const words = { amount: this.format.money(payment.amount), provider: PROVIDERS[this.#offer.data?.provider ?? 'payzen'] };
    return html`<section class="payment ${stands}" data-payment=${stands}>
      ${icon(stands === 'paid' ? 'check' : 'alert')}
      <div class="words">
        <div role="status">${this.heading(t(`state.${stands}.title`, words), 'payment-title', 1)}</div>
        ${stands === 'paid' ? this.#paid(payment) : html`<p>${t(`state.${stands}.text`, words)}</p>`}
        ${stands === 'confirming' && this.#isLong ? html`<p>${t('state.confirming.long')}</p>` : nothing}
        <p class="small soft">${t('of', { numbers: invoices.map(({ number }) => number).join(', ') })} ${isTrial ? t('trial') : nothing}</p>
        ${this.summary()}
        <div class="buttons">${this.#next(payment)} ${this.isReturn && stands !== 'confirming' ? html`<button type="button" class="button" @click=${() => this.close()}>${t('close')}</button>` : nothing}</div>
      </div>
      ${this.status()}
    </section>`;
  }

  #paid({ receipt, owed }: Payment): TemplateResult {
    const t = this.words(payMessages);
    return html`${receipt ? html`<p>${t('state.paid.text', { reference: receipt.reference })} ${receipt.sentTo === null ? nothing : t('state.paid.mailed', { address: receipt.sentTo })}</p>` : nothing}
    ${owed > 0 ? html`<p>${t('state.paid.owed', { amount: this.format.money(owed) })}</p>` : nothing}`;
  }

  #next(payment: Payment): unknown {
    const t = this.words(payMessages);
    const { invoices } = payment;
    const stands = this.#toldAs(payment);
    switch (stands) {
      case 'paid':
        return nothing;
      case 'confirming':
        return this.#isLong ? html`<button type="button" class="button" @click=${() => void this.#payment.refresh()}>${t('state.confirming.action')}</button>` : nothing;
      case 'started':
        return html`<button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#abandon(payment)}>${t(this.sending ? 'cancel.sending' : 'state.started.action')}</button>`;
      default:
        return html`<button type="button" class="button primary" @click=${() => this.pay(invoices.map(({ invoiceId }) => invoiceId))}>${t(`state.${stands}.action`)}</button>`;
    }
  }

  /** Whoever is back from the provider's page may have paid there: nobody is told to cancel before it is known. */
  #toldAs({ state: stands }: Payment): Payment['state'] {
    return this.isReturn && stands === 'started' ? 'confirming' : stands;
  }

  get #isLong(): boolean {
    return this.asked >= ASK_AFTER_MS.length;
  }

  /** Says once that the customer is back: what they say counts for nothing but how long it is waited for. */
  async #return(): Promise<void> {
    const { client, contractId, paymentId } = this;
    if (!this.isReturn || !client || this.#returned === paymentId) return;
    this.#returned = paymentId;
    const input = { contractId, paymentId };
    try {
      notePayment(client, await new Intent().send(input, (key) => client.write(returnFromPayment, input, key)));
    } catch {
      // The notice comes all the same, and is asked for; with the next answer it is said again.
      this.#returned = undefined;
    }
  }

  /** What changes elsewhere mostly shows by itself; where it does not, it is asked for, less and less often, and not for ever. */
  #askAgain(payment: Payment): void {
    if (this.#toldAs(payment) !== 'confirming' || this.#isLong || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.asked += 1;
      void this.#payment.refresh();
    }, ASK_AFTER_MS[this.asked]);
  }

  async #abandon({ contractId, id: paymentId, state: stands }: Payment): Promise<void> {
    const { client } = this;
    if (this.sending || !client || !canBeCancelled(stands)) return;
    const t = this.words(payMessages);
    const input = { contractId, paymentId };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('cancel.sending');
    try {
      notePayment(client, await this.#cancel.send(input, (key) => client.write(cancelPayment, input, key)));
      this.announcement = '';
      this.focusOn('.payment-title');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      void this.#payment.refresh();
      this.refuse({ ...(error.kind === 'conflict' ? { title: t('cancel.conflict.title'), text: t('cancel.conflict.text') } : this.failureWords(error)), error });
    } finally {
      this.sending = false;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-invoices-payment': OyaInvoicesPayment;
  }
}
