/**
 * What is there to do, the most urgent first. Each rule looks at what is known and names one task or none: a new kind of
 * task is one more rule, its words, and its view.
 */
import { addDays, canBePaid, daysBetween, endsSoon, isOfCurve, localDay, type Consent, type Contract, type Freshness, type InvoiceList, type LocalDay, type Meter, type TimeZone } from '@oya/contract';
import type { Reminders } from './reminders.ts';

/** What is known of the contract that is looked at; what is not known (yet) is absent. */
export interface Situation {
  readonly today: LocalDay;
  readonly timeZone: TimeZone;
  readonly contract: Contract;
  readonly meter?: Meter | undefined;
  readonly freshness?: Freshness | undefined;
  /** About that meter. */
  readonly consents?: readonly Consent[] | undefined;
  /** Only where the customer may see them. */
  readonly invoices?: Pick<InvoiceList, 'items' | 'overdueSince'> | undefined;
  /** What is asked for beside the rest, once it is known. */
  readonly reminders?: Reminders | undefined;
  /** Whether they are this customer's to give: those of a contract that they only read are their holder's affair. */
  readonly mayConsent?: boolean | undefined;
}

/** In the order in which they are told: what cannot wait, what is good to know, what one may choose. */
const URGENCIES = ['now', 'soon', 'offer'] as const;
export type Urgency = (typeof URGENCIES)[number];

export type TaskKind = 'invoice-overdue' | 'invoice-due' | 'part-due' | 'outage-here' | 'outage-near' | 'works-here' | 'answer-waiting' | 'request-waiting' | 'reading-due' | 'contract-ended' | 'contract-ending' | 'data-late' | 'consent-failed' | 'consent-ending' | 'consent-possible';

export interface Task {
  /** Names its words: `task.<kind>.title`, `.why` and `.action`. */
  readonly kind: TaskKind;
  readonly urgency: Urgency;
  /** Where it is done. */
  readonly view: string;
  /** The day that its words name. */
  readonly day?: LocalDay;
}

/** Where consents are given; only their holder does. */
const CONSENTS = 'consents';

type Rule = (situation: Situation) => Task | undefined;

const RULES: readonly Rule[] = [outageHere, invoiceOverdue, invoiceDue, partDue, worksHere, answerWaits, requestWaits, readingDue, contractEnds, dataLate, consentFailed, consentEnds, consentPossible];

export function tasksOf(situation: Situation): Task[] {
  const tasks = RULES.map((rule) => rule(situation)).filter((task) => task !== undefined).filter(({ view }) => view !== CONSENTS || situation.mayConsent === true);
  return tasks.toSorted((one, other) => URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency));
}

/** Where invoices are paid. */
const INVOICES = 'invoices';

function invoiceOverdue({ invoices }: Situation): Task | undefined {
  return invoices?.overdueSince ? { kind: 'invoice-overdue', urgency: 'now', view: INVOICES, day: invoices.overdueSince } : undefined;
}

/** Soon enough to be paid in time, by those who pay by themselves: a debit comes without them. */
const DUE_DAYS = 14;

function invoiceDue({ invoices, today }: Situation): Task | undefined {
  const due = invoices?.items.flatMap((invoice) => (invoice.state === 'open' && canBePaid(invoice) && invoice.dueOn !== null ? [invoice.dueOn] : [])) ?? [];
  return dueSoon('invoice-due', due, today);
}

/** What is late and paid by a plan is not told as late, but its parts are to be paid in time. */
function partDue({ invoices, today }: Situation): Task | undefined {
  return dueSoon('part-due', invoices?.items.flatMap(({ planned }) => planned?.nextOn ?? []) ?? [], today);
}

/** Before anything about money: who sits in the dark looks for nothing else. */
function outageHere({ reminders }: Situation): Task | undefined {
  const by = reminders?.outage;
  return by && (by === 'address' ? { kind: 'outage-here', urgency: 'now', view: 'alerts' } : { kind: 'outage-near', urgency: 'soon', view: 'alerts' });
}

function worksHere({ reminders }: Situation): Task | undefined {
  const day = reminders?.worksOn;
  return day === undefined ? undefined : { kind: 'works-here', urgency: 'soon', view: 'alerts', day };
}

function answerWaits({ reminders }: Situation): Task | undefined {
  return reminders?.unread ? { kind: 'answer-waiting', urgency: 'soon', view: 'messages' } : undefined;
}

function requestWaits({ reminders }: Situation): Task | undefined {
  return reminders?.asked ? { kind: 'request-waiting', urgency: 'soon', view: 'procedures' } : undefined;
}

function readingDue({ reminders }: Situation): Task | undefined {
  const until = reminders?.readingUntil;
  return until === undefined ? undefined : { kind: 'reading-due', urgency: 'soon', view: 'readings', day: until };
}

function dueSoon(kind: TaskKind, due: readonly LocalDay[], today: LocalDay): Task | undefined {
  const [first] = due.toSorted();
  return first !== undefined && daysBetween(today, first) <= DUE_DAYS ? { kind, urgency: 'soon', view: INVOICES, day: first } : undefined;
}

/** Long enough before the end to find and sign another contract. */
const ENDING_DAYS = 60;

function contractEnds({ contract: { to }, today }: Situation): Task | undefined {
  if (to === null) return undefined;
  const lastDay = addDays(to, -1);
  if (to <= today) return { kind: 'contract-ended', urgency: 'soon', view: 'contact', day: lastDay };
  return daysBetween(today, to) <= ENDING_DAYS ? { kind: 'contract-ending', urgency: 'now', view: 'contact', day: lastDay } : undefined;
}

const DAY_MS = 86_400_000;
/** A meter that measures days and has been heard last night is about a day behind its next collection. */
const LATE_DAYS = 3;

/** Told by the portal's own instants, not by the clock of the device. */
function dataLate({ contract, meter, freshness, today, timeZone }: Situation): Task | undefined {
  if (!meter?.resolutions.includes('day') || !freshness?.measuredUntil || !freshness.nextExpectedAt) return undefined;
  if (contract.to !== null && contract.to <= today) return undefined;
  const behind = Date.parse(freshness.nextExpectedAt) - Date.parse(freshness.measuredUntil);
  if (behind < LATE_DAYS * DAY_MS) return undefined;
  // The end of the last interval: at midnight it is the day before that is measured.
  return { kind: 'data-late', urgency: 'soon', view: 'contact', day: localDay(Date.parse(freshness.measuredUntil) - 1, timeZone) };
}

function consentFailed({ consents = [] }: Situation): Task | undefined {
  return consents.some(({ state }) => state === 'failed') ? { kind: 'consent-failed', urgency: 'soon', view: CONSENTS } : undefined;
}

/** The one that ends first. */
function consentEnds({ consents = [], today }: Situation): Task | undefined {
  const [first] = consents.flatMap((consent) => (endsSoon(consent, today) ? (consent.expiresOn ?? []) : [])).toSorted();
  return first === undefined ? undefined : { kind: 'consent-ending', urgency: 'soon', view: CONSENTS, day: addDays(first, -1) };
}

/** Only once there are days to compare it with: before the first measurement it would be one thing too many. */
function consentPossible({ meter, freshness, consents = [] }: Situation): Task | undefined {
  // It was asked for, and that it failed is told already.
  if (consents.some(({ purpose, state }) => isOfCurve(purpose) && state === 'failed')) return undefined;
  if (meter?.loadCurve !== 'consent-needed' || !freshness?.measuredUntil) return undefined;
  return { kind: 'consent-possible', urgency: 'offer', view: CONSENTS };
}
