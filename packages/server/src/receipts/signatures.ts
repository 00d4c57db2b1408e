/**
 * Receipts signed with Ed25519, and whether a file is one as it was signed. Nothing is overlooked: a file with one byte
 * changed, dropped or added is another file.
 */
import { sign, verify, type KeyObject } from 'node:crypto';
import { RECEIPT_FORMAT, type Receipt } from './receipt.ts';
import type { SigningKey } from './signing-keys.ts';

/** @param 'example': what a sandbox gives, which nobody signs */
export type Verdict =
  | { readonly isGenuine: true; readonly format: 'json' | 'pdf'; readonly keyId: string; readonly receipt?: Receipt }
  | { readonly isGenuine: false; readonly why: 'not-a-receipt' | 'example' | 'altered' }
  | { readonly isGenuine: false; readonly why: 'unknown-key'; readonly keyId: string };

/** The signature is over the receipt as `JSON.stringify` writes it, in UTF-8; the file around it has one way to be written. */
export function signJson(receipt: Receipt, { keyId, privateKey }: SigningKey): Buffer {
  return jsonFile(receipt, { algorithm: 'Ed25519', keyId, value: signatureOf(canonical(receipt), privateKey) });
}

/** The signature is over the whole document and stands after its end, where readers of PDF do not look. */
export function signPdf(document: Buffer, { keyId, privateKey }: SigningKey): Buffer {
  return Buffer.concat([document, Buffer.from(`${PDF_MARK}${keyId} ${signatureOf(document, privateKey)}\n`)]);
}

/** @param findKey what is known by that id */
export function verifyReceipt(file: Buffer, findKey: (keyId: string) => KeyObject | undefined): Verdict {
  return isPdf(file) ? verifyPdf(file, findKey) : verifyJson(file, findKey);
}

interface Signature {
  readonly algorithm: 'Ed25519';
  readonly keyId: string;
  readonly value: string;
}

type FindKey = Parameters<typeof verifyReceipt>[1];

const PDF_MARK = '%OYA-RECEIPT 1 ';
/** A SHA-256 and 64 bytes, in base64url. */
const PDF_END = /^%OYA-RECEIPT 1 ([\w-]{43}) ([\w-]{86})\n$/;
const NOT_A_RECEIPT: Verdict = { isGenuine: false, why: 'not-a-receipt' };
const ALTERED: Verdict = { isGenuine: false, why: 'altered' };

function isPdf(file: Buffer): boolean {
  return file.subarray(0, 5).toString('latin1') === '%PDF-';
}

function verifyPdf(file: Buffer, findKey: FindKey): Verdict {
  const end = file.lastIndexOf(PDF_MARK);
  if (end < 0) return NOT_A_RECEIPT;
  const [, keyId, value] = PDF_END.exec(file.subarray(end).toString('latin1')) ?? [];
  if (keyId === undefined || value === undefined) return ALTERED;
  const publicKey = findKey(keyId);
  if (!publicKey) return { isGenuine: false, why: 'unknown-key', keyId };
  return isSignedBy(publicKey, file.subarray(0, end), value) ? { isGenuine: true, format: 'pdf', keyId } : ALTERED;
}

function verifyJson(file: Buffer, findKey: FindKey): Verdict {
  const { receipt, signature, format } = parse(file);
  if (typeof format === 'string' && format.startsWith('oya-sandbox-consent-receipt/')) return { isGenuine: false, why: 'example' };
  if (!isReceipt(receipt) || !isSignature(signature)) return NOT_A_RECEIPT;
  // Spaces, escapes, order, doubles, other fields: what can be written in several ways was written in one.
  if (!jsonFile(receipt, signature).equals(file)) return ALTERED;
  const { keyId, value } = signature;
  const publicKey = findKey(keyId);
  if (!publicKey) return { isGenuine: false, why: 'unknown-key', keyId };
  return isSignedBy(publicKey, canonical(receipt), value) ? { isGenuine: true, format: 'json', keyId, receipt } : ALTERED;
}

function parse(file: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(file.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function isReceipt(value: unknown): value is Receipt {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === RECEIPT_FORMAT;
}

function isSignature(value: unknown): value is Signature {
  return typeof value === 'object' && value !== null && 'algorithm' in value && value.algorithm === 'Ed25519' && 'keyId' in value && typeof value.keyId === 'string' && 'value' in value && typeof value.value === 'string';
}

function jsonFile(receipt: Receipt, { algorithm, keyId, value }: Signature): Buffer {
  return Buffer.from(`${JSON.stringify({ receipt, signature: { algorithm, keyId, value } }, null, 2)}\n`);
}

function canonical(receipt: Receipt): Buffer {
  return Buffer.from(JSON.stringify(receipt));
}

function signatureOf(bytes: Buffer, privateKey: KeyObject): string {
  return sign(null, bytes, privateKey).toString('base64url');
}

function isSignedBy(publicKey: KeyObject, bytes: Buffer, value: string): boolean {
  const signature = Buffer.from(value, 'base64url');
  // The last letter of base64url has bits to spare: only one way of writing them is the right one.
  return signature.toString('base64url') === value && verify(null, bytes, publicKey, signature);
}
