import type { BarFormat } from '@oya/charts';
import {
  describeUtility,
  dialled,
  getConsumption,
  getContract,
  listConsents,
  listContracts,
  listInvoices,
  listMeters,
  localDay,
  type Consumption,
  type ContactPoint,
  type Contract,
  type Input,
  type InvoiceList,
  type LocalDay,
  type LocalizedText,
  type Meter,
  type PortalError,
  type Utility,
} from '@oya/contract';
import { languageOf, OyaElement, Resource, type Format } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { BILL_WATCH, isWatchable } from '../bill-watch-part.ts';
import { chosenContract } from '../chosen-contract.ts';
import { contractChooser } from '../contract-chooser.ts';
import { icon, type Icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';
import { spaceStyles } from '../space.styles.ts';
import { dashboardMessages } from './dashboard.messages.ts';
import { dashboardStyles } from './dashboard.styles.ts';
import { recentOf, recentQuestion, stepOf, type Recent } from './recent.ts';
import type { ReminderSource, RemindersQuestion } from './reminders.ts';
import { tasksOf, type Task } from './tasks.ts';
import { barFormatOf, captionOf, findingOf, labelOf, notesOf } from './telling.ts';

const CONTACT_ICONS: Readonly<Record<ContactPoint['purpose'], Icon>> = {
  'customer-service': spaceIcons.phone,
  'electricity-breakdown': spaceIcons.bolt,
  'gas-emergency': spaceIcons.flame,
};

/** An answer, read once, and the words of its bars. */
interface Reading {
  readonly data: Consumption;
  readonly format: Format;
  readonly recent: Recent;
  readonly bars: BarFormat;
}

/**
 * Where a customer arrives: what needs doing first, then what was consumed in the last days, the contract at a glance, and
 * how to reach the utility. Each part links on to its view, where the site has one.
 *
 * What the portal does not offer leaves no hole; what fails says so in its own place and harms nothing else. Before the
 * first measurement it tells what comes next, and when.
 *
 * @summary What needs doing, the last days, the contract and the contacts at a glance.
 * @placeholder 36rem
 * @csspart notice - A message in place of a part: an error, no contract, signed out.
 * @csspart placeholder - What stands in the element's place while it loads.
 * @csspart task - One thing to do.
 * @cssprop [--oya-dashboard-chart-height=11rem] - Height of the bars of the last days.
 */
export class OyaDashboard extends OyaElement {
  static override readonly messages = dashboardMessages;
  static override styles = [OyaElement.styles, spaceStyles, dashboardStyles];

  readonly #contracts = new Resource(this, listContracts, () => ({}));
  readonly #utility = new Resource(this, describeUtility, () => ({}), { blocking: false });
  readonly #meters = new Resource(this, listMeters, () => this.#metersQuestion(), { blocking: false });
  readonly #consumption = new Resource(this, getConsumption, () => this.#recentQuestion(), { blocking: false, keepPrevious: true });

  /** Only where there is a view to send them to. */
  readonly #consents = new Resource(this, listConsents, () => this.#consentsQuestion(), { blocking: false });
  /** Whose they are to decide on. */
  readonly #details = new Resource(this, getContract, () => this.#detailsQuestion(), { blocking: false });

  /** Only where there is a view to send them to; whoever only reads a contract is refused, and told nothing of them. */
  readonly #invoices = new Resource(this, listInvoices, () => this.#invoicesQuestion(), { blocking: false });

  /** What comes after the first picture. */
  #reminders: ReminderSource | 'coming' | undefined;
  #reading: Reading | undefined;
  /** First day without data, known from the first answer for a meter on. */
  #end: { readonly meterId: Meter['id']; readonly day: LocalDay } | undefined;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { client } = this;
    if (this.#reminders !== undefined || !client || !this.#remindersQuestion() || ['readings', 'messages', 'procedures', 'alerts'].every((view) => client.route(view) === undefined)) return;
    this.#reminders = 'coming';
    // A reminder that does not come is none; what else there is to do is told all the same.
    void import('./reminders.ts')
      .then(({ ReminderSource }) => {
        this.#reminders = new ReminderSource(this, () => this.#remindersQuestion());
        this.requestUpdate();
      })
      .catch(() => {});
  }

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0;
  }

  protected override renderReady(): unknown {
    const contract = this.#contract;
    if (!contract) return nothing;
    return this.#frame(html`${this.#tasks(contract)} ${this.#recent(contract)}`, html`${this.#invoicesPanel()} ${this.#contractPanel(contract)}`, this.#contractChooser(contract));
  }

  protected override renderLoading(): unknown {
    return html`<div class="placeholders" role="status">
      <span class="visually-hidden">${this.core('loading')}</span>
      <div class="placeholder title-size"></div>
      <div class="placeholder line-size"></div>
      <div class="placeholder picture-size" part="placeholder"></div>
    </div>`;
  }

  protected override renderEmpty(): unknown {
    const t = this.words(dashboardMessages);
    return this.#frame(this.notice(t('empty.title'), t('empty.text')));
  }

  protected override renderError(error: PortalError): unknown {
    return this.#frame(super.renderError(error));
  }

  get #contract(): Contract | undefined {
    return chosenContract(this, this.#contracts.data?.items);
  }

  get #meter(): Meter | undefined {
    return this.#meters.data?.items[0];
  }

  get #today(): LocalDay {
    return localDay(Date.now(), this.format.timeZone);
  }

  /** What was answered for the meter that is looked at, and not for the one before. */
  get #answer(): Consumption | undefined {
    const { data } = this.#consumption;
    return data?.meterId === this.#meter?.id ? data : undefined;
  }

  #metersQuestion(): Input<'listMeters'> | undefined {
    const contract = this.#contract;
    return contract && { contractId: contract.id };
  }

  #invoicesQuestion(): Input<'listInvoices'> | undefined {
    const contract = this.#contract;
    return contract && this.client?.route('invoices') !== undefined ? { contractId: contract.id } : undefined;
  }

  #consentsQuestion(): Input<'listConsents'> | undefined {
    const meter = this.#meter;
    return meter && this.client?.route('consents') !== undefined ? { meterId: meter.id } : undefined;
  }

  #detailsQuestion(): Input<'getContract'> | undefined {
    const contract = this.#contract;
    return contract && this.#consentsQuestion() && { contractId: contract.id };
  }

  #remindersQuestion(): RemindersQuestion | undefined {
    const [meter, utility] = [this.#meter, this.#utility.data];
    return meter && utility && { meter, window: utility.readingWindow, isOwn: this.#mayConsent, today: this.#today, timeZone: this.format.timeZone };
  }

  /** Not known while it is asked: nothing is offered that would be refused. */
  get #mayConsent(): boolean {
    const { data, status } = this.#details;
    return data ? data.role.role === 'holder' : status !== 'loading' && status !== 'waiting';
  }

  #recentQuestion(): Input<'getConsumption'> | undefined {
    const meter = this.#meter;
    const step = meter && stepOf(meter);
    if (!meter || !step) return undefined;
    const answer = this.#answer;
    // Measurements may have ended days ago: then the last days are those before.
    if (answer?.available) this.#end = { meterId: meter.id, day: answer.available.to };
    return recentQuestion(meter.id, step, this.#end?.meterId === meter.id ? this.#end.day : this.#today);
  }

  #frame(main: unknown, contract: unknown = nothing, chooser: unknown = nothing): TemplateResult {
    const t = this.words(dashboardMessages);
    const session = this.client?.session;
    const name = session?.state === 'signed-in' ? session.customer.displayName : '';
    return html`<div class="frame">
      <header class="hello">${this.heading(name ? t('hello', { name }) : t('hello.nobody'))} ${chooser}</header>
      <div class="columns">
        <div class="main">${main}</div>
        <div class="side">${contract} ${this.#contacts()}</div>
      </div>
    </div>`;
  }

  #contractChooser(current: Contract): unknown {
    const t = this.words(dashboardMessages);
    return contractChooser(this, this.#contracts.data?.items ?? [], current, t('contract'), (energy) => t(`energy.${energy}`));
  }

  #tasks(contract: Contract): unknown {
    const t = this.words(dashboardMessages);
    const meter = this.#meter;
    const freshness = this.#answer?.freshness;
    const tasks = tasksOf({ today: this.#today, timeZone: this.format.timeZone, contract, meter, freshness, consents: this.#consents.data?.items, invoices: this.#invoices.data, reminders: this.#reminders === 'coming' ? undefined : this.#reminders?.reminders, mayConsent: this.#mayConsent })
      // Of what one may choose, only what can be chosen here.
      .filter(({ urgency, view }) => urgency !== 'offer' || this.client?.route(view) !== undefined);
    // Nothing to do is good news, but only once all is known, and not before there is anything to do with.
    if (tasks.length === 0) return this.#watch(contract, this.#answer?.available ? html`<p class="none">${icon('check')}<span>${t('tasks.none')}</span></p>` : nothing);
    return html`<section class="tasks" aria-labelledby="tasks">
      <div id="tasks">${this.heading(t('tasks.title'), 'part-title', 1)}</div>
      <ul>
        ${tasks.map((task) => this.#task(task))}
      </ul>
    </section>
    ${this.#watch(contract, nothing)}`;
  }

  /** Warnings, or else `fine`. */
  #watch({ id }: Contract, fine: unknown): unknown {
    if (!isWatchable(this.#meter, this.#invoices.data)) return fine;
    return this.onceHere(BILL_WATCH, () => html`<oya-bill-watch warnings-only exportparts="card" contract=${id} lang=${this.locale} heading-level=${this.levelOf(1)}>${fine}</oya-bill-watch>`);
  }

  #task({ kind, urgency, view, day }: Task): TemplateResult {
    const t = this.words(dashboardMessages);
    return html`<li class="task ${urgency}" part="task">
      ${icon(urgency === 'offer' ? 'chart' : 'alert')}
      <div>
        ${this.heading(t(`task.${kind}.title`, day === undefined ? {} : { day: this.format.day(day) }), 'task-title', 2)}
        <p>${t(`task.${kind}.why`)}</p>
        ${this.link(view, t(`task.${kind}.action`), urgency === 'now' ? 'button primary' : 'button')}
      </div>
    </li>`;
  }

  /** The last days: a finding, the number it is about, the picture. */
  #recent(contract: Contract): unknown {
    for (const resource of [this.#meters, this.#consumption]) {
      if (resource.status === 'error' && resource.error) return this.errorNotice(resource.error, () => void resource.refresh());
    }
    if (this.#meters.status === 'unsupported' || this.#consumption.status === 'unsupported') return nothing;
    // A contract without a meter, or with one that measures nothing to show.
    if (this.#meters.data && (!this.#meter || !stepOf(this.#meter))) return nothing;
    const answer = this.#answer;
    if (!answer) return this.#recentPlaceholder();
    if (!answer.available) return this.#welcome(contract, answer);
    const reading = this.#readingOf(answer);
    return reading ? this.#recentPanel(reading, contract) : nothing;
  }

  #recentPlaceholder(): TemplateResult {
    return html`<div class="placeholder picture-size" role="status"><span class="visually-hidden">${this.core('loading')}</span></div>`;
  }

  /** The same answer gives the same picture, so that the chart draws only what is new. */
  #readingOf(data: Consumption): Reading | undefined {
    const { format } = this;
    if (this.#reading?.data === data && this.#reading.format === format) return this.#reading;
    const recent = recentOf(data);
    this.#reading = recent && { data, format, recent, bars: barFormatOf(recent, this.words(dashboardMessages), format) };
    return this.#reading;
  }

  #recentPanel({ recent, bars }: Reading, { energy }: Contract): TemplateResult {
    const t = this.words(dashboardMessages);
    const { format } = this;
    const stale = this.#consumption.isPrevious;
    const total = recent.total === null ? undefined : format.energyParts(recent.total);
    const compared = recent.earlier.some((value) => value !== null);
    const notes = notesOf(recent, t);
    return html`<section class=${stale ? 'recent stale' : 'recent'} aria-labelledby="recent">
      <div id="recent">${this.heading(findingOf(recent, t, format), 'finding', 1)}</div>
      ${total ? html`<p class="number" aria-hidden="true"><span>${total.figure}</span> <small>${total.unit}</small></p>` : nothing}
      <p class="soft">
        <span class="visually-hidden">${recent.total === null ? nothing : format.energy(recent.total)}</span>
        ${labelOf(recent, energy, t, format)}
      </p>
      ${recent.total === null
        ? nothing
        : html`<oya-bar-chart .label=${captionOf(recent, t, format)} .values=${recent.values} .quality=${recent.quality} .previous=${recent.earlier} .slots=${recent.values.length} .format=${bars}>
            <span slot="summary">${t(compared ? `outline.${recent.step}` : 'outline.none')}</span>
          </oya-bar-chart>`}
      ${notes.length === 0 ? nothing : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
      ${this.link('consumption', html`<span>${t('recent.more')}</span>${icon(spaceIcons.arrow)}`, 'on')}
    </section>`;
  }

  /** The first visit: what is there, what comes next, and when. */
  #welcome({ from, offer, to }: Contract, { freshness }: Consumption): TemplateResult {
    const t = this.words(dashboardMessages);
    const { format } = this;
    const handRead = this.#meter?.kind === 'hand-read';
    const begun = from <= this.#today;
    const expected = freshness.nextExpectedAt && to === null ? localDay(Date.parse(freshness.nextExpectedAt), format.timeZone) : undefined;
    const steps = [
      {
        title: t(begun ? 'welcome.contract' : 'welcome.contract.future'),
        text: t(begun ? 'welcome.contract.since' : 'welcome.contract.from', { offer, day: format.day(from) }),
        state: 'done',
      },
      {
        title: t('welcome.first'),
        text: handRead ? t('welcome.first.hand-read') : `${t('welcome.first.nightly')} ${expected ? t('welcome.first.expected', { day: format.day(expected) }) : ''}`,
        state: 'next',
      },
      {
        title: t('welcome.then'),
        text: `${t(`welcome.then.${this.#meter && stepOf(this.#meter) === 'month' ? 'month' : 'day'}`)} ${this.#meter?.loadCurve === 'consent-needed' ? t('welcome.then.half-hour') : ''}`,
        state: 'later',
      },
    ] as const;
    return html`<section class="welcome" aria-labelledby="welcome">
      <div id="welcome">${this.heading(t('welcome.title'), 'finding', 1)}</div>
      <ol>
        ${steps.map(
          ({ title, text, state }) =>
            html`<li class=${state}>
              <span class="mark">${state === 'done' ? icon('check') : nothing}</span>
              <div>
                <p class="strong">${title}${state === 'later' ? nothing : html`<span class="visually-hidden"> (${t(state)})</span>`}</p>
                <p class="soft">${text}</p>
              </div>
            </li>`,
        )}
      </ol>
    </section>`;
  }

  #invoicesPanel(): unknown {
    const { data } = this.#invoices;
    if (!data || (data.years.length === 0 && data.nextOn === null)) return nothing;
    const t = this.words(dashboardMessages);
    return html`<section class="panel" aria-labelledby="invoices">
      <div id="invoices">${this.heading(t('invoices.title'), 'part-title', 1)}</div>
      ${data.toPay > 0 ? html`<p class="to-pay"><span>${this.format.money(data.toPay)}</span> <small>${t('invoices.to-pay')}</small></p>` : html`<p>${t('invoices.nothing')}</p>`}
      ${data.credit > 0 ? html`<p>${t('invoices.credit', { amount: this.format.money(data.credit) })}</p>` : nothing} ${this.#comingInvoice(data)}
      ${this.link('invoices', html`<span>${t('invoices.more')}</span>${icon(spaceIcons.arrow)}`, 'on')}
    </section>`;
  }

  #comingInvoice({ plan, nextOn }: InvoiceList): unknown {
    const t = this.words(dashboardMessages);
    const next = plan?.instalments.find(({ paidOn }) => paidOn === null);
    if (next) return html`<p class="soft">${t('invoices.instalment', { amount: this.format.money(next.amount), day: this.format.day(next.dueOn, 'long') })}</p>`;
    return nextOn === null ? nothing : html`<p class="soft">${t('invoices.next', { day: this.format.day(nextOn, 'long') })}</p>`;
  }

  #contractPanel({ offer, site, subscribedPowerKva, number }: Contract): TemplateResult {
    const t = this.words(dashboardMessages);
    const power = subscribedPowerKva === null ? undefined : t('contract.power.value', { power: this.format.number(subscribedPowerKva, Number.isInteger(subscribedPowerKva) ? 0 : 1) });
    const rows: readonly (readonly [string, unknown])[] = [
      [t('contract.offer'), offer],
      [t('contract.power'), power],
      [t('contract.address'), html`${site.address}<br />${site.postcode} ${site.commune}`],
      [t('contract.number'), number],
    ];
    return html`<section class="panel" aria-labelledby="contract">
      <div id="contract">${this.heading(t('contract.title'), 'part-title', 1)}</div>
      <dl>
        ${rows.map(([name, value]) => (value === undefined ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`))}
      </dl>
      ${this.link('contracts', html`<span>${t('contract.more')}</span>${icon(spaceIcons.arrow)}`, 'on')}
    </section>`;
  }

  #contacts(): unknown {
    const t = this.words(dashboardMessages);
    const { data, error } = this.#utility;
    if (!data) return error ? this.errorNotice(error, () => void this.#utility.refresh()) : nothing;
    if (data.contacts.length === 0) return nothing;
    return html`<section class="panel" aria-labelledby="contacts">
      <div id="contacts">${this.heading(t('contacts.title'), 'part-title', 1)}</div>
      <ul class="contacts">
        ${data.contacts.map((contact) => this.#contact(contact))}
      </ul>
    </section>`;
  }

  #contact({ purpose, label, phone, email, hours }: Utility['contacts'][number]): TemplateResult {
    const t = this.words(dashboardMessages);
    return html`<li>
      ${icon(CONTACT_ICONS[purpose])}
      <div>
        <p class="strong">${this.#text(label)}</p>
        ${phone ? html`<a class="phone" dir="ltr" href=${dialled(phone)}>${phone}</a>` : nothing}
        ${email ? html`<a href=${`mailto:${email}`} aria-label=${t('contacts.mail', { address: email })}>${email}</a>` : nothing}
        ${hours ? html`<p class="soft small">${this.#text(hours)}</p>` : nothing}
      </div>
    </li>`;
  }

  #text(text: LocalizedText): string {
    const words = (languageOf(this.locale) === 'en' ? text.en : undefined) ?? text.fr;
    // A time of day, `8 h 30`, stays on one line.
    return words.replaceAll(/(?<=\d) (?=h\b)|(?<=\dh|\d h) (?=\d)/g, '\u202f');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-dashboard': OyaDashboard;
  }
}
