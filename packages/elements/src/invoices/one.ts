import {
  addDays, canBeContested, canBePaid, contestInvoice, countedByIndexes, createClaimFile, createInvoiceLink, getInvoice, getInvoiceFile, localDay, LONGEST_DISPUTE, PortalError, sum,
  type Energy, type IndexSpan, type Input, type Instant, type InvoiceDetails, type InvoiceLine, type InvoicePayment, type LocalDay,
} from '@oya/contract';
import { Intent, OyaElement, Resource, type Messages, type Part } from '@oya/core';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { fragmentFor, withInvoice, type InvoiceName } from '../invoice-address.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { noteInvoice } from '../note-invoice.ts';
import { savePortalFile } from '../save-file.ts';
import { spaceStyles } from '../space.styles.ts';
import { invoicesMessages } from './invoices.messages.ts';
import { badgeStyles } from './invoices.styles.ts';
import { oneMessages } from './one.messages.ts';
import { oneStyles } from './one.styles.ts';
import { dueWords, periodWords, SPEECH, stateBadge, titleOf } from './telling.ts';

const NARROW = '\u202f';
const NAMED_REGISTERS = ['BASE', 'HP', 'HC', 'HCJB', 'HPJB', 'HCJW', 'HPJW', 'HCJR', 'HPJR'] as const;
/** An address that opens once is not offered for longer than it may hold. */
const SHOWS_LINK_MS = 50_000;

const MORE = svg`<path d="m6 9 6 6 6-6"></path>`;
const OPEN = svg`<path d="M15 3h6v6"></path><path d="M10 14 21 3"></path><path d="M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6"></path>`;
const SAVE = svg`<path d="M12 15V3"></path><path d="M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"></path><path d="m7 10 5 5 5-5"></path>`;
const PRINT = svg`<path d="M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2"></path>
  <path d="M6 9V3a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6"></path><rect x="6" y="14" width="12" height="8" rx="1"></rect>`;

/** Few contest with files: what makes one comes when it is asked for. */
const CLAIM: Part = () => import('../claim/claim.define.ts').then(() => undefined);

type Act = 'open' | 'pdf' | 'xml' | 'contest';

/** One invoice with all that it charges, and what to do with it. Part of `oya-invoices`, which fetches it. */
export class OyaInvoicesOne extends OyaLightForm {
  static override readonly messages = oneMessages;
  static override readonly sharedMessages: readonly Messages[] = [...OyaLightForm.sharedMessages, invoicesMessages];
  static override styles = [OyaElement.styles, spaceStyles, badgeStyles, oneStyles];

  @property({ attribute: false }) invoice: InvoiceName | undefined;
  @property({ attribute: false }) energy: Energy = 'electricity';
  /** What was written and not sent yet, by invoice. */
  @property({ attribute: false }) drafts: Map<string, string> = new Map();
  /** Begins a payment; `undefined` where there is no way to pay here. */
  @property({ attribute: false }) pay: ((invoiceIds: readonly string[]) => void) | undefined;
  /** Goes back to the list where the address says so already, as a portal may have changed it meanwhile. */
  @property({ attribute: false }) close: () => void = () => {};
  /** It was asked for here: the focus comes along. */
  @property({ attribute: false }) takesFocus = false;

  @state() private doing: Act | undefined;
  /** How it is being contested, if it is: in words alone, or with a claim file. */
  @state() private contesting: 'words' | 'file' | undefined;
  /** The address of the PDF, where the browser did not open it by itself. */
  @state() private blockedLink: string | undefined;
  @state() private outcome: string | undefined;
  /** On a phone, what is done more seldom is asked for. */
  @state() private showsOthers = false;

  readonly #details = new Resource(this, getInvoice, () => this.invoice);
  readonly #contest = new Intent();
  #hadFocus: string | undefined;
  #told: string | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const id = this.invoice?.invoiceId;
    if (changed.has('invoice') && id !== this.#told) {
      this.#told = id;
      this.contesting = undefined;
      this.outcome = undefined;
      this.blockedLink = undefined;
      this.showsOthers = false;
      this.forget();
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const id = this.invoice?.invoiceId;
    if (!this.takesFocus || this.#hadFocus === id) return;
    if (this.state !== 'ready') {
      // It went with what stood here before: meanwhile the keyboard must not start anew at the top of the page.
      if (document.activeElement === document.body) this.moveFocus('.placeholder');
      return;
    }
    this.#hadFocus = id;
    this.moveFocus('.title');
  }

  protected override renderError(error: PortalError): unknown {
    const t = this.words(oneMessages);
    return html`${this.#back()} ${error.kind === 'not-found' ? this.notice(t('missing.title'), t('missing.text')) : super.renderError(error)}`;
  }

  protected override renderReady(): unknown {
    const details = this.#details.data;
    if (!details) return nothing;
    return html`<article class="one">
      ${this.#back()} ${this.#head(details)} ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`}
      ${this.#actions(details)} ${this.#stands(details)} ${this.contesting === 'file' ? this.#claim(details) : this.contesting === 'words' ? this.#contestForm(details) : nothing}
      <div class="columns">
        ${this.#lines(details)}
        <div class="side">${this.#totals(details)} ${this.#payments(details)}</div>
      </div>
      ${this.status()}
    </article>`;
  }

  #back(): TemplateResult {
    const hash = withInvoice(location.hash, undefined);
    return html`<a class="back" href=${hash} @click=${() => location.hash === hash && this.close()}>${icon('back')}<span>${this.words(oneMessages)('back')}</span></a>`;
  }

  #head(details: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    const shared = this.words(invoicesMessages);
    const { format } = this;
    const { kind, number, issuedOn, about, payable, balance, period, planned, state: stands } = details;
    const due = dueWords(details, shared, format);
    const money = (amount: number) => format.money(amount);
    return html`<header class="head">
      ${this.heading(titleOf(details, shared, format))}
      <p class="number"><span>${money(Math.abs(payable))}</span> <small>${t(payable < 0 ? 'payable.credit' : canBePaid(details) ? 'payable' : 'payable.whole')}</small></p>
      <p class="stands">${stateBadge(stands, shared)}${due === undefined || planned ? nothing : html`<span>${due}</span>`}</p>
      ${planned ? html`<p>${t(planned.nextOn === planned.until ? 'planned.last' : 'planned', { amount: money(planned.amount), day: this.#day(planned.nextOn), until: this.#day(planned.until) })} ${this.link('payment', shared('lead.planned.link'))}</p>` : nothing}
      ${balance > 0 && balance !== payable ? html`<p>${t('left', { amount: money(balance) })}</p>` : nothing}
      <p class="soft">
        ${t(kind === 'credit-note' ? 'issued.credit-note' : 'issued', { number, day: this.#day(issuedOn) })}. ${about === null ? nothing : t('about', { number: about })}
        ${kind === 'credit-note' ? nothing : html`<br />${t('period', { when: periodWords(period, shared, format) })}.`}
      </p>
    </header>`;
  }

  /** What people come for stands first; the rest waits behind one button where a phone has no room for a row. */
  #actions(details: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    const { contractId, id: invoiceId } = details;
    const { client } = this;
    const route = client?.route('bill');
    const canPay = this.pay !== undefined && canBePaid(details);
    return html`<div class="actions" role="group" aria-label=${t('actions')}>
        ${!canPay && route === undefined
          ? nothing
          : html`<div class="main">
              ${canPay ? html`<button type="button" class=${details.planned ? 'button' : 'button primary'} data-act="pay" @click=${() => this.pay?.([invoiceId])}>${t('pay', { amount: this.format.money(details.balance) })}</button>` : nothing}
              ${route === undefined ? nothing : this.link('bill', t('explain'), 'button', { fragment: fragmentFor(route, { contractId, invoiceId }) })}
            </div>`}
        ${this.#others(details)}
      </div>
      ${this.blockedLink === undefined
        ? nothing
        : html`<p class="blocked">${t('open.blocked')} <a href=${this.blockedLink} target="_blank" rel="noopener" @click=${() => (this.blockedLink = undefined)}>${t('open.blocked.action')}</a></p>`}
      ${this.doing === 'contest' ? nothing : this.summary()}`;
  }

  #others(details: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    const { client } = this;
    const canOpen = client?.supports(createInvoiceLink) ?? false;
    const canKeep = client?.supports(getInvoiceFile) ?? false;
    const canContest = (client?.supports(contestInvoice) ?? false) && canBeContested(details);
    // Two more need no button to bring them.
    const shut = (canOpen || canKeep) && !this.showsOthers;
    return html`${canOpen || canKeep
        ? html`<button type="button" class="more" aria-expanded=${shut ? 'false' : 'true'} aria-controls=${this.idOf('others')} @click=${() => (this.showsOthers = shut)}>
            <span>${t(canContest ? 'more.contest' : 'more')}</span>${icon(MORE)}
          </button>`
        : nothing}
      <div class=${shut ? 'others shut' : 'others'} id=${this.idOf('others')}>
        ${canOpen
          ? this.#act('open', html`${icon(OPEN)}<span>${t(this.#isDoing('open') ? 'open.sending' : 'open')} <span class="visually-hidden">${t('open.hint')}</span></span>`, () => void this.#open(details))
          : nothing}
        ${canKeep
          ? html`${this.#act('pdf', html`${icon(SAVE)}<span>${t(this.#isDoing('pdf') ? 'save.sending' : 'save')}</span>`, () => void this.#save(details, 'pdf'))}
            ${this.#act('xml', html`${icon(SAVE)}<span>${t(this.#isDoing('xml') ? 'save.sending' : 'save.xml')}</span>`, () => void this.#save(details, 'xml'))}`
          : nothing}
        ${this.#act('print', html`${icon(PRINT)}<span>${t('print')}</span>`, () => window.print())}
        ${canContest && this.contesting === undefined ? this.#act('contest', html`${icon(SPEECH)}<span>${t('contest')}</span>`, () => this.#startContest()) : nothing}
      </div>`;
  }

  #act(name: Act | 'print', content: unknown, act: () => void): TemplateResult {
    return html`<button type="button" class="other" data-act=${name} aria-disabled=${this.sending ? 'true' : nothing} @click=${act}>${content}</button>`;
  }

  #isDoing(act: Act): boolean {
    return this.sending && this.doing === act;
  }

  /** What else there is to know before its lines. */
  #stands(details: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    return html`${this.#dispute(details)} ${details.isEstimated ? html`<div class="aside"><p class="strong">${t('estimated.title')}</p><p>${t('estimated.text')}</p></div>` : nothing}`;
  }

  #dispute({ dispute }: InvoiceDetails): unknown {
    if (!dispute) return nothing;
    const t = this.words(oneMessages);
    const { openedAt, words, answeredAt, answer, attachments = [] } = dispute;
    return html`<section class="aside">
      ${this.heading(t(answeredAt === null ? 'dispute.title' : 'dispute.title.answered'), 'part-title', 1)}
      <p class="soft small">${t('dispute.opened', { day: this.#dayOf(openedAt) })}</p>
      <blockquote dir="auto">${words}</blockquote>
      ${attachments.length === 0 ? nothing : html`<p class="soft small">${t('dispute.files', { names: attachments.map(({ name }) => name).join(', ') })}</p>`}
      ${answeredAt === null
        ? html`<p>${t('dispute.waiting')}</p>`
        : html`<p class="soft small">${t('dispute.answered', { day: this.#dayOf(answeredAt) })}</p>
            <blockquote dir="auto">${answer}</blockquote>`}
    </section>`;
  }

  #contestForm({ id }: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    return html`<form class="contest" novalidate @submit=${this.#sendContest}>
      ${this.heading(t('contest.title'), 'part-title', 1)}
      <p class="measure">${t('contest.text')}</p>
      ${this.doing === 'contest' ? this.summary() : nothing}
      <div class="field">
        <label for=${this.idOf('words')}>${t('contest.label')}</label>
        <p class="hint" id=${this.idOf('words-hint')}>${t('contest.hint', { count: this.format.number(LONGEST_DISPUTE) })}</p>
        ${this.fieldError('words')}
        <textarea
          id=${this.idOf('words')}
          name="words"
          rows="5"
          required
          maxlength=${LONGEST_DISPUTE}
          .value=${this.drafts.get(id) ?? ''}
          aria-invalid=${this.isRefused('words') ? 'true' : nothing}
          aria-describedby=${this.describedBy('words', 'hint', 'kept')}
          @input=${(event: Event) => this.#write(id, (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        <p class="soft small" id=${this.idOf('words-kept')}>${t('contest.kept')}</p>
      </div>
      <div class="buttons">
        ${this.submitButton(t('contest.send'), t('contest.sending'))}
        ${this.client?.supports(createClaimFile) ? html`<button type="button" class="button" @click=${() => (this.contesting = 'file')}>${t('contest.file')}</button>` : nothing}
        <button type="button" class="button" @click=${this.#leaveContest}>${t('contest.cancel')}</button>
      </div>
    </form>`;
  }

  #claim({ contractId, id }: InvoiceDetails): unknown {
    return this.whenHere(
      CLAIM,
      () => html`<oya-claim exportparts="notice, placeholder" contract=${contractId} invoice=${id} lang=${this.locale} heading-level=${this.headingLevel + 1} .draft=${this.drafts.get(id) ?? ''}></oya-claim>
        <div class="buttons"><button type="button" class="button" @click=${this.#leaveContest}>${this.words(oneMessages)('contest.close')}</button></div>`,
    );
  }

  #lines({ bill }: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    const of = (...what: InvoiceLine['what'][]) => bill.lines.filter((line) => what.includes(line.what));
    return html`<section class="lines">
      <div>
        ${this.heading(t('lines'), 'part-title', 1)}
        <p class="soft small">${t('without-vat')}</p>
      </div>
      ${this.#group('standing-charge', of('standing-charge').map((line) => this.#line(line)), of('standing-charge'))}
      ${this.#group('energy', of('energy').map((line) => this.#line(line)), of('energy'), bill.network === undefined ? nothing : html`<p class="small soft">${t(`network.${this.energy}`, { amount: this.format.money(bill.network) })}</p>`)}
      ${this.#group('taxes', of('excise', 'cta').map((line) => this.#line(line)), of('excise', 'cta'))}
      ${this.#group(
        'given-back',
        bill.givenBack.map(({ invoiceId, line }) => this.#line(line, t('given-back.of', { number: invoiceId }))),
        bill.givenBack.map(({ line }) => line),
        html`<p class="small soft">${t('given-back.text')}</p>`,
      )}
    </section>`;
  }

  #group(name: 'standing-charge' | 'energy' | 'taxes' | 'given-back', rows: readonly TemplateResult[], lines: readonly InvoiceLine[], note: unknown = nothing): unknown {
    if (rows.length === 0) return nothing;
    const t = this.words(oneMessages);
    return html`<section class="group">
      <div class="group-head">${this.heading(t(`group.${name}`), 'group-title', 2)} ${rows.length > 1 ? html`<p class="strong">${this.format.money(sum(lines.map(({ net }) => net)))}</p>` : nothing}</div>
      <ul>
        ${rows}
      </ul>
      ${note}
    </section>`;
  }

  #line(line: InvoiceLine, origin?: string): TemplateResult {
    const parts = [this.#days(line), ...this.#reckoning(line), ...(origin === undefined ? [] : [origin])];
    return html`<li>
      <div>
        <p>${this.#nameOf(line)}</p>
        ${parts.map((part) => html`<p class="soft small">${part}</p>`)}
      </div>
      <p class="net">${this.format.money(line.net)}</p>
    </li>`;
  }

  #nameOf(line: InvoiceLine): string {
    const t = this.words(oneMessages);
    if (line.what !== 'energy') return t(`what.${line.what}`);
    if (this.energy === 'gas') return t('register.gas');
    const known = NAMED_REGISTERS.find((register) => register === line.register);
    return known ? t(`register.${known}`) : t('register.other', { register: line.register });
  }

  #days({ from, to }: InvoiceLine): string {
    const t = this.words(oneMessages);
    const last = addDays(to, -1);
    return last <= from ? t('line.day', { from: this.#day(from) }) : t('line.days', { from: this.#day(from), to: this.#day(last) });
  }

  /** How a line comes to its amount, a step each. */
  #reckoning(line: InvoiceLine): string[] {
    const t = this.words(oneMessages);
    const { format } = this;
    switch (line.what) {
      case 'standing-charge':
        return [t('line.standing-charge', { price: format.unitPrice(line.price) })];
      case 'energy':
        return [...this.#index(line.index), t('line.energy', { energy: this.#energy(line.wattHours), price: format.unitPrice(line.price) })];
      case 'excise':
        return [t('line.excise', { energy: this.#energy(line.wattHours), price: format.unitPrice(line.rate) })];
      case 'cta':
        return [t('line.cta', { rate: format.percent(line.rate / 10_000, 2), base: format.money(line.base) })];
      default:
        return line satisfies never;
    }
  }

  #index(span: IndexSpan): string[] {
    const { start, end, startQuality, endQuality, wattHoursPerCubicMetre } = span;
    const t = this.words(oneMessages);
    const { format } = this;
    return [
      t('line.index', { start: format.number(start), end: format.number(end), startQuality: t(`quality.${startQuality}`), endQuality: t(`quality.${endQuality}`) }),
      ...(wattHoursPerCubicMetre === undefined ? [] : [t('line.gas', { volume: format.number(countedByIndexes(span)), coefficient: format.number(wattHoursPerCubicMetre / 1000, 2) })]),
    ];
  }

  /** Invoices count whole kWh of electricity: a decimal is told only where there is one. */
  #energy(wattHours: number): string {
    return `${this.format.number(wattHours / 1000, wattHours % 1000 === 0 ? 0 : 3)}${NARROW}kWh`;
  }

  #totals({ bill: { totals }, instalments, payments, payable, balance, kind }: InvoiceDetails): TemplateResult {
    const t = this.words(oneMessages);
    const { format } = this;
    const settled = sum(instalments.map(({ amount }) => amount));
    const paid = sum(payments.map(({ amount }) => amount));
    const row = (name: string, amount: number, className = '') => html`<div class=${className}><dt>${name}</dt><dd>${format.money(amount)}</dd></div>`;
    return html`<section class="totals">
      ${this.heading(t('totals'), 'part-title', 1)}
      <dl>
        ${row(t('net'), totals.net)} ${totals.vat.map(({ rate, net, vat }) => row(t('vat', { rate: format.percent(rate / 10_000, 2), net: format.money(net) }), vat))} ${row(t('total'), totals.total, 'sum')}
        ${kind === 'settlement'
          ? html`${row(t('instalments'), -settled)} ${payable < 0 ? row(t('to-give'), -payable, 'sum') : row(t('to-pay'), payable, 'sum')}`
          : nothing}
        ${paid === 0 ? nothing : paid < 0 ? row(t('given-back'), -paid) : row(t('paid'), -paid)}
        ${paid === 0 && kind !== 'settlement' ? nothing : balance < 0 ? row(t('balance.credit'), -balance, 'sum') : row(t('balance'), balance, 'sum')}
      </dl>
    </section>`;
  }

  #payments({ instalments, payments, payable }: InvoiceDetails): unknown {
    const t = this.words(oneMessages);
    return html`${payments.length === 0 && payable <= 0
        ? nothing
        : html`<section class="payments">
            ${this.heading(t('payments.title'), 'part-title', 1)}
            ${payments.length === 0 ? html`<p>${t('payments.none')}</p>` : this.#paymentList(payments)}
          </section>`}
      ${instalments.length === 0
        ? nothing
        : html`<details class="payments">
            <summary>${t('instalments.title')}</summary>
            ${this.#paymentList(instalments)}
          </details>`}`;
  }

  #paymentList(payments: readonly InvoicePayment[]): TemplateResult {
    const t = this.words(oneMessages);
    return html`<ul>
      ${payments.map(
        ({ paidOn, amount, means }) =>
          html`<li>${t(amount < 0 ? 'payment.back' : 'payment', { amount: this.format.money(Math.abs(amount)), means: t(`means.${means}`), day: this.#day(paidOn) })}</li>`,
      )}
    </ul>`;
  }

  #day(day: LocalDay): string {
    return this.format.day(day, 'long');
  }

  #dayOf(at: Instant): string {
    return this.#day(localDay(Date.parse(at), this.format.timeZone));
  }

  /** The tab opens at once, as browsers let nothing open that does not follow a click; its address comes after. */
  async #open({ contractId, id: invoiceId }: InvoiceDetails): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const t = this.words(oneMessages);
    const tab = window.open('', '_blank');
    this.#begin('open', t('open.sending'));
    this.blockedLink = undefined;
    const input: Input<'createInvoiceLink'> = { contractId, invoiceId, lang: this.locale };
    try {
      // Each address opens once: no two tries are the same intent.
      const { url } = await new Intent().send(input, (key) => client.write(createInvoiceLink, input, key));
      const address = new URL(url, location.href).href;
      if (tab && !tab.closed) {
        // What opens there is no business of this page, nor the other way round.
        tab.opener = null;
        tab.location.replace(address);
        this.announcement = '';
      } else {
        this.blockedLink = address;
        this.announcement = t('open.blocked');
        setTimeout(() => this.blockedLink === address && (this.blockedLink = undefined), SHOWS_LINK_MS);
      }
    } catch (thrown) {
      tab?.close();
      this.#fail(thrown, t('open.failed'));
    } finally {
      this.sending = false;
    }
  }

  async #save({ contractId, id: invoiceId }: InvoiceDetails, format: 'pdf' | 'xml'): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const t = this.words(oneMessages);
    this.#begin(format, t('save.sending'));
    try {
      savePortalFile(await client.read(getInvoiceFile, { contractId, invoiceId, format, lang: this.locale }));
      this.announcement = t('save.done');
    } catch (thrown) {
      this.#fail(thrown, t('save.failed'));
    } finally {
      this.sending = false;
    }
  }

  #startContest(): void {
    this.forget();
    this.outcome = undefined;
    this.doing = 'contest';
    this.contesting = 'words';
    this.focusOn('textarea');
  }

  readonly #leaveContest = (): void => {
    this.contesting = undefined;
    this.showsOthers = true;
    this.forget();
    // Where it was begun, if it still can be: what has been sent cannot be sent again.
    this.focusOn('[data-act=contest], .one:not(:has([data-act=contest])) [data-act=print]');
  };

  #write(id: string, words: string): void {
    this.drafts.set(id, words);
    this.correct('words');
  }

  readonly #sendContest = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, invoice } = this;
    if (this.sending || !client || !invoice) return;
    const t = this.words(oneMessages);
    const words = (this.drafts.get(invoice.invoiceId) ?? '').trim();
    if (words === '') {
      this.doing = 'contest';
      return this.refuse({ title: t('contest.fix'), fields: new Map([['words', t('contest.empty')]]) });
    }
    const input: Input<'contestInvoice'> = { ...invoice, words };
    this.#begin('contest', t('contest.sending'));
    try {
      const details = await this.#contest.send(input, (key) => client.write(contestInvoice, input, key));
      this.drafts.delete(invoice.invoiceId);
      noteInvoice(client, details);
      this.contesting = undefined;
      this.outcome = t('contest.done');
      this.announcement = '';
      this.focusOn('.outcome');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (error.kind === 'unauthenticated') return;
      if (error.kind === 'conflict') {
        void this.#details.refresh();
        return this.refuse({ title: t('contest.conflict.title'), text: t('contest.conflict.text'), error });
      }
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  };

  #begin(act: Act, announcement: string): void {
    this.doing = act;
    this.sending = true;
    this.refusal = undefined;
    this.outcome = undefined;
    this.announcement = announcement;
  }

  #fail(thrown: unknown, what: string): void {
    const error = PortalError.from(thrown);
    const { title, text } = this.failureWords(error);
    this.refuse({ title: what, text: `${title}. ${text}`, error });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-invoices-one': OyaInvoicesOne;
  }
}
