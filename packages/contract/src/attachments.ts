/** Files that customers attach to what they write: a photo of their meter, a letter. */
import * as z from 'zod/mini';
import { Id } from './portal.ts';
import { Instant } from './time.ts';

/** What a portal takes, told by the content and never by the name. */
export const ATTACHMENT_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;

/** In bytes, as it is sent. */
export const LARGEST_ATTACHMENT = 5 * 1024 * 1024;
/** As many may go with one thing that is written. */
export const MOST_ATTACHMENTS = 6;
/** What nothing uses within a day is removed. */
export const UNUSED_ATTACHMENT_MS = 24 * 3_600_000;

/** A file as a portal keeps it: photos are made anew, without where and with what they were taken. */
export const Attachment = z.object({
  id: Id,
  /** A name made safe, which ends as its type does. */
  name: z.string(),
  mediaType: z.enum(['image/jpeg', 'application/pdf']),
  /** In bytes, as it is kept. */
  size: z.int(),
  addedAt: Instant,
});
export type Attachment = z.infer<typeof Attachment>;

/**
 * Why a file is refused, as the code of the field `content`: more than `LARGEST_ATTACHMENT` bytes or more pixels than a photo
 * has; none of `ATTACHMENT_TYPES`; one of them that cannot be read; a virus in it.
 */
export const ATTACHMENT_FAULTS = ['too-large', 'kind', 'unreadable', 'infected'] as const;
export type AttachmentFault = (typeof ATTACHMENT_FAULTS)[number];

/** @param bytes the first ones are enough; `undefined` for what no portal takes */
export function attachmentType(bytes: Uint8Array): (typeof ATTACHMENT_TYPES)[number] | undefined {
  const begins = (...values: number[]) => values.every((value, index) => bytes[index] === value);
  const says = (text: string, at: number) => [...text].every((letter, index) => bytes[at + index] === letter.codePointAt(0));
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (says('RIFF', 0) && says('WEBP', 8)) return 'image/webp';
  return says('%PDF-', 0) ? 'application/pdf' : undefined;
}

const LONGEST_NAME = 60;

/** The name that a file had on somebody's machine, as one that any system may write and that hides nothing. */
export function attachmentName(name: string, mediaType: Attachment['mediaType']): string {
  const base = (name.normalize('NFC').split(/[/\\]/).at(-1) ?? '').replace(/\.[^.]*$/, '');
  const safe = [...base.replaceAll(/[^\p{L}\p{M}\p{N} _-]+/gu, '-').replaceAll(/^[\s-]+/g, '')].slice(0, LONGEST_NAME).join('').replace(/[\s-]+$/, '');
  const isDevice = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe);
  return `${safe === '' || isDevice ? 'document' : safe}.${mediaType === 'image/jpeg' ? 'jpg' : 'pdf'}`;
}
