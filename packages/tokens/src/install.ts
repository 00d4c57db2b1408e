import { tokenSheet } from './sheet.ts';

/** Set by the build; tells two versions on one page apart. */
declare const OYA_VERSION: string | undefined;

// In the global registry of symbols: two copies of one version on a page install the tokens once, two versions each
// install theirs, because the later one may know tokens that the earlier does not.
const INSTALLED = /* @__PURE__ */ Symbol.for(`oya.tokens@${typeof OYA_VERSION === 'undefined' ? 'development' : OYA_VERSION}`);

/**
 * Adopts the tokens, once per document or shadow root. A constructed sheet, so that a strict `style-src` allows it.
 * Custom properties inherit into shadow trees: a shadow root needs this only for a `data-oya-theme` inside it.
 */
export function installTokens(root: Document | ShadowRoot): void {
  const marked = root as typeof root & { [INSTALLED]?: true };
  // A sheet can only be adopted by the document that made it; a document without a window shows nothing.
  const view = 'defaultView' in root ? root.defaultView : root.ownerDocument.defaultView;
  if (marked[INSTALLED] || !view) return;
  marked[INSTALLED] = true;
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(tokenSheet);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}
