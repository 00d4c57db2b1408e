/** How a load curve, and the hours of a day, are put into words. */
import type { BarFormat, CurveFormat, CurveLimit } from '@oya/charts';
import { qualityAt } from '@oya/contract';
import type { Format, Translate } from '@oya/core';
import { curveFormat, shortTime } from '../curve-format.ts';
import type { fr } from './parts.messages.ts';
import type { Telling } from './telling.ts';

export class CurveWords {
  readonly #tell: Telling;
  readonly #format: Format;
  readonly #t: Translate<typeof fr>;
  #limit: CurveLimit | undefined;
  /** The same for all curves, which draw anew when they get other words. */
  readonly curve: CurveFormat;

  constructor(tell: Telling, format: Format, t: Translate<typeof fr>) {
    this.#tell = tell;
    this.#format = format;
    this.#t = t;
    this.curve = curveFormat(format, ({ from, to, watts, quality }) => tell.capitalized(tell.said(this.interval({ from, to }), watts, qualityAt(quality, 0), (value) => format.power(value))));
  }

  /** `de 18 h à 18 h 30`. */
  interval({ from, to }: { readonly from: number; readonly to: number }): string {
    return this.#t('interval', { from: shortTime(this.#format, from), to: shortTime(this.#format, to) });
  }

  /** What is subscribed, as a curve shows it; the same for the same power. */
  limit(kva: number | null): CurveLimit | undefined {
    if (kva === null) return undefined;
    const watts = kva * 1000;
    if (this.#limit?.watts !== watts) this.#limit = { watts, label: this.#t('limit', { power: this.#tell.power(watts, 'VA') }) };
    return this.#limit;
  }

  /** Bars that are hours of a day, in money. */
  hours(hours: readonly { readonly from: number; readonly to: number; readonly cost: number | null }[]): BarFormat {
    const tell = this.#tell;
    return {
      ...tell.scale('cost'),
      position: (index) => shortTime(this.#format, hours[index]?.from ?? 0),
      spoken: (index) => {
        const hour = hours[index];
        return hour ? tell.capitalized(tell.said(this.interval(hour), hour.cost, hour.cost === null ? 'missing' : 'real', (value) => tell.money(value))) : '';
      },
    };
  }
}
