import {
  addAttachment, ATTACHMENT_FAULTS, ATTACHMENT_TYPES, getAttachment, isFor, LARGEST_ATTACHMENT, listAttachments, mostFor, PortalError, removeAttachment, waitingLimit,
  type Attachment, type AttachmentPurpose, type Input, type WaitingAttachment,
} from '@oya/contract';
import { Intent, Resource, type Messages, type Translate } from '@oya/core';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { savePortalFile } from '../save-file.ts';
import { fileFormMessages, type fr } from './file-form.messages.ts';
import { base64Of, shrunk } from './shrunk.ts';

const PHOTO = svg`<rect width="18" height="18" x="3" y="3" rx="2" ry="2"></rect><circle cx="9" cy="9" r="2"></circle><path d="m21 15-3.086-3.086a2 2 0 0 0-2.828 0L6 21"></path>`;
const PAPER = svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2z"></path>
  <path d="M14 2v5a1 1 0 0 0 1 1h5"></path><path d="M10 9H8m8 4H8m8 4H8"></path>`;

/** In bytes: from there on they are told in millions. */
const LARGE = 1_000_000;

/** A file on its way to the portal, which takes a while on a phone. */
interface Coming {
  readonly key: number;
  readonly file: File;
  readonly purpose: AttachmentPurpose;
  readonly cancelled: AbortController;
  stage: 'waits' | 'prepares' | 'sends';
  /** In bytes: of the photo made small, once it is. */
  size: number;
  picture?: HTMLCanvasElement | undefined;
  /** It has come: the list has it soon. */
  id?: Attachment['id'];
}

let comings = 0;

/** What a form asks for as files. */
export interface FilesField {
  readonly label: string;
  readonly hint: string;
  /** On the button. */
  readonly add: string;
  /** Photos alone: phones offer their camera. */
  readonly onlyPhotos?: boolean;
}

/**
 * A form that goes with photos and PDFs: they are made smaller and freed of where they were taken before they leave the page,
 * handed in one by one while the customer writes, and sent along by their ids. Extended by what is written.
 */
export abstract class OyaFileForm extends OyaLightForm {
  static override readonly sharedMessages: readonly Messages[] = [...OyaLightForm.sharedMessages, fileFormMessages];
  /** Whether the form is of use where the portal takes no files. */
  static readonly filesAreOptional: boolean = false;

  /** Of files that were not taken: a sentence each. */
  @state() private faults: readonly string[] = [];
  @state() private coming: readonly Coming[] = [];

  readonly #waiting = new Resource(this, listAttachments, () => this.purpose && {}, { blocking: !(this.constructor as typeof OyaFileForm).filesAreOptional });
  /** Of photos that were chosen here: the portal gives none back. */
  readonly #pictures = new Map<Attachment['id'], HTMLCanvasElement>();
  /** While files are on their way. */
  #handingIn: Promise<void> | undefined;
  #purposeShown: string | undefined;

  get #t(): Translate<typeof fr> {
    return this.words(fileFormMessages);
  }

  /** What files are handed in for; `undefined` as long as nothing can be. */
  protected abstract get purpose(): AttachmentPurpose | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.cancelFiles();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#seeArrived();
    const shown = JSON.stringify(this.purpose);
    if (shown === this.#purposeShown) return;
    this.#purposeShown = shown;
    // What went wrong with files of one thing is not said of another.
    this.faults = [];
    this.cancelFiles();
  }

  protected filesField({ label, hint, add, onlyPhotos = false }: FilesField): TemplateResult {
    const t = this.#t;
    const files = this.attached;
    const most = this.purpose ? mostFor(this.purpose) : 0;
    return html`<div class="field">
      <label for=${this.idOf('files')}>${label}</label>
      <p class="hint" id=${this.idOf('files-hint')}>${hint}</p>
      <div role="alert">${this.faults.map((words) => html`<p class="field-error">${icon('alert')}<span>${words}</span></p>`)}</div>
      ${files.length + this.coming.length === 0
        ? nothing
        : html`<ul class="files">
            ${files.map(
              (file) => html`<li class="file">
                ${this.#picture(this.#pictures.get(file.id), file.mediaType !== 'application/pdf')}
                <span>${file.name} <span class="soft small">${this.#size(file.size)}</span></span>
                <button type="button" class="button" data-file=${file.id} aria-disabled=${this.sending ? 'true' : nothing} @click=${() => void this.#remove(file)}>${t('files.remove')} <span class="visually-hidden">${file.name}</span></button>
              </li>`,
            )}
            ${this.coming.map(
              (coming) => html`<li class="file ${coming.stage}">
                ${this.#picture(coming.picture, coming.file.type.startsWith('image/'))}
                <span>${coming.file.name} <span class="soft small">${this.#size(coming.size)}</span> <span class="small stage">${t(`files.${coming.stage}`)}</span></span>
                <button type="button" class="button" data-coming=${coming.key} @click=${() => this.#cancel(coming)}>${t('files.cancel')} <span class="visually-hidden">${coming.file.name}</span></button>
              </li>`,
            )}
          </ul>`}
      ${files.length >= most
        ? nothing
        : html`<p class="add">
            <input class="visually-hidden" id=${this.idOf('files')} type="file" multiple accept=${onlyPhotos ? 'image/*' : ATTACHMENT_TYPES.join(',')} aria-describedby=${this.idOf('files-hint')} @change=${this.#choose} />
            <label class="button" for=${this.idOf('files')}>${add}</label>
          </p>`}
    </div>`;
  }

  #picture(picture: HTMLCanvasElement | undefined, isPhoto: boolean): TemplateResult {
    return html`<span class="picture" aria-hidden="true">${picture ?? icon(isPhoto ? PHOTO : PAPER)}</span>`;
  }

  #size(bytes: number): string {
    const t = this.#t;
    return bytes < LARGE ? t('size', { size: this.format.number(Math.ceil(bytes / 1000)) }) : t('size.large', { size: this.format.number(bytes / LARGE, 1) });
  }

  /** All of the customer's, for whatever they wait. */
  get #everyWaiting(): readonly WaitingAttachment[] {
    return this.#waiting.data?.items ?? [];
  }

  /** Those that go with what is written. */
  protected get attached(): readonly WaitingAttachment[] {
    const { purpose } = this;
    return purpose ? this.#everyWaiting.filter((file) => isFor(file, purpose)).slice(0, mostFor(purpose)) : [];
  }

  readonly #choose = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = '';
    await this.addFiles(files);
  };

  /** A photo was handed in: whoever can tell what is on it may. @param _photo as it was sent */
  protected photoAdded(_photo: Blob): void {}

  /** Something new begins: what was said of the last goes. */
  protected filesBegin(): void {}

  /** One after the other: a phone's connection carries no more, and each has its own answer. */
  async addFiles(files: readonly File[]): Promise<void> {
    const { purpose } = this;
    if (this.sending || !purpose) return;
    this.coming = [...this.coming, ...files.map((file): Coming => ({ key: ++comings, file, purpose, cancelled: new AbortController(), stage: 'waits', size: file.size }))];
    if (!this.#handingIn) {
      this.filesBegin();
      this.faults = [];
      this.refusal = undefined;
      this.#handingIn = this.#handIn();
    }
    return this.#handingIn;
  }

  async #handIn(): Promise<void> {
    for (let next = this.#next; next; next = this.#next) {
      const coming = next;
      await this.#handInOne(coming);
      if (coming.id === undefined) this.coming = this.coming.filter((each) => each !== coming);
    }
    this.#handingIn = undefined;
  }

  get #next(): Coming | undefined {
    return this.coming.find(({ id }) => id === undefined);
  }

  async #handInOne(coming: Coming): Promise<void> {
    const { client } = this;
    if (!client) return;
    const t = this.#t;
    const { file, purpose, cancelled } = coming;
    const { name } = file;
    const { signal } = cancelled;
    this.announcement = t('files.adding', { name });
    this.#turn(coming, { stage: 'prepares' });
    try {
      const { blob, picture } = await shrunk(file);
      this.#turn(coming, { stage: 'sends', size: blob.size, picture });
      if (blob.size > LARGEST_ATTACHMENT) throw new PortalError('invalid', { fields: [{ path: 'content', code: 'too-large' }] });
      const limit = waitingLimit(purpose, this.#everyWaiting);
      if (limit) throw new PortalError('conflict', { code: limit });
      const content: Input<'addAttachment'> = { name: name.slice(-300), content: await base64Of(blob), purpose };
      signal.throwIfAborted();
      const sent = new Intent().send(content, (key) => client.write(addAttachment, content, key, signal));
      const added = await orCancelled(sent, signal, ({ id }) => this.#drop(id));
      if (picture) this.#pictures.set(added.id, picture);
      this.#turn(coming, { id: added.id });
      this.#keep([...this.#everyWaiting, added]);
      this.announcement = t('files.added', { name: added.name });
      if (added.mediaType === 'image/jpeg') this.photoAdded(blob);
    } catch (thrown) {
      if (signal.aborted) return;
      const error = PortalError.from(thrown);
      if (error.kind === 'unauthenticated') return this.cancelFiles();
      this.faults = [...this.faults, this.#faultWords(error, name)];
      // Another page may have handed in some that this one does not know.
      if (error.kind === 'conflict') void this.#waiting.refresh();
    }
  }

  #turn(coming: Coming, change: Partial<Coming>): void {
    Object.assign(coming, change);
    this.requestUpdate();
  }

  /** What has come stands in the list from now on, where the focus follows it. */
  #seeArrived(): void {
    const arrived = this.coming.filter(({ id }) => this.#everyWaiting.some((file) => file.id === id));
    if (arrived.length === 0) return;
    const focused = (this.renderRoot as ShadowRoot).activeElement?.getAttribute('data-coming');
    const followed = arrived.find(({ key }) => String(key) === focused);
    if (followed) this.focusOn(`[data-file='${CSS.escape(followed.id ?? '')}']`);
    this.coming = this.coming.filter((each) => !arrived.includes(each));
  }

  #cancel(coming: Coming): void {
    coming.cancelled.abort();
    this.coming = this.coming.filter((each) => each !== coming);
    this.announcement = this.#t('files.cancelled', { name: coming.file.name });
    this.focusOn('[data-coming], input[type=file]');
    // It may have arrived all the same: then it is shown.
    if (coming.stage === 'sends') void this.#waiting.refresh();
  }

  /** What is on its way is no longer wanted. */
  protected cancelFiles(): void {
    for (const { cancelled } of this.coming) cancelled.abort();
    this.coming = [];
  }

  #keep(items: readonly WaitingAttachment[]): void {
    this.client?.queries.setQueryData(this.client.keyOf(listAttachments, {}), { items });
  }

  #faultWords({ code, fields }: PortalError, name: string): string {
    const t = this.#t;
    const known = [...ATTACHMENT_FAULTS, 'scanner-away', 'too-many', 'too-many-waiting'] as const;
    const fault = known.find((each) => each === code || fields?.some((field) => field.code === each)) ?? 'other';
    return t(`fault.${fault}`, { name });
  }

  async #remove({ id, name }: Attachment): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    this.faults = [];
    try {
      await this.#drop(id);
      this.announcement = this.#t('files.removed', { name });
      this.focusOn('input[type=file]');
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.refuse({ ...this.failureWords(error), error });
    } finally {
      this.sending = false;
    }
  }

  /** Of what was sent, a file the portal gives back. */
  protected async saveAttachment({ id: attachmentId }: Pick<Attachment, 'id'>): Promise<void> {
    try {
      const file = await this.client?.read(getAttachment, { attachmentId });
      if (file) savePortalFile(file);
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.refuse({ ...this.failureWords(error), title: this.#t('files.failed'), error });
    }
  }

  async #drop(attachmentId: Attachment['id']): Promise<void> {
    const { client } = this;
    const input: Input<'removeAttachment'> = { attachmentId };
    await new Intent().send(input, async (key) => client?.write(removeAttachment, input, key));
    this.forgetFiles([attachmentId]);
  }

  /** They have gone with something, or were removed. */
  protected forgetFiles(ids: readonly Attachment['id'][]): void {
    for (const id of ids) this.#pictures.delete(id);
    // Not what the answer lists: another may be on its way meanwhile.
    this.#keep(this.#everyWaiting.filter(({ id }) => !ids.includes(id)));
  }

  /** What is on its way is not left out unseen. */
  protected isIncomplete(): boolean {
    if (!this.#handingIn) return false;
    const t = this.#t;
    this.refuse({ title: t('coming.title'), text: t('coming.text') });
    return true;
  }

}

/** Whoever cancels waits no longer, whether or not the adapter can stop; what came too late is taken back. */
function orCancelled<T>(work: Promise<T>, signal: AbortSignal, takeBack: (late: T) => Promise<void>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
      work.then(takeBack).catch(() => {});
    });
    work.then(resolve, reject);
  });
}
