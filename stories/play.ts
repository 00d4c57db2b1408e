/** For stories that show what comes after the customer did something. */
import { waitFor } from 'storybook/test';

/** A year of half-hours takes the sandbox seconds on a small machine. */
const PATIENCE_MS = 10_000;

/**
 * Waits for an element and finds it, through shadow roots: each selector is looked for inside what the one before found.
 * @example await find(canvasElement, 'oya-consumption', 'oya-bar-chart', 'button')
 */
export async function find<E extends HTMLElement = HTMLElement>(within: HTMLElement, ...selectors: readonly string[]): Promise<E> {
  let found = within;
  for (const selector of selectors) {
    const root: ParentNode = found.shadowRoot ?? found;
    found = await waitFor(() => {
      const inside = root.querySelector<HTMLElement>(selector);
      if (inside) return inside;
      throw new Error(`There is no "${selector}" in <${found.localName}>.`);
    }, { timeout: PATIENCE_MS });
  }
  return found as E;
}
