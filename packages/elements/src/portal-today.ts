import { localDay, type LocalDay } from '@oya/contract';
import type { OyaElement } from '@oya/core';

/** The portal's clock, in epoch milliseconds: where a day or a delay decides, that of a device may be wrong. */
export function portalNow({ client }: Pick<OyaElement, 'client'>): number {
  const session = client?.session;
  return session?.state === 'signed-in' && session.answeredAt !== undefined ? Date.parse(session.answeredAt) : Date.now();
}

export function portalToday(element: Pick<OyaElement, 'client'>, timeZone: string): LocalDay {
  return localDay(portalNow(element), timeZone);
}
