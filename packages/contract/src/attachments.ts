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
/** With a reading: one display may need two photos; the number of the meter a third. */
export const MOST_READING_PHOTOS = 3;
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
