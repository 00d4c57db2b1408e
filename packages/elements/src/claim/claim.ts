import {
  addAttachment, ATTACHMENT_FAULTS, ATTACHMENT_TYPES, canBeContested, contestInvoice, createClaimFile, getInvoice, LARGEST_ATTACHMENT, listAttachments, listMeters, LONGEST_DISPUTE, MOST_ATTACHMENTS, PortalError, removeAttachment,
  type Attachment, type Input, type InvoiceDetails,
} from '@oya/contract';
import { Intent, OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
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

  readonly #details = new Resource(this, getInvoice, () => this.#name);
  readonly #waiting = new Resource(this, listAttachments, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#name && { contractId: this.#name.contractId }, { blocking: false });
  readonly #contest = new Intent();
  #shown: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readAddress();
    addEventListener('hashchange', this.#readAddress);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const shown = this.#name && `${this.#name.contractId}/${this.#name.invoiceId}`;
    const isAnother = this.isAnotherCustomer();
    if (shown === this.#shown && !isAnother) return;
    this.#shown = shown;
    // What was said of one invoice is not said of another.
    this.wordsTyped = this.draft;
    this.outcome = undefined;
    this.faults = [];
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
      ${files.length === 0
        ? nothing
        : html`<ul class="files">
            ${files.map(
              (file) => html`<li class="file">
                <span>${file.name} <span class="soft small">${t('size', { size: this.format.number(Math.ceil(file.size / 1000)) })}</span></span>
                <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#remove(file)}>${t('files.remove')} <span class="visually-hidden">${file.name}</span></button>
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

  get #attached(): readonly Attachment[] {
    return (this.#waiting.data?.items ?? []).slice(0, MOST_ATTACHMENTS);
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
    const { client } = this;
    if (this.sending || !client) return;
    const t = this.words(claimMessages);
    this.sending = true;
    this.outcome = undefined;
    this.faults = [];
    for (const file of files) {
      const { name } = file;
      this.announcement = t('files.adding', { name });
      try {
        const small = await shrunk(file);
        if (small.size > LARGEST_ATTACHMENT) throw new PortalError('invalid', { fields: [{ path: 'content', code: 'too-large' }] });
        if (this.#attached.length >= MOST_ATTACHMENTS) throw new PortalError('conflict', { code: 'too-many' });
        const content: Input<'addAttachment'> = { name: name.slice(-300), content: await base64Of(small) };
        const added = await new Intent().send(content, (key) => client.write(addAttachment, content, key));
        client.queries.setQueryData(client.keyOf(listAttachments, {}), { items: [...(this.#waiting.data?.items ?? []), added] });
        await this.updateComplete;
        this.announcement = t('files.added', { name: added.name });
      } catch (thrown) {
        const error = PortalError.from(thrown);
        if (error.kind === 'unauthenticated') break;
        this.faults = [...this.faults, this.#faultWords(error, name)];
      }
    }
    this.sending = false;
  }

  #faultWords({ code, fields }: PortalError, name: string): string {
    const t = this.words(claimMessages);
    const known = [...ATTACHMENT_FAULTS, 'scanner-away', 'too-many'] as const;
    const fault = known.find((each) => each === code || fields?.some((field) => field.code === each)) ?? 'other';
    return t(`fault.${fault}`, { name });
  }

  async #remove({ id: attachmentId, name }: Attachment): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const input: Input<'removeAttachment'> = { attachmentId };
    this.sending = true;
    this.faults = [];
    try {
      client.queries.setQueryData(client.keyOf(listAttachments, {}), await new Intent().send(input, (key) => client.write(removeAttachment, input, key)));
      this.announcement = this.words(claimMessages)('files.removed', { name });
      this.focusOn('input[type=file]');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  }

  async #save({ contractId, id: invoiceId }: InvoiceDetails, format: 'pdf' | 'zip'): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
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
    if (this.sending || !client || !name) return;
    const t = this.words(claimMessages);
    const words = this.wordsTyped.trim();
    if (words === '') return this.refuse({ title: t('fix'), fields: new Map([['words', t('words.empty')]]) });
    const input: Input<'contestInvoice'> = { ...name, words, attachmentIds: this.#attached.map(({ id }) => id) };
    this.#begin(t('sending'));
    try {
      noteInvoice(client, await this.#contest.send(input, (key) => client.write(contestInvoice, input, key)));
      client.queries.setQueryData(client.keyOf(listAttachments, {}), { items: [] });
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

declare global {
  interface HTMLElementTagNameMap {
    'oya-claim': OyaClaim;
  }
}
