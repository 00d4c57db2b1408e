import { addDays, clockTime, describeTariffs, getContract, holdsOn, listContracts, listTempoDays, localDay, pricesOn, TEMPO_ANNOUNCED_BY, TEMPO_REGISTERS, TempoColour, tempoHoursAt, tempoMayBe, tempoSeason, tempoUse, type Contract, type ContractPrice, type LocalDay, type LocalizedText, type TempoDay, type TempoHours } from '@oya/contract';
import { localized, OyaElement, Resource, type Part } from '@oya/core';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { clockOf, MinuteClock } from '../minute-clock.ts';
import { spaceStyles } from '../space.styles.ts';
import { colourStyles, shapeOf } from './colours.ts';
import { tempoMessages } from './tempo.messages.ts';
import { tempoStyles } from './tempo.styles.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const USUAL_NIGHT_HOURS = 8;
/** As prices rise. */
const COLOURS = TempoColour.options;
const RATES = ['offPeak', 'peak'] as const;

/** The calendar, in a file of its own: what comes first is tomorrow. */
const YEAR: Part = () => import('./year.ts').then(({ defineYear }) => defineYear());

/** What kilowatt-hours cost by register on a day, and where that comes from. */
interface Prices {
  /** In 10⁻⁵ €. */
  readonly byRegister: ReadonlyMap<string, ContractPrice>;
  readonly isOwn: boolean;
  readonly withoutTax: boolean;
  readonly note: LocalizedText | undefined;
}

/**
 * The colours of Tempo: tomorrow first, sure, provisional or not known yet, and whether it was announced otherwise before;
 * which of the six prices holds now and for how long; how many days of each colour the season has left; the calendar of the
 * season, and its address for the customer's own calendar. The days run from 06:00 to 06:00. Prices are those of the
 * customer's Tempo contract, for others those of the installation's tariffs.
 *
 * @summary Tempo: the colour of tomorrow, the present price, the days left and the calendar.
 * @placeholder 56rem
 * @csspart notice - A message in place of the colours: an error, nothing known.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart now - The price that holds now.
 * @csspart table - The tables of the days left and of the prices.
 */
export class OyaTempo extends OyaElement {
  static override readonly messages = tempoMessages;
  static override styles = [OyaElement.styles, spaceStyles, colourStyles, tempoStyles];

  readonly #days = new Resource(this, listTempoDays, () => this.#seasonOf(localDay(Date.now(), this.format.timeZone)));
  readonly #contracts = new Resource(this, listContracts, () => ({}), { blocking: false });
  readonly #details = new Resource(this, getContract, () => this.#contractQuestion(), { blocking: false });
  readonly #tariffs = new Resource(this, describeTariffs, () => (this.#needsTariffs ? {} : undefined), { blocking: false });

  constructor() {
    super();
    new MinuteClock(this);
  }

  protected override isEmpty(): boolean {
    return this.#days.data?.items.length === 0;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(tempoMessages);
    return this.notice(t('empty.title'), t('empty.text'));
  }

  protected override renderReady(): unknown {
    const now = this.#now;
    const hours = tempoHoursAt(now, this.format.timeZone);
    const prices = this.#pricesOn(hours.day);
    return html`<section class="frame" aria-labelledby="title">
      ${this.#head(addDays(hours.day, 1), now)} ${this.#present(hours, prices, now)} ${this.#use(hours.day)}
      <div class="part year">
        ${this.whenHere(
          YEAR,
          () => html`<oya-tempo-year .days=${this.#days.data?.items ?? []} .today=${hours.day} lang=${this.locale} heading-level=${this.levelOf(1)}></oya-tempo-year>`,
        )}
      </div>
      ${prices ? this.#priceList(prices, hours) : nothing} ${this.#agenda()}
    </section>`;
  }

  get #now(): number {
    return clockOf(this.#days);
  }

  /** From the day before, which lasts until six in the morning, to the next: at the turn of a season they are of two. */
  #seasonOf(day: LocalDay): { from: LocalDay; to: LocalDay } {
    return { from: tempoSeason(addDays(day, -1)).from, to: tempoSeason(addDays(day, 1)).to };
  }

  #dayOf(day: LocalDay): TempoDay | undefined {
    return this.#days.data?.items.find((each) => each.day === day);
  }

  // The colour of tomorrow

  #head(day: LocalDay, now: number): TemplateResult {
    const t = this.words(tempoMessages);
    const { timeZone } = this.format;
    const known = this.#dayOf(day);
    const possible = tempoMayBe(day);
    const colour = known?.colour ?? this.#sureColour(day);
    const maybe = known?.isProvisional ?? false;
    const when = day === localDay(now, timeZone) ? 'today' : 'tomorrow';
    const isLate = now > clockTime(addDays(day, -1), TEMPO_ANNOUNCED_BY, timeZone);
    const title = colour === undefined ? t(`title.unknown.${when}`) : t(maybe ? `title.maybe.${when}` : `title.${when}`, { colour: t(`colour.${colour}`) });
    return html`<header class="head">
      ${shapeOf(colour, maybe)}
      <div class="name">
        <div id="title">${this.heading(title, 'finding')}</div>
        <p class="soft">${t('label')}</p>
      </div>
      <div class="words">
        ${maybe ? html`<p class="strong">${t(isLate ? 'maybe.late' : 'maybe.before')}</p>` : nothing}
        ${colour === undefined ? html`<p>${t(isLate ? 'unknown.late' : 'unknown.before')} ${possible.includes('red') ? nothing : t('not-red')}</p>` : nothing}
        ${known?.changed ? html`<p class="strong">${t('changed', { colour: t(`colour.${known.changed.from}`), at: this.format.dateTime(Date.parse(known.changed.at)) })}</p>` : nothing}
        ${colour === undefined ? nothing : html`<p>${known ? nothing : t('sunday')} ${this.#adviceFor(colour, day)}</p>`}
        <p class="soft">${t('lasts', { day: this.#dayName(day), next: this.#dayName(addDays(day, 1)) })}</p>
      </div>
    </header>`;
  }

  #adviceFor(colour: TempoColour, day: LocalDay): string {
    const t = this.words(tempoMessages);
    const price = this.#pricesOn(day)?.byRegister.get(TEMPO_REGISTERS.red.peak);
    return colour === 'red' && price ? t('advice.red.price', { price: this.format.unitPrice(price.price) }) : t(`advice.${colour}`);
  }

  // What holds now

  #present(hours: TempoHours, prices: Prices | undefined, now: number): TemplateResult {
    const t = this.words(tempoMessages);
    const colour = this.#sureColour(hours.day);
    const rate = t(`rate.${hours.rate}`);
    const price = colour && prices?.byRegister.get(TEMPO_REGISTERS[colour][hours.rate]);
    const nightHours = (hours.to - hours.from) / HOUR;
    const isOddNight = hours.rate === 'offPeak' && nightHours !== USUAL_NIGHT_HOURS;
    return html`<div class="now" part="now">
      <div class="now-words">
        <p class="soft">${t('now.title')}</p>
        <p class="with-shape strong">${shapeOf(colour)}${colour ? t('now', { colour: t(`colour.${colour}`), rate }) : t('now.unknown', { rate })}</p>
        <p>${t('now.until', { time: this.format.time(hours.to), left: this.#left(hours.to - now) })} ${this.#then(hours)}</p>
        ${isOddNight ? html`<p class="soft">${t(nightHours < USUAL_NIGHT_HOURS ? 'now.night.short' : 'now.night.long')}</p>` : nothing}
      </div>
      ${price ? html`<p class="number"><span>${this.format.unitPrice(price.price)}</span> <small>${t('now.price')}</small></p>` : nothing}
    </div>`;
  }

  #then({ to }: TempoHours): string {
    const t = this.words(tempoMessages);
    const { day, rate } = tempoHoursAt(to, this.format.timeZone);
    const colour = this.#sureColour(day);
    return colour ? t('now.then', { colour: t(`colour.${colour}`), rate: t(`rate.${rate}`) }) : t('now.then.unknown', { rate: t(`rate.${rate}`) });
  }

  /** Nobody is told to count on a colour that may still change; what the rules leave no choice about is sure unannounced. */
  #sureColour(day: LocalDay): TempoColour | undefined {
    const known = this.#dayOf(day);
    if (known) return known.isProvisional ? undefined : known.colour;
    const [only, ...others] = tempoMayBe(day);
    return others.length === 0 ? only : undefined;
  }

  #left(milliseconds: number): string {
    const t = this.words(tempoMessages);
    const minutes = Math.ceil(milliseconds / MINUTE);
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
    return hours > 0 ? t('left.hours', { hours, minutes: String(rest).padStart(2, '0') }) : t('left.minutes', { count: minutes });
  }

  // The days of the season

  #use(today: LocalDay): TemplateResult {
    const t = this.words(tempoMessages);
    const { season, colours, unknown } = tempoUse(this.#days.data?.items ?? [], today);
    const left = colours.red.left;
    const dayOf = (day: LocalDay) => this.format.day(day, 'long');
    return html`<div class="part">
      ${this.heading(left === 0 ? t('use.none') : t('use.title', { count: left }), 'part-title', 1)}
      <table class="use" part="table">
        <caption class="below">${t('use.caption', { from: dayOf(season.from), to: dayOf(addDays(season.to, -1)) })}</caption>
        <thead>
          <tr>
            <th scope="col">${t('use.colour')}</th>
            <th scope="col">${t('use.used')}</th>
            <th scope="col">${t('use.left')}</th>
            <th scope="col">${t('use.quota')}</th>
            <td class="bars"></td>
          </tr>
        </thead>
        <tbody>
          ${COLOURS.map((colour) => {
            const { quota, used, left: rest } = colours[colour];
            return html`<tr>
              <th scope="row"><span class="with-shape">${shapeOf(colour)}${t(`days.${colour}`)}</span></th>
              <td>${this.format.number(used)}</td>
              <td class="strong">${this.format.number(rest)}</td>
              <td class="soft">${this.format.number(quota)}</td>
              <td class="bars"><svg class="bar ${colour}" viewBox="0 0 ${quota} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">${svg`<rect x="0" y="0" width=${Math.min(used, quota)} height="1" stroke-width="0"></rect>`}</svg></td>
            </tr>`;
          })}
        </tbody>
      </table>
      ${unknown > 0 ? html`<p class="soft">${t('use.unknown', { count: unknown })}</p>` : nothing}
    </div>`;
  }

  // Prices

  #contractQuestion(): { contractId: string } | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  /** The customer's Tempo contract: the chosen one where it is one, else the first. */
  get #contract(): Contract | undefined {
    const today = localDay(this.#now, this.format.timeZone);
    const tempo = (this.#contracts.data?.items ?? []).filter((contract) => contract.isTempo && holdsOn(contract, today));
    const wanted = this.contract ?? this.client?.selectedContract.value;
    return tempo.find(({ id }) => id === wanted) ?? tempo[0];
  }

  /** Not before it is known that there are no prices of the customer's own. */
  get #needsTariffs(): boolean {
    const { status } = this.#contracts;
    if (status === 'loading' || status === 'waiting') return false;
    return this.#contract === undefined || this.#details.status === 'error' || this.#details.status === 'unsupported';
  }

  #pricesOn(day: LocalDay): Prices | undefined {
    const own = this.#contract && this.#details.data;
    if (own) return pricesOf(own.prices, day, { isOwn: true, withoutTax: own.taxes !== undefined, note: own.pricesNote });
    const tariff = this.#tariffs.data?.tariffs.find(({ kind }) => kind === 'tempo');
    // Energy costs the same whatever the subscribed power.
    return tariff && pricesOf(tariff.powers[0]?.prices ?? [], day, { isOwn: false, withoutTax: tariff.taxes !== undefined, note: this.#tariffs.data?.pricesNote });
  }

  #priceList({ byRegister, isOwn, withoutTax, note }: Prices, hours: TempoHours): unknown {
    const t = this.words(tempoMessages);
    if (byRegister.size === 0) return nothing;
    const present = this.#sureColour(hours.day);
    const since = [...byRegister.values()].map(({ from }) => from).sort().at(-1);
    return html`<div class="part">
      ${this.heading(t('prices.title'), 'part-title', 1)}
      <table class="prices" part="table">
        <caption>${t(withoutTax ? 'prices.caption.without-tax' : 'prices.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('use.colour')}</th>
            ${RATES.map((rate) => html`<th scope="col">${t(`prices.${rate}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${COLOURS.map(
            (colour) =>
              html`<tr>
                <th scope="row"><span class="with-shape">${shapeOf(colour)}${t(`days.${colour}`)}</span></th>
                ${RATES.map((rate) => {
                  const price = byRegister.get(TEMPO_REGISTERS[colour][rate]);
                  const isNow = colour === present && rate === hours.rate;
                  return html`<td class=${isNow ? 'current' : nothing}>${price ? this.format.unitPrice(price.price) : nothing}${isNow ? html` <small>${t('prices.now')}</small>` : nothing}</td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="soft small">${isOwn ? nothing : t('prices.offer')} ${since === undefined ? nothing : t('prices.since', { day: this.format.day(since, 'long') })} ${note ? localized(note, this.locale) : nothing}</p>
    </div>`;
  }

  // The customer's own calendar

  #agenda(): unknown {
    const address = this.#days.data?.calendar;
    if (address === undefined || !/^https?:/.test(address)) return nothing;
    const t = this.words(tempoMessages);
    const spoken = `${address}?lang=${this.locale.startsWith('fr') ? 'fr' : 'en'}`;
    return html`<div class="part agenda">
      ${this.heading(t('agenda.title'), 'part-title', 1)}
      <p class="measure">${t('agenda.text')}</p>
      <p><a class="button" href=${spoken.replace(/^https?/, 'webcal')}>${icon(CALENDAR)}${t('agenda.action')}</a></p>
      <p class="small">${t('agenda.address')} <span class="address">${spoken}</span></p>
    </div>`;
  }

  /** `mercredi 25 novembre`. */
  #dayName(day: LocalDay): string {
    return this.format.day(day, 'full').replace(/,? \d{4}$/, '');
  }
}

/** Lucide's calendar. */
const CALENDAR = svg`<path d="M8 2v4"></path><path d="M16 2v4"></path><rect width="18" height="18" x="3" y="4" rx="2"></rect><path d="M3 10h18"></path>`;

function pricesOf(prices: readonly ContractPrice[], day: LocalDay, about: Omit<Prices, 'byRegister'>): Prices {
  return { ...about, byRegister: new Map(pricesOn(prices, day).filter(({ unit }) => unit === 'kWh').map((price) => [price.what, price])) };
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-tempo': OyaTempo;
  }
}
