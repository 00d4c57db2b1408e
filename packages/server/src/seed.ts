import { addDays, instant, type Instant, type LocalDay } from '@oya/contract';
import { accessRules, accountRulesOf, availability, freshness, measuredDays, papersOf, personaGrants, personas, profileOf, prospects, utilities, type Persona, type PersonaMeter, type PersonaProfile } from '@oya/personas';
import { sql, type Transaction } from 'kysely';
import type { Database } from './database/open.ts';
import { ensureMonths } from './database/partitions.ts';
import type { Schema } from './database/schema.ts';
import { digestOf, newSecret } from './identity/digests.ts';
import { canonicalLogin } from './identity/logins.ts';
import { hashPassword } from './identity/passwords.ts';
import { noCounts } from './measurements/merge-day.ts';
import { noteFreshness, storeCurve, storeDays } from './measurements/store.ts';

/** The last days are told anew: the provisional become real, and those of a meter read by hand are measured. */
const RETOLD_DAYS = 62;

/**
 * Fills the database with the demo's utilities and households, accounts where they have one, and what their meters measured up to `now`.
 * Done again, it adds the days that are new; nothing else changes.
 * @param options.now epoch milliseconds
 */
export async function seed(db: Database, { now = Date.now() }: { now?: number } = {}): Promise<void> {
  for (const { id, ...rest } of utilities) {
    await db
      .insertInto('utility')
      .values({ id, description: JSON.stringify({ id, ...rest }), access_rules: JSON.stringify(accessRules), account_rules: JSON.stringify(accountRulesOf(id)) })
      // An installation that is older than the rules gets them.
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ access_rules: sql`coalesce(utility.access_rules, excluded.access_rules)` }))
      .execute();
  }
  for (const persona of [...personas, ...prospects]) {
    await db.transaction().execute((transaction) => seedHousehold(transaction, persona));
    if (personas.includes(persona)) await seedAccount(db, persona, now);
    for (const source of persona.meters) await seedMeasurements(db, persona.utility, source, now);
  }
  await seedGrants(db);
}

/** Whom the personas let read their contracts. */
async function seedGrants(db: Database): Promise<void> {
  for (const { id, utility, contractId, readerId, email, state, invitedAt, until } of personaGrants) {
    const customer_id = personas.find((persona) => persona.id === readerId)?.customer.id ?? null;
    await db
      .insertInto('access_grant')
      .values({ id, utility_id: utility, contract_id: contractId, email: canonicalLogin(email), language: 'fr', state, invited_at: new Date(invitedAt), until, invitation_hash: null, customer_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What the utility knows of a customer, with or without an account. */
async function seedHousehold(db: Transaction<Schema>, { utility: utility_id, contracts, invoice, meters }: Persona): Promise<void> {
  for (const contract of contracts) await seedContract(db, utility_id, contract);
  await db
    .insertInto('invoice')
    .values({ utility_id, number: invoice.number, contract_id: invoice.contractId, total_cents: invoice.totalCents, issued_on: invoice.issuedOn })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const { meter } of meters) {
    await db
      .insertInto('meter')
      .values({
        utility_id,
        id: meter.id,
        contract_id: meter.contractId,
        energy: meter.energy,
        kind: meter.kind,
        serial_number: meter.serialNumber,
        registers: JSON.stringify(meter.registers),
        resolutions: meter.resolutions,
        load_curve: meter.loadCurve,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function seedAccount(db: Database, persona: Persona, now: number): Promise<void> {
  const { utility: utility_id, customer } = persona;
  const profile = profileOf(persona.id, instant(now));
  const credential = await db.selectFrom('credential').select('customer_id').where('utility_id', '=', utility_id).where('customer_id', '=', customer.id).executeTakeFirst();
  // Hashing a password is slow on purpose.
  const password_hash = credential ? undefined : await hashPassword(persona.password);
  await db.transaction().execute(async (transaction) => {
    const { phone, language } = profile;
    const details = { phone, language, address: profile.address && JSON.stringify(profile.address), notifications: JSON.stringify(profile.notifications) };
    await transaction
      .insertInto('customer')
      .values({ utility_id, id: customer.id, display_name: customer.displayName, ...details })
      // An installation that is older than these gets them; what a visitor of the demo has changed stays.
      .onConflict((conflict) => conflict.columns(['utility_id', 'id']).doUpdateSet(details).where('customer.language', 'is', null))
      .execute();
    if (password_hash !== undefined) {
      const login = canonicalLogin(persona.login);
      const email = canonicalLogin(persona.email);
      await transaction.insertInto('credential').values({ utility_id, customer_id: customer.id, login, email, password_hash, password_changed_at: dateOf(profile.passwordChangedAt) }).onConflict((conflict) => conflict.doNothing()).execute();
    }
    for (const { id } of persona.contracts) {
      await transaction.insertInto('contract_access').values({ utility_id, customer_id: customer.id, contract_id: id }).onConflict((conflict) => conflict.doNothing()).execute();
    }
    await seedTraces(transaction, persona, profile);
  });
}

/** Where the persona is signed in, what was done with the account, and the changes that wait. */
async function seedTraces(db: Transaction<Schema>, { utility: utility_id, customer: { id: customer_id } }: Persona, { devices, activity, requests }: PersonaProfile): Promise<void> {
  for (const { signedInAt, lastUsedAt, ...device } of devices) {
    await db
      .insertInto('session')
      // Nobody has its token.
      .values({ token_hash: digestOf(newSecret()), utility_id, customer_id, started_at: new Date(signedInAt), last_seen_at: new Date(lastUsedAt), remembered: true, ...device })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const { id, at, kind, by, channel, device, contractId } of activity.toReversed()) {
    const actor = by === 'utility' || by === 'unknown' ? by : 'customer';
    const actor_id = by === 'self' ? customer_id : typeof by === 'object' ? (personas.find((reader) => reader.id === by.reader)?.customer.id ?? null) : null;
    await db
      .insertInto('audit_event')
      .values({ id, utility_id, customer_id, kind, at: new Date(at), actor, actor_id, channel, device, contract_id: contractId, details: '{}' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const { id, what, address, askedAt, state, decidedAt, reason } of requests) {
    await db
      .insertInto('change_request')
      .values({ id, utility_id, customer_id, what, address: JSON.stringify(address), asked_at: new Date(askedAt), state, decided_at: dateOf(decidedAt), reason })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function seedContract(db: Transaction<Schema>, utility_id: string, contract: Persona['contracts'][number]): Promise<void> {
  const { offPeak, payment, pricesNote, prices } = papersOf(contract);
  const details = { off_peak: JSON.stringify(offPeak), payment: JSON.stringify(payment), prices_note: JSON.stringify(pricesNote ?? null) };
  await db.insertInto('site').values({ utility_id, ...contract.site }).onConflict((conflict) => conflict.doNothing()).execute();
  await db
    .insertInto('contract')
    .values({
      utility_id,
      id: contract.id,
      site_id: contract.site.id,
      energy: contract.energy,
      delivery_point: contract.deliveryPoint,
      number: contract.number,
      holder: contract.holder,
      offer: contract.offer,
      subscribed_power_kva: contract.subscribedPowerKva,
      valid_from: contract.from,
      valid_to: contract.to,
      ...details,
    })
    // An installation that is older than these gets them.
    .onConflict((conflict) => conflict.columns(['utility_id', 'id']).doUpdateSet((known) => ({ number: known.ref('excluded.number'), holder: known.ref('excluded.holder'), ...details })))
    .execute();
  for (const { what, unit, price, from, to } of prices) {
    await db
      .insertInto('contract_price')
      .values({ utility_id, contract_id: contract.id, what, unit, price, valid_from: from, valid_to: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function seedMeasurements(db: Database, utilityId: string, source: PersonaMeter, now: number): Promise<void> {
  const meter = await db
    .selectFrom('meter')
    .select(['key', 'days_to'])
    .where('utility_id', '=', utilityId)
    .where('id', '=', source.meter.id)
    .executeTakeFirstOrThrow();
  const target = { key: meter.key, timeZone: source.timeZone };
  const at = instant(now);
  const days = [...measuredDays(source, missingPeriod(source, meter.days_to, at), at)];
  const curveDays = days.filter(({ curve }) => curve.length > 0).map(({ day, curve }) => ({ day, segments: curve }));
  await ensureMonths(db, curveDays.map(({ day }) => day));

  const { measuredUntil, collectedAt, nextExpectedAt } = freshness(source, at);
  await db.transaction().execute(async (transaction) => {
    if (curveDays.length > 0) await storeCurve(transaction, target, curveDays, noCounts());
    else await storeDays(transaction, target, days.map(({ energy }) => energy), noCounts());
    await noteFreshness(transaction, target, measuredUntil, collectedAt);
    if (source.meter.kind === 'hand-read') await sql`update meter set next_reading_at = ${nextExpectedAt}::timestamptz where key = ${meter.key}`.execute(transaction);
  });
}

function dateOf(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}

function missingPeriod(source: PersonaMeter, daysTo: LocalDay | null, now: string) {
  const { from, to } = availability(source, now) ?? { from: '1970-01-01', to: '1970-01-01' };
  const retold = daysTo && addDays(daysTo, -RETOLD_DAYS);
  return { from: retold !== null && retold > from ? retold : from, to };
}
