/** One turn: all that is to be asked about a meter, or about the signals, each answer stored as it comes. */
import { addDays, daysBetween, localDay, type LocalDay, type Period, type TimeZone } from '@oya/contract';
import { FormatError } from '@oya/formats';
import type { Database } from '../database/open.ts';
import { ImportError } from '../measurements/import-error.ts';
import type { Connector, Dataset, Outcome, Question, Signal } from './connector.ts';
import { noteAsked } from './gaps.ts';
import { nextTry } from './next-try.ts';
import { inTurns, planCalls, type KnownDay } from './plan.ts';
import { blockCalls, takeCall } from './quota.ts';
import { readStates, writeState, type DatasetState } from './states.ts';
import { renewClaim, type Subject } from './turns.ts';

/** So long a turn waits for calls; then others get theirs. */
const MOST_WAIT_MS = 5_000;
/** For whom nobody said how long. */
const BLOCK_MS = 60_000;
const BLOCK_REFUSED_MS = 10 * 60_000;

/** Whom to ask about what, and where it goes. */
export interface Collectable<D extends Dataset | Signal> {
  readonly subject: Subject;
  readonly deliveryPoint: string;
  readonly timeZone: TimeZone;
  readonly connector: Connector<D>;
  /** @param floor the first day that the other side has not called too early */
  readonly datasets: readonly { readonly dataset: D; days(floor: LocalDay | null): Period }[];
  known(dataset: D, period: Period): Promise<ReadonlyMap<LocalDay, KnownDay>>;
  /** Whether the newest day is there for good, so that nothing is asked before the next night. */
  isFresh(dataset: D, newest: KnownDay | undefined): boolean;
  /** @throws FormatError, ImportError */
  store(answer: Extract<Outcome, { kind: 'data' }>, question: Question<D>): Promise<void>;
}

export interface TurnOptions {
  readonly db: Database;
  readonly claim: string;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

interface Task<D> {
  readonly dataset: D;
  readonly state: DatasetState;
  readonly newest: LocalDay;
  /** Whether the call that holds the newest day has been answered: what comes of older ones says less. */
  isTold: boolean;
  /** Why nothing more is asked in this turn. */
  stoppedBy: Exclude<Outcome, { kind: 'data' }> | undefined;
}

/**
 * @returns when it is due again, in epoch milliseconds; `undefined` where somebody else has taken the turn over
 * @throws what the signal says, once it is aborted; what is stored by then stays
 */
export async function collectSubject<D extends Dataset | Signal>(target: Collectable<D>, options: TurnOptions): Promise<number | undefined> {
  const { subject, connector, timeZone } = target;
  const { db, claim, now, signal } = options;
  const today = localDay(now(), timeZone);
  const states = await readStates(db, subject);
  let callsLeft = connector.callsPerMeter - [...states.values()].filter(({ callsOn }) => callsOn === today).reduce((sum, { calls }) => sum + calls, 0);

  const tasks: Task<D>[] = [];
  const plans: { task: Task<D>; period: Period }[][] = [];
  const waits: number[] = [];
  for (const { dataset, days } of target.datasets) {
    const limits = connector.datasets[dataset];
    if (!limits) continue;
    const state = states.get(dataset) ?? newState(dataset, now(), today);
    if (state.nextTry > now()) {
      waits.push(state.nextTry);
      continue;
    }
    const period = days(state.floor);
    if (period.from >= period.to) continue;
    const task: Task<D> = { dataset, state, newest: addDays(period.to, -1), isTold: false, stoppedBy: undefined };
    const known = await target.known(dataset, period);
    noteKnown(state, known);
    const calls = planCalls(period, today, { known, gaps: state.gaps, isAsked: state.callsOn === today && state.calls > 0 && state.attempts === 0 }, limits);
    tasks.push(task);
    plans.push(calls.map((each) => ({ task, period: each })));
  }

  const calls = inTurns(plans);
  for (let next = calls.shift(); next && callsLeft > 0; next = calls.shift()) {
    const { task } = next;
    const { floor } = task.state;
    const period = floor !== null && floor > next.period.from ? { ...next.period, from: floor } : next.period;
    if (task.stoppedBy || period.from >= period.to) continue;
    if (!(await renewClaim(db, subject, claim, now()))) return undefined;
    const outcome = await ask(target, { dataset: task.dataset, deliveryPoint: target.deliveryPoint, period, timeZone }, options);
    if ('own' in outcome) {
      // Our calls are used up, which is nothing about this meter.
      for (const each of tasks) each.stoppedBy ??= outcome.own;
      break;
    }
    callsLeft--;
    await noteOutcome(target, task, period, outcome, today, options);
    if (outcome.kind === 'before-history' && daysBetween(period.from, period.to) > 1) {
      // Where it begins is found by halves: the newer one at once, what is left of the older one once that is there.
      const middle = addDays(period.from, Math.ceil(daysBetween(period.from, period.to) / 2));
      calls.unshift({ task, period: { from: middle, to: period.to } });
      calls.push({ task, period: { from: addDays(period.from, 1), to: middle } });
    }
    if (outcome.kind === 'quota' || outcome.kind === 'busy' || outcome.kind === 'refused') {
      await blockCalls(db, connector, now() + ('retryAfterSeconds' in outcome && outcome.retryAfterSeconds !== undefined ? outcome.retryAfterSeconds * 1000 : outcome.kind === 'refused' ? BLOCK_REFUSED_MS : BLOCK_MS));
      for (const each of tasks) each.stoppedBy ??= outcome;
      break;
    }
    signal.throwIfAborted();
  }

  for (const { dataset, state, newest, stoppedBy } of tasks) {
    const known = await target.known(dataset, { from: newest, to: addDays(newest, 1) });
    // What keeps the others from being asked keeps it too.
    if (stoppedBy && state.calls === 0) [state.outcome, state.detail] = [stoppedBy.kind, stoppedBy.detail];
    state.nextTry = nextTry({
      outcome: stoppedBy?.kind ?? 'data',
      retryAfterSeconds: stoppedBy && 'retryAfterSeconds' in stoppedBy ? stoppedBy.retryAfterSeconds : undefined,
      attempts: state.attempts,
      // Where the calls of today are used up, asking again today is of no use.
      isFresh: callsLeft <= 0 || target.isFresh(dataset, known.get(newest)),
      freshFrom: connector.freshFrom,
      now: now(),
      timeZone,
    });
    await writeState(db, subject, state);
    waits.push(state.nextTry);
  }
  return waits.length > 0 ? Math.min(...waits) : nextTry({ outcome: 'data', attempts: 0, isFresh: true, freshFrom: connector.freshFrom, now: now(), timeZone });
}

async function ask<D extends Dataset | Signal>({ connector }: Collectable<D>, question: Question<D>, { db, now, sleep, signal }: TurnOptions): Promise<Outcome | { own: Extract<Outcome, { kind: 'quota' | 'busy' }> }> {
  for (;;) {
    const wait = await takeCall(db, connector, now());
    if (wait === 0) return connector.fetch(question, signal);
    if (wait > MOST_WAIT_MS) return { own: { kind: 'quota', detail: 'waits for its turn among the calls that are allowed', retryAfterSeconds: Math.ceil(wait / 1000) } };
    await sleep(wait, signal);
  }
}

/** Stores what came and writes down how things stand: a turn that is broken off after it goes on from there. */
async function noteOutcome<D extends Dataset | Signal>(target: Collectable<D>, task: Task<D>, period: Period, answered: Outcome, today: LocalDay, { db, now }: TurnOptions): Promise<void> {
  const { dataset, state } = task;
  const outcome = answered.kind === 'data' ? await storeAnswer(target, answered, { dataset, deliveryPoint: target.deliveryPoint, period, timeZone: target.timeZone }) : answered;
  state.calls = state.callsOn === today ? state.calls + 1 : 1;
  state.callsOn = today;
  state.attemptedAt = now();
  if (outcome.kind === 'data' || outcome.kind === 'no-data') {
    const known = await target.known(dataset, period);
    const absent = new Set<LocalDay>();
    for (let day = period.from; day < period.to; day = addDays(day, 1)) if (!known.has(day)) absent.add(day);
    state.gaps = noteAsked(state.gaps, period, absent, today);
    noteKnown(state, known);
    if (outcome.kind === 'data') state.succeededAt = now();
    state.attempts = 0;
    if (!task.isTold) [state.outcome, state.detail] = [outcome.kind, outcome.kind === 'data' ? '' : outcome.detail];
    task.isTold = true;
  } else if (outcome.kind === 'before-history') {
    state.floor = addDays(period.from, 1);
    if (!task.isTold) [state.outcome, state.detail] = [outcome.kind, outcome.detail];
  } else {
    [state.outcome, state.detail] = [outcome.kind, outcome.detail];
    state.attempts++;
    task.stoppedBy = outcome;
  }
  await writeState(db, target.subject, state);
}

function noteKnown(state: DatasetState, known: ReadonlyMap<LocalDay, KnownDay>): void {
  for (const day of known.keys()) if (state.collectedUntil === null || day >= state.collectedUntil) state.collectedUntil = addDays(day, 1);
}

/** What cannot be read or stored is told like any other answer that is no use. */
async function storeAnswer<D extends Dataset | Signal>(target: Collectable<D>, answer: Extract<Outcome, { kind: 'data' }>, question: Question<D>): Promise<Outcome> {
  try {
    await target.store(answer, question);
    return answer;
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof ImportError)) throw error;
    return { kind: 'broken', detail: error.message.split('\n')[0] ?? '' };
  }
}

function newState(dataset: Dataset | Signal, now: number, today: LocalDay): DatasetState {
  return { dataset, outcome: 'no-data', detail: 'not asked yet', attempts: 0, attemptedAt: now, succeededAt: null, collectedUntil: null, nextTry: now, callsOn: today, calls: 0, floor: null, gaps: [] };
}
