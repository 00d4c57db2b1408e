import { addDays, CURVE_PURPOSES, dayStart, instant, localDay, restsOnEstimates, stepStart, type ConsentPurpose, type Contract, type InstalmentPlan, type Instant, type LocalDay, type TimeZone } from '@oya/contract';
import {
  accessRules,
  accountRulesOf,
  alertRules,
  availability,
  collectedReading,
  consentsOf,
  ecowattAt,
  offeredConsents,
  outagesOf,
  freshness,
  instalmentPlanOf,
  invoicesOf,
  mandateOf,
  measuredDays,
  nextInvoiceOn,
  papersOf,
  paymentTermsOf,
  personaGrants,
  personas,
  powerUnitOf,
  profileOf,
  prospects,
  requestsOfPersona,
  tempoDaysAt,
  threadsOfPersona,
  utilities,
  weatherOn,
  type MeasuredFlow,
  type Persona,
  type PersonaMeter,
  type PersonaProfile,
} from '@oya/personas';
import { sql, type Transaction } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Database } from './database/open.ts';
import { ensureMonths } from './database/partitions.ts';
import type { Schema } from './database/schema.ts';
import { appendConsentEvents, consentStates, isCollected, loadCurveOf, type ConsentHappening } from './identity/consents.ts';
import { digestOf, newSecret } from './identity/digests.ts';
import { canonicalLogin } from './identity/logins.ts';
import { hashPassword } from './identity/passwords.ts';
import { openChannel, type Channel } from './measurements/channels.ts';
import { countAnew } from './measurements/counting.ts';
import { storeIndexes } from './measurements/indexes.ts';
import { noCounts } from './measurements/merge-day.ts';
import { storePowers } from './measurements/powers.ts';
import { storeEcoWatt, storeTempo } from './measurements/signals.ts';
import { noteFreshness, storeCurve, storeDays } from './measurements/store.ts';

/** The last days are told anew: the provisional become real, and those of a meter read by hand are measured. */
const RETOLD_DAYS = 62;
const DAY_MS = 86_400_000;
const RETOLD_OUTAGES_MS = DAY_MS / 2;
/** Displays count kWh and m³, meters tell Wh and dm³. */
const UNITS_PER_COUNT = 1000;
/** How long a network operator works on a consent, and since when the demo's are in force. */
const CONSENT_DAYS = 3;
const CONSENT_TEXTS_SINCE = new Date('2019-01-01T00:00:00Z');

/**
 * Fills the database with the demo's utilities and households, accounts where they have one, and what their meters measured up to `now`.
 * Done again, it adds the days that are new; nothing else changes.
 * @param options.now epoch milliseconds
 */
export async function seed(db: Database, { now = Date.now() }: { now?: number } = {}): Promise<void> {
  for (const { id, ...rest } of utilities) {
    await db
      .insertInto('utility')
      .values({ id, description: JSON.stringify({ id, ...rest }), access_rules: JSON.stringify(accessRules), account_rules: JSON.stringify(accountRulesOf(id)), payment_terms: JSON.stringify(paymentTermsOf(id)), alert_rules: JSON.stringify(alertRules) })
      // An installation that is older than the rules, than some of its texts or than the codes of its communes, gets them; the account of transfers stands in its terms of payment alone.
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet({
          access_rules: sql`coalesce(utility.access_rules, excluded.access_rules)`,
          alert_rules: sql`excluded.alert_rules`,
          payment_terms: sql`excluded.payment_terms || utility.payment_terms`,
          description: sql`jsonb_strip_nulls(jsonb_build_object('legal', excluded.description -> 'legal', 'readingWindow', excluded.description -> 'readingWindow', 'messages', excluded.description -> 'messages')) || jsonb_set(jsonb_set(jsonb_set(utility.description #- '{legal,account}', '{territory}', excluded.description -> 'territory'), '{texts}', excluded.description -> 'texts' || (utility.description -> 'texts')), '{routes}', (excluded.description -> 'routes') || (utility.description -> 'routes'))`,
        }),
      )
      .execute();
    await seedConsentTexts(db, id);
    await seedWeather(db, id, localDay(now, rest.timeZone));
    await seedOutages(db, id, now);
  }
  await seedSignals(db, now);
  for (const persona of [...personas, ...prospects]) {
    await db.transaction().execute((transaction) => seedHousehold(transaction, persona));
    if (personas.includes(persona)) await seedAccount(db, persona, now);
    if (personas.includes(persona)) await seedThreads(db, persona);
    if (personas.includes(persona)) await seedRequests(db, persona);
    for (const contract of persona.contracts) await db.transaction().execute((transaction) => seedInvoices(transaction, persona, contract, instant(now)));
    for (const source of persona.meters) {
      await seedConsents(db, persona, source, now);
      await seedMeasurements(db, persona, source, now);
    }
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
async function seedHousehold(db: Transaction<Schema>, { utility: utility_id, contracts, meters }: Persona): Promise<void> {
  for (const contract of contracts) await seedContract(db, utility_id, contract);
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
        resolutions: meter.resolutions.filter((resolution) => resolution !== 'half-hour' && resolution !== 'hour'),
        has_load_curve: meter.loadCurve !== 'unavailable',
        production: meter.production ?? false,
        replaced: meter.replaced ? JSON.stringify(meter.replaced) : null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** What was billed and paid until now; what a visitor of the demo has paid stays paid. */
async function seedInvoices(db: Transaction<Schema>, persona: Persona, contract: Persona['contracts'][number], now: Instant): Promise<void> {
  const { utility: utility_id } = persona;
  const about = { utility_id, contract_id: contract.id };
  await db.updateTable('contract').set({ next_invoice_on: nextInvoiceOn(persona, contract, now) }).where('utility_id', '=', utility_id).where('id', '=', contract.id).execute();
  for (const { number, kind, issuedOn, dueOn, bill, about: corrected, instalments, payments, dispute } of invoicesOf(persona, contract, now)) {
    const details = { kind, due_on: dueOn, period_from: bill.period.from, period_to: bill.period.to, is_estimated: restsOnEstimates(bill), about: corrected, bill: JSON.stringify(bill), total_cents: bill.totals.total, issued_on: issuedOn };
    await db
      .insertInto('invoice')
      .values({ ...about, number, ...details })
      // An installation that knew it as a proof alone gets the rest.
      .onConflict((conflict) => conflict.columns(['utility_id', 'number']).doUpdateSet(details).where('invoice.bill', 'is', null))
      .execute();
    if (instalments.length > 0) await seedPlan(db, about, { period: bill.period, settlementOn: issuedOn, instalments: instalments.map(({ paidOn, amount }) => ({ dueOn: paidOn, amount, paidOn })) }, contract, number);
    const isPaid = await db.selectFrom('invoice_payment').select('key').where('utility_id', '=', utility_id).where('number', '=', number).limit(1).executeTakeFirst();
    if (!isPaid && payments.length > 0) {
      await db.insertInto('invoice_payment').values(payments.map(({ paidOn, amount, means }) => ({ utility_id, number, reference: `demo-${paidOn}`, paid_on: paidOn, amount_cents: amount, means }))).execute();
    }
    if (dispute) {
      await db
        .insertInto('invoice_dispute')
        .values({ id: `demo-${number}`, utility_id, number, customer_id: personas.includes(persona) ? persona.customer.id : null, opened_at: new Date(dispute.openedAt), words: dispute.words, answered_at: null, answer: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
  const mandate = mandateOf(contract, utility_id);
  if (mandate) {
    await db
      .insertInto('mandate')
      .values({ ...about, reference: mandate.reference, customer_id: personas.includes(persona) ? persona.customer.id : null, account_holder: mandate.accountHolder, signed_at: new Date(`${mandate.signedOn}T12:00:00Z`) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const plan = instalmentPlanOf(persona, contract, now);
  if (plan) await seedPlan(db, about, plan, contract, null);
}

async function seedPlan(db: Transaction<Schema>, about: { utility_id: string; contract_id: string }, { period, settlementOn, instalments }: InstalmentPlan, contract: Persona['contracts'][number], settled_by: string | null): Promise<void> {
  await db
    .insertInto('instalment_plan')
    .values({ ...about, period_from: period.from, period_to: period.to, settlement_on: settlementOn, settled_by })
    .onConflict((conflict) => conflict.columns(['utility_id', 'contract_id', 'period_from']).doUpdateSet({ settled_by }))
    .execute();
  const { kind: means } = papersOf(contract).payment;
  for (const { dueOn, amount, paidOn } of instalments) {
    await db
      .insertInto('instalment')
      .values({ ...about, period_from: period.from, due_on: dueOn, amount_cents: amount, means, paid_on: paidOn })
      .onConflict((conflict) => conflict.columns(['utility_id', 'contract_id', 'period_from', 'due_on']).doUpdateSet({ paid_on: paidOn }))
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
  const { offPeak, payment, pricesNote, prices, taxes = [] } = papersOf(contract);
  const toldAnew = { off_peak: JSON.stringify(offPeak), prices_note: JSON.stringify(pricesNote ?? null) };
  // How it is paid is the customer's to change.
  const details = { ...toldAnew, payment: JSON.stringify(payment) };
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
    .onConflict((conflict) => conflict.columns(['utility_id', 'id']).doUpdateSet((known) => ({ number: known.ref('excluded.number'), holder: known.ref('excluded.holder'), ...toldAnew })))
    .execute();
  for (const { what, unit, price, from, to } of prices) {
    await db
      .insertInto('contract_price')
      .values({ utility_id, contract_id: contract.id, what, unit, price, valid_from: from, valid_to: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const { what, rate, from, to } of taxes) {
    await db
      .insertInto('contract_tax')
      .values({ utility_id, contract_id: contract.id, what, rate, valid_from: from, valid_to: to })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function seedConsentTexts(db: Database, utility_id: string): Promise<void> {
  for (const { purpose, recipient, text: { version, title, text, months } } of offeredConsents) {
    await db
      .insertInto('consent_text')
      .values({
        utility_id,
        purpose,
        recipient_id: recipient?.id ?? '',
        recipient_name: recipient?.name ?? null,
        version,
        title: JSON.stringify(title),
        text: JSON.stringify(text),
        months: months ?? null,
        in_force_from: CONSENT_TEXTS_SINCE,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** How the personas' consents came to stand as they do; what a visitor of the demo did since stays. */
async function seedConsents(db: Database, { utility, customer, id }: Persona, source: PersonaMeter, now: number): Promise<void> {
  const meter = await db.selectFrom('meter').select('key').where('utility_id', '=', utility).where('id', '=', source.meter.id).executeTakeFirstOrThrow();
  const known = await db.selectFrom('consent_event').select('key').where('meter_key', '=', meter.key).where('text_version', 'is not', null).limit(1).execute();
  if (known.length > 0) return;
  const hasAccount = personas.some((persona) => persona.id === id);
  const events = consentsOf(source, instant(now)).flatMap(({ purpose, recipient, state, since, text: words }): ConsentHappening[] => {
    if (since === null) return [];
    const at = Date.parse(since);
    const about = { purpose, recipient, words };
    const asked = { ...about, kind: 'requested', state: 'requested', at: state === 'requested' ? at : at - CONSENT_DAYS * DAY_MS, actor: 'customer', customer_id: hasAccount ? customer.id : null, channel: hasAccount ? 'web' : 'counter' } as const;
    return state !== 'active' ? [asked] : [asked, { ...about, kind: 'active', state, at, actor: 'network-operator', customer_id: null, channel: 'system' }];
  });
  await appendConsentEvents(db, { key: meter.key, utilityId: utility }, events);
}

/** From the year in which the first meter began, up to yesterday. */
async function seedWeather(db: Database, utility_id: string, today: LocalDay): Promise<void> {
  const { last } = await db.selectFrom('weather_day').select(({ fn }) => fn.max('day').as('last')).where('utility_id', '=', utility_id).executeTakeFirstOrThrow();
  const days = daysFrom(last === null ? stepStart(firstDay(), 'year') : addDays(last, 1), today).map((day) => ({ day, ...weatherOn(day) }));
  if (days.length === 0) return;
  await sql`
    insert into weather_day (utility_id, day, temperature, degree_days)
    select ${utility_id}, day::date, temperature, degree_days
    from unnest(${days.map(({ day }) => day)}::text[], ${days.map(({ temperature }) => temperature)}::integer[], ${days.map(({ degreeDays }) => degreeDays)}::integer[])
      as weather (day, temperature, degree_days)`.execute(db);
}

/** An ordinary week, told from now; what a visitor of the demo has said of it since stays for the day. */
async function seedOutages(db: Database, utility_id: string, now: number): Promise<void> {
  const told = outagesOf(utility_id, instant(now));
  const ids = told.map(({ id }) => id);
  if (ids.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('outage').where('utility_id', '=', utility_id).where('id', 'in', ids).where('changed_at', '<', new Date(now - RETOLD_OUTAGES_MS)).execute();
    for (const { id, kind, energy, cause, areas, households, state, startsAt, estimatedEnd, endedAt, history } of told) {
      const { numInsertedOrUpdatedRows = 0n } = await transaction
        .insertInto('outage')
        .values({ id, utility_id, kind, energy, cause, areas: JSON.stringify(areas), households, state, starts_at: new Date(startsAt), estimated_end: dateOf(estimatedEnd), ended_at: dateOf(endedAt), changed_at: new Date(now) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 0n) continue;
      await transaction
        .insertInto('outage_update')
        // Nobody is told of what was before they came: news is what is said from now on.
        .values(history.map((said) => ({ outage_id: id, at: new Date(said.at), state: said.state, starts_at: new Date(said.startsAt), estimated_end: dateOf(said.estimatedEnd), note: said.note && JSON.stringify(said.note) })))
        .execute();
    }
  });
}

/** As RTE would have told it by now. */
async function seedSignals(db: Database, now: number): Promise<void> {
  const timeZone = utilities[0]?.timeZone as TimeZone;
  const days = tempoDaysAt({ from: addDays(firstDay(), -1), to: addDays(localDay(now, timeZone), 2) }, now, timeZone).map((day) => ({ ...day, isProvisional: day.isProvisional ?? false }));
  const zoneOf = (utilityId: string) => utilities.find(({ id }) => id === utilityId)?.timeZone ?? timeZone;
  await db.transaction().execute(async (transaction) => {
    await storeTempo(transaction, days, noCounts(), { at: new Date(now), importKey: null }, zoneOf);
    await storeEcoWatt(transaction, ecowattAt(now, timeZone).days, noCounts());
  });
}

/** The first day that any meter knows of. */
function firstDay(): LocalDay {
  return [...personas, ...prospects].flatMap(({ meters }) => meters.flatMap(({ dataFrom }) => dataFrom ?? [])).sort()[0] as LocalDay;
}

function daysFrom(from: LocalDay, to: LocalDay): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}

async function seedMeasurements(db: Database, { utility: utilityId, contracts }: Pick<Persona, 'utility' | 'contracts'>, source: PersonaMeter, now: number): Promise<void> {
  const meter = await db
    .selectFrom('meter')
    .leftJoin('channel', (join) => join.onRef('channel.meter_key', '=', 'meter.key').on('channel.direction', '=', 'consumption'))
    .select(['meter.key', 'meter.kind', 'meter.has_load_curve', 'channel.days_to', 'channel.counted_by'])
    .select(consentStates.as('consents'))
    .where('meter.utility_id', '=', utilityId)
    .where('meter.id', '=', source.meter.id)
    .executeTakeFirstOrThrow();
  const at = instant(now);
  // A folder that knows nothing of registers, powers and volumes gets them for all its days.
  const period = missingPeriod(source, meter.counted_by === null ? null : meter.days_to, at);
  const days = [...measuredDays(source, period, at)];
  const curves = loadCurveOf(meter) === 'collected' ? await curvesOf(db, meter.key, source, period, at) : [];
  await ensureMonths(db, curves.map(({ day }) => day));
  const collects = { curve: loadCurveOf(meter) === 'collected', days: isCollected(meter, 'daily-collection'), powers: isCollected(meter, 'maximum-power') };
  const kept = { curve: await firstKept(db, meter.key, 'curve-collection', source), days: await firstKept(db, meter.key, 'daily-collection', source), powers: await firstKept(db, meter.key, 'maximum-power', source) };

  const { measuredUntil, collectedAt, nextExpectedAt } = freshness(source, at);
  const store = async (transaction: Transaction<Schema>, direction: 'consumption' | 'production', flows: readonly (MeasuredFlow & { day: LocalDay })[]) => {
    const channel: Channel = await openChannel(transaction, meter.key, direction, source.timeZone, { at: new Date(now), importKey: null });
    await countAnew(transaction, channel);
    const withCurve = collects.curve ? flows.filter(({ day, curve }) => day >= kept.curve && curve.length > 0).map(({ day, curve }) => ({ day, segments: curve })) : [];
    if (withCurve.length > 0) await storeCurve(transaction, channel, withCurve, noCounts());
    else if (collects.days) await storeDays(transaction, channel, flows.filter(({ day }) => day >= kept.days).map(({ energy }) => energy), noCounts());
    const powers = collects.powers ? flows.filter(({ day }) => day >= kept.powers) : [];
    await storePowers(transaction, channel, { unit: powerUnitOf(source.meter), days: powers.map(({ day, energy: { maximumPower = null, quality } }) => ({ day, power: maximumPower, at: null, quality })) }, noCounts());
    if (collects.curve || collects.days) await noteFreshness(transaction, channel, measuredUntil, collectedAt);
    return channel;
  };
  await db.transaction().execute(async (transaction) => {
    const channel = await store(transaction, 'consumption', days);
    // Of a customer who consented since.
    if (source.meter.loadCurve !== 'collected') await storeCurve(transaction, channel, curves, noCounts());
    if (source.meter.production) await store(transaction, 'production', days.flatMap(({ day, production }) => (production ? [{ day, ...production }] : [])));
    if (source.meter.kind !== 'hand-read') await seedCollected(transaction, channel, source, contracts.find(({ id }) => id === source.meter.contractId) as Contract, at);
    if (source.meter.kind === 'hand-read') await sql`update meter set next_reading_at = ${nextExpectedAt}::timestamptz where key = ${meter.key}`.execute(transaction);
  });
}

/** What was written already: once, as what the demo's visitors write comes after it. */
async function seedThreads(db: Database, persona: Persona): Promise<void> {
  const { utility: utilityId, customer } = persona;
  for (const { id, topic, about, state, messages } of threadsOfPersona(persona)) {
    const [first, last] = [messages[0], messages.at(-1)];
    if (!first || !last) continue;
    await db.transaction().execute(async (transaction) => {
      const { numInsertedOrUpdatedRows = 0n } = await transaction
        .insertInto('thread')
        .values({ id, utility_id: utilityId, customer_id: customer.id, topic, about: about ? JSON.stringify(about) : null, state, opened_at: new Date(first.at), last_at: new Date(last.at), last_from: last.from })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 0n) return;
      await transaction.insertInto('message').values(messages.map(({ from, author, at, words, isRead }) => ({ id: randomUUID(), thread_id: id, side: from, author, at: new Date(at), words, read_at: isRead ? new Date(at) : null }))).execute();
    });
  }
}

/** What was asked for already: once, as what becomes of it comes after. */
async function seedRequests(db: Database, persona: Persona): Promise<void> {
  const { utility: utilityId, customer } = persona;
  for (const { id, number, details, phone, steps } of requestsOfPersona(persona)) {
    const [first, last] = [steps[0], steps.at(-1)];
    if (!first || !last) continue;
    await db.transaction().execute(async (transaction) => {
      const { numInsertedOrUpdatedRows = 0n } = await transaction
        .insertInto('service_request')
        .values({ id, utility_id: utilityId, customer_id: customer.id, number, kind: details.kind, details: JSON.stringify(details), phone, state: last.state, sent_at: new Date(first.at), changed_at: new Date(last.at) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows === 0n) return;
      await transaction.insertInto('service_request_step').values(steps.map(({ state, at, by, author, words }) => ({ id: randomUUID(), request_id: id, state, at: new Date(at), side: by, author, words }))).execute();
    });
  }
}

/** What the meter's registers showed at the last midnight. */
async function seedCollected(transaction: Transaction<Schema>, channel: Channel, source: PersonaMeter, contract: Contract, at: Instant): Promise<void> {
  const reading = collectedReading(source, contract, at);
  if (!reading) return;
  const isGas = source.meter.energy === 'gas';
  const midnight = instant(dayStart(reading.on, source.timeZone));
  for (const { register, index } of reading.indexes) {
    await storeIndexes(transaction, channel, { register, grid: 'supplier', unit: isGas ? 'dm³' : 'Wh', readings: [{ at: midnight, value: index * UNITS_PER_COUNT, quality: 'real' }] }, noCounts());
  }
}

/** What was erased does not come again: only what is measured since its consent was given anew. */
async function firstKept(db: Database, meterKey: number, purpose: ConsentPurpose, { timeZone }: PersonaMeter): Promise<LocalDay> {
  const erased = await db.selectFrom('consent_event').select('key').where('meter_key', '=', meterKey).where('purpose', '=', purpose).where('kind', '=', 'erased').limit(1).execute();
  if (erased.length === 0) return '0000-01-01';
  const { at } = await db.selectFrom('consent_state').select('at').where('meter_key', '=', meterKey).where('purpose', '=', purpose).executeTakeFirstOrThrow();
  return localDay(at.getTime(), timeZone);
}

/** The load curve since it is collected. */
async function curvesOf(db: Database, meterKey: number, source: PersonaMeter, period: ReturnType<typeof missingPeriod>, now: Instant) {
  const { since } = await db.selectFrom('consent_state').select(({ fn }) => fn.max('at').as('since')).where('meter_key', '=', meterKey).where('purpose', 'in', CURVE_PURPOSES).executeTakeFirstOrThrow();
  const collected: PersonaMeter = { ...source, meter: { ...source.meter, loadCurve: 'collected' } };
  const first = since === null ? period.to : localDay((since as Date).getTime(), source.timeZone);
  return [...measuredDays(collected, source.meter.loadCurve === 'collected' || first < period.from ? period : { from: first, to: period.to }, now)]
    .filter(({ curve }) => curve.length > 0)
    .map(({ day, curve }) => ({ day, segments: curve }));
}

function dateOf(at: Instant | null): Date | null {
  return at === null ? null : new Date(at);
}

function missingPeriod(source: PersonaMeter, daysTo: LocalDay | null, now: string) {
  const { from, to } = availability(source, now) ?? { from: '1970-01-01', to: '1970-01-01' };
  const retold = daysTo && addDays(daysTo, -RETOLD_DAYS);
  return { from: retold !== null && retold > from ? retold : from, to };
}
