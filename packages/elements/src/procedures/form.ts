import {
  addDays, FURTHEST_DAYS, getContract, getProfile, isRequestKind, judgeReading, LATEST_DAYS, listContracts, listMeters, listReadings, LONGEST_REQUEST_WORDS, MOST_ATTACHMENTS, outlookOn, PortalError, powersOffered, registerHistories, requestFaults, sendServiceRequest, TariffOption,
  ClaimTopic, ConnectionWork, DocumentKind, Energy,
  type AttachmentPurpose, type Contract, type Input, type InputOf, type LocalDay, type Meter, type MeterReadings, type OutputOf, type Procedure, type RegisterJudgement, type RequestDetails, type RequestFault, type RequestKind, type RequestPlace, type ServiceRequestDetails, type Utility,
} from '@oya/contract';
import { Intent, OyaElement, Resource, type Messages, type Read, type Translate } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fieldStyles } from '../field.styles.ts';
import { OyaFileForm } from '../file-form/file-form.ts';
import { fileFormStyles } from '../file-form/file-form.styles.ts';
import { icon } from '../icons.ts';
import { drop, keep, kept } from '../light-form/kept.ts';
import { phoneWords, readPhoneNumber } from '../light-form/phone-number.ts';
import { portalToday } from '../portal-today.ts';
import { OyaRequestSentEvent } from '../request-sent.ts';
import { spaceStyles } from '../space.styles.ts';
import { typedIndex } from '../typed-index.ts';
import { formMessages, type fr } from './form.messages.ts';
import { formStyles } from './form.styles.ts';
import { haveStyles } from './have.styles.ts';
import { contractName, tellDetails } from './telling.ts';
import { tellingMessages, type fr as told } from './telling.messages.ts';
import { detailsOf, isOnStep, nameOf, stepsOf, type StepName, type Typed, type TypedPlace } from './typed.ts';

/** A customer's own: who only reads a contract ends and changes nothing. */
interface Held {
  readonly contracts: readonly Contract[];
  readonly meters: readonly Meter[];
  /** By meter: what is expected of those that are read by hand. */
  readonly readings: ReadonlyMap<Meter['id'], MeterReadings>;
}

/** So many years back a claim reaches; the rule says it in days. */
const CLAIM_DAYS = 5 * 366;

/**
 * A request, step by step: what to have at hand, a question at a time, everything once more before it is sent. What is typed
 * survives a reload. Part of `oya-procedures`, which fetches it.
 */
export class OyaProceduresForm extends OyaFileForm {
  static override readonly messages = formMessages;
  static override readonly sharedMessages: readonly Messages[] = [...OyaFileForm.sharedMessages, tellingMessages];
  static override readonly filesAreOptional = true;
  static override styles = [OyaElement.styles, spaceStyles, fieldStyles, fileFormStyles, haveStyles, formStyles];

  @property({ attribute: false }) procedure: Procedure | undefined;
  @property({ attribute: false }) utility: Utility | undefined;
  @property({ attribute: false }) haveAtHand: unknown = nothing;
  @property({ attribute: false }) done: (request: ServiceRequestDetails) => void = () => {};

  @state() private step: StepName = 'moves';
  @state() private typed: Typed = {};
  @state() private held: Held | undefined;
  @state() private heldFailure: PortalError | undefined;

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #profile = new Resource(this, getProfile, () => ({}), { blocking: false });
  readonly #intent = new Intent();
  #draftOf = '';
  #loading: Contract['id'] | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isAnotherCustomer()) this.held = this.#loading = undefined;
    const draft = this.client?.customerId ? `oya-procedures:${this.client.customerId}:${this.procedure?.id ?? ''}` : '';
    if (draft !== this.#draftOf) {
      this.#draftOf = draft;
      this.#restore();
    }
    const contracts = this.#contracts.data?.items;
    const wanted = contracts?.map(({ id }) => id).join(' ');
    if (contracts && wanted !== this.#loading && !this.heldFailure) {
      this.#loading = wanted;
      void this.#load(contracts, () => this.#loading === wanted);
    }
  }

  protected override renderReady(): unknown {
    const { procedure, utility, held, heldFailure } = this;
    if (heldFailure) {
      return this.errorNotice(heldFailure, () => {
        this.heldFailure = this.#loading = undefined;
      });
    }
    if (!procedure || !utility || !held || !isRequestKind(procedure.kind)) return this.renderLoading();
    const { t } = this;
    const steps = this.#steps;
    const at = steps.indexOf(this.step);
    const isLast = at === steps.length - 1;
    return html`<form class="form" novalidate @submit=${(event: SubmitEvent) => void this.#submit(event)} @input=${this.#onInput} @change=${this.#onInput}>
      ${at === 0 ? this.haveAtHand : nothing}
      <div class="step-head" tabindex="-1">${this.heading(t('step', { number: at + 1, count: steps.length, name: t(`step.${this.step === 'entering' && this.#at('moves') === 'out' ? 'destination' : this.step}`) }), 'part-title')}</div>
      ${this.summary()} ${this.#fields(held, utility)}
      ${at === 0 ? html`<p class="soft small">${t('kept')}</p>` : nothing}
      <div class="buttons">
        ${isLast ? this.submitButton(t('send'), t('sending')) : html`<button type="submit" class="button primary">${t('next')}</button>`}
        ${at > 0 ? html`<button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => this.#goTo(steps[at - 1] as StepName)}>${t('previous')}</button>` : nothing}
      </div>
      ${this.status()}
    </form>`;
  }

  // What it rests on

  protected get t(): Translate<typeof fr> {
    return this.words(formMessages);
  }

  get #told(): Translate<typeof told> {
    return this.words(tellingMessages);
  }

  protected override get purpose(): AttachmentPurpose | undefined {
    return this.procedure && { what: 'request', about: this.#kind };
  }

  get #kind(): RequestKind {
    return (this.procedure?.kind ?? 'claim') as RequestKind;
  }

  get #steps(): readonly StepName[] {
    return stepsOf(this.#kind, this.typed);
  }

  get #today(): LocalDay {
    return portalToday(this, this.format.timeZone);
  }

  #at(path: string): string {
    return this.typed[nameOf(path)] ?? '';
  }

  /** Those that can be ended or changed. */
  get #running(): readonly Contract[] {
    return this.held?.contracts.filter(({ to }) => to === null) ?? [];
  }

  get #place(): TypedPlace {
    return { today: this.#today, contractIds: this.#running.map(({ id }) => id), meters: this.held?.meters.filter(({ kind }) => kind === 'hand-read') ?? [] };
  }

  get #details(): RequestDetails {
    return detailsOf(this.#kind, this.#kind === 'power-or-tariff' && this.#electricity.length === 1 ? { ...this.typed, contractId: this.#electricity[0]?.id ?? '' } : this.typed, this.#place);
  }

  get #electricity(): readonly Contract[] {
    return this.#running.filter(({ energy }) => energy === 'electricity');
  }

  get #form(): RequestPlace['form'] {
    return this.procedure?.way.by === 'form' ? this.procedure.way : {};
  }

  #faults(): RequestFault[] {
    const { held } = this;
    return held ? requestFaults(this.#details, { today: this.#today, contracts: held.contracts, meters: held.meters, form: this.#form, files: this.attached.length }) : [];
  }

  /** What the customer holds, and what their meters are likely to show. @param isWanted nobody else, and nothing else, is looked at by now */
  async #load(all: readonly Contract[], isWanted: () => boolean): Promise<void> {
    const { client } = this;
    if (!client) return;
    // By way of what is known already, and so that an end of the session is heard of everywhere.
    const ask = <O extends Read>(operation: O, input: InputOf<O>): Promise<OutputOf<O>> =>
      client.queries.fetchQuery({ queryKey: client.keyOf(operation, input), queryFn: ({ signal }) => client.read(operation, input, signal) });
    try {
      const contracts: Contract[] = [];
      const meters: Meter[] = [];
      const readings = new Map<Meter['id'], MeterReadings>();
      for (const contract of all) {
        const contractId = contract.id;
        if (client.supports(getContract) && (await ask(getContract, { contractId })).role.role !== 'holder') continue;
        contracts.push(contract);
        if (this.#kind === 'moving' && client.supports(listMeters)) meters.push(...(await ask(listMeters, { contractId })).items);
      }
      for (const { id: meterId, kind } of meters) if (kind === 'hand-read' && client.supports(listReadings)) readings.set(meterId, await ask(listReadings, { meterId }));
      if (isWanted()) this.held = { contracts, meters, readings };
    } catch (thrown) {
      if (!isWanted()) return;
      const error = PortalError.from(thrown);
      // Whoever signs in again is asked anew.
      if (error.kind === 'unauthenticated') this.#loading = undefined;
      else this.heldFailure = error;
    }
  }

  // The draft

  #restore(): void {
    const draft = this.#draftOf === '' ? undefined : kept(this.#draftOf);
    const { step, typed } = (typeof draft === 'object' && draft !== null ? draft : {}) as { step?: unknown; typed?: unknown };
    // Whatever stands there: other scripts of the page can write it.
    this.typed = Object.fromEntries(Object.entries(typeof typed === 'object' && typed !== null ? typed : {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    const steps = this.#steps;
    this.step = steps.find((each) => each === step) ?? (steps[0] as StepName);
    this.forget();
  }

  #keep(): void {
    if (this.#draftOf !== '') keep(this.#draftOf, { step: this.step, typed: this.typed });
  }

  readonly #onInput = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const name = field.name || (field.getAttribute('data-name') ?? '');
    if (name === '' || field.type === 'file') return;
    const value = field.type === 'checkbox' ? (field.checked ? 'yes' : '') : field.value;
    if (this.typed[name] === value) return;
    this.typed = { ...this.typed, [name]: value };
    // A box belongs to its group, which is what was refused.
    for (const refused of [...(this.refusal?.fields?.keys() ?? [])]) if (name === refused || name.startsWith(`${refused}-`) || (refused === 'change' && (name === 'powerKva' || name === 'tariff'))) this.correct(refused);
    this.#keep();
  };

  // The fields of each step

  #fields(held: Held, utility: Utility): unknown {
    switch (this.step) {
      case 'moves':
        return this.#radios('moves', this.t('moves.question'), (['both', 'out', 'in'] as const).map((moves) => ({ value: moves, label: this.#told(`moves.${moves}`), hint: this.t(`moves.${moves}.hint`) })));
      case 'leaving':
        return this.#leaving(held);
      case 'entering':
        return this.#at('moves') === 'out' ? this.#address('address.new') : this.#entering(utility);
      case 'power':
        return this.#power();
      case 'work':
        return this.#work(utility);
      case 'place':
        return html`${this.#address('address')} ${this.#day('on', this.#told('on'), { hint: this.t('on.works'), from: this.#today, until: addDays(this.#today, FURTHEST_DAYS) })}`;
      case 'claim':
        return html`${this.#select('topic', this.#told('topic'), ClaimTopic.options.map((topic) => [topic, this.#told(`topic.${topic}`)]))} ${this.#contract('contractId', held.contracts, true)}
        ${this.#day('on', this.t('optional', { label: this.#told('on.claim') }), { from: addDays(this.#today, -CLAIM_DAYS), until: this.#today })} ${this.#area(this.#told('words'), this.t('claim.words.hint'))}
        ${this.filesField({ label: this.t('optional', { label: this.t('files') }), hint: this.t('files.hint', { count: MOST_ATTACHMENTS }), add: this.t('files.add') })}`;
      case 'document':
        return html`${this.#select('document', this.#told('document'), DocumentKind.options.map((kind) => [kind, this.#told(`document.${kind}`)]))} ${this.#contract('contractId', held.contracts, true)} ${this.#files()}`;
      case 'check':
        return this.#check(held);
      default:
        return this.step satisfies never;
    }
  }

  #leaving({ meters }: Held): unknown {
    const { t } = this;
    const told = this.#told;
    const running = this.#running;
    if (running.length === 0) return html`<p class="field-error" id=${this.idOf('leaving-contractIds')} tabindex="-1">${icon('alert')}<span>${t('leaving.none')}</span></p>`;
    const [only] = running.length === 1 ? running : [];
    const ending = this.#details.kind === 'moving' ? (this.#details.leaving?.contractIds ?? []) : [];
    const read = meters.filter(({ contractId }) => ending.includes(contractId));
    const today = this.#today;
    const hasLeft = this.#at('leaving.on') !== '' && this.#at('leaving.on') < today;
    return html`${only
      ? html`<p><span class="soft small">${told('leaving.contractIds')}</span><br /><span class="strong">${contractName(only, told)}</span></p>`
      : this.#boxes('leaving.contractIds', told('leaving.contractIds'), running.map((contract) => ({ value: contract.id, label: contractName(contract, told) ?? contract.id })))}
    ${this.#day('leaving.on', told('leaving.on'), { hint: t('leaving.on.hint'), from: addDays(today, -LATEST_DAYS), until: addDays(today, FURTHEST_DAYS) })}
    ${read.length === 0
      ? nothing
      : html`<fieldset class="group">
          <legend>${t('readings.title')}</legend>
          ${read.some(({ kind }) => kind === 'hand-read') ? html`<p class="hint">${t(hasLeft ? 'readings.then' : 'readings.today')}</p>` : nothing}
          ${read.map((meter) => (meter.kind === 'hand-read' ? this.#reading(meter) : html`<p>${t('readings.collected', { serial: meter.serialNumber })}</p>`))}
        </fieldset>`}
    ${this.#text('leaving.successor', t('optional', { label: told('leaving.successor') }), { hint: t('successor.why'), autocomplete: 'off', maxlength: 120 })}`;
  }

  /** What is odd is said, and asked of nobody: who looks at the request sees it too. */
  #reading(meter: Meter): unknown {
    const { t } = this;
    const known = this.held?.readings.get(meter.id);
    const contract = this.held?.contracts.find(({ id }) => id === meter.contractId);
    const on = this.#at('leaving.on') !== '' && this.#at('leaving.on') < this.#today ? this.#at('leaving.on') : this.#today;
    const histories = known && contract ? registerHistories(meter, known.readings, contract) : [];
    const judged = this.#judged(meter, on);
    return meter.registers.map(({ code }) => {
      const path = `readings.${meter.id}.${code}`;
      const history = histories.find(({ register }) => register.code === code);
      const outlook = history && outlookOn(history, on);
      const range = outlook?.expected ?? outlook?.allowed;
      const doubt = judged.find(({ register }) => register === code)?.doubt;
      const label = t('readings.serial', { serial: meter.serialNumber, register: code });
      return this.#text(path, label, {
        hint: range && t('readings.expected', { least: this.format.number(range.index.least), most: this.format.number(range.index.most) }),
        autocomplete: 'off', inputmode: 'numeric', maxlength: 16,
        below: doubt ? html`<p class="doubt" role="status">${icon('alert')}<span>${t(`readings.doubt.${doubt}`, { last: outlook ? this.format.number(outlook.last.index) : '' })}</span></p>` : nothing,
      });
    });
  }

  #judged(meter: Meter, on: LocalDay): readonly RegisterJudgement[] {
    const known = this.held?.readings.get(meter.id);
    const contract = this.held?.contracts.find(({ id }) => id === meter.contractId);
    if (!known || !contract) return [];
    const indexes = meter.registers.flatMap(({ code }) => {
      const { index } = typedIndex(this.#at(`readings.${meter.id}.${code}`));
      return index === null ? [] : [{ register: code, index }];
    });
    return judgeReading({ on, indexes }, { meter, contract, readings: known.readings, nextInvoiceOn: known.nextInvoiceOn, window: this.utility?.readingWindow, today: this.#today }).judgements;
  }

  #entering(utility: Utility): unknown {
    const { t } = this;
    const told = this.#told;
    const energies = Energy.options.filter((energy) => utility.territory.length === 0 || utility.territory.some((commune) => commune.energies.includes(energy)));
    return html`${this.#day('entering.on', told('entering.on'), { hint: t('entering.on.hint'), from: addDays(this.#today, -LATEST_DAYS), until: addDays(this.#today, FURTHEST_DAYS) })} ${this.#address('address.new')}
    ${this.#boxes('entering.energies', told('entering.energies'), energies.map((energy) => ({ value: energy, label: told(`energy.${energy}`) })))}
    ${energies
      .filter((energy) => this.#at(`entering.energies.${energy}`) === 'yes')
      .map((energy) => this.#text(`entering.indexes.${energy}`, t('optional', { label: told(`entering.indexes.${energy}`) }), { hint: t('indexes.hint'), autocomplete: 'off', inputmode: 'numeric', maxlength: 16 }))}`;
  }

  #power(): unknown {
    const { t } = this;
    const told = this.#told;
    const electricity = this.#electricity;
    const contract = electricity.find(({ id }) => id === this.#at('contractId')) ?? (electricity.length === 1 ? electricity[0] : undefined);
    const now = contract?.subscribedPowerKva ?? null;
    const tariffs = this.#form.tariffs ?? TariffOption.options;
    return html`${electricity.length === 1 && contract ? html`<p><span class="soft small">${told('contractId')}</span><br /><span class="strong">${contractName(contract, told)}</span></p>` : this.#contract('contractId', electricity, false)}
    ${this.#select('powerKva', told('powerKva'), [['', t('same')], ...powersOffered(this.#form).map((power): [string, string] => [String(power), this.#powerWords(power)])], html`${t('powerKva.hint')} ${now === null ? nothing : html`<span class="strong">${t('powerKva.now', { power: now })}</span>`}`, 'change')}
    ${this.#select('tariff', told('tariff'), [['', t('same')], ...tariffs.map((tariff): [string, string] => [tariff, told(`tariff.${tariff}`)])], html`${t('tariff.hint')} ${this.link('tariffs', t('tariff.compare'))}`)}
    ${this.#day('on', t('optional', { label: told('on') }), { hint: t('on.soon'), from: this.#today, until: addDays(this.#today, FURTHEST_DAYS) })}`;
  }

  #powerWords(power: number): string {
    const { t } = this;
    return power === 3 || power === 6 || power === 9 || power === 12 ? t(`power.${power}`) : t('power.more', { power });
  }

  #work(utility: Utility): unknown {
    const told = this.#told;
    const energies = Energy.options.filter((energy) => utility.territory.length === 0 || utility.territory.some((commune) => commune.energies.includes(energy)));
    return html`${this.#radios('energy', told('energy'), energies.map((energy) => ({ value: energy, label: told(`energy.${energy}`) })))}
    ${this.#radios('work', told('work'), ConnectionWork.options.map((work) => ({ value: work, label: told(`work.${work}`) })))}
    ${this.#at('energy') === 'electricity'
      ? this.#select('powerKva', told('powerKva'), [['', this.t('choose')], ...powersOffered(this.#form).map((power): [string, string] => [String(power), this.#powerWords(power)])], html`${this.t('powerKva.hint')}`)
      : nothing}`;
  }

  #address(label: 'address' | 'address.new'): TemplateResult {
    const told = this.#told;
    return html`<fieldset class="group">
      <legend>${told(label)}</legend>
      ${this.#text('address.street', told('address.street'), { autocomplete: 'address-line1', maxlength: 120 })}
      ${this.#text('address.extra', this.t('optional', { label: told('address.extra') }), { autocomplete: 'address-line2', maxlength: 120 })}
      <div class="side">
        ${this.#text('address.postcode', told('address.postcode'), { autocomplete: 'postal-code', inputmode: 'numeric', maxlength: 16 })} ${this.#text('address.city', told('address.city'), { autocomplete: 'address-level2', maxlength: 120 })}
      </div>
    </fieldset>`;
  }

  #check({ contracts, meters }: Held): TemplateResult {
    const { t } = this;
    const rows = tellDetails(this.#details, { t: this.#told, format: this.format, contracts, meters }).filter(({ path }) => path !== 'words' || this.#kind === 'claim');
    const files = this.attached;
    const stepFor = (path: string) => this.#steps.find((step) => step !== 'check' && isOnStep(path, step));
    return html`<p>${t('check.lead')}</p>
      <dl class="told">
        ${rows.map(({ path, label, value }) => {
          const step = stepFor(path);
          return html`<div><dt>${label}</dt><dd>${value}</dd>${step ? html`<dd><button type="button" class="as-link" @click=${() => this.#goTo(step)}>${t('edit')}<span class="visually-hidden">, ${label}</span></button></dd>` : nothing}</div>`;
        })}
        ${files.length > 0 ? html`<div><dt>${t('files')}</dt><dd>${new Intl.ListFormat(this.locale).format(files.map(({ name }) => name))}</dd></div>` : nothing}
      </dl>
      ${this.#kind === 'claim' ? nothing : this.#area(t('optional', { label: this.#told('words') }), t('words.hint'))}
      ${this.#text('phone', this.#told('phone'), { hint: t('phone.hint'), autocomplete: 'tel', inputmode: 'tel', maxlength: 30, value: this.typed['phone'] ?? phoneWords(this.#profile.data?.phone ?? null) })}`;
  }

  // Kinds of fields

  #text(path: string, label: string, { hint, autocomplete, inputmode, maxlength, value = this.#at(path), below = nothing }: { hint?: string | undefined; autocomplete: string; inputmode?: 'numeric' | 'tel'; maxlength: number; value?: string; below?: unknown }): TemplateResult {
    const name = nameOf(path);
    return html`<div class="field">
      <label for=${this.idOf(name)}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id=${this.idOf(`${name}-hint`)}>${hint}</p>`} ${this.fieldError(name)}
      <input id=${this.idOf(name)} name=${name} type=${inputmode === 'tel' ? 'tel' : 'text'} autocomplete=${autocomplete as never} inputmode=${(inputmode ?? nothing) as never} maxlength=${maxlength} .value=${value} aria-invalid=${this.isRefused(name) ? 'true' : nothing} aria-describedby=${this.describedBy(name, ...(hint === undefined ? [] : ['hint']))} />
      ${below}
    </div>`;
  }

  #day(path: string, label: string, { hint, from, until }: { hint?: string; from: LocalDay; until: LocalDay }): TemplateResult {
    const name = nameOf(path);
    return html`<div class="field">
      <label for=${this.idOf(name)}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id=${this.idOf(`${name}-hint`)}>${hint}</p>`} ${this.fieldError(name)}
      <input class="day" id=${this.idOf(name)} name=${name} type="date" min=${from} max=${until} .value=${this.#at(path)} aria-invalid=${this.isRefused(name) ? 'true' : nothing} aria-describedby=${this.describedBy(name, ...(hint === undefined ? [] : ['hint']))} />
    </div>`;
  }

  #area(label: string, hint: string): TemplateResult {
    return html`<div class="field">
      <label for=${this.idOf('words')}>${label}</label>
      <p class="hint" id=${this.idOf('words-hint')}>${hint}</p>
      ${this.fieldError('words')}
      <textarea id=${this.idOf('words')} name="words" rows="4" maxlength=${LONGEST_REQUEST_WORDS} .value=${this.#at('words')} aria-invalid=${this.isRefused('words') ? 'true' : nothing} aria-describedby=${this.describedBy('words', 'hint')}></textarea>
    </div>`;
  }

  /** @param group a refusal of the group leads here too */
  #select(path: string, label: string, options: readonly (readonly [string, string])[], hint?: unknown, group?: string): TemplateResult {
    const name = nameOf(path);
    const chosen = this.#at(path);
    const all = options.some(([value]) => value === '') ? options : [['', this.t('choose')] as const, ...options];
    return html`<div class="field">
      <label for=${this.idOf(name)}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id=${this.idOf(`${name}-hint`)}>${hint}</p>`} ${this.fieldError(name)} ${group === undefined ? nothing : html`<div id=${this.idOf(group)} tabindex="-1">${this.fieldError(group)}</div>`}
      <select id=${this.idOf(name)} name=${name} aria-invalid=${this.isRefused(name) ? 'true' : nothing} aria-describedby=${this.describedBy(name, ...(hint === undefined ? [] : ['hint']))}>
        ${all.map(([value, words]) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`)}
      </select>
    </div>`;
  }

  #contract(path: string, contracts: readonly Contract[], isOptional: boolean): unknown {
    if (contracts.length === 0) return nothing;
    const label = this.#told('contractId');
    return this.#select(path, isOptional ? this.t('optional', { label }) : label, [...(isOptional ? [['', this.t('none')] as const] : []), ...contracts.map((contract) => [contract.id, contractName(contract, this.#told) ?? contract.id] as const)]);
  }

  #radios(path: string, legend: string, answers: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]): TemplateResult {
    const name = nameOf(path);
    return html`<fieldset class="group" aria-describedby=${this.describedBy(name)}>
      <legend>${legend}</legend>
      ${this.fieldError(name)}
      ${answers.map(({ value, label, hint }, at) => html`<label class="choice" for=${this.idOf(at === 0 ? name : `${name}-${value}`)}>
        <input type="radio" id=${this.idOf(at === 0 ? name : `${name}-${value}`)} name=${name} value=${value} .checked=${this.#at(path) === value} aria-invalid=${this.isRefused(name) ? 'true' : nothing} />
        <span>${label}${hint === undefined ? nothing : html`<span class="hint">${hint}</span>`}</span>
      </label>`)}
    </fieldset>`;
  }

  #boxes(path: string, legend: string, answers: readonly { readonly value: string; readonly label: string }[]): TemplateResult {
    const name = nameOf(path);
    return html`<fieldset class="group" aria-describedby=${this.describedBy(name)}>
      <legend>${legend}</legend>
      ${this.fieldError(name)}
      ${answers.map(({ value, label }, at) => {
        const own = nameOf(`${path}.${value}`);
        const id = this.idOf(at === 0 ? name : own);
        return html`<label class="choice" for=${id}><input type="checkbox" id=${id} name=${own} value="yes" .checked=${this.#at(`${path}.${value}`) === 'yes'} aria-invalid=${this.isRefused(name) ? 'true' : nothing} /><span>${label}</span></label>`;
      })}
    </fieldset>`;
  }

  #files(): TemplateResult {
    return html`<div id=${this.idOf('attachmentIds')} tabindex="-1">${this.fieldError('attachmentIds')}</div>
      ${this.filesField({ label: this.t('files'), hint: this.t('files.hint', { count: MOST_ATTACHMENTS }), add: this.t('files.add') })}`;
  }

  // What somebody does

  #goTo(step: StepName): void {
    if (this.sending) return;
    this.step = step;
    this.forget();
    this.#keep();
    this.focusOn('.step-head');
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { client, t } = this;
    if (this.sending || !client || !this.held || this.isIncomplete()) return;
    const steps = this.#steps;
    const faults = this.#faults();
    const here = faults.filter(({ path }) => isOnStep(path, this.step) && (this.step !== 'check' || path !== 'words'));
    if (here.length > 0) return this.#refuseFaults(here);
    if (this.step !== 'check') return this.#goTo(steps[steps.indexOf(this.step) + 1] as StepName);
    const [first] = faults;
    if (first) {
      // A draft of another day may have become wrong on an earlier step.
      this.step = steps.find((step) => isOnStep(first.path, step)) ?? (steps[0] as StepName);
      return this.#refuseFaults(faults.filter(({ path }) => isOnStep(path, this.step)));
    }
    const phone = readPhoneNumber(this.typed['phone'] ?? phoneWords(this.#profile.data?.phone ?? null));
    if (!phone) return this.refuse({ title: t('fix.title'), fields: new Map([['phone', t('phone.invalid')]]) });
    const attachmentIds = this.attached.map(({ id }) => id);
    const input: Input<'sendServiceRequest'> = { details: this.#details, phone: phone.e164, ...(attachmentIds.length > 0 && { attachmentIds }) };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('sending');
    const draft = this.#draftOf;
    try {
      const request = await this.#intent.send(input, (key) => client.write(sendServiceRequest, input, key));
      drop(draft);
      this.forgetFiles(attachmentIds);
      this.dispatchEvent(new OyaRequestSentEvent());
      this.done(request);
    } catch (thrown) {
      this.#fail(PortalError.from(thrown));
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  #fail(error: PortalError): void {
    if (error.kind === 'unauthenticated') return;
    const { t } = this;
    const fields = (error.fields ?? []).map(({ path, code }) => ({ path: path.replace(/^details\./, ''), code }));
    if (error.kind === 'invalid' && fields.length > 0) {
      if (fields.some(({ path }) => path === 'phone')) return this.refuse({ title: t('fix.title'), fields: new Map([['phone', t('phone.invalid')]]), error });
      const step = this.#steps.find((each) => fields.some(({ path }) => isOnStep(path, each)));
      if (step) {
        this.step = step;
        return this.#refuseFaults(fields.filter(({ path }) => isOnStep(path, step)) as RequestFault[]);
      }
    }
    this.refuse({ ...(error.kind === 'invalid' ? { title: t('conflict.title'), text: this.core('error.invalid.text') } : this.failureWords(error)), error });
  }

  #refuseFaults(faults: readonly RequestFault[]): void {
    // Of several about one field the first is to be mended first.
    const fields = new Map(faults.toReversed().map((fault) => [nameOf(fault.path), this.#faultWords(fault)]));
    this.refuse({ title: this.t('fix.title'), fields: new Map([...fields].reverse()) });
  }

  #faultWords({ path, code }: RequestFault): string {
    const { t } = this;
    const label = this.#labelOf(path);
    const known = ['missing', 'unknown', 'too-early', 'too-far', 'not-yet', 'before-contract', 'apart', 'digits', 'same', 'not-offered'] as const;
    const fault = known.find((each) => each === code) ?? 'unknown';
    const earliest = this.#kind === 'moving' ? -LATEST_DAYS : this.#kind === 'claim' ? -CLAIM_DAYS : 0;
    return t(`fault.${fault}`, { label, day: this.format.day(addDays(this.#today, fault === 'too-far' ? FURTHEST_DAYS : earliest), 'long') });
  }

  #labelOf(path: string): string {
    const told = this.#told;
    const [field, meterId, register] = path.split('.');
    if (field === 'readings') {
      const serial = this.held?.meters.find(({ id }) => id === meterId)?.serialNumber ?? '';
      return register === undefined ? told('reading', { serial }) : this.t('readings.serial', { serial, register });
    }
    if (path === 'on') return told(this.#kind === 'claim' ? 'on.claim' : 'on');
    const labels = ['moves', 'leaving.contractIds', 'leaving.on', 'entering.on', 'entering.energies', 'entering.indexes.electricity', 'entering.indexes.gas', 'address.street', 'address.postcode', 'address.city', 'contractId', 'change', 'powerKva', 'tariff', 'energy', 'work', 'topic', 'document', 'attachmentIds', 'words'] as const;
    const key = labels.find((each) => each === path);
    return key ? told(key) : path;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-procedures-form': OyaProceduresForm;
  }
}
