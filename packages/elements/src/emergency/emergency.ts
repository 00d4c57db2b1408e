import { DANGER_NUMBER, DANGER_TEXT_NUMBER, describeUtility, dialled, emergencyContacts, Energy, energyOfContact, textRelayAddress, type ContactPoint, type PortalError, type Utility } from '@oya/contract';
import { localized, OyaElement, Resource, warnOnce, type Translate } from '@oya/core';
import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { icon, type Icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';
import { printCard } from './card.ts';
import { emergencyMessages, type fr } from './emergency.messages.ts';
import { emergencyStyles } from './emergency.styles.ts';

const ENERGY_ICONS: Readonly<Record<Energy, Icon>> = { electricity: spaceIcons.bolt, gas: spaceIcons.flame };
const PRINTER = svg`<path d="M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2"></path>
  <path d="M6 9V3a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6"></path><rect x="6" y="14" width="12" height="8" rx="1"></rect>`;
/** What to do meanwhile, in this order. */
const STEPS = {
  gas: ['gas.1', 'gas.2', 'gas.3', 'gas.4', 'gas.5', 'gas.6'],
  electricity: ['electricity.1', 'electricity.2', 'electricity.3', 'electricity.4', 'electricity.5'],
} as const satisfies Record<Energy, readonly (keyof typeof fr)[]>;

/**
 * Whom to call when gas is smelt or the power is off, what to do until somebody comes, and a card with the numbers to print.
 *
 * The page writes the numbers inside too: `<oya-emergency>Gaz : <a href="tel:0536491030">05 36 49 10 30</a></oya-emergency>`.
 * They are seen without JavaScript, until the element has come, and whenever the portal cannot be reached.
 *
 * @summary Emergency and breakdown numbers, and what to do in the meantime.
 * @placeholder none
 * @attr {"electricity"|"gas"} energy - for one energy alone; default: all that the utility has
 * @attr {string} commune - name of a commune: numbers that answer only elsewhere are left out
 * @slot - The numbers, as the page writes them: what is seen whenever the element has none.
 * @csspart notice - What happened, where the portal cannot be reached: the page's numbers stand above it.
 * @csspart placeholder - What stands in the element's place while it loads, on a page that wrote nothing inside.
 */
export class OyaEmergency extends OyaElement {
  static override readonly messages = emergencyMessages;
  static override styles = [OyaElement.styles, emergencyStyles];
  /** What a place of the page holds comes along: `<div data-oya="emergency">…</div>`. */
  static readonly keepsContent = true;

  @property() energy: Energy | undefined;
  @property() commune: string | undefined;

  readonly #utility = new Resource(this, describeUtility, () => ({}));

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.energy !== undefined && !Energy.options.includes(this.energy)) {
      warnOnce(`<${this.localName}>: energy must be one of ${Energy.options.join(', ')}, not "${String(this.energy)}"; all are shown.`);
      this.energy = undefined;
    }
  }

  protected override renderReady(): unknown {
    const utility = this.#utility.data;
    if (!utility) return this.renderLoading();
    const contacts = emergencyContacts(utility.contacts, this);
    const service = utility.contacts.find(({ purpose, phone }) => purpose === 'customer-service' && phone);
    return html`<div class="frame">
      ${this.heading(this.#t('title'))}
      ${contacts.length === 0 ? this.#none(utility) : html`<div class="energies">${Energy.options.toReversed().map((energy) => this.#energy(energy, contacts.filter((contact) => energyOfContact(contact) === energy)))}</div>`}
      ${this.#danger()} ${service ? this.#otherwise(service) : nothing}
      ${contacts.length === 0 ? nothing : html`<button type="button" class="button print" @click=${() => this.#print(utility, contacts)}>${icon(PRINTER)}<span>${this.#t('print')}</span></button>`}
    </div>`;
  }

  protected override renderLoading(): unknown {
    return this.#hasContent ? html`<slot></slot>` : super.renderLoading();
  }

  protected override renderError(error: PortalError): unknown {
    return html`<div class="frame">${this.heading(this.#t('title'))} ${this.#pageNumbers()} ${this.#danger()} ${super.renderError(error)}</div>`;
  }

  protected override renderUnsupported(): unknown {
    return html`<div class="frame">${this.heading(this.#t('title'))} ${this.#pageNumbers()} ${this.#danger()}</div>`;
  }

  get #t(): Translate<typeof fr> {
    return this.words(emergencyMessages);
  }

  get #hasContent(): boolean {
    return (this.textContent ?? '').trim() !== '';
  }

  #pageNumbers(): unknown {
    return this.#hasContent ? html`<div class="page-numbers"><slot></slot></div><p class="soft">${this.#t('page.numbers')}</p>` : nothing;
  }

  #energy(energy: Energy, contacts: readonly ContactPoint[]): unknown {
    if (contacts.length === 0) return nothing;
    const t = this.#t;
    return html`<section class=${`emergency ${energy}`}>
      <div class="name">${icon(ENERGY_ICONS[energy])} ${this.heading(t(`${energy}.title`), 'part-title', 1)}</div>
      ${contacts.map((contact) => this.#contact(contact))}
      <div class="steps">
        <p>${t(`${energy}.steps`)}</p>
        <ol>
          ${STEPS[energy].map((step) => html`<li>${t(step)}</li>`)}
        </ol>
      </div>
    </section>`;
  }

  #contact({ label, phone, hours, place, textRelay }: ContactPoint): TemplateResult {
    const t = this.#t;
    const { locale } = this;
    const relay = textRelay === undefined ? undefined : textRelayAddress(textRelay);
    return html`<div class="contact">
      <p class="soft">${localized(label, locale)}${place ? html`. ${t('place', { communes: new Intl.ListFormat(locale).format(place) })}` : nothing}</p>
      ${phone ? html`<a class="number" href=${dialled(phone)} aria-label=${t('call', { number: phone })}>${icon(spaceIcons.phone)}<span dir="ltr">${phone}</span></a>` : nothing}
      ${hours ? html`<p>${localized(hours, locale)}</p>` : nothing}
      ${relay === undefined ? nothing : html`<p><a class="relay" href=${relay}>${relay.startsWith('sms:') ? t('relay.sms', { number: textRelay as string }) : t('relay.web')}</a></p>`}
    </div>`;
  }

  #danger(): TemplateResult {
    const t = this.#t;
    return html`<section class="danger">
      ${this.heading(t('danger'), 'part-title', 1)}
      <p class="ways"><a class="relay strong" href=${`tel:${DANGER_NUMBER}`}>${t('danger.call')}</a> <a class="relay" href=${`sms:${DANGER_TEXT_NUMBER}`}>${t('danger.text')}</a></p>
    </section>`;
  }

  /** The page may know a number that the portal does not. */
  #none({ name }: Utility): TemplateResult {
    const t = this.#t;
    return html`<div class="page-numbers">
      <p class="strong">${t('none', { utility: name })}</p>
      ${this.#hasContent ? html`<slot></slot>` : nothing}
      <p>${t('none.text')}</p>
    </div>`;
  }

  #otherwise({ label, phone = '', hours }: ContactPoint): TemplateResult {
    return html`<section class="otherwise">
      ${this.heading(this.#t('otherwise'), 'part-title', 1)}
      <p>${this.#t('labelled', { label: localized(label, this.locale) })} <a class="relay" dir="ltr" href=${dialled(phone)}>${phone}</a>${hours ? html`<br /><span class="soft">${localized(hours, this.locale)}</span>` : nothing}</p>
    </section>`;
  }

  #print({ name }: Utility, contacts: readonly ContactPoint[]): void {
    const t = this.#t;
    const lines = contacts.map(({ label, place, phone, textRelay, hours }) => {
      const isText = textRelay !== undefined && textRelayAddress(textRelay)?.startsWith('sms:');
      return {
        name: t('labelled', { label: [localized(label, this.locale), ...(place ? [new Intl.ListFormat(this.locale).format(place)] : [])].join(', ') }),
        number: [...(phone ? [phone] : []), ...(isText ? [t('print.text', { number: textRelay })] : [])].join(', '),
        note: hours ? localized(hours, this.locale) : '',
      };
    });
    printCard({
      title: t('print.title', { utility: name }),
      language: this.locale,
      lines: [...lines, { name: t('labelled', { label: t('print.danger') }), number: `${DANGER_NUMBER}, ${t('print.text', { number: DANGER_TEXT_NUMBER })}`, note: '' }],
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-emergency': OyaEmergency;
  }
}
