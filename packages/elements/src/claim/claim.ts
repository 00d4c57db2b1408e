import {
  canBeContested, contestInvoice, createClaimFile, getInvoice, listMeters, LONGEST_DISPUTE, MOST_ATTACHMENTS, PortalError,
  type AttachmentPurpose, type Input, type InvoiceDetails,
} from '@oya/contract';
import { Intent, OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { invoiceIn, type InvoiceName } from '../invoice-address.ts';
import { OyaFileForm } from '../file-form/file-form.ts';
import { fileFormStyles } from '../file-form/file-form.styles.ts';
import { noteInvoice } from '../note-invoice.ts';
import { savePortalFile } from '../save-file.ts';
import { spaceStyles } from '../space.styles.ts';
import { claimMessages } from './claim.messages.ts';
import { claimStyles } from './claim.styles.ts';

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
export class OyaClaim extends OyaFileForm {
  static override readonly messages = claimMessages;
  static override styles = [OyaElement.styles, spaceStyles, fileFormStyles, claimStyles];

  @property() invoice: string | undefined;
  /** Words that were written elsewhere already. */
  @property({ attribute: false }) draft = '';

  @state() private asked: InvoiceName | undefined;
  @state() private wordsTyped = '';
  @state() private outcome: string | undefined;
  readonly #details = new Resource(this, getInvoice, () => this.#name);
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
        this.forget();
  }

  protected override get purpose(): AttachmentPurpose | undefined {
    const name = this.#name;
    return name && { what: 'claim', ...name };
  }

  protected override filesBegin(): void {
    this.outcome = undefined;
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
      ${this.filesField({ label: t('files'), hint: t('files.hint', { count: MOST_ATTACHMENTS }), add: t('files.add') })}
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

  readonly #type = (event: Event): void => {
    this.wordsTyped = (event.target as HTMLTextAreaElement).value;
    this.correct('words');
  };

  async #save({ contractId, id: invoiceId }: InvoiceDetails, format: 'pdf' | 'zip'): Promise<void> {
    const { client } = this;
    if (this.sending || !client || this.isIncomplete()) return;
    const t = this.words(claimMessages);
    const input: Input<'createClaimFile'> = { contractId, invoiceId, format, words: this.wordsTyped.trim(), attachmentIds: this.attached.map(({ id }) => id), lang: this.locale };
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
    if (this.sending || !client || !name || this.isIncomplete()) return;
    const t = this.words(claimMessages);
    const words = this.wordsTyped.trim();
    if (words === '') return this.refuse({ title: t('fix'), fields: new Map([['words', t('words.empty')]]) });
    const attachmentIds = this.attached.map(({ id }) => id);
    const input: Input<'contestInvoice'> = { ...name, words, attachmentIds };
    this.#begin(t('sending'));
    try {
      noteInvoice(client, await this.#contest.send(input, (key) => client.write(contestInvoice, input, key)));
      this.forgetFiles(attachmentIds);
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
