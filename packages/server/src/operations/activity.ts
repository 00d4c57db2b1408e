import { ACTIVITY, instant, PortalError, type Activity, type ActivityGroup } from '@oya/contract';
import { sql } from 'kysely';
import { oldestKept } from '../identity/audit.ts';
import { storable } from '../identity/credentials.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

const PAGE = 25;

/** A page goes on after an event and not after a number of them: what is done meanwhile moves nothing. */
export const listActivity: OperationHandler<'listActivity'> = async ({ group, cursor }, context) => {
  let query = eventsOf(context).limit(PAGE + 1);
  if (group !== undefined) query = query.where('event.kind', ...kindsOf(group));
  if (cursor !== undefined) {
    const last = await eventsOf(context).where('event.id', '=', storable(cursor)).executeTakeFirst();
    if (!last) throw new PortalError('invalid', { detail: 'no such page', fields: [{ path: 'cursor', code: 'unknown' }] });
    query = query.where(sql<boolean>`(event.at, event.key) < (${last.at}, ${last.key})`);
  }
  const rows = await query.execute();
  const items = rows.slice(0, PAGE).map((row) => activityOf(row, context));
  return { items, ...(rows.length > PAGE && { next: items.at(-1)?.id }) };
};

/** All of it, for whoever takes their data away. */
export async function allActivity(context: CustomerContext): Promise<Activity[]> {
  return (await eventsOf(context).execute()).map((row) => activityOf(row, context));
}

function eventsOf({ db, utility, customerId, accountRules, now }: CustomerContext) {
  return db
    .selectFrom('audit_event as event')
    .leftJoin('customer as actor', (join) => join.onRef('actor.utility_id', '=', 'event.utility_id').onRef('actor.id', '=', 'event.actor_id'))
    .select(['event.id', 'event.key', 'event.at', 'event.kind', 'event.actor', 'event.actor_id', 'event.channel', 'event.device', 'event.contract_id', 'actor.display_name'])
    .where('event.utility_id', '=', utility.id)
    .where('event.customer_id', '=', customerId)
    .where('event.at', '>=', oldestKept(accountRules, now))
    .orderBy('event.at', 'desc')
    .orderBy('event.key', 'desc');
}

type EventRow = Awaited<ReturnType<ReturnType<typeof eventsOf>['executeTakeFirstOrThrow']>>;

function activityOf(row: EventRow, { customerId, utility }: CustomerContext): Activity {
  return {
    id: row.id,
    at: instant(row.at.getTime()),
    kind: row.kind,
    by: actorOf(row, customerId, utility.name),
    channel: row.channel,
    device: row.device,
    contractId: row.contract_id,
  };
}

function actorOf({ actor, actor_id, display_name: name }: EventRow, customerId: string, utilityName: string): Activity['by'] {
  if (actor === 'customer') return { role: actor_id === customerId ? 'self' : 'reader', name };
  return { role: actor, name: actor === 'utility' ? utilityName : null };
}

/** A kind that came later is one of the account's, as `activityGroup` says. */
function kindsOf(group: ActivityGroup): ['in' | 'not in', string[]] {
  if (group !== 'account') return ['in', [...ACTIVITY[group], '']];
  const others = Object.entries(ACTIVITY).flatMap(([name, kinds]) => (name === 'account' ? [] : kinds));
  return ['not in', others];
}
