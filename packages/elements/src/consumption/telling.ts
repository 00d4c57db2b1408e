/** How a picture and a curve are put into words: for the charts, the tables and the sentences alike. */
import type { BarFormat } from '@oya/charts';
import { addDays, toCents, type CalendarStep, type Energy, type ExactCost, type Period, type Quality } from '@oya/contract';
import { capitalized, type DayStyle, type Format, type Translate } from '@oya/core';
import type { fr } from './consumption.messages.ts';
import { findingOf, type Finding } from './finding.ts';
import { amountsOf, startOfBar, type BarState, type Picture } from './picture.ts';
import type { Question, Unit, View } from './question.ts';
import { countedIn, tempoColours } from './registers.ts';

/** Below this change one number says more precision than it has. */
const LEAST_CHANGE = 0.015;
/** 10⁻⁸ €. */
const EURO = 100_000_000;

const BAR_STYLES: Record<CalendarStep, { full: DayStyle; short: DayStyle }> = {
  day: { full: 'full', short: 'day-of-month' },
  month: { full: 'month', short: 'month-name' },
  year: { full: 'year', short: 'year' },
};

/** What is told of a picture besides its energy. */
export interface Told {
  readonly unit: Unit;
  /** With the temperature of each bar. */
  readonly weather: boolean;
  /** What is subscribed, in kVA: beyond it, a bar says so. */
  readonly subscribedKva: number | null;
}

export class Telling {
  readonly #t: Translate<typeof fr>;
  readonly #format: Format;
  // Charts draw anew when they get other words: the same picture told the same way keeps the same.
  readonly #barFormats = new WeakMap<Picture, Map<string, BarFormat>>();

  constructor(t: Translate<typeof fr>, format: Format) {
    this.#t = t;
    this.#format = format;
  }

  /** `novembre 2026`, `2026`, `2024 à 2026`. */
  period({ from, to }: Period, view: View): string {
    if (view !== 'years') return this.#format.day(from, view);
    return this.#t('years.span', { from: this.#format.day(from, 'year'), to: this.#format.day(addDays(to, -1), 'year') });
  }

  /** `Novembre 2026`. */
  periodTitle(period: Period, view: View): string {
    return this.capitalized(this.period(period, view));
  }

  /** The sentence over the picture. */
  finding(picture: Picture, unit: Unit): string {
    const finding = findingOf(picture, unit);
    if (!finding) return this.#t(picture.total === null ? 'nothing' : picture.view === 'years' ? 'years.finding' : 'partial');
    if (finding.kind === 'change') return this.#change(finding, picture);
    return this.#t(`average.${picture.step}`, { energy: this.amount(finding.perStep, unit) });
  }

  /** What the large number is. */
  label({ period, until, view }: Picture, energy: Energy, { unit, direction }: Pick<Question, 'unit' | 'direction'>): string {
    const words = { period: this.period(period, view) };
    const what = direction === 'production' ? 'produced' : (`${unit === 'cost' ? 'cost' : 'used'}.${energy}` as const);
    // Years end with the last measured day anyway.
    if (until >= period.to) return this.#t(what, words);
    return this.#t(`${what}.until`, { ...words, day: this.#format.day(addDays(until, -1), 'medium') });
  }

  /** What the picture shows, for screen readers. */
  caption(picture: Picture, { unit, direction }: Pick<Question, 'unit' | 'direction'>): string {
    const what = direction === 'production' ? 'produced' : unit === 'cost' ? 'costs' : 'bars';
    return this.#t(`${what}.${picture.step}`, { period: this.period(picture.period, picture.view) });
  }

  /** A bar's day, month or year, in full. */
  bar(picture: Picture, index: number): string {
    return this.#format.day(startOfBar(picture, index), BAR_STYLES[picture.step].full);
  }

  state(state: BarState | Quality): string {
    return this.#t(`state.${state}`);
  }

  /** Energy in Wh, or money in 10⁻⁸ €. */
  amount(value: number | null | undefined, unit: Unit): string {
    if (value === null || value === undefined) return this.#t('none');
    return unit === 'cost' ? this.money(value) : this.#format.energy(value);
  }

  money(exact: number): string {
    return this.#format.money(toCents(exact as ExactCost));
  }

  /** Tenths of a degree. */
  temperature(tenths: number): string {
    return `${this.#format.number(tenths / 10, 1)}\u202f°C`;
  }

  /** Apparent power as meters and contracts have it, or an average as the curve has it. */
  power(value: number, unit: 'VA' | 'W'): string {
    return unit === 'W' ? this.#format.power(value) : `${this.#format.number(value / 1000, value % 1000 ? 2 : 0)}\u202fkVA`;
  }

  /** The words of the bars of a picture. */
  barFormat(picture: Picture, told: Told): BarFormat {
    const formats = this.#barFormats.get(picture) ?? new Map<string, BarFormat>();
    this.#barFormats.set(picture, formats);
    const key = JSON.stringify(told);
    let words = formats.get(key);
    if (!words) formats.set(key, (words = this.#makeBarFormat(picture, told)));
    return words;
  }

  capitalized(text: string): string {
    return capitalized(text, this.#format.locale);
  }

  /** How values of a unit stand beside a picture. */
  scale(unit: Unit): Pick<BarFormat, 'value' | 'axis'> {
    const [one, sign] = unit === 'cost' ? [EURO, '€'] : [1000, 'kWh'];
    return { value: (value) => this.amount(value, unit), axis: (value, withUnit) => this.axis(value / one, withUnit ? sign : '') };
  }

  #makeBarFormat(picture: Picture, { unit, weather, subscribedKva }: Told): BarFormat {
    const amounts = amountsOf(picture, unit);
    const { registers, maximumPower, step } = picture;
    return {
      ...this.scale(unit),
      position: (index) => this.#format.day(startOfBar(picture, index), BAR_STYLES[step].short),
      spoken: (index) => {
        const colour = step === 'day' ? tempoColours(countedIn(registers, index))?.own : undefined;
        const when = this.bar(picture, index);
        const parts = [this.said(colour ? this.#t(`tempo.${colour}`, { when }) : when, amounts[index] ?? null, this.#stateFor(picture, index, unit), (value) => this.amount(value, unit))];
        const power = maximumPower?.values[index] ?? null;
        if (maximumPower && power !== null && subscribedKva !== null && power > subscribedKva * 1000) parts.push(this.#t('spoken.over', { power: this.power(power, maximumPower.unit) }));
        const degrees = weather ? picture.weather?.temperature[index] : null;
        if (degrees !== null && degrees !== undefined) parts.push(this.temperature(degrees));
        return this.capitalized(parts.join(', '));
      },
    };
  }

  /** What was measured may still have no known cost. */
  #stateFor({ values, states, cost }: Picture, index: number, unit: Unit): BarState | 'no-cost' {
    const state = states[index] ?? 'missing';
    return unit === 'cost' && values[index] !== null && (cost?.energy[index] ?? null) === null ? 'no-cost' : state;
  }

  #change({ ratio, whole }: Extract<Finding, { kind: 'change' }>, { view, step, before }: Picture): string {
    const words = { percent: this.#format.percent(Math.abs(ratio)), period: before ? this.period(before.period, view) : '' };
    const direction = Math.abs(ratio) < LEAST_CHANGE ? 'same' : ratio < 0 ? 'less' : 'more';
    return this.#t(`${direction}.${whole || step === 'year' ? 'whole' : step}`, words);
  }

  /** A value with its when and how far it can be trusted: `Vendredi 20 novembre 2026 : 31,4 kWh, estimé`. */
  said(when: string, value: number | null, state: BarState | 'no-cost', quantity: (value: number) => string): string {
    if (value === null) return this.#t('spoken', { when, value: this.#t(`state.${state}`) });
    if (state === 'real') return this.#t('spoken', { when, value: quantity(value) });
    return this.#t('spoken.state', { when, value: quantity(value), state: this.#t(`state.${state}`) });
  }

  /** With the one decimal that a small axis needs. */
  axis(value: number, unit: string): string {
    const figure = this.#format.number(value, Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2);
    return unit ? `${figure}\u202f${unit}` : figure;
  }
}
