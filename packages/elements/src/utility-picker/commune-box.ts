import { searchCommunes, type CommuneMatch, type Territory } from '@oya/contract';
import type { ReactiveControllerHost } from 'lit';

/** A longer list is not read: more of the name is typed instead. */
const LONGEST_LIST = 30;
/** Fewer letters are the beginning of a name, not a commune that is missing, and no reason to choose the only one that fits. */
const FEWEST_LETTERS = 3;

/**
 * What is typed, found and chosen in the field of the commune: the editable combobox of ARIA 1.2 with a list to choose from
 * by hand. The focus stays in the field; `active` says which option the arrow keys have reached.
 */
export class CommuneBox {
  typed = '';
  open = false;
  active = -1;
  chosen: CommuneMatch | undefined;
  /** The field was left with words in it that several communes fit. */
  undecided = false;
  readonly #host: ReactiveControllerHost;
  readonly #territory: () => Territory | undefined;
  readonly #onChange: () => void;
  #found: { readonly territory: Territory; readonly typed: string; readonly matches: readonly CommuneMatch[] } | undefined;

  /** @param onChange a commune was chosen, or is chosen no longer */
  constructor(host: ReactiveControllerHost, territory: () => Territory | undefined, onChange: () => void) {
    this.#host = host;
    this.#territory = territory;
    this.#onChange = onChange;
  }

  /** Every commune that fits what is typed. */
  get matches(): readonly CommuneMatch[] {
    const territory = this.#territory();
    if (!territory) return [];
    if (this.#found?.territory !== territory || this.#found.typed !== this.typed) {
      this.#found = { territory, typed: this.typed, matches: searchCommunes(territory, this.typed) };
    }
    return this.#found.matches;
  }

  get options(): readonly CommuneMatch[] {
    return this.matches.slice(0, LONGEST_LIST);
  }

  get isListOpen(): boolean {
    return this.open && this.options.length > 0;
  }

  /** What is typed is the name of no commune of the territory. */
  get isUnknown(): boolean {
    return !this.chosen && this.typed.trim().length >= FEWEST_LETTERS && this.matches.length === 0;
  }

  type(text: string): void {
    const wasChosen = this.chosen !== undefined;
    Object.assign(this, { typed: text, open: true, active: -1, chosen: undefined, undecided: false });
    if (wasChosen) this.#onChange();
    this.#host.requestUpdate();
  }

  choose(match: CommuneMatch): void {
    Object.assign(this, { typed: match.commune.name, open: false, active: -1, chosen: match, undecided: false });
    this.#onChange();
    this.#host.requestUpdate();
  }

  clear(): void {
    this.type('');
  }

  /** The field is left: what is sure is chosen, what is not is asked for. */
  leave(): void {
    const reached = this.isListOpen ? this.options[this.active] : undefined;
    const sure = reached ?? (this.typed.trim().length >= FEWEST_LETTERS ? this.#sure : undefined);
    if (!this.chosen && sure) return this.choose(sure);
    this.open = false;
    this.active = -1;
    this.undecided = !this.chosen && this.matches.length > 0;
    this.#host.requestUpdate();
  }

  readonly onKeydown = (event: KeyboardEvent): void => {
    // While an input method composes a character, its keys are not ours.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!this.#press(event)) return;
    event.preventDefault();
    this.#host.requestUpdate();
  };

  /** @returns whether the key meant something here */
  #press({ key, altKey }: KeyboardEvent): boolean {
    const count = this.options.length;
    switch (key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (this.chosen || count === 0) return false;
        const step = key === 'ArrowDown' ? 1 : -1;
        if (altKey) this.open = step > 0;
        else this.#move(this.isListOpen ? step : 0, step);
        return true;
      }
      case 'Enter': {
        const match = (this.isListOpen ? this.options[this.active] : undefined) ?? this.#sure;
        if (this.chosen || !match) return false;
        this.choose(match);
        return true;
      }
      case 'Escape':
        if (this.isListOpen) {
          this.open = false;
          this.active = -1;
          return true;
        }
        if (this.typed === '') return false;
        this.clear();
        return true;
      default:
        return false;
    }
  }

  /** Round and round; from the field itself to the first option, or backwards to the last. */
  #move(by: number, direction: 1 | -1): void {
    const count = this.options.length;
    this.open = true;
    const from = by === 0 || this.active < 0 ? (direction > 0 ? -1 : count) : this.active;
    this.active = (from + direction + count) % count;
  }

  /** The one commune that can be meant: the only one that fits, or the only one whose whole name this is. */
  get #sure(): CommuneMatch | undefined {
    const { matches } = this;
    if (matches.length === 1) return matches[0];
    const whole = matches.filter((match) => match.whole);
    return whole.length === 1 ? whole[0] : undefined;
  }
}
