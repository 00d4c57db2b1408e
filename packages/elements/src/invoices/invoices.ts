import {
  archiveInvoices, canBePaid, cents, describePayment, listContracts, listInvoices, MOST_IN_A_PAYMENT, MOST_IN_AN_ARCHIVE, PortalError, startPayment, sum,
  type Contract, type Input, type InstalmentPlan, type Invoice, type InvoiceFilter, type InvoiceList, type InvoiceOrder,
} from '@oya/contract';
import { define, Intent, OyaElement, Resource, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { dataTable } from '../data-table.ts';
import { icon } from '../icons.ts';
import { invoiceIn, withInvoice, type InvoiceName } from '../invoice-address.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { savePortalFile } from '../save-file.ts';
import { spaceStyles } from '../space.styles.ts';
import { invoicesMessages } from './invoices.messages.ts';
import { invoicesStyles } from './invoices.styles.ts';
import { paymentIn, withoutPayment, type PaymentName } from './payment-address.ts';
import { dueWords, periodWords, stateBadge, titleOf } from './telling.ts';

/** One invoice whole comes when it is first opened. */
const ONE: Part = async () => define('oya-invoices-one', (await import('./one.ts')).OyaInvoicesOne);

/** A payment: before one leaves, and what became of it. */
const PAY: Part = async () => define('oya-invoices-pay', (await import('./pay.ts')).OyaInvoicesPay);
const PAYMENT: Part = async () => define('oya-invoices-payment', (await import('./payment.ts')).OyaInvoicesPayment);

const FILTERS = ['to-pay', 'paid', 'credit', 'disputed'] as const satisfies readonly InvoiceFilter[];
const ORDERS = ['newest', 'oldest', 'highest', 'lowest'] as const satisfies readonly InvoiceOrder[];
/** So few are seen at a glance. */
const FEW = 4;
/** Long enough for the next key, short enough not to be waited for. */
const TYPING_MS = 300;

/**
 * The invoices of a contract: what is to be paid first, then each with its state, found by year, state, number or amount. One
 * opens in place with all that it charges; several are kept as one file. Which one is open stands in the page's address.
 *
 * Paying leads to the page of the payment provider, after a look at what is paid, and back: there is no card field of ours.
 *
 * @summary Invoices: found, read line by line, kept, contested, paid.
 * @placeholder 40rem
 * @event {OyaPaymentStartedEvent} oya-payment-started - The customer has confirmed a payment, and leaves for the provider's page.
 * @csspart notice - A message in place of the invoices: an error, signed out, none yet.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart invoice - One invoice of the list.
 * @csspart table - The table of instalments.
 */
export class OyaInvoices extends OyaLightForm {
  static override readonly messages = invoicesMessages;
  static override styles = [OyaElement.styles, spaceStyles, invoicesStyles];

  @state() private year = '';
  @state() private show: InvoiceFilter | '' = '';
  @state() private search = '';
  @state() private order: InvoiceOrder = 'newest';
  /** The pages after the first. */
  @state() private further: readonly InvoiceList[] = [];
  @state() private selected: ReadonlyMap<Invoice['id'], Invoice> = new Map();
  @state() private opened: InvoiceName | undefined;
  /** What is about to be paid, in place of the list. */
  @state() private paying: readonly Invoice['id'][] | undefined;
  /** The payment that the page's address names: the customer comes back from it. */
  @state() private returned: PaymentName | undefined;

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  /** Of the contract as a whole, whatever is looked for. */
  readonly #all = new Resource(this, listInvoices, () => this.#contractQuestion(), { keepPrevious: true });
  readonly #found = new Resource(this, listInvoices, () => this.#question(), { blocking: false, keepPrevious: true });

  /** Where there is a provider; what is under way is told. */
  readonly #offer = new Resource(this, describePayment, () => (this.#isReader ? undefined : this.#contractQuestion()), { blocking: false });

  readonly #archive = new Intent();
  /** What was written and not sent yet, by invoice: it outlives the invoice's being shown. */
  readonly #drafts = new Map<Invoice['id'], string>();
  #typing: ReturnType<typeof setTimeout> | undefined;
  #followed: InvoiceList | undefined;
  #shownContract: Contract['id'] | undefined;
  /** An invoice was opened here, rather than by the page's address. */
  #wasAsked = false;
  /** The contract of the payment in the address was chosen: another may be since. */
  #wasFollowed = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.opened = invoiceIn(location.hash);
    this.returned = paymentIn(location.href);
    addEventListener('hashchange', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
    clearTimeout(this.#typing);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isAnotherCustomer()) this.#drafts.clear();
    // An address names its contract, too: one that the page shows another of is followed to it.
    const wanted = this.opened?.contractId ?? (this.#wasFollowed ? undefined : this.returned?.contractId);
    if (wanted !== undefined && this.contract === undefined && wanted !== this.#contract?.id && this.#contracts.data?.items.some(({ id }) => id === wanted)) this.client?.selectedContract.set(wanted);
    if (this.#contracts.data) this.#wasFollowed = true;
    if (this.#contract?.id !== this.#shownContract) {
      this.#shownContract = this.#contract?.id;
      this.paying = undefined;
      this.#lookAnew();
    }
    // What follows a page follows that page only.
    if (this.#found.data === this.#followed) return;
    this.#followed = this.#found.data;
    this.further = [];
  }

  /** Whoever only reads a contract is told whose its invoices are. */
  protected override get failure(): PortalError | undefined {
    return this.#isReader ? undefined : super.failure;
  }

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0 || this.#isReader || this.#all.data?.years.length === 0;
  }

  protected override renderReady(): unknown {
    const all = this.#all.data;
    const contract = this.#contract;
    if (!all || !contract) return nothing;
    const { opened, paying } = this;
    if (paying) {
      return html`<section class="frame">
        ${this.whenHere(
          PAY,
          () => html`<oya-invoices-pay
            exportparts="notice, placeholder"
            .contractId=${contract.id}
            .invoiceIds=${paying}
            .leave=${this.#stopPaying}
            lang=${this.locale}
            heading-level=${this.headingLevel}
          ></oya-invoices-pay>`,
        )}
      </section>`;
    }
    if (opened && opened.contractId === contract.id) {
      return html`<section class="frame">
        ${this.whenHere(
          ONE,
          () => html`<oya-invoices-one
            exportparts="notice, placeholder, table"
            .invoice=${opened}
            .energy=${contract.energy}
            .drafts=${this.#drafts}
            .takesFocus=${this.#wasAsked}
            .close=${this.#closeInvoice}
            .pay=${this.#canPay ? this.#pay : undefined}
            lang=${this.locale}
            heading-level=${this.headingLevel}
          ></oya-invoices-one>`,
        )}
      </section>`;
    }
    const stale = this.#all.isPrevious;
    return this.#frame(
      html`${this.#payments(contract)}
        <div class=${stale ? 'whole stale' : 'whole'} aria-busy=${stale ? 'true' : 'false'}>
          ${this.#lead(all)} ${all.plan ? this.#plan(all.plan) : nothing}
        </div>
        ${count(all) > FEW ? this.#tools(all) : nothing} ${this.#list()}`,
    );
  }

  protected override renderEmpty(): unknown {
    const t = this.words(invoicesMessages);
    const contract = this.#contract;
    if (!contract) return this.#frame(this.#notice(t('empty.title'), t('empty.text')));
    if (this.#isReader) return this.#frame(this.#notice(t('reader.title'), t('reader.text', { holder: contract.holder })));
    const all = this.#all.data;
    const coming = all?.nextOn ? t('first.text', { day: this.#day(all.nextOn) }) : t('first.none');
    return this.#frame(html`${this.#notice(t('first.title'), coming)} ${all?.plan ? this.#plan(all.plan) : nothing}`);
  }

  protected override renderError(error: PortalError): unknown {
    return this.#frame(super.renderError(error));
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #isReader(): boolean {
    return this.#all.error?.kind === 'forbidden';
  }

  #contractQuestion(): Input<'listInvoices'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  #question(): Input<'listInvoices'> | undefined {
    const { year, show, search, order } = this;
    const contract = this.#contract;
    if (!contract) return undefined;
    return { contractId: contract.id, ...(year !== '' && { year }), ...(show !== '' && { show }), ...(search !== '' && { search }), ...(order !== 'newest' && { order }) };
  }

  #frame(content: unknown): TemplateResult {
    const t = this.words(invoicesMessages);
    return html`<section class="frame" aria-labelledby="title">
      <header class="head">
        <div id="title">${this.heading(t('title'))}</div>
        ${contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, t('contract'), (energy) => t(`energy.${energy}`))}
      </header>
      ${content} ${this.status()}
    </section>`;
  }

  #notice(title: string, text: string): TemplateResult {
    return html`<div class="notice" part="notice">${this.heading(title, 'notice-title', 1)}<p>${text}</p></div>`;
  }

  /** What is to be paid, until when; what is owed; what comes next. */
  #lead(all: InvoiceList): TemplateResult {
    const t = this.words(invoicesMessages);
    const { items, toPay, overdueSince, credit, nextOn } = all;
    // What is on its way is not asked for a second time.
    const confirming = sum(items.flatMap(({ state: stands, balance }) => (stands === 'confirming' ? [balance] : [])));
    const left = cents(toPay - confirming);
    return html`<div class=${overdueSince === null ? 'lead' : 'lead late'}>
      ${toPay > 0
        ? html`<p class="number"><span>${this.format.money(left > 0 ? left : confirming)}</span> <small>${t(left > 0 ? 'lead.to-pay' : 'lead.confirming')}</small></p>
            ${left > 0 && confirming > 0 ? html`<p>${t('lead.also-confirming', { amount: this.format.money(confirming) })}</p>` : nothing}`
        : html`<p class="nothing">${icon('check')}<span>${t('lead.nothing')}</span></p>`}
      ${overdueSince === null
        ? this.#nextDue(all)
        : html`<p class="strong warning">${icon('alert')}<span>${t('lead.overdue', { day: this.#day(overdueSince) })}</span></p>
            <p class="measure">${t('lead.overdue.help')}</p>
            <p class="links">${this.link('payment', t('lead.overdue.plan'))} ${this.link('contact', t('contact'))}</p>`}
      ${this.#nextPart(all)} ${this.#payAll(all)}
      ${credit > 0 ? html`<p class="measure"><span class="strong">${t('lead.credit', { amount: this.format.money(credit) })}</span> ${t('lead.credit.help')}</p>` : nothing}
      <p class="soft">${nextOn === null ? t('lead.last') : t('lead.next', { day: this.#day(nextOn) })}</p>
    </div>`;
  }

  /** All that can be paid at once. */
  #payAll({ items }: InvoiceList): unknown {
    const payable = items.filter(canBePaid).filter(({ state: stands }) => !stands.endsWith('planned')).slice(0, MOST_IN_A_PAYMENT);
    if (payable.length === 0 || !this.#canPay) return nothing;
    const t = this.words(invoicesMessages);
    return html`<button type="button" class=${this.returned ? 'button' : 'button primary'} data-act="pay" @click=${() => this.#pay(payable.map(({ id }) => id))}>${t('pay', { count: payable.length, amount: this.format.money(sum(payable.map(({ balance }) => balance))) })}</button>`;
  }

  /** What became of the payment that one comes back from, and of others that are under way. */
  #payments({ id: contractId }: Contract): unknown {
    const { returned } = this;
    const isHere = returned !== undefined && (returned.contractId ?? contractId) === contractId;
    const underWay = this.#offer.isPrevious ? [] : (this.#offer.data?.underWay ?? []).filter(({ id }) => !isHere || id !== returned.paymentId);
    const all = [...(isHere ? [returned.paymentId] : []), ...underWay.map(({ id }) => id)];
    if (all.length === 0 || !this.#canPay) return nothing;
    return this.onceHere(
      PAYMENT,
      () => html`<div class="payments">
        ${repeat(all, (id) => id, (id) => html`<oya-invoices-payment
          exportparts="notice, placeholder"
          .contractId=${contractId}
          .paymentId=${id}
          .isReturn=${isHere && id === returned.paymentId}
          .pay=${this.#pay}
          .close=${this.#closePayment}
          lang=${this.locale}
          heading-level=${this.headingLevel}
        ></oya-invoices-payment>`)}
      </div>`,
    );
  }

  #nextDue({ items }: InvoiceList): unknown {
    const t = this.words(invoicesMessages);
    const [first] = items.filter((invoice) => canBePaid(invoice) && !invoice.planned).sort((one, other) => ((one.dueOn ?? '') < (other.dueOn ?? '') ? -1 : 1));
    if (!first?.dueOn) return nothing;
    return html`<p>${t(first.state === 'debit-planned' ? 'lead.debit' : 'lead.due', { day: this.#day(first.dueOn) })}</p>`;
  }

  /** What a plan pays is within what is to be paid, but has days of its own. */
  #nextPart({ items }: InvoiceList): unknown {
    const planned = items.filter((invoice) => invoice.planned);
    const part = planned[0]?.planned;
    if (!part) return nothing;
    const { format } = this;
    return html`<p class="measure">${this.words(invoicesMessages)('lead.planned', { planned: format.money(sum(planned.map(({ balance }) => balance))), amount: format.money(part.amount), day: this.#day(part.nextOn) })} ${this.link('payment', this.words(invoicesMessages)('lead.planned.link'))}</p>`;
  }

  #plan({ period, settlementOn, instalments }: InstalmentPlan): TemplateResult {
    const t = this.words(invoicesMessages);
    const next = instalments.find(({ paidOn }) => paidOn === null);
    const rows = instalments.map(({ dueOn, amount, paidOn }) => ({
      head: this.#day(dueOn),
      cells: [this.format.money(amount), paidOn === null ? t('plan.coming') : html`<span class="with-icon">${icon('check')}<span>${t('plan.paid', { day: this.#day(paidOn) })}</span></span>`],
    }));
    return html`<section class="plan">
      ${this.heading(t('plan.title'), 'part-title', 1)}
      <p>${next ? t('plan.next', { amount: this.format.money(next.amount), day: this.#day(next.dueOn) }) : t('plan.all-paid')} ${t('plan.settlement', { day: this.#day(settlementOn) })}</p>
      <details>
        <summary>${t('plan.show', { count: instalments.length })}</summary>
        ${dataTable(t('plan.caption', { when: periodWords(period, t, this.format) }), [t('plan.day'), t('plan.amount'), t('plan.state')], rows, 'compact')}
      </details>
    </section>`;
  }

  #tools({ years }: InvoiceList): TemplateResult {
    const t = this.words(invoicesMessages);
    return html`<form class="tools" role="search" aria-label=${t('tools')} @submit=${(event: Event) => event.preventDefault()}>
      <label class="tool wide-tool">
        <span>${t('search')}</span>
        <input type="search" name="search" maxlength="60" autocomplete="off" .value=${this.search} aria-describedby="search-hint" @input=${this.#type} @search=${this.#type} />
        <span class="small soft" id="search-hint">${t('search.hint')}</span>
      </label>
      <label class="tool">
        <span>${t('year')}</span>
        <select name="year" @change=${(event: Event) => this.#ask(() => (this.year = valueOf(event)))}>
          <option value="" .selected=${this.year === ''}>${t('year.all')}</option>
          ${years.map(({ year, count: many }) => html`<option value=${year} .selected=${year === this.year}>${t('year.of', { year, count: many })}</option>`)}
        </select>
      </label>
      <label class="tool">
        <span>${t('show')}</span>
        <select name="show" @change=${(event: Event) => this.#ask(() => (this.show = valueOf(event) as InvoiceFilter | ''))}>
          <option value="" .selected=${this.show === ''}>${t('show.all')}</option>
          ${FILTERS.map((filter) => html`<option value=${filter} .selected=${filter === this.show}>${t(`show.${filter}`)}</option>`)}
        </select>
      </label>
      <label class="tool">
        <span>${t('order')}</span>
        <select name="order" @change=${(event: Event) => this.#ask(() => (this.order = valueOf(event) as InvoiceOrder))}>
          ${ORDERS.map((order) => html`<option value=${order} .selected=${order === this.order}>${t(`order.${order}`)}</option>`)}
        </select>
      </label>
    </form>`;
  }

  #list(): unknown {
    const t = this.words(invoicesMessages);
    const { data, status, error } = this.#found;
    if (status === 'error' && error) return this.errorNotice(error, () => void this.#found.refresh());
    if (!data) return html`<div class="placeholder" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`;
    const items = this.#shown;
    if (items.length === 0) {
      return html`<div class="notice" part="notice">
        ${this.heading(t('none.title'), 'notice-title', 1)}
        <p>${t('none.text')}</p>
        <button type="button" class="button" @click=${this.#showAll}>${t('none.action')}</button>
      </div>`;
    }
    const stale = this.#found.isPrevious;
    const isByDay = this.order === 'newest' || this.order === 'oldest';
    const groups: readonly (readonly [string, readonly Invoice[]])[] = isByDay ? [...Map.groupBy(items, ({ issuedOn }) => issuedOn.slice(0, 4))] : [['', items]];
    return html`<div class=${stale ? 'found stale' : 'found'} aria-busy=${stale ? 'true' : 'false'}>
      ${this.#selection(items, data)}
      ${repeat(groups, ([year]) => year, ([year, invoices]) => html`<section class="year">
          ${year === '' ? nothing : this.heading(year, 'part-title', 1)}
          <ul class="invoices">
            ${repeat(invoices, ({ id }) => id, (invoice) => this.#row(invoice))}
          </ul>
        </section>`)}
      ${this.#pages.at(-1)?.next === undefined
        ? nothing
        : html`<button type="button" class="button more" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#more}>${t(this.sending ? 'more.coming' : 'more')}</button>`}
      ${this.summary()}
    </div>`;
  }

  #row(invoice: Invoice): TemplateResult {
    const t = this.words(invoicesMessages);
    const { format } = this;
    const { id, contractId, number, issuedOn, payable, balance, state: stands, isEstimated } = invoice;
    const title = titleOf(invoice, t, format);
    const due = dueWords(invoice, t, format);
    return html`<li class="invoice" part="invoice">
      ${this.#canKeep
        ? html`<label class="pick"><input type="checkbox" .checked=${this.selected.has(id)} @change=${() => this.#toggle(invoice)} /><span class="visually-hidden">${t('select', { title: `${title}, ${number}` })}</span></label>`
        : nothing}
      <div class="which-one">
        <a class="name" data-invoice=${id} href=${withInvoice(location.hash, { contractId, invoiceId: id })} @click=${() => this.#ownClick({ contractId, invoiceId: id })}>${title}</a>
        <span class="soft small">${t('issued', { number, day: this.#day(issuedOn) })}${isEstimated ? html`, <span class="estimated">${t('estimated')}</span>` : nothing}</span>
      </div>
      <div class="stands">${stateBadge(stands, t)}${due === undefined ? nothing : html`<span class="small">${due}</span>`}</div>
      <div class="amount">
        <span class="strong">${format.money(payable)}</span>
        ${balance !== 0 && balance !== payable ? html`<span class="small soft">${t('left', { amount: format.money(balance) })}</span>` : nothing}
      </div>
    </li>`;
  }

  /** How many there are, and what to do with those that were chosen. */
  #selection(items: readonly Invoice[], { count: found }: InvoiceList): TemplateResult {
    const t = this.words(invoicesMessages);
    const { size } = this.selected;
    const whole = items.every(({ id }) => this.selected.has(id));
    const tooMany = size > MOST_IN_AN_ARCHIVE;
    return html`<div class="selection">
        ${this.#canKeep && items.length > 1
          ? html`<label class="all"><input type="checkbox" .checked=${whole} .indeterminate=${size > 0 && !whole} @change=${() => this.#toggleAll(items, !whole)} /><span>${t('select.all')}</span></label>`
          : nothing}
        <p class="soft" role="status">${t('count', { count: found })}</p>
      </div>
      ${size === 0
        ? nothing
        : html`<div class="chosen" role="group" aria-label=${t('selected', { count: size })}>
            <p class="strong">${t('selected', { count: size })}</p>
            ${tooMany ? html`<p class="small">${t('selected.too-many', { count: MOST_IN_AN_ARCHIVE })}</p>` : nothing}
            <div class="actions">
              ${this.#paySelected()}
              <button type="button" class="button" aria-disabled=${this.sending || tooMany ? 'true' : nothing} @click=${this.#keep}>${t(this.sending ? 'archive.preparing' : 'archive')}</button>
              <button type="button" class="button" @click=${() => (this.selected = new Map())}>${t('selected.none')}</button>
            </div>
          </div>`}`;
  }

  #paySelected(): unknown {
    const payable = [...this.selected.values()].filter(canBePaid);
    if (payable.length === 0 || payable.length > MOST_IN_A_PAYMENT || !this.#canPay) return nothing;
    const t = this.words(invoicesMessages);
    return html`<button type="button" class="button" data-act="pay-selected" @click=${() => this.#pay(payable.map(({ id }) => id))}>${t('pay', { count: payable.length, amount: this.format.money(sum(payable.map(({ balance }) => balance))) })}</button>`;
  }

  /** Not where the utility has no provider, nor before that is known. */
  get #canPay(): boolean {
    return (this.client?.supports(startPayment) ?? false) && this.#offer.data !== undefined;
  }

  get #canKeep(): boolean {
    return this.client?.supports(archiveInvoices) ?? false;
  }

  get #pages(): readonly InvoiceList[] {
    return this.#found.data ? [this.#found.data, ...this.further] : [];
  }

  get #shown(): readonly Invoice[] {
    return this.#pages.flatMap(({ items }) => items);
  }

  #day(day: Invoice['issuedOn']): string {
    return this.format.day(day, 'long');
  }

  /** Another question: what was chosen of the one before stays chosen only where it is still seen. */
  #ask(change: () => void): void {
    change();
    this.selected = new Map();
    this.forget();
  }

  #lookAnew(): void {
    this.year = '';
    this.show = '';
    this.search = '';
    this.selected = new Map();
    this.forget();
  }

  readonly #showAll = (): void => {
    this.#lookAnew();
    this.focusOn('[name=search]');
  };

  readonly #type = (event: Event): void => {
    const typed = valueOf(event).trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => typed !== this.search && this.#ask(() => (this.search = typed)), TYPING_MS);
  };

  #toggle(invoice: Invoice): void {
    const selected = new Map(this.selected);
    if (!selected.delete(invoice.id)) selected.set(invoice.id, invoice);
    this.selected = selected;
  }

  #toggleAll(items: readonly Invoice[], all: boolean): void {
    this.selected = new Map(all ? items.map((invoice) => [invoice.id, invoice]) : []);
  }

  /** The button stays in its place below: the focus goes to the first that came. */
  readonly #more = async (): Promise<void> => {
    const { client } = this;
    const question = this.#question();
    const after = this.#pages.at(-1)?.next;
    if (this.sending || !client || !question || after === undefined) return;
    const followed = this.#followed;
    this.sending = true;
    this.refusal = undefined;
    this.announcement = this.words(invoicesMessages)('more.coming');
    try {
      const page = await client.read(listInvoices, { ...question, after });
      // Something else is looked at meanwhile: what was read does not follow it.
      if (followed !== this.#followed) return;
      this.further = [...this.further, page];
      const [first] = page.items;
      if (first) this.focusOn(`[data-invoice='${CSS.escape(first.id)}']`);
      this.announcement = '';
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  };

  readonly #pay = (invoiceIds: readonly Invoice['id'][]): void => {
    this.paying = invoiceIds;
    this.forget();
  };

  readonly #stopPaying = (): void => {
    this.paying = undefined;
    this.focusOn('.title, .back');
  };

  /** The address says no more of it, so that a reload does not either. */
  readonly #closePayment = (): void => {
    this.returned = undefined;
    history.replaceState(history.state, '', withoutPayment(location.href));
    this.focusOn('.title');
  };

  readonly #keep = async (): Promise<void> => {
    const { client } = this;
    const contract = this.#contract;
    if (this.sending || !client || !contract || this.selected.size === 0 || this.selected.size > MOST_IN_AN_ARCHIVE) return;
    const t = this.words(invoicesMessages);
    const input = { contractId: contract.id, invoiceIds: [...this.selected.keys()], lang: this.locale };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('archive.preparing');
    try {
      savePortalFile(await this.#archive.send(input, (key) => client.write(archiveInvoices, input, key)));
      this.announcement = t('archive.saved');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      const { title, text } = this.failureWords(error);
      this.refuse({ title: t('archive.failed'), text: `${title}. ${text}`, error });
    } finally {
      this.sending = false;
    }
  };

  /** Back, forward, or a link: from an invoice, the focus goes back to where it was opened. */
  readonly #readAddress = (): void => {
    const before = this.opened;
    const now = invoiceIn(location.hash);
    if (before?.invoiceId === now?.invoiceId && before?.contractId === now?.contractId) return;
    this.paying = undefined;
    if (!now) return this.#closeInvoice();
    this.opened = now;
  };

  /** The browser follows the link; where it stands there already, nothing would tell. */
  #ownClick(name: InvoiceName): void {
    this.#wasAsked = true;
    if (invoiceIn(location.hash)?.invoiceId === name.invoiceId) this.opened = name;
  }

  readonly #closeInvoice = (): void => {
    const before = this.opened;
    this.opened = undefined;
    this.#wasAsked = false;
    if (before) this.focusOn(`[data-invoice='${CSS.escape(before.invoiceId)}']`);
  };
}

function valueOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

function count({ years }: InvoiceList): number {
  return years.reduce((total, { count: many }) => total + many, 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-invoices': OyaInvoices;
  }
}
