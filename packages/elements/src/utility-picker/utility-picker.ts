import { describeTerritory, dialled, Energy, supplierFor, type CommuneMatch, type Contact, type Supplier, type SupplyAnswer } from '@oya/contract';
import { IntentEvent, localized, OyaElement, Resource, warnOnce } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { icon, type Icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';
import { CommuneBox } from './commune-box.ts';
import { utilityPickerMessages } from './utility-picker.messages.ts';
import { utilityPickerStyles } from './utility-picker.styles.ts';

/** A commune and an energy have led to a utility. Of the person it tells nothing but that. */
export class OyaUtilityChosenEvent extends IntentEvent {
  /** Id of the utility. */
  readonly utility: string;

  constructor(utility: string) {
    super('oya-utility-chosen');
    this.utility = utility;
  }
}

const ENERGIES = Energy.options;
const ENERGY_ICONS: Readonly<Record<Energy, Icon>> = { electricity: spaceIcons.bolt, gas: spaceIcons.flame };

/**
 * Which of an installation's utilities supplies somebody: they say their commune and their energy, and are shown the way to
 * the right portal, with the reason. The rules are data of the installation. Nothing is remembered and nothing is sent.
 *
 * The link to a portal leads where the page's route `portal-<utility>` says, or else where the territory does.
 *
 * @summary From commune and energy to the right utility's portal.
 * @placeholder 21.25rem
 * @attr {"electricity"|"gas"} energy - the energy that is chosen at first; default: none
 * @event {OyaUtilityChosenEvent} oya-utility-chosen - The answers have led to a utility (`utility` is its id).
 * @csspart answer - What the answers have led to.
 * @csspart notice - A message in place of the form: an error, or a service that is not offered.
 * @csspart placeholder - What stands in the element's place while it loads.
 */
export class OyaUtilityPicker extends OyaElement {
  static override readonly messages = utilityPickerMessages;
  static override styles = [OyaElement.styles, utilityPickerStyles];

  @property() energy: Energy | undefined;

  @state() private chosenEnergy: Energy | undefined;
  @query('#commune') private readonly field!: HTMLInputElement | null;
  @query('[aria-selected=true]') private readonly activeOption!: HTMLElement | null;

  readonly #territory = new Resource(this, describeTerritory, () => ({}));
  readonly #box = new CommuneBox(this, () => this.#territory.data, () => this.#tellHost());

  protected override renderReady(): unknown {
    const t = this.words(utilityPickerMessages);
    return html`<div class="frame">
      <div class="head">${this.heading(t('title'))}<p class="soft">${t('lead')}</p></div>
      <div class="questions">${this.#communeField()} ${this.#energyField()}</div>
      ${this.#outcome()}
      <p class="visually-hidden" role="status">${this.#announcement()}</p>
    </div>`;
  }

  protected override renderLoading(): unknown {
    return html`<div class="frame" role="status">
      <span class="visually-hidden">${this.core('loading')}</span>
      <div class="placeholder title-size"></div>
      <div class="placeholder field-size" part="placeholder"></div>
      <div class="placeholder field-size"></div>
    </div>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.energy !== undefined && !ENERGIES.includes(this.energy)) {
      warnOnce(`<${this.localName}>: energy must be one of ${ENERGIES.join(', ')}, not "${String(this.energy)}"; none is chosen.`);
      this.energy = undefined;
    }
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.activeOption?.scrollIntoView({ block: 'nearest' });
  }

  get #energy(): Energy | undefined {
    return this.chosenEnergy ?? this.energy;
  }

  #answerFor(energy: Energy | undefined): SupplyAnswer | undefined {
    const territory = this.#territory.data;
    const commune = this.#box.chosen?.commune;
    return territory && commune && energy && supplierFor(territory, commune.id, energy);
  }

  #communeField(): TemplateResult {
    const t = this.words(utilityPickerMessages);
    const { typed, isListOpen, active, chosen, undecided } = this.#box;
    const described = [...(undecided ? ['commune-error'] : []), chosen ? 'commune-particulars' : 'commune-hint'];
    return html`<div class="field">
      <label id="commune-label" for="commune">${t('commune.label')}</label>
      <p class="hint" id="commune-hint">${t('commune.hint')}</p>
      ${undecided ? html`<p class="field-error" id="commune-error">${icon('alert')}<span>${t('commune.choose')}</span></p>` : nothing}
      <div class="box">
        <input
          id="commune"
          type="text"
          role="combobox"
          aria-labelledby="commune-label"
          autocomplete="off"
          autocapitalize="words"
          autocorrect="off"
          spellcheck="false"
          enterkeyhint="done"
          maxlength="120"
          aria-autocomplete="list"
          aria-expanded=${isListOpen ? 'true' : 'false'}
          aria-controls="communes"
          aria-activedescendant=${isListOpen && active >= 0 ? `commune-${active}` : nothing}
          aria-invalid=${undecided ? 'true' : nothing}
          aria-describedby=${described.join(' ')}
          .value=${typed}
          @input=${(event: Event) => this.#box.type((event.target as HTMLInputElement).value)}
          @keydown=${this.#box.onKeydown}
          @blur=${() => this.#box.leave()}
        />
        ${typed === '' ? nothing : this.#clearButton()}
      </div>
      ${this.#list()} ${chosen ? html`<p class="small" id="commune-particulars">${this.#particulars(chosen)}</p>` : nothing}
    </div>`;
  }

  #clearButton(): TemplateResult {
    const label = this.words(utilityPickerMessages)('commune.clear');
    return html`<button type="button" class="clear" aria-label=${label} @mousedown=${keepFocus} @click=${this.#clear}>${icon('close')}</button>`;
  }

  #list(): TemplateResult {
    const t = this.words(utilityPickerMessages);
    const { options, matches, isListOpen } = this.#box;
    const further = matches.length - options.length;
    return html`<div class="popup" ?hidden=${!isListOpen} @mousedown=${keepFocus}>
      <ul id="communes" role="listbox" aria-label=${t('communes')}>
        ${isListOpen ? options.map((match, index) => this.#option(match, index)) : nothing}
      </ul>
      ${further > 0 ? html`<p class="further">${t('more', { count: further })}</p>` : nothing}
    </div>`;
  }

  #option(match: CommuneMatch, index: number): TemplateResult {
    const isActive = index === this.#box.active;
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- An option never has the focus: the field hears the keys.
    return html`<li id=${`commune-${index}`} role="option" aria-selected=${isActive ? 'true' : 'false'} @click=${() => this.#box.choose(match)}>
      <span class="name">${match.commune.name}</span> <span class="particulars">${this.#particulars(match)}</span>
    </li>`;
  }

  /** What tells a commune from another of its name, and why it is found where its name does not show it. */
  #particulars({ commune, formerName }: CommuneMatch): string {
    const former = formerName === undefined ? [] : [this.words(utilityPickerMessages)('commune.former', { name: formerName })];
    return [...commune.postcodes, ...former].join(', ');
  }

  #energyField(): TemplateResult {
    const t = this.words(utilityPickerMessages);
    return html`<fieldset>
      <legend>${t('energy.legend')}</legend>
      <div class="energies">
        ${ENERGIES.map(
          (energy) =>
            html`<label class="energy">
              <input type="radio" name="energy" value=${energy} .checked=${energy === this.#energy} @change=${() => this.#chooseEnergy(energy)} />
              ${icon(ENERGY_ICONS[energy])} <span>${t(`energy.${energy}`)}</span>
            </label>`,
        )}
      </div>
    </fieldset>`;
  }

  #outcome(): unknown {
    const t = this.words(utilityPickerMessages);
    const territory = this.#territory.data;
    if (territory && this.#box.isUnknown) return this.#asking(t('unknown.title'), t('unknown.text'), territory.contact);
    const energy = this.#energy;
    const answer = this.#answerFor(energy);
    if (!answer || !energy) return nothing;
    if (answer.state === 'supplied') return this.#supplied(energy, answer.supplier, localized(answer.reason, this.locale));
    return this.#asking(t(`none.${energy}.title`), t('none.text'), answer.contact, this.#otherEnergy(energy));
  }

  #supplied(energy: Energy, supplier: Supplier, reason: string): TemplateResult {
    const t = this.words(utilityPickerMessages);
    const link = this.#portalLink(supplier, 'button primary');
    return html`<div class="answer" part="answer">
      <div class="answer-head">
        <p class="soft">${t(`supplier.${energy}`)}</p>
        ${this.heading(supplier.name, 'utility', 1)}
        <p>${reason}</p>
      </div>
      ${link === nothing ? this.#contact(supplier.contact) : link}
      ${this.#otherEnergy(energy, supplier)}
    </div>`;
  }

  /** People to ask, where the rules lead to nobody. */
  #asking(title: string, text: string, contact: Contact, further: unknown = nothing): TemplateResult {
    return html`<div class="answer" part="answer">
      <div class="answer-head">${this.heading(title, 'notice-title', 1)}<p>${text}</p></div>
      ${this.#contact(contact)} ${further}
    </div>`;
  }

  #contact({ label, phone, email, hours }: Contact): TemplateResult {
    return html`<div class="contact">
      <p class="contact-label">${localized(label, this.locale)}</p>
      ${phone ? html`<a class="way number" href=${dialled(phone)}>${icon(spaceIcons.phone)}<span dir="ltr">${phone}</span></a>` : nothing}
      ${email ? html`<a class="way" href=${`mailto:${email}`}>${icon(spaceIcons.mail)}<span>${email}</span></a>` : nothing}
      ${hours ? html`<p class="soft small">${localized(hours, this.locale)}</p>` : nothing}
    </div>`;
  }

  /** Who has both energies may have two portals. */
  #otherEnergy(energy: Energy, supplier?: Supplier): unknown {
    const t = this.words(utilityPickerMessages);
    const other = ENERGIES.find((each) => each !== energy);
    const answer = this.#answerFor(other);
    if (!other || !answer) return nothing;
    if (answer.state === 'not-supplied') return supplier ? html`<p class="other">${t(`other.none.${other}`)}</p>` : nothing;
    if (answer.supplier.utility === supplier?.utility) return nothing;
    return html`<p class="other">${t(`other.${other}`, { name: answer.supplier.name })} ${this.#portalLink(answer.supplier)}</p>`;
  }

  #portalLink({ utility, name, portal }: Supplier, className = 'portal'): unknown {
    return this.link(`portal-${utility}`, this.words(utilityPickerMessages)('portal', { name }), className, { address: portal });
  }

  /** For whoever does not see what has changed on the screen. */
  #announcement(): string {
    const t = this.words(utilityPickerMessages);
    const { matches, isListOpen, isUnknown, chosen } = this.#box;
    if (isUnknown) return t('unknown.title');
    if (isListOpen) return t('found', { count: matches.length });
    const energy = this.#energy;
    const answer = this.#answerFor(energy);
    if (chosen && !energy) return t('chosen.energy', { commune: chosen.commune.name });
    if (!answer || !energy) return '';
    return answer.state === 'supplied' ? t('announced', { name: answer.supplier.name, reason: localized(answer.reason, this.locale) }) : t(`none.${energy}.title`);
  }

  readonly #clear = (): void => {
    this.#box.clear();
    this.field?.focus();
  };

  #chooseEnergy(energy: Energy): void {
    this.chosenEnergy = energy;
    this.#tellHost();
  }

  #tellHost(): void {
    const answer = this.#answerFor(this.#energy);
    if (answer?.state === 'supplied') this.dispatchEvent(new OyaUtilityChosenEvent(answer.supplier.utility));
  }
}

/** Whoever presses the mouse beside the field has not left it: leaving decides what was meant. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-utility-picker': OyaUtilityPicker;
  }
  interface HTMLElementEventMap {
    'oya-utility-chosen': OyaUtilityChosenEvent;
  }
}
