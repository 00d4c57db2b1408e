/** What a file is, and what it is called: for whoever takes one in. */
import type { Attachment, ATTACHMENT_TYPES } from './attachments.ts';

/** In pixels: enough to read the digits of a meter, and no more. Whoever draws a photo anew keeps to it. */
export const LONGEST_PHOTO_SIDE = 2000;
/** Of the JPEG that is drawn, from 0 to 1. */
export const PHOTO_QUALITY = 0.82;

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
