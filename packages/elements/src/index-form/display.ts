/** A register as it stands on the meter: dark cells with its digits, and those behind the comma, which are not sent. */
import type { RegisterOutlookShown } from './outlook.ts';
import { html, nothing, svg, type TemplateResult } from 'lit';

export interface DisplayField {
  readonly id: string;
  readonly name: string;
  readonly digits: number;
  readonly decimals: number;
  readonly unit: string;
  readonly value: string;
  readonly isRefused: boolean;
  readonly describedBy: string | typeof nothing;
  readonly onInput: (typed: string) => void;
}

export function displayField({ id, name, digits, decimals, unit, value, isRefused, describedBy, onInput }: DisplayField): TemplateResult {
  return html`<span class="display digits-${digits}">
    <input
      id=${id}
      name=${name}
      class="digits"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      spellcheck="false"
      maxlength="16"
      .value=${value}
      aria-invalid=${isRefused ? 'true' : nothing}
      aria-describedby=${describedBy}
      @input=${(event: Event) => onInput((event.target as HTMLInputElement).value)}
    />
    <span class="decimals" aria-hidden="true">,${Array.from({ length: decimals }, () => html`<span class="cell"></span>`)}</span>
    <span class="unit">${unit}</span>
  </span>`;
}

const WIDTH = 100;

/** Where what was typed lies: what is taken without a question, what is expected, and a mark. */
export function rangeTrack({ least, most, from, to }: RegisterOutlookShown, counted: number | null): TemplateResult {
  // A little more than is allowed, so that too much has a place, too.
  const full = Math.max(1, (most - least) * 1.25);
  const at = (value: number) => Math.max(0, Math.min(WIDTH, ((value - least) / full) * WIDTH));
  return html`<svg class="track" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect class="all" x="0" y="3" width=${WIDTH} height="4"></rect>
      <rect class="allowed" x="0" y="3" width=${at(most)} height="4"></rect>
      ${from === undefined || to === undefined ? nothing : svg`<rect class="expected" x=${at(from)} y="3" width=${Math.max(1, at(to) - at(from))} height="4"></rect>`}
      ${counted === null ? nothing : svg`<rect class="mark" x=${Math.min(WIDTH - 1, at(counted))} y="0" width="1" height="10"></rect>`}`}
  </svg>`;
}
