import {
  addAttachment, attachmentName, attachmentType, instant, isFor, LARGEST_ATTACHMENT, LONGEST_PHOTO_SIDE, parseInput, PHOTO_QUALITY, PortalError, removeAttachment, UNUSED_ATTACHMENT_MS, waitingLimit,
  type Attachment, type AttachmentFault, type AttachmentPurpose, type Input, type Instant, type Invoice, type Page, type PortalFile, type WaitingAttachment,
} from '@oya/contract';
import type { Persona } from '@oya/personas';

export interface KeptFile {
  readonly attachment: WaitingAttachment;
  readonly bytes: Uint8Array;
  readonly owner: Persona['id'];
  /** The invoice whose dispute it went with. */
  usedFor: Invoice['id'] | null;
}

/** What customers attach, as long as the page is open. */
export class Attachments {
  readonly #clock: () => Instant;
  readonly #files = new Map<Attachment['id'], KeptFile>();

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  listAttachments(customer: Persona): Page<WaitingAttachment> {
    return { items: this.#waiting(customer).map(({ attachment }) => attachment) };
  }

  async addAttachment(customer: Persona, input: Input<'addAttachment'>): Promise<WaitingAttachment> {
    const { name, content, purpose } = parseInput(addAttachment, input);
    const bytes = decoded(content);
    if (bytes.length > LARGEST_ATTACHMENT) throw refused('too-large');
    const type = attachmentType(bytes);
    if (type === undefined) throw refused('kind');
    const limit = waitingLimit(purpose, this.listAttachments(customer).items);
    if (limit) throw new PortalError('conflict', { code: limit, detail: 'too many files wait already' });
    const mediaType = type === 'application/pdf' ? type : 'image/jpeg';
    const kept = type === 'application/pdf' ? bytes : await drawnAnew(bytes, type);
    const attachment: WaitingAttachment = { id: crypto.randomUUID(), name: attachmentName(name, mediaType), mediaType, size: kept.length, addedAt: this.#clock(), ...(purpose && { purpose }) };
    this.#files.set(attachment.id, { attachment, bytes: kept, owner: customer.id, usedFor: null });
    return attachment;
  }

  removeAttachment(customer: Persona, input: Input<'removeAttachment'>): Page<WaitingAttachment> {
    const { attachmentId } = parseInput(removeAttachment, input);
    if (!this.#waiting(customer).some(({ attachment }) => attachment.id === attachmentId)) throw new PortalError('not-found', { detail: 'no such file waits' });
    this.#files.delete(attachmentId);
    return this.listAttachments(customer);
  }

  /** One of the customer's own, whether it waits or went with something. @throws PortalError `not-found` */
  fileOf(customer: Persona, attachmentId: string): PortalFile {
    const file = this.#files.get(attachmentId);
    if (file?.owner !== customer.id) throw new PortalError('not-found', { detail: 'no such file' });
    const { name, mediaType } = file.attachment;
    return { name, mediaType, content: btoa([...file.bytes].map((byte) => String.fromCharCode(byte)).join('')) };
  }

  /** Those that wait, or that went with a dispute about that invoice. @throws PortalError `invalid` for any other */
  open(customer: Persona, ids: readonly string[], name: AttachmentPurpose & { what: 'claim' }): KeptFile[] {
    return this.#named(ids, [...this.#waitingFor(customer, name), ...[...this.#files.values()].filter(({ owner, usedFor }) => owner === customer.id && usedFor === name.invoiceId)]);
  }

  /** @throws PortalError `invalid` for one that does not wait */
  giveTo(customer: Persona, ids: readonly string[], purpose: AttachmentPurpose): Attachment[] {
    const files = this.#named(ids, this.#waitingFor(customer, purpose));
    for (const file of files) file.usedFor = purpose.what === 'claim' ? purpose.invoiceId : purpose.what;
    return files.map(({ attachment: { purpose: _, ...attachment } }) => attachment);
  }

  #named(ids: readonly string[], known: readonly KeptFile[]): KeptFile[] {
    return [...new Set(ids)].map((id) => {
      const file = known.find(({ attachment }) => attachment.id === id);
      if (!file) throw new PortalError('invalid', { detail: 'a file that does not wait here', fields: [{ path: 'attachmentIds', code: 'unknown' }] });
      return file;
    });
  }

  #waitingFor(customer: Persona, name: AttachmentPurpose): KeptFile[] {
    return this.#waiting(customer).filter(({ attachment }) => isFor(attachment, name));
  }

  #waiting(customer: Persona): KeptFile[] {
    const oldest = instant(Date.parse(this.#clock()) - UNUSED_ATTACHMENT_MS);
    return [...this.#files.values()].filter(({ attachment, owner, usedFor }) => owner === customer.id && usedFor === null && attachment.addedAt > oldest);
  }
}

function decoded(content: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0);
  } catch {
    throw refused('unreadable');
  }
}

function refused(code: AttachmentFault): PortalError {
  return new PortalError('invalid', { code: 'attachment', detail: `the file is refused: ${code}`, fields: [{ path: 'content', code }] });
}

/** As a server does, by the browser's own means; where there is no browser, as in a test under Node, a JPEG stays as it is. */
async function drawnAnew(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Uint8Array> {
  if (typeof OffscreenCanvas === 'undefined') {
    if (type === 'image/jpeg') return bytes;
    throw refused('unreadable');
  }
  try {
    const picture = await createImageBitmap(new Blob([bytes], { type }));
    const scale = Math.min(1, LONGEST_PHOTO_SIDE / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
    const context = canvas.getContext('2d');
    if (!context) throw refused('unreadable');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: PHOTO_QUALITY })).arrayBuffer());
  } catch {
    throw refused('unreadable');
  }
}
