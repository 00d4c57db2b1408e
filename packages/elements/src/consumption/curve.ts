import type { CurveFormat, OyaLoadCurve, OyaWindowChangeEvent } from '@oya/charts';
import { addDays, getConsumption, joinSegments, localDay, PortalError, stepStart, type CurveSegment, type LoadCurve, type LocalDay, type Period } from '@oya/contract';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { stretchIn, withStretch, type Stretch } from '../curve-address.ts';
import { ConsumptionPart } from './part.ts';
import { partsMessages } from './parts.messages.ts';
import { toolShapes } from './tool-shapes.ts';

/** Addresses change once a gesture has come to rest: browsers refuse to change them a hundred times a minute. */
const REST_MS = 300;

type Loading = { readonly kind: 'loading'; readonly year: string } | { readonly kind: 'stopped' | 'ready' } | { readonly kind: 'failed'; readonly error: PortalError };

/**
 * The load curve of all years, to zoom into and move along. It comes a year at a time, the last one first, so that there is
 * something to see at once and to stop when it is enough. Part of `oya-consumption`.
 */
export class OyaConsumptionCurve extends ConsumptionPart {
  static override readonly lightStyles = `oya-consumption-curve {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-3);
  padding-block-start: var(--oya-space-5);
  border-block-start: 1px solid var(--oya-color-line);
}
.curve-title:focus {
  outline: none;
}
.loading-years {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-3);
}
.loading-years progress {
  flex: 1 1 8rem;
  max-inline-size: 20rem;
  block-size: 8px;
  accent-color: var(--oya-color-accent);
}
.zooming {
  display: flex;
  flex-wrap: wrap;
  gap: var(--oya-space-2);
}`;

  @property() remember: 'none' | 'hash' = 'none';
  /** Its title takes the focus once it is there: somebody asked for it. */
  takesFocus = false;

  @state() private loading: Loading | undefined;
  @state() private curve: LoadCurve = { kind: 'curve', unit: 'W', segments: [] };
  @state() private window: Stretch | undefined;
  @state() private hasChart = false;
  @query('oya-load-curve') private readonly chart!: OyaLoadCurve | null;

  /** The years with half-hours, the last first; known from the first answer on. */
  #years: Period[] = [];
  #done = 0;
  #segments: CurveSegment[] = [];
  #stopped = false;
  /** Ends the waiting; what was asked for comes all the same, and is there when one goes on. */
  #leave: (() => void) | undefined;
  #rest = 0;
  #format: CurveFormat | undefined;
  #formatOf: unknown;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (!this.takesFocus || this.state !== 'ready') return;
    this.takesFocus = false;
    this.moveFocus('.curve-title');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.window = stretchIn(location.hash);
    addEventListener('hashchange', this.#readAddress);
    void import('@oya/charts/load-curve.define').then(() => (this.hasChart = true)).catch(() => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readAddress);
    this.#stop();
    clearTimeout(this.#rest);
  }

  readonly #readAddress = (): void => {
    this.window = stretchIn(location.hash) ?? this.window;
  };

  protected override renderReady(): unknown {
    const t = this.words(partsMessages);
    if (!this.loading && this.shown && this.client) void this.#begin();
    return html`${this.heading(t('explore.title'), 'part-title curve-title')} ${this.#progress()} ${this.curve.segments.length > 0 && this.hasChart ? this.#picture() : nothing}
    ${this.loading?.kind === 'ready' && this.curve.segments.length === 0 ? html`<p>${t('explore.none')}</p>` : nothing}`;
  }

  #progress(): TemplateResult {
    const t = this.words(partsMessages);
    const { loading } = this;
    const count = this.#years.length;
    const span = this.#span();
    if (!loading || loading.kind === 'loading') {
      return html`<div class="loading-years">
        <progress max=${Math.max(1, count)} value=${this.#done} aria-label=${this.core('loading')}></progress>
        <p class="soft small" role="status">${loading && count > 0 ? t('explore.progress', { year: loading.year, done: this.#done, count }) : this.core('loading')}</p>
        <button type="button" class="button" @click=${() => this.#stop()}>${t('explore.stop')}</button>
      </div>`;
    }
    if (loading.kind === 'failed') {
      return html`<div>
        <p class="quality">${icon('alert')}<span>${t('explore.failed')}</span></p>
        ${this.errorNotice(loading.error, () => void this.#load())}
      </div>`;
    }
    return html`<div class="loading-years">
      <p class="soft small" role="status">${span ? t(loading.kind === 'stopped' ? 'explore.stopped' : 'explore.ready', span) : nothing}</p>
      ${loading.kind === 'stopped' && this.#done < count ? html`<button type="button" class="button" @click=${() => void this.#load()}>${t('explore.more')}</button>` : nothing}
    </div>`;
  }

  #picture(): TemplateResult {
    const t = this.words(partsMessages);
    const whole = this.#extent();
    const window = this.window ?? whole;
    const words = window && t('explore.window', { from: this.#day(window.from), to: this.#day(window.to - 1) });
    const act = (name: 'in' | 'out' | 'earlier' | 'later' | 'all', shape: unknown, run: (chart: OyaLoadCurve) => void) =>
      html`<button type="button" class="button" @click=${() => this.chart && run(this.chart)}>${shape}<span>${t(`explore.${name}`)}</span></button>`;
    return html`<oya-load-curve
        .label=${t('explore.title')}
        .curve=${this.curve}
        .format=${this.#curveFormat()}
        .limit=${this.shown && this.curveWords(this.shown.tell).limit(this.shown.told.subscribedKva)}
        .window=${this.window ?? null}
        @oya-window-change=${this.#onWindow}
      >
        <span slot="summary">${words}</span>
      </oya-load-curve>
      <div class="zooming" role="group" aria-label=${t('explore.title')}>
        ${act('earlier', icon('previous'), (chart) => chart.panBy(-0.5))} ${act('later', icon('next'), (chart) => chart.panBy(0.5))} ${act('in', icon(toolShapes['zoom-in']), (chart) => chart.zoomBy(2))}
        ${act('out', icon(toolShapes['zoom-out']), (chart) => chart.zoomBy(0.5))} ${act('all', nothing, (chart) => chart.showAll())}
      </div>`;
  }

  readonly #onWindow = ({ from, to }: OyaWindowChangeEvent): void => {
    const whole = this.#extent();
    this.window = whole && from <= whole.from && to >= whole.to ? undefined : { from, to };
    if (this.remember !== 'hash') return;
    clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => {
      const { pathname, search, hash } = location;
      history.replaceState(history.state, '', `${pathname}${search}${withStretch(hash, this.window)}`);
    }, REST_MS);
  };

  /** The first answer tells how far back the half-hours go. */
  async #begin(): Promise<void> {
    const { shown } = this;
    const available = shown?.answer.available;
    if (!available) return;
    this.#years = yearsOf(available);
    await this.#load();
  }

  async #load(): Promise<void> {
    const { client, shown } = this;
    if (!client || !shown) return;
    this.#stopped = false;
    try {
      while (this.#done < this.#years.length && !this.#stopped) {
        const period = this.#years[this.#done] as Period;
        this.loading = { kind: 'loading', year: period.from.slice(0, 4) };
        const input = { meterId: shown.meter.id, resolution: 'half-hour' as const, ...period };
        const left = new Promise<undefined>((resolve) => (this.#leave = () => resolve(undefined)));
        const answer = await Promise.race([left, client.queries.fetchQuery({ queryKey: client.keyOf(getConsumption, input), queryFn: ({ signal }) => client.read(getConsumption, input, signal) })]);
        if (!answer) break;
        const { series, available } = answer;
        if (this.#done === 0) this.#years = available ? yearsOf(available) : [];
        this.#done += 1;
        if (series.kind !== 'curve') continue;
        this.#segments = joinSegments([...series.segments, ...this.#segments]);
        this.curve = { kind: 'curve', unit: 'W', segments: this.#segments };
      }
      this.loading = { kind: this.#done < this.#years.length ? 'stopped' : 'ready' };
    } catch (thrown) {
      this.loading = { kind: 'failed', error: PortalError.from(thrown) };
    }
  }

  #stop(): void {
    this.#stopped = true;
    this.#leave?.();
  }

  #extent(): Stretch | undefined {
    const [first, last] = [this.curve.segments[0], this.curve.segments.at(-1)];
    return first && last && { from: Date.parse(first.start), to: Date.parse(last.start) + last.values.length * last.stepMinutes * 60_000 };
  }

  #span(): { from: string; to: string } | undefined {
    const extent = this.#extent();
    return extent && { from: this.#day(extent.from), to: this.#day(extent.to - 1) };
  }

  #day(instant: number): string {
    return this.format.day(localDay(instant, this.format.timeZone), 'long');
  }

  /** Over years, words need their day. */
  #curveFormat(): CurveFormat | undefined {
    const tell = this.shown?.tell;
    if (!tell || this.#formatOf === tell) return this.#format;
    const { format } = this;
    const own = this.curveWords(tell).curve;
    const dayOf = (instant: number): LocalDay => localDay(instant, format.timeZone);
    this.#formatOf = tell;
    return (this.#format = {
      ...own,
      tick: (instant, unit) => {
        const day = dayOf(instant);
        if (unit === 'year') return format.day(day, 'year');
        if (unit === 'month') return format.day(day, 'month-name');
        return unit === 'day' ? format.day(day, 'medium') : own.tick(instant, unit);
      },
      spoken: (point) => `${tell.capitalized(format.day(dayOf(point.from)))}, ${own.spoken(point).toLocaleLowerCase(format.locale)}`,
    });
  }
}

/** Calendar years of a period, the last first, each as far as it reaches. */
export function yearsOf({ from, to }: Period): Period[] {
  const years: Period[] = [];
  for (let end = to; end > from; ) {
    const start = stepStart(addDays(end, -1), 'year');
    years.push({ from: start > from ? start : from, to: end });
    end = start;
  }
  return years;
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-curve': OyaConsumptionCurve;
  }
}
