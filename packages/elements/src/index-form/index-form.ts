import {
  addAttachment, canBeCorrected, costSince, describeUtility, displayOf, getContract, judgeIndex, judgeReading, listContracts, listMeters, listReadings, MOST_READING_PHOTOS, outlookOn, PortalError, READING_REASONS, registerHistories, sendReading, windowOn,
  type AttachmentPurpose, type Contract, type Input, type LocalDay, type Meter, type MeterReading, type ReadingDoubt, type ReadingFault, type ReadingReason, type RegisterHistory, type RegisterJudgement, type SentReading,
} from '@oya/contract';
import { Intent, newIdempotencyKey, OyaElement, Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { findDigitReader } from '../digit-reader.ts';
import { fieldStyles } from '../field.styles.ts';
import { icon } from '../icons.ts';
import { fragmentFor } from '../invoice-address.ts';
import { OyaFileForm } from '../file-form/file-form.ts';
import { fileFormStyles } from '../file-form/file-form.styles.ts';
import type { Refusal } from '../light-form/light-form.ts';
import { fragmentForMessage } from '../message-address.ts';
import { portalNow, portalToday } from '../portal-today.ts';
import { OyaReadingSubmittedEvent } from '../reading-submitted.ts';
import { spaceStyles } from '../space.styles.ts';
import { displayField, rangeTrack } from './display.ts';
import { FIRST_READINGS, inOrder, readingChart, readingTable, type HistoryShown } from './history.ts';
import { indexFormMessages } from './index-form.messages.ts';
import { indexFormStyles } from './index-form.styles.ts';
import { registerWords, type IndexFormWords } from './register-words.ts';
import { typedIndex } from '../typed-index.ts';
import { waitingOf, type WaitingReading } from './waiting.ts';

/** The number behind which no digit of an index can hide. */
const EXACT_PER_CENT = 1_000_000;
const WATT_HOURS_PER_KWH = 1000;
/** Of what was made out on a photo: more would be guessing. */
const MOST_SUGGESTED = 3;

/**
 * What a meter that is read by hand shows, from the display to the receipt: a field for each register as it reads on the meter,
 * with what is expected told before anybody types, and what was counted since as they do. What is odd is asked about, never
 * refused. Without a network it is kept on the device and sent once. Of a meter that reports by itself: its last indexes.
 *
 * @summary Send what the meter shows; every reading, and what became of it.
 * @placeholder 34rem
 * @event {OyaReadingSubmittedEvent} oya-reading-submitted - A reading was sent and taken. Of which meter and what stays with the portal.
 * @csspart table - The table of readings.
 * @csspart notice - A message in place of the form: an error, signed out, no meter.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaIndexForm extends OyaFileForm {
  static override readonly messages = indexFormMessages;
  static override readonly filesAreOptional = true;
  static override styles = [OyaElement.styles, spaceStyles, fieldStyles, fileFormStyles, indexFormStyles];

  /** Register → as typed. */
  @state() private typed: ReadonlyMap<string, string> = new Map();
  @state() private reasons: ReadonlyMap<string, ReadingReason> = new Map();
  /** Registers whose index was asked about. */
  @state() private asked: ReadonlySet<string> = new Set();
  @state() private on: LocalDay | undefined;
  @state() private wordsTyped = '';
  /** What has just been taken. */
  @state() private sent: MeterReading | undefined;
  /** One that is about to be replaced. */
  @state() private correcting: MeterReading | undefined;
  /** Another one is sent, although one may still be corrected. */
  @state() private isAnother = false;
  @state() private showsAll = false;
  /** Digits that were made out on a photo, the likeliest first. */
  @state() private read: readonly string[] = [];
  @state() private waiting: readonly WaitingReading[] = [];

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #meters = new Resource(this, listMeters, () => this.#contractQuestion());
  readonly #readings = new Resource(this, listReadings, () => this.#meter && { meterId: this.#meter.id });
  /** Prices, and whether the customer only reads it. */
  readonly #details = new Resource(this, getContract, () => this.#contractQuestion(), { blocking: false });
  readonly #utility = new Resource(this, describeUtility, () => ({}));
  readonly #intent = new Intent();
  #shown: Meter['id'] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('online', this.#onOnline);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#onOnline);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const shown = this.#meter?.id;
    const isAnother = this.isAnotherCustomer();
    if (!isAnother && shown === this.#shown) return;
    this.#shown = shown;
    this.#clear();
    this.sent = undefined;
    this.showsAll = false;
    this.waiting = waitingOf(this.client)?.all() ?? [];
    // What waits was meant to go as soon as it can.
    if (this.waiting.length > 0 && navigator.onLine) void this.#sendWaiting();
  }

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0 || this.#meters.data?.items.length === 0;
  }

  protected override renderEmpty(): unknown {
    return this.#frame(this.notice(this.t('none.title'), this.t('none.text')));
  }

  protected override renderReady(): unknown {
    const [meter, contract, known] = [this.#meter, this.#contract, this.#readings.data];
    if (!meter || !contract || !known) return this.renderEmpty();
    const isHolder = this.#details.data?.role.role !== 'reader';
    return this.#frame(html`${this.#waitingCards(meter)} ${meter.kind === 'hand-read' ? (isHolder ? this.#declaration(meter, contract) : this.notice(this.t('reader.title'), this.t('reader.text'))) : this.#automatic(meter)} ${this.#history(meter)}`);
  }

  // What it rests on

  protected get t(): IndexFormWords {
    return this.words(indexFormMessages);
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  /** What the page's digit reader makes out, where it has one: a suggestion, which the customer compares with their meter. */
  protected override photoAdded(photo: Blob): void {
    // Of several registers a photo does not say which it shows.
    const meter = this.#meter;
    const only = meter?.registers.length === 1 ? meter.registers[0] : undefined;
    if (!only) return;
    void findDigitReader()
      ?.then((reader) => reader.read(photo, { digits: only.digits }))
      // Whoever has gone on to another meter is not told of this one.
      .then((read) => (meter?.id === this.#meter?.id ? (this.read = read.slice(0, MOST_SUGGESTED)) : undefined))
      .catch(() => {});
  }

  protected override get purpose(): AttachmentPurpose | undefined {
    const meter = this.#meter;
    return meter?.kind === 'hand-read' ? { what: 'reading', meterId: meter.id } : undefined;
  }

  #contractQuestion(): Input<'listMeters'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  get #today(): LocalDay {
    return portalToday(this, this.format.timeZone);
  }

  get #all(): readonly MeterReading[] {
    return this.#readings.data?.readings ?? [];
  }

  get #histories(): readonly RegisterHistory[] {
    const [meter, contract] = [this.#meter, this.#contract];
    return meter && contract ? registerHistories(meter, this.#all, contract, this.correcting?.id) : [];
  }

  /** The customer's own that may still be replaced, the latest. */
  get #correctable(): MeterReading | undefined {
    return this.#all.find((reading) => reading.source === 'customer' && canBeCorrected(reading, portalNow(this)));
  }

  #unitOf({ energy }: Meter): string {
    return displayOf(energy).unit;
  }

  #nameOf(code: string): string {
    return registerWords(code, this.t);
  }

  #indexesWords(meter: Meter, indexes: readonly { readonly register: string; readonly index: number }[]): string {
    const unit = this.#unitOf(meter);
    return indexes.map(({ register, index }) => `${indexes.length > 1 ? `${this.#nameOf(register)} ` : ''}${this.format.number(index)} ${unit}`).join(', ');
  }

  // How it is shown

  #frame(content: unknown): TemplateResult {
    const { t } = this;
    const chooser = contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, t('contract'), (energy) => t(`energy.${energy}`));
    return html`<div class="frame">${chooser} ${content} ${this.status()}</div>`;
  }

  #declaration(meter: Meter, contract: Contract): TemplateResult {
    const latest = this.sent ?? this.#correctable;
    const isDone = latest !== undefined && !this.correcting && !this.isAnother;
    return isDone ? this.#done(meter, latest) : this.#form(meter, contract);
  }

  #form(meter: Meter, contract: Contract): TemplateResult {
    const { t, correcting } = this;
    const on = this.#day;
    const histories = this.#histories;
    return html`<form class="form" novalidate @submit=${(event: SubmitEvent) => void this.#submit(event, meter, contract)}>
      <header class="part">
        ${this.heading(correcting ? t('correct.title', { day: this.format.day(correcting.on, 'long') }) : t('title'))}
        <p class="window">${this.#windowWords()}</p>
        <p class="soft small">${t('meter', { serial: meter.serialNumber })}. ${t('meter.find')}</p>
      </header>
      ${this.summary()}
      <div class="registers">${histories.map((history) => this.#register(meter, history, on))}</div>
      ${this.#total(meter, histories, on)}
      <div class="field">
        <label for=${this.idOf('on')}>${t('on')}</label>
        <p class="hint" id=${this.idOf('on-hint')}>${t('on.hint')}</p>
        ${this.fieldError('on')}
        <input id=${this.idOf('on')} class="day" type="date" max=${this.#today} .value=${on} aria-invalid=${this.isRefused('on') ? 'true' : nothing} aria-describedby=${this.describedBy('on', 'hint')} @input=${this.#chooseDay} />
      </div>
      <div class="field">
        <label for=${this.idOf('words')}>${t('words')}</label>
        <textarea id=${this.idOf('words')} rows="2" maxlength="1000" .value=${this.wordsTyped} @input=${(event: Event) => (this.wordsTyped = (event.target as HTMLTextAreaElement).value)}></textarea>
      </div>
      ${this.client?.supports(addAttachment) ? this.filesField({ label: t('photo'), hint: t('photo.hint', { count: MOST_READING_PHOTOS }), add: t('photo.add'), onlyPhotos: true }) : nothing}
      ${this.#suggestions(meter)}
      <div class="buttons">
        ${this.submitButton(t(this.asked.size > 0 ? 'send.anyway' : correcting ? 'send.correction' : 'send'), t('sending'))}
        ${correcting ? html`<button type="button" class="button" @click=${this.#keepAsIs}>${t('correct.cancel')}</button>` : nothing}
      </div>
    </form>`;
  }

  #windowWords(): string {
    const { t } = this;
    const window = windowOn(this.#today, this.#readings.data?.nextInvoiceOn ?? null, this.#utility.data?.readingWindow);
    const day = (each: LocalDay) => this.format.day(each, 'medium');
    if (window.state === 'open') return t('window.open', { until: day(window.until) });
    if (window.state === 'early') return t('window.early', { opens: day(window.opensOn), until: day(window.until) });
    return t(`window.${window.state}`);
  }

  #register(meter: Meter, history: RegisterHistory, on: LocalDay): TemplateResult {
    const { t } = this;
    const { register: { code, digits }, real } = history;
    const { unit, decimals } = displayOf(meter.energy);
    const outlook = outlookOn(history, on);
    const { index } = typedIndex(this.typed.get(code) ?? '');
    const judgement = index !== null && index < 10 ** digits ? judgeIndex(history, { day: on, index }) : undefined;
    const name = fieldOf(code);
    const last = real.at(-1);
    const number = (value: number) => this.format.number(value);
    return html`<div class="field register">
      <label for=${this.idOf(name)}>${this.#nameOf(code)}</label>
      <p class="hint" id=${this.idOf(`${name}-hint`)}>${t('display.hint', { count: digits, unit })}</p>
      ${this.asked.has(code) ? nothing : this.fieldError(name)}
      ${displayField({
        id: this.idOf(name), name, digits, decimals, unit, value: this.typed.get(code) ?? '', isRefused: this.isRefused(name), describedBy: this.describedBy(name, 'hint', 'outlook', 'since'),
        onInput: (typed) => this.#type(code, typed),
      })}
      <div class="since" id=${this.idOf(`${name}-since`)} role="status">${judgement ? this.#since(meter, history, judgement, on) : nothing}</div>
      <div class="outlook" id=${this.idOf(`${name}-outlook`)}>
        ${outlook ? rangeTrack({ ...outlook.allowed.counted, from: outlook.expected?.counted.least, to: outlook.expected?.counted.most }, judgement?.counted ?? null) : nothing}
        <p>${last ? t('last', { index: number(last.index), unit, day: this.format.day(last.day, 'long') }) : t('last.none')}</p>
        ${outlook?.expected ? html`<p>${t('expected', { least: number(outlook.expected.index.least), most: number(outlook.expected.index.most) })}</p>` : nothing}
        ${outlook ? html`<p>${t('allowed', { least: number(outlook.allowed.index.least), most: number(outlook.allowed.index.most) })}</p>` : nothing}
      </div>
      ${this.asked.has(code) && judgement?.doubt ? this.#question(meter, history, judgement, judgement.doubt) : nothing}
    </div>`;
  }

  /** What was counted and costs since, as somebody types. */
  #since(meter: Meter, history: RegisterHistory, { counted, doubt, isBelowEstimate }: RegisterJudgement, on: LocalDay): TemplateResult {
    const { t } = this;
    const { code } = history.register;
    const last = history.real.at(-1);
    const { hadDecimals } = typedIndex(this.typed.get(code) ?? '');
    const cost = counted === null || !last ? undefined : this.#costOf(meter, code, counted, last.day, on);
    const day = last ? this.format.day(last.day, 'medium') : '';
    const values = { counted: this.format.number(counted ?? 0), unit: this.#unitOf(meter), day };
    const words = counted === null ? undefined : counted === 0 ? t('since.nothing', { day }) : cost === undefined ? t('since', values) : t('since.cost', { ...values, cost: this.format.money(cost / EXACT_PER_CENT) });
    return html`${words === undefined ? nothing : html`<p class="strong">${words}</p>`}
      ${this.asked.has(code) ? nothing : html`<p class="small ${doubt ? 'doubt' : 'fine'}">${icon(doubt ? 'alert' : 'check')}<span>${doubt ? t(`live.${doubt}`) : t(isBelowEstimate ? 'live.below-estimate' : 'live.fine')}</span></p>`}
      ${hadDecimals ? html`<p class="small soft">${t('since.decimals')}</p>` : nothing}`;
  }

  /** In 10⁻⁸ €, tax included. */
  #costOf({ energy }: Meter, register: string, counted: number, from: LocalDay, to: LocalDay): number | undefined {
    const details = this.#details.data;
    const perCount = energy === 'gas' ? this.#readings.data?.wattHoursPerCubicMetre : WATT_HOURS_PER_KWH;
    return details && perCount !== undefined ? costSince(register, counted * perCount, from, to, details) : undefined;
  }

  /** Of several registers together. */
  #total(meter: Meter, histories: readonly RegisterHistory[], on: LocalDay): unknown {
    if (histories.length < 2) return nothing;
    let all = 0;
    for (const history of histories) {
      const { register: { code, digits }, real } = history;
      const { index } = typedIndex(this.typed.get(code) ?? '');
      const last = real.at(-1);
      const counted = index === null || index >= 10 ** digits ? null : judgeIndex(history, { day: on, index }).counted;
      const cost = counted === null || !last ? undefined : this.#costOf(meter, code, counted, last.day, on);
      if (cost === undefined) return nothing;
      all += cost;
    }
    return html`<p class="strong" role="status">${this.t('total', { cost: this.format.money(all / EXACT_PER_CENT) })}</p>`;
  }

  #suggestions(meter: Meter): unknown {
    const { t, read } = this;
    const code = meter.registers[0]?.code;
    if (read.length === 0 || code === undefined) return nothing;
    return html`<div class="question read" role="status">
      <p>${t('photo.read')}</p>
      <div class="buttons">${read.map((digits) => html`<button type="button" class="button" @click=${() => this.#take(code, Number(digits))}>${t('photo.take', { digits })}</button>`)}</div>
    </div>`;
  }

  #question(meter: Meter, { register: { code }, real }: RegisterHistory, { counted, meant }: RegisterJudgement, doubt: ReadingDoubt): TemplateResult {
    const { t } = this;
    const number = (value: number) => this.format.number(value);
    const last = real.at(-1);
    const { index } = typedIndex(this.typed.get(code) ?? '');
    const words = t(`ask.${doubt}`, { register: this.#nameOf(code), index: number(index ?? 0), last: number(last?.index ?? 0), counted: number(counted ?? 0), unit: this.#unitOf(meter), day: last ? this.format.day(last.day, 'medium') : '' });
    return html`<fieldset class="question" id=${this.idOf(`ask-${code}`)} tabindex="-1">
      <legend>${words}</legend>
      ${this.fieldError(fieldOf(code))}
      ${doubt === 'far-above' && this.attached.length === 0 && this.client?.supports(addAttachment) ? html`<p class="small">${t('ask.photo')}</p>` : nothing}
      ${meant.map(({ index: other, why }) => html`<button type="button" class="button meant" @click=${() => this.#take(code, other)}>${t(`meant.${why}`, { index: number(other) })}</button>`)}
      ${READING_REASONS[doubt].map(
        (reason) => html`<label class="reason">
          <input type="radio" name=${`reason-${code}`} aria-describedby=${this.describedBy(fieldOf(code))} .checked=${this.reasons.get(code) === reason} @change=${() => this.#explain(code, reason)} />
          <span>${reason === 'confirmed' && doubt === 'lower' ? t('reason.confirmed.lower') : t(`reason.${reason}`)}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  #done(meter: Meter, reading: MeterReading): TemplateResult {
    const { t } = this;
    const { state: stands, correctableUntil } = reading;
    const isUnderCheck = stands === 'under-check';
    const text = isUnderCheck ? t('sent.under-check.text') : t(reading.isOutsideWindow ? 'sent.outside.text' : 'sent.transmitted.text');
    const others = (this.#contracts.data?.items ?? []).filter(({ id, to }) => id !== this.#contract?.id && to === null);
    return html`<section class="done" tabindex="-1">
      <div class="head">${icon('check')} ${this.heading(t(isUnderCheck ? 'sent.under-check' : 'sent.transmitted'), 'part-title')}</div>
      <p class="strong">${t('sent.text', { indexes: this.#indexesWords(meter, inOrder(meter, reading)), day: this.format.day(reading.on, 'long') })}</p>
      <p>${text}</p>
      ${this.summary()}
      ${canBeCorrected(reading, portalNow(this)) && correctableUntil !== undefined ? html`<p class="soft small">${t('correct.until', { when: this.format.dateTime(Date.parse(correctableUntil)) })}</p>` : nothing}
      <div class="buttons">
        ${canBeCorrected(reading, portalNow(this)) ? html`<button type="button" class="button" @click=${() => this.#correctThat(reading)}>${t('correct')}</button>` : nothing}
        ${others.length > 0 && this.contract === undefined ? html`<button type="button" class="button" @click=${() => this.client?.selectedContract.set(others[(others.findIndex(({ id }) => id > (this.#contract?.id ?? '')) + others.length) % others.length]?.id)}>${t('next')}</button>` : nothing}
        <button type="button" class="button" @click=${this.#beginAnother}>${t('another')}</button>
      </div>
    </section>`;
  }

  #automatic(meter: Meter): TemplateResult {
    const { t } = this;
    const known = this.#readings.data;
    const collected = this.#all.find(({ source }) => source === 'meter') ?? this.#all.find(({ state: stands }) => stands === 'used');
    const way = this.#toMessages(meter, t('linky.messages'), 'button primary');
    return html`<section class="automatic part">
      ${this.heading(t('linky.title'))}
      <p>${t(meter.kind === 'linky' ? 'linky.text' : 'gazpar.text')}</p>
      ${known?.silentSince === undefined ? nothing : html`<div class="notice silent">${this.heading(t('linky.silent.title', { day: this.format.day(known.silentSince, 'long') }), 'notice-title', 1)}<p>${t('linky.silent.text')}</p></div>`}
      ${collected
        ? html`<div class="collected">
            <p class="soft">${t('linky.last', { day: this.format.day(collected.on, 'long') })}</p>
            <dl>${inOrder(meter, collected).map(({ register, index }) => html`<div><dt>${this.#nameOf(register)}</dt><dd>${this.format.number(index)} <small>${this.#unitOf(meter)}</small></dd></div>`)}</dl>
          </div>`
        : html`<p class="soft">${t('linky.none')}</p>`}
      <div class="buttons">${way === nothing ? this.link('contact', t('contact'), 'button') : way}</div>
    </section>`;
  }

  #history(meter: Meter): TemplateResult {
    const { t } = this;
    const readings = this.#all;
    const shown: HistoryShown = {
      onPhoto: (photo) => void this.saveAttachment(photo), meter, readings, showsAll: this.showsAll, unit: this.#unitOf(meter), format: this.format, t,
      invoiceLink: (invoiceId, words) => {
        const route = this.client?.route('invoices');
        return route === undefined ? nothing : this.link('invoices', words, '', { fragment: fragmentFor(route, { contractId: meter.contractId, invoiceId }) });
      },
    };
    return html`<section class="part history">
      ${this.heading(t('history'), 'part-title', 1)}
      ${readings.length === 0 ? html`<p class="soft">${t('history.none')}</p>` : html`${readingChart(shown)} ${readingTable(shown)}`}
      ${readings.length > FIRST_READINGS && !this.showsAll ? html`<button type="button" class="button" @click=${() => (this.showsAll = true)}>${t('history.more')}</button>` : nothing}
    </section>`;
  }

  #waitingCards(meter: Meter): unknown {
    const { t } = this;
    return this.waiting
      .filter(({ input }) => input.meterId === meter.id)
      .map((waiting) => html`<section class="notice waiting">
        ${this.heading(t('waiting.title'), 'notice-title', 1)}
        <p>${t('waiting.text', { indexes: this.#indexesWords(meter, waiting.input.indexes), day: this.format.day(waiting.input.on, 'long') })}</p>
        <div class="buttons">
          <button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#sendWaiting()}>${t('waiting.send')}</button>
          <button type="button" class="button" @click=${() => this.#drop(waiting)}>${t('waiting.drop')}</button>
        </div>
      </section>`);
  }

  // What somebody does

  /** The day of the reading: as chosen, else today. */
  get #day(): LocalDay {
    return this.on ?? this.correcting?.on ?? this.#today;
  }

  #type(code: string, typed: string): void {
    this.typed = new Map([...this.typed, [code, typed]]);
    // Another index is another question.
    this.asked = new Set([...this.asked].filter((each) => each !== code));
    this.reasons = new Map([...this.reasons].filter(([each]) => each !== code));
    this.correct(fieldOf(code));
  }

  #take(code: string, index: number): void {
    this.#type(code, String(index));
    this.focusOn(`#${CSS.escape(this.idOf(fieldOf(code)))}`);
  }

  #explain(code: string, reason: ReadingReason): void {
    this.reasons = new Map([...this.reasons, [code, reason]]);
    this.correct(fieldOf(code));
  }

  readonly #chooseDay = (event: Event): void => {
    this.on = (event.target as HTMLInputElement).value || undefined;
    this.asked = new Set();
    this.correct('on');
  };

  #correctThat(reading: MeterReading): void {
    this.#clear();
    this.sent = undefined;
    this.correcting = reading;
    this.typed = new Map(reading.indexes.map(({ register, index }) => [register, String(index)]));
    this.wordsTyped = reading.words ?? '';
    this.focusOn('.digits');
  }

  readonly #keepAsIs = (): void => {
    this.#clear();
    this.focusOn('.done');
  };

  readonly #beginAnother = (): void => {
    this.#clear();
    this.sent = undefined;
    this.isAnother = true;
    this.focusOn('.digits');
  };

  #clear(): void {
    this.typed = new Map();
    this.reasons = new Map();
    this.asked = new Set();
    this.on = undefined;
    this.wordsTyped = '';
    this.correcting = undefined;
    this.isAnother = false;
    this.read = [];
    this.forget();
  }

  async #submit(event: SubmitEvent, meter: Meter, contract: Contract): Promise<void> {
    event.preventDefault();
    const { client, correcting } = this;
    if (this.sending || !client || this.isIncomplete()) return;
    const on = this.#day;
    const indexes = meter.registers.flatMap(({ code }): SentReading['indexes'][number][] => {
      const { index } = typedIndex(this.typed.get(code) ?? '');
      const reason = this.reasons.get(code);
      return index === null ? [] : [{ register: code, index, ...(reason && { reason }) }];
    });
    const corrects = correcting?.id;
    const { faults } = judgeReading({ on, indexes, corrects }, { meter, contract, readings: this.#all, nextInvoiceOn: this.#readings.data?.nextInvoiceOn ?? null, window: this.#utility.data?.readingWindow, today: this.#today });
    if (faults.length > 0) return this.#ask(meter, faults);
    const words = this.wordsTyped.trim();
    const attachmentIds = this.attached.map(({ id }) => id);
    const input: Input<'sendReading'> = { meterId: meter.id, on, indexes: [...indexes], ...(corrects !== undefined && { corrects }), ...(words !== '' && { words }), ...(attachmentIds.length > 0 && { attachmentIds }) };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = this.t('sending');
    let usedKey = newIdempotencyKey();
    try {
      this.#taken(await this.#intent.send(input, (key) => client.write(sendReading, input, (usedKey = key))), attachmentIds);
    } catch (thrown) {
      this.#failed(meter, PortalError.from(thrown), { key: usedKey, keptAt: Date.now(), input });
    } finally {
      this.sending = false;
    }
  }

  #taken(reading: MeterReading, photos: readonly string[]): void {
    this.forgetFiles(photos);
    this.#clear();
    this.sent = reading;
    this.announcement = '';
    this.dispatchEvent(new OyaReadingSubmittedEvent());
    void this.#readings.refresh();
    this.focusOn('.done');
  }

  #failed(meter: Meter, error: PortalError, reading: WaitingReading): void {
    if (error.kind === 'unauthenticated') return;
    // On a weak network nobody knows whether it has arrived: under its key it counts once all the same.
    if ((error.kind === 'offline' || error.kind === 'timeout') && reading.input.corrects === undefined) return this.#keepForLater(error, reading);
    if (error.kind === 'conflict') {
      void this.#readings.refresh();
      return this.refuse({ title: this.t('correct.gone.title'), text: this.t('correct.gone.text'), action: this.#messagesLink(meter), error });
    }
    // The portal knows more than this page did: another reading, another invoice.
    if (error.kind === 'invalid' && error.fields?.length) {
      void this.#readings.refresh();
      return this.#ask(meter, error.fields.map(({ path, code }) => ({ path, code }) as ReadingFault));
    }
    this.refuse({ ...this.failureWords(error), error });
  }

  /** What is wrong, and what is asked, with the focus on it. */
  #ask(meter: Meter, faults: readonly ReadingFault[]): void {
    const { t } = this;
    const last = this.#all.find(({ state: stands }) => stands !== 'estimated' && stands !== 'corrected');
    const registerOf = (path: string) => path.replace(/^indexes\./, '');
    const nameOf = (path: string) => (path === 'on' ? path : fieldOf(registerOf(path)));
    const isDoubt = ({ code }: ReadingFault) => code in READING_REASONS;
    const fields = new Map(
      faults.map((fault): [string, string] => {
        const { path, code } = fault;
        const register = this.#nameOf(registerOf(path));
        if (isDoubt(fault)) return [nameOf(path), t('ask.needed', { register })];
        const count = meter.registers.find((each) => each.code === registerOf(path))?.digits ?? 0;
        return [nameOf(path), t(`fault.${code as Exclude<ReadingFault['code'], ReadingDoubt>}`, { register, count, day: last ? this.format.day(last.on, 'long') : '' })];
      }),
    );
    this.asked = new Set(faults.filter(isDoubt).map(({ path }) => registerOf(path)));
    const isQuestion = faults.every(isDoubt);
    const needsMessages = faults.some(({ code }) => code === 'before-last' || code === 'already-read');
    const refusal: Refusal = { title: t(isQuestion ? 'fix.ask' : 'fix'), fields, ...(needsMessages && { action: this.#messagesLink(meter) }) };
    this.refuse(refusal);
    // A question stands where its answers are.
    if (isQuestion) this.focusOn(`#${CSS.escape(this.idOf(`ask-${[...this.asked][0] ?? ''}`))}`);
  }

  #messagesLink(meter: Meter): unknown {
    const link = this.#toMessages(meter, this.t('messages'));
    return link === nothing ? this.link('contact', this.t('contact')) : link;
  }

  /** `nothing` where no page has messages. */
  #toMessages({ id }: Meter, words: string, className = ''): unknown {
    const route = this.client?.route('messages');
    return route === undefined ? nothing : this.link('messages', words, className, { fragment: fragmentForMessage(route, { what: 'reading', id }) });
  }

  // Without a network

  #keepForLater(error: PortalError, reading: WaitingReading): void {
    const place = waitingOf(this.client);
    if (!place?.add(reading)) return this.refuse({ ...this.failureWords(error), text: this.t('waiting.unkept'), error });
    this.#clear();
    this.waiting = place.all();
    this.announcement = this.t('waiting.title');
    this.focusOn('.waiting button');
  }

  readonly #onOnline = (): void => {
    if (this.waiting.length > 0) void this.#sendWaiting();
  };

  /** Each once: under the key that it was kept with. */
  async #sendWaiting(): Promise<void> {
    const { client } = this;
    const place = waitingOf(client);
    if (!client || !place || this.sending) return;
    this.sending = true;
    try {
      await place.alone(async () => {
        for (const waiting of place.all()) {
          const reading = await client.write(sendReading, waiting.input, waiting.key);
          place.remove(waiting.key);
          this.dispatchEvent(new OyaReadingSubmittedEvent());
          if (waiting.input.meterId === this.#meter?.id) this.sent = reading;
          this.announcement = this.t('waiting.sent');
        }
      });
    } catch (thrown) {
      this.#refusedLater(PortalError.from(thrown), place.all()[0]);
    } finally {
      this.sending = false;
      this.waiting = place.all();
      void this.#readings.refresh();
    }
  }

  /** What was kept needs another word: it comes back into the form, with what is asked. */
  #refusedLater(error: PortalError, waiting: WaitingReading | undefined): void {
    const meter = this.#meter;
    if (error.retryable || error.kind === 'unauthenticated' || !waiting || waiting.input.meterId !== meter?.id) return;
    const place = waitingOf(this.client);
    place?.remove(waiting.key);
    // Photos wait for a day, a reading for as long as it takes: it goes without them.
    if (error.fields?.some(({ path }) => path === 'attachmentIds')) {
      const { attachmentIds: _, ...input } = waiting.input;
      place?.add({ ...waiting, key: newIdempotencyKey(), input });
      queueMicrotask(() => void this.#sendWaiting());
      return;
    }
    this.#clear();
    this.isAnother = true;
    this.on = waiting.input.on;
    this.typed = new Map(waiting.input.indexes.map(({ register, index }) => [register, String(index)]));
    this.wordsTyped = waiting.input.words ?? '';
    if (error.kind === 'invalid' && error.fields?.length) return this.#ask(meter, error.fields.map(({ path, code }) => ({ path, code }) as ReadingFault));
    this.refuse({ ...this.failureWords(error), title: this.t('waiting.refused.title'), error });
  }

  #drop({ key }: WaitingReading): void {
    const place = waitingOf(this.client);
    place?.remove(key);
    this.waiting = place?.all() ?? [];
    this.announcement = this.t('waiting.dropped');
    this.focusOn('.digits, .done');
  }
}

/** Of a register's field: without a dot, which a selector would take for a class. */
function fieldOf(code: string): string {
  return `index-${code}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-index-form': OyaIndexForm;
  }
}
