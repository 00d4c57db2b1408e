/** What becomes of consents beside any request, with all that follows: it is traced, and the customer is told. */
import type { ConsentFailure, ConsentPurpose } from '@oya/contract';
import type { Transaction } from 'kysely';
import { collectSoon } from '../collection/turns.ts';
import type { Schema } from '../database/schema.ts';
import { pageAddress } from '../mail/links.ts';
import type { Message } from '../mail/messages.ts';
import type { Tenant } from '../utilities.ts';
import { languageFor, tell } from './accounts.ts';
import { noteBeside, type AuditEvent } from './audit.ts';
import { decideWithin, type DecidedOn, type MeterKey } from './consents.ts';
import type { DecisionParts } from './decisions.ts';
import { findAccountHolder } from './proofs.ts';

/** A meter whose consents are decided on, and whose they are. */
export interface ConsentedMeter extends MeterKey {
  readonly id: string;
  readonly contractId: string;
}

export async function findConsentedMeter(db: DecisionParts['db'], key: number): Promise<ConsentedMeter> {
  const row = await db.selectFrom('meter').select(['id', 'utility_id', 'contract_id']).where('key', '=', key).executeTakeFirstOrThrow();
  return { key, id: row.id, utilityId: row.utility_id, contractId: row.contract_id };
}

/**
 * @param by who says so: the utility's people, or the network operator's machines
 * @returns the purposes that it holds for; none where nothing waits any more
 */
export async function settleConsents(parts: DecisionParts, meter: ConsentedMeter, decision: 'active' | ConsentFailure, by: 'utility' | 'system', which: DecidedOn = {}): Promise<ConsentPurpose[]> {
  const { db, now } = parts;
  const isActive = decision === 'active';
  const tenant = await parts.utilities.find(meter.utilityId);
  const { purposes, waits } = await db.transaction().execute(async (transaction) => {
    const decided = await decideWithin(transaction, meter, decision, now, which);
    for (const purpose of decided) await note({ db: transaction, tenant, now }, meter, isActive ? 'consent-activated' : 'consent-failed', by, purpose);
    // What a consent opened is fetched at once, and not at midnight only.
    if (isActive && decided.length > 0) await collectSoon(transaction, meter.key, now);
    const waiting = await transaction.selectFrom('consent_state').select('purpose').where('meter_key', '=', meter.key).where('state', '=', 'requested').limit(1).execute();
    return { purposes: decided, waits: waiting.length > 0 };
  });
  // What was given together is told of together, once the last of it has taken effect.
  if (purposes.length > 0 && !(isActive && waits)) await tellHolder(parts, meter, isActive ? 'consent-active' : 'consent-failed');
  return purposes;
}

/** Within a transaction; its tenant is read before, on a connection of its own. */
export interface NotePlace {
  db: Transaction<Schema>;
  tenant: Tenant | undefined;
  now: number;
}

/** In the holder's activity; of a meter whose contract has no account there is nobody to see it. */
export async function note(place: NotePlace, meter: ConsentedMeter, kind: AuditEvent['kind'], by: 'utility' | 'system', purpose: ConsentPurpose): Promise<void> {
  const { tenant } = place;
  const holder = tenant && (await findAccountHolder(place.db, meter.utilityId, meter.contractId));
  if (!tenant || !holder) return;
  await noteBeside({ ...place, tenant }, { kind, customerId: holder.customerId, by, contractId: meter.contractId, details: { meterId: meter.id, purpose } });
}

/** A short mail: what exactly, is told where one signs in. */
export async function tellHolder({ db, utilities, outbox, siteOf }: DecisionParts, { utilityId, contractId }: ConsentedMeter, kind: Extract<Message['kind'], 'consent-active' | 'consent-failed' | 'consent-ends'>): Promise<void> {
  const tenant = await utilities.find(utilityId);
  const holder = tenant && (await findAccountHolder(db, utilityId, contractId));
  if (!tenant || holder?.email === undefined) return;
  const { utility } = tenant;
  await tell({ email: holder.email, language: languageFor(holder, utility) }, { kind, address: pageAddress(utility, siteOf(utilityId), 'consents') }, { outbox, utility });
}
