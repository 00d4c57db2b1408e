/** Who is told of something, page by page: a whole commune at once would keep everything else waiting. */
import { alertChoices, concernOf, localDay, placeOf, tellAt, type AlertChannel, type AlertTopic, type OutageArea, type Outage, type Utility } from '@oya/contract';
import { sql, type Kysely } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { SPREAD_PHASES, type SpreadPhase } from './news-queue.ts';

export const PAGE = 500;

/** A notice to be. */
export interface Recipient {
  /** `customer:…`, `device:…` or `follower:…`. */
  readonly recipient: string;
  readonly channel: AlertChannel;
  /** The own contract that is reached, where one is. */
  readonly contractId: string | null;
  /** Epoch milliseconds: not before. */
  readonly dueAt: number;
}

export interface RecipientPage {
  readonly recipients: readonly Recipient[];
  /** The last of the page; `undefined`: there are no more. */
  readonly after: string | undefined;
}

export interface Reach {
  readonly utility: Utility;
  readonly channels: readonly AlertChannel[];
  readonly topic: AlertTopic;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Of these customers, or followers, alone. */
  readonly only?: readonly string[];
}

type Reached = Pick<Outage, 'energy'> & { readonly areas: readonly OutageArea[] };

/**
 * Of those who were to be told, who still is: as they have chosen, hold and follow by now. At most a page of them.
 * @param reached `undefined` for what has no place
 */
export async function whoIsStillTold(db: Kysely<Schema>, reached: Reached | undefined, reach: Reach, recipients: readonly string[]): Promise<Recipient[]> {
  const of = (kind: string) => [...new Set(recipients.flatMap((recipient) => (recipient.startsWith(`${kind}:`) ? [recipient.slice(kind.length + 1)] : [])))];
  const [devices, followed] = [of('device'), of('follower')];
  const owners = devices.length === 0 ? [] : await db.selectFrom('push_device').select('customer_id').where('utility_id', '=', reach.utility.id).where('id', 'in', devices).execute();
  const only = { addresses: [...new Set([...of('customer'), ...owners.map((owner) => owner.customer_id)])], followers: followed };
  const told: Recipient[] = [];
  for (const phase of SPREAD_PHASES) {
    const ids = phase === 'followers' ? only.followers : only.addresses;
    if (ids.length === 0 || (phase === 'communes' && !reached)) continue;
    const narrowed = { ...reach, only: ids };
    const page = reached ? await recipientsOf(db, phase, reached, narrowed, '') : await everybody(db, phase === 'followers' ? phase : 'addresses', narrowed, '');
    told.push(...page.recipients);
  }
  return told;
}

export function recipientsOf(db: Kysely<Schema>, phase: SpreadPhase, reached: Reached, reach: Reach, after: string): Promise<RecipientPage> {
  if (phase === 'addresses') return atAddresses(db, reached, reach, after);
  return phase === 'communes' ? whoFollow(db, reached, reach, after) : withoutAccount(db, reached, reach, after);
}

/** Whose own contract is reached, as long as it is theirs and they have not muted it. */
async function atAddresses(db: Kysely<Schema>, outage: Reached, reach: Reach, after: string): Promise<RecipientPage> {
  const { utility, now, only } = reach;
  const communes = new Set(outage.areas.map(({ commune }) => commune));
  const names = await db.selectFrom('site').select(['commune', 'postcode']).distinct().where('utility_id', '=', utility.id).execute();
  const written = [...new Set(names.filter((name) => communes.has(placeOf({ ...name, address: '' }, utility.territory)?.commune ?? '')).map(({ commune }) => commune))];
  if (written.length === 0) return { recipients: [], after: undefined };
  const today = localDay(now, utility.timeZone);
  const held = db
    .selectFrom('contract_access as access')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'access.utility_id').onRef('contract.id', '=', 'access.contract_id'))
    .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
    .where('access.utility_id', '=', utility.id)
    .where('access.customer_id', '>', after)
    .where('contract.energy', '=', outage.energy)
    .where('site.commune', 'in', written)
    .where((is) => is.or([is('contract.valid_to', 'is', null), is('contract.valid_to', '>', today)]))
    .$if(only !== undefined, (query) => query.where('access.customer_id', 'in', only ?? []));
  const page = held.select('access.customer_id').groupBy('access.customer_id').orderBy('access.customer_id').limit(PAGE);
  const rows = await held.select(['access.customer_id', 'contract.id', 'site.address', 'site.postcode', 'site.commune']).where('access.customer_id', 'in', page).orderBy('access.customer_id').orderBy('contract.id').execute();
  const ids = [...new Set(rows.map(({ customer_id }) => customer_id))].sort();
  const customers = await customersOf(db, utility.id, ids);
  const recipients = ids.flatMap((id) => {
    const customer = customers.get(id);
    if (!customer) return [];
    const reachedHere = rows.find((row) => {
      const place = row.customer_id === id && !customer.muted.includes(row.id) ? placeOf(row, utility.territory) : undefined;
      return place !== undefined && concernOf(outage, place) !== undefined;
    });
    return reachedHere ? noticesOf(customer, reachedHere.id, reach) : [];
  });
  return { recipients, after: ids.length < PAGE ? undefined : ids.at(-1) };
}

/** Customers who follow one of the communes beside their own addresses. */
async function whoFollow(db: Kysely<Schema>, { areas }: Reached, reach: Reach, after: string): Promise<RecipientPage> {
  const { utility, only } = reach;
  const codes = areas.map(({ commune }) => commune);
  const rows = await settings(db, utility.id, after, only).where(sql<boolean>`communes && ${codes}::text[]`).execute();
  const ids = rows.map(({ customer_id }) => customer_id);
  const customers = await customersOf(db, utility.id, ids);
  const recipients = [...customers.values()].flatMap((customer) => noticesOf(customer, null, reach));
  return { recipients, after: ids.length < PAGE ? undefined : ids.at(-1) };
}

async function withoutAccount(db: Kysely<Schema>, { areas }: Reached, reach: Reach, after: string): Promise<RecipientPage> {
  const all = followers(db, reach, after);
  const rows = await all.where(sql<boolean>`communes && ${areas.map(({ commune }) => commune)}::text[]`).execute();
  return followerPage(rows, reach);
}

/** Everybody who wants to be told of a topic that has no place. */
export async function everybody(db: Kysely<Schema>, phase: Exclude<SpreadPhase, 'communes'>, reach: Reach, after: string): Promise<RecipientPage> {
  if (phase === 'followers') return followerPage(await followers(db, reach, after).execute(), reach);
  // Only those who chose it: nobody is told of these unasked.
  const rows = await settings(db, reach.utility.id, after, reach.only).where(sql<boolean>`choices @> ${JSON.stringify([{ topic: reach.topic }])}::jsonb`).execute();
  const ids = rows.map(({ customer_id }) => customer_id);
  const customers = await customersOf(db, reach.utility.id, ids);
  return { recipients: [...customers.values()].flatMap((customer) => noticesOf(customer, null, reach)), after: ids.length < PAGE ? undefined : ids.at(-1) };
}

function settings(db: Kysely<Schema>, utilityId: string, after: string, only: readonly string[] | undefined) {
  const from = db.selectFrom('alert_setting').select('customer_id').where('utility_id', '=', utilityId).where('customer_id', '>', after).orderBy('customer_id').limit(PAGE);
  return only ? from.where('customer_id', 'in', only) : from;
}

function followers(db: Kysely<Schema>, { utility, topic, only }: Reach, after: string) {
  const from = db.selectFrom('alert_follower').select(['id', 'quiet_hours']).where('utility_id', '=', utility.id).where(sql<boolean>`${topic} = any (topics)`).orderBy('id').limit(PAGE);
  const asked = only ? from.where('id', 'in', only) : from;
  return after === '' ? asked : asked.where('id', '>', after);
}

function followerPage(rows: readonly { readonly id: string; readonly quiet_hours: Parameters<typeof tellAt>[1] }[], { utility, channels, now }: Reach): RecipientPage {
  const recipients = channels.includes('push') ? rows.map(({ id, quiet_hours }): Recipient => ({ recipient: `follower:${id}`, channel: 'push', contractId: null, dueAt: tellAt(now, quiet_hours, utility.timeZone) })) : [];
  return { recipients, after: rows.length < PAGE ? undefined : rows.at(-1)?.id };
}

type Customer = Awaited<ReturnType<typeof customersOf>> extends Map<string, infer T> ? T : never;

async function customersOf(db: Kysely<Schema>, utilityId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('customer')
    .leftJoin('alert_setting as setting', (join) => join.onRef('setting.utility_id', '=', 'customer.utility_id').onRef('setting.customer_id', '=', 'customer.id'))
    .leftJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'customer.utility_id').onRef('credential.customer_id', '=', 'customer.id'))
    .select(['customer.id', 'customer.phone', 'credential.email', 'setting.choices', 'setting.muted', 'setting.quiet_hours'])
    .where('customer.utility_id', '=', utilityId)
    .where('customer.id', 'in', ids)
    .orderBy('customer.id')
    .execute();
  const devices = await db.selectFrom('push_device').select(['id', 'customer_id']).where('utility_id', '=', utilityId).where('customer_id', 'in', ids).execute();
  return new Map(rows.map(({ id, phone, email, choices, muted, quiet_hours }) => [id, { id, phone, email, choices: choices ?? [], muted: muted ?? [], quietHours: quiet_hours, devices: devices.filter(({ customer_id }) => customer_id === id).map((device) => device.id) }]));
}

function noticesOf({ id, phone, email, choices, quietHours, devices }: Customer, contractId: string | null, { utility, channels, topic, now }: Reach): Recipient[] {
  const chosen = alertChoices(choices, channels).find((choice) => choice.topic === topic)?.channels ?? [];
  const dueAt = tellAt(now, quietHours, utility.timeZone);
  return chosen.flatMap((channel): Recipient[] => {
    if (channel === 'push') return devices.map((device) => ({ recipient: `device:${device}`, channel, contractId, dueAt }));
    return (channel === 'email' ? email : phone) === null ? [] : [{ recipient: `customer:${id}`, channel, contractId, dueAt }];
  });
}
