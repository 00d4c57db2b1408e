import { describeUtility, getProfile, localDay, type Instant, type PostalAddress, type Profile, type Session } from '@oya/contract';
import { define, IntentEvent, Resource, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { phoneWords } from '../light-form/phone-number.ts';
import { CHANGES, DRAFTED, dropDraft, findDraft, languageName, openRequest, type Change } from './changes.ts';
import { profileMessages } from './profile.messages.ts';
import { profileStyles } from './profile.styles.ts';

const FORM: Part = () => import('./form.ts').then(({ OyaProfileForm }) => define('oya-profile-form', OyaProfileForm));
const DEVICES: Part = () => import('./devices.ts').then(({ OyaProfileDevices }) => define('oya-profile-devices', OyaProfileDevices));
const ACTIVITY: Part = () => import('./activity.ts').then(({ OyaProfileActivity }) => define('oya-profile-activity', OyaProfileActivity));

/** The customer has closed their account; it is told before the session ends with it. */
export class OyaAccountClosedEvent extends IntentEvent {
  constructor() {
    super('oya-account-closed');
  }
}

/**
 * The account and the person behind it, on one page: how they are reached, what opens the account, what they want to be told
 * of, where they are signed in, what was done, their data, and the account's end. Each line is changed where it stands.
 *
 * It stands in the light DOM, where password managers and browsers find its fields. What is typed stays when the session ends
 * in the middle of it, and, but for passwords and codes, through a reload. What the portal does not offer is left out. Where
 * the page has `<oya-passkeys>` and the portal offers passkeys, they are part of it.
 *
 * @summary The customer's account: contact, sign-in, notifications, devices, activity, data, closing.
 * @placeholder 46rem
 * @event {OyaAccountClosedEvent} oya-account-closed - The customer has closed their account.
 */
export class OyaProfile extends OyaLightForm {
  static override readonly messages = profileMessages;
  static override readonly lightStyles = profileStyles;

  /** The forms that are open: each on its own, so that none is lost for another. */
  @state() private open: ReadonlySet<Change> = new Set();
  /** What has just been done, told where it was done. */
  @state() private done: { readonly change: Change; readonly words: string } | undefined;
  @state() private closed = false;

  readonly #profile = new Resource(this, getProfile, () => ({}));
  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  /** Whose the open forms are. */
  #customerId = '';
  /** The form that was opened last takes the focus as it comes. */
  #opened: Change | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { client } = this;
    const customerId = client?.customerId ?? '';
    // Whoever signs in again after an expired session finds the forms as they were; somebody else finds none.
    if (!client || customerId === this.#customerId || (customerId === '' && client.sessionExpired.value)) return;
    for (const change of DRAFTED) if (this.#customerId !== '') dropDraft(client, change, this.#customerId);
    this.#customerId = customerId;
    this.open = new Set(customerId === '' ? [] : DRAFTED.filter((change) => this.#may(change) && findDraft(client, change)));
    this.done = undefined;
    if (customerId !== '') this.closed = false;
  }

  protected override renderReady(): unknown {
    const profile = this.#profile.data;
    if (!profile) return nothing;
    const t = this.words(profileMessages);
    return html`<div class="view">
      ${this.heading(t('title'))} ${this.#contact(profile)} ${this.#security(profile)} ${this.#told(profile)}
      ${this.client?.supports({ name: 'listDevices' }) ? this.#section(t('devices'), t('devices.text'), this.whenHere(DEVICES, () => this.#devices())) : nothing}
      ${this.client?.supports({ name: 'listActivity' }) ? this.#section(t('activity'), t('activity.text'), this.whenHere(ACTIVITY, () => this.#activity())) : nothing}
      ${this.#may('export') ? this.#section(t('data'), t('data.text'), this.#task('export')) : nothing}
      ${this.#may('closure') ? this.#section(t('closure'), t('closure.text'), this.#task('closure')) : nothing} ${this.status()}
    </div>`;
  }

  protected override renderSignedOut(): unknown {
    return this.closed ? this.#farewell() : super.renderSignedOut();
  }

  /** The account is closed: what goes on, and where to turn. */
  #farewell(): TemplateResult {
    const t = this.words(profileMessages);
    return html`<div class="view farewell">
      ${this.heading(t('farewell.title'))}
      <p>${t('farewell.text')}</p>
      <p>${t('farewell.again')}</p>
      <div class="actions">${this.link('contact', t('farewell.contact'), 'button primary')} ${this.link('signup', t('farewell.signup'), 'button')}</div>
    </div>`;
  }

  #section(title: string, text: unknown, content: unknown): TemplateResult {
    return html`<section class="part">
      <div class="part-head">${this.heading(title, 'part-title', 1)} ${text === nothing ? nothing : html`<p class="soft">${text}</p>`}</div>
      <div class="part-body">${content}</div>
    </section>`;
  }

  #contact(profile: Profile): TemplateResult {
    const t = this.words(profileMessages);
    const { email, emailChange, phone, address } = profile;
    return this.#section(
      t('contact'),
      nothing,
      html`<dl class="rows">
        ${this.#row('email', html`<span class="value">${email}</span> ${emailChange && !this.open.has('email') ? html`<p class="soft">${t('email.waits', { to: emailChange.to })}</p>` : nothing}`, t(emailChange ? 'email.code' : 'edit'))}
        ${this.#row('phone', phone === null ? html`<span class="soft">${t('phone.none')}</span>` : html`<span class="value"><bdi>${phoneWords(phone)}</bdi></span>`, t(phone === null ? 'add' : 'edit'))}
        ${this.#addressRow(profile, address)}
      </dl>`,
    );
  }

  #addressRow(profile: Profile, address: PostalAddress | null): TemplateResult {
    const t = this.words(profileMessages);
    const request = openRequest(profile);
    const value = html`${address ? this.#address(address) : html`<span class="soft">${t('address.none')}</span>`}
    ${request
      ? html`<div class="notice request">
          <p class="strong">${t(`request.${request.state as 'pending' | 'refused'}`, { day: this.#day(request.askedAt) })}</p>
          ${this.#address(request.address)}
          ${request.state === 'pending'
            ? html`<p class="soft">${t('request.pending.text')}</p>`
            : html`<p>${request.reason ? t('request.reason', { reason: request.reason }) : t('request.refused.text')}</p>`}
          ${request.state === 'pending' ? this.#task('withdrawal') : nothing}
        </div>`
      : nothing}`;
    // One at a time: another address can be given once this one is decided or withdrawn.
    return this.#row('address', value, request?.state === 'pending' ? nothing : t(address ? 'edit' : 'add'));
  }

  #security({ identifier, password }: Profile): TemplateResult {
    const t = this.words(profileMessages);
    const changedAt = password?.changedAt;
    return this.#section(
      t('security'),
      nothing,
      html`<dl class="rows">
          ${this.#row('identifier', html`<span class="value">${identifier}</span>`, t('edit'))}
          ${this.#row('password', html`<span class="soft">${password === null ? t('password.none') : changedAt ? t('password.since', { day: this.#day(changedAt) }) : t('password.set')}</span>`, password === null ? nothing : t('edit'))}
        </dl>
        ${this.#passkeys()}`,
    );
  }

  /** An element of its own, where the portal offers passkeys and the page has it. */
  #passkeys(): unknown {
    if (!this.client?.supports({ name: 'listPasskeys' }) || !this.has('oya-passkeys')) return nothing;
    return html`<oya-passkeys lang=${this.lang || nothing} heading-level=${this.levelOf(2)}></oya-passkeys>`;
  }

  #told(profile: Profile): TemplateResult {
    const t = this.words(profileMessages);
    const { language, channels, notifications } = profile;
    const list = new Intl.ListFormat(this.locale, { type: 'conjunction' });
    return this.#section(
      t('told'),
      nothing,
      html`<dl class="rows">
        ${this.#row('language', html`<span class="value" lang=${language}>${languageName(language)}</span>`, (this.#utility.data?.languages.length ?? 0) > 1 ? t('edit') : nothing)}
        ${channels.length === 0
          ? nothing
          : this.#row(
              'notifications',
              html`<ul class="choices-made">
                  ${notifications
                    .filter((choice) => choice.channels.length > 0)
                    .map((choice) => html`<li>${t('choice', { topic: t(`topic.${choice.topic}`), channels: list.format(choice.channels.map((channel) => t(`channel.${channel}`))) })}</li>`)}
                </ul>
                <p class="soft">${t(notifications.some((choice) => choice.channels.length > 0) ? 'notifications.security' : 'notifications.none')}</p>
                ${this.client?.route('alerts') === undefined ? nothing : html`<p>${this.link('alerts', t('notifications.alerts'))}</p>`}`,
              t('edit'),
            )}
      </dl>`,
    );
  }

  #devices(): TemplateResult {
    return html`<oya-profile-devices .lang=${this.lang} .headingLevel=${this.levelOf(2)}></oya-profile-devices>`;
  }

  #activity(): TemplateResult {
    return html`<oya-profile-activity .lang=${this.lang} .headingLevel=${this.levelOf(2)}></oya-profile-activity>`;
  }

  /** A line of the account: its name, its value, and the way to change it, which opens in its place. */
  #row(change: Exclude<Change, 'withdrawal' | 'export' | 'closure'>, value: unknown, opener: unknown): TemplateResult {
    const t = this.words(profileMessages);
    return html`<div class="row">
      <dt>${t(change)}</dt>
      <dd>${value} ${this.#outcome(change)}</dd>
      ${this.open.has(change)
        ? html`<dd class="editing">${this.#form(change)}</dd>`
        : opener === nothing || !this.#may(change)
          ? nothing
          : html`<dd class="change">${this.#opener(change, html`${opener} <span class="visually-hidden">${t(`${change}.of`)}</span>`)}</dd>`}
    </div>`;
  }

  /** Something to do that has no line of its own. */
  #task(change: 'withdrawal' | 'export' | 'closure'): unknown {
    if (this.open.has(change)) return this.#form(change);
    return this.#may(change) ? html`${this.#outcome(change)} ${this.#opener(change, this.words(profileMessages)(`${change}.open`))}` : nothing;
  }

  #opener(change: Change, words: unknown): TemplateResult {
    return html`<button type="button" class=${`button open-${change}`} @click=${() => this.#open(change)}>${words}</button>`;
  }

  #outcome(change: Change): unknown {
    return this.done?.change === change ? html`<p class="outcome">${icon('check')}<span>${this.done.words}</span></p>` : nothing;
  }

  #form(change: Change): unknown {
    return this.whenHere(
      FORM,
      () =>
        html`<oya-profile-form
          .change=${change}
          .profile=${this.#profile.data}
          .takesFocus=${this.#opened === change}
          .onDone=${this.#onDone}
          .onLeave=${this.#onLeave}
          .onClosed=${this.#onClosed}
          .lang=${this.lang}
          .headingLevel=${this.levelOf(2)}
        ></oya-profile-form>`,
    );
  }

  #address({ lines, postcode, city, country }: PostalAddress): TemplateResult {
    const abroad = country === 'FR' ? undefined : new Intl.DisplayNames([this.locale], { type: 'region' }).of(country);
    return html`<ul class="address">
      ${[...lines, `${postcode} ${city}`, ...(abroad ? [abroad] : [])].map((line) => html`<li><bdi>${line}</bdi></li> `)}
    </ul>`;
  }

  #open(change: Change): void {
    this.done = undefined;
    this.announcement = '';
    this.#opened = change;
    this.open = new Set([...this.open, change]);
  }

  #close(change: Change): void {
    if (this.client) dropDraft(this.client, change);
    this.open = new Set([...this.open].filter((each) => each !== change));
    this.focusOn(`.open-${change}`);
  }

  readonly #onLeave = (change: Change): void => this.#close(change);

  /** The focus goes back to where the change began; what was done is said there, and heard. */
  readonly #onDone = (change: Change, words: string): void => {
    this.#close(change);
    // With the request that was withdrawn its button has gone: the way to another address takes its place.
    const told = change === 'withdrawal' ? 'address' : change;
    this.focusOn(`.open-${told}`);
    this.done = { change: told, words };
    this.announcement = words;
  };

  /** The goodbye stands before the session goes, so that whoever holds this element can keep it on view. */
  readonly #onClosed = (session: Session): void => {
    this.closed = true;
    this.dispatchEvent(new OyaAccountClosedEvent());
    this.focusOn('.title');
    this.client?.takeSession(session);
  };

  #may(change: Change): boolean {
    return this.client?.supports({ name: CHANGES[change] }) ?? false;
  }

  #day(instant: Instant): string {
    return this.format.day(localDay(Date.parse(instant), this.format.timeZone), 'long');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-profile': OyaProfile;
  }
  interface HTMLElementEventMap {
    'oya-account-closed': OyaAccountClosedEvent;
  }
}
