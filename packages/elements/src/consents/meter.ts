import {
  addDays, canBeGiven, canBeWithdrawn, consentFaults, endsSoon, giveConsents, hasData, isNamed, isOfCurve, listConsentEvents, listConsents, localDay, nameOf, needsOperator, PortalError, undoWithdrawal, withdrawConsent,
  withdrawnWith,
  type Consent, type ConsentPurpose, type Instant, type LocalDay, type Meter, type OutputOf,
} from '@oya/contract';
import { define, Intent, localized, OyaElement, Resource, type Part } from '@oya/core';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { OyaConsentChangedEvent } from '../consent-changed.ts';
import { consentFailureMessages } from '../consent-failure.messages.ts';
import { icon, type Icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { noteConsents } from '../note-consents.ts';
import { spaceStyles } from '../space.styles.ts';
import { consentsMessages } from './consents.messages.ts';
import { consentsStyles } from './consents.styles.ts';

const HISTORY: Part = () => import('./history.ts').then(({ OyaConsentsHistory }) => define('oya-consents-history', OyaConsentsHistory));

/** Each by a shape, a colour and words. Shapes of Lucide. */
const SHAPES: Readonly<Record<Consent['state'], Icon>> = {
  off: svg`<circle cx="12" cy="12" r="10"></circle>`,
  requested: svg`<circle cx="12" cy="12" r="10"></circle><path d="M12 6v6l4 2"></path>`,
  active: svg`<circle cx="12" cy="12" r="10"></circle><path d="m16 9-5.5 5.5L8 12"></path>`,
  failed: 'alert',
};

const GROUPS = [
  { name: 'curve', holds: isOfCurve },
  { name: 'measures', holds: (purpose: ConsentPurpose) => !isOfCurve(purpose) && purpose !== 'third-party' },
  { name: 'sharing', holds: (purpose: ConsentPurpose) => purpose === 'third-party' },
] as const;

type Act = 'give' | 'withdraw' | 'undo';

/** The consents about one meter. Part of `oya-consents`. */
export class OyaConsentsMeter extends OyaLightForm {
  static override readonly messages = consentsMessages;
  static override readonly sharedMessages = [...OyaLightForm.sharedMessages, consentFailureMessages];
  static override styles = [OyaElement.styles, spaceStyles, consentsStyles];

  @property({ attribute: false }) meter: Meter | undefined;
  /** Beside others, it is told which it is. */
  @property({ attribute: false }) named = false;
  @property({ attribute: false }) mayChange = false;

  /** What is being done, or was refused, and with which consent; what it says stands there. */
  @state() private doing: { readonly key: string; readonly act: Act } | undefined;
  /** The consent that is about to be withdrawn. */
  @state() private asking: string | undefined;
  /** What has just been done, told where the focus goes. */
  @state() private outcome: { readonly key: string; readonly words: string } | undefined;
  @state() private showsHistory = false;

  readonly #consents = new Resource(this, listConsents, () => this.meter && { meterId: this.meter.id });
  readonly #intent = new Intent();
  /** How they stood when they were last shown: what changes by itself is announced. */
  #told: ReadonlyMap<string, Consent['state']> | undefined;
  #isOwnChange = false;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const items = this.#consents.data?.items;
    if (!items) return;
    const before = this.#told;
    this.#told = new Map(items.map((consent) => [keyOf(consent), consent.state]));
    const moved = items.filter((consent) => before && before.get(keyOf(consent)) !== consent.state);
    if (moved.length > 0 && !this.#isOwnChange) this.announcement = moved.map((consent) => this.#t('changed', { title: this.#title(consent), state: this.#stateWords(consent) })).join('. ');
    if (moved.length > 0) this.#isOwnChange = false;
    // Somebody else decided meanwhile: there is nothing left to ask. The focus goes to how it stands now.
    const asked = items.find((consent) => keyOf(consent) === this.asking);
    if (this.asking === undefined || (asked && canBeWithdrawn(asked))) return;
    if (asked && this.renderRoot.querySelector('.sure')?.contains((this.renderRoot as ShadowRoot).activeElement)) this.#focusIn(asked, '.state');
    this.asking = undefined;
  }

  protected override renderReady(): unknown {
    const { meter } = this;
    const consents = this.#consents.data?.items ?? [];
    if (!meter) return nothing;
    const active = consents.filter(({ state: each }) => each === 'active').length;
    const requested = consents.filter(({ state: each }) => each === 'requested').length;
    const lead = [active === 0 ? this.#t('lead.none') : this.#t('lead.active', { count: active }), ...(requested === 0 ? [] : [this.#t('lead.requested', { count: requested })])].join(', ');
    return html`<div class="meter">
      ${this.named ? this.heading(this.#t('meter', { serial: meter.serialNumber }), 'part-title') : nothing}
      ${consents.length === 0
        ? this.#nothing(meter)
        : html`<p class="lead">${lead}</p>
            ${GROUPS.map(({ name, holds }) => this.#group(name, consents.filter(({ purpose }) => holds(purpose)), consents))} ${this.#history(meter)}`}
      ${this.status()}
    </div>`;
  }

  get #t() {
    return this.words(consentsMessages);
  }

  /** A group's title stands below that of its meter, where that has one. */
  get #depth(): number {
    return this.named ? 1 : 0;
  }

  #nothing({ kind }: Meter): TemplateResult {
    const reason = kind === 'hand-read' ? 'hand-read' : 'none';
    return html`<div class="notice" part="notice">${this.heading(this.#t(`${reason}.title`), 'notice-title', this.#depth)}<p>${this.#t(`${reason}.text`)}</p></div>`;
  }

  #group(name: (typeof GROUPS)[number]['name'], group: readonly Consent[], all: readonly Consent[]): unknown {
    if (group.length === 0) return nothing;
    return html`<div class="group" role="group" aria-labelledby=${this.idOf(name)}>
      <div id=${this.idOf(name)}>${this.heading(this.#t(`group.${name}`), 'part-title', this.#depth)}</div>
      ${name === 'curve' && group.length > 1 ? html`<p class="measure">${this.#t('group.curve.text')}</p>` : nothing}
      <div class="cards">${group.map((consent) => this.#card(consent, all))}</div>
    </div>`;
  }

  #card(consent: Consent, all: readonly Consent[]): TemplateResult {
    const { state: stands, failure = 'refused', expiresOn, undo, text } = consent;
    const key = keyOf(consent);
    const today = localDay(Date.now(), this.format.timeZone);
    return html`<article class="card" part="card" data-consent=${key} aria-labelledby=${this.idOf(key)}>
      <div id=${this.idOf(key)}>${this.heading(this.#title(consent), 'card-title', this.#depth + 1)}</div>
      <p class="state ${stands}"><span class="badge">${icon(SHAPES[stands])}${this.#stateWords(consent)}</span> ${this.#since(consent)}</p>
      ${this.outcome?.key === key ? html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.outcome.words}</span></p>` : nothing}
      ${stands === 'requested' && needsOperator(consent.purpose) ? html`<p>${this.#t('requested.text')}</p>` : nothing}
      ${stands === 'failed' ? html`<p class="why">${this.words(consentFailureMessages)(failure)}</p>${this.link('contact', this.#t('contact'))}` : nothing}
      ${expiresOn
        ? html`<p class=${endsSoon(consent, today) ? 'soon' : 'soft'}>
            ${endsSoon(consent, today) ? icon('alert') : nothing}<span>${this.#t(endsSoon(consent, today) ? 'until.soon' : 'until', { day: this.#day(addDays(expiresOn, -1)) })}</span>
          </p>`
        : nothing}
      ${undo ? this.#undo(consent, undo, all) : nothing}
      ${this.#isOffered(consent)
        ? html`<p class="text">${localized(text.text, this.locale)}</p>${this.#terms(consent)}`
        : html`<details>
            <summary>${this.#t('text')}<span class="visually-hidden">${this.#of(consent)}</span></summary>
            <p class="text">${localized(text.text, this.locale)}</p>
            ${this.#terms(consent)}
          </details>`}
      ${this.doing?.key === key && this.doing.act !== 'withdraw' ? this.summary() : nothing} ${this.mayChange ? this.#acts(consent, all) : nothing}
    </article>`;
  }

  /** What can be taken back is not given anew: it would be worked on again, and its time begin again. */
  #isOffered(consent: Consent): boolean {
    return canBeGiven(consent) && !(consent.undo && this.client?.supports(undoWithdrawal));
  }

  #terms({ text: { months, version } }: Consent): TemplateResult {
    return html`<p class="soft small">${months === undefined ? this.#t('lasts.open') : this.#t('lasts', { count: months })}, ${this.#t('version', { version })}</p>`;
  }

  /** Giving and withdrawing look the same: neither is the choice that is wished for. */
  #acts(consent: Consent, all: readonly Consent[]): unknown {
    const { client } = this;
    const key = keyOf(consent);
    if (this.#isOffered(consent) && client?.supports(giveConsents)) {
      const waits = this.#faultOf(consent, all) === 'needs-recording';
      return html`${waits ? html`<p class="soft small" id=${this.idOf(`${key}-first`)}>${this.#t('needs-recording.hint')}</p>` : nothing}
        <button type="button" class="button give" aria-describedby=${waits ? this.idOf(`${key}-first`) : nothing} aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#give(consent, all)}>
          <span>${this.#t(this.#isDoing(key, 'give') ? 'give.sending' : consent.state === 'failed' || consent.since !== null ? 'give.again' : 'give')}<span class="visually-hidden">${this.#of(consent)}</span></span>
        </button>`;
    }
    if (!canBeWithdrawn(consent) || !client?.supports(withdrawConsent)) return nothing;
    if (this.asking === key) return this.#sure(consent, all);
    return html`<button type="button" class="button withdraw" @click=${() => this.#ask(consent)}>
      <span>${this.#t('withdraw')}<span class="visually-hidden">${this.#of(consent)}</span></span>
    </button>`;
  }

  /** In its place, so that it is certain which: what stops, what stays, and whether what is there shall go. */
  #sure(consent: Consent, all: readonly Consent[]): TemplateResult {
    const { purpose, recipient } = consent;
    const key = keyOf(consent);
    const about = { recipient: recipient?.name ?? '' };
    const others = withdrawnWith(nameOf(consent), all).filter((each) => keyOf(each) !== key);
    const stays = [
      ...(hasData(purpose) ? [this.#t('stays.data')] : []),
      ...(purpose === 'third-party' || (purpose === 'curve-collection' && all.some((each) => each.purpose === 'curve-recording')) ? [this.#t(`stays.${purpose}`, about)] : []),
      this.#t('stays.bill'),
    ];
    return html`<form class="sure" @submit=${(event: SubmitEvent) => void this.#withdraw(event, consent)}>
      ${this.heading(this.#t('withdraw.title'), 'notice-title', this.#depth + 2)}
      <div><p class="strong">${this.#t('stops')}</p><ul><li>${this.#t(`stops.${purpose}`, about)}</li>${others.map((other) => html`<li>${this.#t('stops.with', { title: this.#title(other) })}</li>`)}</ul></div>
      <div><p class="strong">${this.#t('stays')}</p><ul>${stays.map((each) => html`<li>${each}</li>`)}</ul></div>
      ${hasData(purpose)
        ? html`<div class="erase">
            <input type="checkbox" name="erase" id=${this.idOf(`${key}-erase`)} aria-describedby=${this.idOf(`${key}-erase-hint`)} />
            <label for=${this.idOf(`${key}-erase`)}>${this.#t('erase')}</label>
            <p class="soft small" id=${this.idOf(`${key}-erase-hint`)}>${this.#t('erase.hint')}</p>
          </div>`
        : nothing}
      ${this.doing?.key === key ? this.summary() : nothing}
      <div class="actions">
        ${this.submitButton(this.#t('withdraw'), this.#t('withdraw.sending'))}
        <button type="button" class="button keep" @click=${() => this.#keep(consent)}>${this.#t('withdraw.keep')}</button>
      </div>
    </form>`;
  }

  #undo(consent: Consent, { until, erases }: NonNullable<Consent['undo']>, all: readonly Consent[]): TemplateResult {
    // What went at once comes back at once.
    const others = all.filter((each) => each.undo?.until === until && each.since === consent.since && keyOf(each) !== keyOf(consent));
    const offered = this.mayChange && this.client?.supports(undoWithdrawal);
    return html`<div class="undo" tabindex="-1">
      <p class="strong">${this.#t('undo.title')}</p>
      ${offered ? html`<p>${this.#t('undo.text', { when: this.format.dateTime(Date.parse(until)) })} ${others.map((other) => this.#t('undo.with', { title: this.#title(other) }))}</p>` : nothing}
      ${erases ? html`<p>${this.#t('undo.erases')}</p>` : nothing}
      ${offered
        ? html`<button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#restore(consent)}>
            <span>${this.#t(this.#isDoing(keyOf(consent), 'undo') ? 'undo.sending' : 'undo')}<span class="visually-hidden">${this.#of(consent)}</span></span>
          </button>`
        : nothing}
    </div>`;
  }

  #history(meter: Meter): unknown {
    if (!this.client?.supports(listConsentEvents)) return nothing;
    return html`<section class="history">
      <button type="button" class="button" aria-expanded=${this.showsHistory ? 'true' : 'false'} @click=${() => (this.showsHistory = !this.showsHistory)}>
        ${this.#t(this.showsHistory ? 'history.hide' : 'history')}
      </button>
      ${this.showsHistory
        ? this.whenHere(HISTORY, () => html`<oya-consents-history exportparts="notice, placeholder, table" .meter=${meter} lang=${this.locale} heading-level=${this.levelOf(this.#depth)}></oya-consents-history>`)
        : nothing}
    </section>`;
  }

  #title({ text }: Consent): string {
    return localized(text.title, this.locale);
  }

  #of(consent: Consent): string {
    return `${this.locale.startsWith('fr') ? ' ' : ''}: ${this.#title(consent)}`;
  }

  #stateWords({ state: stands, since }: Consent): string {
    return this.#t(stands === 'off' && since !== null ? 'state.ended' : `state.${stands}`);
  }

  #since({ state: stands, since }: Consent): unknown {
    return since === null ? nothing : html`<span class="soft">${this.#t(stands === 'failed' ? 'since.failed' : 'since', { day: this.#dayOf(since) })}</span>`;
  }

  #dayOf(at: Instant): string {
    return this.#day(localDay(Date.parse(at), this.format.timeZone));
  }

  #day(day: LocalDay): string {
    return this.format.day(day, 'long');
  }

  #isDoing(key: string, act: Act): boolean {
    return this.sending && this.doing?.key === key && this.doing.act === act;
  }

  #faultOf(consent: Consent, all: readonly Consent[]) {
    return consentFaults([{ ...nameOf(consent), textVersion: consent.text.version }], all)[0]?.code;
  }

  async #give(consent: Consent, all: readonly Consent[]): Promise<void> {
    const { meter, client } = this;
    if (this.sending || !meter || !client) return;
    this.#begin(consent, 'give');
    if (this.#faultOf(consent, all) === 'needs-recording') return this.#refuseFor('needs-recording');
    const input = { meterId: meter.id, choices: [{ ...nameOf(consent), textVersion: consent.text.version }] };
    this.announcement = this.#t('give.sending');
    await this.#send(consent, (key) => client.write(giveConsents, input, key), input, () => {
      this.outcome = { key: keyOf(consent), words: this.#t('give.done') };
      this.#focusIn(consent, '.outcome');
    });
  }

  #ask(consent: Consent): void {
    this.forget();
    this.outcome = undefined;
    this.doing = undefined;
    this.asking = keyOf(consent);
    this.#focusIn(consent, '.sure .notice-title');
  }

  #keep(consent: Consent): void {
    this.asking = undefined;
    this.refusal = undefined;
    this.#focusIn(consent, '.withdraw');
  }

  async #withdraw(event: SubmitEvent, consent: Consent): Promise<void> {
    event.preventDefault();
    const { meter, client } = this;
    if (this.sending || !meter || !client) return;
    const input = { meterId: meter.id, ...nameOf(consent), erase: new FormData(event.target as HTMLFormElement).has('erase') };
    this.#begin(consent, 'withdraw');
    this.announcement = this.#t('withdraw.sending');
    await this.#send(consent, (key) => client.write(withdrawConsent, input, key), input, (now) => {
      this.asking = undefined;
      this.#focusIn(consent, now?.undo ? '.undo' : '.state');
    });
  }

  async #restore(consent: Consent): Promise<void> {
    const { meter, client } = this;
    if (this.sending || !meter || !client) return;
    const input = { meterId: meter.id, ...nameOf(consent) };
    this.#begin(consent, 'undo');
    this.announcement = this.#t('undo.sending');
    await this.#send(consent, (key) => client.write(undoWithdrawal, input, key), input, () => {
      this.outcome = { key: keyOf(consent), words: this.#t('undo.done') };
      this.#focusIn(consent, '.outcome');
    });
  }

  #begin(consent: Consent, act: Act): void {
    this.doing = { key: keyOf(consent), act };
    this.refusal = undefined;
    this.outcome = undefined;
  }

  async #send(consent: Consent, write: (key: string) => Promise<OutputOf<typeof listConsents>>, input: { readonly meterId: string }, done: (now: Consent | undefined) => void): Promise<void> {
    const { client } = this;
    if (!client) return;
    this.sending = true;
    try {
      const answer = await this.#intent.send(input, write);
      this.#isOwnChange = true;
      noteConsents(client, input.meterId, answer);
      this.dispatchEvent(new OyaConsentChangedEvent());
      done(answer.items.find((each) => isNamed(each, nameOf(consent))));
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (error.kind !== 'unauthenticated') await this.#refuseFor(error);
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  /** What has changed meanwhile is asked for anew, so that the words are about what is there. */
  async #refuseFor(reason: PortalError | 'needs-recording'): Promise<void> {
    const t = this.#t;
    if (reason === 'needs-recording') {
      const action = html`<button type="button" class="button" @click=${() => this.#focusOnRecording()}>${t('needs-recording.action')}</button>`;
      return this.refuse({ title: t('needs-recording.title'), text: t('needs-recording.text'), action });
    }
    const fault = reason.fields.find(({ code }) => code === 'outdated-text' || code === 'unknown' || code === 'needs-recording')?.code as 'outdated-text' | 'unknown' | 'needs-recording' | undefined;
    const isOver = reason.kind === 'conflict' && this.doing?.act === 'undo';
    if (fault || isOver || reason.kind === 'conflict' || reason.kind === 'forbidden') await this.#consents.refresh();
    if (fault === 'needs-recording') return this.#refuseFor(fault);
    this.refuse({ ...(fault ? wordsOf(fault) : isOver ? wordsOf('undo.over') : this.failureWords(reason)), error: reason });

    function wordsOf(key: 'outdated-text' | 'unknown' | 'undo.over') {
      return { title: t(`${key}.title`), text: t(`${key}.text`) };
    }
  }

  #focusOnRecording(): void {
    const recording = this.#consents.data?.items.find((consent) => isNamed(consent, { purpose: 'curve-recording' }));
    if (recording) this.#focusIn(recording, '.give');
  }

  #focusIn(consent: Consent, selector: string): void {
    this.focusOn(`[data-consent='${CSS.escape(keyOf(consent))}'] ${selector}`);
  }
}

/** Part of ids: without spaces, whatever a recipient is called by. */
function keyOf({ purpose, recipient }: Pick<Consent, 'purpose' | 'recipient'>): string {
  return recipient ? `${purpose}-${encodeURIComponent(recipient.id)}` : purpose;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consents-meter': OyaConsentsMeter;
  }
}
