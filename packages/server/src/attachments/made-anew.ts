/** What comes in as a file of somebody's, and what is kept of it: a photo is drawn anew, and nothing comes along but the picture. */
import { attachmentName, attachmentType, LARGEST_ATTACHMENT, LONGEST_PHOTO_SIDE, PHOTO_QUALITY, PortalError, type Attachment, type ATTACHMENT_TYPES, type AttachmentFault } from '@oya/contract';
import type { AttachmentScanner } from './scanner.ts';

export interface ReadyFile extends Pick<Attachment, 'name' | 'mediaType'> {
  readonly bytes: Buffer;
}

/** What the cameras of phones deliver; a small file may claim to be a picture of any size. */
const MOST_PIXELS = 64_000_000;
/** Where a PDF says that it is whole, from its end. */
const END_BYTES = 1024;

/** Before anything reads further. @throws PortalError `invalid` (`too-large`, `kind`) */
export function requireKind(bytes: Buffer): (typeof ATTACHMENT_TYPES)[number] {
  if (bytes.length > LARGEST_ATTACHMENT) throw attachmentRefused('too-large', `a file may have up to ${LARGEST_ATTACHMENT} bytes`);
  const type = attachmentType(bytes);
  if (type === undefined) throw attachmentRefused('kind', 'photos (JPEG, PNG, WebP) and PDF are taken');
  return type;
}

/** @throws PortalError `invalid` with the field `content` and one of `ATTACHMENT_FAULTS` */
export async function madeAnew(name: string, bytes: Buffer): Promise<ReadyFile> {
  const type = requireKind(bytes);
  if (type !== 'application/pdf') return { name: attachmentName(name, 'image/jpeg'), mediaType: 'image/jpeg', bytes: await drawnAnew(bytes) };
  if (!bytes.subarray(-END_BYTES).includes('%%EOF')) throw attachmentRefused('unreadable', 'the PDF is not whole');
  return { name: attachmentName(name, type), mediaType: type, bytes };
}

/**
 * A file as it comes, in base 64: looked at for viruses before anything here opens it, then made anew.
 * @throws PortalError `invalid` with the field `content` and one of `ATTACHMENT_FAULTS`, or what the scanner throws
 */
export async function handedIn(name: string, content: string, scanner: AttachmentScanner): Promise<ReadyFile> {
  // Node reads past what is not base 64; what is not wholly so was spoilt on its way.
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(content)) throw attachmentRefused('unreadable', 'the content is not base 64');
  const bytes = Buffer.from(content, 'base64');
  requireKind(bytes);
  await scanner.check(bytes);
  return madeAnew(name, bytes);
}

export function attachmentRefused(code: AttachmentFault, detail: string): PortalError {
  return new PortalError('invalid', { code: 'attachment', detail, fields: [{ path: 'content', code, detail }] });
}

/** Upright, small enough, without metadata: neither the place nor the camera stays in it. */
async function drawnAnew(bytes: Buffer): Promise<Buffer> {
  // Its library comes with the first photo.
  const { default: sharp } = await import('sharp');
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > MOST_PIXELS) throw attachmentRefused('too-large', `a photo may have up to ${MOST_PIXELS} pixels`);
    return await sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS })
      .autoOrient()
      .resize({ width: LONGEST_PHOTO_SIDE, height: LONGEST_PHOTO_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality: Math.round(PHOTO_QUALITY * 100) })
      .toBuffer();
  } catch (error) {
    throw error instanceof PortalError ? error : attachmentRefused('unreadable', 'the photo cannot be read');
  }
}
