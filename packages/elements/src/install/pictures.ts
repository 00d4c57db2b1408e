/** Small drawings of our own: a device in outline, and in colour what is to be touched. They decorate; the words stand beside. */
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Picture } from './platforms.ts';

const PHONE = svg`<rect class="paper" x="34" y="4" width="52" height="88" rx="8"></rect>`;
const WINDOW = svg`<rect class="paper" x="6" y="14" width="108" height="68" rx="6"></rect><path class="line" d="M6 30h108"></path>
  <circle class="dot" cx="14" cy="22" r="2"></circle><circle class="dot" cx="21" cy="22" r="2"></circle><circle class="dot" cx="28" cy="22" r="2"></circle>`;
const PAGE = svg`<path class="faint" d="M42 24h36M42 32h28M42 40h32M42 48h20"></path>`;
const WIDE_PAGE = svg`<path class="faint" d="M16 42h52M16 52h74M16 62h44"></path>`;
const SHARE = (x: number, y: number) =>
  svg`<g transform="translate(${x} ${y})"><rect class="spot" x="-10" y="-10" width="20" height="20" rx="6"></rect>
    <path class="sign" d="M-4.5 0v5.500h9V0M0 2.500v-8M-2.8 -2.8 0 -5.600l2.8 2.8"></path></g>`;

const PICTURES: Readonly<Record<Picture, SVGTemplateResult>> = {
  'share-below': svg`${PHONE}${PAGE}<path class="line" d="M34 72h52"></path>${SHARE(60, 82)}`,
  'share-above': svg`${WINDOW}${WIDE_PAGE}<rect class="field" x="36" y="18.5" width="46" height="7" rx="3.5"></rect>${SHARE(101, 22)}`,
  dots: svg`${PHONE}<path class="line" d="M34 20h52"></path>${PAGE}<rect class="spot" x="70" y="6" width="14" height="18" rx="5"></rect>
    <circle class="mark" cx="77" cy="10" r="1.7"></circle><circle class="mark" cx="77" cy="15" r="1.7"></circle><circle class="mark" cx="77" cy="20" r="1.7"></circle>`,
  lines: svg`${PHONE}${PAGE}<path class="line" d="M34 72h52"></path><rect class="spot" x="66" y="74" width="18" height="15" rx="5"></rect><path class="sign" d="M70 78h10M70 81.500h10M70 85h10"></path>`,
  sheet: svg`${PHONE}<path class="line" d="M40 24h40M40 34h40"></path><rect class="spot" x="38" y="42" width="44" height="16" rx="4"></rect>
    <path class="sign" d="M44 50h18"></path><rect class="sign" x="70" y="46" width="8" height="8" rx="2"></rect><path class="sign" d="M74 48.200v3.600M72.2 50h3.6"></path><path class="faint" d="M40 68h40M40 78h40"></path>`,
  confirm: svg`${WINDOW}<rect class="paper" x="40" y="34" width="62" height="40" rx="4"></rect><rect class="icon-shape" x="46" y="40" width="12" height="12" rx="3"></rect>
    <path class="faint" d="M64 43h30M64 49h20"></path><rect class="spot" x="64" y="58" width="32" height="11" rx="4"></rect><path class="sign" d="M72 63.500h16"></path>`,
  home: svg`${PHONE}<g class="faint"><rect x="42" y="16" width="12" height="12" rx="3"></rect><rect x="66" y="16" width="12" height="12" rx="3"></rect>
    <rect x="42" y="38" width="12" height="12" rx="3"></rect></g><rect class="spot" x="63" y="35" width="18" height="18" rx="5"></rect><path class="sign" d="M68 44l3 3 6-6.5"></path><path class="faint" d="M50 84h20"></path>`,
  address: svg`${WINDOW}${WIDE_PAGE}<rect class="field" x="36" y="17.5" width="48" height="9" rx="4.5"></rect><rect class="spot" x="86" y="14" width="20" height="16" rx="5"></rect>
    <path class="sign" d="M96 17.500v6.500M93.3 21.500l2.7 2.7 2.7-2.700M91.5 26.500h9"></path>`,
  menu: svg`${WINDOW}<rect class="spot" x="6" y="3" width="34" height="12" rx="4"></rect><path class="sign" d="M13 9h20"></path><path class="faint" d="M48 9h16M72 9h16"></path>${WIDE_PAGE}`,
  dock: svg`${WINDOW}${WIDE_PAGE}<rect class="paper" x="24" y="70" width="72" height="20" rx="6"></rect><g class="faint"><rect x="30" y="75" width="10" height="10" rx="3"></rect><rect x="46" y="75" width="10" height="10" rx="3"></rect></g>
    <rect class="spot" x="62" y="73" width="14" height="14" rx="4"></rect><path class="sign" d="M66 80l2 2 4-4.5"></path>`,
  bookmark: svg`${WINDOW}${WIDE_PAGE}<rect class="field" x="36" y="17.5" width="48" height="9" rx="4.5"></rect><rect class="spot" x="86" y="13" width="20" height="18" rx="5"></rect>
    <path class="sign" d="m96 16.5 1.6 3.3 3.6.5-2.6 2.5.6 3.6-3.2-1.7-3.2 1.7.6-3.6-2.6-2.5 3.6-.5z"></path>`,
};

export function picture(kind: Picture): TemplateResult {
  return html`<svg class="picture" viewBox="0 0 120 96" width="120" height="96" fill="none" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
    ${PICTURES[kind]}
  </svg>`;
}
