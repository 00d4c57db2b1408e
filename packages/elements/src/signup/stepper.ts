import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';

/**
 * Where one is among the steps, for wide places; narrow ones have the line over the title.
 * @param current its index; past the end when all are done
 */
export function stepper(label: string, done: string, names: readonly string[], current: number): TemplateResult {
  return html`<ol class="steps" aria-label=${label}>
    ${names.map(
      (name, index) =>
        html`<li class=${index < current ? 'done' : index === current ? 'current' : ''} aria-current=${index === current ? 'step' : nothing}>
          <span class="step-mark" aria-hidden="true">${index < current ? icon('check') : index + 1}</span>
          ${index < current ? html`<span class="visually-hidden">${done}</span>` : nothing} <span class="step-name">${name}</span>
        </li>`,
    )}
  </ol>`;
}
