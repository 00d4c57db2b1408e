/** What a customer is told of, where and how. */
import { alertChoices, ALERT_TOPICS, instant, maskEmail, maskPhone, type AlertChoice, type AlertSettings, type QuietHours } from '@oya/contract';
import { tryFindAccount } from '../identity/accounts.ts';
import type { CustomerContext } from '../operations/context.ts';
import { ownPlaces } from '../outages/reach.ts';

/** As it was chosen. */
export interface StoredSettings {
  readonly choices: readonly AlertChoice[];
  readonly muted: readonly string[];
  readonly communes: readonly string[];
  readonly quietHours: QuietHours | null;
}

const NOTHING: StoredSettings = { choices: [], muted: [], communes: [], quietHours: null };
const SHOWN_OF_ENDPOINT = 16;

export async function storedSettings({ db, utility, customerId }: Pick<CustomerContext, 'db' | 'utility' | 'customerId'>): Promise<StoredSettings> {
  const row = await db.selectFrom('alert_setting').selectAll().where('utility_id', '=', utility.id).where('customer_id', '=', customerId).executeTakeFirst();
  return row ? { choices: row.choices, muted: row.muted, communes: row.communes, quietHours: row.quiet_hours } : NOTHING;
}

export async function readSettings(context: CustomerContext): Promise<AlertSettings> {
  const { db, utility, customerId, alertWays } = context;
  const { choices, muted, communes, quietHours } = await storedSettings(context);
  const places = await ownPlaces(context);
  const devices = await db.selectFrom('push_device').select(['id', 'label', 'added_at', 'endpoint']).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).orderBy('added_at').orderBy('id').execute();
  const needs = await db.selectFrom('medical_need').select(['contract_id', 'phone', 'since', 'text_version']).where('utility_id', '=', utility.id).where('customer_id', '=', customerId).orderBy('contract_id').execute();
  const { email, phone } = await reachedBy(context);
  return {
    choices: alertChoices(choices, alertWays.channels),
    addresses: places.map(({ id, energy, site: { label, address, commune } }) => ({ contractId: id, energy, site: label, address: `${address}, ${commune}`, isMuted: muted.includes(id) })),
    communes: [...communes],
    quietHours,
    devices: devices.map(({ id, label, added_at, endpoint }) => ({ id, label, addedAt: instant(added_at.getTime()), endpointEnd: endpoint.slice(-SHOWN_OF_ENDPOINT) })),
    medicalNeeds: needs.map(({ contract_id, phone: number, since, text_version }) => ({ contractId: contract_id, phone: number, since: instant(since.getTime()), textVersion: text_version })),
    email: email === null ? null : maskEmail(email),
    phone: phone === null ? null : maskPhone(phone),
  };
}

/** Whoever is signed in by the utility's own site has no address here. */
export async function reachedBy(context: Pick<CustomerContext, 'db' | 'utility' | 'customerId'>): Promise<{ readonly email: string | null; readonly phone: string | null }> {
  const account = await tryFindAccount(context);
  if (account) return { email: account.email, phone: account.phone };
  const { db, utility, customerId } = context;
  const row = await db.selectFrom('customer').select('phone').where('utility_id', '=', utility.id).where('id', '=', customerId).executeTakeFirst();
  return { email: null, phone: row?.phone ?? null };
}

/** Each topic once, the last word on it. */
export function mergeAlertChoices(known: readonly AlertChoice[], told: readonly AlertChoice[]): AlertChoice[] {
  const all = [...known, ...told];
  return ALERT_TOPICS.flatMap((topic) => {
    const choice = all.findLast((each) => each.topic === topic);
    return choice ? [{ topic, channels: [...new Set(choice.channels)] }] : [];
  });
}
