/** What a page shows, across the borders of shadow roots. */
import type { Page } from 'playwright-core';

/** All text of a page, of its shadow roots too, with what stands in its fields. */
export function deepText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const read = (node: Node): string => {
      if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) return '';
      if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
      const own = node instanceof HTMLInputElement ? ` ${node.value} ` : node instanceof HTMLElement ? ` ${node.getAttribute('aria-label') ?? ''} ` : '';
      const inside = node instanceof HTMLElement && node.shadowRoot ? read(node.shadowRoot) : '';
      return own + inside + [...node.childNodes].map(read).join('');
    };
    return read(document.body);
  });
}

/** The element that has the focus, wherever it stands; empty when nothing has it. */
export function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element === null || element === document.body ? '' : (element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '');
  });
}
