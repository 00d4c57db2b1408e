/** Radio buttons and boxes to tick, for forms in the light DOM that have some: what others need not load. */
import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';

/** What the form says of such a field. */
export interface ChoiceField {
  /** Of the control to which a link to the field leads. */
  readonly id: string;
  readonly name: string;
  readonly invalid: boolean;
  readonly describedBy: string | typeof nothing;
  readonly error: unknown;
}

/** One of several answers, of which exactly one holds. */
export interface Choice {
  readonly value: string;
  readonly label: unknown;
  readonly hint: unknown;
  readonly shape: SVGTemplateResult;
}

/** Radio buttons as cards, each as large as what it says. */
export function choices({ id, name, invalid, describedBy, error }: ChoiceField, legend: unknown, answers: readonly Choice[]): TemplateResult {
  return html`<fieldset class="field choices" aria-describedby=${describedBy}>
    <legend>${legend}</legend>
    ${error}
    ${answers.map(({ value, label, hint, shape }, index) => {
      const own = index === 0 ? id : `${id}-${value}`;
      return html`<label class="choice" for=${own}>
        <input type="radio" id=${own} name=${name} value=${value} required aria-invalid=${invalid ? 'true' : nothing} />
        <span class="choice-text">${label} <span class="choice-hint">${hint}</span></span>
        ${icon(shape)}
      </label>`;
    })}
  </fieldset>`;
}

/** A box to tick; what it says may hold links. */
export function checkbox({ id, name, invalid, describedBy, error }: ChoiceField, value: string, label: unknown): TemplateResult {
  return html`<div class="field">
    ${error}
    <div class="checkbox">
      <input type="checkbox" id=${id} name=${name} value=${value} required aria-invalid=${invalid ? 'true' : nothing} aria-describedby=${describedBy} />
      <label for=${id}>${label}</label>
    </div>
  </div>`;
}
