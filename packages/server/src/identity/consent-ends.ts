/** How consents end beside any request: what was collected is erased where that was wished; those for a time come to their end. */
import { addDays, localDay, REMINDER_DAYS, type ConsentPurpose } from '@oya/contract';
import type { Transaction } from 'kysely';
import type { Schema } from '../database/schema.ts';
import { eraseCollected } from '../measurements/erase.ts';
import { loadUtility } from '../utilities.ts';
import { findConsentedMeter, note, tellHolder, type ConsentedMeter, type NotePlace } from './consent-decisions.ts';
import { aboutConsent, appendConsentEvents, lockMeter, unerased, wordsAgreedTo, type MeterKey } from './consents.ts';
import type { DecisionParts } from './decisions.ts';

/** Erases what was collected by consents of a meter that were withdrawn so, once they can no longer be taken back. */
export async function eraseWhatIsOver({ db, utilities, now }: DecisionParts, meter: ConsentedMeter): Promise<void> {
  const tenant = await utilities.find(meter.utilityId);
  await db.transaction().execute(async (transaction) => {
    await lockMeter(transaction, meter.key);
    for (const purpose of await eraseWithdrawn(transaction, meter, 'over', now)) await note({ db: transaction, tenant, now }, meter, 'consent-erased', 'system', purpose);
  });
}

/**
 * Erases what was collected by consents that were withdrawn so, and that are not erased yet.
 * @param which whose time to be taken back is over, or what went with certain withdrawals, whatever their time
 * @returns the purposes that it was for
 */
export async function eraseWithdrawn(db: Transaction<Schema>, meter: MeterKey, which: 'over' | readonly string[], now: number): Promise<ConsentPurpose[]> {
  const rows = await unerased(db)
    .select(['event.purpose', 'event.recipient_id', 'event.recipient_name', 'event.withdrawal_id', 'event.undo_until'])
    .where('event.meter_key', '=', meter.key)
    .orderBy('event.key')
    .execute();
  const due = rows.filter(({ withdrawal_id, undo_until }) => (which === 'over' ? undo_until && undo_until.getTime() <= now : withdrawal_id !== null && which.includes(withdrawal_id)));
  if (due.length === 0) return [];
  const { timeZone } = await loadUtility(db, meter.utilityId);
  const purposes = due.map(({ purpose }) => purpose);
  await eraseCollected(db, meter.key, purposes, { timeZone, now });
  const agreed = await wordsAgreedTo(db, meter.key);
  const states = await db.selectFrom('consent_state').select(['purpose', 'state']).where('meter_key', '=', meter.key).execute();
  await appendConsentEvents(
    db,
    meter,
    due.map((row) => {
      const state = states.find(({ purpose }) => purpose === row.purpose)?.state ?? 'off';
      return { ...aboutConsent(row, agreed), kind: 'erased', state, at: now, actor: 'system', customer_id: null, channel: 'system' };
    }),
  );
  return purposes;
}

/**
 * Ends what has come to its end by the calendar of its utility, and reminds of what will within a month; each once.
 * What was collected until then is kept.
 * @returns ids of the events of what has ended
 */
export async function endByCalendar(parts: DecisionParts): Promise<string[]> {
  const { db, utilities, now } = parts;
  const ended: string[] = [];
  const rows = await db
    .selectFrom('consent_state')
    .innerJoin('meter', 'meter.key', 'consent_state.meter_key')
    .select(['consent_state.meter_key', 'meter.utility_id'])
    .distinct()
    .where('consent_state.state', '=', 'active')
    // A day more than any time zone needs.
    .where('consent_state.expires_on', '<=', addDays(localDay(now, 'UTC'), REMINDER_DAYS + 1))
    .orderBy('consent_state.meter_key')
    .execute();
  for (const { meter_key } of rows) {
    const meter = await findConsentedMeter(db, meter_key);
    const tenant = await utilities.find(meter.utilityId);
    const today = localDay(now, (await loadUtility(db, meter.utilityId)).timeZone);
    const { ids, reminds } = await db.transaction().execute((transaction) => endOfMeter({ db: transaction, tenant, now }, meter, today));
    ended.push(...ids);
    if (reminds) await tellHolder(parts, meter, 'consent-ends');
  }
  return ended;
}

async function endOfMeter(place: NotePlace, meter: ConsentedMeter, today: string): Promise<{ ids: string[]; reminds: boolean }> {
  const { db, now } = place;
  await lockMeter(db, meter.key);
  const agreed = await wordsAgreedTo(db, meter.key);
  const states = await db.selectFrom('consent_state').selectAll().where('meter_key', '=', meter.key).where('state', '=', 'active').where('expires_on', '<=', addDays(today, REMINDER_DAYS)).execute();
  const ids: string[] = [];
  let reminds = false;
  for (const row of states) {
    const about = { ...aboutConsent(row, agreed), at: now, actor: 'system', customer_id: null, channel: 'system', expiresOn: row.expires_on ?? undefined } as const;
    if (row.expires_on !== null && row.expires_on <= today) {
      ids.push(...(await appendConsentEvents(db, meter, [{ ...about, kind: 'expired', state: 'off' }])));
      await note(place, meter, 'consent-expired', 'system', row.purpose);
      continue;
    }
    const told = await db.selectFrom('consent_event').select('key').where('meter_key', '=', meter.key).where('purpose', '=', row.purpose).where('recipient_id', '=', row.recipient_id).where('kind', '=', 'reminded').where('expires_on', '=', row.expires_on).execute();
    if (told.length > 0) continue;
    await appendConsentEvents(db, meter, [{ ...about, kind: 'reminded', state: 'active' }]);
    reminds = true;
  }
  return { ids, reminds };
}
