import { html, type TemplateResult } from 'lit';

export interface DrawingWords {
  readonly alt: string;
  readonly number: string;
  readonly total: string;
  readonly caption: string;
}

/** Where on a paper invoice one finds what is asked for. Its marks carry the figures of the fields; its colours are tokens. */
export function invoiceDrawing({ alt, number, total, caption }: DrawingWords): TemplateResult {
  return html`<figure>
    <figcaption>${caption}</figcaption>
    <svg class="drawing" viewBox="0 0 320 250" role="img" aria-label=${alt} focusable="false">
      <path class="sheet" d="M8 6h304v238l-19-8-19 8-19-8-19 8-19-8-19 8-19-8-19 8-19-8-19 8-19-8-19 8-19-8-19 8-19-8-19 8z"></path>
      <rect class="ink" x="26" y="24" width="34" height="16" rx="4"></rect>
      <rect class="soft" x="68" y="28" width="46" height="8" rx="4"></rect>

      <rect class="frame" x="22" y="58" width="158" height="48" rx="6"></rect>
      <text class="small" x="38" y="77">${number}</text>
      <text class="strong" x="38" y="96">AB 2610 123456</text>
      <circle class="dot" cx="22" cy="58" r="11"></circle>
      <text class="figure" x="22" y="62.5" text-anchor="middle">1</text>

      <rect class="frame" x="196" y="22" width="98" height="54" rx="6"></rect>
      <text class="small" x="212" y="42">${total}</text>
      <text class="strong" x="212" y="62">86,40 €</text>
      <circle class="dot" cx="196" cy="22" r="11"></circle>
      <text class="figure" x="196" y="26.5" text-anchor="middle">2</text>

      <rect class="soft" x="208" y="92" width="72" height="8" rx="4"></rect>
      <rect class="soft" x="26" y="126" width="96" height="8" rx="4"></rect>
      <rect class="soft" x="250" y="126" width="30" height="8" rx="4"></rect>
      <rect class="soft" x="26" y="146" width="126" height="8" rx="4"></rect>
      <rect class="soft" x="240" y="146" width="40" height="8" rx="4"></rect>
      <rect class="soft" x="26" y="166" width="80" height="8" rx="4"></rect>
      <rect class="soft" x="254" y="166" width="26" height="8" rx="4"></rect>
      <path class="rule" d="M26 188h268"></path>
      <rect class="soft" x="26" y="202" width="60" height="8" rx="4"></rect>
      <rect class="soft" x="232" y="202" width="48" height="8" rx="4"></rect>
    </svg>
  </figure>`;
}
