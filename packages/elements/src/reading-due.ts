/** Whether somebody is expected to read their meter by hand now: asked for by what reminds of it, when there is such a meter. */
import { addDays, listReadings, windowOn, type LocalDay, type Meter, type ReadingWindow } from '@oya/contract';
import type { PortalClient } from '@oya/core';

/** @returns the last day for it; `undefined` outside the window, and once a reading of its days is there */
export async function readingDue(client: PortalClient, { id: meterId }: Meter, window: ReadingWindow | undefined, today: LocalDay): Promise<LocalDay | undefined> {
  if (!client.supports(listReadings)) return undefined;
  const { readings, nextInvoiceOn } = await client.queries.fetchQuery({ queryKey: client.keyOf(listReadings, { meterId }), queryFn: ({ signal }) => client.read(listReadings, { meterId }, signal), staleTime: 60_000 });
  const state = windowOn(today, nextInvoiceOn, window);
  if (state.state !== 'open' || !window) return undefined;
  const opened = addDays(state.until, window.closesDaysBefore - window.opensDaysBefore);
  return readings.some(({ on, state: stands }) => on >= opened && stands !== 'estimated' && stands !== 'corrected') ? undefined : state.until;
}
