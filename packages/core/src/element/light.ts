import { version } from './define.ts';

const adopted = new WeakMap<Document | ShadowRoot, Set<string>>();

/**
 * Styles for elements that stand in the light DOM, adopted by the root they stand in.
 *
 * In a cascade layer normal declarations lose to any rule of the host page (`input { … }`, Bootstrap), but
 * important ones win over all of them: so each declaration becomes important, inside the layer. What
 * a host may change stays open through the custom properties that the declarations read.
 */
export function adoptLightStyles(root: Document | ShadowRoot, name: string, cssText: string): void {
  const key = `${name}@${version}`;
  const known = adopted.get(root) ?? new Set<string>();
  if (known.has(key)) return;
  adopted.set(root, known.add(key));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer oya.light {\n${important(cssText)}\n}`);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Marks every declaration as important. Our own sheets only: a declaration ends with a semicolon, or with its rule. */
export function important(cssText: string): string {
  const withoutComments = cssText.replaceAll(/\/\*[\s\S]*?\*\//g, '');
  return withoutComments.replaceAll(/([\w-]+\s*:[^;{}]+?)(\s*!important)?\s*(?=[;}])/g, '$1 !important');
}
