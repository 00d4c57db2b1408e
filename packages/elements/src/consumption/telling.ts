/** How a picture and a curve are put into words: for the charts, the tables and the sentences alike. */
import type { BarFormat, CurveFormat } from '@oya/charts';
import { offsetMinutes, qualityAt, type Energy, type LocalDay, type Period, type Quality } from '@oya/contract';
import type { Format, Translate } from '@oya/core';
import type { fr } from './consumption.messages.ts';
import type { View } from './period.ts';
import { findingOf, startOfBar, type BarState, type Finding, type Picture } from './summary.ts';

/** Below this change one number says more precision than it has. */
const LEAST_CHANGE = 0.015;

export class Telling {
  readonly #t: Translate<typeof fr>;
  readonly #format: Format;
  // Charts draw anew when they get other words: the same picture keeps the same.
  readonly #barFormats = new WeakMap<Picture, BarFormat>();
  #curveFormat: CurveFormat | undefined;

  constructor(t: Translate<typeof fr>, format: Format) {
    this.#t = t;
    this.#format = format;
  }

  /** `novembre 2026`, `2026`. */
  period({ from }: Period, view: View): string {
    return this.#format.day(from, view);
  }

  /** `Novembre 2026`. */
  periodTitle(period: Period, view: View): string {
    return this.#capitalized(this.period(period, view));
  }

  /** The sentence over the picture. */
  finding(picture: Picture): string {
    const finding = findingOf(picture);
    if (!finding) return this.#t('nothing');
    if (finding.kind === 'change') return this.#change(finding, picture);
    return this.#t(`average.${picture.step}`, { energy: this.#format.energy(finding.perStep) });
  }

  /** What the large number is. */
  label({ period, until, view }: Picture, energy: Energy, lastDay: LocalDay): string {
    const words = { period: this.period(period, view) };
    if (until >= period.to) return this.#t(`used.${energy}`, words);
    return this.#t(`used.${energy}.until`, { ...words, day: this.#format.day(lastDay, 'medium') });
  }

  /** A bar's day or month, in full. */
  bar(picture: Picture, index: number): string {
    const start = startOfBar(picture, index);
    return this.#format.day(start, picture.step === 'day' ? 'full' : 'month');
  }

  state(state: BarState | Quality): string {
    return this.#t(`state.${state}`);
  }

  energy(value: number | null | undefined): string {
    return value === null || value === undefined ? this.#t('none') : this.#format.energy(value);
  }

  /** `de 18 h à 18 h 30`. */
  interval({ from, to }: { from: number; to: number }): string {
    return this.#t('interval', { from: this.#shortTime(from), to: this.#shortTime(to) });
  }

  /** The words of the bars of a picture. */
  barFormat(picture: Picture): BarFormat {
    let words = this.#barFormats.get(picture);
    if (!words) this.#barFormats.set(picture, (words = this.#makeBarFormat(picture)));
    return words;
  }

  /** The words of a day's curve. */
  curveFormat(): CurveFormat {
    return (this.#curveFormat ??= this.#makeCurveFormat());
  }

  #makeBarFormat(picture: Picture): BarFormat {
    const energy = (value: number) => this.#format.energy(value);
    return {
      value: energy,
      axis: (value, withUnit) => this.#axis(value, withUnit ? 'kWh' : ''),
      position: (index) => this.#format.day(startOfBar(picture, index), picture.step === 'day' ? 'day-of-month' : 'month-name'),
      spoken: (index) =>
        this.#capitalized(this.#spoken(this.bar(picture, index), picture.values[index] ?? null, picture.states[index] ?? 'missing', energy)),
    };
  }

  #makeCurveFormat(): CurveFormat {
    const { timeZone } = this.#format;
    const power = (watts: number) => this.#format.power(watts);
    return {
      value: power,
      axis: (watts, withUnit) => this.#axis(watts, withUnit ? 'kW' : ''),
      tick: (instant) => this.#shortTime(instant),
      spoken: ({ from, to, watts, quality }) => this.#capitalized(this.#spoken(this.interval({ from, to }), watts, qualityAt(quality, 0), power)),
      offsetMinutes: (instant) => offsetMinutes(instant, timeZone),
    };
  }

  #change({ ratio, whole }: Extract<Finding, { kind: 'change' }>, { view, step, yearBeforePeriod }: Picture): string {
    const words = { percent: this.#format.percent(Math.abs(ratio)), period: this.period(yearBeforePeriod, view) };
    const direction = Math.abs(ratio) < LEAST_CHANGE ? 'same' : ratio < 0 ? 'less' : 'more';
    return this.#t(`${direction}.${whole ? 'whole' : step}`, words);
  }

  #spoken(when: string, value: number | null, state: BarState, quantity: (value: number) => string): string {
    if (value === null) return this.#t('spoken', { when, value: this.state(state) });
    if (state === 'real') return this.#t('spoken', { when, value: quantity(value) });
    return this.#t('spoken.state', { when, value: quantity(value), state: this.state(state) });
  }

  /** Thousands of what is measured, with the one decimal that a small axis needs. */
  #axis(value: number, unit: string): string {
    const thousands = value / 1000;
    const figure = this.#format.number(thousands, Number.isInteger(thousands) ? 0 : Number.isInteger(thousands * 10) ? 1 : 2);
    return unit ? `${figure}\u202f${unit}` : figure;
  }

  /** On the hour without minutes: `18 h`, `6 pm`. */
  #shortTime(instant: number): string {
    return this.#format.time(instant).replace(/[:\u202f]00(?=\D*$)/, '');
  }

  #capitalized(text: string): string {
    return text.charAt(0).toLocaleUpperCase(this.#format.locale) + text.slice(1);
  }
}
