import { endDevice, endOtherDevices, listActivity, listDevices, PortalError, type Device, type InputOf, type OutputOf } from '@oya/contract';
import { Intent, Resource } from '@oya/core';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { deviceShapes } from './device-shapes.ts';
import { devicesMessages } from './devices.messages.ts';

/** Stands for all devices but this one. */
const OTHERS = 'others';

/** Where the account is open, and how to close it there. Part of `oya-profile`, which fetches and styles it. */
export class OyaProfileDevices extends OyaLightForm {
  static override readonly messages = devicesMessages;
  static override readonly lightStyles = 'oya-profile-devices { display: grid; }';

  /** The device about which one is asked once more: its id, or all others. */
  @state() private asked: string | undefined;
  @state() private done: string | undefined;

  readonly #devices = new Resource(this, listDevices, () => ({}));
  readonly #intent = new Intent();

  protected override renderReady(): unknown {
    const t = this.words(devicesMessages);
    const devices = this.#devices.data?.items ?? [];
    return html`${this.done === undefined ? nothing : html`<p class="outcome" tabindex="-1">${icon('check')}<span>${this.done}</span></p>`}
      <ul class="lines">
        ${devices.map((device) => html`<li>${this.#device(device)}</li>`)}
      </ul>
      ${devices.length > 2 && this.client?.supports(endOtherDevices)
        ? this.asked === OTHERS
          ? this.#question(OTHERS, t('others.title'), t('others.text'), t('others.submit'))
          : html`<button type="button" class="button ask-others" @click=${() => this.#ask(OTHERS)}>${t('others.submit')}</button>`
        : nothing}
      ${this.status()}`;
  }

  #device(device: Device): TemplateResult {
    const t = this.words(devicesMessages);
    const { id, kind, current, way, remembered } = device;
    const name = this.#nameOf(device);
    return html`<div class="line">
        ${icon(deviceShapes[kind])}
        <div>
          <p class="strong"><bdi>${name}</bdi></p>
          <p class="soft">${current ? html`<span class="here">${t('here')}</span>` : t('used', { when: this.#when(device.lastUsedAt) })}</p>
          <p class="soft">${t('since', { when: this.#when(device.signedInAt), way: t(`way.${way}`) })} ${remembered ? t('remembered') : nothing}</p>
        </div>
        ${current || this.asked === id || !this.client?.supports(endDevice)
          ? nothing
          : html`<button type="button" class="button" data-device=${id} @click=${() => this.#ask(id)}>${t('end')} <span class="visually-hidden">${t('end.of', { name })}</span></button>`}
      </div>
      ${this.asked === id ? this.#question(id, t('end.title', { name }), t('end.text'), t('end')) : nothing}`;
  }

  #nameOf({ current, kind, browser, system }: Device): string {
    const t = this.words(devicesMessages);
    if (browser && system) return t('name', { browser, system });
    return browser ?? system ?? t(current ? 'kind.this' : `kind.${kind}`);
  }

  #when(instant: string): string {
    return this.format.dateTime(Date.parse(instant));
  }

  /** What it means is said before it is done. */
  #question(id: string, title: string, text: string, submit: string): TemplateResult {
    const t = this.words(devicesMessages);
    return html`<div class="task">
      ${this.heading(title, 'task-title')} ${this.summary()}
      <p>${text}</p>
      <div class="actions">
        <button type="button" class="button primary" aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#end(id)}>${this.sending ? t('sending') : submit}</button>
        <button type="button" class="button" @click=${() => this.#leave(id)}>${t('keep')}</button>
      </div>
    </div>`;
  }

  #ask(id: string): void {
    this.forget();
    this.#intent.end();
    this.done = undefined;
    this.asked = id;
    this.focusOn('.task-title');
  }

  #leave(id: string): void {
    this.forget();
    this.asked = undefined;
    this.focusOn(id === OTHERS ? '.ask-others' : `[data-device='${CSS.escape(id)}']`);
  }

  async #end(id: string): Promise<void> {
    const { client } = this;
    if (this.sending || !client) return;
    const t = this.words(devicesMessages);
    this.sending = true;
    this.refusal = undefined;
    this.announcement = t('sending');
    try {
      const left = await this.#intent.send(id, (key) => (id === OTHERS ? client.write(endOtherDevices, {}, key) : client.write(endDevice, { deviceId: id }, key)));
      this.#tell(left, t(id === OTHERS ? 'others.done' : 'end.done'));
    } catch (thrown) {
      const error = PortalError.from(thrown);
      // It has signed out by itself meanwhile: that is what was wanted.
      if (error.kind === 'not-found') {
        await this.#devices.refresh();
        this.#tell(undefined, t('end.done'));
      } else if (error.kind !== 'unauthenticated') {
        this.refuse({ ...this.failureWords(error), error });
      }
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  }

  /** The device has gone, and its button with it: the focus goes to what was done. */
  #tell(left: OutputOf<typeof listDevices> | undefined, words: string): void {
    const { client } = this;
    if (left) client?.queries.setQueryData(client.keyOf(listDevices, {} satisfies InputOf<typeof listDevices>), left);
    void client?.queries.invalidateQueries({ queryKey: [listActivity.name] });
    this.asked = undefined;
    this.done = words;
    this.focusOn('.outcome');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-profile-devices': OyaProfileDevices;
  }
}
