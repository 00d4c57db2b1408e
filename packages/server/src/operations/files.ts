import type { PortalFile } from '@oya/contract';

/** A file as an operation answers it. */
export function fileOf(name: string, mediaType: string, bytes: Buffer): PortalFile {
  return { name, mediaType, content: bytes.toString('base64') };
}
