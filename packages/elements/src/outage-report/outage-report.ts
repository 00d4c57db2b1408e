import {
  clockMinutes, clockTime, concernOf, concernsOf, dialled, getOutageBoard, instant, listContracts, localDay, OUTAGE_EXTENTS, outagePhase, placeOf, PortalError, reportOutage, withOffset,
  type ContactPoint, type Contract, type Energy, type Input, type Outage, type OutageExtent, type OutageReport,
} from '@oya/contract';
import { Intent, IntentEvent, OyaElement, Resource, type Translate } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fieldStyles } from '../field.styles.ts';
import { formStyles } from '../form.styles.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { readPhoneNumber } from '../light-form/phone-number.ts';
import { outageReportMessages, type fr } from './outage-report.messages.ts';
import { outageReportStyles } from './outage-report.styles.ts';

/** Somebody has reported an outage. Where, and who, stays with the portal. */
export class OyaOutageReportedEvent extends IntentEvent {
  constructor() {
    super('oya-outage-reported');
  }
}

const SITUATIONS = ['power', 'gas-none', 'smell', 'wire'] as const;
type Situation = (typeof SITUATIONS)[number];

/** An address that is none of the customer's. */
const OTHER = 'other';
const LONGEST_WORDS = 500;
/** Answers whoever is in danger, as the words name 114 for who cannot hear; the rules of numbers would come along for it. */
const ANYWHERE = '112';

/**
 * Reports that a supply is cut. What must not wait for a form comes first: who smells gas, or sees a cable on the ground, is
 * told to call, and what to do meanwhile, and nothing else.
 *
 * @summary Report an outage, with safety first.
 * @placeholder 24rem
 * @attr {string} commune - INSEE code of the commune that is chosen at first
 * @event {OyaOutageReportedEvent} oya-outage-reported - A report has arrived at the portal.
 * @csspart notice - A message in place of the form: an error, a service that is not offered.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaOutageReport extends OyaLightForm {
  static override readonly messages = outageReportMessages;
  static override styles = [OyaElement.styles, fieldStyles, formStyles, outageReportStyles];

  @property() commune: string | undefined;
  /** One that was restored, of which somebody is still without supply. */
  @property({ attribute: false }) outage: Outage | undefined;

  @state() private situation: Situation | undefined;
  @state() private place: Contract['id'] | typeof OTHER | undefined;
  @state() private chosenCommune: string | undefined;
  @state() private report: OutageReport | undefined;

  readonly #board = new Resource(this, getOutageBoard, () => ({}));
  readonly #contracts = new Resource(this, listContracts, () => ({}), { blocking: false });
  readonly #intent = new Intent();

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isAnotherCustomer()) this.place = undefined;
    if (changed.has('outage') && this.outage) this.situation = this.outage.energy === 'gas' ? 'gas-none' : 'power';
  }

  protected override renderReady(): unknown {
    if (this.report) return this.#done(this.report);
    switch (this.situation) {
      case 'smell':
        return this.#danger('smell', ['smell.1', 'smell.2', 'smell.3', 'smell.4', 'smell.5'], this.#contact('gas-emergency'));
      case 'wire':
        return this.#danger('wire', ['wire.1', 'wire.2', 'wire.3', 'wire.4'], this.#contact('electricity-breakdown'));
      case 'power':
      case 'gas-none':
        return this.#form();
      case undefined:
        return this.#question();
    }
  }

  /** Who is in danger is told what to do whether or not the portal answers. */
  protected override renderError(error: PortalError): unknown {
    switch (this.situation) {
      case 'smell':
      case 'wire':
        return this.renderReady();
      case undefined:
        return html`${super.renderError(error)} ${this.#question()}`;
      default:
        return html`${super.renderError(error)} <div class="buttons">${this.#otherSituation()}</div>`;
    }
  }

  get #t(): Translate<typeof fr> {
    return this.words(outageReportMessages);
  }

  get #energy(): Energy {
    return this.situation === 'gas-none' ? 'gas' : 'electricity';
  }

  #contact(purpose: ContactPoint['purpose']): string | undefined {
    return this.#board.data?.contacts.find((contact) => contact.purpose === purpose)?.phone;
  }

  #question(): TemplateResult {
    const t = this.#t;
    const go = (event: Event) => {
      event.preventDefault();
      const chosen = new FormData(event.target as HTMLFormElement).get('what') as Situation | null;
      if (!chosen) return this.refuse({ title: t('what.missing'), fields: new Map([['what', t('what.missing')]]) });
      this.#turnTo(chosen);
    };
    return html`<div class="view">
      ${this.heading(t('title'))}
      <p>${t('lead')}</p>
      <form novalidate @submit=${go}>
        ${this.summary()}
        <fieldset>
          <legend>${t('what')}</legend>
          ${this.fieldError('what')}
          ${SITUATIONS.map((value, index) => html`<label class="option"><input type="radio" name="what" id=${index === 0 ? this.idOf('what') : nothing} value=${value} @change=${() => this.correct('what')} /> ${t(`what.${value}`)}</label>`)}
        </fieldset>
        <div class="buttons"><button type="submit" class="button primary">${t('what.next')}</button></div>
      </form>
    </div>`;
  }

  /** Nothing to fill in, nothing to send. @param phone of whoever is there for it; an electricity line is no help with gas */
  #danger(what: 'smell' | 'wire', steps: readonly Parameters<Translate<typeof fr>>[0][], phone = ANYWHERE): TemplateResult {
    const t = this.#t;
    return html`<div class="view">
      <div class="danger">
        ${this.heading(t(`${what}.title`))}
        <p>${t(`${what}.text`)}</p>
        <a class="button primary call" href=${dialled(phone)}>${t('call', { phone })}</a>
        <ol>${steps.map((step) => html`<li>${t(step)}</li>`)}</ol>
        <p>${t('call.deaf')}</p>
      </div>
      <div class="buttons">${this.#otherSituation()}</div>
    </div>`;
  }

  #otherSituation(): TemplateResult {
    return html`<button type="button" class="button" @click=${() => this.#turnTo(undefined)}>${this.#t('other')}</button>`;
  }

  #turnTo(situation: Situation | undefined): void {
    this.situation = situation;
    this.forget();
    this.focusOn('.title');
  }

  /** The customer's own addresses of that energy. */
  get #places(): readonly Contract[] {
    return (this.#contracts.data?.items ?? []).filter(({ energy, to }) => energy === this.#energy && to === null);
  }

  /** Of several, the one that the outage reaches. */
  get #concerned(): Contract['id'] | undefined {
    const concerns = concernsOf(this.outage ? [this.outage] : [], this.#places, this.#board.data?.communes ?? [], localDay(this.#now, this.format.timeZone));
    return (concerns.find(({ by }) => by === 'address') ?? concerns[0])?.contractId;
  }

  get #chosenPlace(): string {
    return this.place ?? this.#concerned ?? this.#places[0]?.id ?? OTHER;
  }

  #form(): TemplateResult {
    const t = this.#t;
    const still = this.outage;
    return html`<div class="view">
      ${this.heading(t(still ? (still.energy === 'gas' ? 'title.still-gas' : 'title.still') : 'title'))}
      ${still ? nothing : this.#before()}
      <form novalidate @submit=${this.#send}>
        ${this.summary()} ${this.#where()}
        <fieldset aria-describedby=${this.describedBy('extent')}>
          <legend>${t('extent')}</legend>
          ${this.fieldError('extent')}
          ${OUTAGE_EXTENTS.map((extent, index) => html`<label class="option"><input type="radio" name="extent" id=${index === 0 ? this.idOf('extent') : nothing} value=${extent} @change=${() => this.correct('extent')} /> ${t(`extent.${extent}`)}</label>`)}
        </fieldset>
        <div class="field">
          <label for=${this.idOf('since')}>${t('since')}</label>
          <p class="hint" id=${this.idOf('since-hint')}>${t('since.hint')}</p>
          ${this.fieldError('since')}
          <input type="datetime-local" id=${this.idOf('since')} name="since" value=${this.#local(this.#now)} max=${this.#local(this.#now)} aria-invalid=${this.isRefused('since') ? 'true' : nothing} aria-describedby=${this.describedBy('since', 'hint')} @input=${() => this.correct('since')} />
        </div>
        ${this.field({ name: 'phone', label: t('phone'), hint: t('phone.hint'), type: 'tel', autocomplete: 'tel', maxlength: 30, required: false })}
        <div class="field">
          <label for=${this.idOf('words')}>${t('words')}</label>
          <p class="hint" id=${this.idOf('words-hint')}>${t('words.hint')}</p>
          <textarea id=${this.idOf('words')} name="words" rows="3" maxlength=${LONGEST_WORDS} aria-describedby=${this.idOf('words-hint')}></textarea>
        </div>
        <div class="buttons">
          ${this.submitButton(t(still ? 'send.still' : 'send'), t('sending'))}
          ${still ? nothing : this.#otherSituation()}
        </div>
      </form>
      ${this.status()}
    </div>`;
  }

  #before(): TemplateResult {
    const t = this.#t;
    return html`<div class="before">
      ${this.heading(t('before.title'), 'notice-title', 1)}
      <ul>${this.#energy === 'gas' ? html`<li>${t('before.gas')}</li>` : html`<li>${t('before.breaker')}</li><li>${t('before.neighbours')}</li>`}</ul>
      ${this.#known()}
    </div>`;
  }

  /** What is known there already need not be reported again. */
  #known(): unknown {
    const { data } = this.#board;
    const contract = this.#places.find(({ id }) => id === this.#chosenPlace);
    const place = contract ? placeOf(contract.site, data?.communes ?? []) : { commune: this.#communeNow };
    const name = data?.communes.find(({ code }) => code === place?.commune)?.name;
    if (!data || !place || name === undefined) return nothing;
    const count = data.items.filter((outage) => outage.energy === this.#energy && outagePhase(outage, this.#now) === 'current' && concernOf(outage, { commune: place.commune })).length;
    return count === 0 ? nothing : html`<p><strong>${this.#t('known', { count, place: name })}</strong></p>`;
  }

  #where(): TemplateResult {
    const t = this.#t;
    const places = this.#places;
    if (places.length === 0) return this.#otherPlace();
    const option = (value: string, label: unknown, index: number) =>
      html`<label class="option"><input type="radio" name="place" id=${index === 0 ? this.idOf('place') : nothing} value=${value} .checked=${this.#chosenPlace === value} @change=${() => (this.place = value)} /> <span>${label}</span></label>`;
    return html`<fieldset>
        <legend>${t('where')}</legend>
        ${places.map(({ id, site }, index) => option(id, html`<strong>${site.label}</strong>, ${site.address}, ${site.commune}`, index))} ${option(OTHER, t('where.other'), places.length)}
      </fieldset>
      ${this.#chosenPlace === OTHER ? this.#otherPlace() : nothing}`;
  }

  get #communeNow(): string {
    return this.chosenCommune ?? this.outage?.areas[0]?.commune ?? this.commune ?? '';
  }

  #otherPlace(): TemplateResult {
    const t = this.#t;
    const communes = (this.#board.data?.communes ?? []).filter(({ energies }) => energies.includes(this.#energy));
    return html`<div class="field">
        <label for=${this.idOf('commune')}>${t('commune')}</label>
        ${this.fieldError('commune')}
        <select id=${this.idOf('commune')} name="commune" aria-invalid=${this.isRefused('commune') ? 'true' : nothing} aria-describedby=${this.describedBy('commune')} @change=${(event: Event) => {
          this.chosenCommune = (event.target as HTMLSelectElement).value;
          this.correct('commune');
        }}>
          <option value="" .selected=${this.#communeNow === ''}>${t('commune.choose')}</option>
          ${communes.map(({ code, name }) => html`<option value=${code} .selected=${code === this.#communeNow}>${name}</option>`)}
        </select>
      </div>
      ${this.field({ name: 'address', label: t('address'), hint: t('address.hint'), autocomplete: 'street-address', maxlength: 160 })}`;
  }

  readonly #send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { client } = this;
    if (this.sending || !client) return;
    const read = this.#read(new FormData(event.target as HTMLFormElement));
    if (read instanceof Map) return this.refuse({ title: this.#t('missing.title'), fields: read });
    this.sending = true;
    try {
      this.report = await this.#intent.send(read, (key) => client.write(reportOutage, read, key));
      this.forget();
      this.focusOn('.outcome');
      this.dispatchEvent(new OyaOutageReportedEvent());
    } catch (thrown) {
      this.#refused(PortalError.from(thrown));
    } finally {
      this.sending = false;
    }
  };

  /** @returns what is sent, or what is wrong with it by the names of the fields */
  #read(form: FormData): Input<'reportOutage'> | Map<string, string> {
    const t = this.#t;
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const contract = this.#places.find(({ id }) => id === this.#chosenPlace);
    const place = contract ? placeOf(contract.site, this.#board.data?.communes ?? []) : undefined;
    const commune = place?.commune ?? (contract ? '' : text('commune'));
    const address = place?.address ?? text('address');
    const extent = form.get('extent') as OutageExtent | null;
    const since = this.#instant(text('since'));
    const phone = text('phone') === '' ? undefined : readPhoneNumber(text('phone'));
    const wrong = new Map<string, string>();
    if (commune === '') wrong.set(contract ? 'place' : 'commune', t(contract ? 'wrong.commune' : 'missing.commune'));
    if (address === '') wrong.set('address', t('missing.address'));
    if (!extent) wrong.set('extent', t('missing.extent'));
    if (since === undefined || since > this.#now) wrong.set('since', t('wrong.since'));
    if (text('phone') !== '' && !phone) wrong.set('phone', t('wrong.phone'));
    if (wrong.size > 0 || !extent || since === undefined) return wrong;
    return {
      energy: this.#energy, commune, address, extent, since: instant(since),
      ...(contract && { contractId: contract.id }), ...(this.outage && { outageId: this.outage.id }), ...(phone && { phone: phone.e164 }), ...(text('words') !== '' && { words: text('words') }),
    };
  }

  #refused(error: PortalError): void {
    const t = this.#t;
    const codes = new Map(error.fields?.map(({ path }) => path).flatMap((path): [string, string][] => (path === 'commune' ? [['commune', t('wrong.commune')]] : path === 'since' ? [['since', t('wrong.since')]] : path === 'phone' ? [['phone', t('wrong.phone')]] : [])));
    if (codes.size > 0) return this.refuse({ title: t('refused.title'), fields: codes, error });
    this.refuse({ ...this.failureWords(error), error });
  }

  #done({ reference, reportedAt, outageId }: OutageReport): TemplateResult {
    const t = this.#t;
    const phone = this.#contact('electricity-breakdown');
    const again = () => {
      this.report = undefined;
      this.outage = undefined;
      this.#turnTo(undefined);
    };
    return html`<div class="view">
      <div class="outcome" tabindex="-1">
        ${this.heading(t('done.title'))}
        <p>${t('done.reference', { reference, when: this.format.dateTime(Date.parse(reportedAt)) })}</p>
        <p>${t(outageId === null ? 'done.next' : 'done.known')}</p>
        ${phone === undefined ? nothing : html`<p>${t('done.urgent', { phone })}</p>`}
      </div>
      <div class="buttons"><button type="button" class="button" @click=${again}>${t('again')}</button></div>
    </div>`;
  }

  /** By the portal's clock: that of a device may be wrong. */
  get #now(): number {
    const { data, answeredAt } = this.#board;
    return data ? Date.parse(data.asOf) + Date.now() - answeredAt : Date.now();
  }

  /** As a field for day and time has it: `2026-11-24T18:30`, on the installation's clock. */
  #local(at: number): string {
    return withOffset(Math.floor(at / 60_000) * 60_000, this.format.timeZone).slice(0, 16);
  }

  #instant(local: string): number | undefined {
    const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(local) ?? [];
    return day === undefined || time === undefined ? undefined : clockTime(day, clockMinutes(time), this.format.timeZone);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-outage-report': OyaOutageReport;
  }

  interface HTMLElementEventMap {
    'oya-outage-reported': OyaOutageReportedEvent;
  }
}
