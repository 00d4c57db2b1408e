import { randomUUID } from 'node:crypto';
import type { Activity, ActivityKind } from '@oya/contract';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { PublicContext } from '../operations/context.ts';
import type { Tenant } from '../utilities.ts';
import { deviceText, UNKNOWN_DEVICE } from './devices.ts';

/** What is written down of an account, so that its customer and the utility can see what was done and when. */
export type AuditKind = ActivityKind | 'account-closed';

/** Where something is done: a handler has it all in its context. */
export type AuditPlace = Pick<PublicContext, 'db' | 'utility' | 'accountRules' | 'device' | 'now'>;

export interface AuditEvent {
  kind: AuditKind;
  /** On whose account; `null` where there is none. */
  customerId: string | null;
  /** Default: that customer, or somebody unknown where there is none. A customer who is `null` has closed the account. */
  by?: { customerId: string | null } | Exclude<Schema['audit_event']['actor'], 'customer'>;
  /** Default: the web. */
  channel?: Activity['channel'];
  contractId?: string;
  /** Nothing personal: kinds and versions. */
  details?: Readonly<Record<string, string>>;
}

/** Writes it down, and forgets what is older than the utility keeps. */
export async function noteEvent({ db, utility, accountRules, device, now }: AuditPlace, { kind, customerId, by = customerId === null ? 'unknown' : { customerId }, channel = 'web', contractId, details = {} }: AuditEvent): Promise<void> {
  await db
    .insertInto('audit_event')
    .values({
      id: randomUUID(),
      utility_id: utility.id,
      customer_id: customerId,
      kind,
      at: new Date(now),
      actor: typeof by === 'string' ? by : 'customer',
      actor_id: typeof by === 'string' ? null : by.customerId,
      channel,
      device: deviceText(device),
      contract_id: contractId ?? null,
      details: JSON.stringify(details),
    })
    .execute();
  await db.deleteFrom('audit_event').where('utility_id', '=', utility.id).where('at', '<', oldestKept(accountRules, now)).execute();
}

/** Where something happens beside any request. Within a transaction the tenant is read before, on a connection of its own. */
export interface BesidePlace {
  readonly db: Database;
  readonly tenant: Tenant;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes down what the utility's people or machines did. Nobody would see it where the account is closed. */
export async function noteBeside({ db, tenant, now }: BesidePlace, { customerId, ...event }: AuditEvent & { readonly by: 'utility' | 'system' }): Promise<void> {
  if (customerId !== null) await noteEvent({ db, ...tenant, device: UNKNOWN_DEVICE, now }, { ...event, customerId, channel: 'system' });
}

/** What was done before is neither kept nor shown. */
export function oldestKept({ keptYears }: AuditPlace['accountRules'], now: number): Date {
  const oldest = new Date(now);
  oldest.setUTCFullYear(oldest.getUTCFullYear() - keptYears.activity);
  return oldest;
}
