import { getContract, listConsents, listContracts, listMeters, type Contract, type Input, type Meter } from '@oya/contract';
import { define, OyaElement, Resource, type Part } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { spaceStyles } from '../space.styles.ts';
import { consentsMessages } from './consents.messages.ts';
import { consentsStyles } from './consents.styles.ts';
import { OyaConsentsMeter } from './meter.ts';

/** It comes with this file: several meters may stand beside each other, each with its own answers. */
const METER: Part = async () => define('oya-consents-meter', OyaConsentsMeter);

/**
 * What the customer agrees to about the meters of a contract: one consent for each purpose and datum, in the words that are
 * agreed to. Each is given by an act of its own, is worked on, comes into effect or fails with its reason, and is withdrawn as
 * easily; a withdrawal can be taken back for a while. Their history and the receipts come on demand. Whoever only reads the
 * contract sees how they stand.
 *
 * @summary Consents about a meter: given, followed, withdrawn, with their history and receipts.
 * @placeholder 40rem
 * @event {OyaConsentChangedEvent} oya-consent-changed - The customer has given or withdrawn a consent, or taken a withdrawal back.
 * @csspart notice - A message in place of the consents: an error, signed out, nothing to consent to.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart card - One consent.
 * @csspart table - The history.
 */
export class OyaConsents extends OyaElement {
  static override readonly messages = consentsMessages;
  static override styles = [OyaElement.styles, spaceStyles, consentsStyles];

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#contractQuestion(), { keepPrevious: true });
  /** The first meter's say how the element as a whole stands; each meter asks for its own, of which this is one. */
  readonly #first = new Resource(this, listConsents, () => this.#firstQuestion(), { keepPrevious: true });
  readonly #details = new Resource(this, getContract, () => this.#contractQuestion(), { blocking: false });

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0 || this.#meters.data?.items.length === 0;
  }

  protected override renderReady(): unknown {
    const meters = this.#meters.data?.items ?? [];
    const stale = this.#meters.isPrevious || this.#first.isPrevious;
    return this.#frame(
      html`${this.#readerNote()}
        <div class=${stale ? 'meters stale' : 'meters'} aria-busy=${stale ? 'true' : 'false'}>
          ${this.whenHere(METER, () => repeat(meters, ({ id }) => id, (meter) => this.#meter(meter, meters.length > 1)))}
        </div>`,
    );
  }

  protected override renderEmpty(): unknown {
    const t = this.words(consentsMessages);
    const reason = this.#contracts.data?.items.length === 0 ? 'empty' : 'no-meter';
    return this.#frame(this.#notice(t(`${reason}.title`), t(`${reason}.text`)));
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  /** Not known while it is asked: nothing is offered that would be refused. */
  get #mayChange(): boolean {
    const { data, status } = this.#details;
    return data ? data.role.role === 'holder' : status !== 'loading' && status !== 'waiting';
  }

  #contractQuestion(): Input<'getContract'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  #firstQuestion(): Input<'listConsents'> | undefined {
    const [meter] = this.#meters.data?.items ?? [];
    return meter && { meterId: meter.id };
  }

  #frame(content: unknown): TemplateResult {
    const t = this.words(consentsMessages);
    return html`<section class="frame" aria-labelledby="title">
      <header class="head">
        <div id="title">${this.heading(t('title'))}</div>
        <p class="measure">${t('intro')}</p>
        ${contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, t('contract'), (energy) => t(`energy.${energy}`))}
      </header>
      ${content}
    </section>`;
  }

  #readerNote(): unknown {
    const details = this.#details.data;
    if (details?.role.role !== 'reader') return nothing;
    return html`<p class="note">${this.words(consentsMessages)('reader', { holder: details.contract.holder })}</p>`;
  }

  #notice(title: string, text: string): TemplateResult {
    return html`<div class="notice" part="notice">${this.heading(title, 'notice-title', 1)}<p>${text}</p></div>`;
  }

  #meter(meter: Meter, named: boolean): TemplateResult {
    return html`<oya-consents-meter
      exportparts="card, notice, placeholder, table"
      .meter=${meter}
      .named=${named}
      .mayChange=${this.#mayChange}
      lang=${this.locale}
      heading-level=${this.levelOf(1)}
    ></oya-consents-meter>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consents': OyaConsents;
  }
}
