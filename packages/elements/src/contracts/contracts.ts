import {
  acceptAccess,
  addContract,
  addDays,
  dayToShow,
  EmailAddress,
  getContract,
  inviteAccess,
  listAccess,
  listContracts,
  listMeters,
  localDay,
  offPeakOn,
  PortalError,
  pricesOn,
  readAmount,
  readDeliveryPoint,
  readInvoiceNumber,
  revokeAccess,
  type AccessGrant,
  type Contract,
  type ContractDetails,
  type ContractPrice,
  type Input,
  type InputOf,
  type LocalDay,
  type Meter,
  type OutputOf,
  type PaymentMeans,
  type Proof,
} from '@oya/contract';
import { capitalized, Intent, OyaElement, Resource, type Write } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { dataTable } from '../data-table.ts';
import { icon } from '../icons.ts';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { spaceStyles } from '../space.styles.ts';
import { durationWords, rangesWords } from '../clock.ts';
import { contractsMessages } from './contracts.messages.ts';
import { contractsStyles } from './contracts.styles.ts';
import { dayBar } from './day-bar.ts';
import { groupedDeliveryPoint } from './delivery-point.ts';
import { clearInvitation, invitationInAddress } from './invitation.ts';
import { commonStart, pricedThings, priceSteps } from '../price-steps.ts';

/** What the customer is doing, in place of what stands there otherwise: one thing at a time. */
type Task = { readonly kind: 'add' } | { readonly kind: 'give' } | { readonly kind: 'accept' } | { readonly kind: 'take-back'; readonly grantId: AccessGrant['id'] };

/** What a form holds, or the words for each field that does not. */
type Reading<T> = { readonly value: T } | { readonly faults: ReadonlyMap<string, string> };

const PROOF_FIELDS = { invoice: ['number', 'total'], contract: ['contractNumber', 'deliveryPoint', 'lastName'] } as const satisfies Record<Proof['kind'], readonly string[]>;

/** Registers that have a name of their own; any other shows its code. */
const NAMED_PRICES = ['standing-charge', 'BASE', 'HP', 'HC', 'HCJB', 'HPJB', 'HCJW', 'HPJW', 'HCJR', 'HPJR'] as const;

/**
 * The customer's contracts and where they are: delivery point, meter, power, tariff with its off-peak hours, prices with
 * their dates, payment. Choosing one changes it for all elements of the page. Another one is added with an invoice or the
 * contract in hand; a relative or a tenant is let in to read, and out again.
 *
 * @summary Contracts and sites in detail; choosing one, adding one, and letting somebody read it.
 * @placeholder 46rem
 * @csspart notice - A message: an error, signed out, a contract that has ended or is shared.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart day-bar - The day from midnight to midnight with its off-peak hours.
 * @csspart table - The table of earlier prices.
 */
export class OyaContracts extends OyaLightForm {
  static override readonly messages = contractsMessages;
  static override styles = [OyaElement.styles, spaceStyles, contractsStyles];

  @state() private task: Task | undefined;
  @state() private proofKind: Proof['kind'] = 'invoice';
  @state() private hasLastDay = false;
  @state() private showsHistory = false;
  @state() private invitation: string | undefined;
  /** The invitation cannot be accepted: trying again would change nothing. */
  @state() private invitationIsOver = false;
  /** What has just been done, told where the focus goes. */
  @state() private outcome: { readonly about: 'contract' | 'access'; readonly words: string } | undefined;

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #details = new Resource(this, getContract, () => this.#contractQuestion(), { keepPrevious: true });
  readonly #meters = new Resource(this, listMeters, () => this.#contractQuestion(), { blocking: false, keepPrevious: true });
  readonly #access = new Resource(this, listAccess, () => this.#accessQuestion(), { blocking: false });

  readonly #intent = new Intent();
  /** What is typed, by field: it survives an expired session and a form that is shown anew. */
  #typed: Record<string, string> = {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#readInvitation();
    addEventListener('hashchange', this.#readInvitation);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readInvitation);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isAnotherCustomer()) this.#close();
  }

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0;
  }

  protected override renderReady(): unknown {
    const details = this.#details.data;
    if (!details) return nothing;
    const stale = this.#details.isPrevious;
    return this.#frame(
      html`${this.#chooser()}
        <div class=${stale ? 'contract stale' : 'contract'} aria-busy=${stale ? 'true' : 'false'}>
          ${this.#head(details)} ${this.#facts(details)}
          <div class="pair">${this.#offPeak(details)} ${this.#prices(details)}</div>
          ${this.showsHistory ? this.#historyTable(details) : nothing} ${details.role.role === 'holder' ? this.#accessSection() : nothing}
        </div>`,
    );
  }

  protected override renderEmpty(): unknown {
    const t = this.words(contractsMessages);
    return this.#frame(this.notice(t('empty.title'), t('empty.text')));
  }

  protected override renderSignedOut(): unknown {
    if (!this.invitation) return super.renderSignedOut();
    const t = this.words(contractsMessages);
    return this.notice(t('invited.signed-out.title'), t('invited.signed-out.text'), this.link('login', this.core('signed-out.action'), 'button primary'));
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  get #today(): LocalDay {
    return localDay(Date.now(), this.format.timeZone);
  }

  #contractQuestion(): Input<'getContract'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  /** Only for the holder: others have no business with it, and would be refused. */
  #accessQuestion(): Input<'listAccess'> | undefined {
    const details = this.#details.isPrevious ? undefined : this.#details.data;
    return details?.role.role === 'holder' ? { contractId: details.contract.id } : undefined;
  }

  /** What stays in its place whatever is shown: an invitation, the way to another contract. */
  #frame(content: unknown): TemplateResult {
    const t = this.words(contractsMessages);
    return html`<section class="frame" aria-label=${t('region')}>
      ${this.#invitationNotice()} ${this.outcome?.about === 'contract' ? this.#outcomeNotice(this.outcome.words) : nothing} ${content} ${this.#addSection()} ${this.status()}
    </section>`;
  }

  #outcomeNotice(words: string): TemplateResult {
    return html`<p class="outcome" tabindex="-1">${icon('check')}<span>${words}</span></p>`;
  }

  #chooser(): unknown {
    const t = this.words(contractsMessages);
    const contracts = this.#contracts.data?.items ?? [];
    if (contracts.length < 2 || this.contract !== undefined) return nothing;
    const sites = new Map(contracts.map(({ site }) => [site.id, site]));
    return html`<fieldset class="chooser" aria-describedby=${this.idOf('choose-hint')}>
      <legend>${t('choose')}</legend>
      <p class="soft small" id=${this.idOf('choose-hint')}>${t('choose.hint')}</p>
      <div class="sites">
        ${[...sites.values()].map(
          ({ id, label, address }) =>
            html`<fieldset class="site">
              <legend>${t('site', { label, address })}</legend>
              <div class="cards">${contracts.filter(({ site }) => site.id === id).map((contract) => this.#card(contract))}</div>
            </fieldset>`,
        )}
      </div>
    </fieldset>`;
  }

  #card({ id, energy, offer, subscribedPowerKva, to }: Contract): TemplateResult {
    const t = this.words(contractsMessages);
    const ended = to !== null && to <= this.#today;
    const more = ended ? t('card.ended', { day: this.#day(addDays(to, -1)) }) : subscribedPowerKva === null ? undefined : t('card.power', { power: this.#power(subscribedPowerKva) });
    return html`<label class="card">
      <input type="radio" name="contract" value=${id} .checked=${id === this.#contract?.id} @change=${() => this.#choose(id)} />
      <span class="card-text">
        <span class="strong">${t(`energy.${energy}`)}, ${offer}</span>
        ${more === undefined ? nothing : html`<span class="soft small">${more}</span>`}
      </span>
    </label>`;
  }

  /** One thing first: where, then what is supplied there. */
  #head({ contract, role }: ContractDetails): TemplateResult {
    const t = this.words(contractsMessages);
    const { site, energy, offer, from, to, holder } = contract;
    const today = this.#today;
    const ended = to !== null && to <= today;
    return html`<div class="head">
        ${this.heading(site.label)}
        <p class="place">${t('place', { address: site.address, postcode: site.postcode, commune: site.commune })}</p>
        <p class="offer">${t('offer', { energy: t(`energy.${energy}`), offer })}</p>
        ${ended ? nothing : html`<p class="soft">${t(today < from ? 'coming' : 'running', { day: this.#day(from) })}</p>`}
      </div>
      ${ended ? this.#aside(t('ended.title'), t('ended.text', { from: this.#day(from), to: this.#day(addDays(to, -1)) })) : nothing}
      ${role.role === 'reader'
        ? this.#aside(
            t('shared.title', { holder }),
            `${role.until === null ? t('shared.open', { holder }) : t('shared.until', { holder, day: this.#day(role.until) })} ${t('shared.limits', { holder })}`,
          )
        : nothing}
      ${this.#ways(role.role === 'holder')}`;
  }

  #aside(title: string, text: string): TemplateResult {
    return html`<div class="notice" part="notice">${this.heading(title, 'notice-title', 1)}<p>${text}</p></div>`;
  }

  #ways(isHolder: boolean): unknown {
    const t = this.words(contractsMessages);
    const consumption = this.link('consumption', t('see.consumption'), 'button');
    const messages = isHolder ? this.link('messages', t('see.messages'), 'button') : nothing;
    return consumption === nothing && messages === nothing ? nothing : html`<p class="actions">${consumption} ${messages}</p>`;
  }

  #facts({ contract, payment, prices }: ContractDetails): TemplateResult {
    const t = this.words(contractsMessages);
    const { holder, number, energy, deliveryPoint, subscribedPowerKva, from, to } = contract;
    const option = energy === 'electricity' ? optionOf(prices) : undefined;
    return html`<section class="part">
      ${this.heading(t('details'), 'part-title', 1)}
      <dl class="facts">
        ${this.#fact(t('holder'), holder)} ${this.#fact(t('number'), number)}
        ${this.#fact(t(`point.${energy}`), html`<span class="code">${groupedDeliveryPoint(deliveryPoint)}</span>`, t(`point.${energy}.text`))} ${this.#meterFact()}
        ${subscribedPowerKva === null ? nothing : this.#fact(t('power'), t('power.value', { power: this.#power(subscribedPowerKva) }), t('power.text'))}
        ${option === undefined ? nothing : this.#fact(t('option'), t(`option.${option}`), t(`option.${option}.text`))} ${this.#fact(t('start'), this.#day(from))}
        ${to === null ? nothing : this.#fact(t('end'), this.#day(addDays(to, -1)))} ${payment === null ? nothing : this.#fact(t('payment'), this.#paymentWords(payment))}
      </dl>
    </section>`;
  }

  #fact(name: string, value: unknown, text?: string): TemplateResult {
    return html`<div>
      <dt>${name}</dt>
      <dd>${value}${text === undefined ? nothing : html`<p class="soft small">${text}</p>`}</dd>
    </div>`;
  }

  #meterFact(): unknown {
    const t = this.words(contractsMessages);
    if (this.#meters.isPrevious || !this.#meters.data) return nothing;
    const meter = this.#meter;
    if (!meter) return this.#fact(t('meter'), t('meter.none'));
    return this.#fact(t('meter'), t(`meter.${meter.kind}`, { serial: meter.serialNumber }), meter.kind === 'linky' ? t('meter.linky.text') : undefined);
  }

  #paymentWords({ kind, accountEnd }: PaymentMeans): string {
    const t = this.words(contractsMessages);
    return kind === 'sepa-debit' && accountEnd ? t('payment.sepa-debit.account', { end: accountEnd }) : t(`payment.${kind}`);
  }

  #offPeak({ contract, offPeak }: ContractDetails): unknown {
    const t = this.words(contractsMessages);
    const day = dayToShow(contract, this.#today);
    const current = offPeakOn(offPeak, day);
    if (!current) return nothing;
    const before = offPeakOn(offPeak, addDays(current.from, -1));
    return html`<section class="part off-peak">
      ${this.heading(t('off-peak'), 'part-title', 1)}
      <p class="ranges">${capitalized(rangesWords(current.ranges, this.format, t), this.locale)}</p>
      ${dayBar(current.ranges, t)}
      <p class="soft small">${t('off-peak.length', { duration: durationWords(current.ranges, t), day: this.#day(current.from) })}</p>
      ${before
        ? html`<p class="soft small">${t('off-peak.before', { day: this.#day(addDays(current.from, -1)), ranges: rangesWords(before.ranges, this.format, t) })}</p>`
        : nothing}
    </section>`;
  }

  #prices({ contract, prices, pricesNote }: ContractDetails): TemplateResult {
    const t = this.words(contractsMessages);
    const current = pricesOn(prices, dayToShow(contract, this.#today));
    const since = commonStart(current);
    return html`<section class="part prices">
      ${this.heading(t('prices'), 'part-title', 1)}
      ${current.length === 0
        ? html`<p>${t('prices.none')}</p>`
        : html`<p class="soft">${since === undefined ? t('prices.taxes') : t('prices.since', { day: this.#day(since) })}</p>
            <dl class="price-list">
              ${current.map(
                (price) =>
                  html`<div>
                    <dt>${this.#priceName(price.what)}</dt>
                    <dd>${this.#price(price)}${since === undefined ? html`<span class="soft small">${t('since', { day: this.#day(price.from) })}</span>` : nothing}</dd>
                  </div>`,
              )}
            </dl>
            <p class="soft small">${t('price.kWh.text')}</p>
            ${pricesNote ? html`<p class="soft small note">${this.locale.startsWith('fr') ? pricesNote.fr : (pricesNote.en ?? pricesNote.fr)}</p>` : nothing}`}
      ${priceSteps(prices).length < 2
        ? nothing
        : html`<p>
            <button type="button" class="button" aria-expanded=${this.showsHistory ? 'true' : 'false'} @click=${() => (this.showsHistory = !this.showsHistory)}>
              ${t(this.showsHistory ? 'history.hide' : 'history.show')}
            </button>
          </p>`}
    </section>`;
  }

  /** Labelled rows where it is narrow. The roles are said because a table that is not laid out as one loses them in some browsers. */
  #historyTable({ prices }: ContractDetails): unknown {
    const t = this.words(contractsMessages);
    const steps = priceSteps(prices);
    const things = pricedThings(prices);
    if (steps.length < 2) return nothing;
    const rows = steps.map(({ from, to, prices: held }) => ({
      head: to === null ? t('history.from', { from: this.#day(from) }) : t('history.from-to', { from: this.#day(from), to: this.#day(addDays(to, -1)) }),
      cells: things.map((what) => {
        const price = held.get(what);
        return price ? this.#price(price) : t('none');
      }),
    }));
    return dataTable(t('history.caption'), [t('history.period'), ...things.map((what) => this.#priceName(what))], rows);
  }

  #priceName(what: ContractPrice['what']): string {
    const named = NAMED_PRICES.find((name) => name === what);
    return named ? this.words(contractsMessages)(`price.${named}`) : what;
  }

  /** Per month as an amount, per kWh with the decimals of a price list. */
  #price({ unit, price }: ContractPrice): string {
    const t = this.words(contractsMessages);
    return unit === 'month' ? t('price.month', { price: this.format.money(price / 1000) }) : t('price.kWh', { price: this.format.unitPrice(price) });
  }

  #accessSection(): unknown {
    const t = this.words(contractsMessages);
    if (!this.client?.supports(listAccess)) return nothing;
    const grants = this.#access.data?.items ?? [];
    return html`<section class="part access">
      ${this.heading(t('access'), 'part-title', 1)}
      <p class="soft">${t('access.text')}</p>
      ${this.outcome?.about === 'access' ? this.#outcomeNotice(this.outcome.words) : nothing} ${this.#access.error ? this.#accessFailure() : nothing}
      ${grants.length === 0
        ? this.#access.data
          ? html`<p>${t('access.nobody')}</p>`
          : nothing
        : html`<ul class="grants">
            ${grants.map((grant) => this.#grant(grant))}
          </ul>`}
      ${this.task?.kind === 'give' ? this.#giveForm() : this.#opener('give', { kind: 'give' }, inviteAccess)}
    </section>`;
  }

  #accessFailure(): TemplateResult {
    return html`<p class="failed">${icon('alert')}<span>${this.words(contractsMessages)('access.failed')}</span>
      <button type="button" class="button" @click=${() => void this.#access.refresh()}>${this.core('retry')}</button></p>`;
  }

  #grant(grant: AccessGrant): TemplateResult {
    const t = this.words(contractsMessages);
    const { id, name, email, state: at } = grant;
    const who = name ?? email;
    const taking = this.task?.kind === 'take-back' && this.task.grantId === id;
    return html`<li class=${at} data-grant=${id}>
      <div class="grant">
        <div>
          <p class="strong"><bdi>${who}</bdi></p>
          ${name === null ? nothing : html`<p class="soft small"><bdi>${email}</bdi></p>`}
          <p class="soft small">${this.#grantWords(grant)}</p>
        </div>
        ${at === 'ended' || taking || !this.client?.supports(revokeAccess)
          ? nothing
          : html`<button type="button" class="button" @click=${() => this.#open({ kind: 'take-back', grantId: id })}>
              ${t(at === 'invited' ? 'take-back.invitation' : 'take-back')} <span class="visually-hidden">${t('take-back.of', { who })}</span>
            </button>`}
      </div>
      ${taking ? this.#takeBack(grant) : nothing}
    </li>`;
  }

  #grantWords({ state: at, invitedAt, until }: AccessGrant): string {
    const t = this.words(contractsMessages);
    if (at === 'invited') return t('access.invited', { day: this.#day(localDay(Date.parse(invitedAt), this.format.timeZone)) });
    if (at === 'ended') return t('access.ended');
    return until === null ? t('access.active') : t('access.active.until', { day: this.#day(until) });
  }

  /** What taking back means is said before it is done. */
  #takeBack(grant: AccessGrant): TemplateResult {
    const t = this.words(contractsMessages);
    const who = grant.name ?? grant.email;
    const words = grant.state === 'invited' ? 'take-back.invitation' : 'take-back';
    return html`<div class="task">
      ${this.summary()} ${this.heading(t(`${words}.title`, { who }), 'part-title task-title', 2)}
      <p>${t(`${words}.text`, { who })}</p>
      <div class="actions">
        <button type="button" class="button primary danger" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#revoke(grant)}>
          ${this.sending ? t('take-back.sending') : t(words)}
        </button>
        <button type="button" class="button" @click=${() => this.#cancel(`[data-grant='${grant.id}'] .button`)}>${t('take-back.keep')}</button>
      </div>
    </div>`;
  }

  #giveForm(): TemplateResult {
    const t = this.words(contractsMessages);
    return html`<div class="task">
      ${this.summary()} ${this.heading(t('give.title'), 'part-title task-title', 2)}
      <p>${t('give.text')}</p>
      <form method="post" novalidate @submit=${this.#give} @input=${this.#onInput}>
        ${this.field({ name: 'email', label: t('email.label'), type: 'email', autocomplete: 'off', inputmode: 'email', maxlength: 254, ...this.#kept('email') })}
        ${this.#radios('until', t('until.label'), [
          { value: 'open', label: t('until.open'), chosen: !this.hasLastDay, choose: () => (this.hasLastDay = false) },
          { value: 'dated', label: t('until.dated'), chosen: this.hasLastDay, choose: () => (this.hasLastDay = true) },
        ])}
        ${this.hasLastDay ? this.#dayField() : nothing}
        <div class="actions">${this.submitButton(t('give.submit'), t('give.sending'))} ${this.#cancelButton('.open-give')}</div>
      </form>
    </div>`;
  }

  #dayField(): TemplateResult {
    const t = this.words(contractsMessages);
    return html`<div class="field">
      <label for=${this.idOf('day')}>${t('day.label')}</label>
      ${this.fieldError('day')}
      <input
        id=${this.idOf('day')}
        name="day"
        type="date"
        min=${this.#today}
        value=${this.#typed['day'] ?? nothing}
        required
        aria-invalid=${this.refusal?.fields?.has('day') ? 'true' : nothing}
        aria-describedby=${this.describedBy('day')}
      />
    </div>`;
  }

  #radios(name: string, legend: string, options: { value: string; label: string; chosen: boolean; choose: () => void }[]): TemplateResult {
    return html`<fieldset class="radios">
      <legend>${legend}</legend>
      ${options.map(
        ({ value, label, chosen, choose }) =>
          html`<label class="radio"><input type="radio" name=${name} value=${value} .checked=${chosen} @change=${choose} /><span>${label}</span></label>`,
      )}
    </fieldset>`;
  }

  #addSection(): unknown {
    const t = this.words(contractsMessages);
    if (!this.client?.supports(addContract) || this.contract !== undefined) return nothing;
    if (this.task?.kind !== 'add') {
      return html`<section class="part add">
        ${this.heading(t('add.question'), 'part-title', 1)}
        <p class="soft">${t('add.text')}</p>
        ${this.#opener('add', { kind: 'add' }, addContract)}
      </section>`;
    }
    const others = (kind: Proof['kind']) => ({ value: kind, label: t(`proof.${kind}`), chosen: this.proofKind === kind, choose: () => this.#useProof(kind) });
    return html`<section class="part add">
      <div class="task">
        ${this.summary()} ${this.heading(t('add.title'), 'part-title task-title', 1)}
        <form method="post" novalidate @submit=${this.#add} @input=${this.#onInput}>
          ${this.#radios('proof', t('proof.label'), [others('invoice'), others('contract')])} ${this.proofKind === 'invoice' ? this.#invoiceFields() : this.#contractFields()}
          <div class="actions">${this.submitButton(t('add.submit'), t('add.sending'))} ${this.#cancelButton('.open-add')}</div>
        </form>
      </div>
    </section>`;
  }

  #invoiceFields(): TemplateResult {
    const t = this.words(contractsMessages);
    return html`${this.field({ name: 'number', label: t('number.label'), hint: t('number.hint'), autocomplete: 'off', maxlength: 32, ...this.#kept('number') })}
    ${this.field({ name: 'total', label: t('total.label'), hint: t('total.hint'), autocomplete: 'off', inputmode: 'decimal', maxlength: 32, ...this.#kept('total') })}`;
  }

  #contractFields(): TemplateResult {
    const t = this.words(contractsMessages);
    const field = (name: (typeof PROOF_FIELDS)['contract'][number], maxlength: number) =>
      this.field({ name, label: t(`${name}.label`), hint: t(`${name}.hint`), autocomplete: 'off', maxlength, ...this.#kept(name) });
    return html`${field('contractNumber', 32)} ${field('deliveryPoint', 32)} ${field('lastName', 120)}`;
  }

  #opener(words: 'add' | 'give', task: Task, operation: Write): unknown {
    if (!this.client?.supports(operation)) return nothing;
    return html`<p><button type="button" class=${`button open-${words}`} @click=${() => this.#open(task)}>${this.words(contractsMessages)(words)}</button></p>`;
  }

  #cancelButton(opener: string): TemplateResult {
    return html`<button type="button" class="button" @click=${() => this.#cancel(opener)}>${this.words(contractsMessages)('cancel')}</button>`;
  }

  #invitationNotice(): unknown {
    const t = this.words(contractsMessages);
    if (!this.invitation || !this.client?.supports(acceptAccess)) return nothing;
    const accepting = this.task?.kind === 'accept';
    return html`<div class="task invitation">
      ${accepting ? this.summary() : nothing}
      ${this.invitationIsOver
        ? html`<div class="actions"><button type="button" class="button" @click=${() => this.#leaveInvitation()}>${t('close')}</button></div>`
        : html`${this.heading(t('invited.title'), 'part-title task-title')}
            <p>${t('invited.text')}</p>
            <div class="actions">
              <button type="button" class="button primary" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#accept()}>
                ${accepting && this.sending ? t('invited.sending') : t('invited.accept')}
              </button>
              <button type="button" class="button" @click=${() => this.#leaveInvitation()}>${t('invited.later')}</button>
            </div>`}
    </div>`;
  }

  readonly #readInvitation = (): void => {
    const id = invitationInAddress();
    // The way to the sign-in form may lie in another fragment: the invitation is kept until it is answered.
    if (id === undefined || id === this.invitation) return;
    this.invitation = id;
    this.invitationIsOver = false;
  };

  #leaveInvitation(): void {
    this.#endInvitation();
    this.#close();
    this.focusOn('.title, .notice-title');
  }

  #endInvitation(): void {
    clearInvitation();
    this.invitation = undefined;
    this.invitationIsOver = false;
  }

  #choose(id: Contract['id']): void {
    this.#close();
    this.client?.selectedContract.set(id);
  }

  #open(task: Task): void {
    this.#close();
    this.task = task;
    this.focusOn('.task-title');
  }

  #close(): void {
    this.forget();
    this.task = undefined;
    this.outcome = undefined;
    this.hasLastDay = false;
    this.proofKind = 'invoice';
    this.#typed = {};
    this.#intent.end();
  }

  #cancel(opener: string): void {
    this.#close();
    this.focusOn(opener);
  }

  #useProof(kind: Proof['kind']): void {
    this.refusal = undefined;
    this.proofKind = kind;
  }

  /** What was typed into a field before it was shown anew. */
  #kept(name: string): { value?: string } {
    const value = this.#typed[name];
    return value === undefined ? {} : { value };
  }

  readonly #onInput = (event: Event): void => {
    const { name, value, type } = event.target as HTMLInputElement;
    if (type !== 'radio') this.#typed[name] = value;
  };

  readonly #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const t = this.words(contractsMessages);
    const reading = this.#readProof(valuesOf(event.target as HTMLFormElement));
    if ('faults' in reading) return this.refuse({ title: t('add.fields'), fields: reading.faults });
    const contract = await this.#send(addContract, { proof: reading.value }, t('add.sending'), (error) => this.#proofRefusal(error));
    if (!contract) return;
    await this.#show(contract, t('add.done'));
  };

  readonly #give = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const t = this.words(contractsMessages);
    const contract = this.#contract;
    const reading = this.#readInvitee(valuesOf(event.target as HTMLFormElement));
    if (!contract) return;
    if ('faults' in reading) return this.refuse({ title: t('give.fields'), fields: reading.faults });
    const { email, until } = reading.value;
    const given = await this.#send(inviteAccess, { contractId: contract.id, email, until, language: this.locale }, t('give.sending'), (error) => this.#giveRefusal(error));
    if (given) await this.#tellAccess(t('give.done', { email }));
  };

  async #revoke({ id, name, email, state: before }: AccessGrant): Promise<void> {
    const t = this.words(contractsMessages);
    const contract = this.#contract;
    if (!contract) return;
    const ended = await this.#send(revokeAccess, { contractId: contract.id, grantId: id }, t('take-back.sending'));
    if (ended) await this.#tellAccess(t(before === 'invited' ? 'take-back.invitation.done' : 'take-back.done', { who: name ?? email }));
  }

  async #accept(): Promise<void> {
    const t = this.words(contractsMessages);
    const { invitation } = this;
    if (!invitation || this.sending) return;
    if (this.task?.kind !== 'accept') {
      this.#close();
      this.task = { kind: 'accept' };
    }
    const contract = await this.#send(acceptAccess, { invitationId: invitation }, t('invited.sending'), (error) => this.#invitationRefusal(error));
    if (!contract) return;
    this.#endInvitation();
    await this.#show(contract, t('invited.done'));
  }

  /**
   * Sends what the open form asks for, once. A refusal comes back as its summary.
   * @param words what a refusal of this form means, where there is more to say than its kind
   */
  async #send<O extends Write>(operation: O, input: InputOf<O>, sending: string, words?: (error: PortalError) => Refusal | undefined): Promise<OutputOf<O> | undefined> {
    const { client } = this;
    if (this.sending || !client) return undefined;
    this.sending = true;
    this.refusal = undefined;
    this.outcome = undefined;
    this.announcement = sending;
    try {
      return await this.#intent.send(input, (key) => client.write(operation, input, key));
    } catch (thrown) {
      const error = PortalError.from(thrown);
      // Signed out by itself: the element says so, and keeps the form for when the customer is back.
      if (error.kind !== 'unauthenticated') this.refuse(words?.(error) ?? { ...this.failureWords(error), error });
      return undefined;
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  /** A contract is new here: it is chosen for the whole page, and the focus goes to what has been done. */
  async #show(contract: Contract, words: string): Promise<void> {
    const { client } = this;
    await client?.queries.invalidateQueries({ queryKey: [listContracts.name] });
    client?.selectedContract.set(contract.id);
    this.#close();
    this.outcome = { about: 'contract', words };
    this.focusOn('.outcome');
  }

  async #tellAccess(words: string): Promise<void> {
    await this.client?.queries.invalidateQueries({ queryKey: [listAccess.name] });
    this.#close();
    this.outcome = { about: 'access', words };
    this.focusOn('.outcome');
  }

  #readProof(values: Values): Reading<Proof> {
    const t = this.words(contractsMessages);
    const faults = new Map<string, string>();
    const kind = this.proofKind;
    for (const name of PROOF_FIELDS[kind]) if (values(name) === '') faults.set(name, t(`${name}.empty`));
    if (kind === 'invoice') {
      const number = readInvoiceNumber(values('number'));
      const total = readAmount(values('total'));
      if (number === undefined && !faults.has('number')) faults.set('number', t('number.invalid'));
      if (total === undefined && !faults.has('total')) faults.set('total', t('total.invalid'));
      return number === undefined || total === undefined ? { faults: inOrder(PROOF_FIELDS.invoice, faults) } : { value: { kind, number, total } };
    }
    const deliveryPoint = readDeliveryPoint(values('deliveryPoint'));
    if (deliveryPoint === undefined && !faults.has('deliveryPoint')) faults.set('deliveryPoint', t('deliveryPoint.invalid'));
    if (deliveryPoint === undefined || faults.size > 0) return { faults: inOrder(PROOF_FIELDS.contract, faults) };
    return { value: { kind, contractNumber: values('contractNumber'), deliveryPoint, lastName: values('lastName') } };
  }

  #readInvitee(values: Values): Reading<{ email: string; until: LocalDay | null }> {
    const t = this.words(contractsMessages);
    const faults = new Map<string, string>();
    const email = values('email');
    if (email === '') faults.set('email', t('email.empty'));
    else if (!EmailAddress.safeParse(email).success) faults.set('email', t('email.invalid'));
    const day = this.hasLastDay ? values('day') : null;
    if (day === '') faults.set('day', t('day.empty'));
    else if (day !== null && day < this.#today) faults.set('day', t('day.past'));
    return faults.size > 0 ? { faults } : { value: { email, until: day } };
  }

  #proofRefusal(error: PortalError): Refusal | undefined {
    const t = this.words(contractsMessages);
    if (error.kind === 'conflict') return { title: t('known.title'), text: t('known.text'), error };
    if (error.code !== 'proof-refused') return undefined;
    const other = this.proofKind === 'invoice' ? 'contract' : 'invoice';
    const action = html`<button type="button" class="button" @click=${() => this.#useOtherProof(other)}>${t(`use.${other}`)}</button>`;
    return { title: t(`refused.${this.proofKind}.title`), text: t(`refused.${this.proofKind}.text`), action, error };
  }

  #useOtherProof(kind: Proof['kind']): void {
    this.#useProof(kind);
    this.focusOn(`[name='${PROOF_FIELDS[kind][0]}']`);
  }

  #giveRefusal(error: PortalError): Refusal | undefined {
    const t = this.words(contractsMessages);
    if (error.kind === 'conflict') return { title: t('email.known'), text: t('give.known.text'), fields: new Map([['email', t('email.known')]]), error };
    if (error.kind !== 'invalid') return undefined;
    const fields = new Map<string, string>();
    for (const { path, code } of error.fields) {
      if (path === 'email') fields.set('email', t(code === 'own' ? 'email.own' : 'email.invalid'));
      if (path === 'until') fields.set('day', t('day.past'));
    }
    return fields.size === 0 ? undefined : { title: t('give.fields'), fields, error };
  }

  #invitationRefusal(error: PortalError): Refusal | undefined {
    const t = this.words(contractsMessages);
    const words = error.kind === 'not-found' ? 'over' : error.kind === 'conflict' ? 'own' : undefined;
    if (words === undefined) return undefined;
    this.invitationIsOver = true;
    clearInvitation();
    return { title: t(`invited.${words}.title`), text: t(`invited.${words}.text`), error };
  }

  #day(day: LocalDay): string {
    return this.format.day(day, 'long');
  }

  #power(kva: number): string {
    return this.format.number(kva, Number.isInteger(kva) ? 0 : 1);
  }
}

/** What stands in a form's field, without the spaces around. */
type Values = (name: string) => string;

function valuesOf(form: HTMLFormElement): Values {
  const data = new FormData(form);
  return (name) => String(data.get(name) ?? '').trim();
}

function inOrder(names: readonly string[], faults: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(names.flatMap((name) => (faults.has(name) ? [[name, faults.get(name) as string] as const] : [])));
}

/** The tariff option, told from the registers that have a price; `undefined` where it cannot be told. */
function optionOf(prices: readonly ContractPrice[]): 'base' | 'peak' | 'tempo' | undefined {
  const registers = new Set(prices.map(({ what }) => what));
  if (registers.has('HPJR')) return 'tempo';
  if (registers.has('HC')) return 'peak';
  return registers.has('BASE') ? 'base' : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-contracts': OyaContracts;
  }
}
