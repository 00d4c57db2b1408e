import {
  answerExpected, describeUtility, dialled, getThread, listContracts, listInvoices, listMeters, listThreads, LONGEST_MESSAGE, markThreadRead, MOST_ATTACHMENTS, PortalError, setThreadState, startThread, ThreadTopic, writeMessage,
  type AttachmentPurpose, type Contract, type Input, type LocalizedText, type Message, type Meter, type Thread, type ThreadDetails, type ThreadSubject,
} from '@oya/contract';
import { Intent, OyaElement, Resource, type Translate } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { fieldStyles } from '../field.styles.ts';
import { OyaFileForm } from '../file-form/file-form.ts';
import { fileFormStyles } from '../file-form/file-form.styles.ts';
import { icon } from '../icons.ts';
import { drop, keep, kept } from '../light-form/kept.ts';
import { messageIn, withMessage, type MessageName } from '../message-address.ts';
import { OyaMessageSentEvent } from '../message-sent.ts';
import { portalNow, portalToday } from '../portal-today.ts';
import { spaceStyles } from '../space.styles.ts';
import { typedIndex } from '../typed-index.ts';
import { messagesMessages, type fr } from './messages.messages.ts';
import { messagesStyles } from './messages.styles.ts';

const SEARCH_AFTER_MS = 300;

/**
 * What the customer and the utility write to each other: threads with what they are about, photos and documents, indexes that
 * the customer read themselves. An answer appears as it comes; by when one is to be expected is told before anything is sent.
 *
 * @summary Messages with the utility: write, read the answers, find them again.
 * @placeholder 30rem
 * @event {OyaMessageSentEvent} oya-message-sent - The customer has written. What, and about what, stays with the portal.
 * @csspart notice - A message in place of the threads: an error, signed out.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaMessages extends OyaFileForm {
  static override readonly messages = messagesMessages;
  static override readonly filesAreOptional = true;
  static override styles = [OyaElement.styles, spaceStyles, fieldStyles, fileFormStyles, messagesStyles];

  @state() private shown: MessageName | undefined;
  @state() private topic: ThreadTopic = 'invoice';
  @state() private contractId: Contract['id'] | undefined;
  @state() private invoiceId = '';
  @state() private wordsTyped = '';
  /** Register → as typed. */
  @state() private indexes: ReadonlyMap<string, string> = new Map();
  @state() private query = '';
  @state() private outcome: string | undefined;

  readonly #threads = new Resource(this, listThreads, () => (this.query === '' ? {} : { query: this.query }), { keepPrevious: true });
  readonly #thread = new Resource(this, getThread, () => (this.shown?.what === 'thread' ? { threadId: this.shown.id } : undefined), { blocking: false, keepPrevious: false });
  readonly #contracts = new Resource(this, listContracts, () => (this.#isWriting ? {} : undefined), { blocking: false });
  readonly #meters = new Resource(this, listMeters, () => (this.#isWriting && this.#contract ? { contractId: this.#contract.id } : undefined), { blocking: false });
  readonly #invoices = new Resource(this, listInvoices, () => (this.#isWriting && this.topic === 'invoice' && this.#contract ? { contractId: this.#contract.id } : undefined), { blocking: false });
  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  readonly #intent = new Intent();
  #searching: ReturnType<typeof setTimeout> | undefined;
  #draftOf = '';
  /** Of the thread on view, what was written last. */
  #seen: { readonly threadId: Thread['id']; readonly last: Message['id'] } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readAddress();
    addEventListener('hashchange', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
    clearTimeout(this.#searching);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isAnotherCustomer()) {
      this.shown = undefined;
      this.query = '';
    }
    this.#look();
    const draft = this.#draftKey;
    if (draft === this.#draftOf) return;
    this.#draftOf = draft;
    // What was written of one thing is not sent with another.
    this.wordsTyped = draft === '' ? '' : String(kept(draft) ?? '');
    if (this.wordsTyped === '' && this.shown?.what === 'reading') this.wordsTyped = this.t('reading.words');
    this.indexes = new Map();
    this.invoiceId = '';
    this.forget();
  }

  /** At the thread on view: what has come meanwhile is said, and read. */
  #look(): void {
    const thread = this.#openThread;
    const last = thread?.messages.at(-1);
    if (!thread || !last || this.#seen?.last === last.id) return;
    // What comes while it is on view is said to who does not see it.
    if (this.#seen?.threadId === thread.id && last.from === 'utility') this.announcement = this.t('arrived');
    this.#seen = { threadId: thread.id, last: last.id };
    if (thread.unread > 0) void this.#markRead(thread.id);
  }

  protected override get purpose(): AttachmentPurpose | undefined {
    if (!this.shown) return undefined;
    return { what: 'message', ...(this.shown.what === 'thread' && { threadId: this.shown.id }) };
  }

  protected override filesBegin(): void {
    this.outcome = undefined;
  }

  protected override renderReady(): unknown {
    const { t } = this;
    return html`<div class="frame">
      <div class="top">
        ${this.heading(t('title'))} ${this.#isWriting ? nothing : html`<button type="button" class="button primary" @click=${() => this.#show({ what: 'new', id: 'invoice' })}>${t('new')}</button>`}
      </div>
      <div class=${this.shown ? 'columns open' : 'columns'}>${this.#list()} ${this.shown ? html`<div class="pane">${this.#pane()}</div>` : nothing}</div>
      ${this.#contacts()} ${this.status()}
    </div>`;
  }

  // What it rests on

  protected get t(): Translate<typeof fr> {
    return this.words(messagesMessages);
  }

  get #isWriting(): boolean {
    return this.shown?.what === 'new' || this.shown?.what === 'reading';
  }

  get #contract(): Contract | undefined {
    const all = this.#contracts.data?.items;
    return all?.find(({ id }) => id === this.contractId) ?? chosenContract(this, all);
  }

  /** Which the indexes are of: the one that is named, else that of the contract. */
  get #meter(): Meter | undefined {
    const all = this.#meters.data?.items;
    return all?.find(({ id }) => id === this.shown?.id) ?? all?.[0];
  }

  get #openThread(): ThreadDetails | undefined {
    const { data } = this.#thread;
    return this.shown?.what === 'thread' && data?.id === this.shown.id ? data : undefined;
  }

  get #draftKey(): string {
    const { shown } = this;
    return shown && this.client?.customerId ? `oya-messages:${this.client.customerId}:${shown.what === 'thread' ? shown.id : shown.what}` : '';
  }

  // How it is shown

  #list(): TemplateResult {
    const { t } = this;
    const items = this.#threads.data?.items ?? [];
    return html`<div class="list">
      <div class="search">
        <label class="visually-hidden" for=${this.idOf('search')}>${t('search')}</label>
        <input id=${this.idOf('search')} type="search" placeholder=${t('search')} maxlength="200" .value=${this.query} @input=${this.#search} />
      </div>
      ${items.length === 0
        ? html`<p class="soft">${this.query === '' ? t('none') : t('search.none', { query: this.query })}</p>`
        : html`<ul class="threads">
            ${items.map((thread) => html`<li>
              <button type="button" class="thread" data-thread=${thread.id} aria-current=${this.shown?.id === thread.id ? 'true' : nothing} @click=${() => this.#show({ what: 'thread', id: thread.id })}>
                <span class="line"><span class="strong">${this.#titleOf(thread)}</span> <span class="soft small">${this.#when(thread.lastAt)}</span></span>
                <span class="small">${thread.preview}</span>
                <span class="small ${thread.unread > 0 ? 'badge' : 'soft'}">${thread.unread > 0 ? t('unread', { count: thread.unread }) : t(thread.state === 'closed' ? 'state.closed' : thread.lastFrom === 'utility' ? 'state.answered' : 'state.waiting')}</span>
              </button>
            </li>`)}
          </ul>`}
    </div>`;
  }

  #pane(): unknown {
    const back = html`<button type="button" class="button back" @click=${() => this.#show(undefined)}>${icon('back')}<span>${this.t('back')}</span></button>`;
    if (this.#isWriting) return html`${back} ${this.#newThread()}`;
    const { error } = this.#thread;
    const thread = this.#openThread;
    if (!thread) return html`${back} ${error ? this.errorNotice(error, () => void this.#thread.refresh()) : html`<div class="placeholder" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`}`;
    return html`${back} ${this.#conversation(thread)}`;
  }

  #conversation(thread: ThreadDetails): TemplateResult {
    const { t } = this;
    const isClosed = thread.state === 'closed';
    return html`<div class="head" tabindex="-1">${this.heading(this.#titleOf(thread), 'part-title', 1)}</div>
      <div class="log" role="log" aria-label=${t('log')} tabindex="-1">${thread.messages.map((message) => this.#message(message))}</div>
      ${thread.answerBy !== null && !isClosed ? html`<p class="soft">${t('answer.expected', { when: this.#when(thread.answerBy) })}</p>` : nothing}
      ${isClosed ? html`<p class="soft">${t('closed')}</p>` : nothing}
      <div class="buttons"><button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#setState(thread, isClosed ? 'open' : 'closed')}>${t(isClosed ? 'reopen' : 'close')}</button></div>
      ${this.#form(t('send.answer'), nothing, (event) => void this.#send(event))}`;
  }

  #message({ from, author, at, words, attachments = [], reading, readAt }: Message): TemplateResult {
    const { t } = this;
    return html`<article class="message ${from}">
      <p class="small"><span class="strong">${from === 'customer' ? t('you') : (author ?? t('utility'))}</span> <span class="soft">${this.#when(at)}${from === 'customer' && readAt !== null ? html`. ${t('read.at', { when: this.#when(readAt) })}` : nothing}</span></p>
      <p class="words">${words}</p>
      ${reading ? html`<p class="small">${t('reading.said', { day: this.format.day(reading.on, 'long') })}</p><dl>${reading.indexes.map(({ register, index }) => html`<div><dt class="soft small">${register}</dt><dd>${this.format.number(index)}</dd></div>`)}</dl>` : nothing}
      ${attachments.length === 0 ? nothing : html`<div class="buttons">${attachments.map((file) => html`<button type="button" class="button" @click=${() => void this.saveAttachment(file)}>${t('file', { name: file.name })}</button>`)}</div>`}
    </article>`;
  }

  #newThread(): TemplateResult {
    const { t, topic } = this;
    const contracts = this.#contracts.data?.items ?? [];
    const isReading = this.shown?.what === 'reading';
    const choice = html`
      ${isReading ? nothing : html`<div class="field">
        <label for=${this.idOf('topic')}>${t('topic')}</label>
        <select id=${this.idOf('topic')} @change=${(event: Event) => this.#chooseTopic((event.target as HTMLSelectElement).value)}>
          ${ThreadTopic.options.map((each) => html`<option value=${each} .selected=${each === topic}>${t(`topic.${each}`)}</option>`)}
        </select>
      </div>`}
      ${topic === 'outage' && !isReading ? html`<p class="field-error">${icon('alert')}<span>${t('outage.now')}</span></p>` : nothing}
      ${contracts.length > 1 && (topic !== 'other' || isReading) ? html`<div class="field">
        <label for=${this.idOf('contract')}>${t('contract')}</label>
        <select id=${this.idOf('contract')} @change=${(event: Event) => ((this.contractId = (event.target as HTMLSelectElement).value), (this.invoiceId = ''), (this.indexes = new Map()))}>
          ${contracts.map(({ id, energy, site }) => html`<option value=${id} .selected=${id === this.#contract?.id}>${t(`energy.${energy}`)}, ${site.label}, ${site.address}</option>`)}
        </select>
      </div>` : nothing}
      ${topic === 'invoice' && !isReading ? this.#invoiceChoice() : nothing} ${topic === 'reading' || isReading ? this.#indexFields() : nothing}`;
    return html`<div class="head" tabindex="-1">${this.heading(t('new'), 'part-title', 1)}</div> ${this.#form(t('send'), choice, (event) => void this.#send(event))}`;
  }

  #invoiceChoice(): unknown {
    const { t } = this;
    const invoices = this.#invoices.data?.items ?? [];
    if (invoices.length === 0) return nothing;
    return html`<div class="field">
      <label for=${this.idOf('invoice')}>${t('about.invoice')}</label>
      <select id=${this.idOf('invoice')} @change=${(event: Event) => (this.invoiceId = (event.target as HTMLSelectElement).value)}>
        <option value="" .selected=${this.invoiceId === ''}>${t('about.none')}</option>
        ${invoices.map(({ id, number, issuedOn, total }) => html`<option value=${id} .selected=${id === this.invoiceId}>${t('about.invoice.one', { label: number, day: this.format.day(issuedOn, 'long'), amount: this.format.money(total) })}</option>`)}
      </select>
    </div>`;
  }

  #indexFields(): unknown {
    const { t } = this;
    const meter = this.#meter;
    if (!meter) return nothing;
    return html`<fieldset class="index-fields">
      <legend>${t('reading.title')}</legend>
      <p class="hint">${t('about.meter.label', { label: meter.serialNumber })}. ${t('reading.hint')}</p>
      ${meter.registers.map(({ code }) => {
        const name = `index-${code}`;
        return html`<div class="field">
          <label for=${this.idOf(name)}>${code}</label>
          ${this.fieldError(name)}
          <input id=${this.idOf(name)} inputmode="numeric" autocomplete="off" maxlength="16" .value=${this.indexes.get(code) ?? ''} aria-invalid=${this.isRefused(name) ? 'true' : nothing} aria-describedby=${this.describedBy(name)} @input=${(event: Event) => this.#typeIndex(code, (event.target as HTMLInputElement).value)} />
        </div>`;
      })}
    </fieldset>`;
  }

  #form(send: string, choice: unknown, onSubmit: (event: SubmitEvent) => void): TemplateResult {
    const { t } = this;
    const service = this.#utility.data?.messages;
    return html`<form class="form" novalidate @submit=${onSubmit}>
      ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`} ${this.summary()} ${choice}
      <div class="field">
        <label for=${this.idOf('words')}>${t('words')}</label>
        ${this.fieldError('words')}
        <textarea id=${this.idOf('words')} rows="5" maxlength=${LONGEST_MESSAGE} .value=${this.wordsTyped} aria-invalid=${this.isRefused('words') ? 'true' : nothing} aria-describedby=${this.describedBy('words', 'kept')} @input=${this.#type}></textarea>
        <p class="soft small" id=${this.idOf('words-kept')}>${t('words.kept')}</p>
      </div>
      ${this.filesField({ label: t('files'), hint: t('files.hint', { count: MOST_ATTACHMENTS }), add: t('files.add') })}
      ${service && this.#openThread?.answerBy == null ? html`<p class="soft">${t('answer.by', { when: this.#when(answerExpected(portalNow(this), service, this.format.timeZone)) })}</p>` : nothing}
      <div class="buttons">${this.submitButton(send, t('sending'))}</div>
    </form>`;
  }

  #contacts(): unknown {
    const contacts = this.#utility.data?.contacts ?? [];
    if (contacts.length === 0) return nothing;
    return html`<section class="contacts">
      ${this.heading(this.t('contacts'), 'part-title', 1)}
      <ul>
        ${contacts.map(({ label, phone, email, hours }) => html`<li>
          <span class="soft small">${this.#said(label)}</span><br />
          ${phone ? html`<a dir="ltr" href=${dialled(phone)}>${phone}</a>` : nothing} ${phone && email ? html`<br />` : nothing} ${email ? html`<a href=${`mailto:${email}`}>${email}</a>` : nothing}
          ${hours ? html`<br /><span class="soft small">${this.#said(hours)}</span>` : nothing}
        </li>`)}
      </ul>
    </section>`;
  }

  #said(text: LocalizedText): string {
    return this.locale.startsWith('en') ? (text.en ?? text.fr) : text.fr;
  }

  #titleOf({ topic, about }: Pick<Thread, 'topic' | 'about'>): string {
    return about ? this.t(`about.${about.what}.label` satisfies `about.${ThreadSubject['what']}.label`, { label: about.label }) : this.t(`topic.${topic}`);
  }

  #when(at: string): string {
    return this.format.dateTime(Date.parse(at));
  }

  // What somebody does

  readonly #readAddress = (): void => {
    const named = messageIn(location.hash);
    if (JSON.stringify(named) === JSON.stringify(this.shown)) return;
    this.shown = named;
    this.outcome = undefined;
    const topic = ThreadTopic.options.find((each) => named?.what === 'new' && each === named.id);
    if (topic) this.topic = topic;
    if (named?.what === 'reading') this.topic = 'reading';
  };

  #show(message: MessageName | undefined): void {
    const from = this.shown?.id;
    this.shown = message;
    this.outcome = undefined;
    this.#seen = undefined;
    history.replaceState(history.state, '', withMessage(location.hash, message));
    this.focusOn(message ? '.pane .head' : `[data-thread='${CSS.escape(from ?? '')}'], .top .button`);
  }

  #chooseTopic(topic: string): void {
    this.topic = ThreadTopic.options.find((each) => each === topic) ?? 'other';
    this.indexes = new Map();
  }

  readonly #search = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#searching);
    this.#searching = setTimeout(() => (this.query = value.trim()), SEARCH_AFTER_MS);
  };

  readonly #type = (event: Event): void => {
    this.wordsTyped = (event.target as HTMLTextAreaElement).value;
    this.outcome = undefined;
    this.correct('words');
    if (this.#draftOf !== '') keep(this.#draftOf, this.wordsTyped);
  };

  #typeIndex(code: string, typed: string): void {
    this.indexes = new Map([...this.indexes, [code, typed]]);
    this.correct(`index-${code}`);
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { client, t } = this;
    if (this.sending || !client || !this.shown || this.isIncomplete()) return;
    const words = this.wordsTyped.trim();
    const meter = this.#isWriting && this.topic === 'reading' ? this.#meter : undefined;
    const typed = (meter?.registers ?? []).map(({ code, digits }) => ({ code, digits, text: (this.indexes.get(code) ?? '').trim() })).filter(({ text }) => text !== '');
    const fields = new Map<string, string>();
    const indexes = typed.flatMap(({ code, digits, text }) => {
      const { index } = typedIndex(text);
      if (index !== null && index < 10 ** digits) return [{ register: code, index }];
      fields.set(`index-${code}`, t('reading.fault', { register: code, count: digits }));
      return [];
    });
    if (words === '') fields.set('words', t('words.empty'));
    if (fields.size > 0) return this.refuse({ title: t('fix'), fields });
    const attachmentIds = this.attached.map(({ id }) => id);
    const said = { words, ...(attachmentIds.length > 0 && { attachmentIds }), ...(meter && indexes.length > 0 && { reading: { meterId: meter.id, on: portalToday(this, this.format.timeZone), indexes } }) };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('sending');
    const draft = this.#draftOf;
    try {
      const input: Input<'startThread'> | Input<'writeMessage'> = this.shown.what === 'thread' ? { threadId: this.shown.id, ...said } : { topic: this.topic, ...this.#about(meter), ...said };
      const thread = await this.#intent.send(input, (key) => ('threadId' in input ? client.write(writeMessage, input, key) : client.write(startThread, input, key)));
      drop(draft);
      this.forgetFiles(attachmentIds);
      this.#keepThread(thread);
      this.dispatchEvent(new OyaMessageSentEvent());
      this.#show({ what: 'thread', id: thread.id });
      this.wordsTyped = '';
      this.outcome = t('sent');
      this.announcement = '';
      this.focusOn('.outcome');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (error.kind === 'unauthenticated') return;
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  }

  #about(meter: Meter | undefined): Pick<Input<'startThread'>, 'about'> {
    const contract = this.#contract;
    if (!contract || this.topic === 'other') return {};
    if (this.topic === 'invoice') return this.invoiceId === '' ? {} : { about: { what: 'invoice', contractId: contract.id, invoiceId: this.invoiceId } };
    if (this.topic === 'reading') return meter ? { about: { what: 'meter', contractId: contract.id, meterId: meter.id } } : {};
    return { about: { what: 'contract', contractId: contract.id } };
  }

  async #setState({ id: threadId }: Thread, wanted: Thread['state']): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const input: Input<'setThreadState'> = { threadId, state: wanted };
    this.sending = true;
    this.refusal = undefined;
    try {
      this.#keepThread(await this.#intent.send(input, (key) => client.write(setThreadState, input, key)));
      this.announcement = this.t(wanted === 'closed' ? 'closed.said' : 'reopened.said');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  }

  /** Read, whether or not the portal can be told now: the next look tells it again. */
  async #markRead(threadId: Thread['id']): Promise<void> {
    const { client } = this;
    const input: Input<'markThreadRead'> = { threadId };
    try {
      if (client) this.#keepThread(await new Intent().send(input, (key) => client.write(markThreadRead, input, key)));
    } catch {
      this.#seen = undefined;
    }
  }

  #keepThread(thread: ThreadDetails): void {
    this.client?.queries.setQueryData(this.client.keyOf(getThread, { threadId: thread.id }), thread);
    void this.#threads.refresh();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-messages': OyaMessages;
  }
}
