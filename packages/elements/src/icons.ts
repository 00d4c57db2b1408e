/** Shapes of Lucide (https://lucide.dev, ISC licence), as templates, so that no page needs an icon file or `innerHTML`. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const shapes = {
  alert: svg`<circle cx="12" cy="12" r="10"></circle><path d="M12 8v4"></path><path d="M12 16h.01"></path>`,
  back: svg`<path d="m12 19-7-7 7-7"></path><path d="M19 12H5"></path>`,
  check: svg`<path d="M20 6 9 17l-5-5"></path>`,
  chart: svg`<path d="M3 3v16a2 2 0 0 0 2 2h16"></path><path d="M18 17V9"></path><path d="M13 17V5"></path><path d="M8 17v-3"></path>`,
  close: svg`<path d="M18 6 6 18"></path><path d="m6 6 12 12"></path>`,
  eye: svg`<path
      d="M2.062 12.348a1 1 0 0 1 0-.696 10.75 10.75 0 0 1 19.876 0 1 1 0 0 1 0 .696 10.75 10.75 0 0 1-19.876 0"
    ></path><circle cx="12" cy="12" r="3"></circle>`,
  'eye-off': svg`<path d="M10.733 5.076a10.744 10.744 0 0 1 11.205 6.575 1 1 0 0 1 0 .696 10.747 10.747 0 0 1-1.444 2.49"></path>
    <path d="M14.084 14.158a3 3 0 0 1-4.242-4.242"></path>
    <path d="M17.479 17.499a10.75 10.75 0 0 1-15.417-5.151 1 1 0 0 1 0-.696 10.75 10.75 0 0 1 4.446-5.143"></path><path d="m2 2 20 20"></path>`,
  next: svg`<path d="m9 18 6-6-6-6"></path>`,
  previous: svg`<path d="m15 18-6-6 6-6"></path>`,
  table: svg`<path d="M12 3v18"></path><rect width="18" height="18" x="3" y="3" rx="2"></rect><path d="M3 9h18"></path><path d="M3 15h18"></path>`,
} satisfies Record<string, SVGTemplateResult>;

/** One of the shapes that most elements use, by name, or a shape of an element's own. */
export type Icon = keyof typeof shapes | SVGTemplateResult;

/** An icon of the size of the text beside it; decoration only, the words stand next to it. */
export function icon(shape: Icon): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    ${typeof shape === 'string' ? shapes[shape] : shape}
  </svg>`;
}
