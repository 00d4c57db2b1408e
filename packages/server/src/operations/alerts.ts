import { PortalError, type AlertChoice, type FieldError } from '@oya/contract';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { randomUUID } from 'node:crypto';
import { mergeAlertChoices, reachedBy, readSettings, storedSettings, type StoredSettings } from '../alerts/alert-settings.ts';
import { appendMedicalEvent, medicalWords } from '../alerts/medical-needs.ts';
import { noteEvent } from '../identity/audit.ts';
import { countSending } from '../identity/codes.ts';
import { storable } from '../identity/credentials.ts';
import { deviceText } from '../identity/devices.ts';
import { digestOf } from '../identity/digests.ts';
import { requireHolder } from '../identity/sight.ts';
import type { CustomerContext, OperationHandler, PublicContext } from './context.ts';
import { contractsHeld } from './contracts.ts';

const FOLLOWERS = { anHour: 20, betweenMs: 0 };
/** More browsers than anybody has; the one that was added first gives way. */
const MOST_DEVICES = 20;

export const describeAlerts: OperationHandler<'describeAlerts'> = async (_input, { alertRules: { topics, medical }, alertWays, apiUrl }) => ({
  topics,
  channels: [...alertWays.channels],
  pushKey: await alertWays.pushKey(),
  medical,
  feeds: { atom: `${apiUrl}/outages.atom`, rss: `${apiUrl}/outages.rss`, cap: `${apiUrl}/outages.cap`, calendar: `${apiUrl}/outages.ics` },
});

export const getAlertSettings: OperationHandler<'getAlertSettings'> = (_input, context) => readSettings(context);

export const updateAlertSettings: OperationHandler<'updateAlertSettings'> = async ({ choices, mutedContracts, communes, quietHours }, context) => {
  const { db, utility, customerId } = context;
  requireChoosable({ choices, communes }, (await reachedBy(context)).phone, context);
  const held = mutedContracts && (await contractsHeld(context));
  const changed = await db.transaction().execute(async (transaction) => {
    // Two changes at once are made one after the other: neither is lost.
    await transaction.selectFrom('customer').select('id').where('utility_id', '=', utility.id).where('id', '=', customerId).forUpdate().execute();
    const before = await storedSettings({ db: transaction, utility, customerId });
    const after: StoredSettings = {
      choices: choices ? mergeAlertChoices(before.choices, choices) : before.choices,
      // Of what others hold nobody is told, muted or not.
      muted: mutedContracts ? [...new Set(mutedContracts)].filter((id) => held?.includes(id)) : before.muted,
      communes: communes ? [...new Set(communes)] : before.communes,
      quietHours: quietHours === undefined ? before.quietHours : quietHours,
    };
    if (JSON.stringify(after) === JSON.stringify(before)) return false;
    const row = { choices: JSON.stringify(after.choices), muted: [...after.muted], communes: [...after.communes], quiet_hours: after.quietHours && JSON.stringify(after.quietHours) };
    await transaction
      .insertInto('alert_setting')
      .values({ utility_id: utility.id, customer_id: customerId, ...row })
      .onConflict((conflict) => conflict.columns(['utility_id', 'customer_id']).doUpdateSet(row))
      .execute();
    return true;
  });
  if (changed) await noteEvent(context, { kind: 'alerts-changed', customerId });
  return readSettings(context);
};

export const addPushDevice: OperationHandler<'addPushDevice'> = async ({ subscription }, context) => {
  const { db, utility, customerId, device, now } = context;
  requirePushable(subscription, context);
  const { endpoint, keys } = subscription;
  const how = { customer_id: customerId, ...keys, label: deviceText(device) ?? '' };
  const isNew = await db.transaction().execute(async (transaction) => {
    const known = await transaction.selectFrom('push_device').select('customer_id').where('utility_id', '=', utility.id).where('endpoint', '=', endpoint).executeTakeFirst();
    const newId = randomUUID();
    // A browser that somebody else was signed in with is told for whoever is now: under another name, as what waits for the first is not the second's.
    const isAnothers = known !== undefined && known.customer_id !== customerId;
    await transaction
      .insertInto('push_device')
      .values({ id: newId, utility_id: utility.id, endpoint, ...how, added_at: new Date(now) })
      .onConflict((conflict) => conflict.columns(['utility_id', 'endpoint']).doUpdateSet({ ...how, ...(isAnothers && { id: newId }) }))
      .execute();
    // Who signs in is told as a customer, and not twice.
    await transaction.deleteFrom('alert_follower').where('utility_id', '=', utility.id).where('endpoint', '=', endpoint).execute();
    const others = await transaction.selectFrom('push_device').select('id').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).orderBy('added_at', 'desc').orderBy('id').offset(MOST_DEVICES).execute();
    if (others.length > 0) await transaction.deleteFrom('push_device').where('id', 'in', others.map(({ id }) => id)).execute();
    return known?.customer_id !== customerId;
  });
  if (isNew) await noteEvent(context, { kind: 'alert-device-added', customerId });
  return readSettings(context);
};

export const removePushDevice: OperationHandler<'removePushDevice'> = async ({ deviceId }, context) => {
  const { db, utility, customerId } = context;
  const all = await db.selectFrom('push_device').select('id').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).execute();
  if (!all.some(({ id }) => id === deviceId)) throw new PortalError('not-found', { detail: 'no such device' });
  await db.deleteFrom('push_device').where('id', '=', deviceId).execute();
  await noteEvent(context, { kind: 'alert-device-removed', customerId });
  return readSettings(context);
};

export const followAlerts: OperationHandler<'followAlerts'> = async ({ subscription, communes, topics, quietHours, language }, context) => {
  const { db, utility, address, now } = context;
  requirePushable(subscription, context);
  requireServed(communes, context);
  await countSending(db, [digestOf('followers of', utility.id, address)], now, FOLLOWERS);
  const { endpoint, keys } = subscription;
  const chosen = { ...keys, communes: [...new Set(communes)], topics: [...new Set(topics)], quiet_hours: quietHours && JSON.stringify(quietHours), language };
  await db
    .insertInto('alert_follower')
    .values({ id: randomUUID(), utility_id: utility.id, endpoint, ...chosen, added_at: new Date(now) })
    .onConflict((conflict) => conflict.columns(['utility_id', 'endpoint']).doUpdateSet(chosen))
    .execute();
  return { communes: chosen.communes, topics: chosen.topics, quietHours, language };
};

export const unfollowAlerts: OperationHandler<'unfollowAlerts'> = async ({ endpoint }, { db, utility }) => {
  await db.deleteFrom('alert_follower').where('utility_id', '=', utility.id).where('endpoint', '=', storable(endpoint)).execute();
  return {};
};

export const giveMedicalNeed: OperationHandler<'giveMedicalNeed'> = async ({ contractId, phone, textVersion, language }, context) => {
  const { db, utility, customerId, alertRules: { medical }, now } = context;
  await requireHolder(contractId, context);
  if (!medical) throw new PortalError('unsupported', { detail: 'this utility does not ask for that' });
  if (medical.version !== textVersion) throw new PortalError('conflict', { code: 'text-changed', detail: 'the text has changed since it was shown: show it anew' });
  if (!isValidPhoneNumber(phone)) throw new PortalError('invalid', { detail: 'nobody can have that number', fields: [{ path: 'phone', code: 'invalid' }] });
  const need = { customer_id: customerId, phone, since: new Date(now), text_version: textVersion };
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('medical_need')
      .values({ utility_id: utility.id, contract_id: contractId, ...need })
      .onConflict((conflict) => conflict.columns(['utility_id', 'contract_id']).doUpdateSet(need))
      .execute();
    await appendMedicalEvent(transaction, { utilityId: utility.id, contractId, customerId, kind: 'given', textVersion, ...medicalWords(medical.text, language) }, now);
  });
  await noteEvent(context, { kind: 'medical-need-given', customerId, contractId });
  return readSettings(context);
};

export const withdrawMedicalNeed: OperationHandler<'withdrawMedicalNeed'> = async ({ contractId }, context) => {
  const { db, utility, customerId, now } = context;
  await requireHolder(contractId, context);
  const was = await db.transaction().execute(async (transaction) => {
    const erased = await transaction.deleteFrom('medical_need').where('utility_id', '=', utility.id).where('contract_id', '=', contractId).returning('text_version').executeTakeFirst();
    if (erased) await appendMedicalEvent(transaction, { utilityId: utility.id, contractId, customerId, kind: 'withdrawn', textVersion: erased.text_version }, now);
    return erased !== undefined;
  });
  // Withdrawn already, it is as it was wished.
  if (was) await noteEvent(context, { kind: 'medical-need-withdrawn', customerId, contractId });
  return readSettings(context);
};

function requirePushable(subscription: Parameters<PublicContext['alertWays']['takes']>[0], { alertWays }: PublicContext): void {
  if (!alertWays.takes(subscription)) throw new PortalError('invalid', { detail: 'no push service of a browser that is known here, or keys that are none; OYA_PUSH_SERVICES names others', fields: [{ path: 'subscription', code: 'unknown-service' }] });
}

function requireServed(communes: readonly string[], { utility }: PublicContext): void {
  if (!communes.every((code) => utility.territory.some((served) => served.code === code))) throw new PortalError('invalid', { detail: 'a commune that this utility does not serve', fields: [{ path: 'communes', code: 'unknown' }] });
}

function requireChoosable({ choices = [], communes = [] }: { readonly choices?: readonly AlertChoice[] | undefined; readonly communes?: readonly string[] | undefined }, phone: string | null, context: CustomerContext): void {
  requireServed(communes, context);
  const chosen = choices.flatMap(({ channels }) => channels);
  const faults: [boolean, FieldError][] = [
    [!chosen.every((channel) => context.alertWays.channels.includes(channel)), { path: 'choices', code: 'unknown-channel' }],
    [chosen.includes('sms') && phone === null, { path: 'choices', code: 'phone-needed' }],
  ];
  const fields = faults.flatMap(([isFault, fault]) => (isFault ? [fault] : []));
  if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be chosen like this', fields });
}
