/** By what push services know the portal (VAPID, RFC 8292): a pair of P-256, the same in all instances as long as the installation's secret is. */
import { createECDH, hkdfSync } from 'node:crypto';
import type { Keys } from '../identity/keys.ts';

export interface VapidKeys {
  /** Uncompressed, base64url: browsers are given it when they subscribe, and take messages of whoever has the other half alone. */
  readonly publicKey: string;
  readonly privateKey: string;
}

const KEY_BYTES = 32;

export async function vapidKeys(keys: Keys): Promise<VapidKeys> {
  const secret = await keys.of('push');
  // One number in 2³² is none of the curve's: the next one is taken.
  for (let turn = 0; ; turn++) {
    const pair = createECDH('prime256v1');
    try {
      pair.setPrivateKey(Buffer.from(hkdfSync('sha256', secret, '', `vapid ${turn}`, KEY_BYTES)));
    } catch {
      continue;
    }
    return { publicKey: pair.getPublicKey('base64url'), privateKey: pair.getPrivateKey('base64url') };
  }
}
