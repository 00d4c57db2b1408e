import { createHmac, timingSafeEqual } from 'node:crypto';

export function hmac(key: string, message: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

/** Takes as long for a signature that is nearly right as for one that is not. */
export function isSame(signature: Buffer, given: Buffer): boolean {
  return signature.length === given.length && timingSafeEqual(signature, given);
}
