import { getConsentReceipt, listConsentEvents, listConsents, localDay, PortalError, type ConsentEvent, type Meter, type Page } from '@oya/contract';
import { localized, OyaElement, Resource } from '@oya/core';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { consentFailureMessages } from '../consent-failure.messages.ts';
import { dataTable, type Row } from '../data-table.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { savePortalFile } from '../save-file.ts';
import { spaceStyles } from '../space.styles.ts';
import { historyMessages } from './history.messages.ts';

type Format = 'pdf' | 'json';

/** What happened to the consents about a meter, with a receipt for each. Part of `oya-consents`, which fetches it. */
export class OyaConsentsHistory extends OyaLightForm {
  static override readonly messages = historyMessages;
  static override readonly sharedMessages = [...OyaLightForm.sharedMessages, consentFailureMessages];
  static override styles = [
    OyaElement.styles,
    spaceStyles,
    css`
      .history {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        justify-items: start;
        gap: var(--oya-space-4);
      }

      table {
        max-inline-size: 60rem;
        overflow-wrap: anywhere;
      }

      td .strong,
      td .soft {
        display: block;
      }

      .files {
        display: inline-flex;
        gap: var(--oya-space-2);
      }

      .files .button {
        padding-inline: var(--oya-space-3);
        overflow-wrap: normal;
      }

      :is(.summary, .when):focus {
        outline: none;
      }

      @container (max-width: 34rem) {
        .cell {
          text-align: end;
        }
      }
    `,
  ];

  @property({ attribute: false }) meter: Meter | undefined;

  /** The pages after the first. */
  @state() private further: readonly Page<ConsentEvent>[] = [];

  readonly #first = new Resource(this, listConsentEvents, () => this.meter && { meterId: this.meter.id });
  /** In whose words what was agreed to elsewhere is called. */
  readonly #consents = new Resource(this, listConsents, () => this.meter && { meterId: this.meter.id }, { blocking: false });
  #followed: Page<ConsentEvent> | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Something new stands before all that was read on.
    if (this.#first.data === this.#followed) return;
    this.#followed = this.#first.data;
    this.further = [];
  }

  protected override renderReady(): unknown {
    const t = this.words(historyMessages);
    const pages = this.#pages;
    const events = pages.flatMap(({ items }) => items);
    if (events.length === 0) return html`<p class="soft">${t('none')}</p>`;
    const receipts = this.client?.supports(getConsentReceipt) ?? false;
    const columns = [t('when'), t('what'), t('who'), t('text'), ...(receipts ? [t('receipt')] : [])];
    return html`<div class="history">
      ${this.summary()} ${dataTable(t('caption'), columns, events.map((event) => this.#row(event, receipts)))}
      ${pages.at(-1)?.next === undefined
        ? nothing
        : html`<button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#more}>${t(this.sending ? 'more.coming' : 'more')}</button>`}
      ${this.status()}
    </div>`;
  }

  get #pages(): readonly Page<ConsentEvent>[] {
    return [this.#first.data ?? { items: [] }, ...this.further];
  }

  #row(event: ConsentEvent, receipts: boolean): Row {
    const t = this.words(historyMessages);
    const { id, at, actor, name, channel, text, failure } = event;
    const title = this.#title(event);
    return {
      head: html`<time class="when" datetime=${at} data-event=${id}>${this.#when(event)}</time>`,
      cells: [
        cell(html`<span class="strong">${this.#what(event)}</span><bdi class="soft small">${title}</bdi>${failure ? html`<span class="small">${this.words(consentFailureMessages)(failure)}</span>` : nothing}`),
        cell(html`<bdi>${name ?? t(`actor.${actor}`)}</bdi>${channel === 'system' ? nothing : html`, ${t(`channel.${channel}`)}`}`),
        cell(text ? t('version', { version: text.version }) : t('elsewhere')),
        ...(receipts ? [html`<span class="files">${this.#file(event, 'pdf')}${this.#file(event, 'json')}</span>`] : []),
      ],
    };
  }

  #file(event: ConsentEvent, format: Format): TemplateResult {
    const t = this.words(historyMessages);
    return html`<button type="button" class="button" @click=${() => void this.#save(event, format)}>
      <span>${format.toUpperCase()}<span class="visually-hidden"> ${t('file.of', { when: this.#when(event), what: `${this.#what(event)}, ${this.#title(event)}` })}</span></span>
    </button>`;
  }

  #what({ kind, erases }: ConsentEvent): string {
    return this.words(historyMessages)(kind === 'withdrawn' && erases ? 'kind.withdrawn.erases' : `kind.${kind}`);
  }

  #title({ purpose, recipient, text }: ConsentEvent): string {
    const words = text ?? this.#consents.data?.items.find((consent) => consent.purpose === purpose && consent.recipient?.id === recipient?.id)?.text;
    return words ? localized(words.title, this.locale) : (recipient?.name ?? '');
  }

  #when({ at }: ConsentEvent): string {
    const instant = Date.parse(at);
    return `${this.format.day(localDay(instant, this.format.timeZone), 'long')}, ${this.format.time(instant)}`;
  }

  async #save({ id }: ConsentEvent, format: Format): Promise<void> {
    const { client, meter } = this;
    if (this.sending || !client || !meter) return;
    const t = this.words(historyMessages);
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('preparing');
    try {
      savePortalFile(await client.read(getConsentReceipt, { meterId: meter.id, eventId: id, format, lang: this.locale }));
      this.announcement = t('saved');
    } catch (thrown) {
      this.#fail(thrown, t('failed'));
    } finally {
      this.sending = false;
    }
  }

  /** The button stays in its place below: the focus goes to the first line that came. */
  readonly #more = async (): Promise<void> => {
    const { client, meter } = this;
    const after = this.#pages.at(-1)?.next;
    if (this.sending || !client || !meter || after === undefined) return;
    const followed = this.#followed;
    this.sending = true;
    this.refusal = undefined;
    this.announcement = this.words(historyMessages)('more.coming');
    try {
      const page = await client.read(listConsentEvents, { meterId: meter.id, after });
      // Something new has come meanwhile: what was read does not follow it.
      if (followed !== this.#followed) return;
      this.further = [...this.further, page];
      const [first] = page.items;
      if (first) this.focusOn(`[data-event='${CSS.escape(first.id)}']`);
      this.announcement = '';
    } catch (thrown) {
      this.#fail(thrown);
    } finally {
      this.sending = false;
    }
  };

  /** @param what did not work, where the failure's own words do not tell */
  #fail(thrown: unknown, what?: string): void {
    const error = PortalError.from(thrown);
    const { title, text } = this.failureWords(error);
    this.refuse({ ...(what === undefined ? { title, text } : { title: what, text: `${title}. ${text}` }), error });
  }
}

function cell(content: unknown): TemplateResult {
  return html`<span class="cell">${content}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consents-history': OyaConsentsHistory;
  }
}
