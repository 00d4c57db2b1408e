import {
  cancelEmailChange,
  changeAddress,
  changeIdentifier,
  changePassword,
  closeAccount,
  confirmEmailChange,
  describeAccess,
  describeUtility,
  EmailAddress,
  exportData,
  getProfile,
  Identifier,
  listActivity,
  listDevices,
  localDay,
  NOTIFICATION_TOPICS,
  PortalError,
  startEmailChange,
  updateProfile,
  withdrawRequest,
  type InputOf,
  type NotificationChoice,
  type OutputOf,
  type PasswordFault,
  type Profile,
  type Session,
} from '@oya/contract';
import { capitalized, Intent, Resource, type MessageKey, type Messages, type Write } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { CodeClock, resendDelay, timeLeft } from '../light-form/code-clock.ts';
import { fillForm, readForm, type Values } from '../light-form/form-values.ts';
import { IdentifierCheck } from '../light-form/identifier-check.ts';
import { OyaLightForm, type Field, type Refusal } from '../light-form/light-form.ts';
import { mailedCodeMessages } from '../light-form/mailed-code.messages.ts';
import { passwordRulesMessages } from '../light-form/password-rules.messages.ts';
import { faultsOf, passwordRulesList, passwordRulesSentence, ruleWords } from '../light-form/password-rules.ts';
import { phoneWords, readPhoneNumber } from '../light-form/phone-number.ts';
import { dropDraft, findDraft, keepDraft, languageName, openRequest, type Change } from './changes.ts';
import { countries } from './countries.ts';
import { formMessages, type fr } from './form.messages.ts';
import { formStyles } from './form.styles.ts';
import { profileMessages } from './profile.messages.ts';
import { saveExport } from './save-export.ts';

type Key = MessageKey<typeof fr>;
/** Name of a field → what is wrong with it, in words. */
type Faults = Map<string, string>;

/** These could lock the customer out, or let others in. */
const CONFIRMED: ReadonlySet<Change> = new Set<Change>(['email', 'identifier', 'password', 'closure']);
/** What is asked about in a word of its own, on its button too. */
const TASKS: ReadonlySet<Change> = new Set<Change>(['withdrawal', 'export', 'closure']);
/** One hears of the rules when the typing rests, not at each letter. */
const REST_MS = 1200;
const LINES = [1, 2, 3] as const;

/**
 * One change of the account: what it means, its fields, its way back. Part of `oya-profile`, which fetches it when something
 * is to be changed for the first time, and styles it.
 */
export class OyaProfileForm extends OyaLightForm {
  static override readonly messages = formMessages;
  static override readonly sharedMessages: readonly Messages[] = [...OyaLightForm.sharedMessages, passwordRulesMessages, mailedCodeMessages, profileMessages];
  static override readonly lightStyles = formStyles;

  @property({ attribute: false }) change: Change = 'phone';
  @property({ attribute: false }) profile: Profile | undefined;
  /** It has been asked for, and does not come back by itself after a reload. */
  @property({ attribute: false }) takesFocus = false;
  @property({ attribute: false }) onLeave: ((change: Change) => void) | undefined;
  @property({ attribute: false }) onDone: ((change: Change, words: string) => void) | undefined;
  /** The account is closed; what the portal answered is not yet taken. */
  @property({ attribute: false }) onClosed: ((session: Session) => void) | undefined;

  /** A code is on its way, and another address is to be typed all the same. */
  @state() private anew = false;
  @state() private newPassword = '';
  /** An SMS was ticked. */
  @state() private wantsSms = false;

  readonly #rules = new Resource(this, describeAccess, () => (['email', 'password'].includes(this.change) && this.client?.supports(describeAccess) ? {} : undefined), { blocking: false });
  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  readonly #identifier = new IdentifierCheck(this, () => this.#tellOfIdentifier());
  readonly #clock = new CodeClock(this, (moment) => {
    if (this.#atCode) this.announcement = moment === 'resend' ? this.words(mailedCodeMessages)('resend.ready') : timeLeft(this.#clock, this.words(mailedCodeMessages));
  });
  readonly #intent = new Intent();
  #begun = false;
  #filled: HTMLFormElement | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** What another code is asked for with: in memory, and gone with the form. */
  #asked: InputOf<typeof startEmailChange> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Another step has fields of its own, though they stand where those of the last one did: nothing typed is taken along.
    if (this.form && this.form.className !== this.#step) this.form.reset();
    this.#clock.follow(this.#atCode ? (this.profile?.emailChange ?? undefined) : undefined);
    if (this.#begun || this.state !== 'ready' || !this.profile) return;
    this.#begun = true;
    this.wantsSms = this.profile.notifications.some(({ channels }) => channels.includes('sms'));
    this.#identifier.own(this.profile.identifier);
    if (this.takesFocus) this.focusOn('.task-title');
  }

  protected override updated(changed: PropertyValues): void {
    const { form, client } = this;
    const draft = form && form !== this.#filled && client ? findDraft(client, this.change) : undefined;
    if (form && draft && !this.#atCode) {
      fillForm(form, { ...readForm(form), ...draft });
      if (this.change === 'notifications') this.#readSms(form);
    }
    this.#filled = form;
    super.updated(changed);
  }

  protected override renderReady(): unknown {
    const { profile, change } = this;
    if (!profile) return nothing;
    const t = this.words(formMessages);
    const atCode = this.#atCode;
    return html`<div class="task">
      ${this.heading(atCode ? t('code', { to: profile.emailChange?.to ?? '' }) : this.#title(), 'task-title')} ${this.summary()} ${this.#about(profile)}
      <form class=${this.#step} method="post" novalidate @submit=${this.#submit} @input=${this.#onInput}>
        ${this.#fields(profile)} ${this.#confirmation(profile)}
        <div class="actions">
          ${this.submitButton(atCode ? t('code.submit') : change === 'email' ? t('email.submit') : TASKS.has(change) ? this.#title() : t('submit'), t('sending'))}
          <button type="button" class="button" @click=${() => this.onLeave?.(change)}>${t(atCode ? 'code.later' : 'cancel')}</button>
        </div>
      </form>
      ${atCode ? this.#missingMail() : nothing} ${this.status()}
    </div>`;
  }

  #title(): string {
    const shared = this.words(profileMessages);
    const { change } = this;
    if (change === 'withdrawal' || change === 'export' || change === 'closure') return shared(`${change}.open`);
    return this.words(formMessages)('title', { what: shared(`${change}.of`) });
  }

  get #atCode(): boolean {
    return this.change === 'email' && this.profile?.emailChange != null && !this.anew;
  }

  get #step(): string {
    return this.#atCode ? 'code' : this.change;
  }

  // What each change means, and what is asked for it

  #about(profile: Profile): unknown {
    const t = this.words(formMessages);
    const { change } = this;
    if (change === 'closure') return this.#consequences(profile);
    if (change === 'phone' || this.#atCode || (change === 'address' && !profile.addressNeedsApproval)) return nothing;
    return html`<p>${t(`${change}.text`)}</p>`;
  }

  /** What goes on, what ends, what is kept and why: before anything is asked. */
  #consequences({ closure: { contracts, kept } }: Profile): TemplateResult {
    const t = this.words(formMessages);
    return html`<ul class="points">
        ${contracts === 0 ? nothing : html`<li>${t('closure.contracts', { count: contracts })}</li>`}
        <li>${t('closure.ends')}</li>
      </ul>
      ${kept.length === 0
        ? nothing
        : html`<p>${t('closure.kept')}</p>
            <ul class="points">
              ${kept.map(({ what, years }) => html`<li>${t(`kept.${what}`, { years: t('years', { count: years }) })}</li>`)}
            </ul>`}
      <p>${t('closure.before')}</p>`;
  }

  #fields(profile: Profile): unknown {
    switch (this.change) {
      case 'email':
        return this.#atCode ? this.#codeField() : this.#text({ name: 'email', type: 'email', autocomplete: 'email', inputmode: 'email', maxlength: 254 });
      case 'phone':
        return this.#phoneField(profile, 'phone.hint');
      case 'address':
        return this.#addressFields(profile);
      case 'identifier':
        return this.#identifierField(profile);
      case 'language':
        return this.#languageField(profile);
      case 'notifications':
        return this.#notificationFields(profile);
      // The new password comes after the current one.
      case 'password':
      case 'withdrawal':
      case 'export':
      case 'closure':
        return nothing;
      default:
        return this.change satisfies never;
    }
  }

  #text({ name, ...field }: Omit<Field, 'label'>): TemplateResult {
    return this.field({ name, label: this.words(formMessages)(`${name}.label` as Key), ...field });
  }

  #phoneField({ phone }: Profile, hint: 'phone.hint' | 'phone.sms'): TemplateResult {
    const label = this.words(profileMessages)('phone');
    return this.field({ name: 'phone', label, hint: this.words(formMessages)(hint), type: 'tel', autocomplete: 'tel', maxlength: 40, required: hint === 'phone.sms', value: phoneWords(phone) });
  }

  #addressFields({ address }: Profile): TemplateResult {
    const t = this.words(formMessages);
    return html`${LINES.map((line) => this.#text({ name: `line${line}`, autocomplete: `address-line${line}`, maxlength: 120, required: line === 1, value: address?.lines[line - 1] ?? '' }))}
      <div class="pair">
        ${this.#text({ name: 'postcode', autocomplete: 'postal-code', maxlength: 16, value: address?.postcode ?? '' })} ${this.#text({ name: 'city', autocomplete: 'address-level2', maxlength: 120, value: address?.city ?? '' })}
      </div>
      ${this.#select('country', t('country.label'), countries(this.locale), address?.country ?? 'FR', 'country')}`;
  }

  #identifierField({ identifier }: Profile): TemplateResult {
    const t = this.words(formMessages);
    const { status } = this.#identifier;
    return this.#text({
      name: 'identifier',
      hint: t('identifier.hint'),
      autocomplete: 'username',
      maxlength: 64,
      value: identifier,
      describedBy: ['live'],
      below: html`<p class=${`live ${status}`} id=${this.idOf('identifier-live')}>
        ${status === 'unknown' ? nothing : html`${status === 'checking' ? nothing : icon(status === 'free' ? 'check' : 'alert')}<span>${t(`identifier.${status}`)}</span>`}
      </p>`,
    });
  }

  #languageField({ language }: Profile): TemplateResult {
    const languages = [...new Set([...(this.#utility.data?.languages ?? []), language])].map((tag): [string, string] => [tag, languageName(tag)]);
    return this.#select('language', this.words(profileMessages)('language'), languages, language, 'off');
  }

  #select(name: string, label: string, options: readonly (readonly [value: string, words: string])[], chosen: string, autocomplete: string): TemplateResult {
    const id = this.idOf(name);
    return html`<div class="field">
      <label for=${id}>${label}</label>
      ${this.fieldError(name)}
      <select id=${id} name=${name} autocomplete=${autocomplete as never} aria-describedby=${this.describedBy(name)}>
        ${options.map(([value, words]) => html`<option value=${value} ?selected=${value === chosen}>${words}</option>`)}
      </select>
    </div>`;
  }

  /** By topic and way. Where it is narrow, a topic is a labelled group; the roles are said as some browsers lose them with the layout. */
  #notificationFields(profile: Profile): TemplateResult {
    const t = this.words(profileMessages);
    const { channels, notifications, phone } = profile;
    const ways = channels.map((channel) => ({ channel, words: capitalized(t(`channel.${channel}`), this.locale) }));
    return html`<table role="table" aria-label=${t('notifications')}>
        <thead>
          <tr role="row">
            <td role="cell"></td>
            ${ways.map(({ words }) => html`<th role="columnheader" scope="col">${words}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${NOTIFICATION_TOPICS.map((topic) => {
            const name = t(`topic.${topic}`);
            const chosen = notifications.find((choice) => choice.topic === topic)?.channels ?? [];
            return html`<tr role="row">
              <th role="rowheader" scope="row">${name}</th>
              ${ways.map(
                ({ channel, words }) =>
                  html`<td role="cell">
                    <label>
                      <input type="checkbox" name=${`${topic}.${channel}`} value="yes" ?checked=${chosen.includes(channel)} /><span class="cell-words"
                        ><span class="visually-hidden">${name}, </span>${words}</span
                      >
                    </label>
                  </td>`,
              )}
            </tr>`;
          })}
        </tbody>
      </table>
      ${this.wantsSms && phone === null ? this.#phoneField(profile, 'phone.sms') : nothing}`;
  }

  #codeField(): TemplateResult {
    const t = this.words(formMessages);
    const digits = this.#rules.data?.codeDigits;
    const { ended } = this.#clock;
    return this.#text({
      name: 'code',
      ...(digits !== undefined && { hint: t('code.hint', { count: digits }) }),
      autocomplete: 'one-time-code',
      inputmode: 'numeric',
      maxlength: 20,
      describedBy: ['left'],
      below: html`<p class=${ended ? 'field-error' : 'soft'} id=${this.idOf('code-left')}>${ended ? icon('alert') : nothing}<span>${timeLeft(this.#clock, this.words(mailedCodeMessages))}</span></p>`,
    });
  }

  #missingMail(): TemplateResult {
    const t = this.words(formMessages);
    const seconds = this.#clock.secondsToResend;
    return html`<div class="help">
      <p>${t('code.missing')} ${seconds > 0 ? resendDelay(seconds, this.words(mailedCodeMessages)) : nothing}</p>
      <p class="ways">
        ${seconds > 0 ? nothing : html`<button type="button" class="as-link resend" @click=${this.#resend}>${t('resend')}</button>`}
        <button type="button" class="as-link" @click=${this.#typeAnew}>${t('code.other')}</button>
        <button type="button" class="as-link cancel" @click=${this.#cancelEmail}>${t('code.cancel')}</button>
      </p>
    </div>`;
  }

  /** The current password, once per change, where the account has one. */
  #confirmation(profile: Profile): unknown {
    const { change } = this;
    if (!CONFIRMED.has(change) || this.#atCode) return nothing;
    const t = this.words(formMessages);
    return html`${change === 'identifier' ? nothing : html`<input type="text" name="username" autocomplete="username" .value=${profile.identifier} readonly hidden />`}
    ${profile.password === null ? nothing : this.passwordField({ name: 'currentPassword', label: t('currentPassword.label'), hint: t('currentPassword.hint'), autocomplete: 'current-password' })}
    ${change === 'password' ? this.#passwordFields(profile) : nothing}`;
  }

  #passwordFields(profile: Profile): TemplateResult {
    const t = this.words(formMessages);
    const policy = this.#rules.data?.password;
    return html`${this.passwordField({
      name: 'password',
      label: t('password.label'),
      autocomplete: 'new-password',
      ...(policy && {
        describedBy: ['rules'],
        below: passwordRulesList(this.idOf('password-rules'), this.newPassword, policy, personal(profile), this.words(passwordRulesMessages)),
      }),
    })}
    ${this.passwordField({ name: 'repeat', label: t('repeat.label'), autocomplete: 'new-password' })}`;
  }

  // What is done with it

  readonly #onInput = (event: Event): void => {
    const { form, client } = this;
    const field = event.target as HTMLInputElement;
    this.correct(field.name);
    if (!form || !client) return;
    keepDraft(client, this.change, readForm(form));
    if (field.type === 'checkbox') this.#readSms(form);
    if (field.name === 'identifier') this.#identifier.look(field.value);
    if (field.name !== 'password') return;
    this.newPassword = field.value;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      const policy = this.#rules.data?.password;
      if (policy && this.profile && this.newPassword) this.announcement = passwordRulesSentence(this.newPassword, policy, personal(this.profile), this.words(passwordRulesMessages));
    }, REST_MS);
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { form, profile } = this;
    if (!form || !profile || this.sending) return;
    const faults: Faults = new Map();
    const send = this.#read(readForm(form), profile, (name, key) => faults.set(name, this.words(formMessages)(key)));
    for (const { name, required, value } of inputsOf(form)) if (required && value.trim() === '') faults.set(name, this.#naming('missing', name));
    if (faults.size > 0) this.#refuseFields(faults);
    else await send();
  };

  /** What is typed, as the portal wants it, and how it is sent; what cannot be right is noted. */
  #read(values: Values, profile: Profile, note: (name: string, key: Key) => void): () => Promise<void> {
    const typed = (name: string) => values[name]?.trim() ?? '';
    const confirmed = profile.password === null ? {} : { currentPassword: values['currentPassword'] ?? '' };
    const readPhone = () => {
      const number = readPhoneNumber(typed('phone'));
      if (!number && typed('phone') !== '') note('phone', 'phone.invalid');
      return number?.e164 ?? null;
    };
    switch (this.change) {
      case 'email': {
        if (this.#atCode) {
          const code = typed('code').normalize('NFKC').replaceAll(/[\s.-]/g, '');
          if (!new RegExp(`^\\d{${this.#rules.data?.codeDigits ?? '4,10'}}$`).test(code)) note('code', 'code.form');
          return () => this.#keepChange(confirmEmailChange, { code }, 'email.done');
        }
        const email = typed('email');
        if (!EmailAddress.safeParse(email).success) note('email', 'email.form');
        else if (email.toLowerCase() === profile.email.toLowerCase()) note('email', 'email.same');
        return () => this.#startEmail({ email, ...confirmed });
      }
      case 'phone': {
        const phone = readPhone();
        return () => this.#keepChange(updateProfile, { phone });
      }
      case 'address': {
        const lines = LINES.map((line) => typed(`line${line}`)).filter(Boolean);
        const address = { lines, postcode: typed('postcode'), city: typed('city'), country: typed('country') };
        if (address.country === 'FR' && !/^\d{2} ?\d{3}$/.test(address.postcode)) note('postcode', 'postcode.form');
        return () => this.#keepChange(changeAddress, { address }, profile.addressNeedsApproval ? 'address.asked' : 'done');
      }
      case 'identifier': {
        const identifier = typed('identifier');
        if (!Identifier.safeParse(identifier).success) note('identifier', 'identifier.hint');
        else if (this.#identifier.status === 'taken') note('identifier', 'identifier.taken');
        return () => this.#keepChange(changeIdentifier, { identifier, ...confirmed });
      }
      case 'password': {
        const { password = '', repeat } = values;
        // A password manager sets values without any event.
        this.newPassword = password;
        const policy = this.#rules.data?.password;
        if (policy && faultsOf(password, policy, personal(profile)).length > 0) note('password', 'password.weak');
        if (repeat !== password) note('repeat', 'repeat.form');
        return () => this.#keepChange(changePassword, { password, ...confirmed }, 'password.done');
      }
      case 'language':
        return () => this.#keepChange(updateProfile, { language: typed('language') });
      case 'notifications': {
        const notifications = NOTIFICATION_TOPICS.map((topic): NotificationChoice => ({ topic, channels: profile.channels.filter((channel) => values[`${topic}.${channel}`]) }));
        // Only there where an SMS was chosen and there is no phone yet.
        const phone = values['phone'] === undefined ? {} : { phone: readPhone() };
        return () => this.#keepChange(updateProfile, { notifications, ...phone });
      }
      case 'withdrawal': {
        const requestId = openRequest(profile)?.id ?? '';
        return () => this.#keepChange(withdrawRequest, { requestId }, 'withdrawal.done');
      }
      case 'export':
        return () => this.#export();
      case 'closure':
        return async () => {
          const session = await this.#send(closeAccount, confirmed);
          if (session) this.onClosed?.(session);
        };
      default:
        return this.change satisfies never;
    }
  }

  async #startEmail(input: InputOf<typeof startEmailChange>): Promise<void> {
    const { profile } = this;
    const code = await this.#send(startEmailChange, input);
    if (!code || !profile) return;
    this.#asked = input;
    this.anew = false;
    if (this.client) dropDraft(this.client, this.change);
    this.#take({ ...profile, emailChange: code });
    this.focusOn('.task-title');
  }

  /** With what the first was asked for; after a reload that is no longer known, and the address is typed again. */
  readonly #resend = async (): Promise<void> => {
    if (!this.#asked) return this.#typeAnew();
    const { profile } = this;
    const code = await this.#send(startEmailChange, this.#asked);
    if (!code || !profile) return;
    this.#take({ ...profile, emailChange: code });
    const field = this.querySelector<HTMLInputElement>('input[name=code]');
    if (field) field.value = '';
    this.announcement = this.words(formMessages)('resend.sent', { to: code.to });
    this.focusOn('input[name=code]');
  };

  readonly #typeAnew = (): void => {
    this.forget();
    this.anew = true;
    this.focusOn('input[name=email]');
  };

  readonly #cancelEmail = (): Promise<void> => this.#keepChange(cancelEmailChange, {}, 'email.cancelled');

  async #export(): Promise<void> {
    const data = await this.#send(exportData, {});
    if (!data) return;
    const t = this.words(formMessages);
    saveExport(data, `${data.utility.id}-${t('export.file')}-${localDay(Date.parse(data.madeAt), this.format.timeZone)}.json`);
    this.onDone?.(this.change, t('export.done'));
  }

  /** Sends a change that answers the account as it is then. */
  async #keepChange<O extends Write & { readonly output: typeof getProfile.output }>(operation: O, input: InputOf<O>, done: Key = 'done'): Promise<void> {
    const profile = (await this.#send(operation, input)) as Profile | undefined;
    if (!profile) return;
    this.#take(profile);
    this.onDone?.(this.change, this.words(formMessages)(done));
  }

  /** Every element that shows the account has it, and what followed from the change is asked for anew. */
  #take(profile: Profile): void {
    const { client } = this;
    client?.queries.setQueryData(client.keyOf(getProfile, {}), profile);
    for (const { name } of [listActivity, listDevices]) void client?.queries.invalidateQueries({ queryKey: [name] });
  }

  async #send<O extends Write>(operation: O, input: InputOf<O>): Promise<OutputOf<O> | undefined> {
    const { client } = this;
    if (this.sending || !client) return undefined;
    this.sending = true;
    this.refusal = undefined;
    this.hidePasswords();
    clearTimeout(this.#rest);
    this.announcement = this.words(formMessages)('sending');
    try {
      return await this.#intent.send(input, (key) => client.write(operation, input, key));
    } catch (thrown) {
      const error = PortalError.from(thrown);
      // What has changed meanwhile is shown as it is.
      if (error.kind === 'conflict') void client.queries.invalidateQueries({ queryKey: [getProfile.name] });
      // Signed out by itself: the page says so, and keeps the form for when the customer is back.
      if (error.kind !== 'unauthenticated') this.refuse(this.#refusalOf(error));
      return undefined;
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  #refusalOf(error: PortalError): Refusal {
    const t = this.words(formMessages);
    if (error.kind === 'conflict') return { title: t('conflict'), text: t('conflict.text'), error };
    if (error.code === 'confirmation-needed') return { title: t('again'), text: t('again.text'), action: this.#signInAgain(), error };
    if (error.fields.some(({ path, code }) => path === 'code' && code === 'ended')) {
      return { title: t('code.ended'), text: t('code.ended.text'), action: html`<button type="button" class="as-link" @click=${this.#resend}>${t('resend')}</button>`, error };
    }
    const names = new Set(this.form ? inputsOf(this.form).map(({ name }) => name) : []);
    const faults: Faults = new Map();
    for (const { path, code } of error.kind === 'invalid' ? error.fields : []) {
      // `address.lines.0` is the first line, `address.city` the city; an SMS lacks its phone.
      const name = path.startsWith('address.lines') ? 'line1' : path === 'notifications' ? 'phone' : path.replace('address.', '');
      const key = `${name}.${code}`;
      if (names.has(name)) faults.set(name, name === 'password' ? this.#lacking(error) : key in formMessages.fr ? t(key as Key) : this.#naming('refused', name));
    }
    return faults.size > 0 ? { title: t('fields'), fields: faults, error } : { ...this.failureWords(error), error };
  }

  /** Which rules the portal found broken, in words: it knows more common passwords than the list on the screen. */
  #lacking({ fields }: PortalError): string {
    const rules = this.words(passwordRulesMessages);
    const policy = this.#rules.data?.password;
    const faults = fields.flatMap(({ path, code }) => (path === 'password' && policy && code in passwordRulesMessages.fr ? [ruleWords(code as PasswordFault, policy, rules)] : []));
    return `${this.words(formMessages)('password.weak')}. ${faults.length > 0 ? rules('left', { list: faults.join(', ') }) : ''}`;
  }

  /** By its label, as it is read on the screen. */
  #naming(key: 'missing' | 'refused', name: string): string {
    const label = this.querySelector(`label[for='${this.idOf(name)}']`)?.textContent?.trim() ?? name;
    return this.words(formMessages)(key, { what: label.charAt(0).toLocaleLowerCase(this.locale) + label.slice(1) });
  }

  /** Without a password it takes a fresh sign-in to prove who asks. */
  #signInAgain(): unknown {
    const { client } = this;
    const sign = () => client?.signOut().catch((thrown: unknown) => this.refuse({ ...this.failureWords(PortalError.from(thrown)) }));
    return html`<button type="button" class="button primary" @click=${sign}>${this.words(formMessages)('again.action')}</button>`;
  }

  #refuseFields(faults: Faults): void {
    const { form } = this;
    const inOrder = form ? inputsOf(form).flatMap(({ name }): [string, string][] => (faults.has(name) ? [[name, faults.get(name) ?? '']] : [])) : [];
    this.refuse({ title: this.words(formMessages)('fields'), fields: new Map(inOrder) });
  }

  #readSms(form: HTMLFormElement): void {
    this.wantsSms = form.querySelector(`input[name$='.sms']:checked`) !== null;
  }

  #tellOfIdentifier(): void {
    const { status } = this.#identifier;
    if (status === 'free' || status === 'taken') this.announcement = this.words(formMessages)(`identifier.${status}`);
  }
}

/** What a new password must not mainly be made of. */
function personal({ identifier, email, customer }: Profile): string[] {
  return [identifier, email, customer.displayName];
}

function inputsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.elements].filter((element) => 'name' in element && element.name !== '') as HTMLInputElement[];
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-profile-form': OyaProfileForm;
  }
}
