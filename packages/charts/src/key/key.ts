import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Forms of a picture that can be told in its key, besides its parts. */
export type Form = 'estimated' | 'provisional' | 'incomplete' | 'missing' | 'previous' | 'mark';
/** What the forms are called: `{ estimated: 'Estimé' }`. */
export type FormWords = Partial<Readonly<Record<Form, string>>>;

/** A form of the picture, and its word. */
export interface KeyEntry {
  readonly shape: SVGTemplateResult;
  readonly label: string;
}

/** What the forms of the picture mean, in words above it. */
export function keyLine(entries: readonly KeyEntry[]): TemplateResult | typeof nothing {
  if (entries.length === 0) return nothing;
  return html`<ul class="key" part="key">
    ${entries.map(({ shape, label }) => html`<li><svg class="swatch" aria-hidden="true" viewBox="0 0 14 14">${shape}</svg>${label}</li>`)}
  </ul>`;
}

/** A square in the classes of a part of a bar, with the texture of its tone. */
export function square(classes: string, texture: string): SVGTemplateResult {
  return svg`<rect class=${classes} x="1" y="1" width="12" height="12" rx="2"></rect>
    <rect class="texture" fill=${texture} x="1" y="1" width="12" height="12" rx="2"></rect>`;
}

const SQUARE = 'M1,1h12v12h-12z';
const SHAPES: Readonly<Record<Form | 'gap', readonly [classes: string, d: string][]>> = {
  estimated: [['thin', SQUARE], ['thick', 'M1,5L5,1M1,10L10,1M3,13L13,3M8,13L13,8']],
  provisional: [['pale', SQUARE]],
  incomplete: [['solid', 'M1,7h12v6h-12z'], ['dashed', 'M1,5.5v-4h12v4']],
  missing: [['soft', 'M3,4l8,6m0,-6l-8,6']],
  gap: [['solid soft', 'M1,10h12v3h-12z']],
  previous: [['outline', 'M1,13v-12h12v12']],
  mark: [['mark', 'M7,3l4.5,8h-9z']],
};

/**
 * Entries of the forms that occur and have a word.
 * @param missing how the picture shows that nothing was measured: by a cross, or by a bar on the axis
 */
export function formEntries(words: FormWords | undefined, occurs: (form: Form) => boolean, missing: 'missing' | 'gap' = 'missing'): KeyEntry[] {
  if (!words) return [];
  const forms = Object.entries(words) as [Form, string][];
  return forms.filter(([form]) => occurs(form)).map(([form, label]) => ({ label, shape: svg`${SHAPES[form === 'missing' ? missing : form].map(([classes, d]) => svg`<path class=${classes} d=${d}></path>`)}` }));
}
