import { html, nothing, type TemplateResult } from 'lit';

/**
 * The fixed line above a picture: the value under the finger, the pointer or the keyboard. Nothing hides it, as a hand
 * hides a floating box. Screen readers hear the same words from the control they stand on, so the line itself is silent.
 * @param spoken the words; `null` shows the element's `summary` slot instead
 * @param value the part of them that is the value, set stronger
 */
export function readingLine(spoken: string | null, value: string | null): TemplateResult {
  return html`<div class="reading" part="reading">
    ${spoken === null ? nothing : html`<span class="spoken" aria-hidden="true">${emphasized(spoken, value)}</span>`}
    <span class="summary" ?hidden=${spoken !== null}><slot name="summary"></slot></span>
  </div>`;
}

/** In the middle of a picture without values: why there are none, in the words of whoever owns the chart. */
export function emptyNote(): TemplateResult {
  return html`<p class="empty"><slot name="empty"></slot></p>`;
}

function emphasized(spoken: string, value: string | null): TemplateResult | string {
  const at = value ? spoken.indexOf(value) : -1;
  if (!value || at < 0) return spoken;
  return html`${spoken.slice(0, at)}<strong>${value}</strong>${spoken.slice(at + value.length)}`;
}
