import {
  addDays, canBeGiven, consentFaults, dayStart, endsSoon, expiryOf, hasData, instant, isNamed, loadCurveState, localDay, nameOf, needsOperator, PortalError, REMINDER_DAYS, resolutionsWith,
  withdrawnWith,
  type Consent, type ConsentEvent, type ConsentFailure, type ConsentName, type Input, type Instant, type LocalDay, type Meter, type Page,
} from '@oya/contract';
import { consentsOf, type PersonaMeter } from '@oya/personas';

/** How long a withdrawal can be taken back. */
const UNDO_MS = 24 * 3_600_000;
/** How long the network operator worked on what the personas have agreed to. */
const WORKED_ON_MS = 3 * 24 * 3_600_000;
const PAGE = 20;

/** What happened, and what follows from it. */
interface Happening extends ConsentEvent {
  readonly expiresOn?: LocalDay | undefined;
  /** All that went at once has the same `id`. */
  readonly withdrawal?: { readonly id: string; readonly undoUntil: Instant } | undefined;
}

type NewHappening = Omit<Happening, 'id' | 'at' | 'name' | 'actor' | 'channel'> & Partial<Pick<Happening, 'at' | 'actor'>>;

/** The surroundings of consents: the clock, who holds a contract, and a way to remind them. */
export interface ConsentSurroundings {
  clock(): Instant;
  /** Name of the holder of a meter's contract. */
  holderOf(meter: Meter): string | null;
  remind(meter: Meter, consent: Consent): void;
  /** Something happened to a consent about it. */
  changed(meter: Meter): void;
}

/** What of a meter's measurements its consents let be shown. */
export interface ShownMeasurements {
  /** As the generator is to measure it: with its curve where half-hours are collected or kept. */
  readonly source: PersonaMeter;
  /** Half-hours of these days; open where nothing bounds them. */
  readonly curve: { readonly from: LocalDay | null; readonly to: LocalDay | null };
  /** When days ceased to come. */
  readonly until: Instant | null;
}

/** What customers have agreed to about their meters: as the personas have, until a visitor decides otherwise. Events are added, never changed. */
export class Consents {
  readonly #surroundings: ConsentSurroundings;
  readonly #events = new Map<Meter['id'], Happening[]>();

  constructor(surroundings: ConsentSurroundings) {
    this.#surroundings = surroundings;
  }

  of(source: PersonaMeter): Consent[] {
    this.#settle(source);
    return this.#stateOf(source);
  }

  give(source: PersonaMeter, choices: Input<'giveConsents'>['choices']): Consent[] {
    const consents = this.of(source);
    if (consents.length === 0) throw new PortalError('conflict', { detail: 'a meter that is read by hand has nothing to consent to' });
    const fields = consentFaults(choices, consents);
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'these consents cannot be given so', fields });
    for (const consent of consents.filter((each) => canBeGiven(each) && choices.some((choice) => isNamed(each, choice)))) {
      const about = { ...aboutOf(consent), text: consent.text };
      this.#note(source, { ...about, kind: 'requested', state: 'requested' });
      // Nobody else has to do a part in it.
      if (!needsOperator(consent.purpose)) this.#note(source, { ...about, kind: 'active', state: 'active', actor: 'system', expiresOn: this.#expiryOf(source, consent.text.months) });
    }
    return this.of(source);
  }

  withdraw(source: PersonaMeter, name: ConsentName, erase: boolean): Consent[] {
    const consents = this.#named(source, name);
    const withdrawal = { id: crypto.randomUUID(), undoUntil: instant(this.#now + UNDO_MS) };
    for (const consent of withdrawnWith(name, consents)) {
      this.#note(source, { ...this.#agreed(source, consent), kind: 'withdrawn', state: 'off', erases: erase && hasData(consent.purpose), withdrawal });
    }
    return this.of(source);
  }

  restore(source: PersonaMeter, name: ConsentName): Consent[] {
    const consent = this.#named(source, name).find((each) => isNamed(each, name));
    const withdrawal = consent?.undo && this.#lastOf(source, name)?.withdrawal;
    if (!withdrawal) throw new PortalError('conflict', { detail: 'nothing was withdrawn that could be taken back' });
    for (const event of this.#eventsOf(source).filter((each) => each.withdrawal?.id === withdrawal.id)) {
      const before = this.#movesOf(source, nameOf(event)).at(-2);
      if (before) this.#note(source, { ...aboutOf(event), text: event.text, kind: 'restored', state: before.state, expiresOn: before.expiresOn });
    }
    return this.of(source);
  }

  /** All that happened, the latest first. */
  history(source: PersonaMeter): ConsentEvent[] {
    this.#settle(source);
    return this.#eventsOf(source)
      .toReversed()
      .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
      .map(({ expiresOn: _, withdrawal: _withdrawal, ...event }) => event);
  }

  events(source: PersonaMeter, after: string | undefined): Page<ConsentEvent> {
    const all = this.history(source);
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const items = all.slice(from, from + PAGE);
    const last = items.at(-1);
    return { items, ...(last && from + PAGE < all.length && { next: last.id }) };
  }

  /** @throws PortalError `not-found` */
  event(source: PersonaMeter, eventId: string): ConsentEvent {
    const found = this.history(source).find(({ id }) => id === eventId);
    if (!found) throw new PortalError('not-found', { detail: `there is no event "${eventId}" of this meter's consents` });
    return found;
  }

  /** The network operator has done its part, or could not. */
  decide(source: PersonaMeter, decision: 'active' | ConsentFailure): void {
    for (const consent of this.of(source).filter(({ state }) => state === 'requested')) {
      const about = { ...this.#agreed(source, consent), actor: 'network-operator' } as const;
      if (decision === 'active') this.#note(source, { ...about, kind: 'active', state: 'active', expiresOn: this.#expiryOf(source, about.text?.months) });
      else this.#note(source, { ...about, kind: 'failed', state: 'failed', failure: decision });
    }
  }

  /** A meter as its consents let it be: with them come the half-hours of all days that it has measured, and those that were collected stay unless they were erased. */
  applied(source: PersonaMeter): PersonaMeter {
    const consents = this.of(source);
    if (source.meter.loadCurve === 'unavailable') return source;
    const loadCurve = loadCurveState(consents);
    const { from, to } = this.#curveOf(source);
    const keepsCurve = to !== null && (from === null || from < to);
    return { ...source, meter: { ...source.meter, loadCurve, resolutions: resolutionsWith(loadCurve, source.meter.resolutions, keepsCurve) } };
  }

  /** @param source as `applied` gives it */
  measurements(source: PersonaMeter): ShownMeasurements {
    const { meter } = source;
    const hasCurve = meter.resolutions.includes('half-hour');
    const daily = this.#eventsOf(source).filter(({ purpose }) => purpose === 'daily-collection');
    const erased = daily.findLast(({ kind }) => kind === 'erased');
    return {
      source: {
        ...source,
        meter: hasCurve ? { ...meter, loadCurve: 'collected' } : meter,
        dataFrom: erased && source.dataFrom !== null ? laterOf(source.dataFrom, this.#dayOf(source, erased.at)) : source.dataFrom,
      },
      curve: this.#curveOf(source),
      until: meter.loadCurve === 'collected' ? null : stoppedAt(daily),
    };
  }

  /** The days whose half-hours are kept: from what was erased last on, to where they ceased to come; `to` is `null` while they come. */
  #curveOf(source: PersonaMeter): ShownMeasurements['curve'] {
    const events = this.#eventsOf(source).filter(({ purpose }) => purpose === 'curve-collection');
    const [erased, stopped] = [events.findLast(({ kind }) => kind === 'erased')?.at, stoppedAt(events)];
    return { from: erased === undefined ? null : this.#dayOf(source, erased), to: stopped === null ? null : this.#dayOf(source, stopped) };
  }

  get #now(): number {
    return Date.parse(this.#surroundings.clock());
  }

  #dayOf({ timeZone }: PersonaMeter, at: Instant): LocalDay {
    return localDay(Date.parse(at), timeZone);
  }

  #expiryOf(source: PersonaMeter, months: number | undefined): LocalDay | undefined {
    return months === undefined ? undefined : expiryOf(this.#dayOf(source, this.#surroundings.clock()), months);
  }

  #stateOf(source: PersonaMeter): Consent[] {
    return consentsOf(source, this.#surroundings.clock()).map(({ purpose, recipient, text }): Consent => {
      const about = aboutOf({ purpose, recipient });
      const last = this.#lastOf(source, nameOf(about));
      if (!last) return { ...about, state: 'off', since: null, text };
      const { state, at, failure, expiresOn, withdrawal, erases = false } = last;
      return {
        ...about,
        state,
        since: at,
        text,
        ...(failure && { failure }),
        ...(state === 'active' && expiresOn && { expiresOn }),
        ...(withdrawal && this.#isOpen(source, withdrawal) && { undo: { until: withdrawal.undoUntil, erases } }),
      };
    });
  }

  /** A withdrawal can be taken back while its time lasts, and as long as all that went with it stands as it left it. */
  #isOpen(source: PersonaMeter, { id, undoUntil }: NonNullable<Happening['withdrawal']>): boolean {
    const gone = this.#eventsOf(source).filter(({ withdrawal }) => withdrawal?.id === id);
    return Date.parse(undoUntil) > this.#now && gone.every((event) => this.#lastOf(source, nameOf(event)) === event);
  }

  /** @throws PortalError `invalid` for what this meter is not asked */
  #named(source: PersonaMeter, name: ConsentName): Consent[] {
    const consents = this.of(source);
    if (!consents.some((consent) => isNamed(consent, name))) throw new PortalError('invalid', { detail: 'this meter has no such consent', fields: [{ path: 'purpose', code: 'unknown' }] });
    return consents;
  }

  /** Which consent, and the words that were agreed to. */
  #agreed(source: PersonaMeter, consent: Consent) {
    return { ...aboutOf(consent), text: this.#movesOf(source, nameOf(consent)).findLast(({ kind }) => kind === 'requested')?.text ?? null };
  }

  /** What was erased, and of what one was reminded, moves nothing. */
  #movesOf(source: PersonaMeter, name: ConsentName): Happening[] {
    return this.#eventsOf(source).filter((event) => isNamed(event, name) && event.kind !== 'erased' && event.kind !== 'reminded');
  }

  #lastOf(source: PersonaMeter, name: ConsentName): Happening | undefined {
    return this.#movesOf(source, name).at(-1);
  }

  #eventsOf(source: PersonaMeter): Happening[] {
    const { id } = source.meter;
    const known = this.#events.get(id);
    if (known) return known;
    const events: Happening[] = [];
    this.#events.set(id, events);
    for (const { state, since, text, ...consent } of consentsOf(source, this.#surroundings.clock())) {
      if (since === null) continue;
      const about = { ...aboutOf(consent), text };
      this.#note(source, { ...about, kind: 'requested', state: 'requested', at: state === 'requested' ? since : instant(Date.parse(since) - WORKED_ON_MS) });
      if (state === 'active') this.#note(source, { ...about, kind: 'active', state, at: since, actor: 'network-operator' });
    }
    return events;
  }

  #note(source: PersonaMeter, { at = this.#surroundings.clock(), actor = 'customer', ...happening }: NewHappening): void {
    const byCustomer = actor === 'customer';
    this.#eventsOf(source).push({
      ...happening,
      id: crypto.randomUUID(),
      at,
      actor,
      name: byCustomer ? this.#surroundings.holderOf(source.meter) : null,
      channel: byCustomer ? 'web' : 'system',
    });
    this.#surroundings.changed(source.meter);
  }

  /** What a portal does by itself as time goes by: erases, reminds, lets end. */
  #settle(source: PersonaMeter): void {
    const today = this.#dayOf(source, this.#surroundings.clock());
    for (const event of [...this.#eventsOf(source)]) {
      const { withdrawal, erases } = event;
      if (!withdrawal || !erases || Date.parse(withdrawal.undoUntil) > this.#now) continue;
      const later = this.#eventsOf(source).slice(this.#eventsOf(source).indexOf(event) + 1);
      if (later.some((each) => isNamed(each, nameOf(event)) && (each.kind === 'restored' || each.kind === 'erased'))) continue;
      const { state } = this.#lastOf(source, nameOf(event)) ?? event;
      this.#note(source, { ...aboutOf(event), text: event.text, kind: 'erased', state, at: withdrawal.undoUntil, actor: 'system' });
    }
    for (const consent of this.#stateOf(source)) {
      const { expiresOn } = consent;
      if (!expiresOn || !endsSoon(consent, today)) continue;
      const about = { ...this.#agreed(source, consent), actor: 'system' } as const;
      const known = this.#eventsOf(source);
      const last = this.#lastOf(source, nameOf(consent));
      if (!known.slice(last && known.indexOf(last)).some((event) => event.kind === 'reminded' && isNamed(event, nameOf(consent)))) {
        const due = instant(dayStart(addDays(expiresOn, -REMINDER_DAYS), source.timeZone));
        this.#note(source, { ...about, kind: 'reminded', state: 'active', at: last && last.at > due ? last.at : due });
        this.#surroundings.remind(source.meter, consent);
      }
      if (expiresOn <= today) this.#note(source, { ...about, kind: 'expired', state: 'off', at: instant(dayStart(expiresOn, source.timeZone)) });
    }
  }
}

function aboutOf({ purpose, recipient }: Pick<Consent, 'purpose'> & { readonly recipient?: Consent['recipient'] | undefined }): Pick<Consent, 'purpose' | 'recipient'> {
  return recipient ? { purpose, recipient } : { purpose };
}

/** When what had been in effect ceased to be; `null` while it is, and where it never was. */
function stoppedAt(events: readonly Happening[]): Instant | null {
  let stopped: Instant | null = null;
  let wasActive = false;
  for (const { kind, state, at } of events) {
    if (state === 'active') [wasActive, stopped] = [true, null];
    else if (wasActive && (kind === 'withdrawn' || kind === 'expired')) stopped ??= at;
  }
  return stopped;
}

function laterOf(one: LocalDay, other: LocalDay): LocalDay {
  return one > other ? one : other;
}
