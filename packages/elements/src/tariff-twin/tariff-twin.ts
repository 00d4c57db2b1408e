import { addDays, describeTariffs, getConsumption, getContract, lastTwelveMonths, listContracts, listMeters, listTempoDays, localDay, type Contract, type Input, type LocalDay, type Meter, type OffPeak, type Period, type PortalError, type ReferenceTariff, type TempoColour } from '@oya/contract';
import { capitalized, OyaElement, Resource, type Part } from '@oya/core';
import type * as MeasuredDays from '@oya/formats/measured-days';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { rangesWords } from '../clock.ts';
import { icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';
import { spaceStyles } from '../space.styles.ts';
import { switchStyles } from '../switch.styles.ts';
import { always, readFiles, type FileMeter, type FileProblem, type FilesRead, type Readers } from './files.ts';
import { codesOf, isTold, kindOf, NOTHING_KNOWN, subjectOf, tariffOf, type Known, type Subject } from './subject.ts';
import { tariffTwinMessages } from './tariff-twin.messages.ts';
import { tariffTwinStyles } from './tariff-twin.styles.ts';

type Way = 'account' | 'file';

/** What reckons, in a file of its own: it is asked for once there is something to reckon with, or a file to expect. */
const RESULT: Part = () => import('./result.ts').then(({ defineResult }) => defineResult());

let measuring: typeof MeasuredDays | undefined;
const MEASURING: Part = async () => void (measuring = await import('@oya/formats/measured-days'));

let readers: Readers | undefined;
/** All that any file may need, so that none of it is missing once the network is gone. */
const READERS: Part = async () => {
  const [{ read, detect, prepare }, { measuredMeters }] = await Promise.all([import('@oya/formats'), import('@oya/formats/measured-days'), RESULT()]);
  await prepare();
  readers = { read, detect, measuredMeters };
};

/** Hours that are typed rather than chosen. */
const OTHER = 'other';

/**
 * What the same consumption would have cost under each tariff of the installation: the last twelve months by the prices of
 * their days, from the customer's meter or from files that they drop. Files are read in the browser and sent nowhere; without
 * an account it works as well, and without network once it is loaded. What is missing is said, not guessed.
 *
 * @summary The last 12 months under Base, peak and off-peak and Tempo, from the account or from a file.
 * @placeholder 40rem
 * @csspart notice - A message in place of the comparison: an error, signed out, nothing measured yet.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart drop - Where files are dropped.
 * @csspart card - One tariff with what it would have cost.
 * @csspart table - The table of the months, and those of the prices.
 * @cssprop [--oya-bar-chart-height=13rem] - Height of the months' bars.
 */
export class OyaTariffTwin extends OyaElement {
  static override readonly messages = tariffTwinMessages;
  static override styles = [OyaElement.styles, spaceStyles, switchStyles, tariffTwinStyles];

  /** Where the measures come from; the account where there is one, until the customer chooses. */
  @state() private chosenWay: Way | undefined;
  @state() private files: FilesRead | undefined;
  @state() private reading = false;
  @state() private isOver = false;
  @state() private chosenMeter: number | undefined;
  /** What the customer says, and only for what it was said of. */
  @state() private power: number | undefined;
  @state() private hours: string | undefined;
  @state() private typedHours: readonly string[] = ['', '', '', ''];
  @query('input[type=file]') private readonly picker!: HTMLInputElement | null;

  readonly #tariffs = new Resource(this, describeTariffs, () => ({}));
  readonly #tempoDays = new Resource(this, listTempoDays, () => this.#tempoQuestion(), { blocking: false });
  readonly #contracts = new Resource(this, listContracts, () => ({}), { blocking: false });
  readonly #meters = new Resource(this, listMeters, () => this.#contractQuestion(), { blocking: false });
  readonly #details = new Resource(this, getContract, () => this.#contractQuestion(), { blocking: false });
  readonly #days = new Resource(this, getConsumption, () => this.#consumptionQuestion('day'), { blocking: false });
  readonly #curve = new Resource(this, getConsumption, () => this.#consumptionQuestion('half-hour'), { blocking: false });

  #taken = Promise.resolve();
  #accountSubject: { readonly of: readonly unknown[]; readonly subject: Subject | undefined } | undefined;
  #fileSubject: { readonly of: FileMeter; readonly subject: Subject | undefined } | undefined;
  #colours: { readonly of: readonly unknown[]; readonly colours: ReadonlyMap<LocalDay, TempoColour> } | undefined;
  #offPeak: { readonly of: string; readonly offPeak: readonly OffPeak[] } | undefined;

  /** A visitor without an account, or whose account cannot be reached, still has files. */
  protected override get failure(): PortalError | undefined {
    return this.#tariffs.status === 'error' ? this.#tariffs.error : undefined;
  }

  protected override isEmpty(): boolean {
    return this.#tariffs.data?.tariffs.length === 0;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(tariffTwinMessages);
    return this.notice(t('empty.title'), t('empty.text'));
  }

  protected override renderReady(): unknown {
    const t = this.words(tariffTwinMessages);
    const way = this.#way;
    return html`<section class="frame" aria-labelledby="title">
      <header class="head">
        <div id="title">${this.heading(t('title'))}</div>
        <p class="measure soft">${t('intro')}</p>
      </header>
      ${way === undefined ? this.renderLoading() : html`${this.#ways(way)} ${way === 'account' ? this.#account() : this.#file()}`}
    </section>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('chosenWay') && changed.get('chosenWay') !== undefined) this.#forget();
  }

  /** What was said holds for one contract or file. */
  #forget(): void {
    this.power = undefined;
    this.hours = undefined;
  }

  /** `undefined` while it is not known whether there is an account. */
  get #way(): Way | undefined {
    if (this.chosenWay) return this.chosenWay;
    const { status, data } = this.#contracts;
    if (status === 'loading' || status === 'waiting') return undefined;
    return status === 'ready' && data && !this.#electricity.length ? 'file' : status === 'signed-out' || status === 'unsupported' ? 'file' : 'account';
  }

  #ways(current: Way): unknown {
    if (this.#contracts.status === 'unsupported') return nothing;
    const t = this.words(tariffTwinMessages);
    const way = (each: Way, shape: typeof spaceIcons.file) => html`<button type="button" aria-pressed=${each === current ? 'true' : 'false'} @click=${() => (this.chosenWay = each)}>
      ${icon(shape)}<span>${t(`way.${each}`)}</span>
    </button>`;
    return html`<div class="choice" role="group" aria-label=${t('way')}>${way('account', spaceIcons.bolt)}${way('file', spaceIcons.file)}</div>`;
  }

  // From the account

  get #electricity(): readonly Contract[] {
    return (this.#contracts.data?.items ?? []).filter(({ energy }) => energy === 'electricity');
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#electricity);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items.find(({ energy }) => energy === 'electricity');
  }

  /** The last twelve months of what exists, as soon as that is known. */
  get #period(): Period {
    const available = this.#days.data?.meterId === this.#meter?.id ? this.#days.data?.available : undefined;
    return lastTwelveMonths(available ?? { from: '2000-01-01', to: this.#today });
  }

  get #today(): LocalDay {
    return localDay(Date.now(), this.format.timeZone);
  }

  #contractQuestion(): Input<'getContract'> | undefined {
    const contract = this.#way === 'account' ? this.#contract : undefined;
    return contract && { contractId: contract.id };
  }

  #consumptionQuestion(resolution: 'day' | 'half-hour'): Input<'getConsumption'> | undefined {
    const meter = this.#way === 'account' ? this.#meter : undefined;
    if (!meter?.resolutions.includes(resolution)) return undefined;
    // A year of half-hours is asked for once it is known which year.
    if (resolution === 'half-hour' && !this.#days.data?.available) return undefined;
    return { meterId: meter.id, resolution, ...this.#period };
  }

  /** Of all days that have a price under Tempo: which of them a file will be about is not known yet, and then it may be too late to ask. */
  #tempoQuestion(): Input<'listTempoDays'> | undefined {
    const prices = (this.#tariffs.data?.tariffs ?? []).flatMap(({ kind, powers }) => (kind === 'tempo' ? powers.flatMap((power) => power.prices) : []));
    const from = prices.map((price) => price.from).sort()[0];
    const to = addDays(this.#today, 2);
    return from === undefined || from >= to ? undefined : { from: addDays(from, -1), to };
  }

  #account(): unknown {
    const t = this.words(tariffTwinMessages);
    const chain = [this.#contracts, this.#meters, this.#days, this.#curve];
    if (this.#contracts.status === 'signed-out') return super.renderSignedOut();
    const failed = chain.find(({ status }) => status === 'error');
    if (failed?.error) return this.errorNotice(failed.error, () => void chain.filter(({ status }) => status === 'error').map((resource) => resource.refresh()));
    const chooser = contractChooser(this, this.#electricity, this.#contract, t('contract'), () => t('energy.electricity'));
    return html`${chooser} ${this.#accountContent()}`;
  }

  #accountContent(): unknown {
    const t = this.words(tariffTwinMessages);
    const toFile = html`<button type="button" class="button" @click=${() => (this.chosenWay = 'file')}>${t('to-file')}</button>`;
    if (this.#contracts.data && !this.#contract) return this.notice(t('no-contract.title'), t('no-contract.text'), toFile);
    const meter = this.#meter;
    if (this.#meters.data && !meter) return this.notice(t('no-meter.title'), t('no-meter.text'), toFile);
    if (meter && !meter.resolutions.includes('day')) return this.notice(t('no-days.title'), t('no-days.text'), toFile);
    const { data } = this.#days;
    if (data && !data.available) return this.notice(t('nothing-measured.title'), t('nothing-measured.text'), toFile);
    const waitsForCurve = meter?.resolutions.includes('half-hour') && !this.#curve.data;
    const waitsForDetails = this.#details.status === 'loading' || this.#details.status === 'waiting';
    if (!meter || !data || waitsForCurve || waitsForDetails) return this.renderLoading();
    return this.whenHere(MEASURING, () => {
      const subject = this.#subjectOf(meter);
      if (!subject) return this.notice(t('nothing-measured.title'), t('nothing-measured.text'), toFile);
      const known = { subscribedPowerKva: this.#contract?.subscribedPowerKva ?? null, offPeak: this.#details.data?.offPeak ?? [] };
      const wantsConsent = meter.loadCurve === 'consent-needed' || meter.loadCurve === 'requested';
      return this.#comparison(subject, known, 'contract', wantsConsent ? this.link('consents', t('to-consents')) : nothing);
    });
  }

  #subjectOf(meter: Meter): Subject | undefined {
    const of = [this.#days.data, this.#curve.data, meter, this.format.timeZone];
    if (!measuring) return undefined;
    if (this.#accountSubject?.of.every((each, index) => each === of[index])) return this.#accountSubject.subject;
    const [days, curve] = [this.#days.data?.series, this.#curve.data?.series];
    const measured = measuring.measuredDays({ days: days?.kind === 'energy' ? [days] : [], curves: curve?.kind === 'curve' ? [curve] : [] }, this.format.timeZone);
    const codes = meter.registers.map(({ code }) => code);
    const [only] = codes;
    // With one register all energy is its own.
    const counted = codes.length === 1 && only !== undefined ? measured.map((day) => (day.energy === null ? day : { ...day, registers: { [only]: day.energy } })) : measured;
    this.#accountSubject = { of, subject: subjectOf(counted, kindOf(codes)) };
    return this.#accountSubject.subject;
  }

  // From files

  #file(): unknown {
    const { files } = this;
    const t = this.words(tariffTwinMessages);
    return html`<div
        class=${this.isOver ? 'drop over' : 'drop'}
        part="drop"
        @dragenter=${this.#onDrag}
        @dragover=${this.#onDrag}
        @dragleave=${(event: DragEvent) => !(event.currentTarget as Element).contains(event.relatedTarget as Node | null) && (this.isOver = false)}
        @drop=${this.#onDrop}
      >
        <p class="strong">${t('drop.title')}</p>
        <p class="soft small measure" id="drop-text">${t('drop.text')}</p>
        <button type="button" class=${files?.meters.length ? 'button' : 'button primary'} aria-describedby="drop-text" @click=${() => this.picker?.click()}>${t(files ? 'drop.another' : 'drop.choose')}</button>
        <input type="file" multiple hidden @change=${this.#onPicked} />
        <p class="small private">${icon(spaceIcons.shield)}<span>${t('drop.private')} ${this.#readiness()}</span></p>
      </div>
      <div role="status" class="told">${this.reading ? html`<p>${t('reading')}</p>` : this.#told(files)}</div>
      ${files && !this.reading ? this.#fileContent(files) : nothing}
      ${files ? nothing : this.#whereFrom()}`;
  }

  /** Whether the network could go now. */
  #readiness(): unknown {
    const t = this.words(tariffTwinMessages);
    const { status } = this.#tempoDays;
    const isComing = status === 'loading';
    return this.whenHere(READERS, () => (isComing ? t('drop.loading') : html`<span class="ready">${t('drop.ready')}</span>`), () => t('drop.loading'));
  }

  #whereFrom(): TemplateResult {
    const t = this.words(tariffTwinMessages);
    return html`<details>
      <summary>${t('where.title')}</summary>
      <ul class="measure">
        ${(['where.enedis', 'where.supplier', 'where.other'] as const).map((key) => html`<li>${t(key)}</li>`)}
      </ul>
    </details>`;
  }

  #told(files: FilesRead | undefined): unknown {
    if (!files) return nothing;
    const t = this.words(tariffTwinMessages);
    // A contract beside measures lacks nothing.
    const problems = files.problems.filter(({ trouble }) => trouble !== 'contract' || files.meters.length === 0);
    return html`${problems.map((problem) => this.#problem(problem))}
    ${files.meters.length > 0
      ? html`<p class="read">${icon('check')}<span><bdi>${t('read', { names: new Intl.ListFormat(this.locale).format(files.names) })}</bdi>${files.skipped > 0 ? html` ${t('skipped', { count: files.skipped })}` : nothing}</span></p>`
      : nothing}
    ${files.colours.size > 0 ? html`<p class="read">${icon('check')}<span>${t('colours', { count: files.colours.size })}</span></p>` : nothing}`;
  }

  #problem({ name, trouble, detail }: FileProblem): TemplateResult {
    const t = this.words(tariffTwinMessages);
    return html`<div class=${trouble === 'contract' ? 'notice' : 'notice error'} part="notice" data-trouble=${trouble}>
      <p class="strong"><bdi>${name}</bdi></p>
      <p>${t(`trouble.${trouble}`)}</p>
      ${detail ? html`<details><summary>${t('detail')}</summary><p class="small" lang="en" dir="ltr">${detail}</p></details>` : nothing}
    </div>`;
  }

  #fileContent(files: FilesRead): unknown {
    const { meters } = files;
    if (meters.length === 0) return nothing;
    const index = meters.length === 1 ? 0 : this.chosenMeter;
    const meter = index === undefined ? undefined : meters[index];
    const chooser = meters.length > 1 ? this.#meterChooser(meters) : nothing;
    if (!meter) return chooser;
    if (this.#fileSubject?.of !== meter) this.#fileSubject = { of: meter, subject: subjectOf(meter.days, kindOf(codesOf(meter.days))) };
    const { subject } = this.#fileSubject;
    return html`${chooser} ${subject ? this.#comparison(subject, this.#knownOf(files, meter), 'file') : nothing}`;
  }

  #meterChooser(meters: readonly FileMeter[]): TemplateResult {
    const t = this.words(tariffTwinMessages);
    return html`<fieldset class="meters">
      <legend>${t('meters', { count: meters.length })}</legend>
      ${meters.map(({ deliveryPoint, days }, index) => {
        const [first, last] = [days[0], days.at(-1)];
        return html`<label>
          <input type="radio" name="meter" .checked=${index === this.chosenMeter} @change=${() => this.#chooseMeter(index)} />
          <span>
            <span class="strong">${deliveryPoint === null ? t('meter.unnamed') : t('meter', { number: deliveryPoint })}</span>
            ${first && last ? html`<span class="soft small">${t('from-to', { from: this.format.day(first.day, 'long'), to: this.format.day(last.day, 'long') })}</span>` : nothing}
          </span>
        </label>`;
      })}
    </fieldset>`;
  }

  #chooseMeter(index: number): void {
    this.chosenMeter = index;
    this.#forget();
  }

  #knownOf({ contract, meters }: FilesRead, { known }: FileMeter): Known {
    // Whoever drops one contract beside the measures of one meter means that one.
    return isTold(known) || meters.length > 1 ? known : contract;
  }

  readonly #onDrag = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    this.#take([...(event.dataTransfer?.files ?? [])]);
  };

  readonly #onPicked = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const files = [...(input.files ?? [])];
    // The same file again, mended meanwhile, is a choice too.
    input.value = '';
    this.#take(files);
  };

  /** One after the other: what is dropped while others are read is read after them. */
  #take(files: readonly File[]): void {
    if (files.length > 0) this.#taken = this.#taken.then(() => this.#read(files));
  }

  async #read(files: readonly File[]): Promise<void> {
    this.reading = true;
    try {
      await READERS();
      if (!readers) return;
      const read = await readFiles(files, this.files, readers, this.format.timeZone);
      if (read.meters !== this.files?.meters) this.chosenMeter = undefined;
      this.files = read;
    } catch (thrown) {
      console.error(thrown);
      this.files = { names: [], contents: this.files?.contents ?? [], meters: [], contract: NOTHING_KNOWN, colours: new Map(), skipped: 0, problems: files.map(({ name }) => ({ name, trouble: navigator.onLine ? 'unreadable' : 'offline' })) };
    } finally {
      this.reading = false;
    }
  }

  // What is asked, and what comes of it

  #comparison(subject: Subject, known: Known, source: 'contract' | 'file', consent: unknown = nothing): TemplateResult {
    const tariffs = this.#tariffs.data;
    const offPeak = this.#hoursOf(known);
    const power = this.power ?? known.subscribedPowerKva;
    return html`${this.#fields(subject, known, source, power)}
    ${this.whenHere(
      RESULT,
      () => html`<oya-tariff-twin-result
        .subject=${subject}
        .tariffs=${tariffs}
        .own=${source === 'contract' ? this.#ownTariff(subject) : undefined}
        .power=${power}
        .offPeak=${offPeak}
        .colours=${this.#coloursKnown}
        .consent=${consent}
        lang=${this.locale}
        heading-level=${this.levelOf(1)}
      ></oya-tariff-twin-result>`,
    )}`;
  }

  #ownTariff({ period }: Subject): ReferenceTariff | undefined {
    const { data } = this.#details;
    return data && tariffOf(data, this.#tariffs.data?.tariffs ?? [], addDays(period.to, -1));
  }

  /** Those that the portal knows, and those of a file. The same answers give the same, so that only what is new is reckoned. */
  get #coloursKnown(): ReadonlyMap<LocalDay, TempoColour> {
    const own = this.#way === 'file' ? this.files?.colours : undefined;
    const of = [this.#tempoDays.data, own];
    if (!this.#colours?.of.every((each, index) => each === of[index])) {
      this.#colours = { of, colours: new Map([...(own ?? []), ...(this.#tempoDays.data?.items ?? []).filter(({ isProvisional }) => !isProvisional).map(({ day, colour }) => [day, colour] as const)]) };
    }
    return this.#colours?.colours ?? new Map();
  }

  #fields(subject: Subject, known: Known, source: 'contract' | 'file', power: number | null): TemplateResult {
    const t = this.words(tariffTwinMessages);
    const tariffs = this.#tariffs.data?.tariffs ?? [];
    const powers = [...new Set([...tariffs.flatMap((tariff) => tariff.powers.map(({ kva }) => kva)), ...(known.subscribedPowerKva === null ? [] : [known.subscribedPowerKva])])].sort((a, b) => a - b);
    const isOwnPower = known.subscribedPowerKva !== null && power === known.subscribedPowerKva;
    const areCounted = subject.counted === 'peak-off-peak' && known.offPeak.length === 0;
    return html`<div class="fields">
      <div class="field">
        <label for="power">${t('power')}</label>
        <select id="power" aria-describedby="power-hint" @change=${(event: Event) => (this.power = Number((event.target as HTMLSelectElement).value) || undefined)}>
          ${power === null ? html`<option value="" selected>${t('choose')}</option>` : nothing}
          ${powers.map((kva) => html`<option value=${kva} .selected=${kva === power}>${this.#kva(kva)}</option>`)}
        </select>
        <p class="hint" id="power-hint">${t(isOwnPower ? `power.${source}` : power === null ? 'power.unknown' : 'power.said')}</p>
      </div>
      ${tariffs.some(({ kind }) => kind === 'peak-off-peak') ? this.#hoursField(tariffs, known, source, areCounted) : nothing}
    </div>`;
  }

  #hoursField(tariffs: readonly ReferenceTariff[], known: Known, source: 'contract' | 'file', areCounted: boolean): TemplateResult {
    const t = this.words(tariffTwinMessages);
    const chosen = this.#hoursChosen(known);
    const usual = usualHours(tariffs);
    const own = known.offPeak.at(-1)?.ranges;
    const option = (value: string, words: string) => html`<option value=${value} .selected=${value === chosen}>${words}</option>`;
    const hint = chosen === 'own' ? (known.offPeak.length > 1 ? 'hours.dated' : (`hours.${source}` as const)) : chosen === '' || (chosen === OTHER && typedRanges(this.typedHours).length === 0) ? (areCounted ? 'hours.counted' : 'hours.unknown') : 'hours.said';
    return html`<div class="field">
        <label for="hours">${t('hours')}</label>
        <select id="hours" aria-describedby="hours-hint" @change=${(event: Event) => (this.hours = (event.target as HTMLSelectElement).value)}>
          ${chosen === '' ? option('', t('choose')) : nothing}
          ${own ? option('own', capitalized(rangesWords(own, this.format, t), this.locale)) : nothing}
          ${usual.map((ranges, index) => option(`usual-${index}`, t('hours.usual', { hours: rangesWords(ranges, this.format, t) })))}
          ${option(OTHER, t('hours.other'))}
        </select>
        <p class="hint" id="hours-hint">${t(hint)}</p>
      </div>
      ${chosen === OTHER ? this.#typedFields() : nothing}`;
  }

  #typedFields(): TemplateResult {
    const t = this.words(tariffTwinMessages);
    return html`<fieldset class="typed">
      <legend>${t('hours.type')}</legend>
      ${[0, 2].map(
        (first) => html`<div class="range">
          ${[first, first + 1].map(
            (place) => html`<label>
              <span>${t(place % 2 === 0 ? 'hours.from' : 'hours.to')}${first === 2 ? html`<span class="visually-hidden"> ${t('hours.second')}</span>` : nothing}</span>
              <input type="time" .value=${this.typedHours[place] ?? ''} @change=${(event: Event) => (this.typedHours = this.typedHours.map((before, index) => (index === place ? (event.target as HTMLInputElement).value : before)))} />
            </label>`,
          )}
        </div>`,
      )}
      <p class="hint">${t('hours.type.hint')}</p>
    </fieldset>`;
  }

  #hoursChosen(known: Known): string {
    return this.hours ?? (known.offPeak.length > 0 ? 'own' : '');
  }

  /** The hours in effect; the same choice gives the same, so that only what is new is reckoned. */
  #hoursOf(known: Known): readonly OffPeak[] {
    const chosen = this.#hoursChosen(known);
    if (chosen === 'own') return known.offPeak;
    const usual = usualHours(this.#tariffs.data?.tariffs ?? [])[Number(chosen.replace('usual-', '') || NaN)];
    const offPeak = chosen === OTHER ? always(typedRanges(this.typedHours)) : always(usual ?? []);
    const of = JSON.stringify(offPeak);
    if (this.#offPeak?.of !== of) this.#offPeak = { of, offPeak };
    return this.#offPeak.offPeak;
  }

  #kva(kva: number): string {
    return `${this.format.number(kva, Number.isInteger(kva) ? 0 : 1)}\u202fkVA`;
  }
}

/** Off-peak hours that are usual here, each once. */
function usualHours(tariffs: readonly ReferenceTariff[]): OffPeak['ranges'][] {
  const all = tariffs.flatMap(({ offPeak = [] }) => offPeak.filter(({ to }) => to === null).map(({ ranges }) => ranges));
  return all.filter((ranges, index) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(ranges)) === index);
}

/** Stretches of which both ends are typed. */
function typedRanges(typed: readonly string[]): OffPeak['ranges'] {
  return [0, 2].flatMap((first) => {
    const [from = '', to = ''] = typed.slice(first, first + 2);
    return from && to && from !== to ? [{ from, to }] : [];
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-tariff-twin': OyaTariffTwin;
  }
}
