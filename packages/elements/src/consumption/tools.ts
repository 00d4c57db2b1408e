import type { OyaBarChart, OyaLoadCurve } from '@oya/charts';
import type { Playback } from '@oya/charts/sonify';
import { define, type Part } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../icons.ts';
import { splitFragment } from '../fragment.ts';
import { saveFile } from '../save-file.ts';
import { stretchIn } from '../curve-address.ts';
import { consumptionMessages } from './consumption.messages.ts';
import { fileName, fileOf, lastDayOf, type FileFormat } from './files.ts';
import { ConsumptionPart } from './part.ts';
import { partsMessages } from './parts.messages.ts';
import { amountsOf } from './picture.ts';
import type { Unit } from './question.ts';
import type { Shown } from './shown.ts';
import { toolShapes } from './tool-shapes.ts';

const TABLES = ['csv', 'xlsx', 'green-button'] as const satisfies readonly FileFormat[];

/** The load curve of years comes when somebody explores it. */
const CURVE: Part = () => import('./curve.ts').then(({ OyaConsumptionCurve }) => define('oya-consumption-curve', OyaConsumptionCurve));

/** A month is heard in some eight seconds. */
const LONGEST_SOUND_MS = 8000;
const SLOWEST_MS = 350;

/** What one can do with what is shown: hear it, explore the load curve, keep it as a file, print it. Part of `oya-consumption`. */
export class OyaConsumptionTools extends ConsumptionPart {
  static override readonly lightStyles = `oya-consumption-tools {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: var(--oya-space-4);
}
.tools {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: var(--oya-space-2);
}
.menu {
  position: relative;
}
.menu ul {
  position: absolute;
  z-index: 2;
  inset-block-start: calc(100% + 4px);
  inset-inline-start: 0;
  min-inline-size: 14rem;
  margin: 0;
  padding: var(--oya-space-1);
  border: 1px solid var(--oya-color-line-strong);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface);
  list-style: none;
}
.menu li button {
  justify-content: start;
  inline-size: 100%;
  border-color: transparent;
  font-weight: 400;
}
.said {
  font-size: var(--oya-size-1);
  color: var(--oya-color-ink-soft);
}
.said:empty {
  display: none;
}
.printed {
  display: none;
}
@media print {
  .tools,
  .said,
  oya-consumption-curve {
    display: none;
  }
  .printed {
    display: block;
  }
}`;

  @property() remember: 'none' | 'hash' = 'none';

  @state() private explores = false;
  @state() private menuOpen = false;
  @state() private isBusy = false;
  @state() private said = '';
  @state() private sound: 'playing' | 'paused' | undefined;
  /** The page is about to be printed: its table with it, whatever is on the screen. */
  @state() private prints = false;

  /** The curve was asked for here, not by the page's address. */
  #wasAsked = false;
  /** What the address asks for, as a shortcut to *Ma conso* does, until it is shown. */
  #unitAsked: Unit | undefined;
  #playback: Playback | undefined;
  #ended: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#openStretch();
    // What is remembered is where one was; any other stretch was asked for by a link.
    this.#wasAsked &&= this.remember !== 'hash';
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    addEventListener('hashchange', () => this.#openStretch(), { signal });
    addEventListener('hashchange', this.#askUnit, { signal });
    this.#askUnit();
    addEventListener('beforeprint', () => (this.prints = true), { signal });
    addEventListener('afterprint', () => (this.prints = false), { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ended?.abort();
    this.#playback?.stop();
  }

  protected override renderReady(): unknown {
    const { shown } = this;
    if (!shown) return nothing;
    const t = this.words(partsMessages);
    const canExplore = shown.hasCurve && shown.question.direction === 'consumption';
    return html`${this.prints && !shown.asTable ? html`<oya-consumption-table class="printed" .shown=${{ ...shown, open: undefined }} lang=${this.locale}></oya-consumption-table>` : nothing}
      <div class="tools" role="group" aria-label=${t('tools')}>
        ${this.#listen(shown)}
        ${canExplore
          ? html`<button type="button" class="button explore" aria-expanded=${this.explores ? 'true' : 'false'} @click=${this.#explore}>${icon(toolShapes.explore)}<span>${t(this.explores ? 'explore.close' : 'explore')}</span></button>`
          : nothing}
        ${this.#menu(shown)}
      </div>
      <p class="said" role="status">${this.said}</p>
      ${canExplore && this.explores
        ? this.whenHere(
            CURVE,
            () => html`<oya-consumption-curve .shown=${shown} .takesFocus=${this.#wasAsked} remember=${this.remember} lang=${this.locale} heading-level=${this.headingLevel}></oya-consumption-curve>`,
            () => html`<div class="placeholder curve-size" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`,
          )
        : nothing}`;
  }

  protected override renderLoading(): unknown {
    return nothing;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const unit = this.#unitAsked;
    if (!unit || !this.shown) return;
    this.#unitAsked = undefined;
    if (this.shown.question.unit !== unit) this.shown.go({ ...this.shown.question, unit });
  }

  /** `#oya-unit=cost`, beside the section that a portal keeps there. */
  readonly #askUnit = (): void => {
    const unit = splitFragment(location.hash).parameters.get('oya-unit');
    if (unit !== 'measure' && unit !== 'cost') return;
    this.#unitAsked = unit;
    this.requestUpdate();
  };

  #listen(shown: Shown): TemplateResult {
    const t = this.words(partsMessages);
    const { sound } = this;
    return html`<button type="button" class="button" @click=${() => void this.#toggleSound(shown)}>
        ${icon(sound === 'playing' ? toolShapes.pause : toolShapes.listen)}<span>${t(sound === 'playing' ? 'pause' : sound === 'paused' ? 'resume' : 'listen')}</span>
      </button>
      ${sound ? html`<button type="button" class="button" @click=${() => this.#playback?.stop()}>${t('listen.stop')}</button>` : nothing}`;
  }

  #menu(shown: Shown): TemplateResult {
    const t = this.words(partsMessages);
    const item = (words: string, act: () => unknown) =>
      html`<li>
        <button
          type="button"
          class="button"
          @click=${() => {
            this.#closeMenu();
            act();
          }}
        >
          ${words}
        </button>
      </li>`;
    return html`<div class="menu" @keydown=${this.#onMenuKey} @focusout=${this.#onMenuLeft}>
      <button
        type="button"
        class="button opener"
        aria-expanded=${this.menuOpen ? 'true' : 'false'}
        aria-disabled=${this.isBusy ? 'true' : nothing}
        @click=${() => (this.menuOpen = !this.menuOpen && !this.isBusy)}
      >
        ${icon(toolShapes.export)}<span>${t('export')}</span>
      </button>
      ${this.menuOpen
        ? html`<ul>
            ${[...TABLES, ...(shown.asTable ? [] : (['png'] as const))].map((kind) => item(t(`export.${kind}`), () => void this.#save(kind, shown)))}
            ${item(t('export.print'), () => window.print())}
          </ul>`
        : nothing}
    </div>`;
  }

  /** A link leads to a stretch of the curve, also where none is remembered. */
  #openStretch(): void {
    if (!this.explores && stretchIn(location.hash)) this.explores = this.#wasAsked = true;
  }

  readonly #explore = (): void => {
    this.explores = this.#wasAsked = !this.explores;
  };

  #closeMenu(): void {
    this.menuOpen = false;
    this.querySelector<HTMLElement>('.opener')?.focus();
  }

  readonly #onMenuKey = (event: KeyboardEvent): void => {
    if (!this.menuOpen) return;
    const items = [...this.querySelectorAll<HTMLElement>('.menu button')];
    const place = items.findIndex((item) => item.matches(':focus'));
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 1, End: items.length - 1 }[event.key];
    if (event.key !== 'Escape' && to === undefined) return;
    event.preventDefault();
    if (to === undefined) this.#closeMenu();
    else items[Math.max(0, Math.min(items.length - 1, to))]?.focus();
  };

  readonly #onMenuLeft = ({ relatedTarget, currentTarget }: FocusEvent): void => {
    // A press on what takes no focus, the menu's own edge among them, leads nowhere.
    if (relatedTarget && !(currentTarget as HTMLElement).contains(relatedTarget as Node)) this.menuOpen = false;
  };

  async #save(kind: FileFormat, shown: Shown): Promise<void> {
    const t = this.words(partsMessages);
    const { client } = this;
    if (!client) return;
    this.isBusy = true;
    this.said = t('export.busy');
    try {
      const words = { t, names: this.words(consumptionMessages), format: this.format };
      const content = kind === 'png' ? await this.#picture(shown) : await fileOf(kind, shown, client, words);
      const name = fileName(shown, words, kind);
      saveFile(content, name);
      this.said = t('export.done', { name });
    } catch (cause) {
      console.warn('oya: the file could not be made.', cause);
      this.said = t('export.failed');
    } finally {
      this.isBusy = false;
    }
  }

  async #picture({ picture, question, tell, answer }: Shown): Promise<Blob> {
    const { pictureOf } = await import('@oya/charts/picture');
    const chart = this.#chart();
    if (!chart) throw new Error('there is no chart on view');
    const words = this.words(consumptionMessages);
    const until = answer.freshness.measuredUntil;
    return pictureOf(chart, {
      title: tell.finding(picture, question.unit),
      subtitle: tell.caption(picture, question),
      footer: until ? words('fresh', { day: this.format.day(lastDayOf(until, this.format.timeZone)) }) : '',
      forms: Object.fromEntries((['estimated', 'provisional', 'incomplete', 'missing'] as const).map((form) => [form, tell.capitalized(tell.state(form))])),
    });
  }

  async #toggleSound({ picture, told }: Shown): Promise<void> {
    const t = this.words(partsMessages);
    if (this.sound === 'playing') {
      this.#playback?.pause();
      this.sound = 'paused';
      return;
    }
    if (this.sound === 'paused') {
      this.#playback?.resume();
      this.sound = 'playing';
      return;
    }
    const chart = this.#chart();
    try {
      const { play } = await import('@oya/charts/sonify');
      const values = amountsOf(picture, told.unit);
      const known = values.filter((value) => value !== null);
      this.said = t('listening');
      this.sound = 'playing';
      this.#playback = await play(values, picture.quality, {
        // From zero, as the bars are.
        min: Math.min(0, ...known),
        max: Math.max(0, ...known),
        msPerValue: Math.min(SLOWEST_MS, LONGEST_SOUND_MS / Math.max(1, values.length)),
        onValue: (index) => chart?.read(index),
        ...(chart && { chart }),
      });
      await this.#playback.finished;
      this.said = '';
    } catch (cause) {
      console.warn('oya: the picture could not be played.', cause);
      this.said = t('listen.failed');
    } finally {
      this.#playback = undefined;
      this.sound = undefined;
      chart?.read(null);
    }
  }

  #chart(): OyaBarChart | OyaLoadCurve | null {
    return (this.getRootNode() as ShadowRoot).querySelector<OyaBarChart>('.picture oya-bar-chart');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-consumption-tools': OyaConsumptionTools;
  }
}
