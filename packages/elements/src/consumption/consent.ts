import { canBeGiven, getContract, giveConsents, isOfCurve, listConsents, localDay, PortalError, type Consent, type ConsentChoice, type ConsentPurpose } from '@oya/contract';
import { Intent, localized, Resource } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { noteConsents } from '../note-consents.ts';
import { consentFailureMessages } from '../consent-failure.messages.ts';
import { icon } from '../icons.ts';
import { choiceStyles } from '../light-form/choices.styles.ts';
import { checkbox, type ChoiceField } from '../light-form/choices.ts';
import { lightFormStyles } from '../light-form/light-form.styles.ts';
import { OyaLightForm, type Refusal } from '../light-form/light-form.ts';
import { partsMessages } from './parts.messages.ts';
import type { Shown } from './shown.ts';

const TAG = 'oya-consumption-consent';

/**
 * The choice of half-hours where they would be: two consents, each with its own words and its own box, that belong together.
 * Once given, since when, and what will come. Somebody who reads another's contract is offered nothing. Part of `oya-consumption`.
 */
export class OyaConsumptionConsent extends OyaLightForm {
  static override readonly messages = partsMessages;
  static override readonly sharedMessages = [...OyaLightForm.sharedMessages, consentFailureMessages];
  static override readonly lightStyles = `${lightFormStyles(TAG)}
${choiceStyles(TAG)}
${TAG} .offer {
  display: grid;
  gap: var(--oya-space-4);
  padding: var(--oya-space-5);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}
${TAG} .offer > :not(form) {
  max-inline-size: 65ch;
}
${TAG} .offer > .button {
  justify-self: start;
}
${TAG} .outcome {
  display: flex;
  align-items: center;
  gap: var(--oya-space-2);
}
${TAG} .outcome:focus {
  outline: none;
}
${TAG} .requested {
  color: var(--oya-color-ink-soft);
}
${TAG} form {
  justify-items: start;
  gap: var(--oya-space-3);
}
${TAG} .checkbox {
  align-items: start;
  max-inline-size: 65ch;
  padding-block: var(--oya-space-1);
}
${TAG} .consent-title {
  display: block;
  font-weight: 600;
}
@media print {
  ${TAG} {
    display: none;
  }
}
@media (forced-colors: active) {
  ${TAG} .offer {
    border: 1px solid CanvasText;
  }
}`;

  @property({ attribute: false }) shown: Shown | undefined;
  @property({ attribute: false }) onGiven: (() => void) | undefined;

  @state() private hasGiven = false;

  readonly #consents = new Resource(this, listConsents, () => this.shown && { meterId: this.shown.meter.id }, { blocking: false });
  readonly #details = new Resource(this, getContract, () => this.shown && { contractId: this.shown.contract.id }, { blocking: false });
  readonly #intent = new Intent();

  protected override renderReady(): unknown {
    const { shown } = this;
    if (!shown || this.#isReader) return nothing;
    const consents = this.#ofCurve;
    // Who may not give them here is told where they may.
    if (!this.client?.supports(listConsents) || !this.client.supports(giveConsents)) return this.#elsewhere(shown);
    if (shown.meter.loadCurve === 'requested' || (consents && !consents.some(canBeGiven) && !consents.every(({ state: each }) => each === 'active'))) return this.#requested(consents ?? []);
    const { status, error } = this.#consents;
    if (status === 'error' && error) return this.errorNotice(error, () => void this.#consents.refresh());
    return consents?.some(canBeGiven) ? this.#form(consents) : nothing;
  }

  protected override renderLoading(): unknown {
    return nothing;
  }

  /** The others are given and withdrawn on their own page. */
  get #ofCurve(): Consent[] | undefined {
    return this.#consents.data?.items.filter(({ purpose }) => isOfCurve(purpose));
  }

  /** Not known while it is asked: nothing is offered that would be refused. */
  get #isReader(): boolean {
    const { data, status } = this.#details;
    return data ? data.role.role === 'reader' : status === 'loading' || status === 'waiting';
  }

  #elsewhere({ meter }: Shown): TemplateResult {
    const t = this.words(partsMessages);
    if (meter.loadCurve === 'requested') return this.#requested([]);
    return html`<div class="offer">
      <p>${t('consent.text')}</p>
      ${this.link('consents', t('consent.action'), 'button')}
    </div>`;
  }

  #requested(consents: readonly Consent[]): TemplateResult {
    const t = this.words(partsMessages);
    // The later of the two: both are needed.
    const since = consents.flatMap(({ state: each, since: at }) => (each === 'requested' && at !== null ? [at] : [])).sort().at(-1);
    const day = since && this.format.day(localDay(Date.parse(since), this.format.timeZone));
    return html`<div class="offer requested">
      ${this.hasGiven ? html`<p class="outcome" tabindex="-1">${icon('check')}<span>${t('consent.done')}</span></p>` : nothing}
      <p class="strong">${t('requested')}</p>
      <p>${day === undefined ? t('requested.text') : t('requested.since', { day })}</p>
      ${this.link('consents', t('consent.see'), 'button')}
    </div>`;
  }

  #form(consents: readonly Consent[]): TemplateResult {
    const t = this.words(partsMessages);
    const wanted = consents.filter(canBeGiven);
    return html`<section class="offer">
      ${this.heading(t('consent.title'), 'notice-title')}
      <p>${t('consent.text')}</p>
      ${this.#failures(consents)}
      ${wanted.length > 1 ? html`<p id=${this.idOf('together')}>${t('consent.together')}</p>` : nothing} ${this.summary()}
      <form method="post" novalidate aria-describedby=${wanted.length > 1 ? this.idOf('together') : nothing} @submit=${this.#submit}>
        ${wanted.map((consent) => this.#box(consent))} ${this.submitButton(t('consent.action'), t('consent.sending'))}
      </form>
      ${this.status()}
    </section>`;
  }

  /** The two mostly fail for one reason, which is told once. */
  #failures(consents: readonly Consent[]): TemplateResult[] {
    const reasons = new Set(consents.flatMap(({ state: each, failure = 'refused' }) => (each === 'failed' ? [failure] : [])));
    return [...reasons].map((reason) => html`<p>${this.words(consentFailureMessages)(reason)}</p>`);
  }

  #box({ purpose, text }: Consent): TemplateResult {
    const label = html`<span class="consent-title">${localized(text.title, this.locale)}</span> ${localized(text.text, this.locale)}`;
    const field: ChoiceField = { id: this.idOf(purpose), name: purpose, invalid: this.isRefused(purpose), describedBy: this.describedBy(purpose), error: this.fieldError(purpose) };
    // A box that was ticked stays so; one is never ticked from the start.
    return html`<div @change=${() => this.correct(purpose)}>${checkbox(field, 'yes', label)}</div>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { client, shown } = this;
    const consents = this.#ofCurve;
    if (this.sending || !client || !shown || !consents) return;
    const t = this.words(partsMessages);
    const data = new FormData(event.target as HTMLFormElement);
    const wanted = consents.filter(canBeGiven);
    const missing = wanted.filter(({ purpose }) => !data.has(purpose));
    if (missing.length > 0) {
      return this.refuse({ title: t('consent.fields'), fields: new Map(missing.map(({ purpose, text }) => [purpose, t('consent.missing', { title: localized(text.title, this.locale) })])) });
    }
    const input = { meterId: shown.meter.id, choices: wanted.map(({ purpose, text }): ConsentChoice => ({ purpose, textVersion: text.version })) };
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('consent.sending');
    try {
      const answer = await this.#intent.send(input, (key) => client.write(giveConsents, input, key));
      noteConsents(client, shown.meter.id, answer);
      this.hasGiven = true;
      this.onGiven?.();
      this.focusOn('.outcome');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (error.kind !== 'unauthenticated') this.refuse(await this.#refusalOf(error, input.choices));
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  };

  /** Other words than those that were read are asked for anew. */
  async #refusalOf(error: PortalError, choices: readonly ConsentChoice[]): Promise<Refusal> {
    const t = this.words(partsMessages);
    const fields = new Map<ConsentPurpose, string>();
    for (const { path, code } of error.fields) {
      const purpose = choices[Number(/^choices\.(\d+)\./.exec(path)?.[1] ?? -1)]?.purpose;
      if (purpose && code === 'outdated-text') fields.set(purpose, t('consent.outdated'));
    }
    if (fields.size === 0) return { ...this.failureWords(error), error };
    await this.#consents.refresh();
    for (const box of this.form?.querySelectorAll('input') ?? []) if (fields.has(box.name as ConsentPurpose)) box.checked = false;
    return { title: t('consent.fields'), fields, error };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-consent': OyaConsumptionConsent;
  }
}
