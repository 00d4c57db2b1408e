import {
  canBePlanned, getContract, getPaymentMeans, getProfile, ibanInGroups, listContracts, listInvoices, localDay, partCounts, planParts, PortalError, requestPaymentPlan, revokeMandate, signMandate, sum, withdrawPaymentPlan,
  type Cents, type Contract, type Input, type InputOf, type Invoice, type LocalDay, type Mandate, type PaymentMeansDetails, type PaymentPlan, type PaymentTerms,
} from '@oya/contract';
import { Intent, Resource, type MessageKey, type Write } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { icon } from '../icons.ts';
import { readForm, type Values } from '../light-form/form-values.ts';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { paymentMeansMessages, type fr } from './payment-means.messages.ts';
import { paymentMeansStyles } from './payment-means.styles.ts';

type Task = 'sign' | 'revoke' | 'plan';
type Key = MessageKey<typeof fr>;
type Changing = Write & { readonly output: typeof getPaymentMeans.output };

/**
 * How the invoices of a contract are paid: its debit mandate, signed, changed and stopped online, a plan for what is overdue,
 * and what else the utility takes. It stands in the light DOM, as another account is only taken with the password. Of an
 * account no more than its beginning and its end is ever shown.
 *
 * @summary Payment means: direct debit mandate, payment plan, and the other ways to pay.
 * @placeholder 28rem
 */
export class OyaPaymentMeans extends OyaLightForm {
  static override readonly messages = paymentMeansMessages;
  static override readonly lightStyles = paymentMeansStyles;

  @state() private task: Task | undefined;
  /** What has just been done, told where the focus goes. */
  @state() private outcome: string | undefined;

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #details = new Resource(this, getContract, () => this.#contractQuestion(), { keepPrevious: true });
  readonly #means = new Resource(this, getPaymentMeans, () => this.#holderQuestion(), { keepPrevious: true });
  readonly #invoices = new Resource(this, listInvoices, () => this.#invoicesQuestion(), { blocking: false });
  readonly #profile = new Resource(this, getProfile, () => (this.client?.supports(getProfile) ? {} : undefined), { blocking: false });
  readonly #intent = new Intent();
  /** What is typed, by field, but no password: it survives an expired session. */
  #typed: Record<string, string> = {};

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.isAnotherCustomer()) this.#close();
  }

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0 || this.#isReader;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(paymentMeansMessages);
    if (!this.#isReader) return this.notice(t('empty.title'), t('empty.text'));
    return html`<div class="view">${this.#head()} ${this.notice(t('reader.title'), t('reader.text', { holder: this.#details.data?.contract.holder ?? '' }))}</div>`;
  }

  protected override renderReady(): unknown {
    const details = this.#details.data;
    const means = this.#means.data;
    if (!details || !means) return nothing;
    const stale = this.#details.isPrevious || this.#means.isPrevious;
    return html`<div class=${stale ? 'view stale' : 'view'} aria-busy=${stale ? 'true' : 'false'}>
      ${this.#head()}
      ${this.outcome === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome}</span></p>`}
      ${this.#present(means)} ${this.#planSection(means)} ${this.#others(means, details.contract)} ${this.status()}
    </div>`;
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #isReader(): boolean {
    return this.#details.data?.role.role === 'reader';
  }

  get #today(): LocalDay {
    return localDay(Date.now(), this.format.timeZone);
  }

  #head(): TemplateResult {
    const t = this.words(paymentMeansMessages);
    return html`${this.heading(t('title'))} ${contractChooser(this, this.#contracts.data?.items ?? [], this.#contract, t('contract'), (energy) => t(`energy.${energy}`))}`;
  }

  #contractQuestion(): Input<'getContract'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  /** Only the holder's: others have no business with it, and would be refused. */
  #holderQuestion(): Input<'getPaymentMeans'> | undefined {
    const details = this.#details.isPrevious ? undefined : this.#details.data;
    return details?.role.role === 'holder' ? { contractId: details.contract.id } : undefined;
  }

  #invoicesQuestion(): Input<'listInvoices'> | undefined {
    const question = this.client?.supports(listInvoices) ? this.#holderQuestion() : undefined;
    return question && this.#means.data?.terms.plans ? { ...question, show: 'to-pay', order: 'oldest' } : undefined;
  }

  // How it is paid today

  #present({ means, mandate, terms }: PaymentMeansDetails): TemplateResult {
    const t = this.words(paymentMeansMessages);
    const { task } = this;
    const mayRevoke = mandate !== null && this.client?.supports(revokeMandate);
    const maySign = terms.debit && this.client?.supports(signMandate);
    return html`<section class="card">
      ${this.heading(t('now'), 'part-title', 1)}
      <p class="lead">${t(`means.${means.kind}`)}</p>
      ${mandate ? this.#mandate(mandate, means.accountEnd) : nothing}
      ${task === 'sign' && terms.debit ? this.#signForm(terms.debit, mandate) : nothing} ${task === 'revoke' ? this.#revocation() : nothing}
      ${task === 'sign' || task === 'revoke'
        ? nothing
        : html`<div class="actions">
            ${maySign ? html`<button type="button" class=${mandate ? 'button sign' : 'button primary sign'} @click=${() => this.#open('sign', 'input[name=accountHolder]')}>${t(mandate ? 'mandate.change' : 'mandate.sign')}</button>` : nothing}
            ${mayRevoke ? html`<button type="button" class="button revoke" @click=${() => this.#open('revoke', '.sure .notice-title')}>${t('mandate.revoke')}</button>` : nothing}
          </div>`}
    </section>`;
  }

  #mandate({ accountHolder, account, signedOn, reference, creditor, creditorIdentifier }: Mandate, end: string | undefined): TemplateResult {
    const t = this.words(paymentMeansMessages);
    const facts: [string, unknown, string?][] = [
      [t('account'), account ?? (end === undefined ? '' : t('account.end', { end })), 'account'],
      [t('holder'), html`<bdi>${accountHolder}</bdi>`],
      [t('signed'), this.format.day(signedOn, 'long')],
      [t('reference'), reference],
      [t('creditor'), creditor],
      [t('identifier'), creditorIdentifier],
    ];
    return html`<dl>
      ${facts.map(([name, value, className]) => (value === '' ? nothing : html`<div><dt>${name}</dt><dd class=${className ?? nothing}>${value}</dd></div>`))}
    </dl>`;
  }

  #signForm({ creditor, identifier, address }: NonNullable<PaymentTerms['debit']>, mandate: Mandate | null): TemplateResult {
    const t = this.words(paymentMeansMessages);
    const profile = this.#profile.data;
    return html`<form method="post" novalidate @submit=${this.#sign} @input=${this.#onInput}>
      ${this.heading(t('sign.title'), 'task-title', 2)} ${this.summary()}
      <p class="mandate-text">${t('sign.text', { creditor, identifier, address })}</p>
      ${mandate ? html`<p>${t('sign.replaces')}</p>` : nothing}
      ${this.field({ name: 'accountHolder', label: t('holder.label'), hint: t('holder.hint'), autocomplete: 'name', maxlength: 70, value: this.#typed['accountHolder'] ?? this.#details.data?.contract.holder ?? '' })}
      ${this.field({ name: 'iban', label: t('iban.label'), hint: t('iban.hint'), autocomplete: 'off', maxlength: 60, value: this.#typed['iban'] ?? '' })}
      ${profile?.password === null
        ? nothing
        : html`${profile ? html`<input type="text" name="username" autocomplete="username" .value=${profile.identifier} readonly hidden />` : nothing}
          ${this.passwordField({ name: 'currentPassword', label: t('password.label'), hint: t('password.hint'), autocomplete: 'current-password' })}`}
      <div class="actions">${this.submitButton(t('sign.submit'), t('sending'))}<button type="button" class="button" @click=${() => this.#leave('.sign')}>${t('cancel')}</button></div>
    </form>`;
  }

  /** What it means is said before it is done. */
  #revocation(): TemplateResult {
    const t = this.words(paymentMeansMessages);
    return html`<div class="notice sure">
      ${this.heading(t('revoke.title'), 'notice-title', 2)}
      <p>${t('revoke.text')}</p>
      ${this.summary()}
      <div class="actions">
        <button type="button" class="button danger" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#revoke}>${t(this.sending ? 'sending' : 'revoke.submit')}</button>
        <button type="button" class="button" @click=${() => this.#leave('.revoke')}>${t('keep')}</button>
      </div>
    </div>`;
  }

  // What is overdue, in parts

  get #overdue(): Invoice[] {
    return (this.#invoices.data?.items ?? []).filter(canBePlanned);
  }

  #planSection({ plans, terms }: PaymentMeansDetails): unknown {
    const t = this.words(paymentMeansMessages);
    const [latest] = plans;
    const overdue = this.#overdue;
    const amount = sum(overdue.map(({ balance }) => balance));
    const counts = partCounts(amount, terms);
    const mayAsk = counts.length > 0 && latest?.state !== 'asked' && this.client?.supports(requestPaymentPlan);
    if (!latest && !mayAsk) return nothing;
    return html`<section class="plans">
      ${this.heading(t('plan.title'), 'part-title', 1)} ${latest ? this.#plan(latest) : nothing}
      ${mayAsk
        ? html`<p>${t('plan.text', { count: overdue.length, amount: this.format.money(amount) })}</p>
            ${this.task === 'plan'
              ? this.#planForm(amount, counts)
              : html`<div class="actions"><button type="button" class="button plan" @click=${() => this.#open('plan', 'select[name=parts]')}>${t('plan.open')}</button></div>`}`
        : nothing}
    </section>`;
  }

  #plan(plan: PaymentPlan): TemplateResult {
    const t = this.words(paymentMeansMessages);
    const { state: stands, amount, parts, askedAt, invoices, answer } = plan;
    const isOpen = stands === 'asked' || stands === 'accepted';
    return html`<div class="card">
      <p class="lead">${t(`plan.state.${stands}`, { day: this.format.day(localDay(Date.parse(askedAt), this.format.timeZone), 'long') })}</p>
      <p>${t('plan.what', { amount: this.format.money(amount), count: parts.length })}. ${t('plan.invoices', { numbers: invoices.join(', ') })}.</p>
      ${answer === null ? nothing : html`<p>${t('plan.answer', { answer })}</p>`}
      ${isOpen
        ? html`<table>
            <thead><tr><th scope="col">${t('plan.day')}</th><th scope="col">${t('plan.amount')}</th></tr></thead>
            <tbody>${parts.map((part) => html`<tr><th scope="row">${this.format.day(part.dueOn, 'long')}</th><td>${this.format.money(part.amount)}</td></tr>`)}</tbody>
          </table>`
        : nothing}
      ${stands === 'asked'
        ? html`${this.task === undefined ? this.summary() : nothing}
            <div class="actions"><button type="button" class="button withdraw" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#withdraw(plan)}>${t('plan.withdraw')}</button></div>`
        : nothing}
    </div>`;
  }

  #planForm(amount: Cents, counts: readonly number[]): TemplateResult {
    const t = this.words(paymentMeansMessages);
    const parts = (count: number) => planParts(amount, count, this.#today);
    return html`<form class="card" method="post" novalidate @submit=${this.#askForPlan} @input=${this.#onInput}>
      ${this.summary()}
      <div class="field">
        <label for=${this.idOf('parts')}>${t('plan.parts')}</label>
        ${this.fieldError('parts')}
        <select id=${this.idOf('parts')} name="parts" aria-describedby=${this.describedBy('parts')}>
          ${counts.map((count) => {
            const [first] = parts(count);
            return html`<option value=${count} ?selected=${this.#typed['parts'] === String(count)}>${t('plan.part', { count, amount: this.format.money(first?.amount ?? 0), day: this.format.day(first?.dueOn ?? this.#today, 'long') })}</option>`;
          })}
        </select>
      </div>
      <div class="field">
        <label for=${this.idOf('words')}>${t('plan.words')}</label>
        <p class="hint" id=${this.idOf('words-hint')}>${t('plan.words.hint')}</p>
        <textarea id=${this.idOf('words')} name="words" maxlength="1000" aria-describedby=${this.idOf('words-hint')} .defaultValue=${this.#typed['words'] ?? ''}></textarea>
      </div>
      <div class="actions">${this.submitButton(t('plan.submit'), t('sending'))}<button type="button" class="button" @click=${() => this.#leave('.plan')}>${t('cancel')}</button></div>
    </form>`;
  }

  // What else the utility takes

  #others({ terms: { transfer, cheque, energyVoucher } }: PaymentMeansDetails, { number }: Contract): TemplateResult {
    const t = this.words(paymentMeansMessages);
    const way = (key: Key, content: unknown) => html`<li>${this.heading(t(key), 'way', 2)} ${content}</li>`;
    return html`<section>
      ${this.heading(t('others'), 'part-title', 1)}
      <ul class="others">
        ${way('other.card', html`<p>${t('other.card.text')}</p>`)}
        ${transfer ? way('other.transfer', html`<p>${t('other.transfer.text', { holder: transfer.holder })}</p><p class="account">${ibanInGroups(transfer.iban)}</p>${transfer.bic === undefined ? nothing : html`<p class="soft">BIC ${transfer.bic}</p>`}`) : nothing}
        ${cheque ? way('other.cheque', html`<p>${t('other.cheque.text', cheque)}</p>`) : nothing}
        ${energyVoucher
          ? way('other.energy-voucher', html`<p>${t('other.energy-voucher.text', { number, address: energyVoucher.address })}</p>${energyVoucher.site === undefined ? nothing : html`<p><a href=${energyVoucher.site} target="_blank" rel="noopener">${t('other.energy-voucher.site')}</a></p>`}`)
          : nothing}
      </ul>
    </section>`;
  }

  // What is done

  #open(task: Task, focus: string): void {
    this.forget();
    this.outcome = undefined;
    this.#typed = {};
    this.task = task;
    this.focusOn(focus);
  }

  #leave(focus: string): void {
    this.#close();
    this.focusOn(focus);
  }

  #close(): void {
    this.forget();
    this.task = undefined;
    this.outcome = undefined;
    this.#typed = {};
  }

  readonly #onInput = (event: Event): void => {
    const { name, value } = event.target as HTMLInputElement;
    this.correct(name);
    if (name !== 'currentPassword') this.#typed[name] = value;
  };

  readonly #sign = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { form } = this;
    const contractId = this.#contract?.id;
    if (!form || contractId === undefined || this.sending) return;
    const t = this.words(paymentMeansMessages);
    const values: Values = readForm(form);
    const { accountHolder = '', iban = '', currentPassword } = values;
    const faults = new Map<string, string>();
    const missing = (name: Key) => t('missing', { what: t(name).toLocaleLowerCase(this.locale) });
    if (accountHolder.trim() === '') faults.set('accountHolder', missing('holder.label'));
    if (iban.trim() === '') faults.set('iban', t('iban.missing'));
    if (currentPassword === '') faults.set('currentPassword', missing('password.label'));
    if (faults.size > 0) return this.refuse({ title: t('fields'), fields: faults });
    this.hidePasswords();
    await this.#send(signMandate, { contractId, accountHolder, iban, ...(currentPassword !== undefined && { currentPassword }) }, 'sign.done');
  };

  readonly #revoke = async (): Promise<void> => {
    const contractId = this.#contract?.id;
    if (contractId !== undefined) await this.#send(revokeMandate, { contractId }, 'revoke.done');
  };

  readonly #askForPlan = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { form } = this;
    const contractId = this.#contract?.id;
    if (!form || contractId === undefined) return;
    const words = form.querySelector('textarea')?.value.trim() ?? '';
    await this.#send(requestPaymentPlan, { contractId, invoiceIds: this.#overdue.map(({ id }) => id), parts: Number(readForm(form)['parts']), words }, 'plan.done');
  };

  async #withdraw({ id: planId }: PaymentPlan): Promise<void> {
    const contractId = this.#contract?.id;
    if (contractId !== undefined) await this.#send(withdrawPaymentPlan, { contractId, planId }, 'plan.withdrawn');
  }

  async #send<O extends Changing>(operation: O, input: InputOf<O> & { contractId: string }, done: Key): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    this.sending = true;
    this.refusal = undefined;
    this.announcement = this.words(paymentMeansMessages)('sending');
    try {
      const means = (await this.#intent.send(input, (key) => client.write(operation, input, key))) as PaymentMeansDetails;
      client.queries.setQueryData(client.keyOf(getPaymentMeans, { contractId: input.contractId }), means);
      // Where an invoice stands follows from how it is paid.
      for (const { name } of [listInvoices, getContract]) void client.queries.invalidateQueries({ queryKey: [name] });
      this.#close();
      this.outcome = this.words(paymentMeansMessages)(done);
      this.focusOn('.outcome');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      // What has changed meanwhile is shown as it is.
      if (error.kind === 'conflict') void client.queries.invalidateQueries({ queryKey: [getPaymentMeans.name] });
      // Signed out by itself: the page says so, and keeps the form for when the customer is back.
      if (error.kind !== 'unauthenticated') this.refuse(this.#refusalOf(error));
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  #refusalOf(error: PortalError): Refusal {
    const t = this.words(paymentMeansMessages);
    if (error.kind === 'conflict') return { title: t('conflict'), text: t('conflict.text'), error };
    if (error.code === 'confirmation-needed') return { title: t('again'), text: t('again.text'), error };
    const faults = new Map<string, string>();
    for (const { path, code } of error.kind === 'invalid' ? error.fields : []) {
      const key = path === 'currentPassword' ? 'password.wrong' : `${path}.${code}`;
      if (key in paymentMeansMessages.fr) faults.set(path, t(key as Key));
    }
    return faults.size > 0 ? { title: t('fields'), fields: faults, error } : { ...this.failureWords(error), error };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-payment-means': OyaPaymentMeans;
  }
}
