/** What the database keeps and nobody is to read there is kept sealed (AES-256-GCM): mails that wait, answers to writes, keys that sign, files of customers. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function seal(content: unknown, key: Buffer): string {
  return sealBytes(Buffer.from(JSON.stringify(content), 'utf8'), key).toString('base64');
}

/** @throws Error when it was sealed with another key, or changed */
export function unseal(sealed: string, key: Buffer): unknown {
  return JSON.parse(unsealBytes(Buffer.from(sealed, 'base64'), key).toString('utf8'));
}

export function sealBytes(content: Buffer, key: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws Error as `unseal` does */
export function unsealBytes(bytes: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}
