/** The operator of the network, who brings consents about: it takes them, and decides after a while. */
import { randomUUID } from 'node:crypto';
import { addDays, ConsentPurpose, instant, isOfCurve, localDay, needsOperator, type ConsentFailure, type LocalDay, type TimeZone } from '@oya/contract';
import { consentsOf } from '@oya/personas';
import * as z from 'zod/mini';
import { NO_CONTENT, type Answer, type Request } from './answer.ts';
import { bearerOf } from './credentials.ts';
import { deliveryPoints } from './households.ts';

export interface OperatorConsent {
  readonly id: string;
  readonly deliveryPoint: string;
  /** Whom the operator knows as its holder. */
  readonly holder: string;
  readonly purpose: ConsentPurpose;
  readonly requestedAt: string;
  readonly state: 'pending' | 'active' | 'failed' | 'ended';
  readonly reason?: ConsentFailure | undefined;
  /** When it came to its state. */
  readonly since: string;
  /** Waits until somebody decides. */
  readonly isHeld: boolean;
}

export interface OperatorOptions {
  readonly token: string;
  readonly decideAfterMs: number;
  /** Points whose consents wait until somebody decides. */
  readonly held: readonly string[];
  /** Points whose consents fail, and why. */
  readonly refused: Readonly<Record<string, ConsentFailure>>;
  readonly timeZone: TimeZone;
  readonly now: () => number;
}

export type Decision = 'active' | ConsentFailure | 'hold';

interface Entry {
  readonly id: string;
  readonly deliveryPoint: string;
  readonly purpose: ConsentPurpose;
  readonly key: string | undefined;
  readonly requestedAt: number;
  since: number;
  state: OperatorConsent['state'];
  reason?: ConsentFailure;
  isHeld: boolean;
}

const Asked = z.object({ deliveryPoint: z.string(), purpose: ConsentPurpose });
const PATH = /^\/operator\/consents(?:\/([\w-]+)(\/end)?)?\/?$/;

export class Operator {
  readonly #options: OperatorOptions;
  readonly #entries: Entry[] = [];
  readonly #held: Set<string>;
  readonly #refused: Map<string, ConsentFailure>;
  decideAfterMs: number;

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#held = new Set(options.held);
    this.#refused = new Map(Object.entries(options.refused));
    this.decideAfterMs = options.decideAfterMs;
    this.#enterHouseholds();
  }

  /** As they stand now, the newest request first. */
  get consents(): OperatorConsent[] {
    this.#decideDue();
    return this.#entries.toReversed().map(({ id, deliveryPoint, purpose, requestedAt, since, state, reason, isHeld }) => ({
      id, deliveryPoint, holder: deliveryPoints.get(deliveryPoint)?.contract.holder ?? '', purpose, requestedAt: instant(requestedAt), state, ...(reason && { reason }), since: instant(since), isHeld,
    }));
  }

  /**
   * Decides on a consent that waits, or has it wait longer.
   * @returns whether there is one that waits
   */
  decide(id: string, decision: Decision): boolean {
    this.#decideDue();
    const entry = this.#entries.find((each) => each.id === id && each.state === 'pending');
    if (!entry) return false;
    if (decision === 'hold') entry.isHeld = true;
    else this.#settle(entry, decision, this.#options.now());
    return true;
  }

  /** What is asked about a point from now on waits until somebody decides, or no longer does. */
  hold(deliveryPoint: string, isHeld = true): void {
    if (isHeld) this.#held.add(deliveryPoint);
    else this.#held.delete(deliveryPoint);
  }

  /** What is asked about a point from now on fails for a reason; without one it no longer does. */
  refuse(deliveryPoint: string, reason: ConsentFailure | null): void {
    if (reason === null) this.#refused.delete(deliveryPoint);
    else this.#refused.set(deliveryPoint, reason);
  }

  /** Since which whole day a consent is in effect; `undefined` where it is not. */
  activeSince(deliveryPoint: string, purpose: ConsentPurpose): LocalDay | undefined {
    this.#decideDue();
    const active = this.#entries.findLast((entry) => entry.deliveryPoint === deliveryPoint && entry.purpose === purpose && entry.state === 'active');
    return active && addDays(localDay(active.since - 1, this.#options.timeZone), 1);
  }

  answer({ method, path, headers, body }: Request): Answer {
    const [whole, id, end] = PATH.exec(path) ?? [];
    if (whole === undefined) return wrong(404, `there is nothing at ${path}`);
    if (bearerOf(headers['authorization']) !== this.#options.token) return { ...wrong(401, 'the token is not known'), headers: { 'www-authenticate': 'Bearer' } };
    this.#decideDue();
    if (id === undefined) return method === 'POST' ? this.#take(headers['idempotency-key'], body) : method === 'GET' ? { status: 200, body: { consents: this.consents } } : NOT_ALLOWED;
    const entry = this.#entries.find((each) => each.id === id);
    if (!entry) return wrong(410, `no consent is called ${id}: ask for it anew`);
    if (end === undefined) return method === 'GET' ? { status: 200, body: told(entry) } : NOT_ALLOWED;
    if (method !== 'POST') return NOT_ALLOWED;
    this.#end(entry);
    return NO_CONTENT;
  }

  #take(key: string | undefined, body: string): Answer {
    const asked = Asked.safeParse(jsonOf(body));
    if (!asked.success) return wrong(422, `write {"deliveryPoint": "14 digits", "purpose": "${ConsentPurpose.options.filter(needsOperator).join('" or "')}"}`);
    const { deliveryPoint, purpose } = asked.data;
    if (!deliveryPoints.has(deliveryPoint)) return { ...wrong(404, `there is no delivery point ${deliveryPoint} on this network`), body: { error: 'not-found', reason: 'refused' } };
    if (!needsOperator(purpose)) return wrong(422, `${purpose} is no affair of the network operator`);
    const known = key === undefined ? undefined : this.#entries.find((entry) => entry.key === key);
    const entry = known ?? this.#enter(deliveryPoint, purpose, this.#options.now(), key);
    return { status: 202, headers: { location: `/operator/consents/${entry.id}` }, body: { id: entry.id, ...told(entry) } };
  }

  #enter(deliveryPoint: string, purpose: ConsentPurpose, requestedAt: number, key?: string): Entry {
    const entry: Entry = { id: `consent-${randomUUID()}`, deliveryPoint, purpose, key, requestedAt, since: requestedAt, state: 'pending', isHeld: this.#held.has(deliveryPoint) };
    this.#entries.push(entry);
    return entry;
  }

  /** Whoever ends one ends what it renewed; a newer request stands by itself. */
  #end(entry: Entry): void {
    for (const each of this.#entries) {
      if (each.deliveryPoint === entry.deliveryPoint && each.purpose === entry.purpose && (each.state === 'active' || each.state === 'pending')) {
        each.state = 'ended';
        each.since = this.#options.now();
      }
      if (each === entry) break;
    }
  }

  #decideDue(): void {
    const now = this.#options.now();
    for (const entry of this.#entries) {
      const due = entry.requestedAt + this.decideAfterMs;
      if (entry.state === 'pending' && !entry.isHeld && now >= due) this.#settle(entry, this.#usualDecision(entry), due);
    }
  }

  #usualDecision({ deliveryPoint, purpose }: Entry): 'active' | ConsentFailure {
    const meter = deliveryPoints.get(deliveryPoint)?.source.meter;
    const isAble = !isOfCurve(purpose) || meter?.loadCurve !== 'unavailable';
    return this.#refused.get(deliveryPoint) ?? (isAble ? 'active' : 'meter-unable');
  }

  #settle(entry: Entry, decision: 'active' | ConsentFailure, at: number): void {
    entry.since = at;
    entry.isHeld = false;
    if (decision === 'active') entry.state = 'active';
    else Object.assign(entry, { state: 'failed', reason: decision });
  }

  /** What the customers of the demo had agreed to before. */
  #enterHouseholds(): void {
    const now = this.#options.now();
    for (const { id, source } of deliveryPoints.values()) {
      for (const { purpose, state, since } of consentsOf(source, instant(now))) {
        if (state !== 'active' || !needsOperator(purpose)) continue;
        const entry = this.#enter(id, purpose, since === null ? now : Date.parse(since));
        this.#settle(entry, 'active', entry.requestedAt);
      }
    }
  }
}

const NOT_ALLOWED = wrong(405, 'ask in another way');

function told({ state, reason }: Entry): object {
  // Who asks after an end hears that nothing is in effect.
  return state === 'ended' ? { state: 'failed', reason: 'refused' } : { state, ...(reason && { reason }) };
}

function wrong(status: number, detail: string): Answer {
  return { status, body: { error: detail } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
