import {
  addAttachment, ATTACHMENT_FAULTS, ATTACHMENT_TYPES, canBeContested, contestInvoice, createClaimFile, getInvoice, isFor, LARGEST_ATTACHMENT, listAttachments, listMeters, LONGEST_DISPUTE, MOST_ATTACHMENTS, PortalError, removeAttachment, waitingLimit,
  type Attachment, type Input, type InvoiceDetails, type WaitingAttachment,
} from '@oya/contract';
import { Intent, OyaElement, Resource } from '@oya/core';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { invoiceIn, type InvoiceName } from '../invoice-address.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { noteInvoice } from '../note-invoice.ts';
import { savePortalFile } from '../save-file.ts';
import { spaceStyles } from '../space.styles.ts';
import { claimMessages } from './claim.messages.ts';
import { claimStyles } from './claim.styles.ts';
import { base64Of, shrunk } from './shrunk.ts';

const PHOTO = svg`<rect width="18" height="18" x="3" y="3" rx="2" ry="2"></rect><circle cx="9" cy="9" r="2"></circle><path d="m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21"></path>`;
const PAPER = svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z"></path>
  <path d="M14 2v5a1 1 0 0 0 1 1h5"></path><path d="M10 9H8"></path><path d="M16 13H8"></path><path d="M16 17H8"></path>`;

/** In bytes: from there on they are told in millions. */
const LARGE = 1_000_000;

/** A file on its way to the portal, which takes a while on a phone. */
interface Coming {
  readonly key: number;
  readonly file: File;
  readonly invoice: InvoiceName;
  readonly cancelled: AbortController;
  stage: 'waits' | 'prepares' | 'sends';
  /** In bytes: of the photo made small, once it is. */
  size: number;
  picture?: HTMLCanvasElement | undefined;
  /** It has come: the list has it soon. */
  id?: Attachment['id'];
}

let comings = 0;

/**
 * The claim file of one invoice: what it will hold, told honestly; the customer's words; photos and PDFs, made smaller and
 * freed of where they were taken before they leave the page. It is downloaded as PDF or ZIP, or contests the invoice.
 *
 * @summary The claim file of an invoice: words, photos, readings and measurements, to keep or to contest with.
 * @placeholder 30rem
 * @attr {string} invoice - id of the invoice, of the contract that `contract` names; default: the one that the page's address names (`#oya-invoice=<contract>/<invoice>`)
 * @csspart notice - A message in place of the form: an error, signed out, no invoice named.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaClaim extends OyaLightForm {
  static override readonly messages = claimMessages;
  static override styles = [OyaElement.styles, spaceStyles, claimStyles];

  @property() invoice: string | undefined;
  /** Words that were written elsewhere already. */
  @property({ attribute: false }) draft = '';

  @state() private asked: InvoiceName | undefined;
  @state() private wordsTyped = '';
  @state() private outcome: string | undefined;
  /** Of files that were not taken: a sentence each. */
  @state() private faults: readonly string[] = [];
  @state() private coming: readonly Coming[] = [];

  readonly #details = new Resource(this, getInvoice, () => this.#name);
  readonly #waiting = new Resource(this, listAttachments, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#name && { contractId: this.#name.contractId }, { blocking: false });
  readonly #contest = new Intent();
  /** Of photos that were chosen here: the portal gives none back. */
  readonly #pictures = new Map<Attachment['id'], HTMLCanvasElement>();
  /** While files are on their way. */
  #handingIn: Promise<void> | undefined;
  #shown: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readAddress();
    addEventListener('hashchange', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
    this.#cancelAll();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const shown = this.#name && `${this.#name.contractId}/${this.#name.invoiceId}`;
    const isAnother = this.isAnotherCustomer();
    this.#seeArrived();
    if (shown === this.#shown && !isAnother) return;
    this.#shown = shown;
    // What was said of one invoice is not said of another.
    this.wordsTyped = this.draft;
    this.outcome = undefined;
    this.faults = [];
    this.#cancelAll();
    if (isAnother) this.#pictures.clear();
    this.forget();
  }

  get #name(): InvoiceName | undefined {
    return this.invoice !== undefined && this.contract !== undefined ? { contractId: this.contract, invoiceId: this.invoice } : this.asked;
  }

  readonly #readAddress = (): void => {
    this.asked = invoiceIn(location.hash);
  };

  protected override isEmpty(): boolean {
    return this.#name === undefined;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(claimMessages);
    return this.notice(t('none.title'), t('none.text'), this.link('invoices', t('none.action'), 'button'));
  }

  protected override renderReady(): unknown {
    const details = this.#details.data;
    if (!details) return this.renderEmpty();
    const t = this.words(claimMessages);
    const canSend = this.client?.supports(contestInvoice) && canBeContested(details);
    return html`<form class="claim" novalidate @submit=${this.#send}>
      <header class="part">
        ${this.heading(t('title'))}
        <p>${t('text', { number: details.number, amount: this.format.money(details.total) })}</p>
      </header>
      ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`} ${this.summary()} ${this.#holds(details)}
      <div class="field">
        <label for=${this.idOf('words')}>${t('words')}</label>
        <p class="hint" id=${this.idOf('words-hint')}>${t('words.hint', { count: this.format.number(LONGEST_DISPUTE) })}</p>
        ${this.fieldError('words')}
        <textarea
          id=${this.idOf('words')}
          rows="5"
          maxlength=${LONGEST_DISPUTE}
          .value=${this.wordsTyped}
          aria-invalid=${this.isRefused('words') ? 'true' : nothing}
          aria-describedby=${this.describedBy('words', 'hint', 'kept')}
          @input=${this.#type}
        ></textarea>
        <p class="soft small" id=${this.idOf('words-kept')}>${t('words.kept')}</p>
      </div>
      ${this.#files()}
      <div class="buttons">
        ${canSend ? this.submitButton(t('send'), t('sending')) : nothing}
        ${(['pdf', 'zip'] as const).map((format) => html`<button type="button" class="button" data-act=${format} aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#save(details, format)}>${t(`save.${format}`)}</button>`)}
      </div>
      ${this.status()}
    </form>`;
  }

  #holds({ previousId, yearBeforeId }: InvoiceDetails): TemplateResult {
    const t = this.words(claimMessages);
    const meters = this.#meters.data?.items;
    const measured = meters && (meters.some(({ resolutions }) => resolutions.includes('half-hour')) ? 'curve' : meters.some(({ resolutions }) => resolutions.includes('day')) ? 'days' : 'none');
    const isCompared = previousId !== null || yearBeforeId !== null;
    const parts = (['bill', 'readings', measured, isCompared && 'compared', 'yours'] as const).filter((part) => part !== undefined && part !== false);
    return html`<section class="part">
      ${this.heading(t('holds'), 'part-title', 1)}
      <ul>
        ${parts.map((part) => html`<li>${t(`holds.${part}`)}</li>`)}
      </ul>
    </section>`;
  }

  #files(): TemplateResult {
    const t = this.words(claimMessages);
    const files = this.#attached;
    return html`<div class="field">
      <label for=${this.idOf('files')}>${t('files')}</label>
      <p class="hint" id=${this.idOf('files-hint')}>${t('files.hint', { count: MOST_ATTACHMENTS })}</p>
      <div role="alert">${this.faults.map((words) => html`<p class="field-error">${icon('alert')}<span>${words}</span></p>`)}</div>
      ${files.length + this.coming.length === 0
        ? nothing
        : html`<ul class="files">
            ${files.map(
              (file) => html`<li class="file">
                ${this.#picture(this.#pictures.get(file.id), file.mediaType !== 'application/pdf')}
                <span>${file.name} <span class="soft small">${this.#size(file.size)}</span></span>
                <button type="button" class="button" data-file=${file.id} aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#remove(file)}>${t('files.remove')} <span class="visually-hidden">${file.name}</span></button>
              </li>`,
            )}
            ${this.coming.map(
              (coming) => html`<li class="file ${coming.stage}">
                ${this.#picture(coming.picture, coming.file.type.startsWith('image/'))}
                <span>${coming.file.name} <span class="soft small">${this.#size(coming.size)}</span> <span class="small stage">${t(`files.${coming.stage}`)}</span></span>
                <button type="button" class="button" data-coming=${coming.key} @click=${() => this.#cancel(coming)}>${t('files.cancel')} <span class="visually-hidden">${coming.file.name}</span></button>
              </li>`,
            )}
          </ul>`}
      ${files.length >= MOST_ATTACHMENTS
        ? nothing
        : html`<p class="add">
            <input class="visually-hidden" id=${this.idOf('files')} type="file" multiple accept=${ATTACHMENT_TYPES.join(',')} aria-describedby=${this.idOf('files-hint')} @change=${this.#choose} />
            <label class="button" for=${this.idOf('files')}>${t('files.add')}</label>
          </p>`}
    </div>`;
  }

  #picture(picture: HTMLCanvasElement | undefined, isPhoto: boolean): TemplateResult {
    return html`<span class="picture" aria-hidden="true">${picture ?? icon(isPhoto ? PHOTO : PAPER)}</span>`;
  }

  #size(bytes: number): string {
    const t = this.words(claimMessages);
    return bytes < LARGE ? t('size', { size: this.format.number(Math.ceil(bytes / 1000)) }) : t('size.large', { size: this.format.number(bytes / LARGE, 1) });
  }

  /** All of the customer's, for whatever they wait. */
  get #everyWaiting(): readonly WaitingAttachment[] {
    return this.#waiting.data?.items ?? [];
  }

  get #attached(): readonly WaitingAttachment[] {
    const name = this.#name;
    return name ? this.#everyWaiting.filter((file) => isFor(file, { what: 'claim', ...name })).slice(0, MOST_ATTACHMENTS) : [];
  }

  readonly #type = (event: Event): void => {
    this.wordsTyped = (event.target as HTMLTextAreaElement).value;
    this.correct('words');
  };

  readonly #choose = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    await this.addFiles(files);
  };

  /** One after the other: a phone's connection carries no more, and each has its own answer. */
  async addFiles(files: readonly File[]): Promise<void> {
    const invoice = this.#name;
    if (this.sending || !invoice) return;
    this.coming = [...this.coming, ...files.map((file): Coming => ({ key: ++comings, file, invoice, cancelled: new AbortController(), stage: 'waits', size: file.size }))];
    if (!this.#handingIn) {
      this.outcome = undefined;
      this.faults = [];
      this.refusal = undefined;
      this.#handingIn = this.#handIn();
    }
    return this.#handingIn;
  }

  async #handIn(): Promise<void> {
    for (let next = this.#next; next; next = this.#next) {
      const coming = next;
      await this.#handInOne(coming);
      if (coming.id === undefined) this.coming = this.coming.filter((each) => each !== coming);
    }
    this.#handingIn = undefined;
  }

  get #next(): Coming | undefined {
    return this.coming.find(({ id }) => id === undefined);
  }

  async #handInOne(coming: Coming): Promise<void> {
    const { client } = this;
    if (!client) return;
    const t = this.words(claimMessages);
    const { file, invoice, cancelled } = coming;
    const purpose = { what: 'claim', ...invoice } as const;
    const { name } = file;
    const { signal } = cancelled;
    this.announcement = t('files.adding', { name });
    this.#turn(coming, { stage: 'prepares' });
    try {
      const { blob, picture } = await shrunk(file);
      this.#turn(coming, { stage: 'sends', size: blob.size, picture });
      if (blob.size > LARGEST_ATTACHMENT) throw new PortalError('invalid', { fields: [{ path: 'content', code: 'too-large' }] });
      const limit = waitingLimit(purpose, this.#everyWaiting);
      if (limit) throw new PortalError('conflict', { code: limit });
      const content: Input<'addAttachment'> = { name: name.slice(-300), content: await base64Of(blob), purpose };
      signal.throwIfAborted();
      const sent = new Intent().send(content, (key) => client.write(addAttachment, content, key, signal));
      const added = await orCancelled(sent, signal, ({ id }) => this.#drop(id));
      if (picture) this.#pictures.set(added.id, picture);
      this.#turn(coming, { id: added.id });
      this.#keep([...this.#everyWaiting, added]);
      this.announcement = t('files.added', { name: added.name });
    } catch (thrown) {
      if (signal.aborted) return;
      const error = PortalError.from(thrown);
      if (error.kind === 'unauthenticated') return this.#cancelAll();
      this.faults = [...this.faults, this.#faultWords(error, name)];
      // Another page may have handed in some that this one does not know.
      if (error.kind === 'conflict') void this.#waiting.refresh();
    }
  }

  #turn(coming: Coming, change: Partial<Coming>): void {
    Object.assign(coming, change);
    this.requestUpdate();
  }

  /** What has come stands in the list from now on, where the focus follows it. */
  #seeArrived(): void {
    const arrived = this.coming.filter(({ id }) => this.#everyWaiting.some((file) => file.id === id));
    if (arrived.length === 0) return;
    const focused = (this.renderRoot as ShadowRoot).activeElement?.getAttribute('data-coming');
    const followed = arrived.find(({ key }) => String(key) === focused);
    if (followed) this.focusOn(`[data-file='${CSS.escape(followed.id ?? '')}']`);
    this.coming = this.coming.filter((each) => !arrived.includes(each));
  }

  #cancel(coming: Coming): void {
    coming.cancelled.abort();
    this.coming = this.coming.filter((each) => each !== coming);
    this.announcement = this.words(claimMessages)('files.cancelled', { name: coming.file.name });
    this.focusOn('[data-coming], input[type=file]');
    // It may have arrived all the same: then it is shown.
    if (coming.stage === 'sends') void this.#waiting.refresh();
  }

  #cancelAll(): void {
    for (const { cancelled } of this.coming) cancelled.abort();
    this.coming = [];
  }

  #keep(items: readonly WaitingAttachment[]): void {
    this.client?.queries.setQueryData(this.client.keyOf(listAttachments, {}), { items });
  }

  #faultWords({ code, fields }: PortalError, name: string): string {
    const t = this.words(claimMessages);
    const known = [...ATTACHMENT_FAULTS, 'scanner-away', 'too-many', 'too-many-waiting'] as const;
    const fault = known.find((each) => each === code || fields?.some((field) => field.code === each)) ?? 'other';
    return t(`fault.${fault}`, { name });
  }

  async #remove({ id, name }: Attachment): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.faults = [];
    try {
      await this.#drop(id);
      this.announcement = this.words(claimMessages)('files.removed', { name });
      this.focusOn('input[type=file]');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  }

  async #drop(attachmentId: Attachment['id']): Promise<void> {
    const { client } = this;
    const input: Input<'removeAttachment'> = { attachmentId };
    await new Intent().send(input, async (key) => client?.write(removeAttachment, input, key));
    this.#forgetFiles([attachmentId]);
  }

  #forgetFiles(ids: readonly Attachment['id'][]): void {
    for (const id of ids) this.#pictures.delete(id);
    // Not what the answer lists: another may be on its way meanwhile.
    this.#keep(this.#everyWaiting.filter(({ id }) => !ids.includes(id)));
  }

  /** What is on its way is not left out unseen. */
  #isIncomplete(): boolean {
    if (!this.#handingIn) return false;
    const t = this.words(claimMessages);
    this.refuse({ title: t('coming.title'), text: t('coming.text') });
    return true;
  }

  async #save({ contractId, id: invoiceId }: InvoiceDetails, format: 'pdf' | 'zip'): Promise<void> {
    const { client } = this;
    if (this.sending || !client || this.#isIncomplete()) return;
    const t = this.words(claimMessages);
    const input: Input<'createClaimFile'> = { contractId, invoiceId, format, words: this.wordsTyped.trim(), attachmentIds: this.#attached.map(({ id }) => id), lang: this.locale };
    this.#begin(t('saving'));
    try {
      savePortalFile(await new Intent().send(input, (key) => client.write(createClaimFile, input, key)));
      this.announcement = t('saved');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      const { title, text } = this.failureWords(error);
      this.refuse({ title: t('save.failed'), text: `${title}. ${text}`, error });
    } finally {
      this.sending = false;
    }
  }

  readonly #send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client } = this;
    const name = this.#name;
    if (this.sending || !client || !name || this.#isIncomplete()) return;
    const t = this.words(claimMessages);
    const words = this.wordsTyped.trim();
    if (words === '') return this.refuse({ title: t('fix'), fields: new Map([['words', t('words.empty')]]) });
    const attachmentIds = this.#attached.map(({ id }) => id);
    const input: Input<'contestInvoice'> = { ...name, words, attachmentIds };
    this.#begin(t('sending'));
    try {
      noteInvoice(client, await this.#contest.send(input, (key) => client.write(contestInvoice, input, key)));
      this.#forgetFiles(attachmentIds);
      this.wordsTyped = '';
      this.outcome = t('sent');
      this.announcement = '';
      this.focusOn('.outcome');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (error.kind === 'unauthenticated') return;
      this.refuse(error.kind === 'conflict' ? { title: t('conflict.title'), text: t('conflict.text'), error } : { ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  };

  #begin(announcement: string): void {
    this.sending = true;
    this.refusal = undefined;
    this.outcome = undefined;
    this.announcement = announcement;
  }
}

/** Whoever cancels waits no longer, whether or not the adapter can stop; what came too late is taken back. */
function orCancelled<T>(work: Promise<T>, signal: AbortSignal, takeBack: (late: T) => Promise<void>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
      work.then(takeBack).catch(() => {});
    });
    work.then(resolve, reject);
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-claim': OyaClaim;
  }
}
