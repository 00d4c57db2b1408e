import type { PortalFile } from '@oya/contract';

/** Long enough for a slow browser to begin, short enough not to hold the data for as long as the page is open. */
const HOLD_MS = 60_000;

/** Puts a file among the customer's downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), HOLD_MS);
}

/** The same of a file that the portal has given. */
export function savePortalFile({ content, mediaType, name }: PortalFile): void {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0);
  saveFile(new Blob([bytes], { type: mediaType }), name);
}
