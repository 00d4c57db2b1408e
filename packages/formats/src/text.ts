/** From bytes to text, and a glance at what bytes look like. */

const HEAD_BYTES = 4096;
const GLANCE_BYTES = 48;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** UTF-8, with or without byte order mark; what has none and is not valid UTF-8 is Windows-1252, as older exports are. */
export function decode(bytes: Uint8Array): string {
  if (BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte)) return new TextDecoder('utf-8').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The beginning of a file, for recognising it. */
export function headOf(bytes: Uint8Array): string {
  // Not fatal: the cut may fall inside a character.
  return new TextDecoder('utf-8').decode(bytes.subarray(0, HEAD_BYTES));
}

/** The first bytes as an operator can recognise them: as text where they are text, else in hexadecimal. */
export function glanceAt(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: the file is empty';
  const first = bytes.subarray(0, GLANCE_BYTES);
  const text = new TextDecoder('utf-8').decode(first).replace(/\s+/g, ' ').trim();
  if (/^[^\p{Cc}\p{Co}\ufffd]+$/u.test(text)) return `“${text}${bytes.length > GLANCE_BYTES ? '…' : ''}”`;
  const hexadecimal = Array.from(first.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return text.startsWith('PK') ? `${hexadecimal} (a ZIP or XLSX file)` : hexadecimal;
}
