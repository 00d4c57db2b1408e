import { sql } from 'kysely';
import type { Database } from '../src/database/open.ts';
import { Keys } from '../src/identity/keys.ts';
import { addEndpoint, findEndpoint, pauseEndpoint } from '../src/webhooks/endpoints.ts';

/** What systems of a utility are told from now on, in its order; nothing is sent. @returns what was told since it was asked last */
export async function webhooksTold(db: Database, utilityId = 'eneo'): Promise<() => Promise<{ type: string; data: Record<string, unknown> }[]>> {
  const { id } = await addEndpoint({ db, keys: new Keys(db, undefined), now: Date.now() }, { utilityId, url: 'https://crm.example.org/webhooks', events: ['*'], allowsPrivate: false });
  await pauseEndpoint(db, await findEndpoint(db, id));
  let last = 0;
  return async () => {
    const { rows } = await sql<{ key: number; body: string }>`select key, body from webhook_event where utility_id = ${utilityId} and key > ${last} order by key`.execute(db);
    last = rows.at(-1)?.key ?? last;
    return rows.map(({ body }) => {
      const { type, data } = JSON.parse(body) as { type: string; data: Record<string, unknown> };
      return { type, data };
    });
  };
}
