import { clockHour, ecowattStretches, getEcowatt, isEcowattSilent, localDay, tenseStretches, type EcowattDay, type EcowattStretch, type LocalDay } from '@oya/contract';
import { capitalized, OyaElement, Resource } from '@oya/core';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { stretchesWords } from '../clock-words.ts';
import { dataTable } from '../data-table.ts';
import { clockOf, MinuteClock } from '../minute-clock.ts';
import { spaceStyles } from '../space.styles.ts';
import { ecowattMessages } from './ecowatt.messages.ts';
import { ecowattStyles } from './ecowatt.styles.ts';

const HOURS = 24;
/** Where hours are written under a day. */
const SCALE = [0, 6, 12, 18, 24];
const DAY_MS = 86_400_000;
const TENSE = 2;
/** What can be done, by level: how many lines of it there are. */
const ADVICE = { 1: 1, 2: 4, 3: 5 } as const;

/** A place in the picture. */
interface Place {
  readonly day: number;
  readonly hour: number;
}

/**
 * How tense the electricity network is, as RTE tells it: the level of today in words and by a shape, when to take care, what
 * one can do; then today and three days by the hour, for the eye, the finger, the keyboard and the screen reader. While RTE
 * is silent it shows what was known last, and how old that is.
 *
 * @summary EcoWatt: how tense the electricity network is, today and three days, by hour.
 * @placeholder 44rem
 * @csspart notice - A message in place of the signal: an error, nothing known.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart sign - The shape that stands for the level of today.
 * @csspart day - One day with its hours.
 * @csspart table - The hours as a table.
 */
export class OyaEcowatt extends OyaElement {
  static override readonly messages = ecowattMessages;
  static override styles = [OyaElement.styles, spaceStyles, ecowattStyles];

  /** What is read by pointer or keyboard. */
  @state() private read: Place | null = null;
  /** The one hour that Tab reaches; the present one until another was read. */
  @state() private stop: Place | null = null;

  readonly #ecowatt = new Resource(this, getEcowatt, () => ({}));

  constructor() {
    super();
    new MinuteClock(this);
  }

  protected override isEmpty(): boolean {
    return this.#days.length === 0;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(ecowattMessages);
    const readAt = this.#ecowatt.data?.readAt;
    return this.notice(t('empty.title'), t('empty.text'), readAt ? html`<p class="soft">${t('empty.last', this.#heard(readAt))}</p>` : nothing);
  }

  protected override renderReady(): unknown {
    const data = this.#ecowatt.data;
    const t = this.words(ecowattMessages);
    const days = this.#days;
    const today = days.find(({ day }) => day === this.#today);
    return html`<section class="frame" aria-labelledby="title">
      ${this.#head(today)} ${data && isEcowattSilent(data, this.#now) ? this.#old(data.readAt) : nothing} ${this.#advice(today)}
      <div class="part">
        ${this.heading(t('hours.title'), 'part-title', 1)} ${this.#picture(days)} ${this.#table(days)}
        ${days[0] ? html`<p class="soft small">${t('made', { at: this.format.dateTime(Date.parse(days[0].generatedAt)) })}</p>` : nothing}
      </div>
    </section>`;
  }

  get #now(): number {
    return clockOf(this.#ecowatt);
  }

  get #today(): LocalDay {
    return localDay(this.#now, this.format.timeZone);
  }

  /** What was asked yesterday may begin with yesterday. */
  get #days(): readonly EcowattDay[] {
    return (this.#ecowatt.data?.days ?? []).filter(({ day }) => day >= this.#today);
  }

  /** One thing first: today's level, and when. */
  #head(today: EcowattDay | undefined): TemplateResult {
    const t = this.words(ecowattMessages);
    const level = today?.level ?? 'unknown';
    return html`<header class="head">
      ${sign(level, 'sign')}
      <div class="name">
        <div id="title">${this.heading(t(`title.${level}`), 'finding')}</div>
        <p class="soft">${t('label')}</p>
      </div>
      <div class="words">
        ${today ? html`<p>${t(`meaning.${today.level}`)} ${today.level >= TENSE ? this.#when(today) : nothing}</p>` : nothing}
        ${today && today.level >= TENSE && today.message.trim() !== '' ? html`<p class="soft">${t('quote')} <q lang="fr">${today.message.trim()}</q></p>` : nothing}
        ${this.#days.filter((day) => day !== today && day.level >= TENSE).map((day) => html`<p class="strong">${this.#later(day)}</p>`)}
      </div>
    </header>`;
  }

  #when(day: EcowattDay): unknown {
    const hours = tenseStretches(day);
    return hours.length > 0 ? this.words(ecowattMessages)('when', { hours: this.#hours(hours) }) : nothing;
  }

  #later(day: EcowattDay): string {
    const t = this.words(ecowattMessages);
    const hours = tenseStretches(day);
    const name = capitalized(this.#dayName(day.day), this.locale);
    const level = day.level === 3 ? 3 : 2;
    return hours.length > 0 ? t('later.when', { day: name, level: t(`level.${level}`), hours: this.#hours(hours) }) : t(`later.${level}`, { day: name });
  }

  #old(readAt: string | null): unknown {
    const t = this.words(ecowattMessages);
    return html`<div class="old">
      <p class="strong">${t('silent.title')}</p>
      ${readAt === null ? nothing : html`<p>${t('silent', this.#heard(readAt))}</p>`}
    </div>`;
  }

  /** When RTE was heard last, and how long ago, in days. */
  #heard(readAt: string): { at: string; age: string } {
    const at = Date.parse(readAt);
    return { at: this.format.dateTime(at), age: this.words(ecowattMessages)('age', { count: Math.max(1, Math.round((this.#now - at) / DAY_MS)) }) };
  }

  #advice(today: EcowattDay | undefined): unknown {
    if (!today) return nothing;
    const t = this.words(ecowattMessages);
    const { level } = today;
    // Where nothing is asked, only what there is to gain.
    if (level === 1 && !this.#days.some(({ hours }) => hours.includes(0))) return nothing;
    const lines = Array.from({ length: ADVICE[level] }, (_, index) => `do.${level}.${index + 1}` as 'do.2.1');
    return html`<div class="part">
      ${this.heading(t('do.title'), 'part-title', 1)}
      <ul class="advice">
        ${lines.map((line) => html`<li>${t(line)}</li>`)}
      </ul>
    </div>`;
  }

  #picture(days: readonly EcowattDay[]): TemplateResult {
    const t = this.words(ecowattMessages);
    const hour = clockHour(this.#now, this.format.timeZone);
    const stop = this.#stop(days, hour);
    const levels = [0, 1, 2, 3] as const;
    const shown = levels.filter((level) => days.some(({ hours }) => hours.includes(level)));
    const { read } = this;
    return html`<p class="reading" aria-hidden="true">${read && days[read.day] ? this.#spoken(days[read.day] as EcowattDay, read.hour) : this.#present(days, hour)}</p>
      <p class="visually-hidden">${this.#present(days, hour)}</p>
      <div class="days" role="group" aria-label=${t('hours.label')} @keydown=${this.#onKey} @pointerleave=${() => (this.read = null)} @focusout=${() => (this.read = null)}>
        ${days.map((day, index) => this.#day(day, index, stop, hour))}
      </div>
      <ul class="key">
        ${shown.map((level) => html`<li><span class="hour l${level}" aria-hidden="true"></span>${t(`level.${level}`)}</li>`)}
      </ul>`;
  }

  #day(day: EcowattDay, index: number, stop: Place, present: number): TemplateResult {
    const t = this.words(ecowattMessages);
    const isToday = day.day === this.#today;
    return html`<div class="day" part="day">
      <p class="day-name"><span>${isToday ? t('today') : this.#dayName(day.day)}</span><span class="day-level">${sign(day.level, 'swatch')}${t(`level.${day.level}`)}</span></p>
      <div class="strip" @pointermove=${(event: PointerEvent) => this.#onPointer(event, index)} @pointerdown=${(event: PointerEvent) => this.#onPointer(event, index)}>
        ${day.hours.map((level, hour) => {
          const classes = ['hour', level === null ? 'unknown' : `l${level}`, isToday && hour < present ? 'over' : '', isToday && hour === present ? 'now' : '', this.read?.day === index && this.read.hour === hour ? 'read' : ''];
          const isStop = stop.day === index && stop.hour === hour;
          return html`<span class=${classes.filter(Boolean).join(' ')} role="img" tabindex=${isStop ? 0 : -1} aria-label=${this.#spoken(day, hour)} @focus=${() => this.#readAt({ day: index, hour })}></span>`;
        })}
      </div>
      <div class="scale" aria-hidden="true">${SCALE.map((hour) => html`<span>${t('hour', { hour })}</span>`)}</div>
    </div>`;
  }

  /** What is now, in words: what stands above the picture while nothing is read. */
  #present(days: readonly EcowattDay[], hour: number): string {
    const t = this.words(ecowattMessages);
    const level = days.find(({ day }) => day === this.#today)?.hours[hour];
    return level === undefined || level === null ? t('now.unknown') : t('now', { hours: this.#hours([{ from: hour, to: hour + 1 }]), level: t(`level.${level}`) });
  }

  #spoken({ day, hours }: EcowattDay, hour: number): string {
    const t = this.words(ecowattMessages);
    const level = hours[hour];
    return t('spoken', { day: this.#dayName(day), hours: this.#hours([{ from: hour, to: hour + 1 }]), level: t(`level.${level ?? 'unknown'}`) });
  }

  #table(days: readonly EcowattDay[]): TemplateResult {
    const t = this.words(ecowattMessages);
    const rows = days.flatMap((day) => ecowattStretches(day).map((stretch) => ({ head: this.#dayName(day.day), cells: [this.#hours([stretch]), t(`level.${stretch.level}`)] })));
    return html`<details>
      <summary>${t('table')}</summary>
      ${dataTable(t('label'), [t('table.day'), t('table.hours'), t('table.level')], rows, 'compact')}
    </details>`;
  }

  #hours(stretches: readonly Pick<EcowattStretch, 'from' | 'to'>[]): string {
    const [first] = stretches;
    if (first && first.to - first.from === HOURS) return this.words(ecowattMessages)('all-day');
    return stretchesWords(stretches.map(({ from, to }) => ({ from: from * 60, to: to * 60 })), this.format, this.words(ecowattMessages));
  }

  /** `jeudi 26 novembre`. */
  #dayName(day: LocalDay): string {
    return this.format.day(day, 'full').replace(/,? \d{4}$/, '');
  }

  #stop(days: readonly EcowattDay[], hour: number): Place {
    if (this.stop && this.stop.day < days.length) return this.stop;
    return { day: 0, hour: days[0]?.day === this.#today ? hour : 0 };
  }

  #readAt(place: Place): void {
    this.stop = place;
    this.read = place;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const days = this.#days;
    const { day, hour } = this.#stop(days, clockHour(this.#now, this.format.timeZone));
    const forward = this.matches(':dir(rtl)') ? -1 : 1;
    const target = {
      ArrowRight: { day, hour: hour + forward },
      ArrowLeft: { day, hour: hour - forward },
      ArrowDown: { day: day + 1, hour },
      ArrowUp: { day: day - 1, hour },
      Home: { day, hour: 0 },
      End: { day, hour: HOURS - 1 },
    }[event.key];
    if (!target) return;
    event.preventDefault();
    const within = (value: number, last: number) => Math.max(0, Math.min(last, value));
    const place = { day: within(target.day, days.length - 1), hour: within(target.hour, HOURS - 1) };
    this.renderRoot.querySelectorAll<HTMLElement>('.strip .hour')[place.day * HOURS + place.hour]?.focus();
  };

  #onPointer(event: PointerEvent, day: number): void {
    const { left, right, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = this.matches(':dir(rtl)') ? right - event.clientX : event.clientX - left;
    const hour = Math.max(0, Math.min(HOURS - 1, Math.floor((x / width) * HOURS)));
    if (this.read?.day !== day || this.read.hour !== hour) this.read = { day, hour };
  }
}

/** A level by its shape: a disc that is ticked, a triangle, an octagon; decoration, its word stands beside it. */
function sign(level: EcowattDay['level'] | 'unknown', name: 'sign' | 'swatch'): TemplateResult {
  const shapes = {
    1: svg`<circle class="ground" cx="12" cy="12" r="11"></circle><path class="glyph" d="m7 12.5 3.5 3.5L17 9"></path>`,
    2: svg`<path class="ground" d="M12 1.2 23.4 22H.6z"></path><path class="glyph" d="M12 9v6M12 18.6v.1"></path>`,
    3: svg`<path class="ground" d="M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z"></path><path class="glyph" d="M12 6v7.5M12 17.6v.1"></path>`,
    unknown: svg`<circle class="ground" cx="12" cy="12" r="11"></circle><path class="glyph" d="M8 12h8"></path>`,
  };
  return html`<svg class="${name} ${level === 'unknown' ? 'unknown' : `l${level}`}" part=${name === 'sign' ? 'sign' : nothing} viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[level]}</svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-ecowatt': OyaEcowatt;
  }
}
