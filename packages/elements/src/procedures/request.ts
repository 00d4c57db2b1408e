import {
  answerServiceRequest, getServiceRequest, isOpen, listContracts, LONGEST_REQUEST_WORDS, MOST_ATTACHMENTS, PortalError, withdrawServiceRequest,
  type Attachment, type AttachmentPurpose, type Input, type RequestStep, type ServiceRequestDetails, type Utility,
} from '@oya/contract';
import { Intent, OyaElement, Resource, type Messages, type Translate } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fieldStyles } from '../field.styles.ts';
import { OyaFileForm } from '../file-form/file-form.ts';
import { fileFormStyles } from '../file-form/file-form.styles.ts';
import { icon } from '../icons.ts';
import { drop, keep, kept } from '../light-form/kept.ts';
import { phoneWords } from '../light-form/phone-number.ts';
import { spaceStyles } from '../space.styles.ts';
import { formStyles } from './form.styles.ts';
import { requestMessages, type fr } from './request.messages.ts';
import { requestStyles } from './request.styles.ts';
import { tellDetails } from './telling.ts';
import { tellingMessages } from './telling.messages.ts';

/**
 * A request and every step of it, with who took it and when; what is asked of the customer is answered in place. Part of
 * `oya-procedures`, which fetches it.
 */
export class OyaProceduresRequest extends OyaFileForm {
  static override readonly messages = requestMessages;
  static override readonly sharedMessages: readonly Messages[] = [...OyaFileForm.sharedMessages, tellingMessages];
  static override readonly filesAreOptional = true;
  static override styles = [OyaElement.styles, spaceStyles, fieldStyles, fileFormStyles, formStyles, requestStyles];

  @property({ attribute: false }) requestId = '';
  /** It has just been sent. */
  @property({ attribute: false }) isNew = false;
  @property({ attribute: false }) utility: Utility | undefined;

  @state() private wordsTyped = '';
  @state() private outcome: string | undefined;
  @state() private asksToWithdraw = false;

  readonly #request = new Resource(this, getServiceRequest, () => (this.requestId === '' ? undefined : { serviceRequestId: this.requestId }));
  readonly #contracts = new Resource(this, listContracts, () => ({}), { blocking: false });
  readonly #intent = new Intent();
  #draftOf = '';
  #hadFocus = '';
  #seen: { readonly id: string; readonly steps: number } | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const draft = this.client?.customerId && this.requestId ? `oya-procedures:${this.client.customerId}:request:${this.requestId}` : '';
    if (draft !== this.#draftOf) {
      this.#draftOf = draft;
      this.wordsTyped = draft === '' ? '' : String(kept(draft) ?? '');
      this.outcome = undefined;
      this.asksToWithdraw = false;
      this.forget();
    }
    const request = this.#request.data;
    if (!request) return;
    // What comes while it is on view is said to who does not see it.
    if (this.#seen?.id === request.id && this.#seen.steps < request.steps.length && request.steps.at(-1)?.by === 'utility') this.announcement = this.t('arrived');
    this.#seen = { id: request.id, steps: request.steps.length };
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (this.state !== 'ready' || this.#hadFocus === this.requestId) return;
    this.#hadFocus = this.requestId;
    this.moveFocus('.title-line');
  }

  protected override renderReady(): unknown {
    const request = this.#request.data;
    if (!request) return nothing;
    const { t } = this;
    return html`<div class="frame">
      ${this.isNew && request.state === 'received' ? this.#sent(request) : html`<div class="title-line" tabindex="-1">${this.heading(t(`kind.${request.kind}`))}<p class="soft">${t('number', { number: request.number })}</p></div>`}
      ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`}
      ${request.state === 'waiting' ? nothing : this.summary()}
      <section class="part">${this.heading(t('steps'), 'part-title', 1)}${this.#steps(request)}</section>
      ${request.state === 'waiting' ? this.#answer() : nothing}
      <section class="part">${this.heading(t('details'), 'part-title', 1)}${this.#told(request)}</section>
      ${isOpen(request) ? this.#withdrawing(request) : nothing} ${request.state === 'refused' ? html`<p class="soft">${t('refused.help')}</p>` : nothing} ${this.status()}
    </div>`;
  }

  protected get t(): Translate<typeof fr> {
    return this.words(requestMessages);
  }

  protected override get purpose(): AttachmentPurpose | undefined {
    return this.#request.data?.state === 'waiting' ? { what: 'request', about: this.requestId } : undefined;
  }

  /** The end of the form: its number, and what follows. */
  #sent({ number, kind }: ServiceRequestDetails): TemplateResult {
    const { t } = this;
    return html`<section class="sent">
      <div class="title-line" tabindex="-1">${icon('check')} ${this.heading(t('sent.title'))}</div>
      <p class="request-number">${number}</p>
      <p>${t('sent.number', { number })}</p>
      ${this.heading(t('sent.next'), 'part-title', 1)}
      <ol>
        <li>${t('sent.next.1')}</li>
        <li>${t('sent.next.2')}</li>
        <li>${t(`sent.next.${kind}`)}</li>
      </ol>
    </section>`;
  }

  #steps({ steps }: ServiceRequestDetails): TemplateResult {
    const { t } = this;
    return html`<ol class="steps">
      ${steps.map((step, at) => html`<li class=${at === steps.length - 1 ? step.state : 'past'} aria-current=${at === steps.length - 1 ? 'step' : nothing}>
        <p><span class="strong">${t(step.by === 'customer' && step.state === 'in-progress' ? 'step.answered' : `step.${step.state}`)}</span> <span class="soft small">${this.#by(step)}</span></p>
        ${step.words === null ? nothing : html`<p class="words">${step.words}</p>`} ${this.#files(step.attachments ?? [])}
      </li>`)}
    </ol>`;
  }

  #by({ by, author, at }: RequestStep): string {
    const who = by === 'customer' ? this.t('you') : (author ?? this.utility?.name ?? '');
    return this.t('by', { who, when: this.format.dateTime(Date.parse(at)) });
  }

  #files(files: readonly Attachment[]): unknown {
    if (files.length === 0) return nothing;
    return html`<div class="buttons">${files.map((file) => html`<button type="button" class="button" @click=${() => void this.saveAttachment(file)}>${this.t('file', { name: file.name })}</button>`)}</div>`;
  }

  #told({ details, phone }: ServiceRequestDetails): TemplateResult {
    const rows = tellDetails(details, { t: this.words(tellingMessages), format: this.format, contracts: this.#contracts.data?.items ?? [], meters: [] });
    return html`<dl class="told">
      ${rows.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
      <div><dt>${this.t('phone')}</dt><dd>${phoneWords(phone)}</dd></div>
    </dl>`;
  }

  #answer(): TemplateResult {
    const { t } = this;
    return html`<form class="form answer" novalidate @submit=${(event: SubmitEvent) => void this.#send(event)}>
      ${this.heading(t('answer.title'), 'part-title', 1)} ${this.summary()}
      <div class="field">
        <label for=${this.idOf('words')}>${t('answer.words')}</label>
        ${this.fieldError('words')}
        <textarea id=${this.idOf('words')} rows="4" maxlength=${LONGEST_REQUEST_WORDS} .value=${this.wordsTyped} aria-invalid=${this.isRefused('words') ? 'true' : nothing} aria-describedby=${this.describedBy('words', 'kept')} @input=${this.#type}></textarea>
        <p class="soft small" id=${this.idOf('words-kept')}>${t('kept')}</p>
      </div>
      ${this.filesField({ label: t('files'), hint: t('files.hint', { count: MOST_ATTACHMENTS }), add: t('files.add') })}
      <div class="buttons">${this.submitButton(t('answer.send'), t('sending'))}</div>
    </form>`;
  }

  #withdrawing(request: ServiceRequestDetails): TemplateResult {
    const { t } = this;
    if (!this.asksToWithdraw) return html`<div class="buttons"><button type="button" class="button withdraw" @click=${() => this.#ask(true)}>${t('withdraw')}</button></div>`;
    return html`<div class="sure">
      <p class="strong question" tabindex="-1">${t('withdraw.sure')}</p>
      <div class="buttons">
        <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#withdraw(request)}>${t('withdraw.yes')}</button>
        <button type="button" class="button" @click=${() => this.#ask(false)}>${t('withdraw.no')}</button>
      </div>
    </div>`;
  }

  #ask(asks: boolean): void {
    this.asksToWithdraw = asks;
    this.focusOn(asks ? '.question' : '.withdraw');
  }

  readonly #type = (event: Event): void => {
    this.wordsTyped = (event.target as HTMLTextAreaElement).value;
    this.correct('words');
    if (this.#draftOf !== '') keep(this.#draftOf, this.wordsTyped);
  };

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { client, t } = this;
    if (this.sending || !client || this.isIncomplete()) return;
    const words = this.wordsTyped.trim();
    if (words === '') return this.refuse({ title: t('fix'), fields: new Map([['words', t('answer.empty')]]) });
    const attachmentIds = this.attached.map(({ id }) => id);
    const input: Input<'answerServiceRequest'> = { serviceRequestId: this.requestId, words, ...(attachmentIds.length > 0 && { attachmentIds }) };
    const draft = this.#draftOf;
    await this.#write(async () => {
      this.#keep(await this.#intent.send(input, (key) => client.write(answerServiceRequest, input, key)));
      drop(draft);
      this.forgetFiles(attachmentIds);
      this.wordsTyped = '';
      this.#tell(t('answer.sent'));
    });
  }

  async #withdraw({ id }: ServiceRequestDetails): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const input: Input<'withdrawServiceRequest'> = { serviceRequestId: id };
    await this.#write(async () => {
      this.#keep(await this.#intent.send(input, (key) => client.write(withdrawServiceRequest, input, key)));
      this.asksToWithdraw = false;
      this.#tell(this.t('withdrawn'));
    });
  }

  async #write(work: () => Promise<void>): Promise<void> {
    this.sending = true;
    this.refusal = undefined;
    this.outcome = undefined;
    this.announcement = this.t('sending');
    try {
      await work();
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (error.kind === 'unauthenticated') return;
      // Somebody of the utility was there first.
      if (error.kind === 'conflict') {
        await this.#request.refresh();
        this.asksToWithdraw = false;
        this.#tell(this.t('ended'));
        return;
      }
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  #tell(outcome: string): void {
    this.outcome = outcome;
    this.focusOn('.outcome');
  }

  #keep(request: ServiceRequestDetails): void {
    this.client?.queries.setQueryData(this.client.keyOf(getServiceRequest, { serviceRequestId: request.id }), request);
    void this.client?.queries.invalidateQueries({ queryKey: ['listServiceRequests'] });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-procedures-request': OyaProceduresRequest;
  }
}
