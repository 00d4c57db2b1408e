import type { AlertChannel, PushSubscription } from '@oya/contract';
import type { Config } from '../config.ts';
import type { Keys } from '../identity/keys.ts';
import { hasUsableKeys, mayPushTo } from './push-services.ts';
import { vapidKeys } from './vapid.ts';

/** By which ways customers can be told. */
export interface AlertWays {
  readonly channels: readonly AlertChannel[];
  /** The public half. */
  pushKey(): Promise<string>;
  /** Whether a browser can be told there. */
  takes(subscription: PushSubscription): boolean;
}

export function alertWays({ sms, pushServices }: Pick<Config, 'sms' | 'pushServices'>, keys: Keys): AlertWays {
  return {
    channels: sms.url === undefined ? ['push', 'email'] : ['push', 'email', 'sms'],
    pushKey: async () => (await vapidKeys(keys)).publicKey,
    takes: (subscription) => mayPushTo(subscription.endpoint, pushServices) && hasUsableKeys(subscription),
  };
}
