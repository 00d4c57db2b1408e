/**
 * What is there to do, the most urgent first. Each rule looks at what is known and names one task or none: a new kind of
 * task is one more rule, its words, and its view.
 */
import { addDays, daysBetween, localDay, type Contract, type Freshness, type LocalDay, type Meter, type TimeZone } from '@oya/contract';

/** What is known of the contract that is looked at; what is not known (yet) is absent. */
export interface Situation {
  readonly today: LocalDay;
  readonly timeZone: TimeZone;
  readonly contract: Contract;
  readonly meter?: Meter | undefined;
  readonly freshness?: Freshness | undefined;
}

/** In the order in which they are told: what cannot wait, what is good to know, what one may choose. */
const URGENCIES = ['now', 'soon', 'offer'] as const;
export type Urgency = (typeof URGENCIES)[number];

export type TaskKind = 'contract-ended' | 'contract-ending' | 'data-late' | 'consent-possible';

export interface Task {
  /** Names its words: `task.<kind>.title`, `.why` and `.action`. */
  readonly kind: TaskKind;
  readonly urgency: Urgency;
  /** Where it is done. */
  readonly view: string;
  /** The day that its words name. */
  readonly day?: LocalDay;
}

type Rule = (situation: Situation) => Task | undefined;

const RULES: readonly Rule[] = [contractEnds, dataLate, consentPossible];

export function tasksOf(situation: Situation): Task[] {
  const tasks = RULES.map((rule) => rule(situation)).filter((task) => task !== undefined);
  return tasks.toSorted((one, other) => URGENCIES.indexOf(one.urgency) - URGENCIES.indexOf(other.urgency));
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

/** Only once there are days to compare it with: before the first measurement it would be one thing too many. */
function consentPossible({ meter, freshness }: Situation): Task | undefined {
  if (meter?.loadCurve !== 'consent-needed' || !freshness?.measuredUntil) return undefined;
  return { kind: 'consent-possible', urgency: 'offer', view: 'consents' };
}
