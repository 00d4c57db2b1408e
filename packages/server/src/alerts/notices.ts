/**
 * What is new is told: first it is spread, page by page, into a row for each who is told and each way; then the rows that are due
 * are told. A row is unique, so that a job that is tried again tells nobody twice; it waits for the end of quiet hours, and what is
 * no longer true by then is not told at all.
 */
import { addDays, ecowattNotices, instant, localDay, outagePhase, tempoNotice, tenseStretches, worksReminders, type AlertChannel, type AlertTopic, type EcowattDay, type Outage, type TempoColour } from '@oya/contract';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { languageFor } from '../identity/accounts.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { pageAddress } from '../mail/links.ts';
import { languageOf, type Language, type Message } from '../mail/messages.ts';
import type { Outbox } from '../mail/outbox.ts';
import { forgetReporters } from '../outages/reports.ts';
import { findOutage } from '../outages/read-outages.ts';
import type { Tenant, UtilityDirectory } from '../utilities.ts';
import { endMedicalNeedsOfLeft } from './medical-needs.ts';
import { createNewsQueue, SPREAD_PHASES, SPREAD_QUEUE, type News, type SignalNews, type Spread } from './news-queue.ts';
import { outageWords, type OutageFacts, type OutageWords, type ToldNews } from './outage-words.ts';
import type { PushSender } from './push-sender.ts';
import { everybody, recipientsOf, whoIsStillTold, type Recipient } from './recipients.ts';
import { signalWords, type SignalFacts } from './signal-words.ts';
import { oneSms, sentencesOf, SmsRefused, type SmsSender } from './sms.ts';

export interface AlertNoticesParts {
  readonly db: Database;
  readonly jobs: Jobs;
  readonly utilities: UtilityDirectory;
  readonly outbox: Outbox;
  readonly push: PushSender;
  /** Without one, no text messages are sent. */
  readonly sms: SmsSender | undefined;
  readonly channels: readonly AlertChannel[];
  /** Where the links of messages lead. */
  readonly siteOf: (utilityId: string) => string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

const TELL_QUEUE = 'alerts-tell';
const SWEEP_QUEUE = 'alerts-sweep';
const EACH_MINUTE = '* * * * *';
const SPREAD_AT_ONCE = 2;

const CLAIMED_AT_ONCE = 100;
const TOLD_AT_ONCE = 10;
/** A round gives way to the next, which may be another instance's. */
const ROUND_MS = 40_000;
/** Whoever claimed and has not said by then what came of it is gone. */
const CLAIM_MS = 120_000;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** After the last of them it is given up: old news is none. */
const DELAYS_MS: readonly number[] = [MINUTE_MS, 5 * MINUTE_MS, 20 * MINUTE_MS, HOUR_MS];
const LONGEST_WISH_MS = 2 * HOUR_MS;
/** A reminder that nobody could send on its day is one no more. */
const REMINDER_LATE_MS = 12 * HOUR_MS;
/** For so long one can be asked whether somebody was told. */
const KEPT_MS = 90 * DAY_MS;
const REMOVED_AT_ONCE = 1000;
const PUSH_LASTS_SECONDS = { outages: 6 * 3600, works: 2 * 86_400, ecowatt: 86_400, tempo: 86_400 } as const satisfies Record<AlertTopic, number>;

type NoticeRow = { readonly key: number; readonly utility_id: string; readonly subject: string; readonly change: string; readonly recipient: string; readonly channel: AlertChannel; readonly contract_id: string | null; readonly attempts: number };
type Outcome = 'sent' | 'stale' | 'failed' | { readonly laterMs: number };

export class AlertNotices {
  readonly #parts: AlertNoticesParts;
  #stopped = false;

  constructor(parts: AlertNoticesParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { jobs } = this.#parts;
    await createNewsQueue(jobs);
    // One waits and one is at work, in whatever instance.
    await jobs.createQueue(TELL_QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: 300, retentionSeconds: 300, deleteAfterSeconds: 1 });
    await jobs.createQueue(SWEEP_QUEUE, { policy: 'stately', retryLimit: 0, expireInSeconds: 300, retentionSeconds: 300, deleteAfterSeconds: 1 });
    await jobs.work(SPREAD_QUEUE, (data) => this.spread(data as Spread), { atOnce: SPREAD_AT_ONCE });
    await jobs.work(TELL_QUEUE, () => this.#tellRound(), { atOnce: 1 });
    await jobs.work(SWEEP_QUEUE, () => this.sweep(), { atOnce: 1 });
    await jobs.schedule(SWEEP_QUEUE, EACH_MINUTE, 'UTC');
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Each minute: works that come, what is due since quiet hours ended or is tried again, and what is forgotten. */
  async sweep(): Promise<void> {
    const { db, utilities, now } = this.#parts;
    await this.#remind();
    await this.#tellSignals();
    await this.#wake();
    await sql`
      delete from alert_notice where key in (
        select key from alert_notice where state <> 'waiting' and told_at < ${new Date(now() - KEPT_MS)} order by told_at limit ${REMOVED_AT_ONCE} for update skip locked
      )`.execute(db);
    await forgetReporters(db, now());
    for (const id of await utilities.ids()) {
      const tenant = await utilities.find(id);
      if (tenant) await endMedicalNeedsOfLeft(db, tenant.utility, now());
    }
  }

  /** One page of those who are told; the next waits in the queue with it. */
  async spread(spread: Spread): Promise<void> {
    const { db, jobs, utilities, channels, now, outbox } = this.#parts;
    const tenant = await utilities.find(spread.utilityId);
    if (tenant && 'topic' in spread.news) return this.#spreadSignal(tenant, spread, spread.news);
    if (!tenant || 'topic' in spread.news) return;
    const { news } = spread;
    const outage = await this.#find(tenant, news.outageId);
    // What came after it is spread by itself.
    if (!outage || !(await isTrue(db, news, outage, now()))) return;
    const topic = outage.kind === 'works' ? 'works' : 'outages';
    if (!tenant.alertRules.topics.includes(topic)) return;
    await outbox.prepare();
    await db.transaction().execute(async (transaction) => {
      const { recipients, after } = await recipientsOf(transaction, spread.phase, outage, { utility: tenant.utility, channels, topic, now: now() }, spread.after);
      const isForOthers = 'updateKey' in news && (await isExtension(transaction, news.updateKey));
      const knowing = isForOthers ? await whoKnow(transaction, tenant.utility.id, outage.id, recipients) : new Set<string>();
      await this.#note(transaction, tenant.utility.id, subjectOf(outage.id), changeOf(news), recipients.filter(({ recipient, channel }) => !knowing.has(`${recipient} ${channel}`)));
      const next = after === undefined ? SPREAD_PHASES[SPREAD_PHASES.indexOf(spread.phase) + 1] : spread.phase;
      if (next) await jobs.send(SPREAD_QUEUE, { ...spread, phase: next, after: after ?? '' } satisfies Spread, {}, transaction);
    });
    await this.#wake();
  }

  /** The same of a day's signal, to whoever asked to be told: it has no place. */
  async #spreadSignal({ utility, alertRules }: Tenant, spread: Spread, news: SignalNews): Promise<void> {
    const { db, jobs, channels, now } = this.#parts;
    const { topic, day } = news;
    if (!alertRules.topics.includes(topic) || spread.phase === 'communes' || !(await isLastTurn(db, utility.id, news))) return;
    const { phase } = spread;
    await db.transaction().execute(async (transaction) => {
      const { recipients, after } = await everybody(transaction, phase, { utility, channels, topic, now: now() }, spread.after);
      await this.#note(transaction, utility.id, `${topic}:${day}`, `${news.value}:${news.turn}`, recipients);
      const next = after !== undefined ? phase : phase === 'addresses' ? 'followers' : undefined;
      if (next) await jobs.send(SPREAD_QUEUE, { ...spread, phase: next, after: after ?? '' } satisfies Spread, {}, transaction);
    });
    await this.#wake();
  }

  /** What of the energy weather is news since the last minute: of a day once for each turn of its level or colour. */
  async #tellSignals(): Promise<void> {
    const { db, utilities, now } = this.#parts;
    for (const id of await utilities.ids()) {
      const tenant = await utilities.find(id);
      if (!tenant) continue;
      const today = localDay(now(), tenant.utility.timeZone);
      const { topics } = tenant.alertRules;
      if (topics.includes('ecowatt')) {
        const days = (await db.selectFrom('ecowatt_day').selectAll().where('day', '>=', today).orderBy('day').execute()).map(ecowattDayOf);
        const told = await db.selectFrom('told_signal').select(['day', 'value']).where('utility_id', '=', id).where('topic', '=', 'ecowatt').where('day', '>=', today).execute();
        for (const { day, level } of ecowattNotices(days, told.map((each) => ({ day: each.day, level: Number(each.value) as EcowattDay['level'] })))) await this.#newSignal(id, { topic: 'ecowatt', day, value: String(level) });
      }
      if (topics.includes('tempo')) {
        const tomorrow = addDays(today, 1);
        const row = await db.selectFrom('tempo_day').select(['day', 'colour', 'is_provisional']).where('day', '=', tomorrow).executeTakeFirst();
        const told = await db.selectFrom('told_signal').select('value').where('utility_id', '=', id).where('topic', '=', 'tempo').where('day', '=', tomorrow).executeTakeFirst();
        const notice = tempoNotice(row && { day: row.day, colour: row.colour, ...(row.is_provisional && { isProvisional: true }) }, told?.value as TempoColour | undefined);
        if (notice) await this.#newSignal(id, { topic: 'tempo', day: notice.day, value: notice.colour });
      }
    }
  }

  /** Of two instances that see it, one tells it. */
  async #newSignal(utilityId: string, { topic, day, value }: Omit<SignalNews, 'turn'>): Promise<void> {
    const { db, jobs } = this.#parts;
    await db.transaction().execute(async (transaction) => {
      const told = await transaction
        .insertInto('told_signal')
        .values({ utility_id: utilityId, topic, day, value })
        .onConflict((conflict) => conflict.columns(['utility_id', 'topic', 'day']).doUpdateSet({ value, turn: sql`told_signal.turn + 1` }).where('told_signal.value', '<>', value))
        .returning('turn')
        .executeTakeFirst();
      if (told) await jobs.send(SPREAD_QUEUE, { utilityId, news: { topic, day, value, turn: told.turn }, phase: 'addresses', after: '' } satisfies Spread, {}, transaction);
    });
  }

  /** Tells what is due, until nothing is. @returns whether more may be due at once */
  async tell(): Promise<boolean> {
    const { now } = this.#parts;
    const end = performance.now() + ROUND_MS;
    while (!this.#stopped && performance.now() < end) {
      const claimed = await this.#claim();
      if (claimed.length === 0) return false;
      const factsOf = this.#factsOf(claimed, now());
      for (let index = 0; index < claimed.length; index += TOLD_AT_ONCE) {
        await Promise.all(claimed.slice(index, index + TOLD_AT_ONCE).map((notice) => this.#tellOne(notice, factsOf, now())));
      }
    }
    return !this.#stopped;
  }

  async #tellRound(): Promise<void> {
    try {
      if (await this.tell()) await this.#parts.jobs.send(TELL_QUEUE, {}, { singletonKey: 'tell' });
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  async #wake(): Promise<void> {
    const { db, jobs, now } = this.#parts;
    const due = await db.selectFrom('alert_notice').select('key').where('state', '=', 'waiting').where('due_at', '<=', new Date(now())).limit(1).executeTakeFirst();
    if (due && !this.#stopped) await jobs.send(TELL_QUEUE, {}, { singletonKey: 'tell' });
  }

  async #note(transaction: Transaction<Schema>, utility_id: string, subject: string, change: string, recipients: readonly Recipient[]): Promise<void> {
    if (recipients.length === 0) return;
    await transaction
      .insertInto('alert_notice')
      .values(recipients.map(({ recipient, channel, contractId, dueAt }) => ({ utility_id, subject, change, recipient, channel, contract_id: contractId, due_at: new Date(dueAt) })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** Works that begin in ten days, and tomorrow: once, for the time at which they begin. */
  async #remind(): Promise<void> {
    const { db, jobs, utilities, now } = this.#parts;
    const at = now();
    const coming = await db.selectFrom('outage').select(['id', 'utility_id', 'starts_at']).where('kind', '=', 'works').where('state', '=', 'planned').where('starts_at', '>', new Date(at)).where('starts_at', '<', new Date(at + 11 * DAY_MS)).execute();
    for (const { id: outageId, utility_id: utilityId, starts_at } of coming) {
      const tenant = await utilities.find(utilityId);
      const outage = tenant && (await this.#find(tenant, outageId));
      if (!tenant || !outage) continue;
      const announcedAt = Date.parse(outage.history.find((said) => said.startsAt === outage.startsAt)?.at ?? outage.startsAt);
      const due = worksReminders(outage, announcedAt, tenant.utility.timeZone).filter((reminder) => reminder.at <= at && at - reminder.at < REMINDER_LATE_MS);
      for (const { days } of due) {
        await db.transaction().execute(async (transaction) => {
          const { numInsertedOrUpdatedRows = 0n } = await transaction.insertInto('outage_reminder').values({ outage_id: outageId, starts_at, days }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
          if (numInsertedOrUpdatedRows > 0n) await jobs.send(SPREAD_QUEUE, { utilityId, news: { outageId, days, startsAt: outage.startsAt }, phase: 'addresses', after: '' } satisfies Spread, {}, transaction);
        });
      }
    }
  }

  async #claim(): Promise<NoticeRow[]> {
    const { db, now } = this.#parts;
    const at = new Date(now());
    const { rows } = await sql<NoticeRow>`
      update alert_notice as notice set claimed_until = ${new Date(now() + CLAIM_MS)}, attempts = notice.attempts + 1
      where notice.key in (
        select key from alert_notice where state = 'waiting' and due_at <= ${at} and (claimed_until is null or claimed_until <= ${at})
        order by due_at, key limit ${CLAIMED_AT_ONCE} for update skip locked
      )
      returning key, utility_id, subject, change, recipient, channel, contract_id, attempts`.execute(db);
    return rows;
  }

  async #tellOne(notice: NoticeRow, factsOf: (notice: NoticeRow) => Promise<Facts | undefined>, at: number): Promise<void> {
    const { db, onError } = this.#parts;
    let outcome: Outcome;
    try {
      const facts = await factsOf(notice);
      outcome = facts ? await this.#hand(notice, facts, at) : 'stale';
    } catch (error) {
      onError(error);
      outcome = { laterMs: 0 };
    }
    // A mail is noted with the transaction that posts it.
    if (outcome === 'sent' && notice.channel === 'email') return;
    const delay = DELAYS_MS[notice.attempts - 1];
    const isOver = typeof outcome === 'string' || delay === undefined;
    const state = typeof outcome === 'string' ? outcome : isOver ? 'failed' : 'waiting';
    await db
      .updateTable('alert_notice')
      .set({ state, claimed_until: null, ...(isOver ? { told_at: new Date(at) } : { due_at: new Date(at + Math.max(delay ?? 0, typeof outcome === 'string' ? 0 : Math.min(outcome.laterMs, LONGEST_WISH_MS))) }) })
      .where('key', '=', notice.key)
      .execute();
  }

  /** Of notices of the same news once, when the first of them is told: what it is, and who of them still wants it. */
  #factsOf(claimed: readonly NoticeRow[], at: number): (notice: NoticeRow) => Promise<Facts | undefined> {
    const known = new Map<string, Promise<Facts | undefined>>();
    const aboutOf = ({ utility_id, subject, change }: NoticeRow) => `${utility_id} ${subject} ${change}`;
    const read = async (notice: NoticeRow): Promise<Facts | undefined> => {
      const news = await this.#facts(notice, at);
      if (!news) return undefined;
      const { db, channels } = this.#parts;
      const outage = 'outage' in news ? news.outage : undefined;
      const recipients = claimed.filter((each) => aboutOf(each) === aboutOf(notice)).map(({ recipient }) => recipient);
      const wanted = await whoIsStillTold(db, outage, { utility: news.tenant.utility, channels, topic: topicOf(news), now: at }, recipients);
      return { ...news, wanted, knowing: 'outage' in news && isOfChange(news) ? await whoWereTold(db, notice, recipients) : new Set() };
    };
    return (notice) => {
      const facts = known.get(aboutOf(notice)) ?? read(notice);
      known.set(aboutOf(notice), facts);
      return facts;
    };
  }

  /** What is told, as it stands now; `undefined` where it is no longer true. */
  async #facts({ utility_id, subject, change }: NoticeRow, at: number): Promise<ToTell | undefined> {
    const { db, utilities } = this.#parts;
    const tenant = await utilities.find(utility_id);
    const signal = signalOf(subject, change);
    if (signal) return tenant && (await this.#signalFacts(tenant, signal, at));
    const outageId = outageIdOf(subject);
    const news = newsOf(outageId, change);
    const outage = tenant && news && (await this.#find(tenant, outageId));
    if (!tenant || !outage || !(await isTrue(db, news, outage, at))) return undefined;
    const update = 'updateKey' in news ? await db.selectFrom('outage_update').select(['news', 'note']).where('key', '=', news.updateKey).executeTakeFirst() : undefined;
    return { tenant, outage, news: update?.news === 'extended' ? 'announced' : (update?.news ?? 'reminder'), note: update?.note ?? null };
  }

  async #signalFacts(tenant: Tenant, news: SignalNews, at: number): Promise<ToTell | undefined> {
    const { db } = this.#parts;
    const { topic, day, value, turn } = news;
    const isChange = turn > 1;
    if (day < localDay(at, tenant.utility.timeZone) || !(await isLastTurn(db, tenant.utility.id, news))) return undefined;
    if (topic === 'tempo') return { tenant, signal: { topic, day, isChange, colour: value as TempoColour } };
    const row = await db.selectFrom('ecowatt_day').selectAll().where('day', '=', day).executeTakeFirst();
    return row && { tenant, signal: { topic, day, isChange, level: Number(value) as EcowattDay['level'], stretches: tenseStretches(ecowattDayOf(row)) } };
  }

  async #hand(row: NoticeRow, known: Facts, at: number): Promise<Outcome> {
    // What they took back while it waited is not told; the address may be another of theirs by now.
    const wanted = known.wanted.find(({ recipient, channel }) => recipient === row.recipient && channel === row.channel);
    if (!wanted) return 'stale';
    const notice: NoticeRow = { ...row, contract_id: wanted.contractId };
    const [kind = '', id = ''] = notice.recipient.split(':');
    // What changed means nothing to whom it reaches only since.
    const isFirst = 'outage' in known && isOfChange(known) && !known.knowing.has(row.recipient);
    const facts: Facts = isFirst ? { ...known, news: 'announced' } : known;
    if (kind === 'customer') return this.#handToCustomer(notice, id, facts, at);
    return this.#handToBrowser(notice, kind === 'device' ? 'push_device' : 'alert_follower', id, facts, at);
  }

  async #handToCustomer({ key, channel, contract_id }: NoticeRow, customerId: string, facts: Facts, at: number): Promise<Outcome> {
    const { db, outbox, sms } = this.#parts;
    const { utility } = facts.tenant;
    const customer = await db
      .selectFrom('customer')
      .leftJoin('credential', (join) => join.onRef('credential.utility_id', '=', 'customer.utility_id').onRef('credential.customer_id', '=', 'customer.id'))
      .select(['customer.language', 'customer.phone', 'credential.email'])
      .where('customer.utility_id', '=', utility.id)
      .where('customer.id', '=', customerId)
      .executeTakeFirst();
    const to = channel === 'email' ? customer?.email : customer?.phone;
    if (!customer || to === null || to === undefined) return 'stale';
    const tag = languageFor(customer, utility);
    const language = languageOf(tag);
    const { message, title, body, url } = await this.#toldOf(facts, contract_id, language, at);
    if (channel === 'email') {
      await outbox.prepare();
      await db.transaction().execute(async (transaction) => {
        await outbox.post({ utilityId: utility.id, to, language: tag, message }, transaction);
        await transaction.updateTable('alert_notice').set({ state: 'sent', claimed_until: null, told_at: new Date(at) }).where('key', '=', key).execute();
      });
      return 'sent';
    }
    if (!sms) return 'failed';
    try {
      await sms.send({ to, sender: utility.name, text: oneSms([`${utility.name}${language === 'fr' ? ' : ' : ': '}${title}.`, ...sentencesOf(body)], url), key: `notice-${key}` });
      return 'sent';
    } catch (error) {
      if (error instanceof SmsRefused) return 'failed';
      throw error;
    }
  }

  async #handToBrowser({ contract_id, subject }: NoticeRow, table: 'push_device' | 'alert_follower', id: string, facts: Facts, at: number): Promise<Outcome> {
    const { db, push, onError } = this.#parts;
    const { utility } = facts.tenant;
    const browser =
      table === 'alert_follower'
        ? await db.selectFrom('alert_follower').select(['endpoint', 'p256dh', 'auth', 'language']).where('utility_id', '=', utility.id).where('id', '=', id).executeTakeFirst()
        : await db
            .selectFrom('push_device as device')
            .innerJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'device.utility_id').onRef('customer.id', '=', 'device.customer_id'))
            .select(['device.endpoint', 'device.p256dh', 'device.auth', 'customer.language'])
            .where('device.utility_id', '=', utility.id)
            .where('device.id', '=', id)
            .executeTakeFirst();
    if (!browser) return 'stale';
    const { endpoint, p256dh, auth } = browser;
    const language = languageOf(languageFor(browser, utility));
    const { title, body, url, topic, isUrgent } = await this.#toldOf(facts, contract_id, language, at);
    const outcome = await push.send({ endpoint, p256dh, auth, payload: { title, body, url, tag: subject, lang: language, ...(isUrgent && { urgent: true }) }, ttlSeconds: PUSH_LASTS_SECONDS[topic] });
    if (outcome.is === 'gone') {
      await db.deleteFrom(table).where('utility_id', '=', utility.id).where('id', '=', id).execute();
      return 'failed';
    }
    if (outcome.is === 'sent') return 'sent';
    onError(new Error(outcome.text));
    return outcome.is === 'refused' ? 'failed' : { laterMs: (outcome.retryAfterSeconds ?? 0) * 1000 };
  }

  /** With their own address where that is what is reached. */
  async #toldOf(facts: Facts, contractId: string | null, language: Language, at: number): Promise<Told> {
    const { db, siteOf } = this.#parts;
    const { utility } = facts.tenant;
    const url = pageAddress(utility, siteOf(utility.id), 'alerts');
    if ('signal' in facts) return { ...signalWords(facts.signal, language), message: { kind: 'signal-news', facts: facts.signal, address: url }, url, topic: topicOf(facts), isUrgent: false };
    const { outage, news, note } = facts;
    const place =
      contractId === null
        ? undefined
        : await db
            .selectFrom('contract')
            .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
            .select(['site.address', 'site.commune'])
            .where('contract.utility_id', '=', utility.id)
            .where('contract.id', '=', contractId)
            .executeTakeFirst();
    const all = [...new Set(outage.areas.map(({ name }) => name))];
    const told: OutageFacts = {
      news,
      kind: outage.kind,
      energy: outage.energy,
      cause: outage.cause,
      communes: place ? [place.commune] : all,
      startsAt: Date.parse(outage.startsAt),
      estimatedEnd: outage.estimatedEnd === null ? null : Date.parse(outage.estimatedEnd),
      address: place ? place.address : null,
      note: note === null ? null : (language === 'en' ? note.en : undefined) ?? note.fr,
    };
    const topic = topicOf(facts);
    return { ...outageWords(told, language, utility.timeZone, at), message: { kind: 'outage-news', facts: told, at, address: url }, url, topic, isUrgent: topic === 'outages' && news !== 'restored' };
  }

  async #find({ utility }: Tenant, outageId: string): Promise<Outage | undefined> {
    const row = await this.#parts.db.selectFrom('outage').select('id').where('utility_id', '=', utility.id).where('id', '=', outageId).executeTakeFirst();
    return row && findOutage(this.#parts.db, utility.id, outageId);
  }
}

type ToTell = { readonly tenant: Tenant } & (
  | { readonly outage: Outage; readonly news: ToldNews; readonly note: { readonly fr: string; readonly en?: string | undefined } | null }
  | { readonly signal: SignalFacts }
);

/** With those who are to be told and still want it, each by the ways that they want. */
type Facts = ToTell & {
  readonly wanted: readonly Recipient[];
  /** Of what changes: who of them was told of it before. */
  readonly knowing: ReadonlySet<string>;
};

function topicOf(news: ToTell): AlertTopic {
  if ('signal' in news) return news.signal.topic;
  return news.outage.kind === 'works' ? 'works' : 'outages';
}

/** As one who is told reads it. */
interface Told extends OutageWords {
  readonly message: Message;
  readonly url: string | undefined;
  readonly topic: AlertTopic;
  readonly isUrgent: boolean;
}

function ecowattDayOf({ day, level, message, generated_at, hours }: { readonly day: string; readonly level: number; readonly message: string; readonly generated_at: Date; readonly hours: readonly (number | null)[] }): EcowattDay {
  return { day, level: level as EcowattDay['level'], message, generatedAt: instant(generated_at.getTime()), hours: hours as EcowattDay['hours'] };
}

function signalOf(subject: string, change: string): SignalNews | undefined {
  const [, topic, day] = /^(ecowatt|tempo):(.+)$/.exec(subject) ?? [];
  const [value = '', turn] = change.split(':');
  return topic === undefined || day === undefined ? undefined : { topic: topic as SignalNews['topic'], day, value, turn: Number(turn) };
}

/** Whether none was told of the day since. */
async function isLastTurn(db: Database, utilityId: string, { topic, day, turn }: SignalNews): Promise<boolean> {
  const row = await db.selectFrom('told_signal').select('turn').where('utility_id', '=', utilityId).where('topic', '=', topic).where('day', '=', day).executeTakeFirst();
  return row?.turn === turn;
}

function subjectOf(outageId: string): string {
  return `outage:${outageId}`;
}

function outageIdOf(subject: string): string {
  return subject.slice('outage:'.length);
}

function changeOf(news: News): string {
  return 'updateKey' in news ? `update:${news.updateKey}` : `days:${news.days}:${news.startsAt}`;
}

function newsOf(outageId: string, change: string): News | undefined {
  const [, update, days, startsAt] = /^(?:update:(\d+)|days:(\d+):(.+))$/.exec(change) ?? [];
  if (update !== undefined) return { outageId, updateKey: Number(update) };
  return days === undefined || startsAt === undefined ? undefined : { outageId, days: Number(days), startsAt };
}

/** Whether it is still the last word on that outage. */
async function isTrue(db: Database, news: News, outage: Outage, at: number): Promise<boolean> {
  if (!('updateKey' in news)) return outagePhase(outage, at) === 'planned' && instant(Date.parse(news.startsAt)) === outage.startsAt;
  // Works whose time is over while nobody could be told are told to nobody as if they came.
  if (outage.kind === 'works' && outage.state === 'planned' && outage.estimatedEnd !== null && Date.parse(outage.estimatedEnd) <= at) return false;
  // That it reaches others as well takes nothing back.
  const later = await db.selectFrom('outage_update').select('key').where('outage_id', '=', outage.id).where('key', '>', news.updateKey).where('news', 'is not', null).where('news', '<>', 'extended').limit(1).executeTakeFirst();
  return later === undefined;
}

async function isExtension(db: Kysely<Schema>, updateKey: number): Promise<boolean> {
  const update = await db.selectFrom('outage_update').select('news').where('key', '=', updateKey).executeTakeFirst();
  return update?.news === 'extended';
}

/** Who of them was told of an outage or will be, each with the way. */
async function whoKnow(db: Kysely<Schema>, utilityId: string, outageId: string, recipients: readonly Recipient[]): Promise<Set<string>> {
  if (recipients.length === 0) return new Set();
  const rows = await db
    .selectFrom('alert_notice')
    .select(['recipient', 'channel'])
    .where('utility_id', '=', utilityId)
    .where('subject', '=', subjectOf(outageId))
    .where('state', 'in', ['waiting', 'sent'])
    .where('recipient', 'in', [...new Set(recipients.map(({ recipient }) => recipient))])
    .execute();
  return new Set(rows.map(({ recipient, channel }) => `${recipient} ${channel}`));
}

function isOfChange({ news }: { readonly news: ToldNews }): boolean {
  return news === 'changed' || news === 'end-moved';
}

/** To whom other news of the same outage was told. */
async function whoWereTold(db: Database, { utility_id, subject, change }: NoticeRow, recipients: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom('alert_notice')
    .select('recipient')
    .distinct()
    .where('utility_id', '=', utility_id)
    .where('subject', '=', subject)
    .where('change', '<>', change)
    .where('state', '=', 'sent')
    .where('recipient', 'in', recipients)
    .execute();
  return new Set(rows.map(({ recipient }) => recipient));
}
