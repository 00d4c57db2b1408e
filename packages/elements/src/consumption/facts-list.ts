import { baseLoadOf, energyOfAYear, exactCost, getConsumption, toCents, totalEnergy, type BaseLoad, type Input } from '@oya/contract';
import { Resource } from '@oya/core';
import { html, nothing } from 'lit';
import { billOf, type Bill } from './bill.ts';
import { consumptionMessages } from './consumption.messages.ts';
import { peakPowerOf, weatherOf } from './facts.ts';
import { ConsumptionPart } from './part.ts';
import { partsMessages } from './parts.messages.ts';
import { startOfBar } from './picture.ts';
import { inOrder, registerName } from './registers.ts';
import type { Shown } from './shown.ts';

/** Below this a difference of temperature is none, in tenths of a degree. */
const LEAST_DIFFERENCE = 3;
/** Below this share there is as much to heat. */
const LEAST_HEATING = 0.03;
/** Degree-days of a day, in tenths, from which people heat. */
const COLD_DAY = 30;

/** What else there is to know, as short sentences under the picture. Part of `oya-consumption`. */
export class OyaConsumptionFacts extends ConsumptionPart {
  static override readonly lightStyles = `oya-consumption-facts {
  display: block;
}
oya-consumption-facts:empty {
  display: none;
}
.facts {
  display: grid;
  gap: var(--oya-space-1);
  margin: 0;
  padding: 0;
  list-style: none;
  max-inline-size: 65ch;
}
.of-register {
  display: inline-block;
  margin-inline-end: var(--oya-space-4);
}`;

  readonly #curve = new Resource(this, getConsumption, () => this.#curveQuestion(), { blocking: false });
  /** The same curve is read once. */
  #base: { readonly data: unknown; readonly base: BaseLoad | undefined } | undefined;

  protected override renderReady(): unknown {
    const { shown } = this;
    if (!shown) return nothing;
    const bill = billOf(shown.picture);
    const facts = [...this.#registers(shown), ...this.#bill(shown, bill), ...this.#gas(shown), ...this.#peak(shown), ...this.#baseLoad(shown, bill), ...this.#weather(shown)];
    return facts.length === 0 ? nothing : html`<ul class="facts">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>`;
  }

  protected override renderLoading(): unknown {
    return nothing;
  }

  /** A month's nights; a year of them would be a great deal for one sentence. */
  #curveQuestion(): Input<'getConsumption'> | undefined {
    const { shown } = this;
    if (!shown?.hasCurve || shown.picture.view !== 'month' || shown.question.direction === 'production') return undefined;
    return { meterId: shown.meter.id, resolution: 'half-hour', ...shown.picture.period };
  }

  #registers({ picture, told, tell }: Shown): unknown[] {
    const t = this.words(partsMessages);
    const columns = told.unit === 'cost' ? picture.cost?.registers : picture.registers;
    const totals = inOrder(columns ?? []).flatMap(({ code, values }) => {
      const amount = totalEnergy(values);
      return amount ? [{ code, amount }] : [];
    });
    if (totals.length < 2) return [];
    const whole = totals.reduce((sum, { amount }) => sum + amount, 0);
    const name = this.words(consumptionMessages);
    const words = totals.map(({ code, amount }) => t('registers', { name: registerName(code, name), amount: tell.amount(amount, told.unit), share: this.format.percent(amount / whole) }));
    const all = told.unit === 'cost' ? billOf(picture)?.energy : picture.total;
    const rest = all !== null && all !== undefined && whole < all ? [t('registers.untold')] : [];
    return [html`${[...words, ...rest].map((each) => html`<span class="of-register">${each}</span> `)}`];
  }

  #bill({ told, tell, question, answer, wantsCost }: Shown, bill: Bill | undefined): string[] {
    const t = this.words(partsMessages);
    if (question.direction === 'production') return [];
    if (!bill) return wantsCost && !answer.cost ? [t('bill.unknown')] : [];
    const { energy, standingCharge, total, share, perKilowattHour, energyPerKilowattHour } = bill;
    const charge = { charge: tell.money(standingCharge ?? 0), share: this.format.percent(share) };
    if (told.unit === 'measure') {
      return [standingCharge === null ? t('bill.measure.energy', { total: tell.money(energy) }) : t('bill.measure', { total: tell.money(total), ...charge })];
    }
    const facts = [t('bill.energy', { amount: tell.money(energy) })];
    if (standingCharge !== null) facts.push(t('bill.charge', { amount: charge.charge, share: charge.share }));
    const split = facts.join(' ');
    if (perKilowattHour === undefined || energyPerKilowattHour === undefined) return [split];
    return [split, t('bill.price', { price: this.format.unitPrice(perKilowattHour), energy: this.format.unitPrice(energyPerKilowattHour) })];
  }

  #gas({ meter, picture, told }: Shown): string[] {
    if (meter.energy !== 'gas') return [];
    const t = this.words(partsMessages);
    const volume = totalEnergy(picture.volumes ?? []);
    return [...(volume !== null && told.unit === 'measure' ? [t('volume', { volume: volumeWords(volume, this.format) })] : []), ...(picture.step === 'day' ? [t('gas-day')] : [])];
  }

  #peak({ picture, told, tell, question }: Shown): string[] {
    const t = this.words(partsMessages);
    const { subscribedKva } = told;
    const peak = question.direction === 'production' ? undefined : peakPowerOf(picture, subscribedKva);
    if (!peak) return [];
    const { unit, highest, at, over } = peak;
    const words = { power: tell.power(highest, unit), when: this.format.day(startOfBar(picture, at), picture.step === 'day' ? 'medium' : picture.step), subscribed: tell.power((subscribedKva ?? 0) * 1000, 'VA') };
    if (over.length > 0) return [t(`peak.over.${picture.step}`, { ...words, count: over.length })];
    return [t(subscribedKva === null || unit === 'W' ? 'peak' : 'peak.of', words)];
  }

  #baseLoad({ picture }: Shown, bill: Bill | undefined): string[] {
    const { data } = this.#curve;
    if (data?.series.kind !== 'curve') return [];
    if (this.#base?.data !== data) this.#base = { data, base: baseLoadOf(data.series, this.format.timeZone) };
    const { base } = this.#base;
    if (!base || base.watts === 0) return [];
    const t = this.words(partsMessages);
    const weather = weatherOf(picture);
    // Where there is something to heat, a cold month's nights say nothing of the year.
    const isCold = weather !== undefined && weather.degreeDays > picture.values.length * COLD_DAY;
    const energy = isCold ? base.watts * 24 * picture.values.length : energyOfAYear(base.watts);
    const words = { power: this.format.power(base.watts), energy: `${this.format.number(Math.round(energy / 10_000) * 10)}\u202fkWh` };
    const span = isCold ? 'cold' : 'year';
    const price = bill?.energyPerKilowattHour;
    if (price === undefined) return [t(`base.${span}`, words)];
    // Whole euros: it is a habit that is priced, not an invoice.
    return [t(`base.${span}.cost`, { ...words, cost: this.format.money(Math.round(toCents(exactCost(energy * price)) / 100) * 100).replace(/[.,]00/, '') })];
  }

  #weather({ picture, tell, question }: Shown): string[] {
    const t = this.words(partsMessages);
    const weather = weatherOf(picture);
    // What there was to heat says nothing of what the sun gave.
    if (!weather || question.direction === 'production') return [];
    const { temperature, warmer, degreeDays, heating } = weather;
    const period = picture.before ? tell.period(picture.before.period, picture.view) : '';
    const words = { temperature: tell.temperature(temperature), difference: warmer === undefined ? '' : tell.temperature(Math.abs(warmer)), period };
    const compared = warmer === undefined ? 'weather' : Math.abs(warmer) < LEAST_DIFFERENCE ? 'weather.same' : warmer > 0 ? 'weather.warmer' : 'weather.colder';
    const heat = heating === undefined ? undefined : Math.abs(heating) < LEAST_HEATING ? 'heating.same' : heating > 0 ? 'heating.more' : 'heating.less';
    const heated = heat && t(heat, { percent: this.format.percent(Math.abs(heating ?? 0)), degreeDays: this.format.number(degreeDays / 10) });
    return [`${t(compared, words)} ${heated ?? ''}`];
  }
}

/** `78 m³`, from dm³. */
export function volumeWords(volume: number, format: { number(value: number, digits?: number): string }): string {
  return `${format.number(volume / 1000, volume < 100_000 ? 1 : 0)}\u202fm³`;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-facts': OyaConsumptionFacts;
  }
}
