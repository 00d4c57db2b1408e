/** How an outage is said: where it is, until when, what is known. Pure, and light: the public page before the kit says it too. */
import { isOverdue, outagePhase, addDays, localDay, type LocalDay, type Outage, type OutageArea, type OutageStreet } from '@oya/contract';
import type { Format, MessageKey } from '@oya/core';
import type { fr } from './alerts.messages.ts';

export type AlertsTranslate = (key: MessageKey<typeof fr>, values?: Readonly<Record<string, string | number>>) => string;

/** Of more, the rest is counted. */
const STREETS_NAMED = 5;
const HOUR = 3_600_000;

/** What is set large, and what explains it. */
export interface Statement {
  readonly main: string;
  readonly hint?: string;
}

export class OutageWords {
  readonly #t: AlertsTranslate;
  readonly #format: Format;
  readonly #now: number;

  constructor(t: AlertsTranslate, format: Format, now: number) {
    this.#t = t;
    this.#format = format;
    this.#now = now;
  }

  /** The one of an instant, here. */
  day(at: string): LocalDay {
    return localDay(Date.parse(at), this.#format.timeZone);
  }

  /** `aujourd’hui à 18 h 30`, `mardi 1er décembre à 8 h`. */
  moment(at: string): string {
    const time = this.#time(at);
    const day = this.day(at);
    const today = localDay(this.#now, this.#format.timeZone);
    if (day === today) return this.#t('at.today', { time });
    if (day === addDays(today, 1)) return this.#t('at.tomorrow', { time });
    if (day === addDays(today, -1)) return this.#t('at.yesterday', { time });
    return this.#t('at.day', { day: this.#dayWords(day), time });
  }

  title({ kind, energy }: Pick<Outage, 'kind' | 'energy'>): string {
    return this.#t(`${kind}.${energy}`);
  }

  state(outage: Outage): string {
    const { kind, state } = outage;
    if (kind === 'works' && state !== 'cancelled') {
      const phase = outagePhase(outage, this.#now);
      return this.#t(phase === 'planned' ? 'state.planned' : phase === 'current' ? 'state.under-way' : 'state.over');
    }
    return this.#t(`state.${state}`);
  }

  /** When it is over, or begins: what one looks for first. */
  statement(outage: Outage): Statement {
    const { kind, state, endedAt, estimatedEnd } = outage;
    const when = this.moment(endedAt ?? estimatedEnd ?? outage.startsAt);
    if (state === 'cancelled') return { main: this.#t('end.called-off', { when }) };
    switch (outagePhase(outage, this.#now)) {
      case 'past':
        return { main: this.#t(kind === 'works' ? 'end.finished' : 'end.restored', { when }) };
      case 'planned':
        return { main: this.worksWhen(outage), hint: this.#inDays(outage.startsAt) };
      case 'current':
        if (estimatedEnd === null) return { main: this.#t('end.unknown'), hint: this.#t('end.unknown-hint') };
        if (isOverdue(outage, this.#now)) return { main: this.#t('end.overdue', { when }), hint: this.#t('end.overdue-hint') };
        return { main: Date.parse(estimatedEnd) - this.#now < 12 * HOUR ? this.#t('end.around', { time: this.#time(estimatedEnd) }) : this.#t('end.day', { when }) };
    }
  }

  worksWhen({ startsAt, estimatedEnd }: Pick<Outage, 'startsAt' | 'estimatedEnd'>): string {
    const day = this.#dayWords(this.day(startsAt));
    const from = this.#time(startsAt);
    if (estimatedEnd === null) return this.#t('works.when-open', { day, from });
    if (this.day(estimatedEnd) === this.day(startsAt)) return this.#t('works.when', { day, from, to: this.#time(estimatedEnd) });
    return this.#t('works.when-days', { from: this.moment(startsAt), to: this.moment(estimatedEnd) });
  }

  /** Its streets, or that all of the commune may be concerned. */
  streets({ streets }: OutageArea, isWhole = false): string {
    if (streets.length === 0) return this.#t('whole-commune');
    const shown = isWhole ? streets : streets.slice(0, STREETS_NAMED);
    const left = streets.length - shown.length;
    return [...shown.map((street) => this.#street(street)), ...(left > 0 ? [this.#t('streets.more', { count: left })] : [])].join('\u00a0· ');
  }

  places({ areas }: Pick<Outage, 'areas'>): string {
    return new Intl.ListFormat(this.#format.locale, { type: 'conjunction' }).format(areas.map(({ name }) => name));
  }

  households({ households }: Pick<Outage, 'households'>): string {
    return households === null ? this.#t('households.unknown') : this.#t('households', { count: households });
  }

  cause({ cause }: Pick<Outage, 'cause'>): string {
    return this.#t(`cause.${cause}`);
  }

  #street({ name, from, to, side }: OutageStreet): string {
    const numbered =
      from !== undefined && to !== undefined ? this.#t('street.from-to', { street: name, from, to })
      : from !== undefined ? this.#t('street.from', { street: name, from })
      : to !== undefined ? this.#t('street.to', { street: name, to })
      : name;
    return side ? this.#t(`street.${side}`, { street: numbered }) : numbered;
  }

  #inDays(at: string): string {
    const days = Math.round((Date.parse(this.day(at)) - Date.parse(localDay(this.#now, this.#format.timeZone))) / (24 * HOUR));
    return days <= 0 ? this.#t('works.today') : this.#t('works.in', { count: days });
  }

  #dayWords(day: string): string {
    const weekday = this.#format.day(day, 'full');
    // The year is said where it is another one.
    return day.slice(0, 4) === localDay(this.#now, this.#format.timeZone).slice(0, 4) ? weekday.replace(/,? \d{4}$/, '') : weekday;
  }

  #time(at: string): string {
    return this.#format.time(Date.parse(at));
  }
}
