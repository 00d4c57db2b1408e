import { ACTIVITY, listActivity, listContracts, localDay, PortalError, type Activity, type ActivityGroup, type ActivityKind, type InputOf, type LocalDay, type Page } from '@oya/contract';
import { Resource } from '@oya/core';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { OyaLightForm } from '../light-form/light-form.ts';
import { activityMessages } from './activity.messages.ts';

/** A filter is offered for what can have happened. */
type Group = { [G in ActivityGroup]: (typeof ACTIVITY)[G] extends readonly [] ? never : G }[ActivityGroup];
const GROUPS = (Object.keys(ACTIVITY) as Group[]).filter((group) => ACTIVITY[group].length > 0);
const KNOWN: ReadonlySet<string> = new Set(Object.values(ACTIVITY).flat());
/** What is shown before more is asked for. */
const FIRST = 5;

/** What was done with the account: who, when, by which channel. Part of `oya-profile`, which fetches and styles it. */
export class OyaProfileActivity extends OyaLightForm {
  static override readonly messages = activityMessages;
  static override readonly lightStyles = 'oya-profile-activity { display: grid; }';

  @state() private group: Group | undefined;
  /** More than the first lines was asked for. */
  @state() private unfolded = false;
  /** The pages after the first. */
  @state() private further: readonly Page<Activity>[] = [];
  @state() private moreFailure: PortalError | undefined;

  readonly #first = new Resource(this, listActivity, () => this.#question(), { keepPrevious: true });
  readonly #contracts = new Resource(this, listContracts, () => ({}), { blocking: false });
  #followed: Page<Activity> | undefined;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // Something new stands before all that was read on.
    if (this.#first.data === this.#followed) return;
    this.#followed = this.#first.data;
    this.further = [];
    this.moreFailure = undefined;
  }

  protected override renderReady(): unknown {
    const t = this.words(activityMessages);
    const pages = [this.#first.data ?? { items: [] }, ...this.further];
    const all = pages.flatMap(({ items }) => items);
    const shown = this.unfolded ? all : all.slice(0, FIRST);
    const more = shown.length < all.length || pages.at(-1)?.next !== undefined;
    return html`<div class="filter">
        <label for=${this.idOf('group')}>${t('filter')}</label>
        <select id=${this.idOf('group')} @change=${this.#choose}>
          <option value="">${t('filter.all')}</option>
          ${GROUPS.map((group) => html`<option value=${group} ?selected=${group === this.group}>${t(`group.${group}`)}</option>`)}
        </select>
      </div>
      <div class=${this.#first.isPrevious ? 'days stale' : 'days'} aria-busy=${this.#first.isPrevious ? 'true' : 'false'}>
        ${all.length === 0 ? html`<p class="soft">${t(this.group ? 'none.group' : 'none')}</p>` : this.#days(shown)}
      </div>
      ${this.moreFailure ? html`<p class="field-error" role="alert"><span>${this.failureWords(this.moreFailure).title}. ${this.failureWords(this.moreFailure).text}</span></p>` : nothing}
      ${more ? html`<button type="button" class="button more" aria-disabled=${this.sending ? 'true' : nothing} @click=${this.#more}>${t(this.sending ? 'more.coming' : 'more')}</button>` : nothing}
      ${this.status()}`;
  }

  #question(): InputOf<typeof listActivity> {
    return this.group ? { group: this.group } : {};
  }

  #days(shown: readonly Activity[]): TemplateResult[] {
    const days = new Map<LocalDay, Activity[]>();
    for (const each of shown) {
      const day = localDay(Date.parse(each.at), this.format.timeZone);
      days.set(day, [...(days.get(day) ?? []), each]);
    }
    return [...days].map(
      ([day, items]) =>
        html`<div class="day">
          ${this.heading(this.format.day(day), 'day-title')}
          <ul class="lines">
            ${items.map((each) => html`<li data-activity=${each.id}>${this.#line(each)}</li>`)}
          </ul>
        </div>`,
    );
  }

  #line({ at, kind, by, channel, device, contractId }: Activity): TemplateResult {
    const t = this.words(activityMessages);
    const what = KNOWN.has(kind) ? t(`kind.${kind as ActivityKind}`) : t('other');
    const who = by.role === 'reader' && by.name !== null ? by.name : t(`by.${by.role}`);
    const site = this.#contracts.data?.items.find(({ id }) => id === contractId)?.site.label;
    // Machines come by no channel of their own.
    const how = [...(channel === 'system' ? [] : [t(`channel.${channel}`)]), ...(device === null ? [] : [device])];
    return html`<div class="line">
      <time datetime=${at}>${this.format.time(Date.parse(at))}</time>
      <div>
        <p class="strong">${what}${site === undefined ? nothing : html`, <bdi>${site}</bdi>`}</p>
        <p class="soft"><bdi>${who}</bdi>${how.map((each) => html`, <bdi>${each}</bdi>`)}</p>
      </div>
    </div>`;
  }

  readonly #choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.group = GROUPS.find((group) => group === value);
    this.unfolded = false;
  };

  /** The button stays in its place below: the focus goes to the first line that came. */
  readonly #more = async (): Promise<void> => {
    const { client } = this;
    const pages = [this.#first.data ?? { items: [] }, ...this.further];
    const all = pages.flatMap(({ items }) => items);
    const before = this.unfolded ? all.length : Math.min(FIRST, all.length);
    const next = pages.at(-1)?.next;
    if (this.sending || !client) return;
    if (before < all.length) {
      this.unfolded = true;
      return this.#show(all[before]);
    }
    if (next === undefined) return;
    const followed = this.#followed;
    this.sending = true;
    this.moreFailure = undefined;
    this.announcement = this.words(activityMessages)('more.coming');
    try {
      const page = await client.read(listActivity, { ...this.#question(), cursor: next });
      // Something new has come meanwhile: what was read does not follow it.
      if (followed !== this.#followed) return;
      this.further = [...this.further, page];
      this.unfolded = true;
      this.#show(page.items[0]);
    } catch (thrown) {
      this.moreFailure = PortalError.from(thrown);
    } finally {
      this.sending = false;
      this.announcement = '';
    }
  };

  #show(first: Activity | undefined): void {
    if (first) this.focusOn(`[data-activity='${CSS.escape(first.id)}']`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oya-profile-activity': OyaProfileActivity;
  }
}
