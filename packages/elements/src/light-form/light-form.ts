import { type PortalError } from '@oya/contract';
import { OyaElement, type Messages } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { lightFormMessages } from './light-form.messages.ts';

/** Why a form came back: what happened, and the fields to look at again with what to do about each. */
export interface Refusal {
  readonly title: string;
  readonly text?: string;
  /** Name of a field → words, in the order of the fields. */
  readonly fields?: ReadonlyMap<string, string>;
  /** A way out, under the words. */
  readonly action?: unknown;
  readonly error?: PortalError;
}

/** A field with its label above, its hint under the label, and its error between label and field. */
export interface Field {
  readonly name: string;
  readonly label: unknown;
  readonly hint?: unknown;
  /** `text` unless something else helps: keyboards and managers follow it. */
  readonly type?: 'text' | 'email' | 'tel' | 'password';
  readonly autocomplete: string;
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  readonly maxlength: number;
  /** Default true. */
  readonly required?: boolean;
  /** What stands in it when it appears; what is typed later stays. */
  readonly value?: string;
  /** Stands beside the field, or under it. */
  readonly beside?: unknown;
  readonly below?: unknown;
  /** Parts under the field that describe it too: `below` has an element with the id `idOf('<name>-<part>')`. */
  readonly describedBy?: readonly string[];
}

const LONGEST_DELAY_IN_SECONDS = 60;

let instances = 0;

/**
 * A form whose fields stand in the light DOM, where password managers and browsers find them: passwords, identifiers, codes.
 * What is typed stays in the fields whatever happens, and is read from the form when it is sent. Ordinary fields may do the
 * same in a shadow root, where an element gives no `lightStyles`.
 */
export abstract class OyaLightForm extends OyaElement {
  static override readonly sharedMessages: readonly Messages[] = [lightFormMessages];

  @state() protected refusal: Refusal | undefined;
  @state() protected sending = false;
  /** Told to screen readers; a change is heard. */
  @state() protected announcement = '';
  /** Names of the password fields that are readable. */
  @state() private readable: ReadonlySet<string> = new Set();
  @state() private capsLockIn: string | undefined;
  /** Names of the refused fields that were typed in since. */
  @state() private corrected: ReadonlySet<string> = new Set();

  #customerId = '';
  readonly #id = `${this.localName}-${++instances}`;

  /**
   * Asked as it updates: whether what was typed and opened is another customer's. Whoever signs in again after an expired
   * session finds all as it was.
   */
  protected isAnotherCustomer(): boolean {
    const before = this.#customerId;
    this.#customerId = this.client?.customerId || before;
    return before !== '' && this.#customerId !== before;
  }

  /** Moves the focus to what the next render brings. */
  protected focusOn(selector: string): void {
    void this.updateComplete.then(() => this.moveFocus(selector));
  }

  /** The form comes back: the summary of what is wrong gets the focus. */
  protected refuse(refusal: Refusal): void {
    this.refusal = refusal;
    this.corrected = new Set();
    this.announcement = '';
    this.focusOn('.summary');
  }

  /** Somebody mends a field: its error goes, as it speaks of what is no longer there; the summary stays in its place. */
  protected correct(name: string): void {
    if (this.isRefused(name)) this.corrected = new Set([...this.corrected, name]);
  }

  /** A view begins with nothing of the one before. */
  protected forget(): void {
    this.refusal = undefined;
    this.hidePasswords();
    this.capsLockIn = undefined;
    this.announcement = '';
  }

  /** Browsers offer to keep only what stands in a password field: called before a form is sent. */
  protected hidePasswords(): void {
    this.readable = new Set();
  }

  protected idOf(part: string): string {
    return `${this.#id}-${part}`;
  }

  protected get form(): HTMLFormElement | null {
    return this.renderRoot.querySelector('form');
  }

  protected field(field: Field): TemplateResult {
    const { name, label, hint, beside, below } = field;
    return html`<div class="field">
      <label for=${this.idOf(name)}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id=${this.idOf(`${name}-hint`)}>${hint}</p>`} ${this.fieldError(name)}
      ${beside === undefined ? this.#input(field) : html`<div class="with-toggle">${this.#input(field)} ${beside}</div>`} ${below ?? nothing}
    </div>`;
  }

  protected passwordField(field: Omit<Field, 'type' | 'beside' | 'maxlength'> & { maxlength?: number }): TemplateResult {
    const t = this.words(lightFormMessages);
    const { name, below } = field;
    const shown = this.readable.has(name);
    return this.field({
      maxlength: 1024,
      ...field,
      type: shown ? 'text' : 'password',
      beside: html`<button type="button" class="button toggle" aria-pressed=${shown ? 'true' : 'false'} @click=${() => this.#toggle(name)}>
        ${icon(shown ? 'eye-off' : 'eye')}
        <span>${t('password.show')} <span class="visually-hidden">${t('password.show.what')}</span></span>
      </button>`,
      below: html`${this.capsLockIn === name ? html`<p class="hint" id=${this.idOf(`${name}-caps-lock`)}>${icon('alert')}<span>${t('caps-lock')}</span></p>` : nothing}
      ${below ?? nothing}`,
    });
  }

  /** The error of a field that the refusal names: before what it is about, with an icon and words. */
  protected fieldError(name: string): unknown {
    const words = this.isRefused(name) && this.refusal?.fields?.get(name);
    return words ? html`<p class="field-error" id=${this.idOf(`${name}-error`)}>${icon('alert')}<span>${words}</span></p>` : nothing;
  }

  protected isRefused(name: string): boolean {
    return (this.refusal?.fields?.has(name) ?? false) && !this.corrected.has(name);
  }

  /** For fields that are not made by `field`: the ids of what describes one. */
  protected describedBy(name: string, ...more: string[]): string | typeof nothing {
    const parts = [...(this.isRefused(name) ? ['error'] : []), ...(this.capsLockIn === name ? ['caps-lock'] : []), ...more];
    return parts.map((part) => this.idOf(`${name}-${part}`)).join(' ') || nothing;
  }

  /** What went wrong, in front of the form and focused, with a link to each field to look at. */
  protected summary(): unknown {
    if (!this.refusal) return nothing;
    const { title, text, fields, action, error } = this.refusal;
    return html`<div class="notice error summary" role="alert" tabindex="-1">
      ${this.heading(title, 'notice-title', 1)} ${text === undefined ? nothing : html`<p>${text}</p>`}
      ${!fields || fields.size === 0
        ? nothing
        : html`<ul>
            ${[...fields].map(
              ([name, words]) =>
                html`<li>
                  <a href=${`#${this.idOf(name)}`} @click=${(event: Event) => this.#goToField(event, name)}>${words}</a>
                </li>`,
            )}
          </ul>`}
      ${action ?? nothing} ${error?.requestId ? html`<p class="reference">${this.core('reference', { reference: error.requestId })}</p>` : nothing}
    </div>`;
  }

  /** The button that sends: it stays in place, and says when it is at work. */
  protected submitButton(words: string, sending: string): TemplateResult {
    return html`<button type="submit" class="button primary" aria-disabled=${this.sending ? 'true' : nothing}>${this.sending ? sending : words}</button>`;
  }

  protected status(): TemplateResult {
    return html`<p class="visually-hidden" role="status">${this.announcement}</p>`;
  }

  /** What a failure that is not about the fields means, and what to do. */
  protected failureWords(error: PortalError): { title: string; text: string } {
    const t = this.words(lightFormMessages);
    const kind = error.kind === 'malformed' ? 'unavailable' : error.kind;
    if (kind === 'rate-limited') return { title: t('limited.title'), text: this.#delay(error.retryAfterSeconds) };
    if (kind === 'offline' || kind === 'timeout' || kind === 'unavailable') return { title: t(`${kind}.title`), text: t(`${kind}.text`) };
    return { title: this.core(`error.${kind}.title`), text: this.core(`error.${kind}.text`) };
  }

  #input({ name, hint, type = 'text', autocomplete, inputmode, maxlength, required = true, value, describedBy = [] }: Field): TemplateResult {
    const watchesKeys = autocomplete.endsWith('password');
    const onKey = watchesKeys ? (event: KeyboardEvent) => this.#readCapsLock(event, name) : nothing;
    return html`<input
      id=${this.idOf(name)}
      name=${name}
      type=${type}
      autocomplete=${autocomplete as never}
      inputmode=${(inputmode ?? nothing) as never}
      autocapitalize="none"
      autocorrect="off"
      spellcheck="false"
      maxlength=${maxlength}
      value=${value ?? nothing}
      ?required=${required}
      aria-invalid=${this.isRefused(name) ? 'true' : nothing}
      aria-describedby=${this.describedBy(name, ...(hint === undefined ? [] : ['hint']), ...describedBy)}
      @keydown=${onKey}
      @keyup=${onKey}
      @blur=${watchesKeys ? () => (this.capsLockIn = undefined) : nothing}
    />`;
  }

  #delay(seconds: number | undefined): string {
    const t = this.words(lightFormMessages);
    if (seconds === undefined || seconds <= 0) return t('limited.text');
    if (seconds <= LONGEST_DELAY_IN_SECONDS) return t('limited.seconds', { count: Math.ceil(seconds) });
    return t('limited.minutes', { count: Math.ceil(seconds / 60) });
  }

  #toggle(name: string): void {
    const readable = new Set(this.readable);
    const shown = !readable.delete(name);
    if (shown) readable.add(name);
    this.readable = readable;
    this.announcement = this.words(lightFormMessages)(shown ? 'password.shown' : 'password.hidden');
  }

  #readCapsLock(event: KeyboardEvent, name: string): void {
    // Autofill sends key events of its own, which know no keys.
    this.capsLockIn = event.getModifierState?.('CapsLock') ? name : undefined;
  }

  /** A host page that routes by `#…` must not take the link to a field for one of its own. */
  #goToField(event: Event, name: string): void {
    event.preventDefault();
    this.moveFocus(`#${this.idOf(name)}`);
  }
}
