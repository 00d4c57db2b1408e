import { canBeGiven, consentFaults, isNamed, needsOperator, PortalError, withdrawnWith, type Answer, type Consent, type ConsentName } from '@oya/contract';
import { sql, type Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { noteEvent, type AuditKind } from '../identity/audit.ts';
import { eraseWithdrawn } from '../identity/consent-ends.ts';
import { appendConsentEvents, consentEventOf, consentEvents, expiresOn, lockMeter, readConsents, restore, withdraw, wordsAgreedTo } from '../identity/consents.ts';
import { storable } from '../identity/credentials.ts';
import { metersSeen, requireHolder } from '../identity/sight.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

const PAGE = 25;

export const listConsents: OperationHandler<'listConsents'> = async ({ meterId }, context) => {
  return { items: await consentsOf(await findMeter(meterId, context), context) };
};

/** What is given already, or on its way, stays as it is: agreeing twice is agreeing once. */
export const giveConsents: OperationHandler<'giveConsents'> = async ({ meterId, choices }, context) => {
  const { db, utility, customerId, now, consentJobs } = context;
  const meter = await findMeter(meterId, context);
  await requireHolder(meter.contract_id, context);
  if (meter.kind === 'hand-read') throw new PortalError('conflict', { detail: 'a meter that is read by hand has nothing to consent to' });
  const { items, asked } = await db.transaction().execute(async (transaction) => {
    // Two choices at once are made one after the other.
    await lockMeter(transaction, meter.key);
    const place = { ...context, db: transaction };
    const consents = await consentsOf(meter, place);
    const fields = consentFaults(choices, consents);
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be consented to like this', fields });
    const given = consents.filter((consent) => canBeGiven(consent) && choices.some((choice) => isNamed(consent, choice)));
    await eraseBeforeGiving(meter, given, place);
    const ids = await appendConsentEvents(
      transaction,
      keyOf(meter, context),
      given.flatMap(({ purpose, recipient, text }) => {
        const about = { purpose, recipient, at: now, customer_id: customerId, channel: 'web', words: text } as const;
        const requested = { ...about, kind: 'requested', state: 'requested', actor: 'customer' } as const;
        // What the utility does alone is in effect at once.
        return needsOperator(purpose) ? [requested] : [requested, { ...about, kind: 'active', state: 'active', actor: 'system', customer_id: null, channel: 'system', expiresOn: expiresOn(text, now, utility.timeZone) }];
      }),
    );
    for (const { purpose, text } of given) await trace('consent-given', meter, purpose, place, { textVersion: text.version });
    return { items: await consentsOf(meter, place), asked: ids };
  });
  await consentJobs.follow(asked);
  return { items };
};

export const withdrawConsent: OperationHandler<'withdrawConsent'> = async ({ meterId, erase, ...name }, context) => {
  const { db, customerId, now, consentUndoMs, consentJobs } = context;
  const meter = await findMeter(meterId, context);
  await requireHolder(meter.contract_id, context);
  const { items, withdrawn } = await db.transaction().execute(async (transaction) => {
    await lockMeter(transaction, meter.key);
    const place = { ...context, db: transaction };
    const consents = await consentsOf(meter, place);
    requireKnown(name, consents);
    const going = withdrawnWith(name, consents);
    const ids = await withdraw(transaction, keyOf(meter, context), going, { customerId, erase, now, undoUntil: now + consentUndoMs });
    for (const { purpose } of going) await trace('consent-withdrawn', meter, purpose, place);
    return { items: await consentsOf(meter, place), withdrawn: ids };
  });
  await consentJobs.follow(withdrawn, consentUndoMs / 1000);
  return { items };
};

export const undoWithdrawal: OperationHandler<'undoWithdrawal'> = async ({ meterId, ...name }, context) => {
  const { db, customerId, now, consentJobs } = context;
  const meter = await findMeter(meterId, context);
  await requireHolder(meter.contract_id, context);
  const { items, asked } = await db.transaction().execute(async (transaction) => {
    await lockMeter(transaction, meter.key);
    const place = { ...context, db: transaction };
    requireKnown(name, await consentsOf(meter, place));
    const restored = await restore(transaction, keyOf(meter, context), name, { customerId, now });
    if (restored.length === 0) throw new PortalError('conflict', { code: 'undo-over', detail: 'nothing was withdrawn that can still be taken back' });
    for (const { purpose } of restored) await trace('consent-restored', meter, purpose, place);
    return { items: await consentsOf(meter, place), asked: restored.flatMap(({ requestId }) => requestId ?? []) };
  });
  await consentJobs.follow(asked);
  return { items };
};

/** A page goes on after an event and not after a number of them: what happens meanwhile moves nothing. */
export const listConsentEvents: OperationHandler<'listConsentEvents'> = async ({ meterId, after }, context) => {
  const { key } = await findMeter(meterId, context);
  let query = consentEvents(context.db, key).limit(PAGE + 1);
  if (after !== undefined) {
    const last = await consentEvents(context.db, key).where('event.id', '=', storable(after)).executeTakeFirst();
    if (!last) throw new PortalError('invalid', { detail: 'no such page', fields: [{ path: 'after', code: 'unknown' }] });
    query = query.where(sql<boolean>`(event.at, event.key) < (${last.at}, ${last.key})`);
  }
  const rows = await query.execute();
  const items = rows.slice(0, PAGE).map(consentEventOf);
  return { items, ...(rows.length > PAGE && { next: items.at(-1)?.id }) };
};

/** For whoever takes their data away: with the words that were agreed to, which may not be those in force any more. */
export async function consentsGiven(meterId: string, context: CustomerContext): Promise<Consent[]> {
  const meter = await findMeter(meterId, context);
  const agreed = await wordsAgreedTo(context.db, meter.key);
  const consents = await consentsOf(meter, context);
  return consents.map((consent) => ({ ...consent, text: agreed(consent) ?? consent.text }));
}

/** All of it, for whoever takes their data away. */
export async function allConsentEvents(meterId: string, context: CustomerContext): Promise<Answer<'listConsentEvents'>['items']> {
  const { key } = await findMeter(meterId, context);
  return (await consentEvents(context.db, key).execute()).map(consentEventOf);
}

type SeenMeter = Awaited<ReturnType<typeof findMeter>>;

/** How they stand now, which may have changed since the meter was read. */
function consentsOf(meter: SeenMeter, { db, utility, now }: CustomerContext): Promise<Consent[]> {
  return readConsents(db, utility.id, meter, now);
}

function keyOf({ key }: SeenMeter, { utility }: CustomerContext) {
  return { key, utilityId: utility.id };
}

/** @throws PortalError `invalid` for a consent that this meter does not have */
function requireKnown(name: ConsentName, consents: readonly Consent[]): void {
  if (consents.some((consent) => isNamed(consent, name))) return;
  const isKnownPurpose = consents.some(({ purpose }) => purpose === name.purpose);
  throw new PortalError('invalid', { detail: 'this meter has no such consent', fields: [{ path: isKnownPurpose ? 'recipientId' : 'purpose', code: 'unknown' }] });
}

/**
 * Who withdraws, wishes what was collected erased, and gives again before that has happened, starts with nothing: it is
 * erased first, so that nothing which comes by the new consent ever is. It can then no longer be taken back.
 */
async function eraseBeforeGiving(meter: SeenMeter, given: readonly Consent[], context: CustomerContext & { db: Transaction<Schema> }): Promise<void> {
  const { db, now } = context;
  const states = await db.selectFrom('consent_state').select(['purpose', 'recipient_id', 'withdrawal_id']).where('meter_key', '=', meter.key).where('kind', '=', 'withdrawn').execute();
  const withdrawalIds = states.flatMap(({ purpose, recipient_id, withdrawal_id }) => (withdrawal_id !== null && given.some((consent) => consent.purpose === purpose && (consent.recipient?.id ?? '') === recipient_id) ? [withdrawal_id] : []));
  if (withdrawalIds.length === 0) return;
  for (const purpose of await eraseWithdrawn(db, keyOf(meter, context), withdrawalIds, now)) await trace('consent-erased', meter, purpose, context);
}

/** In the account of whoever did it. */
async function trace(kind: AuditKind, { id: meterId, contract_id: contractId }: SeenMeter, purpose: Consent['purpose'], context: CustomerContext, details: Readonly<Record<string, string>> = {}): Promise<void> {
  await noteEvent(context, { kind, customerId: context.customerId, contractId, details: { meterId, purpose, ...details } });
}

/** @throws PortalError `not-found` also when the meter is another customer's */
export async function findMeter(meterId: string, context: CustomerContext) {
  const meter = await metersSeen(context).where('meter.id', '=', meterId).executeTakeFirst();
  if (!meter) throw new PortalError('not-found', { detail: 'no such meter' });
  return meter;
}
