import {
  amountFault, cents, chosenInvoices, describePayment, PortalError, readAmount, startPayment, sum,
  type Cents, type Departure, type Input, type PayableInvoice, type PaymentOffer,
} from '@oya/contract';
import { Intent, OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { staleByPayment } from '../note-payment.ts';
import { OyaPaymentStartedEvent } from '../payment-started.ts';
import { spaceStyles } from '../space.styles.ts';
import { payMessages } from './pay.messages.ts';
import { payStyles } from './pay.styles.ts';
import { returnAddress } from './payment-address.ts';
import { PROVIDERS } from './payment-provider.ts';

/** So long another page may take to come; whoever stopped it may try again then. */
const LEAVING_MS = 20_000;

/** What was refused, in words of its own. */
const CONFLICTS = ['under-way', 'amount-changed', 'not-payable'] as const;

/**
 * What is about to be paid, once more before the customer leaves for the provider's page: there is no card field of ours. Part
 * of `oya-invoices`, which fetches it.
 */
export class OyaInvoicesPay extends OyaLightForm {
  static override readonly messages = payMessages;
  static override styles = [OyaElement.styles, spaceStyles, payStyles];

  @property({ attribute: false }) contractId = '';
  @property({ attribute: false }) invoiceIds: readonly string[] = [];
  /** The customer changes their mind. */
  @property({ attribute: false }) leave: () => void = () => {};

  @state() private isPart = false;
  /** As typed. */
  @state() private typed = '';

  readonly #offer = new Resource(this, describePayment, () => (this.contractId === '' ? undefined : { contractId: this.contractId }));
  readonly #start = new Intent();
  #hadFocus = false;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.#hadFocus || this.state !== 'ready') return;
    this.#hadFocus = true;
    this.moveFocus('.title');
  }

  protected override renderReady(): unknown {
    const offer = this.#offer.data;
    if (!offer) return nothing;
    const t = this.words(payMessages);
    const { invoices } = chosenInvoices(offer, this.invoiceIds);
    const payable = invoices.filter(({ canBePaid }) => canBePaid);
    const open = sum(payable.map((invoice) => invoice.open));
    return html`<section class="pay" aria-labelledby="pay-title">
      <button type="button" class="link back" @click=${() => this.leave()}>${icon('back')}<span>${t('back')}</span></button>
      <div id="pay-title">${this.heading(t('title'))}</div>
      ${open === 0 ? html`${this.summary()} ${this.#nothingToPay()}` : this.#review(offer, invoices, payable, open)} ${this.status()}
    </section>`;
  }

  #nothingToPay(): TemplateResult {
    const t = this.words(payMessages);
    return html`<div class="notice" part="notice">${this.heading(t('nothing.title'), 'notice-title', 1)}<p>${t('nothing.text')}</p></div>`;
  }

  #review(offer: PaymentOffer, invoices: readonly PayableInvoice[], payable: readonly PayableInvoice[], open: Cents): TemplateResult {
    const t = this.words(payMessages);
    const provider = PROVIDERS[offer.provider];
    const amount = this.#amount(open);
    return html`<form class="review" novalidate @submit=${(event: SubmitEvent) => void this.#leaveFor(event, offer, payable, open)}>
      ${this.summary()}
      <section class="what">
        ${this.heading(t('what'), 'part-title', 1)}
        <ul>
          ${invoices.map((invoice) => this.#invoice(invoice))}
        </ul>
        ${payable.length > 1 ? html`<p class="line sum"><span>${t('total')}</span><span>${this.format.money(open)}</span></p>` : nothing}
      </section>
      ${offer.partial && offer.partial.least < open ? this.#choice(offer.partial.least, open) : nothing}
      <div class="aside">
        <p class="strong">${t('leaving')}</p>
        <p>${t('leaving.text', { provider })}</p>
        ${offer.isTrial ? html`<p class="strong">${t('trial')}</p>` : nothing}
      </div>
      <div class="buttons">
        ${this.submitButton(t('go', { amount: this.format.money(amount ?? open), provider }), t('going'))}
        <button type="button" class="button" @click=${() => this.leave()}>${t('later')}</button>
      </div>
    </form>`;
  }

  #invoice(invoice: PayableInvoice): TemplateResult {
    const t = this.words(payMessages);
    const { number, open, canBePaid } = invoice;
    return html`<li class=${canBePaid ? 'line' : 'line out'}>
      <div>
        <p class="strong">${t('invoice', { number })}</p>
        <p class="small soft">${this.#standing(invoice)}</p>
      </div>
      ${canBePaid ? html`<p>${this.format.money(open)}</p>` : nothing}
    </li>`;
  }

  #standing({ state: stands, dueOn, canBePaid }: PayableInvoice): string {
    const t = this.words(payMessages);
    if (!canBePaid) return t(stands === 'confirming' || stands === 'disputed' ? `not.${stands}` : 'not.other');
    if (dueOn === null) return '';
    return t(stands === 'overdue' ? 'due.late' : stands === 'debit-planned' ? 'due.debit' : 'due.coming', { day: this.format.day(dueOn, 'long') });
  }

  #choice(least: Cents, open: Cents): TemplateResult {
    const t = this.words(payMessages);
    const pick = (isPart: boolean) => () => {
      this.isPart = isPart;
      this.refusal = undefined;
      if (isPart) this.focusOn('[name=amount]');
    };
    return html`<fieldset class="choice">
      <legend>${t('amount')}</legend>
      <label class="radio"><input type="radio" name="how" value="whole" .checked=${!this.isPart} @change=${pick(false)} /><span>${t('amount.whole', { amount: this.format.money(open) })}</span></label>
      <label class="radio"><input type="radio" name="how" value="part" .checked=${this.isPart} @change=${pick(true)} /><span>${t('amount.part')}</span></label>
      ${this.isPart
        ? html`<div class="field">
            <label for=${this.idOf('amount')}>${t('amount.label')}</label>
            <p class="hint" id=${this.idOf('amount-hint')}>${t('amount.hint', { least: this.format.money(least), open: this.format.money(open) })}</p>
            ${this.fieldError('amount')}
            <input
              id=${this.idOf('amount')}
              name="amount"
              inputmode="decimal"
              autocomplete="off"
              maxlength="12"
              .value=${this.typed}
              aria-invalid=${this.isRefused('amount') ? 'true' : nothing}
              aria-describedby=${this.describedBy('amount', 'hint')}
              @input=${this.#type}
            />
          </div>`
        : nothing}
    </fieldset>`;
  }

  /** `undefined` while what is typed is no amount. */
  #amount(open: Cents): Cents | undefined {
    return this.isPart ? readAmount(this.typed) : open;
  }

  readonly #type = (event: Event): void => {
    this.typed = (event.target as HTMLInputElement).value;
    this.correct('amount');
  };

  async #leaveFor(event: SubmitEvent, offer: PaymentOffer, payable: readonly PayableInvoice[], open: Cents): Promise<void> {
    event.preventDefault();
    const { client, contractId } = this;
    if (this.sending || !client) return;
    const t = this.words(payMessages);
    const amount = this.#amount(open);
    const fault = amount === undefined ? 'unreadable' : amountFault(amount, open, offer.partial);
    if (amount === undefined || fault) return this.#refuseAmount(fault ?? 'unreadable', offer, open);
    const input: Input<'startPayment'> = { contractId, invoiceIds: payable.map(({ invoiceId }) => invoiceId), open, amount: cents(amount), returnUrl: returnAddress(location.href, contractId), lang: this.locale };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('going');
    let isLeaving = false;
    try {
      const { departure } = await this.#start.send(input, (key) => client.write(startPayment, input, key));
      if (!/^https?:$/.test(new URL(departure.url, location.href).protocol)) return this.refuse({ title: t('unsafe.title'), text: t('unsafe.text') });
      isLeaving = true;
      this.dispatchEvent(new OyaPaymentStartedEvent());
      depart(departure);
      // Whoever comes back by the browser's own button finds what has become of it.
      addEventListener('pageshow', () => this.#isBack(), { once: true });
      setTimeout(() => this.#isBack(), LEAVING_MS);
    } catch (thrown) {
      this.#refuseFor(PortalError.from(thrown), offer, open);
    } finally {
      // The button stays at work until the other page is there: a second click would begin nothing new.
      if (!isLeaving) this.sending = false;
    }
  }

  #isBack(): void {
    this.sending = false;
    this.announcement = '';
    if (this.client) staleByPayment(this.client);
  }

  #refuseAmount(fault: 'unreadable' | 'too-little' | 'too-much', { partial }: PaymentOffer, open: Cents): void {
    const t = this.words(payMessages);
    const words = t(`amount.${fault}`, { least: this.format.money(partial?.least ?? open), open: this.format.money(open) });
    this.refuse({ title: t('amount.fix'), fields: new Map([['amount', words]]) });
  }

  #refuseFor(error: PortalError, offer: PaymentOffer, open: Cents): void {
    const t = this.words(payMessages);
    if (error.kind === 'unauthenticated') return;
    const code = error.fields.find(({ path }) => path === 'amount')?.code;
    if (code === 'too-little' || code === 'too-much') return this.#refuseAmount(code, offer, open);
    const conflict = CONFLICTS.find((each) => each === error.code);
    if (conflict) {
      if (this.client) staleByPayment(this.client);
      return this.refuse({ title: t(`conflict.${conflict}.title`), text: t(`conflict.${conflict}.text`), error });
    }
    if (error.code === 'provider-busy') return this.refuse({ title: t('busy.title'), text: t('busy.text'), error });
    this.refuse({ ...this.failureWords(error), error });
  }
}

/** The whole page goes: a frame would hide from the customer whose page they type their card into. */
function depart(departure: Departure): void {
  if (departure.method === 'GET') {
    location.assign(departure.url);
    return;
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = departure.url;
  form.hidden = true;
  for (const [name, value] of Object.entries(departure.fields)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  // By the prototype, as a field may be called `submit`.
  HTMLFormElement.prototype.submit.call(form);
  form.remove();
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-invoices-pay': OyaInvoicesPay;
  }
}
