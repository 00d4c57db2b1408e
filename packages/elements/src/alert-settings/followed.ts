/** What this browser is told of without an account. It is no secret, and must be found again after months: the portal tells it to nobody. */
import { Following } from '@oya/contract';

const KEY = 'oya-followed';

// eslint-disable-next-line no-restricted-globals -- communes and kinds, chosen on this device for this device: no data of an account
const storage = (): Storage => localStorage;

export function followed(): Following | undefined {
  try {
    return Following.safeParse(JSON.parse(storage().getItem(KEY) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

export function keepFollowed(following: Following | undefined): void {
  try {
    if (following) storage().setItem(KEY, JSON.stringify(following));
    else storage().removeItem(KEY);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
