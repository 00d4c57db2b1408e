/** The tables, as Kysely sees them. Their SQL is in `migrations`. */
import type { ColumnType, Generated } from 'kysely';
import type {
  AccessGrant,
  Activity,
  AlertChannel,
  AlertChoice,
  AlertTopic,
  Attachment,
  AttachmentPurpose,
  Bill,
  ChangeRequest,
  ConsentEvent,
  ConsentFailure,
  ConsentPurpose,
  ConsentState,
  ContractPrice,
  ContractRole,
  DatedTax,
  Device,
  Direction,
  Energy,
  InvoiceKind,
  LocalDay,
  LocalizedText,
  MessageReading,
  Meter,
  MeterChange,
  NotificationChoice,
  OffPeak,
  Outage,
  OutageArea,
  OutageExtent,
  OutageNews,
  PaymentMeans,
  PaymentOutcome,
  PaymentPlan,
  PlanPart,
  PostalAddress,
  ProofKind,
  QuietHours,
  ReadIndex,
  ReadingSource,
  ReadingState,
  RequestDetails,
  RequestKind,
  RequestState,
  RequestStep,
  Resolution,
  SignInWay,
  TempoColour,
  Thread,
  ThreadSide,
  ThreadSubject,
  ThreadTopic,
} from '@oya/contract';
import type { AgentDuty } from '../agents/agents.ts';
import type { Dataset, Outcome, Signal } from '../collection/connector.ts';
import type { Gap } from '../collection/gaps.ts';

/** Written as a `Date`, read as one. */
type Timestamp = ColumnType<Date, Date, Date>;
/** Written as text, read as whatever the document holds: validate it. */
type Json<T> = ColumnType<T, string, string>;
/** The same, with a value of its own where none is written. */
type Defaulted<T> = ColumnType<T, string | undefined, string>;
/** May be absent, and then needs not be written. */
type Optional<T, Written = T> = ColumnType<T | null, Written | null | undefined, Written | null>;

export interface Schema {
  utility: { id: string; description: Json<unknown>; access_rules: ColumnType<unknown, string, string>; account_rules: Defaulted<unknown>; payment_terms: Defaulted<unknown>; alert_rules: Defaulted<unknown> };
  customer: {
    utility_id: string;
    id: string;
    display_name: string;
    phone: Optional<string>;
    /** Where letters go. */
    address: Optional<PostalAddress, string>;
    /** One of the utility's; null for its first. */
    language: Optional<string>;
    /** What the customer chose; `notificationsOf` adds the rest. */
    notifications: Defaulted<NotificationChoice[]>;
    /** The customer's name at the utility's own OpenID Connect provider. */
    external_reference: Optional<string>;
  };
  /** `passkey_handle` is what devices know the account by: random, it says nothing of its owner. `login` and `email` as `canonicalLogin` writes them; a login never holds an `@`, so that the two cannot be confused. */
  credential: { utility_id: string; customer_id: string; login: string; email: string; password_hash: string | null; password_changed_at: Optional<Date>; passkey_handle: Generated<string> };
  /** Times are the server's clock; `token_hash` is the SHA-256 of what the cookie holds, `id` what its customer sees of it. */
  session: {
    token_hash: string;
    id: string;
    utility_id: string;
    customer_id: string;
    started_at: Timestamp;
    last_seen_at: Timestamp;
    remembered: boolean;
    way: SignInWay;
    kind: Device['kind'];
    browser: string | null;
    system: string | null;
  };
  /** What opens an account besides its password. `public_key` is COSE in base64url. */
  passkey: {
    id: string;
    utility_id: string;
    customer_id: string;
    credential_id: string;
    public_key: string;
    /** How often the device says that it was used; 0 for ever where it does not count. */
    counter: number;
    transports: string[];
    synced: boolean;
    label: string;
    created_at: Timestamp;
    last_used_at: Timestamp | null;
  };
  /** Digests only; `customer_id` is null for a sign-in. */
  passkey_challenge: { id_hash: string; utility_id: string; customer_id: string | null; challenge_hash: string; address_hash: string; expires_at: Timestamp };
  /** Another address that waits for its code; `id` leads to the code. */
  email_change: { utility_id: string; customer_id: string; id: string; email: string; expires_at: Timestamp };
  /** A change that the utility decides on. */
  change_request: {
    id: string;
    utility_id: string;
    customer_id: string;
    what: ChangeRequest['what'];
    address: Json<PostalAddress>;
    asked_at: Timestamp;
    state: ChangeRequest['state'];
    decided_at: Optional<Date>;
    reason: Optional<string>;
  };
  /** `subject` is a digest: neither login nor address can be read from it. */
  slowdown: { subject: string; failures: number; blocked_until: Timestamp; failed_at: Timestamp };
  site: { utility_id: string; id: string; label: string; address: string; postcode: string; commune: string };
  contract: {
    utility_id: string;
    id: string;
    site_id: string;
    energy: Energy;
    delivery_point: string;
    /** As printed on contract and invoices; empty as long as nobody filled it in. */
    number: string;
    holder: string;
    offer: string;
    subscribed_power_kva: number | null;
    valid_from: LocalDay;
    valid_to: LocalDay | null;
    off_peak: Defaulted<OffPeak[]>;
    payment: Defaulted<PaymentMeans>;
    prices_note: Optional<LocalizedText, string>;
    /** Around when the next invoice is issued. */
    next_invoice_on: Optional<LocalDay>;
  };
  /** In 10⁻⁵ €, tax included. */
  contract_price: { utility_id: string; contract_id: string; what: string; unit: ContractPrice['unit']; price: number; valid_from: LocalDay; valid_to: LocalDay | null };
  /** Who was asked to read a contract. `email` is canonical, `invitation_hash` the digest of what the mailed link holds. */
  access_grant: {
    id: string;
    utility_id: string;
    contract_id: string;
    email: string;
    language: string;
    state: AccessGrant['state'];
    invited_at: Timestamp;
    until: LocalDay | null;
    invitation_hash: string | null;
    customer_id: string | null;
  };
  /** A view of who sees which contract: holders, and readers until a day. Only for what a reader reads too. */
  contract_sight: { utility_id: string; customer_id: string; contract_id: string; role: ContractRole['role']; until: LocalDay | null };
  /** Whose account a contract is in. Readers are not here: a query that does not think of them shows them nothing. */
  contract_access: { utility_id: string; customer_id: string; contract_id: string };
  /** Without a bill it is known as the proof of a customer without an account, and no more. */
  invoice: {
    utility_id: string;
    number: string;
    contract_id: string;
    total_cents: number;
    issued_on: LocalDay;
    kind: Generated<InvoiceKind>;
    due_on: Optional<LocalDay>;
    period_from: Optional<LocalDay>;
    period_to: Optional<LocalDay>;
    is_estimated: Generated<boolean>;
    /** Number of the invoice that a credit note is about. */
    about: Optional<string>;
    bill: Optional<Bill, string>;
  };
  /** What came for an invoice; negative: what went back. The same `reference` counts once. */
  invoice_payment: { key: Generated<number>; utility_id: string; number: string; reference: string; paid_on: LocalDay; amount_cents: number; means: PaymentMeans['kind'] };
  /** `settled_by` is the number of the invoice that ended it. */
  instalment_plan: { utility_id: string; contract_id: string; period_from: LocalDay; period_to: LocalDay; settlement_on: LocalDay; settled_by: Optional<string>; agreed_cents: Optional<number> };
  instalment: { utility_id: string; contract_id: string; period_from: LocalDay; due_on: LocalDay; amount_cents: number; means: PaymentMeans['kind']; paid_on: Optional<LocalDay> };
  /** What a customer changed of what is to come: every time, for billing. */
  instalment_change: { key: Generated<number>; utility_id: string; contract_id: string; period_from: LocalDay; customer_id: string | null; changed_at: Timestamp; from_due_on: LocalDay; before_cents: number; amount_cents: number };
  invoice_dispute: { id: string; utility_id: string; number: string; customer_id: string | null; opened_at: Timestamp; words: string; answered_at: Optional<Date>; answer: Optional<string> };
  /** A file that waits, for what it was handed in for where that was said, or that goes with a dispute, a reading, a message or a step of a request; `size` is that of what is sealed. */
  attachment: { id: string; utility_id: string; customer_id: string | null; name: string; media_type: Attachment['mediaType']; size: number; sealed: ColumnType<Uint8Array, Uint8Array, never>; added_at: Timestamp; dispute_id: Optional<string>; reading_id: Optional<string>; message_id: Optional<string>; request_step_id: Optional<string>; purpose: Optional<AttachmentPurpose['what']>; contract_id: Optional<string>; number: Optional<string>; about_id: Optional<string> };
  /** The IBAN is sealed, as `account_sealed`; one that was given on paper is not known here. One at most is in force for a contract. */
  mandate: { utility_id: string; reference: string; contract_id: string; customer_id: string | null; account_holder: string; account_sealed: Optional<string>; account_masked: Optional<string>; signed_at: Timestamp; revoked_at: Optional<Date> };
  payment_plan: {
    key: Generated<number>;
    id: string;
    utility_id: string;
    contract_id: string;
    customer_id: string | null;
    state: PaymentPlan['state'];
    asked_at: Timestamp;
    invoices: Json<string[]>;
    amount_cents: number;
    parts: Json<PlanPart[]>;
    words: string;
    answered_at: Optional<Date>;
    answer: Optional<string>;
  };
  /** What opens a PDF once. */
  invoice_link: { token_hash: string; utility_id: string; number: string; language: string; expires_at: Timestamp };
  payment: {
    id: string; utility_id: string; contract_id: string; customer_id: Optional<string>; provider: string; amount_cents: number; is_live: boolean;
    started_at: Timestamp; returned_at: Optional<Date>; cancelled_at: Optional<Date>; holds_until: Optional<Date>; owed_cents: Generated<number>;
  };
  payment_line: { payment_id: string; position: number; utility_id: string; number: string; asked_cents: number; paid_cents: Generated<number> };
  payment_notice: {
    utility_id: string; event_id: string; payment_id: string; reference: string; outcome: PaymentOutcome; amount_cents: number; currency: string; is_live: boolean;
    counts: boolean; detail: Optional<string>; at: Timestamp;
  };
  terms_acceptance: { utility_id: string; customer_id: string; version: string; accepted_at: Timestamp };
  /** An account on its way; the last five fields are there once it was submitted. `email` and `identifier` are canonical. */
  sign_up: {
    key: string;
    utility_id: string;
    contract_id: string;
    proof: ProofKind;
    language: string;
    terms_version: string;
    terms_accepted_at: Timestamp;
    expires_at: Timestamp;
    submitted_at: Timestamp | null;
    email: string | null;
    phone: string | null;
    identifier: string | null;
    password_hash: string | null;
  };
  /** `id_hash` is the digest of the secret that a browser or a mail holds. */
  sign_up_id: { id_hash: string; sign_up_key: string };
  /** `customer_id` is null where the login is nobody's: asked for and tried all the same. */
  password_reset: { id_hash: string; utility_id: string; login_hash: string; customer_id: string | null; expires_at: Timestamp };
  /** `code_hash` is null where no code will be right. */
  one_time_code: { subject: string; code_hash: string | null; expires_at: Timestamp; resend_at: Timestamp; tries: number };
  /** When codes went to one place within the last hour, in epoch milliseconds. */
  sending: { subject: string; sent_at: number[] };
  used_challenge: { challenge_hash: string; expires_at: Timestamp };
  /**
   * A write that is under way or was done. `write_hash` is the digest of utility, operation, customer and idempotency key;
   * `input_hash` and `answer` are made with that key, which is kept nowhere. `answer` is null while `claim` is at work.
   */
  kept_answer: { write_hash: string; input_hash: string; claim: string; answer: string | null; expires_at: Timestamp };
  installation_secret: { name: string; value: string };
  /** Who did what and when; no more personal than that. */
  audit_event: {
    key: Generated<number>;
    id: string;
    utility_id: string;
    /** On whose account; null where it was nobody's, or where the account is gone. */
    customer_id: string | null;
    kind: string;
    at: Timestamp;
    actor: 'customer' | 'utility' | 'system' | 'unknown';
    /** Which customer, where one did it. */
    actor_id: string | null;
    channel: Activity['channel'];
    /** As `Activity.device`. */
    device: string | null;
    contract_id: string | null;
    details: Json<unknown>;
  };
  meter: {
    key: Generated<number>;
    utility_id: string;
    id: string;
    contract_id: string;
    energy: Energy;
    kind: Meter['kind'];
    serial_number: string;
    registers: Json<Meter['registers']>;
    /** The calendar ones; those of a curve come with the consent to it. */
    resolutions: Resolution[];
    /** Whether it can tell one, once its customer consents. */
    has_load_curve: boolean;
    /** Whether it also measures what is fed in. */
    production: Generated<boolean>;
    /** The first day on which it no longer measures; null for the current one. */
    removed_on: LocalDay | null;
    /** For meters read by hand: when somebody comes. The others deliver at each local midnight. */
    next_reading_at: Timestamp | null;
    /** When it took the place of another one at its delivery point, and what both showed. */
    replaced: Optional<MeterChange, string>;
  };
  /** What somebody read at a meter: of a day one counts, and what was corrected stays. `indexes` are those of `MeterReading`. */
  reading: {
    key: Generated<number>;
    id: string;
    utility_id: string;
    meter_key: number;
    customer_id: Optional<string>;
    source: Extract<ReadingSource, 'customer' | 'route'>;
    on_day: LocalDay;
    indexes: Json<ReadIndex[]>;
    state: Exclude<ReadingState, 'used' | 'estimated'>;
    is_outside_window: Generated<boolean>;
    words: Generated<string>;
    answer: Optional<string>;
    sent_at: Timestamp;
    correctable_until: Optional<Date>;
    decided_at: Optional<Date>;
    corrects: Optional<string>;
  };
  /** What a customer and the utility write to each other; without a customer once their account is closed. */
  thread: {
    id: string;
    utility_id: string;
    customer_id: Optional<string>;
    topic: ThreadTopic;
    about: Optional<ThreadSubject, string>;
    state: Generated<Thread['state']>;
    opened_at: Timestamp;
    last_at: Timestamp;
    last_from: ThreadSide;
    answer_by: Optional<Date>;
  };
  message: { key: Generated<number>; id: string; thread_id: string; side: ThreadSide; author: Optional<string>; at: Timestamp; words: string; reading: Optional<MessageReading, string>; read_at: Optional<Date> };
  service_request: {
    key: Generated<number>;
    id: string;
    utility_id: string;
    customer_id: Optional<string>;
    number: string;
    kind: RequestKind;
    details: Json<RequestDetails>;
    phone: string;
    state: RequestState;
    sent_at: Timestamp;
    changed_at: Timestamp;
  };
  service_request_step: { key: Generated<number>; id: string; request_id: string; state: RequestState; at: Timestamp; side: RequestStep['by']; author: Optional<string>; words: Optional<string> };
  /** Who answers for a utility; `token_hash` is the digest of what they sign in with. */
  agent: { id: string; utility_id: string; name: string; token_hash: string; created_at: Timestamp; revoked_at: Optional<Date>; duties: Generated<AgentDuty[]> };
  /** How an outage stands; `reference` is what the utility's own systems call it. */
  outage: {
    id: string;
    utility_id: string;
    reference: Optional<string>;
    kind: Outage['kind'];
    energy: Energy;
    cause: Outage['cause'];
    areas: Json<OutageArea[]>;
    households: Optional<number>;
    state: Outage['state'];
    starts_at: Timestamp;
    estimated_end: Optional<Date>;
    ended_at: Optional<Date>;
    changed_at: Timestamp;
  };
  /** What was said of it, the oldest first by `key`; `news` is what of it customers are told of. */
  outage_update: { key: Generated<number>; outage_id: string; at: Timestamp; state: Outage['state']; starts_at: Timestamp; estimated_end: Optional<Date>; note: Optional<LocalizedText, string>; news: Optional<OutageNews>; agent_id: Optional<string> };
  outage_report: {
    id: string;
    utility_id: string;
    reference: string;
    outage_id: Optional<string>;
    customer_id: Optional<string>;
    contract_id: Optional<string>;
    energy: Energy;
    commune: string;
    address: string;
    extent: OutageExtent;
    since: Timestamp;
    reported_at: Timestamp;
    phone: Optional<string>;
    words: Optional<string>;
  };
  /** What a customer chose; `alertChoices` adds the rest. */
  alert_setting: { utility_id: string; customer_id: string; choices: Defaulted<AlertChoice[]>; muted: Generated<string[]>; communes: Generated<string[]>; quiet_hours: Optional<QuietHours, string> };
  push_device: { id: string; utility_id: string; customer_id: string; endpoint: string; p256dh: string; auth: string; label: string; added_at: Timestamp };
  /** Somebody without an account. */
  alert_follower: { id: string; utility_id: string; endpoint: string; p256dh: string; auth: string; communes: string[]; topics: AlertTopic[]; quiet_hours: Optional<QuietHours, string>; language: string; added_at: Timestamp };
  /** Health data: read where somebody is to be called before works, and nowhere else. */
  medical_need: { utility_id: string; contract_id: string; customer_id: string; phone: string; since: Timestamp; text_version: string };
  /** The proof of that consent, append-only. `words` are those that were agreed to. */
  medical_need_event: { key: Generated<number>; id: string; utility_id: string; contract_id: string; customer_id: Optional<string>; kind: 'given' | 'withdrawn' | 'contract-ended' | 'account-closed'; at: Timestamp; text_version: string; words: Optional<string>; language: Optional<string> };
  /** Who read whom to call. */
  medical_need_reading: { key: Generated<number>; utility_id: string; agent_id: Optional<string>; agent_name: string; outage_id: string; contracts: string[]; at: Timestamp };
  /** What was told: of an outage, a day's EcoWatt or Tempo (`subject`), which change of it, to whom (`customer:…`, `device:…`, `follower:…`). */
  alert_notice: { key: Generated<number>; utility_id: string; subject: string; change: string; recipient: string; channel: AlertChannel; contract_id: Optional<string>; state: Generated<'waiting' | 'sent' | 'stale' | 'failed'>; due_at: Timestamp; attempts: Generated<number>; claimed_until: Optional<Date>; told_at: Optional<Date> };
  /** What was told last of a day's EcoWatt level or Tempo colour. */
  told_signal: { utility_id: string; topic: 'ecowatt' | 'tempo'; day: LocalDay; value: string; turn: Generated<number> };
  /** Works that were told of again, so many days before. */
  outage_reminder: { outage_id: string; starts_at: Timestamp; days: number };
  /** What a meter measures in one direction. There is none before anything was measured. */
  channel: {
    /** Stands for it in the tables of measurements, where every byte counts. */
    key: Generated<number>;
    meter_key: number;
    direction: Direction;
    measured_until: Optional<Date>;
    collected_at: Optional<Date>;
    /** Bounds of what `load_curve` and `day_energy` hold, so that no request has to search for them; `to` is excluded. */
    curve_from: Optional<LocalDay>;
    curve_to: Optional<LocalDay>;
    days_from: Optional<LocalDay>;
    days_to: Optional<LocalDay>;
    /** By which registers and hours the days of its curve were counted: where these have changed, they are counted anew. */
    counted_by: Optional<string>;
  };
  /**
   * A channel's local day, or the part of it with one step. `start_minute` counts elapsed minutes since local
   * midnight: on the two days of a clock change it is not the time on the clock.
   */
  load_curve: { channel_key: number; day: LocalDay; start_minute: number; step_minutes: number; watts: (number | null)[]; quality: string };
  /** A day's energy, with the volume of gas: as the network operator published it, by the indexes at both its ends, the sum of its curve, or its share in a longer period. */
  day_energy: { channel_key: number; day: LocalDay; wh: number | null; dm3: number | null; quality: string; source: DaySource };
  /** The same energy by register: the rows of a day always add up to it. None where there is one register, or where nothing tells. */
  day_register: { channel_key: number; day: LocalDay; code: string; wh: number; quality: string };
  /** A day's greatest power: in VA as the meter registered it, in W as the highest average of its curve. */
  day_power: { channel_key: number; day: LocalDay; unit: 'VA' | 'W'; value: number; at: Timestamp | null; quality: string };
  /** What was counted between two readings. */
  reading_period: { channel_key: number; from_day: LocalDay; to_day: LocalDay; wh: number | null; dm3: number | null; index_start: number | null; index_end: number | null; quality: string };
  /** What a register showed. */
  index_reading: { channel_key: number; register: string; grid: 'supplier' | 'distributor'; at: Timestamp; value: number; unit: 'Wh' | 'dm³'; quality: string };
  /** One row per file taken in and meter that it is of, so that the same file is not taken in twice; without a meter for what concerns all. */
  import_run: { key: Generated<number>; meter_key: number | null; file_hash: string; file_name: string; format: string; counts: Json<unknown>; imported_at: Timestamp; is_partial: Generated<boolean> };
  /** What stood in a curve (its runs) or a day (`wh`, `dm3`, `quality`, `source`) before something better came. Rows are added, never changed. */
  replaced_value: { key: Generated<number>; channel_key: number; day: LocalDay; what: 'curve' | 'energy'; before: Json<unknown>; replaced_at: Timestamp; import_key: number | null };
  /** The colour of a Tempo day, the same for all utilities; with another that had been announced for it, and when that changed. */
  tempo_day: { day: LocalDay; colour: TempoColour; is_provisional: boolean; former_colour: Optional<TempoColour>; changed_at: Optional<Date> };
  /** How tense the network is, by hour, the same for all utilities. */
  ecowatt_day: { day: LocalDay; level: number; message: string; generated_at: Timestamp; hours: (number | null)[] };
  /** In the units of `WeatherColumns`. */
  weather_day: { utility_id: string; day: LocalDay; temperature: number; degree_days: number };
  /** As `DatedTax`. */
  contract_tax: { utility_id: string; contract_id: string; what: DatedTax['what']; rate: number; valid_from: LocalDay; valid_to: LocalDay | null };
  /** The words that are agreed to; those in force are the last that came into it. */
  consent_text: {
    utility_id: string;
    purpose: ConsentPurpose;
    /** '' for nobody: only what is shared has one. */
    recipient_id: string;
    recipient_name: string | null;
    version: string;
    title: Json<LocalizedText>;
    text: Json<LocalizedText>;
    months: number | null;
    in_force_from: Timestamp;
  };
  /** What became stale, for whoever sees a contract or for one customer. It is never changed, and goes after some days. */
  change: {
    key: Generated<number>;
    transaction: Generated<string>;
    utility_id: string;
    contract_id: Optional<string>;
    customer_id: Optional<string>;
    operation: string;
    input: Json<Readonly<Record<string, string>>>;
    at: Generated<Date>;
  };
  /** Who consented to what, when, by which words; and what became of it. Rows are added, never changed. Without words where it was agreed to somewhere else. */
  consent_event: {
    key: Generated<number>;
    id: string;
    utility_id: string;
    meter_key: number;
    purpose: ConsentPurpose;
    recipient_id: string;
    recipient_name: string | null;
    kind: ConsentEvent['kind'];
    /** Where the consent stands after it. */
    state: ConsentState;
    at: Timestamp;
    actor: ConsentEvent['actor'];
    /** Which customer, where one did it; null once the account is closed. */
    customer_id: string | null;
    channel: Activity['channel'];
    text_version: string | null;
    title: Optional<LocalizedText, string>;
    text: Optional<LocalizedText, string>;
    months: Optional<number>;
    failure: Optional<ConsentFailure>;
    /** Of a withdrawal: whether what was collected is to be erased, and until when it can be taken back. */
    erases: Optional<boolean>;
    undo_until: Optional<Date>;
    /** The same for all that went at once. */
    withdrawal_id: Optional<string>;
    /** Of what takes effect for a time. */
    expires_on: Optional<LocalDay>;
  };
  /** A view of how each consent stands: its last event that moved it. */
  consent_state: {
    meter_key: number;
    purpose: ConsentPurpose;
    recipient_id: string;
    recipient_name: string | null;
    key: number;
    id: string;
    kind: ConsentEvent['kind'];
    state: ConsentState;
    at: Date;
    failure: ConsentFailure | null;
    erases: boolean | null;
    undo_until: Date | null;
    withdrawal_id: string | null;
    expires_on: LocalDay | null;
  };
  /** What the network operator was asked for, by the event that asked (`requested`); until it has ended there. */
  network_request: { event_key: number; request_id: string; asked_at: Timestamp; ended_at: Date | null };
  /** Whose turn it is to be collected, and who is at it until when; without a meter: the signals. `due_at` is null while it is under way, unless it is due again. */
  collection_turn: { key: Generated<number>; meter_key: number | null; due_at: Timestamp | null; claim: string | null; claimed_until: Timestamp | null };
  /** How the collection of a meter's dataset stands. */
  collection_state: {
    key: Generated<number>;
    meter_key: number | null;
    dataset: Dataset | Signal;
    /** Of the last attempt, and what was said with it. */
    outcome: Outcome['kind'];
    detail: string;
    /** How often in a row it came to nothing. */
    attempts: number;
    attempted_at: Timestamp;
    succeeded_at: Timestamp | null;
    /** Everything that is known ends before this day. */
    collected_until: LocalDay | null;
    next_try: Timestamp;
    /** The local day on which the last call was made, and how many were on it. */
    calls_on: LocalDay;
    calls: number;
    /** The first day that the other side has not called too early. */
    floor: LocalDay | null;
    /** What was asked for and was not there. */
    gaps: Json<Gap[]>;
  };
  /** What is left of a connector's calls at a moment; it fills with time. */
  collection_quota: { connector: string; tokens: number; filled_at: Timestamp; blocked_until: Timestamp | null };
  /** What signs receipts: SPKI in base64url, and PKCS 8 sealed, gone once it is retired. One is not. */
  receipt_key: { key_id: string; public_key: string; private_key: string | null; created_at: Timestamp; retired_at: Date | null };
  /** Where a system of the utility hears of what happens: `events` are patterns, secrets are sealed, `former_sealed` signs too until then. */
  webhook_endpoint: {
    id: string;
    utility_id: string;
    url: string;
    events: Json<string[]>;
    allows_private: boolean;
    secret_sealed: string;
    former_sealed: Optional<string>;
    former_until: Optional<Date>;
    state: 'active' | 'paused' | 'suspended' | 'ended';
    /** Why it is suspended or ended. */
    reason: Optional<string>;
    created_at: Timestamp;
    /** Since when no attempt has succeeded. */
    failing_since: Optional<Date>;
  };
  /** What happened, as it is told; what has one `subject` is told in its order. */
  webhook_event: { key: Generated<number>; id: string; utility_id: string; type: string; subject: string; body: string; at: Timestamp };
  /** An event for an endpoint. `claimed_until`: an instance is at it. */
  webhook_delivery: {
    key: Generated<number>;
    event_key: number;
    endpoint_id: string;
    subject: string;
    state: 'waiting' | 'delivered' | 'failed';
    attempts: Generated<number>;
    next_at: Timestamp;
    claimed_until: Optional<Date>;
    tried_at: Optional<Date>;
    /** What came of the last attempt, in words. */
    answer: Optional<string>;
  };
}

/** What a day's energy is known by, best first. */
export type DaySource = 'published' | 'index' | 'curve' | 'period';
