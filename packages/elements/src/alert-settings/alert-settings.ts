import {
  addPushDevice, describeAlerts, followAlerts, getAlertSettings, getOutageBoard, giveMedicalNeed, localDay, PortalError, removePushDevice, unfollowAlerts, updateAlertSettings, withdrawMedicalNeed,
  type AlertChannel, type AlertChoice, type AlertCommune, type AlertService, type AlertSettings, type AlertTopic, type Following, type Input, type PushDevice, type QuietHours,
} from '@oya/contract';
import { Intent, localized, OyaElement, Resource, type Translate } from '@oya/core';
import type { PushState } from '@oya/core/push-device';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { fieldStyles } from '../field.styles.ts';
import { formStyles } from '../form.styles.ts';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { phoneWords, readPhoneNumber } from '../light-form/phone-number.ts';
import { alertSettingsMessages, type fr } from './alert-settings.messages.ts';
import { alertSettingsStyles } from './alert-settings.styles.ts';
import { followed, keepFollowed } from './followed.ts';

/** As most people sleep. */
const USUAL_NIGHT: QuietHours = { from: '22:00', to: '07:00' };
/** Without an account there is no address that EcoWatt or an offer would be of. */
const PUBLIC_TOPICS: readonly AlertTopic[] = ['outages', 'works', 'ecowatt'];

/**
 * What one is told of: outages, works, tense days of the national grid, the colour of tomorrow; where, by which ways, and not
 * at night. Customers choose for their own addresses; visitors without an account have this device told, by commune.
 *
 * @summary What one is told of, where, how and when not.
 * @placeholder 34rem
 * @attr {string} commune - INSEE code of the commune that is ticked at first, for visitors without an account
 * @csspart notice - A message in place of the settings: an error, a service that is not offered.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaAlertSettings extends OyaLightForm {
  static override readonly messages = alertSettingsMessages;
  static override styles = [OyaElement.styles, fieldStyles, formStyles, alertSettingsStyles];

  @property() commune: string | undefined;

  @state() private said = '';
  @state() private push: PushState | undefined;
  @state() private following: Following | undefined = followed();
  @state() private isQuiet: boolean | undefined;
  /** Whose medical need is being told. */
  @state() private medicalOf: string | undefined;
  /** The end of this browser's endpoint. */
  @state() private ownEnd: string | undefined;

  readonly #service = new Resource(this, describeAlerts, () => ({}));
  readonly #board = new Resource(this, getOutageBoard, () => ({}), { blocking: false });
  readonly #settings = new Resource(this, getAlertSettings, () => ({}), { blocking: false });
  readonly #saving = new Intent();
  readonly #medical = new Intent();

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#lookAtPush();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.isAnotherCustomer()) return;
    this.said = '';
    this.medicalOf = undefined;
    this.isQuiet = undefined;
  }

  protected override renderReady(): unknown {
    const service = this.#service.data;
    if (!service) return nothing;
    const { status, data, error } = this.#settings;
    if (status === 'ready' && data) return this.#own(service, data);
    if (status === 'error' && error) return this.errorNotice(error, () => void this.#settings.refresh());
    if (status === 'loading') return this.renderLoading();
    return this.#public(service);
  }

  get #t(): Translate<typeof fr> {
    return this.words(alertSettingsMessages);
  }

  get #communes(): readonly AlertCommune[] {
    return this.#board.data?.communes ?? [];
  }

  // Customers

  #own(service: AlertService, settings: AlertSettings): TemplateResult {
    const t = this.#t;
    return html`<div class="view">
      ${this.heading(t('title'))}
      <p>${t('lead')}</p>
      <form novalidate @submit=${(event: Event) => void this.#saveOwn(event, service, settings)}>
        ${this.summary()}
        <section class="part">
          ${this.heading(t('what'), 'part-title', 1)}
          ${this.fieldError('choices')}
          <div id=${this.idOf('choices')}>${service.topics.map((topic) => this.#topic(topic, service, settings))}</div>
          <p class="hint">${settings.email === null ? nothing : t('to.email', { email: settings.email })}${service.channels.includes('sms') ? html`<br />${settings.phone === null ? t('to.phone-none') : t('to.phone', { phone: phoneWords(settings.phone) })}` : nothing}</p>
        </section>
        <section class="part">
          ${this.heading(t('where'), 'part-title', 1)}
          <fieldset><legend>${t('where.yours')}</legend>
            ${settings.addresses.map(({ contractId, energy, site, address, isMuted }) => html`<label class="option"><input type="checkbox" name="address" value=${contractId} .checked=${!isMuted} /><span>${t(`energy.${energy}`)}, ${site}, ${address}</span></label>`)}
          </fieldset>
          ${this.#communeBoxes(t('where.communes'), settings.communes, t('where.communes-hint'))}
        </section>
        ${this.#quietHours(settings.quietHours)}
        <div class="buttons">${this.submitButton(t('save'), t('saving'))}</div>
        ${this.#saidWords()}
      </form>
      ${service.channels.includes('push') && service.pushKey !== null ? this.#devices(service.pushKey, settings.devices) : nothing}
      ${service.medical ? this.#medicalPart(service.medical, settings) : nothing} ${this.#feeds(service)} ${this.status()}
    </div>`;
  }

  #topic(topic: AlertTopic, { channels }: AlertService, { choices }: AlertSettings): TemplateResult {
    const t = this.#t;
    const told = choices.find((choice) => choice.topic === topic)?.channels ?? [];
    return html`<div class="topic" role="group" aria-labelledby=${this.idOf(topic)}>
      <div><strong id=${this.idOf(topic)}>${t(`topic.${topic}`)}</strong><br /><span class="hint">${t(`topic.${topic}.hint`)}</span></div>
      <div class="channels">
        ${channels.map((channel) => html`<label class="option"><input type="checkbox" name=${topic} value=${channel} aria-label=${t('channel.of', { topic: t(`topic.${topic}`), channel: t(`channel.${channel}`) })} .checked=${told.includes(channel)} />${t(`channel.${channel}`)}</label>`)}
      </div>
    </div>`;
  }

  #communeBoxes(legend: string, chosen: readonly string[], hint?: string): unknown {
    if (this.#communes.length === 0) return nothing;
    return html`<fieldset aria-describedby=${this.describedBy('communes', ...(hint === undefined ? [] : ['hint']))}><legend>${legend}</legend>
      ${hint === undefined ? nothing : html`<p class="hint" id=${this.idOf('communes-hint')}>${hint}</p>`} ${this.fieldError('communes')}
      <div class="communes">${this.#communes.map(({ code, name }, index) => html`<label class="option"><input type="checkbox" name="communes" id=${index === 0 ? this.idOf('communes') : nothing} value=${code} .checked=${chosen.includes(code)} @change=${() => this.correct('communes')} />${name}</label>`)}</div>
    </fieldset>`;
  }

  #quietHours(known: QuietHours | null): TemplateResult {
    const t = this.#t;
    const isQuiet = this.isQuiet ?? known !== null;
    const { from, to } = known ?? USUAL_NIGHT;
    return html`<section class="part">
      <label class="option"><input type="checkbox" name="is-quiet" .checked=${isQuiet} @change=${(event: Event) => (this.isQuiet = (event.target as HTMLInputElement).checked)} /><strong>${t('quiet')}</strong></label>
      ${isQuiet
        ? html`${this.fieldError('quiet')}
            <div class="times">
              <label>${t('quiet.from')} <input type="time" name="quiet-from" id=${this.idOf('quiet')} value=${from} required aria-invalid=${this.isRefused('quiet') ? 'true' : nothing} aria-describedby=${this.describedBy('quiet')} /></label>
              <label>${t('quiet.to')} <input type="time" name="quiet-to" value=${to} required /></label>
            </div>
            <p class="hint">${t('quiet.hint')}</p>`
        : nothing}
    </section>`;
  }

  #saidWords(): unknown {
    return html`<div role="status">${this.said === '' ? nothing : html`<p class="said">${icon('check')}<span>${this.said}</span></p>`}</div>`;
  }

  /** @returns `undefined` where they end when they begin */
  #quietOf(form: FormData): QuietHours | null | undefined {
    if (form.get('is-quiet') === null) return null;
    const [from, to] = ['quiet-from', 'quiet-to'].map((name) => String(form.get(name) ?? '').slice(0, 5));
    return from && to && from !== to ? { from, to } : undefined;
  }

  async #saveOwn(event: Event, service: AlertService, settings: AlertSettings): Promise<void> {
    event.preventDefault();
    const { client } = this;
    if (this.sending || !client) return;
    const t = this.#t;
    const form = new FormData(event.target as HTMLFormElement);
    const choices = service.topics.map((topic): AlertChoice => ({ topic, channels: form.getAll(topic) as AlertChannel[] }));
    const quietHours = this.#quietOf(form);
    const wrong = new Map<string, string>();
    if (quietHours === undefined) wrong.set('quiet', t('wrong.quiet'));
    if (settings.phone === null && choices.some(({ channels }) => channels.includes('sms'))) wrong.set('choices', t('wrong.phone'));
    if (wrong.size > 0 || quietHours === undefined) return this.refuse({ title: t('wrong.title'), fields: wrong });
    const told = form.getAll('address');
    const input: Input<'updateAlertSettings'> = {
      choices, quietHours,
      mutedContracts: settings.addresses.map(({ contractId }) => contractId).filter((id) => !told.includes(id)),
      communes: form.getAll('communes') as string[],
    };
    await this.#change(async () => this.#keep(await this.#saving.send(input, (key) => client.write(updateAlertSettings, input, key))), t('saved'));
    this.isQuiet = undefined;
  }

  /** Does something, and says that it was done; a failure comes back to the form. */
  async #change(work: () => Promise<unknown>, said: string): Promise<boolean> {
    this.sending = true;
    this.said = '';
    this.forget();
    try {
      await work();
      this.said = said;
      return true;
    } catch (thrown) {
      await this.#refused(PortalError.from(thrown));
      return false;
    } finally {
      this.sending = false;
    }
  }

  async #refused(error: PortalError): Promise<void> {
    const t = this.#t;
    const { code, fields = [] } = error;
    if (code === 'text-changed') {
      await this.#service.refresh();
      // Nobody has agreed to what was not shown yet.
      this.renderRoot.querySelectorAll<HTMLInputElement>('[name=medical-consent]').forEach((box) => (box.checked = false));
      return this.refuse({ title: t('wrong.title'), fields: new Map([['medical-consent', t('medical.changed')]]), error });
    }
    if (fields.some((field) => field.code === 'phone-needed')) return this.refuse({ title: t('failed.title'), text: t('wrong.phone'), error });
    if (fields.some(({ path }) => path === 'phone')) return this.refuse({ title: t('wrong.title'), fields: new Map([['medical-phone', t('medical.wrong-phone')]]), error });
    this.refuse({ ...this.failureWords(error), error });
  }

  #keep(settings: AlertSettings): void {
    this.client?.queries.setQueryData(this.client.keyOf(getAlertSettings, {}), settings);
  }

  // Devices

  async #lookAtPush(): Promise<void> {
    try {
      const { pushDevice, pushState } = await import('@oya/core/push-device');
      this.push = await pushState();
      this.ownEnd = (await pushDevice())?.endpoint.slice(-16);
    } catch {
      this.push = 'unsupported';
    }
    // What is told to nobody any more is not shown as told.
    if (this.push !== 'on' && this.following) this.following = undefined;
  }

  #devices(pushKey: string, devices: readonly PushDevice[]): TemplateResult {
    const t = this.#t;
    const hasThis = devices.some(({ endpointEnd }) => endpointEnd === this.ownEnd);
    return html`<section class="part">
      ${this.heading(t('devices'), 'part-title', 1)}
      ${devices.length === 0
        ? html`<p class="soft">${t('devices.none')}</p>`
        : html`<ul class="list">${devices.map(({ id, label, addedAt, endpointEnd }) => html`<li><span>${t('devices.added', { label, day: this.#dayOf(addedAt) })}${endpointEnd === this.ownEnd ? html` <strong>(${t('devices.this')})</strong>` : nothing}</span>
            <button type="button" class="button" @click=${() => void this.#removeDevice(id, endpointEnd)}>${t('devices.remove')} <span class="visually-hidden">${label}</span></button></li>`)}</ul>`}
      ${hasThis ? nothing : this.#pushAction(t('devices.add'), () => void this.#addDevice(pushKey))}
    </section>`;
  }

  /** The button, or why there is none. */
  #pushAction(label: string, act: () => void): unknown {
    if (this.push === undefined) return nothing;
    return this.#noPush(this.push) ?? html`<div class="buttons"><button type="button" class="button" aria-disabled=${this.sending ? 'true' : nothing} @click=${act}>${label}</button></div>`;
  }

  /** Why this device cannot be told. @param elsewhere what else one may do then */
  #noPush(push: PushState, elsewhere = this.#t('push.elsewhere')): TemplateResult | undefined {
    const t = this.#t;
    if (push === 'off' || push === 'on') return undefined;
    return html`<p class="soft">${t(`push.${push}`)} ${push === 'unsupported' ? elsewhere : nothing} ${push === 'denied' ? nothing : this.link('app', html`<span>${t('push.install')}</span>`)}</p>`;
  }

  async #addDevice(pushKey: string): Promise<void> {
    const { client } = this;
    const subscription = await this.#subscribed(pushKey);
    if (!subscription || !client) return;
    const input = { subscription };
    await this.#change(async () => this.#keep(await new Intent().send(input, (key) => client.write(addPushDevice, input, key))), this.#t('saved'));
    await this.#lookAtPush();
  }

  async #subscribed(pushKey: string): Promise<Input<'addPushDevice'>['subscription'] | undefined> {
    this.announcement = this.#t('devices.adding');
    try {
      const { subscribeToPush } = await import('@oya/core/push-device');
      return await subscribeToPush(pushKey);
    } catch (thrown) {
      const isRefused = thrown instanceof DOMException && thrown.name === 'NotAllowedError';
      this.refuse(isRefused ? { title: this.#t('push.refused') } : this.failureWords(PortalError.from(thrown)));
      await this.#lookAtPush();
      return undefined;
    }
  }

  async #removeDevice(deviceId: string, endpointEnd: string): Promise<void> {
    const { client } = this;
    if (!client || this.sending) return;
    const input = { deviceId };
    const removed = await this.#change(async () => this.#keep(await new Intent().send(input, (key) => client.write(removePushDevice, input, key))), this.#t('saved'));
    // The browser has one address for all: what is told without an account goes there as well.
    if (removed && endpointEnd === this.ownEnd && !this.following) await (await import('@oya/core/push-device')).unsubscribeFromPush();
    await this.#lookAtPush();
  }

  // Medical equipment

  #medicalPart(medical: NonNullable<AlertService['medical']>, { addresses, medicalNeeds }: AlertSettings): TemplateResult {
    const t = this.#t;
    const given = medicalNeeds.map((need) => ({ ...need, site: addresses.find(({ contractId }) => contractId === need.contractId)?.site ?? '' }));
    const open = addresses.filter(({ contractId, energy }) => energy === 'electricity' && !medicalNeeds.some((need) => need.contractId === contractId));
    return html`<section class="part">
      ${this.heading(t('medical'), 'part-title', 1)}
      <p>${t('medical.lead')}</p>
      ${given.length === 0
        ? html`<p class="soft">${t('medical.none')}</p>`
        : html`<ul class="list">${given.map(({ contractId, phone, since, site }) => html`<li><span>${t('medical.given', { site, phone: phoneWords(phone), day: this.#dayOf(since) })}</span>
            <button type="button" class="button" @click=${() => void this.#withdrawMedical(contractId)}>${t('medical.withdraw')}</button></li>`)}</ul>`}
      ${open.map(({ contractId, site }) =>
        this.medicalOf === contractId
          ? this.#medicalForm(medical, contractId)
          : html`<div class="buttons"><button type="button" class="button" @click=${() => this.#openMedical(contractId)}>${t('medical.give', { site })}</button></div>`,
      )}
    </section>`;
  }

  #openMedical(contractId: string): void {
    this.medicalOf = contractId;
    this.said = '';
    this.forget();
    this.focusOn('.consent input');
  }

  #medicalForm(medical: NonNullable<AlertService['medical']>, contractId: string): TemplateResult {
    const t = this.#t;
    return html`<form class="consent" novalidate @submit=${(event: Event) => void this.#giveMedical(event, medical.version, contractId)}>
      <p>${localized(medical.text, this.locale)}</p>
      ${this.field({ name: 'medical-phone', label: t('medical.phone'), type: 'tel', autocomplete: 'tel', maxlength: 30 })}
      <div class="field">
        ${this.fieldError('medical-consent')}
        <label class="option"><input type="checkbox" name="medical-consent" id=${this.idOf('medical-consent')} aria-invalid=${this.isRefused('medical-consent') ? 'true' : nothing} aria-describedby=${this.describedBy('medical-consent')} @change=${() => this.correct('medical-consent')} />${t('medical.consent')}</label>
      </div>
      <div class="buttons">
        ${this.submitButton(t('medical.confirm'), t('saving'))}
        <button type="button" class="button" @click=${() => (this.medicalOf = undefined)}>${t('medical.cancel')}</button>
      </div>
    </form>`;
  }

  async #giveMedical(event: Event, textVersion: string, contractId: string): Promise<void> {
    event.preventDefault();
    const { client } = this;
    if (this.sending || !client) return;
    const t = this.#t;
    const form = new FormData(event.target as HTMLFormElement);
    const phone = readPhoneNumber(String(form.get('medical-phone') ?? ''));
    const wrong = new Map<string, string>();
    if (!phone) wrong.set('medical-phone', t('medical.wrong-phone'));
    if (form.get('medical-consent') === null) wrong.set('medical-consent', t('medical.wrong-consent'));
    if (!phone || wrong.size > 0) return this.refuse({ title: t('wrong.title'), fields: wrong });
    const input: Input<'giveMedicalNeed'> = { contractId, phone: phone.e164, textVersion, language: this.locale };
    if (await this.#change(async () => this.#keep(await this.#medical.send(input, (key) => client.write(giveMedicalNeed, input, key))), t('medical.saved'))) this.medicalOf = undefined;
  }

  async #withdrawMedical(contractId: string): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const input = { contractId };
    await this.#change(async () => this.#keep(await new Intent().send(input, (key) => client.write(withdrawMedicalNeed, input, key))), this.#t('medical.withdrawn'));
  }

  // Visitors

  #public(service: AlertService): TemplateResult {
    const t = this.#t;
    const known = this.following;
    const topics = service.topics.filter((topic) => PUBLIC_TOPICS.includes(topic));
    const canPush = service.channels.includes('push') && service.pushKey !== null;
    const isReady = this.push === 'off' || this.push === 'on';
    return html`<div class="view">
      ${this.heading(t('title'))}
      <p>${t('lead.public')}</p>
      ${this.link('login', t('sign-in'), 'button')}
      ${canPush && isReady
        ? html`<form novalidate @submit=${(event: Event) => void this.#follow(event, service)}>
            ${this.summary()} ${this.#communeBoxes(t('where.communes-public'), known?.communes ?? (this.commune === undefined ? [] : [this.commune]))}
            <fieldset aria-describedby=${this.describedBy('topics')}><legend>${t('what')}</legend>
              ${this.fieldError('topics')}
              ${topics.map((topic, index) => html`<label class="option"><input type="checkbox" name="topics" id=${index === 0 ? this.idOf('topics') : nothing} value=${topic} .checked=${known ? known.topics.includes(topic) : topic !== 'ecowatt'} @change=${() => this.correct('topics')} /><span><strong>${t(`topic.${topic}`)}</strong> <span class="hint">${t(`topic.${topic}.hint`)}</span></span></label>`)}
            </fieldset>
            ${this.#quietHours(known?.quietHours ?? null)}
            <div class="buttons">
              ${this.submitButton(t(known ? 'follow.change' : 'follow.start'), t('saving'))}
              ${known ? html`<button type="button" class="button" @click=${() => void this.#unfollow()}>${t('follow.end')}</button>` : nothing}
            </div>
          </form>`
        : canPush && this.push !== undefined
          ? this.#noPush(this.push, t('push.elsewhere-public'))
          : nothing}
      ${this.#saidWords()} ${this.#feeds(service)} ${this.status()}
    </div>`;
  }

  async #follow(event: Event, { pushKey }: AlertService): Promise<void> {
    event.preventDefault();
    const { client } = this;
    if (this.sending || !client || pushKey === null) return;
    const t = this.#t;
    const form = new FormData(event.target as HTMLFormElement);
    const communes = form.getAll('communes') as string[];
    const topics = form.getAll('topics') as AlertTopic[];
    const quietHours = this.#quietOf(form);
    const wrong = new Map<string, string>();
    if (communes.length === 0 && topics.some((topic) => topic !== 'ecowatt')) wrong.set('communes', t('wrong.communes'));
    if (topics.length === 0) wrong.set('topics', t('wrong.topics'));
    if (quietHours === undefined) wrong.set('quiet', t('wrong.quiet'));
    if (wrong.size > 0 || quietHours === undefined) return this.refuse({ title: t('wrong.title'), fields: wrong });
    const subscription = await this.#subscribed(pushKey);
    if (!subscription) return;
    const input: Input<'followAlerts'> = { subscription, communes, topics, quietHours, language: this.locale };
    await this.#change(async () => {
      this.following = await this.#saving.send(input, (key) => client.write(followAlerts, input, key));
      keepFollowed(this.following);
    }, t('follow.on'));
    await this.#lookAtPush();
  }

  async #unfollow(): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    await this.#change(async () => {
      // The browser keeps its address: an account may be told things there.
      const endpoint = (await (await import('@oya/core/push-device')).pushDevice())?.endpoint;
      if (endpoint !== undefined) await new Intent().send({ endpoint }, (key) => client.write(unfollowAlerts, { endpoint }, key));
      this.following = undefined;
      keepFollowed(undefined);
    }, this.#t('follow.ended'));
    await this.#lookAtPush();
  }

  #feeds({ feeds }: AlertService): unknown {
    if (!feeds) return nothing;
    const t = this.#t;
    return html`<details><summary>${t('feeds')}</summary><p class="feeds">${(['atom', 'rss', 'cap', 'calendar'] as const).map((name) => html`<a href=${feeds[name]}>${t(`feeds.${name}`)}</a>`)}</p></details>`;
  }

  #dayOf(at: string): string {
    return this.format.day(localDay(Date.parse(at), this.format.timeZone), 'long');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-alert-settings': OyaAlertSettings;
  }
}
